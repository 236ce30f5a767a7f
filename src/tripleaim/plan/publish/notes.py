"""What a reader of the plan has to know before its numbers, in sentences."""

from __future__ import annotations

from tripleaim import wording
from tripleaim.accounts import findings
from tripleaim.place import Place, asked_for
from tripleaim.plan.do_nothing import Money
from tripleaim.plan.overlap.claims import raised_uptake
from tripleaim.plan.overlap.outcome import Outcome


def notes(place: Place, money: Money, outcome: Outcome) -> list[str]:
    """Sentences on the gap, what evidence counts and what has no amount."""
    asked = asked_for(place)
    if asked:
        wanted = [one.what for one in asked.values()]
        return [wording.gap_not_known(wanted), *openings_of(place), *_of_no_amount(place, outcome)]
    return [
        *(
            wording.sentence(finding)
            for finding in findings(place, money.uncalibrated, money.calibrated, money.solved)
        ),
        *openings_of(place),
        *_of_evidence(place, outcome),
        *_of_no_amount(place, outcome),
    ]


def openings_of(place: Place) -> list[str]:
    """Of published openings, whether deficit support is in them, and whose are not published."""
    rows = place.rows("openings.csv") if place.has("openings.csv") else ()
    sides = {one.id: one for one in place.organisations if one.side == "provider"}
    of_trusts = [row for row in rows if row["organisation"] in sides]
    known = [row for row in of_trusts if row["position"] is not None]
    used = place.figures.get("opening.providers")
    if not known or used is None or used.source != known[0]["source"]:
        return []
    return [
        wording.openings_note(
            year=known[0]["year"],
            not_said=any(row["deficit_support"] == "not said" for row in known),
            not_known=[
                sides[row["organisation"]].short_name
                for row in of_trusts
                if row["position"] is None
            ],
        )
    ]


def _of_no_amount(place: Place, outcome: Outcome) -> list[str]:
    """Which solutions the plan names without an amount; one with a cost a person is on evidence."""
    names = [
        solution.name
        for solution in place.solutions
        if outcome.scenario.takes_in(solution)
        and not solution.amount_known
        and solution.cost_per_person is None
    ]
    return [wording.no_amount_note(names)] if names else []


def _of_evidence(place: Place, outcome: Outcome) -> list[str]:
    """What counting untested savings at zero does to the position on evidence."""
    taken_in = [s for s in place.solutions if outcome.scenario.takes_in(s)]
    if not taken_in:
        return []
    designs = [{e.evidence.design for e in s.effects if e.evidence.measured} for s in taken_in]
    return [
        wording.evidence_note(
            year=place.last_year,
            saved_gbp_m=float(outcome.gross(outcome.on_evidence)[-1]),
            spent_gbp_m=float(outcome.terms.investment[:, -1].sum()),
            solutions=len(taken_in),
            measured=sum(bool(found) for found in designs),
            controlled=sum("controlled" in found for found in designs),
        )
    ]


def warnings(place: Place, outcome: Outcome) -> list[str]:
    """Where the scenario goes beyond what its numbers can bear: uptake raised above the plan's."""
    raised = raised_uptake(place, outcome.scenario)
    if not len(raised):
        return []
    claimed = outcome.terms.claimed[raised, :, -1].sum()
    return [
        wording.scaled_uptake_note(
            year=place.last_year,
            solutions=[place.solutions[s].name for s in raised],
            claim_gbp_m=float(claimed),
            investment_gbp_m=float(outcome.terms.investment[raised, -1].sum()),
            beyond_gbp_m=float(outcome.sizes.shortfall[raised, -1].sum()),
        )
    ]
