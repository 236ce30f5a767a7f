"""The part of plan.json that tells of one solution."""

from __future__ import annotations

from dataclasses import asdict

from tripleaim import wording
from tripleaim.place import Place, Solution
from tripleaim.plan.overlap.outcome import Outcome
from tripleaim.plan.overlap.person_costs import cost_now
from tripleaim.plan.publish.document import BeliefPart, CostPerPersonPart, SolutionPart
from tripleaim.plan.publish.evidence_shown import solution_classes
from tripleaim.plan.publish.fixed_parts import FixedSolution


def solution_part(
    place: Place, outcome: Outcome, solution: Solution, fixed: FixedSolution
) -> SolutionPart:
    """One solution with its three results, what one would have to believe, and what studies say."""
    s = outcome.solutions.index(solution.id)
    choice = outcome.scenario.choice(solution)
    return SolutionPart(
        id=solution.id,
        name=solution.name,
        summary=solution.summary,
        priority=solution.priority,
        owner=solution.owner,
        organisations=list(solution.organisations),
        maturity=solution.maturity,
        release=solution.release,
        who=solution.who,
        whom=fixed.whom,
        uptake=choice.uptake if choice.uptake is not None else solution.uptake,
        start=choice.start or solution.start,
        years_to_full=solution.years_to_full,
        reached=outcome.by_year(outcome.reached[s]),
        as_claimed_gbp_m=outcome.by_year(outcome.as_claimed.by_solution[s]),
        amount_known=solution.amount_known,
        claim_status=solution.claim_status,
        claim_source=solution.claim_source,
        claim_cause=solution.claim_cause,
        claim_tag=wording.claim_tag(solution.claim_status, solution.claim_source),
        investment_gbp_m=outcome.by_year(outcome.terms.investment[s]),
        cost_per_person=_cost_per_person(place, solution),
        after_overlap_gbp_m=outcome.by_year(outcome.after_overlap.by_solution[s]),
        on_evidence_gbp_m=outcome.by_year(outcome.on_evidence.by_solution[s]),
        on_evidence_low_gbp_m=outcome.by_year(outcome.evidence_low[s]),
        on_evidence_high_gbp_m=outcome.by_year(outcome.evidence_high[s]),
        beliefs=[
            BeliefPart(
                sentence=wording.belief(belief),
                effect=belief.effect,
                people=belief.people,
                change=min(belief.change, 1e6),
                possible=belief.possible,
            )
            for belief in outcome.beliefs[solution.id]
        ],
        evidence=fixed.evidence,
        classes=solution_classes(place, outcome, solution),
        printed_source=solution.printed_source,
        printed=fixed.printed,
    )


def _cost_per_person(place: Place, solution: Solution) -> CostPerPersonPart | None:
    stated = solution.cost_per_person
    if stated is None:
        return None
    now = cost_now(place, stated)
    return CostPerPersonPart(**asdict(now), stated=stated.value, stated_year=stated.year)
