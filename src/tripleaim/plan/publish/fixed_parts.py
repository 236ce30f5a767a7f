"""What a document says under any scenario: worked out once a run, not once a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from tripleaim import wording
from tripleaim.accounts import interval, swings
from tripleaim.place import Place, Solution
from tripleaim.plan.do_nothing import DoNothing, Money
from tripleaim.plan.overlap.cash import Providers, read_providers
from tripleaim.plan.overlap.effects import counting, named
from tripleaim.plan.publish.document import PrintedPart
from tripleaim.plan.publish.evidence_parts import EvidencePart


@dataclass(frozen=True)
class FixedSolution:
    """Of one solution: the people it reaches in words, what studies say, what is printed of it."""

    whom: str
    evidence: list[EvidencePart]
    printed: list[PrintedPart]


@dataclass(frozen=True)
class FixedParts:
    """What no scenario moves.

    uncalibrated  the interval of the uncalibrated do-nothing position, £m by year
    providers     who gives each kind of care; None for a place without solutions
    solutions     by id
    """

    uncalibrated: Mapping[str, tuple[float, float]]
    providers: Providers | None
    solutions: Mapping[str, FixedSolution]


def fixed_parts(place: Place, nothing: DoNothing, money: Money) -> FixedParts:
    """The parts of every document of a run. Raises InputError at a fault of what it reads."""
    return FixedParts(
        interval(money.uncalibrated, swings(place, nothing.uncalibrated, nothing.registered)),
        read_providers(place, money.calibrated, nothing.activity) if place.solutions else None,
        {solution.id: _solution(place, solution) for solution in place.solutions},
    )


def _solution(place: Place, solution: Solution) -> FixedSolution:
    points = {p.id: p for p in place.points_of_delivery}
    return FixedSolution(
        wording.who_in_words(solution.who, place),
        [
            EvidencePart(
                effect=named(effect, points),
                value=effect.evidence.value,
                low=effect.evidence.low,
                high=effect.evidence.high,
                design=effect.evidence.design,
                used=effect.evidence.value * counting(place, effect),
                source=effect.evidence.source,
                where=effect.evidence.where,
                measured=effect.evidence.measured,
                studies=effect.evidence.studies,
                directness=effect.evidence.directness,
                risk_of_bias=effect.evidence.risk_of_bias,
            )
            for effect in solution.effects
        ],
        [PrintedPart.model_validate(asdict(line)) for line in solution.printed],
    )
