"""What the audit says of one identity of a printed plan."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.plan.printed.identities import Relation, Severity, Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """One identity after the audit.

    `printed` and `computed` are in `unit`, `difference` is computed less printed. `where` says
    where each side is printed. `severity` is "none" for an identity that holds. `flag` is empty
    unless the declared verdict and the arithmetic disagree.
    """

    id: str
    statement: str
    where: str
    printed: float
    computed: float
    difference: float
    relation: Relation
    unit: str
    holds: bool
    verdict: Verdict
    severity: Severity
    note: str
    flag: str
    figures: tuple[str, ...]
