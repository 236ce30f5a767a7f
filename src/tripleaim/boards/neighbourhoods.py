"""Neighbourhoods: the primary care network that each practice is in, and where practices stand."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tripleaim.boards.extents import Extent
from tripleaim.boards.official import OfficialTables
from tripleaim.boards.own_tables import OwnTable, in_title_case
from tripleaim.boards.people import LICENCE
from tripleaim.place import InputError

NO_NETWORK = "No network"
_PRACTICES = """
SELECT practice, p.name, coalesce(postcode, '') AS postcode, in_map, lat, lon,
       coalesce(n.name, '') AS network, h.network = 'U' AS alone
FROM practices AS p JOIN practice_homes AS h USING (practice)
LEFT JOIN networks AS n ON n.network = h.network AND n.icb26 = h.icb26
WHERE practice IN (SELECT unnest($practices)) ORDER BY practice
"""
_CLOSED_MAP = "it had left the practice map of August 2026"


@dataclass(frozen=True, slots=True)
class PracticeInMap:
    """A practice with patients: its network, where it stands, and how both were found.

    `located` says whether official data have where it stands; `said` is empty where its network
    is in the map too.
    """

    code: str
    name: str
    postcode: str
    network: str
    lat: float
    lon: float
    located: bool
    said: str


def practices_of(extent: Extent, tables: OfficialTables) -> tuple[PracticeInMap, ...]:
    """Every practice of the board with patients on 1 July 2026, each in a network and on the map.

    A practice that is no longer in the map of August has the network that it was in, or that of
    the nearest practice if there is no such network any more. A practice whose place is not known
    stands in the middle of its network, or of its postcode area. Raises InputError for a board
    none of whose practices is placed.
    """
    records = tables.records(_PRACTICES, practices=extent.practices)
    placed = [row for row in records if row["lat"] is not None]
    if not placed:
        raise InputError("expected a board with practices on the map", value=extent.code)
    found = []
    for row in records:
        lat, lon = (row["lat"], row["lon"]) if row["lat"] is not None else _middle(row, placed)
        network, said = row["network"], ""
        if not row["in_map"]:
            said = f"{_CLOSED_MAP}: its network of 2022/23"
        if not network and not row["alone"]:
            network = _nearest_network(lat, lon, placed)
            said = f"{_CLOSED_MAP}: the network of the nearest practice"
        found.append(
            PracticeInMap(
                row["practice"],
                in_title_case(row["name"]),
                row["postcode"],
                in_title_case(network) if network else NO_NETWORK,
                round(lat, 5),
                round(lon, 5),
                row["lat"] is not None,
                said,
            )
        )
    return tuple(found)


def practice_table(practices: Sequence[PracticeInMap]) -> OwnTable:
    """Practices, each in its network and on the map."""
    odd = [f"{one.code} {one.name}: {one.said}." for one in practices if one.said]
    return OwnTable(
        "practices.csv",
        (
            "Practices with patients on 1 July 2026 and their primary care networks (source",
            "gp-map-2026-08). location_status assumed: where the practice stands is not known;",
            "it is",
            "put in the middle of its network or of its postcode area.",
            *odd,
            LICENCE,
        ),
        ("practice", "name", "postcode", "locality", "lat", "lon", "location_status"),
        [
            (
                *(one.code, one.name, one.postcode, one.network, one.lat, one.lon),
                "public" if one.located else "assumed",
            )
            for one in practices
        ],
    )


def locality_table(practices: Sequence[PracticeInMap]) -> OwnTable:
    """The networks, which are the place's localities."""
    names = sorted({one.network for one in practices})
    known = "the map's name of the network"
    alone = "practices that the map of August 2026 has in no network"
    return OwnTable(
        "localities.csv",
        ("Neighbourhoods: the board's primary care networks (source gp-map-2026-08).", LICENCE),
        ("locality", "status", "source", "cause"),
        [
            (name, "public", "gp-map-2026-08", alone if name == NO_NETWORK else known)
            for name in names
        ],
    )


def _nearest_network(lat: float, lon: float, placed: Sequence[dict[str, object]]) -> str:
    in_networks = [one for one in placed if one["network"]]
    return str(min(in_networks, key=lambda other: _distance(lat, lon, other))["network"])


def _middle(row: dict[str, object], placed: Sequence[dict[str, object]]) -> tuple[float, float]:
    """The middle of the practices of the same network, else postcode area, else of all."""
    alike: tuple[Callable[[dict[str, object]], bool], ...] = (
        lambda other: bool(row["network"]) and other["network"] == row["network"],
        lambda other: _outward(other) == _outward(row),
        lambda _: True,
    )
    group = next(group for test in alike if (group := [one for one in placed if test(one)]))
    lats, lons = ([float(str(one[side])) for one in group] for side in ("lat", "lon"))
    return sum(lats) / len(group), sum(lons) / len(group)


def _outward(row: dict[str, object]) -> str:
    return str(row["postcode"]).partition(" ")[0]


def _distance(lat: float, lon: float, other: dict[str, object]) -> float:
    north = float(str(other["lat"])) - lat
    east = (float(str(other["lon"])) - lon) * math.cos(math.radians(lat))
    return math.hypot(north, east)
