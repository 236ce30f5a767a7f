"""What closes the gap, by how much, on what evidence; and why one should believe it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tripleaim import wording as words
from tripleaim.place import Place
from tripleaim.plan import (
    EvidenceClass,
    PlanDocument,
    SolutionClassPart,
    SolutionPart,
)
from tripleaim.web.pages.solutions import ready, strength
from tripleaim.web.ui.tables import PageColumn, PageTable, by_year

NOT_KNOWN = EvidenceClass.NOT_KNOWN
VERDICTS = {
    EvidenceClass.PAYS: "It is shown to pay",
    EvidenceClass.COSTS_MORE: "It is shown to work, and to cost more than it saves",
    EvidenceClass.DOES_NOT_WORK: "It is shown not to work",
    EvidenceClass.NOT_KNOWN: "We do not know whether it saves what is claimed",
}
WHOLE = 0.999


def totals(solutions: Sequence[SolutionPart], year: str) -> dict[str, float]:
    """Savings of these solutions together in one year, by basis."""
    return {
        "claim": sum(s.as_claimed_gbp_m.get(year, 0.0) for s in solutions),
        "overlap": sum(s.after_overlap_gbp_m.get(year, 0.0) for s in solutions),
        "evidence": sum(s.on_evidence_gbp_m.get(year, 0.0) for s in solutions),
    }


def _which_shown(shown: int, every: int) -> str:
    """Subject and verb: the one solution claims, these 5 of the plan's 20 solutions claim."""
    if shown == every == 1:
        return "The plan's one solution claims"
    if shown == every:
        return f"The plan's {every} solutions claim"
    verb = "claims" if shown == 1 else "claim"
    return f"{'This' if shown == 1 else 'These'} {shown} of the plan's {every} solutions {verb}"


def answer(document: PlanDocument, shown: Sequence[SolutionPart]) -> str:
    """What the solutions shown save together, and on what evidence."""
    last = document.years[-1]
    if not document.solutions:
        return ready.sentence(document) if document.ready else words.NO_SOLUTIONS
    if not shown:
        return "No solution of this plan is of that kind."
    t = totals(shown, last)
    every = len(shown) == len(document.solutions)
    which = (
        f"The plan claims {words.signed(t['claim'])} in {last}, which we split among "
        f"{len(shown)} solutions ({document.claim_tag})"
        if every and document.claim_tag == words.SPLIT_ASSUMED
        else f"{_which_shown(len(shown), len(document.solutions))} "
        f"{words.tagged(words.signed(t['claim']), document.claim_tag)} in {last}"
    )
    open_ = sum(
        part.claim_gbp_m for s in shown for part in s.classes if part.evidence_class == NOT_KNOWN
    )
    return (
        f"{which}. Some affect the same people and contacts. After removing that overlap, "
        f"{words.signed(t['overlap'])} is left. Of the claims, {words.signed(open_)} is not "
        "known: no controlled study shows whether partners save all of it, a part or "
        f"nothing.{_without_amount(shown)}"
    )


def evidence_sum(document: PlanDocument) -> str:
    """Why the column on evidence does not add up to what the solutions come to together."""
    last = document.years[-1]
    return words.evidence_sum(
        year=last,
        one_by_one_gbp_m=totals(document.solutions, last)["evidence"],
        cap_gbp_m=document.evidence_cap_gbp_m.get(last, 0.0),
    )


def _without_amount(shown: Sequence[SolutionPart]) -> str:
    count = sum(not s.amount_known and s.cost_per_person is None for s in shown)
    if not count:
        return ""
    named = "One is" if count == 1 else f"{words.capital(words.count(count))} are"
    return f" {named} named without an amount. What it would save is not known and not included."


def description(shown: Sequence[SolutionPart], year: str) -> str:
    """What the bars show, in a sentence."""
    sentences = [
        f"{s.name} {words.signed(s.as_claimed_gbp_m.get(year, 0.0))} as claimed"
        f"{f' ({s.claim_tag})' if s.claim_tag else ''}, "
        f"{words.signed(s.after_overlap_gbp_m.get(year, 0.0))} after overlap, "
        f"{strength.class_of(s) or 'left out'}"
        for s in shown[:3]
    ]
    more = f" and {len(shown) - 3} more" if len(shown) > 3 else ""
    return f"Bar chart of savings in {year}, one bar a solution: {'; '.join(sentences)}{more}."


def one_answer(solution: SolutionPart, year: str) -> str:
    """Why one should believe a solution, in a few sentences."""
    if not solution.amount_known and solution.cost_per_person:
        return ready.one_answer(solution, year)
    if not solution.amount_known:
        return (
            "The plan names it without an amount. What it would save is not known, which is not "
            "the same as nothing. No total here includes it."
        )
    claim = solution.as_claimed_gbp_m.get(year, 0.0)
    impossible = any(not b.possible for b in solution.beliefs)
    if impossible:
        verdict = "The claim is impossible: it is larger than the cost of the care it affects"
    elif not claim:
        verdict = "It claims no saving"
    elif len(solution.classes) == 1:
        verdict = VERDICTS[solution.classes[0].evidence_class]
    else:
        verdict = "Its parts have different evidence"
    claimed = words.tagged(words.signed(claim), solution.claim_tag)
    parts = " ".join(_of_part(part, year) for part in solution.classes)
    return (
        f"{verdict}. Partners claim that it saves {claimed} in {year}; "
        f"{words.signed(solution.after_overlap_gbp_m.get(year, 0.0))} is left after overlap. "
        f"{parts}"
    ).strip()


def _of_part(part: SolutionClassPart, year: str) -> str:
    low, high = part.net_range_gbp_m
    if part.net_gbp_m is None:
        what = "What it saves is" if part.share > WHOLE else f"{words.capital(_which(part))}: it is"
        return (
            f"{what} not known. Net of its investment of {words.money(part.investment_gbp_m)} it "
            f"may be anything from {words.money_range(low, high)}."
        )
    subject = (
        "By itself it" if part.share > WHOLE else f"{words.capital(_which(part))}: by itself it"
    )
    return (
        f"{subject} {words.saves(part.net_gbp_m)} in {year} on controlled evidence "
        f"({words.money_range(low, high)}, 95%)."
    )


def _which(part: SolutionClassPart) -> str:
    return words.listed(list(dict.fromkeys(part.effects)))


def one_description(solution: SolutionPart, years: Sequence[str]) -> str:
    """What the chart of one solution shows, in a sentence."""
    last, tag = years[-1], solution.claim_tag
    return (
        f"Line chart of what {solution.name} saves from {years[0]} to {last}. In {last}: "
        f"{words.tagged(words.signed(solution.as_claimed_gbp_m.get(last, 0.0)), tag)} as claimed, "
        f"{words.signed(solution.after_overlap_gbp_m.get(last, 0.0))} after overlap, "
        f"{words.signed(solution.on_evidence_gbp_m.get(last, 0.0))} on evidence "
        "(untested savings at zero)."
    )


def one_by_year(solution: SolutionPart, years: Sequence[str]) -> PageTable:
    """One solution's savings, interval and investment by year."""
    return by_year(
        f"solution-{solution.id}",
        words.tagged(f"{solution.name}: savings and cost by year, £m", solution.claim_tag),
        "Reading",
        [
            ("As claimed", solution.as_claimed_gbp_m),
            ("After overlap", solution.after_overlap_gbp_m),
            (words.position_name("on_evidence"), solution.on_evidence_gbp_m),
            (
                "The same, at the low end of the studies' 95% interval",
                solution.on_evidence_low_gbp_m,
            ),
            (
                "The same, at the high end of the studies' 95% interval",
                solution.on_evidence_high_gbp_m,
            ),
            ("Investment", solution.investment_gbp_m),
        ],
        years,
        kind="tenths",
    )


def evidence(solution: SolutionPart, place: Place) -> PageTable:
    """What studies say of each effect: value, interval, design, what of it is used, and source."""
    return PageTable(
        f"evidence-{solution.id}",
        "What studies found, as a change among the people reached",
        [
            PageColumn("effect", "Effect"),
            PageColumn("found", "Found"),
            PageColumn("interval", "Interval"),
            PageColumn("design", "Design"),
            PageColumn("studies", "Studies"),
            PageColumn("directness", "Directness"),
            PageColumn("bias", "Risk of bias"),
            PageColumn("used", "Used here"),
            PageColumn("source", "Source"),
        ],
        [
            {
                "effect": words.capital(effect_name(e.effect, place)),
                "found": change(e.value) if e.measured else "not measured",
                "interval": change_range(e.low, e.high) if e.measured else "not measured",
                "design": strength.DESIGNS[e.design],
                "studies": strength.studies(e),
                "directness": e.directness,
                "bias": e.risk_of_bias,
                "used": change(e.used) if e.measured else "nothing: not known",
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
        return f"No person meets this condition in {year}."
    return (
        f"That is {words.count(meant)} people in {year}. From {solution.start} it reaches some of "
        f"them, and {words.percent(100 * solution.uptake, 0)} once fully rolled out "
        f"{solution.years_to_full} {'year' if solution.years_to_full == 1 else 'years'} later."
    )


def cost(solution: SolutionPart) -> str:
    """What it costs to run, in a sentence."""
    total = sum(solution.investment_gbp_m.values())
    if not total:
        return "The plan gives no cost for it."
    last, value = list(solution.investment_gbp_m.items())[-1]
    if solution.cost_per_person is not None:
        return ready.cost(solution, last, value)
    return (
        f"It costs {words.money(total)} over the years of the plan, including double running, and "
        f"{words.money(value)} in {last}. The savings on this page are after that cost."
    )


def partners(solution: SolutionPart, place: Place) -> str:
    """Who works on it, by name."""
    names = {o.id: o.short_name or o.name for o in place.organisations}
    return words.listed([names.get(o, o) for o in solution.organisations])


def _of_findings(document: PlanDocument, field: str) -> list[tuple[str, str]]:
    """What the strongest findings of the solutions are, as one may filter by it."""
    met = {str(getattr(strength.best(s.evidence), field)) for s in document.solutions}
    return [(value, words.capital(value)) for value in sorted(met)]


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
        "class": [
            (c, words.capital(c))
            for c in EvidenceClass
            if any(c == part.evidence_class for s in document.solutions for part in s.classes)
        ],
        "design": [
            (value, words.capital(strength.DESIGN_NAMES[value]))
            for value, _ in _of_findings(document, "design")
        ],
        "directness": _of_findings(document, "directness"),
        "bias": _of_findings(document, "risk_of_bias"),
    }
