"""Specialised spend by programme: shares, and which printed sums hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal

from tripleaim.place import Place

PENNY = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class SpecialisedProgramme:
    """One line: pounds a year, its share of all specialised spend, pounds a head.

    `rest` marks a line that is not a programme but a remainder.
    """

    name: str
    pounds: Decimal
    share_pct: float
    per_head: Decimal | None
    rest: bool
    figure: str


@dataclass(frozen=True, slots=True)
class PrintedSum:
    """A printed sum or share, what the printed lines give, and whether it holds as printed."""

    says: str
    printed: Decimal
    computed: Decimal
    holds: bool


@dataclass(frozen=True, slots=True)
class LinesNotProgrammes:
    """Of so many lines, those that are remainders: their names and what they come to, pounds."""

    lines: int
    names: tuple[str, ...]
    amount: Decimal


@dataclass(frozen=True, slots=True)
class UnnamedSpend:
    """Pounds that no line names, their share of all, and how many programmes they are at least if
    none is larger than the smallest line."""

    amount: Decimal
    share: Decimal
    smallest: Decimal
    least_programmes: int


@dataclass(frozen=True, slots=True)
class LinesBeyondTotal:
    """Pounds by which the lines are more than the printed total."""

    amount: Decimal


SpecialisedFinding = LinesNotProgrammes | UnnamedSpend | LinesBeyondTotal


@dataclass(frozen=True)
class Specialised:
    """Specialised spend of a place, the largest line first. `unnamed` is what no line names."""

    place: str
    total: Decimal
    programmes: tuple[SpecialisedProgramme, ...]
    unnamed: Decimal
    unnamed_pct: float
    sums: tuple[PrintedSum, ...]
    findings: tuple[SpecialisedFinding, ...]


def specialised(place: Place, people: int | None = None) -> Specialised | None:
    """What specialised_programmes.csv lists, from printed figures; None where there is none.

    `people` turns pounds into pounds a head.
    """
    if not place.has("specialised_programmes.csv"):
        return None
    rows = place.rows("specialised_programmes.csv")
    for row in rows:
        if row["figure"] not in place.figures:
            raise row.fault("figure", "expected the id of a figure", sorted(place.figures))
    totals = [row for row in rows if row["part"] == "total"]
    lines = [row for row in rows if row["part"] == "line"]
    if len(totals) != 1 or not lines:
        raise rows[0].fault("part", "expected one total and at least one line")
    total = _pounds(place, totals[0]["figure"])
    if total <= 0:
        raise totals[0].fault("figure", "expected a total above £0")
    programmes = sorted(
        (_programme(place, row.values, total, people) for row in lines),
        key=lambda programme: (-programme.pounds, programme.name),
    )
    named = sum((programme.pounds for programme in programmes), Decimal(0))
    sums = []
    for row in rows:
        printed = Decimal(repr(place.value(row["figure"])))
        if row["part"] == "sum":
            says = f"{len(lines)} lines add up to the printed {row['name'].lower()}"
            sums.append(PrintedSum(says, printed, named, printed == named))
        elif row["part"] == "share":
            share = 100 * named / total
            holds = abs(share - printed) <= Decimal("0.5")
            says = f"{row['name']} is as printed, per cent, to the rounding"
            sums.append(PrintedSum(says, printed, share.quantize(PENNY, ROUND_HALF_EVEN), holds))
    unnamed = total - named
    return Specialised(
        place=place.name,
        total=total,
        programmes=tuple(programmes),
        unnamed=unnamed,
        unnamed_pct=float(100 * unnamed / total),
        sums=tuple(sums),
        findings=_findings(programmes, unnamed, total),
    )


def _programme(
    place: Place, row: Mapping[str, str], total: Decimal, people: int | None
) -> SpecialisedProgramme:
    pounds = _pounds(place, row["figure"])
    head = (pounds / people).quantize(PENNY, ROUND_HALF_EVEN) if people else None
    share = float(100 * pounds / total)
    return SpecialisedProgramme(
        row["name"], pounds, share, head, row["kind"] == "rest", row["figure"]
    )


def _findings(
    programmes: list[SpecialisedProgramme], unnamed: Decimal, total: Decimal
) -> tuple[SpecialisedFinding, ...]:
    findings: list[SpecialisedFinding] = []
    rest = [programme for programme in programmes if programme.rest]
    if rest:
        amount = sum((programme.pounds for programme in rest), Decimal(0))
        names = tuple(programme.name for programme in rest)
        findings.append(LinesNotProgrammes(len(programmes), names, amount))
    smallest = programmes[-1].pounds
    if unnamed > 0:
        least = int((unnamed / smallest).to_integral_value(ROUND_CEILING))
        findings.append(UnnamedSpend(unnamed, unnamed / total, smallest, least))
    elif unnamed < 0:
        findings.append(LinesBeyondTotal(-unnamed))
    return tuple(findings)


def _pounds(place: Place, figure: str) -> Decimal:
    return Decimal(repr(place.value(figure))).quantize(PENNY, ROUND_HALF_EVEN)
