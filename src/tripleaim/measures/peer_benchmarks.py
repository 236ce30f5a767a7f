"""Right-sizing: a place compared with similar places and with its plan's own peer figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim.measures.areas import Area
from tripleaim.measures.catchments import Catchments
from tripleaim.measures.compare import Comparison, compare
from tripleaim.measures.inputs import BenchmarkInputs, Variable, benchmark_inputs
from tripleaim.measures.printed import PrintedPeer, RightSizing, printed_peers, right_sizing
from tripleaim.measures.similarity import Peer, peers, values
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


@dataclass(frozen=True, slots=True)
class AreaNotListed:
    """No commissioner of the place is among the areas that are compared."""

    place: str


@dataclass(frozen=True, slots=True)
class ListsNotAvailable:
    """The lists of an area by age and sex are not known, so that nothing can be compared."""

    area: str


@dataclass(frozen=True, slots=True)
class PeersNotKnown:
    """A measure that is not known for some peers."""

    measure: str
    peers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpendNotPrinted:
    """The place's plan prints no spend against peers."""

    place: str


NotHeld = AreaNotListed | ListsNotAvailable | PeersNotKnown | SpendNotPrinted


@dataclass(frozen=True)
class Benchmarks:
    """Everything the benchmarks page shows.

    `absent` is what is not known; `winsorised_pct` of areas are pulled in at each end where it is
    worked out how much areas usually vary.
    """

    place: str
    absent: tuple[NotHeld, ...]
    winsorised_pct: float
    variables: tuple[Variable, ...]
    own_values: Mapping[str, float]
    peers: tuple[Peer, ...]
    comparisons: tuple[Comparison, ...]
    margins: tuple[Margin, ...]
    printed: tuple[PrintedPeer, ...]
    right_sizing: RightSizing | None
    specialised: Specialised | None

    @property
    def unwarranted(self) -> tuple[Comparison, ...]:
        """Measures outside the limits meant to contain 95 of 100 areas, the furthest first."""
        beyond = [c for c in self.comparisons if c.verdict not in ("as expected", "not tested")]
        return tuple(sorted(beyond, key=lambda c: -abs(c.after_deprivation - 1)))


def benchmarks(place: Place, inputs: BenchmarkInputs | None = None) -> Benchmarks:
    """The place compared with its peers, official and printed; `absent` lists what is not known.

    `inputs` are those of the place, read if not given.
    """
    inputs = inputs or benchmark_inputs(place)
    own = inputs.own
    near = peers(inputs)
    compared = compare(inputs, near)
    margins = _margins(place, inputs.catchments, own, near) if own else ()
    lines = printed_peers(place, compared)
    sized = right_sizing(place, lines) if lines else None
    people = own.size if own and own.size else None
    return Benchmarks(
        place=place.name,
        absent=_absent(place, own, compared, lines),
        winsorised_pct=place.value("benchmarks.winsorised"),
        variables=inputs.variables,
        own_values=values(own, inputs.variables) if own and own.size else {},
        peers=tuple(near),
        comparisons=compared,
        margins=margins,
        printed=lines,
        right_sizing=sized,
        specialised=specialised(place, people),
    )


def _margins(
    place: Place, catchments: Catchments, own: Area, near: Sequence[Peer]
) -> tuple[Margin, ...]:
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


def _absent(
    place: Place,
    own: Area | None,
    compared: Sequence[Comparison],
    lines: Sequence[PrintedPeer],
) -> tuple[NotHeld, ...]:
    absent: list[NotHeld] = []
    if own is None:
        absent.append(AreaNotListed(place.name))
    elif not own.size:
        absent.append(ListsNotAvailable(own.name))
    absent += [PeersNotKnown(c.name, c.missing) for c in compared if c.missing]
    if not lines:
        absent.append(SpendNotPrinted(place.name))
    return tuple(absent)
