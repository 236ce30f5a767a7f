"""Published evaluations of programmes, and ours beside them: prevention_evaluations.csv."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.place import Place, Row
from tripleaim.prevention.assemble_value import FIRST, LIFETIME
from tripleaim.prevention.document_value import Basis, PublishedRow, ValuePart, ValueRow
from tripleaim.prevention.money import discount_rates
from tripleaim.prevention.programmes import Prevention

FILE = "prevention_evaluations.csv"

TWICE = 2.0
"""Ours is near a published number if neither is more than so many times the other."""


def published_rows(
    place: Place, programmes: Sequence[Prevention], value: ValuePart
) -> list[PublishedRow]:
    """Each published evaluation of a programme of the place beside ours, in the file's order.

    Ours is that of the people who join in the first years, followed as long as theirs: to their end
    or no further than the horizon, at the rate of headlines. Raises InputError for a programme that
    the place does not have.
    """
    if not place.has(FILE):
        return []
    known = [p.id for p in programmes]
    rows = []
    for row in place.rows(FILE):
        if row["programme"] not in known:
            raise row.fault("programme", "expected a programme of prevention", known)
        rows.append(_beside(row, value, discount_rates(place)[1]))
    return rows


def _beside(row: Row, value: ValuePart, rate: float) -> PublishedRow:
    basis: Basis = LIFETIME if row["horizon"] == "lifetime" else FIRST
    ours = _ours(value, row["programme"], basis, rate)
    central = ours.gbp_per_qaly.central if ours else None
    ratio = None
    if central is not None and central > 0 and row["gbp_per"]:
        ratio = central / row["gbp_per"]
    gained = None
    if ours and ours.qalys.central is not None and ours.joined.central:
        gained = float(f"{ours.qalys.central / ours.joined.central:.4g}")
    return PublishedRow(
        programme=row["programme"],
        evaluation=row["evaluation"],
        setting=row["setting"],
        per=row["per"],
        gbp_per=row["gbp_per"],
        low=row["low"],
        high=row["high"],
        finding=row["finding"],
        pays_back_after=row["pays_back_after"],
        qalys_per_person=row["qalys_per_person"],
        ours_basis=basis if ours else None,
        ours_rate_pct=rate,
        ours_gbp_per=central,
        ours_qalys_per_person=gained,
        ours_pays_back_after=ours.pays_back_after if ours else None,
        ratio=None if ratio is None else float(f"{ratio:.3g}"),
        within_twice=None if ratio is None else 1 / TWICE <= ratio <= TWICE,
        why=row["why"],
        status=row["status"],
        source=row["source"],
        where=row["where"],
    )


def _ours(value: ValuePart, programme: str, basis: Basis, rate: float) -> ValueRow | None:
    """None where lives were not followed to their end."""
    return next(
        (r for r in value.rows if (r.id, r.basis, r.rate_pct) == (programme, basis, rate)), None
    )
