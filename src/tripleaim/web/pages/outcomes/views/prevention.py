"""Prevention over twenty years: of the newest run under the inputs as they are, or of one run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import Http404, HttpResponse

from tripleaim.prevention import (
    AttributionPart,
    Chain,
    MoneyPart,
    PreventionDocument,
    ProgrammePart,
    UncertaintyPart,
)
from tripleaim.web.pages.outcomes import results as outcomes
from tripleaim.web.pages.outcomes.presenters import prevention as words_of
from tripleaim.web.pages.outcomes.presenters import prevention_health as of_health
from tripleaim.web.pages.outcomes.presenters import prevention_parts as of_parts
from tripleaim.web.pages.outcomes.presenters import prevention_programme as of_programme
from tripleaim.web.pages.outcomes.presenters import prevention_signs as of_signs
from tripleaim.web.pages.outcomes.presenters import spreads
from tripleaim.web.pages.outcomes.results import Found
from tripleaim.web.ui.charts.fan import fan_panels, fans
from tripleaim.web.ui.charts.ranges import ranges
from tripleaim.web.ui.charts.series import series_picture
from tripleaim.web.ui.charts.signed import signed_bars
from tripleaim.web.ui.frame import WITHIN, Page, of_place
from tripleaim.web.ui.long_jobs.not_built_yet import not_yet
from tripleaim.web.ui.tables import Table

SECTION = "Outcomes"


@dataclass(frozen=True)
class Entry:
    """One page of prevention: where it stands below Outcomes, and the question it answers."""

    path: str
    question: str
    template: str


TWENTY = Entry("", "Does prevention pay, and when?", "outcomes/twenty_years.jinja")
INEQUALITY = Entry(
    "inequality/", "Does it reach those who need it most?", "outcomes/inequality.jinja"
)
LEADING = Entry("leading/", "What should move first?", "outcomes/leading.jinja")
ATTRIBUTION = Entry("attribution/", "Whose effect is it?", "outcomes/attribution.jinja")
UNCERTAINTY = Entry("uncertainty/", "What makes it uncertain?", "outcomes/uncertainty.jinja")

Content = Mapping[str, Any]

P = TypeVar("P", Chain, AttributionPart, UncertaintyPart)
"""A part of the document that is of one outcome."""


@of_place
def twenty_years(page: Page, run_id: str = "") -> HttpResponse:
    """What programmes cost, what they avoid, when that pays, and for whom."""
    return _shown(page, run_id, TWENTY, _twenty_years)


def _twenty_years(page: Page, found: Found) -> Content:
    document = found.document
    rows = words_of.dots(document)
    return {
        "answer": words_of.answer(document),
        **_money(document, document.together, words_of.description(document)),
        "held": words_of.discounted(document, document.together),
        "rate": words_of.headline_rate(document),
        "inside": words_of.inside(document),
        "net": words_of.net(document.headline.net_cost_gbp_m),
        "net_cash": words_of.net(document.headline.net_cash_gbp_m),
        "even_cash": words_of.pays(
            document, words_of.discounted(document, document.together).break_even_cash
        ),
        "meeting": words_of.meeting(document),
        "dots": ranges(
            "Net cost of each alone, £m discounted",
            words_of.dots_description(document, rows),
            rows,
            0.0,
        )
        if rows
        else None,
        **_in_order(page, words_of.programmes(document), words_of.SORTS),
        "events": words_of.events(document),
        "care": words_of.care(document),
    }


@of_place
def inequality(page: Page, run_id: str = "") -> HttpResponse:
    """Who gains, by deprivation and sex, and the slope between."""
    return _shown(page, run_id, INEQUALITY, _inequality)


def _inequality(page: Page, found: Found) -> Content:
    document = found.document
    rows = of_health.dots(document)
    panels = of_health.gained(document)
    return {
        "answer": of_health.answer(document),
        "picture": ranges(
            "QALYs gained for each 1,000 people",
            of_health.description(document),
            rows,
            0.0,
        )
        if rows
        else None,
        "table": of_health.by_quintile(document),
        "gained": fan_panels(
            "Life expectancy at birth gained, years",
            of_health.gained_description(panels),
            panels,
            document.years,
            5,
        )
        if any(p.fan.central[-1] is not None for p in panels)
        else None,
        "unknown": of_health.unknown(document),
        "expectancies": of_health.expectancies(document),
        "slopes": of_health.slopes(document),
        "official": of_health.beside_official(document, page.place, page.base),
        "differs": of_health.differs(document, page.place),
    }


@of_place
def leading(page: Page, run_id: str = "") -> HttpResponse:
    """What moves before each late outcome, and what it foretells."""
    return _shown(page, run_id, LEADING, _leading)


def _leading(page: Page, found: Found) -> Content:
    document = found.document
    chain = _asked_for(page, document.leading)
    if chain is None:
        return {
            "answer": "This run has too few draws to tell: eight or more are needed.",
            "chain": None,
        }
    lines = of_signs.shares(document, chain)
    panels = of_signs.moves(document, chain)
    foretold = of_signs.predictions(chain)
    along = [year[2:] for year in document.years if any(year[2:] in one.points for one in lines)]
    return {
        "answer": of_signs.answer(document, chain),
        "chain": chain,
        "few": spreads.few_draws(document.run.draws),
        "effect": of_signs.effect(document, chain),
        "outcomes": [(c.id, c.name) for c in document.leading],
        "picture": series_picture(
            "Share of the whole effect explained, %",
            of_signs.description(document, chain),
            lines,
            along,
        ),
        "explained": of_signs.explained(document, chain),
        **_in_order(page, of_signs.measures(document, chain), of_signs.SORTS),
        "moves": fan_panels(
            "Moved by the programmes, people",
            of_signs.moves_description(chain, panels),
            panels,
            document.years,
            3,
            apart=True,
        ),
        "predictions": ranges(
            f"The whole effect, {chain.unit}",
            of_signs.predictions_description(chain),
            foretold,
            0.0,
        )
        if foretold
        else None,
        "foretold": of_signs.foretold(chain),
    }


@of_place
def attribution(page: Page, run_id: str = "") -> HttpResponse:
    """Each programme's share of an outcome, which add up to the whole."""
    return _shown(page, run_id, ATTRIBUTION, _attribution)


def _attribution(page: Page, found: Found) -> Content:
    document = found.document
    part = _asked_for(page, document.attribution)
    if part is None:
        return {"answer": "This run did not share the effect out.", "part": None}
    return {
        "answer": of_parts.share_answer(document, part),
        "part": part,
        "outcomes": [(p.id, of_parts.outcome_name(document, p)) for p in document.attribution],
        "picture": ranges(
            f"Each programme's share, {part.unit}",
            of_parts.share_description(document, part),
            of_parts.share_rows(document, part),
            0.0,
        ),
        "how": of_parts.how_shared(part),
        **_in_order(page, of_parts.share_table(document, part), of_parts.SHARE_SORTS),
    }


@of_place
def uncertainty(page: Page, run_id: str = "") -> HttpResponse:
    """Which numbers the interval comes from, and what it is worth to know them better."""
    return _shown(page, run_id, UNCERTAINTY, _uncertainty)


def _uncertainty(page: Page, found: Found) -> Content:
    document = found.document
    part = _asked_for(page, document.uncertainty)
    if part is None:
        return {
            "answer": "This run has too few draws to tell: two or more are needed.",
            "part": None,
        }
    bars, said = of_parts.driver_bars(part.drivers)
    title = "Share of the spread, %"
    return {
        "answer": of_parts.driver_answer(document, part),
        "part": part,
        "outcomes": [(p.id, p.name) for p in document.uncertainty],
        "picture": signed_bars(title, of_parts.driver_description(part), bars, said)
        if bars
        else None,
        "luck": of_parts.luck(part),
        **_in_order(page, of_parts.driver_table(document, part, page.place), of_parts.DRIVER_SORTS),
    }


@of_place
def programme(page: Page, programme_id: str, run_id: str = "") -> HttpResponse:
    """One programme: whom it reaches, what is known of it, who pays and when that pays."""
    found = _found(page, run_id)
    if found is None:
        return _none_yet(page, TWENTY)
    part = _programme(found.document, programme_id)
    document = found.document
    reach = of_programme.reach(document, part)
    return _frame(
        page,
        found,
        TWENTY,
        template="outcomes/programme.jinja",
        title=part.name,
        trail=[("Twenty years", found.path)],
        path=f"programmes/{part.id}/",
        content={
            "part": part,
            "statuses": words_of.statuses([part]),
            "answer": of_programme.answer(document, part),
            **_money(document, part.money, of_programme.description(document, part), f"-{part.id}"),
            "inside": of_programme.inside(document, part),
            "evidence": of_programme.evidence(part, document, page.place),
            "costs": of_programme.costs(part, document, page.place),
            "reach": fan_panels(
                "Reached so far, % of those it is meant for",
                of_programme.reach_description(reach),
                reach,
                document.years,
                5,
            ),
            "by_quintile": of_programme.by_quintile(document, part),
        },
    )


@of_place
def as_json(page: Page, run_id: str = "") -> HttpResponse:
    """The document itself."""
    found = _whole(page, run_id)
    body = found.document.model_dump_json(indent=1) + "\n"
    return _attached(page, found, body, "application/json", "prevention.json")


@of_place
def table(page: Page, name: str, run_id: str = "") -> HttpResponse:
    """Any table of these pages as CSV."""
    found = _whole(page, run_id)
    made = next((t for t in _tables(page, found.document, name) if t.name == name), None)
    if made is None:
        raise Http404(f"There is no table called “{name}”.")
    body = spreads.for_file(made).csv()
    return _attached(page, found, body, "text/csv; charset=utf-8", f"{name}.csv")


def _tables(page: Page, document: PreventionDocument, name: str) -> list[Table]:
    made = [
        *_money_tables(document, document.together).values(),
        words_of.programmes(document),
        words_of.events(document),
        words_of.care(document),
        of_health.by_quintile(document),
        of_health.slopes(document),
        of_health.expectancies(document),
        of_health.beside_official(document, page.place),
        *(of_signs.measures(document, c) for c in document.leading),
        *(of_signs.foretold(c) for c in document.leading),
        *(of_signs.explained(document, c) for c in document.leading),
        *(of_parts.share_table(document, p) for p in document.attribution),
        *(of_parts.driver_table(document, p, page.place) for p in document.uncertainty),
    ]
    for part in document.programmes:
        if name.endswith(f"-{part.id}"):
            made += [
                *_money_tables(document, part.money, f"-{part.id}").values(),
                of_programme.by_quintile(document, part),
                of_programme.evidence(part, document, page.place),
                of_programme.costs(part, document, page.place),
            ]
    return made


def _programme(document: PreventionDocument, programme_id: str) -> ProgrammePart:
    part = next((p for p in document.programmes if p.id == programme_id), None)
    if part is None:
        raise Http404(f"There is no programme called “{programme_id}” in this run.")
    return part


def _found(page: Page, run_id: str) -> Found | None:
    """The run that is asked for; None where none was named and there is none."""
    if not run_id:
        return outcomes.newest(page)
    found = outcomes.of_run(page, run_id)
    if found is None:
        raise Http404(f"There is no finished run “{run_id}” here that can be read.")
    return found


def _whole(page: Page, run_id: str) -> Found:
    found = _found(page, run_id)
    if found is None:
        raise Http404("Prevention has not been worked out yet under these inputs.")
    return found


def _shown(
    page: Page, run_id: str, entry: Entry, make: Callable[[Page, Found], Content]
) -> HttpResponse:
    """A page of prevention, or that there is none yet and how to have it worked out."""
    found = _found(page, run_id)
    if found is None:
        return _none_yet(page, entry)
    content = make(page, found)
    return _frame(
        page, found, entry, template=entry.template, title=entry.question, content=content
    )


def _frame(
    page: Page,
    found: Found,
    entry: Entry,
    *,
    template: str,
    title: str,
    content: Content,
    trail: list[tuple[str, str]] | None = None,
    path: str = "",
) -> HttpResponse:
    document, asked = found.document, page.request.GET.urlencode()
    under = found.path + entry.path
    return page.show(
        template,
        section=SECTION,
        under=f"outcomes/{entry.path}",
        title=title,
        trail=trail or [],
        within=_within(page, found, entry, exact=not trail),
        question=entry.question,
        found=found,
        run=document,
        here=page.to(found.path),
        action=page.to(under),
        lasting=page.to(found.lasting + (path or entry.path)) + (f"?{asked}" if asked else ""),
        current=found.is_of(page),
        horizon=words_of.horizon(document),
        made=words_of.made(document),
        spreads=spreads,
        **({"statuses": words_of.statuses(document.programmes)} | dict(content)),
    )


def _within(page: Page, found: Found, entry: Entry, *, exact: bool) -> list[dict[str, str]]:
    """The pages beside this one: of the same run, where the address names it and they have one."""
    entries = []
    for text, path, files in WITHIN[SECTION]:
        inside = path.removeprefix("outcomes/")
        if not all(page.place.has(name) for name in files):
            continue
        same = found.named and inside in OF_A_RUN
        current = ("page" if exact else "true") if inside == entry.path else ""
        href = page.to(found.path + inside if same else path)
        entries.append({"text": text, "href": href, "current": current})
    return entries


OF_A_RUN = tuple(e.path for e in (TWENTY, INEQUALITY, LEADING, ATTRIBUTION, UNCERTAINTY))


def _none_yet(page: Page, entry: Entry) -> HttpResponse:
    return not_yet(
        page,
        outcomes.KIND,
        question=entry.question,
        section=SECTION,
        under=f"outcomes/{entry.path}",
    )


def _asked_for(page: Page, parts: Sequence[P]) -> P | None:
    """The part of the outcome that is asked for, else the first; None where there is none."""
    wanted = page.request.GET.get("outcome", "")
    return next((p for p in parts if p.id == wanted), next(iter(parts), None))


def _in_order(page: Page, held: Table, sorts: Mapping[str, str]) -> Content:
    """A table in the order that is asked for, with links to the others that keep what else was."""
    query = page.request.GET
    ordered, ways = spreads.in_order(held, sorts, query.get("sort"))
    asked = {k: v for k, v in query.items() if k != "sort"}
    links = [(text, "?" + urlencode({**asked, "sort": key}), now) for text, key, now in ways]
    return {"table": ordered, "sorts": links}


def _money(
    document: PreventionDocument, money: MoneyPart, description: str, suffix: str = ""
) -> Content:
    """Money of all programmes or of one: what it comes to so far, by year, by payer, and sums."""
    rate = words_of.headline_rate(document)
    panels = words_of.payers(document, money)
    return {
        "picture": fans(
            f"Net cost so far, £m discounted at {rate:g}%: below nothing, paid for",
            description,
            words_of.cumulative(money),
            document.years,
            document.plan_years[-1],
        ),
        "payers": fan_panels(
            "Net cost by payer, £m a year",
            words_of.payers_description(document, panels),
            panels,
            document.years,
            3,
        )
        if panels
        else None,
        **_money_tables(document, money, suffix),
    }


def _money_tables(
    document: PreventionDocument, money: MoneyPart, suffix: str = ""
) -> dict[str, Table]:
    return {
        "by_year": words_of.money_by_year(document, money, f"outcomes-money{suffix}"),
        "sums": words_of.sums(document, money, f"outcomes-sums{suffix}"),
        "by_payer": words_of.by_payer(document, money, f"outcomes-payers{suffix}"),
    }


def _attached(page: Page, found: Found, body: str, content_type: str, name: str) -> HttpResponse:
    file = f"{page.place_id}-{found.job.order.id}-{name}"
    return HttpResponse(
        body.encode(),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )
