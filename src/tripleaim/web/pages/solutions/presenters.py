"""What closes the gap, by how much, on whose word; and why one should believe it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim import wording as words
from tripleaim.place import Place
from tripleaim.plan import PlanDocument, SolutionPart
from tripleaim.web.ui.tables import PageColumn, PageTable, by_year

DESIGNS = {
    "controlled": "Controlled: compared with like people who went without",
    "before-after": "Before and after: shrunk, because luck looks like effect",
    "none": "No study: counts for nothing on evidence",
}
SORTS = {
    "claim": "Claim",
    "overlap": "After overlap",
    "evidence": "Evidence",
    "name": "Name",
    "priority": "Priority",
}


@dataclass(frozen=True)
class Filters:
    """What a reader asked for: empty means all."""

    priority: str = ""
    owner: str = ""
    maturity: str = ""
    sort: str = "claim"

    def shown(self, solutions: Sequence[SolutionPart], year: str) -> list[SolutionPart]:
        """The solutions asked for, in the order asked for."""
        kept = [
            s
            for s in solutions
            if self.priority in ("", str(s.priority))
            and self.owner in ("", s.owner)
            and self.maturity in ("", s.maturity)
        ]
        keys = {
            "claim": lambda s: -s.as_claimed_gbp_m.get(year, 0.0),
            "overlap": lambda s: -s.after_overlap_gbp_m.get(year, 0.0),
            "evidence": lambda s: -s.on_evidence_gbp_m.get(year, 0.0),
            "name": lambda s: s.name.lower(),
            "priority": lambda s: (s.priority, -s.as_claimed_gbp_m.get(year, 0.0)),
        }
        return sorted(kept, key=keys[self.sort])


def totals(solutions: Sequence[SolutionPart], year: str) -> dict[str, float]:
    """Savings of these solutions together in one year, by basis."""
    return {
        "claim": sum(s.as_claimed_gbp_m.get(year, 0.0) for s in solutions),
        "overlap": sum(s.after_overlap_gbp_m.get(year, 0.0) for s in solutions),
        "evidence": sum(s.on_evidence_gbp_m.get(year, 0.0) for s in solutions),
    }


def answer(document: PlanDocument, shown: Sequence[SolutionPart]) -> str:
    """What the solutions shown save together, on whose word."""
    last = document.years[-1]
    if not shown:
        return "No solution of this plan is of that kind."
    t = totals(shown, last)
    which = (
        f"The plan's {len(shown)} solutions"
        if len(shown) == len(document.solutions)
        else f"These {len(shown)} of the plan's {len(document.solutions)} solutions"
    )
    return (
        f"{which} claim to save {words.signed(t['claim'])} in {last}. Where they meet in the same "
        f"people and contacts, {words.signed(t['overlap'])} is left. On the evidence of each one "
        f"by itself, this {words.saves(t['evidence'])}."
    )


def description(shown: Sequence[SolutionPart], year: str) -> str:
    """What the bars show, in a sentence."""
    sentences = [
        f"{s.name} {words.signed(s.as_claimed_gbp_m.get(year, 0.0))} as claimed, "
        f"{words.signed(s.after_overlap_gbp_m.get(year, 0.0))} after overlap, "
        f"{words.signed(s.on_evidence_gbp_m.get(year, 0.0))} on evidence"
        for s in shown[:3]
    ]
    more = f" and {len(shown) - 3} more" if len(shown) > 3 else ""
    return f"Bar chart of savings in {year}, one bar a solution: {'; '.join(sentences)}{more}."


def one_answer(solution: SolutionPart, year: str) -> str:
    """Why one should believe a solution, in two sentences."""
    claim = solution.as_claimed_gbp_m.get(year, 0.0)
    evidence = solution.on_evidence_gbp_m.get(year, 0.0)
    low = solution.on_evidence_low_gbp_m.get(year, evidence)
    high = solution.on_evidence_high_gbp_m.get(year, evidence)
    impossible = any(not b.possible for b in solution.beliefs)
    share = evidence / claim if claim else 0.0
    if impossible:
        verdict = "You should not believe the claim: it would take more than there is"
    elif not claim:
        verdict = "It claims no saving"
    elif share >= 0.75:
        verdict = "The evidence supports most of the claim"
    elif share >= 0.25:
        verdict = "The evidence supports a part of the claim"
    elif evidence > words.NOTHING:
        verdict = "The evidence supports little of the claim"
    else:
        verdict = "No evidence supports a saving"
    interval = "" if high - low < 2 * words.NOTHING else f" ({words.money_range(low, high)})"
    return (
        f"{verdict}. It is claimed to save {words.signed(claim)} in {year}; "
        f"{words.signed(solution.after_overlap_gbp_m.get(year, 0.0))} is left after overlap, and "
        f"on evidence it {words.saves(evidence)}{interval}."
    )


def one_description(solution: SolutionPart, years: Sequence[str]) -> str:
    """What the chart of one solution shows, in a sentence."""
    last = years[-1]
    return (
        f"Line chart of what {solution.name} saves from {years[0]} to {last}. In {last}: "
        f"{words.signed(solution.as_claimed_gbp_m.get(last, 0.0))} as claimed, "
        f"{words.signed(solution.after_overlap_gbp_m.get(last, 0.0))} after overlap, "
        f"{words.signed(solution.on_evidence_gbp_m.get(last, 0.0))} on evidence."
    )


def one_by_year(solution: SolutionPart, years: Sequence[str]) -> PageTable:
    """One solution's savings, interval and investment by year."""
    return by_year(
        f"solution-{solution.id}",
        f"{solution.name}: savings and cost by year, £m",
        "Reading",
        [
            ("As claimed", solution.as_claimed_gbp_m),
            ("After overlap", solution.after_overlap_gbp_m),
            ("On evidence", solution.on_evidence_gbp_m),
            ("On evidence, low (10%)", solution.on_evidence_low_gbp_m),
            ("On evidence, high (90%)", solution.on_evidence_high_gbp_m),
            ("Investment", solution.investment_gbp_m),
        ],
        years,
        kind="tenths",
    )


def evidence(solution: SolutionPart, place: Place) -> PageTable:
    """What studies say of each effect: value, interval, design, what of it is used, and source."""
    return PageTable(
        f"evidence-{solution.id}",
        "What studies found, as a change among those reached",
        [
            PageColumn("effect", "Effect"),
            PageColumn("found", "Found"),
            PageColumn("interval", "Interval"),
            PageColumn("design", "Design"),
            PageColumn("used", "Used here"),
            PageColumn("source", "Source"),
        ],
        [
            {
                "effect": words.capital(effect_name(e.effect, place)),
                "found": change(e.value),
                "interval": change_range(e.low, e.high),
                "design": DESIGNS[e.design],
                "used": change(e.used),
                "source": _source(e.source, e.where, place),
            }
            for e in solution.evidence
        ],
    )


def change(value: float) -> str:
    """A proportional change in words: "3.0% less", "2.0% more", "no change"."""
    if abs(value) < 0.0005:
        return "no change"
    return f"{words.percent(abs(100 * value))} {'less' if value < 0 else 'more'}"


def change_range(low: float, high: float) -> str:
    """An interval of changes in words: "2.0% to 8.0% less", "8.0% less to 2.0% more"."""
    low, high = min(low, high), max(low, high)
    if high <= -0.0005:
        return f"{words.percent(-100 * high)} to {change(low)}"
    if low >= 0.0005:
        return f"{words.percent(100 * low)} to {change(high)}"
    return f"{change(low)} to {change(high)}"


def effect_name(effect: str, place: Place) -> str:
    """An effect's name with its point of delivery as the place calls it."""
    for point in place.points_of_delivery:
        effect = effect.replace(point.id, point.name[:1].lower() + point.name[1:])
    return effect


def _source(source: str, where: str, place: Place) -> str:
    known = place.sources.get(source)
    title = f"{known.title} ({known.publisher}, {known.edition})" if known else source
    return f"{title}, {where}" if where else title


def reached(solution: SolutionPart, year: str) -> str:
    """How many people the solution is meant for, how many of them it reaches, and when."""
    meant = solution.reached.get(year, 0.0)
    if not meant:
        return f"Nobody is of that kind in {year}."
    return (
        f"That is {words.count(meant)} people in {year}. From {solution.start} it reaches some of "
        f"them, and {words.percent(100 * solution.uptake, 0)} once fully rolled out "
        f"{solution.years_to_full} {'year' if solution.years_to_full == 1 else 'years'} later."
    )


def cost(solution: SolutionPart) -> str:
    """What it costs to run, in a sentence."""
    total = sum(solution.investment_gbp_m.values())
    if not total:
        return "No cost of its own is given for it."
    last, value = list(solution.investment_gbp_m.items())[-1]
    return (
        f"It costs {words.money(total)} over the years of the plan, double running included, and "
        f"{words.money(value)} in {last}. The savings on this page are after that cost."
    )


def partners(solution: SolutionPart, place: Place) -> str:
    """Who works on it, by name."""
    names = {o.id: o.short_name or o.name for o in place.organisations}
    return words.listed([names.get(o, o) for o in solution.organisations])


def options(document: PlanDocument, place: Place) -> Mapping[str, list[tuple[str, str]]]:
    """What one may filter by: values and their names."""
    return {
        "priority": [
            (str(k), f"{k}. {place.priorities.get(k, '')}".rstrip(". "))
            for k in sorted({s.priority for s in document.solutions})
        ],
        "owner": [(o, o) for o in sorted({s.owner for s in document.solutions})],
        "maturity": [
            (m, words.capital(m))
            for m in ("idea", "outline", "developed", "in delivery")
            if any(s.maturity == m for s in document.solutions)
        ],
    }
