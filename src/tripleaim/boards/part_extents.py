"""Places that are no board: a council, a list of practices, a list of small areas.

Who is registered and who lives in such a place are two questions, and no public table of all
England answers one from the other (people registered by practice and small area). Practices are
in an area where they stand, residents are those of its small areas; both are shown, with their
ratio. Everything that is published by board only is shared by need.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from tripleaim.boards.code_lists import areas_in, practices_in
from tripleaim.boards.councils import council_called
from tripleaim.boards.extents import AREAS, COUNCIL, PRACTICES, Extent, networks_of
from tripleaim.boards.official import OfficialTables
from tripleaim.boards.organisations import Board, boards
from tripleaim.tables import InputError

LEAST_PART = 0.01
"""What part of a place's people a board must have to be named as its commissioner."""
_WEAKNESS = (
    "People who live here and are registered elsewhere are not in its lists, and the reverse: no "
    "table of all England has patients by practice and small area (gp-reg-pat-prac-lsoa-all.csv, "
    "NHS England, would say)."
)
_LOCATIONS = """
SELECT h.sub_icb24, sum(n.core) FILTER (mine.practice IS NOT NULL) / sum(n.core) AS part
FROM need AS n JOIN practice_homes AS h USING (practice)
LEFT JOIN (SELECT unnest($practices) AS practice) AS mine USING (practice)
WHERE h.sub_icb24 <> '' GROUP BY h.sub_icb24 HAVING part > 0 ORDER BY h.sub_icb24
"""
_NEAREST = """
WITH open AS (
    SELECT lat, lon, mine.practice IS NOT NULL AS own FROM practices
    LEFT JOIN (SELECT unnest($practices) AS practice) AS mine USING (practice)
    WHERE lat IS NOT NULL
), box AS (
    SELECT min(lat) - 0.25 AS south, max(lat) + 0.25 AS north, min(lon) - 0.4 AS west,
           max(lon) + 0.4 AS east
    FROM open WHERE own
), near AS (
    SELECT * FROM open, box WHERE lat BETWEEN south - 0.25 AND north + 0.25
    AND lon BETWEEN west - 0.4 AND east + 0.4
), apart AS (
    SELECT a.lsoa, any_value(people_2022) AS people,
           min(d) FILTER (own) AS to_own, coalesce(min(d) FILTER (NOT own), 9) AS to_other
    FROM (
        SELECT a.lsoa, people_2022, own,
               sqrt((a.lat - p.lat) ** 2 + ((a.lon - p.lon) * cos(radians(p.lat))) ** 2) AS d
        FROM areas AS a JOIN box ON a.lat BETWEEN south AND north AND a.lon BETWEEN west AND east,
             near AS p
    ) AS a GROUP BY a.lsoa
)
SELECT lsoa, people FROM apart
ORDER BY (to_own - to_other) / (to_own + to_other + 1e-9), to_own, lsoa
"""
"""Small areas, first those that are nearer to one of $practices than to any other."""


def council_extent(text: str, tables: OfficialTables) -> Extent:
    """What a council, or a district, has: the practices that stand in it, and its small areas."""
    council = council_called(text, tables)
    areas = [
        row["lsoa"]
        for row in tables.records(
            "SELECT lsoa FROM areas WHERE district IN (SELECT unnest($districts)) ORDER BY lsoa",
            districts=council.districts,
        )
    ]
    rule = (
        f"It is the area of {council.name} ({council.code}): the practices that stand in it and "
        f"the people who live in it. {_WEAKNESS}"
    )
    notes = (council.said,) if council.said else ()
    practices = _standing_in(areas, tables)
    return _extent(_Cut(COUNCIL, council.name, practices, areas, rule, notes), tables)


def area_extent(file: Path, name: str, tables: OfficialTables) -> Extent:
    """What a list of small areas has: they, and the practices that stand in them.

    `name` is the place's. Raises InputError for a list with a code that is no area, and for areas
    in which no practice stands.
    """
    listed = areas_in(file, tables)
    practices = _standing_in(listed.codes, tables)
    rule = (
        f"It is the {len(listed.codes)} small areas that {file.name} lists: the practices that "
        f"stand in them and the people who live in them. {_WEAKNESS}"
    )
    cut = _Cut(AREAS, name, practices, listed.codes, rule, listed.notes, file)
    return _extent(cut, tables)


def practice_extent(file: Path, name: str, tables: OfficialTables) -> Extent:
    """What a list of practices has: they, and as many residents around them as fit their lists.

    `name` is the place's. Raises InputError for a list with a code that is no practice.
    """
    listed = practices_in(file, tables)
    areas = _around(listed.codes, tables)
    rule = (
        f"It is the {len(listed.codes)} practices that {file.name} lists. Its residents are those "
        f"of the {len(areas)} small areas that are nearer to one of them than to other practices, "
        "in that order, until they are as many for each registered person as in the locations of "
        f"the practices: our reading. {_WEAKNESS}"
    )
    cut = _Cut(PRACTICES, name, listed.codes, areas, rule, listed.notes, file)
    return _extent(cut, tables)


def _standing_in(areas: Collection[str], tables: OfficialTables) -> tuple[str, ...]:
    rows = tables.records(
        "SELECT practice FROM practice_homes WHERE lsoa IN (SELECT unnest($areas)) "
        "ORDER BY practice",
        areas=sorted(areas),
    )
    return tuple(row["practice"] for row in rows)


def _around(practices: Sequence[str], tables: OfficialTables) -> tuple[str, ...]:
    """The small areas around practices whose people are as many as their lists suggest."""
    wanted = tables.value(
        "WITH mine AS (SELECT DISTINCT sub_icb24 FROM practice_homes "
        "WHERE practice IN (SELECT unnest($practices))), listed AS (SELECT "
        "sum(patients) FILTER (practice IN (SELECT unnest($practices))) AS own, "
        "sum(patients) FILTER (sub_icb24 IN (FROM mine)) AS everybody "
        "FROM lists JOIN practice_homes USING (practice)) "
        "SELECT own / everybody * (SELECT sum(people_2022) FROM areas "
        "WHERE sub_icb24 IN (FROM mine)) FROM listed",
        practices=practices,
    )
    areas: list[str] = []
    people = 0
    for row in tables.records(_NEAREST, practices=practices):
        if people + row["people"] / 2 > wanted and areas:
            break
        areas.append(row["lsoa"])
        people += row["people"]
    return tuple(sorted(areas))


@dataclass(frozen=True, slots=True)
class _Cut:
    """What a place was asked to be: its kind, its name, its practices and areas, and why these."""

    kind: str
    place: str
    practices: Sequence[str]
    areas: Sequence[str]
    rule: str
    notes: Sequence[str]
    file: Path | None = None


def _extent(cut: _Cut, tables: OfficialTables) -> Extent:
    practices = list(cut.practices)
    on_lists, living = _people(practices, cut.areas, tables)
    if not on_lists:
        raise InputError(
            "expected an area in which a general practice stands; none does, so that nobody would "
            "be registered: add the areas around it",
            file=cut.file,
            value=None if cut.file else cut.place,
        )
    commissioners = _commissioners(practices, tables)
    names = " and ".join(board.short_name for board in commissioners)
    ratio = (
        f"{on_lists:,} people are registered with its practices and {living:,} lived in its areas "
        f"in mid-2022: {on_lists / living:.3f} registered for each resident (England "
        f"{_england(tables):.3f} on the same days)"
    )
    return Extent(
        cut.kind,
        commissioners[0].code,
        f"{names}: {'its' if len(commissioners) == 1 else 'their'} part in {cut.place}",
        cut.place,
        tuple(practices),
        tuple(cut.areas),
        {row["sub_icb24"]: row["part"] for row in tables.records(_LOCATIONS, practices=practices)},
        networks_of(practices, tables),
        _boards_before(practices, tables),
        (),
        cut.rule,
        (*cut.notes, ratio),
    )


def _people(
    practices: Sequence[str], areas: Sequence[str], tables: OfficialTables
) -> tuple[int, int]:
    on_lists = tables.value(
        "SELECT coalesce(sum(patients), 0) FROM lists WHERE practice IN (SELECT unnest($codes))",
        codes=list(practices),
    )
    living = tables.value(
        "SELECT coalesce(sum(people_2022), 0) FROM areas WHERE lsoa IN (SELECT unnest($codes))",
        codes=list(areas),
    )
    return int(on_lists), int(living)


def _england(tables: OfficialTables) -> float:
    """People registered for each resident, England."""
    return float(
        tables.value(
            "SELECT (SELECT sum(patients) FROM lists) / (SELECT sum(people_2022) FROM areas)"
        )
    )


def _commissioners(practices: Sequence[str], tables: OfficialTables) -> list[Board]:
    """The boards of 2026 that have a hundredth or more of the people, the largest first."""
    rows = tables.records(
        "SELECT icb26, sum(patients) / sum(sum(patients)) OVER () AS part "
        "FROM lists JOIN practice_homes USING (practice) "
        "WHERE practice IN (SELECT unnest($codes)) GROUP BY icb26 ORDER BY part DESC, icb26",
        codes=list(practices),
    )
    by_code = {board.code: board for board in boards(tables)}
    return [by_code[row["icb26"]] for row in rows if row["part"] >= LEAST_PART]


def _boards_before(practices: Sequence[str], tables: OfficialTables) -> tuple[str, ...]:
    rows = tables.records(
        "SELECT DISTINCT icb24 FROM need WHERE practice IN (SELECT unnest($codes)) ORDER BY icb24",
        codes=list(practices),
    )
    return tuple(row["icb24"] for row in rows)
