"""The plan on a page: the answer in words, the three gaps, the largest and the most_serious."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tripleaim import wording as words
from tripleaim.place import STATUSES, Place
from tripleaim.plan import (
    AimPart,
    Finding,
    PlanDocument,
    ReconciliationPart,
    first_year_not_met,
    most_serious,
)
from tripleaim.web.pages.figures.presenters.audit import address, contradicts
from tripleaim.web.pages.plan.presenters.evidence import evidence_sentence
from tripleaim.web.pages.scenario.presenters import Change
from tripleaim.web.pages.solutions import ready
from tripleaim.web.pages.solutions.tables import solutions
from tripleaim.web.ui.tables import PageTable

AIMS = {"health": "Health", "quality": "Quality", "money": "Money"}
PLAIN = ("fails", "official figure differs")


LARGEST = 5
"""How many solutions the plan on a page names."""


@dataclass(frozen=True)
class AimNumber:
    """One measure as a card: a number, and the sentence that says what it means."""

    heading: str
    value: str
    sentence: str
    status: str
    href: str


@dataclass(frozen=True)
class Disagreement:
    """One place where we and the print differ."""

    heading: str
    sentence: str
    href: str
    link: str


@dataclass(frozen=True)
class PlanPage:
    """What the plan page says."""

    answer: str
    caption: str
    description: str
    aims: Sequence[AimNumber]
    other_aims: Sequence[AimNumber]
    largest_heading: str
    largest_sentence: str
    printed: bool
    """Whether anything of a printed plan can be compared or checked."""
    disagreements: Sequence[Disagreement]
    no_disagreement: str


def plan_page(
    document: PlanDocument,
    place: Place,
    findings: Sequence[Finding],
    intervals: Mapping[str, Mapping[str, tuple[float, float]]],
) -> PlanPage:
    """Everything that the plan page says, from the document, the audit and intervals of draws."""
    cards, others = _aims(document, place)
    return PlanPage(
        answer=answer(document),
        caption=caption(document, intervals),
        description=description(document),
        aims=cards,
        other_aims=others,
        largest_heading=_largest_heading(document),
        largest_sentence=_largest_sentence(document),
        printed=bool(findings or document.reconciliation),
        disagreements=disagreements(document, findings),
        no_disagreement=_no_disagreement(document, findings),
    )


def answer(document: PlanDocument) -> str:
    """Whether the place balances in the last year of the plan, and what of that is known."""
    last = document.years[-1]
    gap = document.gap_gbp_m
    claimed, overlap = gap["as_claimed"][last], gap["after_overlap"][last]
    least = document.evidence.range_gbp_m[0] if document.evidence else overlap
    verdict = "Yes" if min(claimed, overlap, least) >= 0 else "No"
    if verdict == "No" and claimed >= -words.NOTHING:
        verdict = "Only if every claim comes true"
    sentence = f"{verdict}. {finding(document)}"
    if document.evidence:
        sentence += f" {evidence_sentence(document.evidence, document.claim_tag)}"
    return sentence


def finding(document: PlanDocument) -> str:
    """The position of the last year: if nothing changes, and with what the solutions save."""
    last, gap = document.years[-1], document.gap_gbp_m
    return (
        f"If nothing changes, the NHS is {words.position(gap['do_nothing'][last])} in {last}. If "
        f"every claim comes true, it is {words.position(gap['as_claimed'][last])}; after removing "
        f"double counting, it is {words.position(gap['after_overlap'][last])}."
    )


MOST_CHANGES = 3
"""Changes that the first sentence names; of more it says how many there are."""


def change(changes: Sequence[Change], document: PlanDocument, printed: PlanDocument) -> str:
    """What a scenario changes, and its result compared with the printed plan, in a sentence."""
    last = document.years[-1]
    named = [f"“{one.name}” {words.inside(one.here)}" for one in changes]
    more = len(named) - MOST_CHANGES
    if more > 0:
        named = [*named[:MOST_CHANGES], f"{more} more change{'s' if more > 1 else ''}"]
    now = document.gap_gbp_m["as_chosen"][last]
    if not printed.gap_known:
        return f"With {words.listed(named)}, the NHS is {words.position(now)} in {last}."
    before = printed.gap_gbp_m["as_chosen"][last]
    stated = printed.scenario.name.lower()
    against = (
        f"as in the plan {stated}"
        if abs(now - before) < words.NOTHING
        else f"{words.money(abs(now - before))} {'better' if now > before else 'worse'} than "
        f"{stated}"
    )
    return f"With {words.listed(named)}, the NHS is {words.position(now)} in {last}, {against}."


def cash_sentence(document: PlanDocument) -> str:
    """What of the care avoided after overlap is cash in the last year; "" where nothing is."""
    part, last = document.cash.get("after_overlap"), document.years[-1]
    if part is None:
        return ""
    return words.cash_sentence(
        year=last,
        average_gbp_m=part.average_cost_gbp_m[last],
        cash_gbp_m=part.cash_gbp_m[last],
        position_gbp_m=part.position_gbp_m[last],
    )


def description(document: PlanDocument) -> str:
    """What the gap chart shows, in a sentence, for those who do not see it."""
    first, last = document.years[0], document.years[-1]
    ends = [
        f"{words.position_name(s).lower()} from {words.position(document.gap_gbp_m[s][first])} "
        f"to {words.position(document.gap_gbp_m[s][last])}"
        for s in ("do_nothing", "as_claimed", "after_overlap")
        if s in document.gap_gbp_m
    ]
    band = ""
    if document.evidence:
        low, high = document.evidence.range_gbp_m
        band = f" The band shows what evidence leaves open: {words.between(low, high)} in {last}."
    return f"Line chart of the NHS position from {first} to {last}: {words.listed(ends)}.{band}"


def caption(
    document: PlanDocument, intervals: Mapping[str, Mapping[str, tuple[float, float]]]
) -> str:
    """What the marks of the gap chart are, with `intervals` of draws by position and year."""
    last = document.years[-1]
    parts = []
    if any(row.part == "gap" and row.year in document.years for row in document.reconciliation):
        parts.append("Open circles are figures that the plan prints, or sums of its own figures.")
    two_ways = first_year_not_met(document)
    if two_ways:
        parts.append(words.sentence(two_ways))
    if document.evidence:
        low, high = document.evidence.range_gbp_m
        parts.append(
            f"The band shows what evidence leaves open: {words.between(low, high)} in {last}. At "
            "one end no untested solution works and its investment is still spent. At the other "
            "end every untested solution saves what is claimed."
        )
    drawn = intervals.get("not_known_drawn", {}).get(last)
    fixed = intervals.get("on_evidence", {}).get(last)
    if drawn and fixed:
        parts.append(
            "Eight draws of ten lie on the upright lines. In each draw, costs, demand and effects "
            "vary within their ranges, and each untested solution saves a random share of its "
            f"claim: {words.between(*drawn)} in {last}. With untested savings at zero, it is "
            f"{words.between(*fixed)}."
        )
    stf = document.gap_gbp_m.get("as_claimed_after_stf", {}).get(last)
    if stf is not None and document.stf_gbp_m.get(last):
        parts.append(
            "With the conditional fund (STF) of "
            f"{words.money(document.stf_gbp_m.get(last, 0.0))}, it is {words.position(stf)} as "
            "claimed."
        )
    plain = document.gap_gbp_m.get("do_nothing_uncalibrated", {}).get(last)
    if plain is not None and document.calibrated:
        parts.append(
            f"Do nothing is calibrated to the printed plan; before calibration it is "
            f"{words.position(plain)}."
        )
    return " ".join(parts)


def _aims(document: PlanDocument, place: Place) -> tuple[list[AimNumber], list[AimNumber]]:
    last = document.years[-1]
    gap = document.gap_gbp_m["do_nothing"][last]
    money = AimNumber(
        "Money",
        words.position(gap),
        f"That is the NHS gap in {last} if nothing changes.",
        "calibrated" if document.calibrated else "assumed",
        "money/",
    )
    firsts: list[AimNumber] = []
    others: list[AimNumber] = []
    for kind in ("health", "quality"):
        sentence = [one for one, aim in health_and_quality(document, place) if aim == kind]
        firsts += sentence[:1]
        others += sentence[1:]
    return [*firsts, money], others


def health_and_quality(document: PlanDocument, place: Place) -> list[tuple[AimNumber, str]]:
    """Each measure of health and quality as a card, with the aim that it is of."""
    return [(_aim(a, place), a.aim) for a in document.aims if a.aim in ("health", "quality")]


def _aim(part: AimPart, place: Place) -> AimNumber:
    figure = place.figures.get(part.figure)
    return AimNumber(
        f"{AIMS[part.aim]}: {words.inside(part.name)}{f', {part.year}' if part.year else ''}",
        words.quantity(part.value, part.unit),
        part.sentence,
        figure.status if figure else "published",
        f"figures/{part.figure}/" if figure else "figures/",
    )


def largest(document: PlanDocument) -> PageTable:
    """The five solutions that claim most in the last year."""
    every = solutions(document)
    rows = sorted(every.rows, key=lambda row: -(row["claim"] or 0.0))[:LARGEST]
    return replace(every.only("name", "claim", "tag", "overlap", "class"), rows=rows)


def _largest_heading(document: PlanDocument) -> str:
    if len(document.solutions) > LARGEST:
        return "The five largest solutions"
    return "The one solution" if len(document.solutions) == 1 else "The solutions"


def _largest_sentence(document: PlanDocument) -> str:
    if not document.solutions:
        return ready.sentence(document) if document.ready else words.NO_SOLUTIONS
    last = document.years[-1]
    claims = sorted((s.as_claimed_gbp_m.get(last, 0.0) for s in document.solutions), reverse=True)
    total = sum(claims)
    if not total:
        return "No solution claims a saving."
    of_five = words.tagged(words.money(sum(claims[:LARGEST])), document.claim_tag)
    means = f" {words.SPLIT_MEANS}" if document.claim_tag == words.SPLIT_ASSUMED else ""
    if len(claims) <= LARGEST:
        return f"{'It claims' if len(claims) == 1 else 'They claim'} {of_five} in {last}.{means}"
    whole = words.money(total)
    if words.money(sum(claims[:LARGEST])) == whole:
        whole = words.tagged(whole, document.claim_tag)
        return f"They claim all of the {whole} claimed in {last}.{means}"
    return f"They claim {of_five} of the {whole} claimed in {last}.{means}"


def disagreements(
    document: PlanDocument, findings: Sequence[Finding], most: int = 5
) -> list[Disagreement]:
    """What matters most: what the print contradicts itself on, then what we cannot meet.

    Findings stand in the order of the audit's `most_serious`; three of them have no other
    explanation (`PLAIN`), where there are as many.
    """
    missed = sorted(
        (r for r in document.reconciliation if r.status == "not met"),
        key=lambda r: -abs(r.difference_pct),
    )
    wrong = [f for f in most_serious(findings, len(findings)) if contradicts(f)]
    room = most - len(missed[:2])
    plain = [f for f in wrong if f.verdict in PLAIN][:3]
    chosen = [*plain, *(f for f in wrong if f not in plain)][:room]
    shown = [_contradiction(f) for f in wrong if f in chosen]
    return [*shown, *(_missed(r) for r in missed[: most - len(shown)])]


def _no_disagreement(document: PlanDocument, findings: Sequence[Finding]) -> str:
    """That the print and we agree; or, where nothing printed is known, what to give."""
    if findings or document.reconciliation:
        return (
            "No printed figure of the plan differs from what we compute or from the plan's own "
            "sums."
        )
    return (
        f"No printed plan of {document.name} has been entered, so there is nothing to compare. "
        "Enter its figures in figures.csv with the status “published”: then this page compares "
        "them with ours."
    )


def _missed(part: ReconciliationPart) -> Disagreement:
    return Disagreement(
        words.capital(part.name),
        f"Printed: {words.amount(part.published, part.unit)}. We compute: "
        f"{words.amount(part.computed, part.unit)}.",
        f"figures/{part.figure}/",
        "See the figure",
    )


def _contradiction(finding: Finding) -> Disagreement:
    return Disagreement(
        f"{words.capital(finding.verdict)}: {words.inside(finding.statement.rstrip('.'))}",
        f"Printed: {words.amount(finding.printed, finding.unit)}. Computed from other printed "
        f"figures: {words.amount(finding.computed, finding.unit)}.",
        address(finding),
        "See it in the audit",
    )


def statuses(place: Place) -> list[dict[str, str]]:
    """How many figures bear each status, as sentences."""
    meanings = {
        "published": "the plan prints them",
        "public": "official statistics",
        "evidence": "studies, with their intervals",
        "calibrated": "solved so that the model matches a printed figure",
        "assumed": "our own assumptions, each with its reason",
    }
    counted = {s: sum(f.status == s for f in place.figures.values()) for s in STATUSES}
    return [
        {
            "status": s,
            "sentence": f"{words.count(n)} {'figure' if n == 1 else 'figures'}: {meanings[s]}",
        }
        for s, n in counted.items()
        if n
    ]
