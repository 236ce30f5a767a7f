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
from tripleaim.measures.words import millions
from tripleaim.place import Column, Place, Solution

PENNY = Decimal("0.01")


@dataclass(frozen=True)
class PrintedPeer:
    """One line of spend compared with what the plan's peers spend on it.

    `spend` and `peers` are pounds a head, `against_pct` is above (+) or below (-) the peers.
    `pounds` is what a year at the peers' level would release (+) or cost (-); `low` and `high`
    allow for the rounding of both printed figures. All are None where no spend is printed.
    `claimed` is what the plan's solutions that act on this line alone claim in its last year;
    `claim_note` says where that split by solution is not the plan's own. `beside` are official
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
    claim_note: str
    solutions: tuple[str, ...]
    beside: Mapping[str, float]
    beside_names: Mapping[str, str]
    caution: str
    figures: tuple[str, ...]
    status: str
    sentence: str


@dataclass(frozen=True)
class RightSizing:
    """All printed lines at the peers' level: released, added cost, and the net (pounds)."""

    released: Decimal
    cost: Decimal
    net: Decimal
    gap: Decimal | None
    findings: tuple[str, ...]
    sentence: str


def printed_peers(place: Place, comparisons: Sequence[Comparison] = ()) -> tuple[PrintedPeer, ...]:
    """The lines of benchmarks.csv; empty where the place has none."""
    if not place.has("benchmarks.csv"):
        return ()
    columns = (
        Column("id"),
        Column("name"),
        Column("spend", may_be_empty=True),
        Column("against"),
        Column("registered"),
        Column("beside", may_be_empty=True, may_be_missing=True),
        Column("caution", may_be_empty=True),
    )
    known = {c.id: c for c in comparisons}
    lines = []
    for row in place.rows("benchmarks.csv", columns):
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
    amounts = None
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
        amounts = (spend, peers, pounds)
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
        claim_note=" (as this project splits the plan's claim)" if split else "",
        solutions=tuple(solution.name for solution in solutions),
        beside={name: c.ratio / c.peers_ratio for name, c in beside.items()},
        beside_names={name: c.name for name, c in beside.items()},
        caution=row["caution"],
        figures=figures,
        status="derived from print",
        sentence=_sentence(row["name"], row["caution"], against, amounts),
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
    findings = [text for line in lines for text in _findings(place, line)]
    net = released + cost
    sentence = "No spend against peers is printed."
    if amounts:
        share = f", {_percent(net / gap)} of the gap of {millions(gap)}" if gap else ""
        sentence = (
            f"At its peers' spend a head the place would release {millions(released)} a year and "
            f"spend {millions(-cost)} more: {millions(net)} net{share}."
        )
    return RightSizing(released, cost, net, gap, tuple(findings), sentence)


def _gap(place: Place) -> Decimal | None:
    """The printed do-nothing gap of the last year, in pounds above 0, where both sides print it."""
    year = place.last_year.replace("/", "_")
    names = [f"gap.{year}.{side}" for side in ("commissioner", "providers")]
    if not all(name in place.figures for name in names):
        return None
    return sum((abs(_decimal(place, name)) for name in names), Decimal(0)) * 1_000_000


def _findings(place: Place, line: PrintedPeer) -> list[str]:
    findings = []
    if line.pounds is not None and line.solutions:
        many = len(line.solutions)
        who = line.solutions[0] if many == 1 else f"{many} solutions that act on it alone"
        claims = f"{who} claim{'s' if many == 1 else ''} {millions(line.claimed)}{line.claim_note}"
        if line.pounds < 0 < line.claimed:
            findings.append(
                f"{line.name} already costs {millions(-line.pounds)} a year less than at its "
                f"peers' level, and {claims} more."
            )
        elif line.pounds >= 0 and line.claimed > (line.high or line.pounds):
            does = f"releases {millions(line.pounds)}" if line.pounds else "releases nothing"
            findings.append(
                f"{line.name} at its peers' level {does}; {claims} in {place.last_year}, so it "
                "must go below its peers."
            )
    fewer = {name: ratio for name, ratio in line.beside.items() if ratio < 1}
    if line.against_pct > 0 and line.beside and len(fewer) == len(line.beside):
        pcts = ", ".join(
            f"{line.beside_names[name]} {_percent(1 - Decimal(ratio))}"
            for name, ratio in fewer.items()
        )
        findings.append(
            f"{line.name} is printed {line.against_pct:f}% above peers in spend; standardised for "
            f"age and sex, official figures are below similar places' ({pcts} fewer). Price or "
            "care that these do not count would have to explain it, or the plan's peers are others."
        )
    return findings


def _sentence(
    name: str,
    caution: str,
    against: Decimal,
    amounts: tuple[Decimal, Decimal, Decimal] | None,
) -> str:
    """`amounts` are spend and peers' spend a head, and pounds a year, where spend is printed."""
    whose = "its peers" if amounts else "the average that the plan names"
    level = f"{abs(against):f}% {'above' if against > 0 else 'below'} {whose}"
    level = level if against else f"level with {whose}"
    tail = f" ({caution})" if caution else ""
    if amounts is None:
        return f"{name}: {level}{tail}."
    spend, peers, pounds = amounts
    if pounds == 0:
        return f"{name}: £{spend:f} a head, {level}, so nothing to release{tail}."
    does = "release" if pounds > 0 else "cost"
    return (
        f"{name}: £{spend:f} a head, {level}, who therefore spend £{peers:f}; "
        f"their level would {does} {millions(abs(pounds))} a year{tail}."
    )


def _percent(share: Decimal) -> str:
    return f"{100 * share:.0f}%"
