"""What differs: between claimed, overlapping and evidenced, and between two scenarios."""

from __future__ import annotations

from collections.abc import Mapping

from tripleaim import wording as words
from tripleaim.place import Place, Solution
from tripleaim.plan import Basis, PlanDocument, Scenario, assumptions_of, usual_choice
from tripleaim.web.pages.compare.tables import total_savings
from tripleaim.web.pages.scenario.forms import address_of, name_of, with_unit
from tripleaim.web.ui.tables import PageColumn, PageTable

BASES = {
    Basis.AS_CLAIMED: "as claimed",
    Basis.ON_EVIDENCE: "on evidence (untested savings at zero)",
    Basis.OWN_VALUE: "a value of your own",
    Basis.OFF: "left out",
}

SAME = "Both are the same scenario: nothing differs."


def answer(document: PlanDocument) -> str:
    """How much is lost from claim to overlap to evidence, in words."""
    last = document.years[-1]
    saved = total_savings(document)
    claim, overlap = saved["as_claimed"][last], saved["after_overlap"][last]
    evidence = saved["on_evidence"][last]
    return (
        f"Of {words.signed(claim)} claimed for {last}, {words.money(claim - overlap)} is "
        "lost because solutions affect the same people or claim more than is possible. "
        f"{words.signed(overlap)} is left. On evidence, with untested savings at "
        f"zero, all of it together {words.saves(evidence)}. That is a lower end, not a forecast."
    )


def description(document: PlanDocument) -> str:
    """What the chart shows, in a sentence."""
    first, last = document.years[0], document.years[-1]
    saved = total_savings(document)
    amounts = [
        f"{words.position_name(s).lower()} from {words.signed(v[first])} to {words.signed(v[last])}"
        for s, v in saved.items()
    ]
    return f"Line chart of all savings together from {first} to {last}: {words.listed(amounts)}."


def difference(ours: PlanDocument, theirs: PlanDocument) -> dict[str, float]:
    """The NHS position as chosen here less the position as chosen there, by year."""
    here, there = _chosen(ours), _chosen(theirs)
    return {y: here[y] - there[y] for y in ours.years}


def _chosen(document: PlanDocument) -> Mapping[str, float]:
    return document.gap_gbp_m.get("as_chosen", document.gap_gbp_m["after_overlap"])


def choices(ours: Scenario, theirs: Scenario, place: Place) -> PageTable:
    """Every choice and assumption that differs between two scenarios; `place` as built."""
    rows = [
        {
            "name": one.name,
            "ours": choice_in_words(ours, one),
            "theirs": choice_in_words(theirs, one),
            "href": f"solutions/{one.id}/",
        }
        for one in sorted(place.solutions, key=lambda s: s.id)
        if ours.choices.get(one.id) != theirs.choices.get(one.id)
    ]
    for one in assumptions_of(place):
        here, there = (s.assumptions.get(one.id, one.value) for s in (ours, theirs))
        if here != there:
            rows.append(
                {
                    "name": name_of(one, place),
                    "ours": with_unit(here, one.unit),
                    "theirs": with_unit(there, one.unit),
                    "href": address_of(one),
                }
            )
    if ours.period_total != theirs.period_total:
        rows.append({
            "name": "First year's savings",
            "ours": _period_total(ours), "theirs": _period_total(theirs),
        })  # fmt: skip
    return PageTable(
        "choices",
        "Choices that differ",
        [PageColumn("name", "What"), PageColumn("ours", "Here"), PageColumn("theirs", "There")],
        rows,
    )


def _period_total(scenario: Scenario) -> str:
    return (
        "are added to the period total"
        if scenario.period_total == "in addition"
        else "are in the period total"
    )


def choice_in_words(scenario: Scenario, solution: Solution) -> str:
    """What a scenario chooses for a solution."""
    choice = scenario.choices.get(solution.id, usual_choice(solution))
    parts = [BASES[choice.basis]]
    if choice.own is not None:
        parts[0] = f"{words.percent(100 * choice.own)} (your own value)"
    if choice.uptake is not None:
        parts.append(f"uptake {words.percent(100 * choice.uptake, 0)}")
    if choice.start is not None:
        parts.append(f"from {choice.start}")
    return ", ".join(parts)


def headlines(ours: PlanDocument, theirs: PlanDocument) -> PageTable:
    """Every headline in both scenarios, and what differs."""
    last = ours.years[-1]
    rows = []
    for scenario in ("do_nothing", "as_claimed", "after_overlap", "on_evidence", "as_chosen"):
        here = ours.gap_gbp_m.get(scenario, {}).get(last)
        there = theirs.gap_gbp_m.get(scenario, {}).get(last)
        if here is None and there is None:
            continue
        rows.append(
            {
                "name": f"Position in {last}, {words.position_name(scenario).lower()}",
                "ours": here,
                "theirs": there,
                "difference": None if here is None or there is None else here - there,
            }
        )
    return PageTable(
        "headlines",
        "Headlines, £m; a deficit is in brackets",
        [
            PageColumn("name", "Headline"),
            PageColumn("ours", "Here", "account"),
            PageColumn("theirs", "There", "account"),
            PageColumn("difference", "Difference", "account"),
        ],
        rows,
    )


def solutions(ours: PlanDocument, theirs: PlanDocument) -> PageTable:
    """Solutions whose saving after overlap differs by £0.05m or more in the last year."""
    last = ours.years[-1]
    there = {s.id: s.after_overlap_gbp_m.get(last, 0.0) for s in theirs.solutions}
    rows = [
        {
            "name": s.name,
            "href": f"solutions/{s.id}/",
            "ours": s.after_overlap_gbp_m.get(last, 0.0),
            "theirs": there.get(s.id, 0.0),
            "difference": s.after_overlap_gbp_m.get(last, 0.0) - there.get(s.id, 0.0),
        }
        for s in ours.solutions
    ]
    rows = [r for r in rows if abs(float(str(r["difference"]))) >= words.NOTHING]
    return PageTable(
        "solutions",
        words.tagged(f"Savings after overlap in {last} that differ, £m", ours.claim_tag),
        [
            PageColumn("name", "Solution"),
            PageColumn("ours", "Here", "tenths"),
            PageColumn("theirs", "There", "tenths"),
            PageColumn("difference", "Difference", "tenths"),
        ],
        rows,
    )


def pair_answer(difference: Mapping[str, float], last: str) -> str:
    """Which of two scenarios is better off in the last year, in words."""
    gap = difference[last]
    if abs(gap) < words.NOTHING:
        return f"In {last} both scenarios have the same position."
    return (
        f"In {last} the scenario here is {words.money(gap)} {'better' if gap > 0 else 'worse'} "
        "off than the other scenario."
    )


def pair_description(difference: Mapping[str, float]) -> str:
    """What the chart of the difference shows, in a sentence."""
    amounts = [f"{words.signed(v)} in {y}" for y, v in difference.items()]
    return f"Bar chart of the difference in the NHS position by year: {words.listed(amounts)}."
