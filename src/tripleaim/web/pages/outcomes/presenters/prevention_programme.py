"""One programme: the people it reaches, what studies found, who pays, when it pays."""

from __future__ import annotations

from tripleaim import wording as words
from tripleaim.place import Place
from tripleaim.prevention import PreventionDocument, ProgrammePart
from tripleaim.uncertainty import FanPart, IntervalPart
from tripleaim.web.pages.outcomes.presenters import spreads
from tripleaim.web.pages.outcomes.presenters.prevention import (
    cumulative_ends,
    discounted,
    horizon,
    pays,
)
from tripleaim.web.pages.outcomes.presenters.prevention_health import QUINTILES
from tripleaim.web.pages.solutions.strength import DESIGNS
from tripleaim.web.ui.charts.fan import Panel
from tripleaim.web.ui.tables import PageColumn, PageTable


def answer(document: PreventionDocument, part: ProgrammePart) -> str:
    """The first sentence of its page."""
    money = discounted(document, part.money)
    plain = next(s for s in part.money.sums if s.rate_pct == 0)
    joined = spreads.with_interval(part.joined_total)
    cost = spreads.with_interval(money.programme_cost, "£m")
    if not part.supported:
        return (
            f"Over {horizon(document)} {joined} people join and it costs {cost}. We know no "
            "controlled study of it, so we count no effect."
        )
    return (
        f"Over {horizon(document)} {joined} people join. It costs {cost} and avoids "
        f"{spreads.with_interval(spreads.size(money.avoided), '£m')} of care"
        f"{' less' * ((money.avoided.central or 0) < 0)}. "
        f"{words.capital(pays(document, money.break_even, 'it'))}. It gains {_years(plain.qalys)} "
        "of life."
    )


def description(document: PreventionDocument, part: ProgrammePart) -> str:
    """What the picture shows, in a sentence."""
    ends = cumulative_ends(part.money)
    return (
        f"Lines with bands of 10% to 90% of the cost so far of {words.inside(part.name)} less the "
        f"care that it avoids, to {document.years[-1]}: {ends[0]} by then if we count all care "
        f"avoided, {ends[1]} if we count only cash."
    )


def reach(document: PreventionDocument, part: ProgrammePart) -> list[Panel]:
    """Share of those it is meant for whom it has reached, by quintile."""
    return [
        Panel(
            words.capital(QUINTILES[q + 1]),
            (f"{words.percent(line[-1], 0)} by {document.years[-1]}",),
            FanPart(central=list(line), p10=list(line), p50=list(line), p90=list(line)),
        )
        for q, line in enumerate(zip(*part.coverage_pct, strict=True))
    ]


def reach_description(panels: list[Panel]) -> str:
    """What the small pictures show, in a sentence."""
    return (
        "Per cent of the people it is meant for who have been reached so far, by deprivation: "
        f"{words.listed([f'{p.name.lower()} {p.label}' for p in panels])}."
    )


def by_quintile(document: PreventionDocument, part: ProgrammePart) -> PageTable:
    """Joiners and reach by quintile: when the plan ends, and in all."""
    plan = document.years.index(document.plan_years[-1])
    return PageTable(
        f"outcomes-reach-{part.id}",
        "Who it reaches, by deprivation; central values",
        [
            PageColumn("name", "Deprivation, national fifths"),
            PageColumn("inside", f"Join by {document.plan_years[-1]}", "worded"),
            PageColumn("joined", f"Join by {document.years[-1]}", "worded"),
            PageColumn("covered_plan", f"Reached by {document.plan_years[-1]}", "percent"),
            PageColumn("covered", f"Reached by {document.years[-1]}", "percent"),
        ],
        [
            {
                "name": words.capital(QUINTILES[q + 1]),
                "inside": _people(sum(row[q] for row in part.joined_by_quintile[: plan + 1])),
                "joined": _people(sum(row[q] for row in part.joined_by_quintile)),
                "covered_plan": part.coverage_pct[plan][q],
                "covered": part.coverage_pct[-1][q],
            }
            for q in range(len(part.coverage_pct[0]))
        ],
    )


def evidence(part: ProgrammePart, document: PreventionDocument, place: Place) -> PageTable:
    """What studies found, with what is used of it."""
    return PageTable(
        f"outcomes-evidence-{part.id}",
        "What studies found",
        [
            PageColumn("effect", "Effect"),
            PageColumn("value", "Found", "plain"),
            PageColumn("range", "95% interval"),
            PageColumn("unit", "In"),
            PageColumn("used", "Used here", "plain"),
            PageColumn("lasts", "Half of the effect is left after"),
            PageColumn("design", "Design"),
            PageColumn("status", "Status", "status"),
            PageColumn("source", "Source"),
        ],
        [
            {
                "effect": words.capital(_effect(row.effect, document)),
                "value": row.value,
                "range": f"{words.plain(row.low)} to {words.plain(row.high)}",
                "unit": row.unit,
                "used": float(f"{row.used:.3g}"),
                "lasts": _lasts(row.half_life_years),
                "design": DESIGNS.get(row.design, row.design),
                "status": row.status,
                "source": _source(row.source, row.where or row.cause, place),
            }
            for row in part.evidence
        ],
    )


def costs(part: ProgrammePart, document: PreventionDocument, place: Place) -> PageTable:
    """What it costs and who pays, as its file has it."""
    names = {"council": "The council", "commissioner": "The commissioner"} | document.payers
    return PageTable(
        f"outcomes-costs-{part.id}",
        "What it costs",
        [
            PageColumn("kind", "Cost"),
            PageColumn("value", "£", "plain"),
            PageColumn("range", "Range"),
            PageColumn("unit", "Unit"),
            PageColumn("payer", "Who pays"),
            PageColumn("status", "Status", "status"),
            PageColumn("source", "Source"),
        ],
        [
            {
                "kind": words.capital(row.kind),
                "value": row.value,
                "range": f"{words.plain(row.low)} to {words.plain(row.high)}",
                "unit": row.unit,
                "payer": names.get(row.payer, words.capital(row.payer)),
                "status": row.status,
                "source": _source(row.source, row.cause, place),
            }
            for row in part.costs
        ],
    )


def inside(document: PreventionDocument, part: ProgrammePart) -> str:
    """What falls inside the five-year plan, as a sentence."""
    within = part.money.inside_plan
    if not part.supported:
        cost = spreads.with_interval(within.programme_cost, "£m")
        return f"Inside the plan's years, {within.years[0]} to {within.years[-1]}, it costs {cost}."
    return (
        f"Inside the plan's years, {within.years[0]} to {within.years[-1]}, it costs "
        f"{spreads.with_interval(within.programme_cost, '£m')} and avoids "
        f"{spreads.with_interval(within.avoided, '£m')} of care: "
        f"{spreads.with_interval(within.avoided_share_pct, '%')} of what it avoids over "
        f"{horizon(document)}{_qalys_inside(within.qalys_share_pct)}."
    )


def _effect(effect: str, document: PreventionDocument) -> str:
    """An effect with the name of the point of delivery that it is on."""
    before, _, last = effect.rpartition(" ")
    name = document.points_of_delivery.get(last.replace("_", "-"))
    return f"{before} {words.inside(name)}" if name else effect


def _years(qalys: IntervalPart) -> str:
    if not qalys.central and not spreads.interval(qalys):
        return "no quality-adjusted years"
    return f"{spreads.with_interval(qalys)} quality-adjusted years"


def _qalys_inside(share: IntervalPart) -> str:
    if share.central is None:
        return ""
    return f", and {spreads.with_interval(share, '%')} of its quality-adjusted years"


def _people(value: float) -> spreads.Worded:
    return spreads.Worded(value, words.count(value))


def _lasts(years: float | None) -> str:
    if years is None:
        return "it lasts"
    return f"{years:g} year{'s' * (years != 1)}"


def _source(source: str, where: str, place: Place) -> str:
    known = place.sources.get(source)
    title = known.title if known else source
    return f"{title}: {where}" if where else title
