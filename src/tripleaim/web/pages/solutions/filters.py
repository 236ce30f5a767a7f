"""Which solutions are shown, and in what order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.plan import EvidencePart, SolutionPart
from tripleaim.web.pages.solutions import strength

SORTS = {
    "claim": "Claim",
    "overlap": "After overlap",
    "evidence": "Evidence",
    "name": "Name",
    "priority": "Priority",
    "class": "What evidence shows",
    "design": "Design",
    "studies": "Number of studies",
    "directness": "Directness",
    "bias": "Risk of bias",
}


FILTERS = ("priority", "owner", "maturity", "evidence_class", "design", "directness", "bias")


@dataclass(frozen=True)
class Filters:
    """What a reader asked for: empty means all."""

    priority: str = ""
    owner: str = ""
    maturity: str = ""
    evidence_class: str = ""
    design: str = ""
    directness: str = ""
    bias: str = ""
    sort: str = "claim"

    @property
    def asked(self) -> dict[str, str]:
        """The filters that are set, as they stand in the address."""
        named = {("class" if f == "evidence_class" else f): getattr(self, f) for f in FILTERS}
        return {name: value for name, value in named.items() if value}

    def shown(self, solutions: Sequence[SolutionPart], year: str) -> list[SolutionPart]:
        """The solutions asked for, in the order asked for."""
        kept = [
            s
            for s in solutions
            if self.priority in ("", str(s.priority))
            and self.owner in ("", s.owner)
            and self.maturity in ("", s.maturity)
            and self.evidence_class in ("", *(part.evidence_class for part in s.classes))
            and self._strong_enough(strength.best(s.evidence))
        ]
        keys = {
            "claim": lambda s: -s.as_claimed_gbp_m.get(year, 0.0),
            "overlap": lambda s: -s.after_overlap_gbp_m.get(year, 0.0),
            "evidence": lambda s: -s.on_evidence_gbp_m.get(year, 0.0),
            "name": lambda s: s.name.lower(),
            "priority": lambda s: (s.priority, -s.as_claimed_gbp_m.get(year, 0.0)),
        }
        if self.sort in keys:
            return sorted(kept, key=keys[self.sort])
        return sorted(
            kept, key=lambda s: (strength.order(s, self.sort), -s.as_claimed_gbp_m.get(year, 0.0))
        )

    def _strong_enough(self, found: EvidencePart) -> bool:
        """Whether a solution's strongest finding is of the kind asked for."""
        return (
            self.design in ("", found.design)
            and self.directness in ("", found.directness)
            and self.bias in ("", found.risk_of_bias)
        )
