"""Savings schemes: planned saving, maturity, and the saving weighted by maturity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from tripleaim.accounts.books.ledger import pounds
from tripleaim.place import Maturity, Place

FILE = "schemes.csv"
KINDS = ("CIP", "QIPP", "decommissioning", "transformation", "recovery plan")
MATURITIES: tuple[str, ...] = get_args(Maturity)
UNDEVELOPED = ("idea", "outline")


@dataclass(frozen=True, slots=True)
class Scheme:
    """One savings scheme of one organisation (empty: of several together) in one year.

    `value` is what it is meant to save, `weighted` what that is worth at its maturity, in pounds.
    """

    id: str
    name: str
    organisation: str
    kind: str
    year: str
    value: Decimal
    maturity: str
    weight: float
    weighted: Decimal


@dataclass(frozen=True, slots=True)
class Schemes:
    """The schemes of one year, in pounds.

    A recovery plan comes on top of the programme: its value is in `recovery_plan`, not in `value`.
    `undeveloped` is the value of ideas and outlines, `undeveloped_share` its share. `weighted` is
    the programme's value by maturity, from `weighted_low` to `weighted_high`.
    """

    year: str
    schemes: tuple[Scheme, ...]
    value: Decimal
    weighted: Decimal
    weighted_low: Decimal
    weighted_high: Decimal
    by_kind: Mapping[str, Decimal]
    by_maturity: Mapping[str, Decimal]
    undeveloped: Decimal
    undeveloped_share: float
    recovery_plan: Decimal


def weight_figure(maturity: str) -> str:
    """The id of the figure that weighs a scheme of this maturity."""
    return f"scheme-weight.{maturity.replace(' ', '-')}"


def read_schemes(place: Place) -> tuple[Scheme, ...]:
    """The schemes of `schemes.csv`, in its order; none if the place has no such file.

    Raises InputError for an organisation, year or source that the place lacks, a negative value,
    and an id that is listed twice in one year.
    """
    if not place.has(FILE):
        return ()
    organisations = [o.id for o in place.organisations]
    years = (place.base_year, *place.years)
    schemes: dict[tuple[str, str], Scheme] = {}
    for row in place.rows(FILE):
        value = pounds(row["value"])
        if row["organisation"] and row["organisation"] not in organisations:
            raise row.fault("organisation", "expected an organisation of the place", organisations)
        if row["year"] not in years:
            raise row.fault("year", "expected a year of the place", years)
        if row["source"] not in place.sources:
            raise row.fault("source", "expected an id from a sources file", list(place.sources))
        if value < 0:
            raise row.fault("value", "expected pounds saved, 0 or more")
        if (row["id"], row["year"]) in schemes:
            raise row.fault("id", "the scheme is listed twice in this year")
        weight = place.value(weight_figure(row["maturity"]))
        schemes[row["id"], row["year"]] = Scheme(
            id=row["id"],
            name=row["name"],
            organisation=row["organisation"],
            kind=row["kind"],
            year=row["year"],
            value=value,
            maturity=row["maturity"],
            weight=weight,
            weighted=_times(value, weight),
        )
    return tuple(schemes.values())


def schemes_of(place: Place, year: str, schemes: Iterable[Scheme] | None = None) -> Schemes:
    """The schemes of `year`, summed (those of `schemes.csv`, if none are given)."""
    of_year = tuple(
        s for s in (read_schemes(place) if schemes is None else schemes) if s.year == year
    )
    programme = [s for s in of_year if s.kind != "recovery plan"]
    value = _sum(s.value for s in programme)
    undeveloped = _sum(s.value for s in programme if s.maturity in UNDEVELOPED)
    low, high = (_sum(_bounded(place, s, end) for s in programme) for end in ("low", "high"))
    return Schemes(
        year=year,
        schemes=of_year,
        value=value,
        weighted=_sum(s.weighted for s in programme),
        weighted_low=low,
        weighted_high=high,
        by_kind={k: _sum(s.value for s in of_year if s.kind == k) for k in KINDS},
        by_maturity={m: _sum(s.value for s in programme if s.maturity == m) for m in MATURITIES},
        undeveloped=undeveloped,
        undeveloped_share=float(undeveloped / value) if value else 0.0,
        recovery_plan=_sum(s.value for s in of_year if s.kind == "recovery plan"),
    )


def _bounded(place: Place, scheme: Scheme, end: str) -> Decimal:
    figure = place.figure(weight_figure(scheme.maturity))
    bound = getattr(figure, end)
    return _times(scheme.value, figure.value if bound is None else bound)


def _times(value: Decimal, weight: float) -> Decimal:
    return pounds(value * Decimal(str(weight)))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
