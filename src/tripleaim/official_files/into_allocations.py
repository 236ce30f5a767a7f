"""What the board is allocated, put into a place's own table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tripleaim.official_files.draft import Draft
from tripleaim.official_files.own_file import is_official
from tripleaim.official_files.publication import Publication
from tripleaim.official_files.rows_put import cell_text, put_rows, table_for


def put_allocations(draft: Draft, found: Sequence[Publication]) -> None:
    """What the board is allocated: years from the place's last on."""
    table = table_for(draft, found, "allocations.csv")
    if table is None:
        return
    before = table.sum_of("pounds")
    rows = list(table.rows())
    official = [row for row in rows if is_official(row["source"])]
    last = max((row["year"] for row in official), default="")
    shares: dict[tuple[object, ...], dict[str, str]] = {
        (row["stream"], row["from_board"]): row for row in official
    }
    boards = {row["from_board"] for row in rows} | {draft.board}
    by_age = sorted(found, key=_first_year)
    latest = {row[:3]: one.file for one in by_age for row in one.tables["allocations"]}
    for one in by_age:
        mine = [row for row in one.tables["allocations"] if row[1] in boards]
        later = [row for row in mine if str(row[2]) >= last]
        wanted = [
            _allocation(row, shares)
            for row in later
            if latest[row[:3]] == one.file and (row[1] == draft.board or row[:2] in shares)
        ]
        if later and not wanted:
            draft.say(one, "another workbook has a later edition of these years: not used")
        elif mine and not wanted:
            draft.say(one, f"the place has {last}, which is later: nothing changes")
        else:
            put_rows(draft, one, table, wanted, "boards")
    if table.changes:
        draft.summed("allocations.csv", "pounds", before)
        draft.kept.append(
            "figures_money.csv: allocation.commissioner and spend-per-head still rest on the "
            "allocation of the base year, and flows.csv on the trusts' income: enter the growth "
            "of the allocation from allocations.csv (asked_for.csv), or make the place again when "
            "its first year changes"
        )


def _first_year(one: Publication) -> tuple[str, str]:
    """How recent a sheet is: a later workbook begins with a later year."""
    return min(str(row[2]) for row in one.tables["allocations"]), one.edition


def _allocation(
    row: Sequence[object], shares: Mapping[tuple[object, ...], Mapping[str, str]]
) -> dict[str, str]:
    stream, board, year, pounds, distance = row
    own = shares.get((str(stream), str(board)), {"share": "1", "status": "public", "cause": ""})
    return {
        "stream": str(stream),
        "from_board": str(board),
        "year": str(year),
        "pounds": str(round(float(str(pounds)) * float(own["share"]))),
        "share": own["share"],
        "distance_from_target": cell_text(distance),
        "status": own["status"],
        "source": f"allocations-{str(year).replace('/', '-')}",
        "cause": own["cause"],
    }
