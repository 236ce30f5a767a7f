"""A printed plan's own peer figures, in pounds: what right-sizing would release or cost.

The plan prints spend a head and by how much that is above or below its peers. What peers spend is
derived: spend / (1 + per cent / 100). None of this is official data, and the plan does not say who
its peers are. Pounds are exact decimals to the penny.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from tripleaim.measures.compare import Comparison
from tripleaim.place import Place, Solution, year_in_id

PENNY = Decimal("0.01")


@dataclass(frozen=True)
class PrintedPeer:
    """One line of spend compared with what the plan's peers spend on it.

    `spend` and `peers` are pounds a head, `against_pct` is above (+) or below (-) the peers.
    `pounds` is what a year at the peers' level would release (+) or cost (-); `low` and `high`
    allow for the rounding of both printed figures. All are None where no spend is printed.
    `claimed` is what the plan's solutions that act on this line alone claim in its last year;
    `split_is_ours` says that the split by solution is not the plan's own. `beside` are official
    measures of the same care, the place's ratio to its similar places, by measure.
    """

    id: str
    name: str
    spend: Decimal | None
    against_pct: Decimal
    peers: Decimal | None
    people: int
    pounds: Decimal | None
    low: Decimal | None
    high: Decimal | None
    claimed: Decimal
    split_is_ours: bool
    solutions: tuple[str, ...]
    beside: Mapping[str, float]
    beside_names: Mapping[str, str]
    caution: str
    figures: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True)
class AlreadyBelowPeers:
    """A line that is below its peers' level already, and of which solutions claim more, pounds."""

    line: str
    below: Decimal
    solutions: tuple[str, ...]
    claimed: Decimal
    split_is_ours: bool


@dataclass(frozen=True, slots=True)
class ClaimBelowPeers:
    """A line of which solutions claim more than its peers' level would release, pounds a year."""

    line: str
    released: Decimal
    solutions: tuple[str, ...]
    claimed: Decimal
    split_is_ours: bool
    year: str


@dataclass(frozen=True, slots=True)
class OfficialBelowPeers:
    """A line printed above its peers whose official measures are all below similar places': by
    name, `fewer` is by what share."""

    line: str
    against_pct: Decimal
    fewer: Mapping[str, float]


RightSizingFinding = AlreadyBelowPeers | ClaimBelowPeers | OfficialBelowPeers


@dataclass(frozen=True)
class RightSizing:
    """All printed lines at the peers' level: released, added cost, and the net (pounds).

    `priced` says whether spend is printed for any line.
    """

    released: Decimal
    cost: Decimal
    net: Decimal
    gap: Decimal | None
    findings: tuple[RightSizingFinding, ...]
    priced: bool


def printed_peers(place: Place, comparisons: Sequence[Comparison] = ()) -> tuple[PrintedPeer, ...]:
    """The lines of benchmarks.csv; empty where the place has none."""
    if not place.has("benchmarks.csv"):
        return ()
    known = {c.id: c for c in comparisons}
    lines = []
    for row in place.rows("benchmarks.csv"):
        for column in ("spend", "against", "registered"):
            if row[column] and row[column] not in place.figures:
                raise row.fault(column, "expected the id of a figure", sorted(place.figures))
        beside = {name: known[name] for name in (row["beside"] or "").split() if name in known}
        try:
            lines.append(_line(place, row.values, beside))
        except ZeroDivisionError:
            raise row.fault("against", "expected a percentage above -100") from None
    return tuple(lines)


def _line(place: Place, row: Mapping[str, str], beside: Mapping[str, Comparison]) -> PrintedPeer:
    against = _decimal(place, row["against"])
    people = int(place.value(row["registered"]))
    figures = tuple(name for name in (row["spend"], row["against"], row["registered"]) if name)
    spend = peers = pounds = low = high = None
    if row["spend"]:
        spend = _decimal(place, row["spend"])
        exact = _peers(spend, against)
        pounds = (people * (spend - exact)).quantize(PENNY, ROUND_HALF_EVEN)
        corners = [
            (people * (s - _peers(s, a))).quantize(PENNY, ROUND_HALF_EVEN)
            for s in _rounded_from(spend)
            for a in _rounded_from(against)
        ]
        low, high = min(corners), max(corners)
        peers = exact.quantize(PENNY, ROUND_HALF_EVEN)
    solutions = _acting_on(place, row["id"])
    split = any(solution.claim_status == "assumed" for solution in solutions)
    return PrintedPeer(
        id=row["id"],
        name=row["name"],
        spend=spend,
        against_pct=against,
        peers=peers,
        people=people,
        pounds=pounds,
        low=low,
        high=high,
        claimed=_claimed(place, solutions),
        split_is_ours=split,
        solutions=tuple(solution.name for solution in solutions),
        beside={name: c.ratio / c.peers_ratio for name, c in beside.items()},
        beside_names={name: c.name for name, c in beside.items()},
        caution=row["caution"],
        figures=figures,
        status="derived from print",
    )


def _decimal(place: Place, figure: str) -> Decimal:
    return Decimal(repr(place.value(figure))).normalize()


def _peers(spend: Decimal, against: Decimal) -> Decimal:
    return spend / (1 + against / 100)


def _rounded_from(printed: Decimal) -> tuple[Decimal, Decimal]:
    """The ends of what rounds to a printed number: half a unit of its last digit either way."""
    digits = printed.as_tuple().exponent
    unit = Decimal(1).scaleb(min(0, digits if isinstance(digits, int) else 0))
    return printed - unit / 2, printed + unit / 2


def _acting_on(place: Place, line: str) -> list[Solution]:
    """Solutions all of whose effects fall on the line."""
    pays = {point.id: point.spend_line for point in place.points_of_delivery}
    return [
        solution
        for solution in place.solutions
        if solution.effects
        and all(pays.get(effect.point_of_delivery) == line for effect in solution.effects)
    ]


def _claimed(place: Place, solutions: Sequence[Solution]) -> Decimal:
    """What solutions claim net in the last year, on both sides, in pounds."""
    millions_ = sum(
        (
            Decimal(repr(by_year.get(place.last_year, 0.0)))
            for solution in solutions
            for by_year in solution.claim.values()
        ),
        Decimal(0),
    )
    return (millions_ * 1_000_000).quantize(PENNY, ROUND_HALF_EVEN)


def right_sizing(place: Place, lines: Sequence[PrintedPeer]) -> RightSizing:
    """All lines at the peers' level, and printed figures that contradict each other."""
    amounts = [line.pounds for line in lines if line.pounds is not None]
    released = sum((a for a in amounts if a > 0), Decimal(0))
    cost = sum((a for a in amounts if a < 0), Decimal(0))
    gap = _gap(place)
    findings = [finding for line in lines for finding in _findings(place, line)]
    return RightSizing(released, cost, released + cost, gap, tuple(findings), bool(amounts))


def _gap(place: Place) -> Decimal | None:
    """The printed do-nothing gap of the last year, in pounds above 0, where both sides print it."""
    year = year_in_id(place.last_year)
    names = [f"gap.{year}.{side}" for side in ("commissioner", "providers")]
    if not all(name in place.figures for name in names):
        return None
    return sum((abs(_decimal(place, name)) for name in names), Decimal(0)) * 1_000_000


def _findings(place: Place, line: PrintedPeer) -> list[RightSizingFinding]:
    findings: list[RightSizingFinding] = []
    if line.pounds is not None and line.solutions:
        claim = (line.solutions, line.claimed, line.split_is_ours)
        if line.pounds < 0 < line.claimed:
            findings.append(AlreadyBelowPeers(line.name, -line.pounds, *claim))
        elif line.pounds >= 0 and line.claimed > (line.high or line.pounds):
            findings.append(ClaimBelowPeers(line.name, line.pounds, *claim, place.last_year))
    fewer = {line.beside_names[name]: 1 - ratio for name, ratio in line.beside.items() if ratio < 1}
    if line.against_pct > 0 and line.beside and len(fewer) == len(line.beside):
        findings.append(OfficialBelowPeers(line.name, line.against_pct, fewer))
    return findings
