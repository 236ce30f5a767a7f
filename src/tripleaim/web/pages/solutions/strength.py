"""How strong the evidence of a solution is, in the words of tables, and an order to sort by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from tripleaim import wording as words
from tripleaim.place import Design, Directness, RiskOfBias
from tripleaim.plan import EvidenceClass, EvidencePart, SolutionPart

DESIGNS = {
    "controlled": "Controlled: compared with similar people without it",
    "before-after": "Before and after: counted in part, because chance can look like an effect",
    "none": "No study measured it: the saving is not known, and “on evidence” counts it at zero",
}
DESIGN_NAMES = {"controlled": "controlled", "before-after": "before and after", "none": "no study"}
_CLASSES = tuple(EvidenceClass)
_DESIGNS, _DIRECT, _BIAS = get_args(Design), get_args(Directness), get_args(RiskOfBias)


def best(evidence: Sequence[EvidencePart]) -> EvidencePart:
    """The strongest of a solution's findings: measured, then by design, then by the number."""
    return min(
        evidence, key=lambda e: (not e.measured, _DESIGNS.index(e.design), -(e.studies or 0))
    )


def studies(found: EvidencePart) -> str:
    """How many studies there are, in a cell; of what they are where they measured another thing."""
    if found.studies is None:
        return "not stated"
    of_else = not found.measured and found.studies
    return f"{words.count(found.studies)}{', of something else' if of_else else ''}"


def design(found: EvidencePart) -> str:
    """The design of a finding, in a cell; what was not measured says so."""
    name = DESIGN_NAMES[found.design]
    return name if found.measured or found.design == "none" else f"{name}, of something else"


def class_of(solution: SolutionPart) -> str:
    """What evidence shows of a solution, by its parts; empty for one that is not done."""
    return "; ".join(part.evidence_class for part in solution.classes)


def order(solution: SolutionPart, by: str) -> tuple[float, ...]:
    """Where a solution stands when sorted by class or by strength; the firmest first."""
    found = best(solution.evidence)
    ranks = {
        "class": min((_CLASSES.index(p.evidence_class) for p in solution.classes), default=9),
        "design": (not found.measured) * 9 + _DESIGNS.index(found.design),
        "studies": -(found.studies or 0),
        "directness": _DIRECT.index(found.directness),
        "bias": _BIAS.index(found.risk_of_bias),
    }
    return (float(ranks[by]),)
