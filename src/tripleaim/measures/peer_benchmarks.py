"""Right-sizing: a place compared with similar places and with its plan's own peer figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from tripleaim.measures.areas import Area, area_of, read_areas
from tripleaim.measures.catchments import Catchments, read_catchments
from tripleaim.measures.compare import Comparison, compare
from tripleaim.measures.printed import PrintedPeer, RightSizing, printed_peers, right_sizing
from tripleaim.measures.similarity import Peer, Variable, peers, values, variables
from tripleaim.measures.specialised import Specialised, specialised
from tripleaim.place import Place


@dataclass(frozen=True)
class Margin:
    """Surplus (+) or deficit (-) of trusts, per cent of income; `kind` is trust, place or peer.

    An area's is that of the trusts that treat its people, each by the share of its patients.
    """

    id: str
    name: str
    kind: str
    income: float
    position: float
    margin_pct: float


@dataclass(frozen=True)
class Benchmarks:
    """Everything the benchmarks page shows. `headline` answers its question."""

    place: str
    headline: str
    method: tuple[str, ...]
    absent: tuple[str, ...]
    variables: tuple[Variable, ...]
    own_values: Mapping[str, float]
    peers: tuple[Peer, ...]
    comparisons: tuple[Comparison, ...]
    margins: tuple[Margin, ...]
    margins_sentence: str
    printed: tuple[PrintedPeer, ...]
    right_sizing: RightSizing | None
    specialised: Specialised | None

    @property
    def unwarranted(self) -> tuple[Comparison, ...]:
        """Measures outside the limits meant to contain 95 of 100 areas, the furthest first."""
        beyond = [c for c in self.comparisons if c.verdict not in ("as expected", "not tested")]
        return tuple(sorted(beyond, key=lambda c: -abs(c.after_deprivation - 1)))


def benchmarks(place: Place) -> Benchmarks:
    """The place compared with its peers, official and printed; `absent` lists what is not known."""
    areas = read_areas(place)
    own = area_of(place, areas)
    near = peers(place)
    compared = compare(place, near)
    margins = _margins(place, own, near) if own else ()
    lines = printed_peers(place, compared)
    sized = right_sizing(place, lines) if lines else None
    people = own.size if own and own.size else None
    compared_by = variables(place)
    return Benchmarks(
        place=place.name,
        headline=_headline(place, near, compared, sized),
        method=_method(place, compared_by),
        absent=_absent(place, own, compared, lines),
        variables=compared_by,
        own_values=values(own, compared_by) if own and own.size else {},
        peers=tuple(near),
        comparisons=compared,
        margins=margins,
        margins_sentence=_margins_sentence(margins),
        printed=lines,
        right_sizing=sized,
        specialised=specialised(place, people),
    )


def benchmarks_document(result: Benchmarks) -> dict[str, Any]:
    """Benchmarks as plain data for JSON; pounds are texts, exact to the penny."""

    def plain(value: Any) -> Any:
        if isinstance(value, Decimal):
            return f"{value:f}"
        if isinstance(value, Mapping):
            return {name: plain(part) for name, part in value.items()}
        if isinstance(value, list | tuple):
            return [plain(part) for part in value]
        return value

    document: dict[str, Any] = plain(asdict(result))
    document["unwarranted"] = [c.id for c in result.unwarranted]
    return document


def _margins(place: Place, own: Area, near: Sequence[Peer]) -> tuple[Margin, ...]:
    catchments = read_catchments(place)
    trusts = [catchments.trusts[o.id] for o in place.organisations if o.id in catchments.trusts]
    margins = [
        Margin(
            trust.id,
            trust.name,
            "trust",
            trust.amounts["income"],
            trust.amounts["position"],
            trust.margin_pct,
        )
        for trust in trusts
        if trust.margin_pct is not None
    ]
    margins += _of_area(catchments, own.id, own.name, "place", own.parts)
    for peer in near:
        margins += _of_area(catchments, peer.id, peer.name, "peer", (peer.id,))
    return tuple(margins)


def _of_area(
    catchments: Catchments, area: str, name: str, kind: str, parts: Sequence[str]
) -> list[Margin]:
    income, position = (catchments.amount(parts, column) for column in ("income", "position"))
    if not income:
        return []
    return [Margin(area, name, kind, income, position, 100 * position / income)]


def _margins_sentence(margins: Sequence[Margin]) -> str:
    own = [m for m in margins if m.kind == "place"]
    near = [m for m in margins if m.kind == "peer"]
    if not own or not near:
        return "No similar place's trusts can be compared with this place's."
    worse = sum(m.margin_pct < own[0].margin_pct for m in near)
    peers_pct = 100 * sum(m.position for m in near) / sum(m.income for m in near)
    return (
        f"The acute trusts that treat {own[0].name} had a margin of {own[0].margin_pct:.1f}% of "
        f"income, those of its {len(near)} similar places {peers_pct:.1f}%; {worse} were worse."
    )


def _headline(
    place: Place,
    near: Sequence[Peer],
    compared: Sequence[Comparison],
    sized: RightSizing | None,
) -> str:
    parts = []
    if near:
        beyond = sum(c.verdict not in ("as expected", "not tested") for c in compared)
        tested = sum(c.verdict != "not tested" for c in compared)
        parts.append(
            f"Compared with {len(near)} similar places, {beyond} of {tested} measures of "
            f"{place.name} are outside the usual spread after allowing for age, sex and "
            "deprivation."
        )
    else:
        parts.append(f"No similar places can be found for {place.name} from the available data.")
    if sized:
        parts.append(sized.sentence)
    return " ".join(parts)


def _method(place: Place, compared_by: Sequence[Variable]) -> tuple[str, ...]:
    weights = ", ".join(f"{variable.name} {variable.weight:g}" for variable in compared_by)
    return (
        "Similar places: each variable is standardised over England's areas; distance is the "
        f"square root of the weighted mean of squared differences. Weights, ours: {weights}. The "
        "plan's own peers are not known, and may be others.",
        "Activity and beds are those of acute trusts, attributed to where their patients live. "
        "Community hospitals, minor injury units and walk-in centres are not included, and the "
        "intervals allow for chance alone, not for errors of attribution.",
        "Expected is what each area's ages and sexes would give at the rates of all areas. "
        "Where the source has no ages, a pattern by age of this project's is used; where it has, "
        "the rate is also standardised directly (Dobson's limits). Crude rates have Byar's "
        "limits, shares Wilson's.",
        "Deprivation is allowed for by a straight line of that ratio on the area's score, weighted "
        "by what is expected. The usual spread is a funnel with over-dispersion added to chance "
        f"(Spiegelhalter 2005), {place.value('benchmarks.winsorised'):g}% of areas pulled in at "
        "each end. Beyond it is a question to ask, not a fault: recording differs too.",
    )


def _absent(
    place: Place,
    own: Area | None,
    compared: Sequence[Comparison],
    lines: Sequence[PrintedPeer],
) -> tuple[str, ...]:
    absent = []
    if own is None:
        absent.append(f"No commissioner of {place.name} is among the areas of peers.csv.")
    elif not own.size:
        absent.append(
            f"The lists of {own.name} by age and sex are not available, so it has no similar "
            "places and nothing is compared; its deprivation and rural share are known."
        )
    for comparison in compared:
        if comparison.missing:
            absent.append(
                f"{comparison.name}: not known for {', '.join(comparison.missing)} (too many beds "
                "in trusts whose figures the source lacks)."
            )
    if not lines:
        absent.append(f"No spend against peers is printed for {place.name}.")
    return tuple(absent)
