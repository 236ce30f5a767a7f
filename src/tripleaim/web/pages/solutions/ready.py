"""Solutions that are ready to choose: whom they would reach here, what they cost, on what evidence.

Each is shown by itself, as if it were the only one.
"""

from __future__ import annotations

from tripleaim import wording as words
from tripleaim.plan import EvidenceClass, PlanDocument, SolutionPart
from tripleaim.web.pages.solutions import strength
from tripleaim.web.ui.tables import PageColumn, PageTable

_VERDICTS = {
    EvidenceClass.PAYS: "It is shown to pay",
    EvidenceClass.COSTS_MORE: "It is shown to work, and to cost more than it saves",
    EvidenceClass.DOES_NOT_WORK: "It is shown not to work",
    EvidenceClass.NOT_KNOWN: "What it saves is not known",
}


def sentence(document: PlanDocument) -> str:
    """How many are ready to choose, where no solution is in the plan."""
    return (
        f"{words.NO_SOLUTIONS_YET} {words.capital(words.counted(len(document.ready), 'solution'))} "
        "of today are ready to choose, each with its evidence and its size for this place."
    )


def table(document: PlanDocument) -> PageTable:
    """Each that is ready to choose, in the last year of the plan; also solutions-ready.csv."""
    last = document.years[-1]
    return PageTable(
        "solutions-ready",
        f"Solutions that are ready to choose, each by itself, in {last}",
        [
            PageColumn("name", "Solution"),
            PageColumn("whom", "For whom"),
            PageColumn("people", "People here", "count"),
            PageColumn("take_part", "Take part", "count"),
            PageColumn("each", "£ a person a year", "count"),
            PageColumn("cost", "Cost, £m a year", "tenths"),
            PageColumn("class", "Evidence"),
            PageColumn("net", "It saves by itself, net"),
            PageColumn("studies", "Studies"),
        ],
        [
            {
                "id": part.id,
                "href": f"solutions/{part.id}/",
                "name": part.name,
                "whom": words.capital(part.whom),
                "people": part.reached.get(last, 0.0),
                "take_part": taking_part(part, last),
                "each": part.cost_per_person.value if part.cost_per_person else None,
                "cost": part.investment_gbp_m.get(last, 0.0),
                "class": strength.class_of(part),
                "net": _net(part),
                "studies": strength.studies(strength.best(part.evidence)),
            }
            for part in document.ready
        ],
    )


def taking_part(part: SolutionPart, year: str) -> float:
    """How many people take part once it is fully rolled out, of those it is for in `year`."""
    return part.reached.get(year, 0.0) * part.uptake


def one_answer(part: SolutionPart, year: str) -> str:
    """What is known of a solution of which nobody has claimed an amount, in a few sentences."""
    classes = {one.evidence_class for one in part.classes}
    verdict = (
        _VERDICTS[next(iter(classes))] if len(classes) == 1 else "Its parts have different evidence"
    )
    measured = [
        f"By itself it {words.saves(one.net_gbp_m)} in {year} on controlled evidence "
        f"({words.money_range(*one.net_range_gbp_m)}, 95%)."
        for one in part.classes
        if one.net_gbp_m is not None
    ]
    return " ".join(
        [
            f"{verdict}. Nobody has claimed an amount.",
            f"It costs {words.money(part.investment_gbp_m.get(year, 0.0))} in {year}, for "
            f"{words.count(taking_part(part, year))} people who take part.",
            *measured,
        ]
    )


def cost(part: SolutionPart, year: str, gbp_m: float) -> str:
    """What it costs for each person and in all, and where the cost is from."""
    each = part.cost_per_person
    if each is None:
        return f"It costs {words.money(gbp_m)} in {year}."
    stated = (
        f" (£{words.count(each.stated)} at the prices of {each.stated_year})"
        if each.stated_year != each.year
        else ""
    )
    return (
        f"It costs £{words.count(each.value)} a year for each person who takes part{stated}, from "
        f"£{words.count(each.low)} to £{words.count(each.high)}: {each.status}. "
        f"{words.capital(each.cause)}. In all {words.money(gbp_m)} in {year}."
    )


def _net(part: SolutionPart) -> str:
    told = [
        f"{words.signed(one.net_gbp_m)} ({words.money_range(*one.net_range_gbp_m)})"
        for one in part.classes
        if one.net_gbp_m is not None
    ]
    unknown = any(one.net_gbp_m is None for one in part.classes)
    return "; ".join([*told, *(["not known"] if unknown else [])])
