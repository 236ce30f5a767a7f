"""Prevention over twenty years: of the newest run under the inputs as they are, or of one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import Http404, HttpResponse

from tripleaim import wording as words
from tripleaim.prevention import (
    AttributionPart,
    Chain,
    MoneyPart,
    PreventionDocument,
    UncertaintyPart,
)
from tripleaim.web.pages.outcomes.pictures import net_cost
from tripleaim.web.pages.outcomes.presenters import prevention as words_of
from tripleaim.web.pages.outcomes.presenters import prevention_health as of_health
from tripleaim.web.pages.outcomes.presenters import prevention_parts as of_parts
from tripleaim.web.pages.outcomes.presenters import prevention_programme as of_programme
from tripleaim.web.pages.outcomes.presenters import prevention_signs as of_signs
from tripleaim.web.pages.outcomes.presenters import spreads
from tripleaim.web.pages.outcomes.tables import money_tables
from tripleaim.web.ui.answers import attached
from tripleaim.web.ui.charts.fan import fan_panels
from tripleaim.web.ui.charts.ranges import ranges
from tripleaim.web.ui.charts.series import series_picture
from tripleaim.web.ui.charts.signed import signed_bars
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.long_jobs.job_results import JobResult
from tripleaim.web.ui.tables import PageTable

Prevention = JobResult[PreventionDocument]
Content = Mapping[str, Any]

P = TypeVar("P", Chain, AttributionPart, UncertaintyPart)
"""A part of the document that is of one outcome."""


def twenty_years(page: PlacePage, result: Prevention) -> HttpResponse:
    """What programmes cost, what they avoid, when that pays, and for whom."""
    document = result.document
    rows = words_of.dots(document)
    content = {
        "answer": words_of.answer(document),
        **_money(document, document.together, words_of.description(document)),
        "totals": words_of.discounted(document, document.together),
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
            unit="£m",
        ).called(
            "programmes",
            "Each programme alone, compared with doing nothing. Left of the line it saves on "
            "balance; right of the line it costs. Bands are 10% to 90%.",
        )
        if rows
        else None,
        **in_order(page, words_of.programmes(document), words_of.SORTS),
        "events": words_of.events(document),
        "care": words_of.care(document),
    }
    return shown(page, result, "outcomes/twenty_years.jinja", content)


def inequality(page: PlacePage, result: Prevention) -> HttpResponse:
    """Who gains, by deprivation and sex, and the slope between."""
    document = result.document
    rows = of_health.dots(document)
    panels = of_health.gained(document)
    content = {
        "answer": of_health.answer(document),
        "picture": ranges(
            "QALYs gained for each 1,000 people",
            of_health.description(document),
            rows,
            0.0,
        ).called(
            "by-fifth",
            f"Over {words_of.horizon(document)}, undiscounted. Bands are 10% to 90%.",
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
            unit="years",
        ).called("life-gained", "Compared with doing nothing, draw by draw. Bands are 10% to 90%.")
        if any(p.fan.central[-1] is not None for p in panels)
        else None,
        "unknown": of_health.unknown(document),
        "without_programmes": of_health.without_programmes(document),
        "expectancies": of_health.expectancies(document),
        "slopes": of_health.slopes(document),
        "official": of_health.beside_official(document, page.place, page.base),
        "differs": of_health.differs(document, page.place),
    }
    return shown(page, result, "outcomes/inequality.jinja", content)


def leading(page: PlacePage, result: Prevention) -> HttpResponse:
    """What moves before each late outcome, and what it predicts."""
    document = result.document
    chain = _asked_for(page, document.leading)
    if chain is None:
        answer = "This run has too few draws to tell. Run it again with eight or more."
        return shown(page, result, "outcomes/leading.jinja", {"answer": answer, "chain": None})
    lines = of_signs.shares(document, chain)
    panels = of_signs.moves(document, chain)
    predicted = of_signs.predictions(chain)
    along = [year[2:] for year in document.years if any(year[2:] in one.points for one in lines)]
    content = {
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
            unit="%",
        ).called(
            "explained",
            "How much of the difference in the total effect between draws each measure explains. "
            "Together with the part that no measure shows yet, the shares add up to 100. A "
            "measure that changes in the opposite direction has no share. It is blank here, and "
            "its change is shown below.",
        ),
        "explained": of_signs.explained(document, chain),
        **in_order(page, of_signs.measures(document, chain), of_signs.SORTS),
        "moves": fan_panels(
            "Change because of the programmes, people",
            of_signs.moves_description(chain, panels),
            panels,
            document.years,
            3,
            unit="people",
            apart=True,
        ).called(
            "moves",
            "With programmes minus without, each on its own scale. Bands are 10% to 90%.",
        ),
        "predictions": ranges(
            f"The total effect, {chain.unit}",
            of_signs.predictions_description(chain),
            predicted,
            0.0,
        ).called(
            "predictions",
            "The total effect as predicted from the measures after some years, with its 80% "
            "interval. The first row uses no measure.",
        )
        if predicted
        else None,
        "predicted": of_signs.predicted(chain),
    }
    return shown(page, result, "outcomes/leading.jinja", content)


def attribution(page: PlacePage, result: Prevention) -> HttpResponse:
    """Each programme's share of an outcome, which add up to the whole."""
    document = result.document
    part = _asked_for(page, document.attribution)
    if part is None:
        answer = "This run did not share the effect among programmes. Run it again."
        return shown(page, result, "outcomes/attribution.jinja", {"answer": answer, "part": None})
    content = {
        "answer": of_parts.share_answer(document, part),
        "part": part,
        "outcomes": [(p.id, of_parts.outcome_name(document, p)) for p in document.attribution],
        "picture": ranges(
            f"Each programme's share, {part.unit}",
            of_parts.share_description(document, part),
            of_parts.share_rows(document, part),
            0.0,
            unit=of_parts.unit_of(part),
            ring="Alone",
        ).called(
            "shares",
            "A dot is the share; its band is two standard errors of chance. A ring is the effect "
            "of the programme when it is the only one.",
            (("dot", "Share"), ("ring", "Alone")),
        ),
        "how": of_parts.how_shared(part),
        **in_order(page, of_parts.share_table(document, part), of_parts.SHARE_SORTS),
    }
    return shown(page, result, "outcomes/attribution.jinja", content)


def uncertainty(page: PlacePage, result: Prevention) -> HttpResponse:
    """Which numbers the interval comes from, and what it is worth to know them better."""
    document = result.document
    part = _asked_for(page, document.uncertainty)
    if part is None:
        answer = "This run has too few draws to tell. Run it again with two or more."
        return shown(page, result, "outcomes/uncertainty.jinja", {"answer": answer, "part": None})
    bars, labels = of_parts.driver_bars(part.drivers)
    title = "Share of the variance, %"
    content = {
        "answer": of_parts.driver_answer(document, part),
        "part": part,
        "outcomes": [(p.id, p.name) for p in document.uncertainty],
        "picture": signed_bars(
            title, of_parts.driver_description(part), bars, labels, unit="%"
        ).called(
            "drivers",
            "Each uncertain number's share of the variance over the draws, fitted together. We "
            "show only numbers whose share is clearly more than chance. The rest up to 100 "
            "belongs to the other numbers, and to numbers that act together.",
        )
        if bars
        else None,
        "luck": of_parts.luck(part),
        **in_order(page, of_parts.driver_table(document, part, page.place), of_parts.DRIVER_SORTS),
    }
    return shown(page, result, "outcomes/uncertainty.jinja", content)


def programme(page: PlacePage, result: Prevention, programme_id: str) -> HttpResponse:
    """One programme: the people it reaches, what is known of it, who pays and when that pays."""
    document = result.document
    part = next((p for p in document.programmes if p.id == programme_id), None)
    if part is None:
        raise Http404(f"There is no programme called “{programme_id}” in this run.")
    reach = of_programme.reach(document, part)
    content = {
        "part": part,
        "question": part.name,
        "caption": page.question,
        "statuses": words_of.statuses([part]),
        "answer": of_programme.answer(document, part),
        **_money(document, part.money, of_programme.description(document, part), f"-{part.id}"),
        "inside": of_programme.inside(document, part),
        "evidence": of_programme.evidence(part, document, page.place),
        "in_plan": _in_plan(page, part.id),
        "costs": of_programme.costs(part, document, page.place),
        "reach": fan_panels(
            "Reached so far, % of the people it is meant for",
            of_programme.reach_description(reach),
            reach,
            document.years,
            5,
            unit="%",
        ).called("reach", "Central values."),
        "by_quintile": of_programme.by_quintile(document, part),
    }
    return shown(page, result, "outcomes/programme.jinja", content, title=part.name)


def _in_plan(page: PlacePage, programme_id: str) -> str:
    """What the plan's evidence shows of the programme; empty where it is no solution of it."""
    same = next((s for s in page.document.solutions if s.id == programme_id), None)
    shown = [part.evidence_class for part in same.classes] if same else []
    return words.class_in_plan(shown, page.document.years[-1])


def as_json(page: PlacePage, result: Prevention) -> HttpResponse:
    """The document itself."""
    body = result.document.model_dump_json(indent=1) + "\n"
    return attached(page, body.encode(), "application/json", "prevention.json", result.run_id)


def shown(
    page: PlacePage, result: Prevention, template: str, content: Content, *, title: str = ""
) -> HttpResponse:
    """A page of prevention, with what all of them say about the run that they show."""
    document, query = result.document, page.request.GET.urlencode()
    here = page.to(f"outcomes/run/{page.run_id}/" if page.run_id else "outcomes/")
    lasting = page.to(f"outcomes/run/{result.run_id}/") + page.request.path.removeprefix(here)
    shared = {
        "run_id": result.run_id,
        "run": document,
        "here": here,
        "action": page.request.path,
        "lasting": lasting + (f"?{query}" if query else ""),
        "current": document.inputs_sha256 == page.place.sha256_of("prevention"),
        "horizon": words_of.horizon(document),
        "made": words_of.made(document),
        "spreads": spreads,
        "statuses": words_of.statuses(document.programmes),
    }
    return page.show(template, title=title or page.question, **(shared | dict(content)))


def _asked_for(page: PlacePage, parts: Sequence[P]) -> P | None:
    """The part of the outcome that is asked for, else the first; None where there is none."""
    wanted = page.request.GET.get("outcome", "")
    return next((p for p in parts if p.id == wanted), next(iter(parts), None))


def in_order(page: PlacePage, table: PageTable, sorts: Mapping[str, str]) -> Content:
    """A table in the order that is asked for, with links to the others that keep what else was."""
    query = page.request.GET
    ordered, ways = spreads.in_order(table, sorts, query.get("sort"))
    asked = {k: v for k, v in query.items() if k not in ("sort", "page")}
    links = [(text, "?" + urlencode({**asked, "sort": key}), now) for text, key, now in ways]
    return {"table": ordered, "sorts": links}


def _money(
    document: PreventionDocument, money: MoneyPart, description: str, suffix: str = ""
) -> Content:
    """Money of all programmes or of one: what it comes to so far, by year, by payer, and sums."""
    panels = words_of.payers(document, money)
    return {
        "picture": net_cost(document, money, description, alone=bool(suffix)),
        "payers": fan_panels(
            "Net cost by payer, £m a year",
            words_of.payers_description(document, panels),
            panels,
            document.years,
            3,
            unit="£m",
        ).called(
            "payers",
            "Above the line a payer pays more than it saves; below the line it saves more.",
        )
        if panels
        else None,
        **money_tables(document, money, suffix),
    }
