"""A board in, the folder of its place out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tripleaim.boards import activity, flows, money, neighbourhoods, people, projection, trusts
from tripleaim.boards.completeness import Completeness, completeness_of, completeness_table
from tripleaim.boards.official import FOLDER, OfficialTables
from tripleaim.boards.organisations import Board, board_called
from tripleaim.boards.own_tables import OwnTable
from tripleaim.boards.place_files import outline_text, readme_text, source_table
from tripleaim.boards.years import BASE_YEAR, YEARS
from tripleaim.place import (
    DEFAULTS,
    InputError,
    Place,
    load,
    place_folder,
    refuse_new_place,
    shipped_places,
)


@dataclass(frozen=True, slots=True)
class MadePlace:
    """A place that was made of a board: its folder, and what it has."""

    folder: Path
    board: Board
    registered: int
    residents: int
    practices: int
    neighbourhoods: int
    trusts: tuple[str, ...]
    notes: tuple[str, ...]
    completeness: Completeness


def make_place(folder: Path | str, board: str, official: Path = FOLDER) -> MadePlace:
    """Make the footprint `folder` of the integrated care board called `board`.

    `board` is a code (Q.., E54..) or a name; `official` has the tidy official tables, those that
    come with the product unless given. The folder appears whole or not at all.

    Raises InputError for a board that is not one (any more), and for a folder that cannot be made.
    """
    target = Path(folder).absolute()
    refuse_new_place(target)
    if target.name in shipped_places():
        raise InputError(
            "expected another name: a place of this name comes with the product; "
            f"call it {target.name}-{YEARS[0][:4]}",
            value=folder,
        )
    with OfficialTables(official) as tables:
        found = board_called(board, tables)
        england = load(DEFAULTS)
        parts = _parts(found, tables, england)
        files = _files(found, target.name, tables, parts)
    with place_folder(target) as making:
        for name, text in files.items():
            (making / name).write_text(text, encoding="utf-8", newline="\n")
    return MadePlace(
        target,
        found,
        sum(int(row[-1] or 0) for row in parts["registered.csv"].rows),
        sum(int(row[-1] or 0) for row in parts["residents.csv"].rows),
        len(parts["practices.csv"].rows),
        len(parts["localities.csv"].rows),
        tuple(str(row[2]) for row in parts["organisations.csv"].rows if "trust" in str(row[3])),
        tuple(line for line in parts["practices.csv"].above if "left the practice map" in line),
        completeness_of(parts["completeness.csv"]),
    )


def _parts(board: Board, tables: OfficialTables, england: Place) -> dict[str, OwnTable]:
    """Every table of the place, by name."""
    made = [*_of_people(board, tables, england), *_of_care(board, tables, england)]
    parts = {table.name: table for table in made}
    whole = completeness_table(tables, parts)
    return parts | {whole.name: whole}


def _of_people(board: Board, tables: OfficialTables, england: Place) -> list[OwnTable]:
    practices = neighbourhoods.practices_of(board, tables)
    return [
        people.registered(board, tables),
        neighbourhoods.practice_table(practices),
        neighbourhoods.locality_table(practices),
        people.residents(board, tables),
        projection.residents_to_come(board, tables),
        people.small_areas(board, tables),
        people.registers(board, tables, _conditions(england)),
        people.practice_registers(board, tables),
        people.need_weights(board, tables),
        people.people_figures(board, tables),
    ]


def _of_care(board: Board, tables: OfficialTables, england: Place) -> list[OwnTable]:
    shares = trusts.provider_shares(board, tables)
    own = trusts.own_trusts(board, tables, shares)
    councils = trusts.councils_of(board, tables)
    allocations = money.allocations_of(board, tables)
    on_lists = people.people_registered(board, tables)
    spend = money.spend_by_line(england, allocations)
    incomes = money.incomes_of(england, own, spend)
    return [
        trusts.organisation_table(board, own, councils),
        trusts.share_table(shares, own),
        activity.waiting_list(board, tables),
        activity.waiting_weeks(tables, own),
        activity.ae_attendances(board, tables, own),
        activity.beds(tables, own),
        activity.delays(board, tables, own),
        activity.staff_in_post(board, tables, own),
        activity.council_spend(tables, councils),
        money.allocation_table(allocations),
        money.opening_table(board, own),
        money.asked_table(board),
        money.money_figures(england, on_lists, spend, own, shares),
        flows.flow_table(board, england, incomes, shares),
        flows.staff_table(england, incomes, shares),
    ]


def _files(
    board: Board, own_id: str, tables: OfficialTables, parts: Mapping[str, OwnTable]
) -> dict[str, str]:
    texts = {name: table.text() for name, table in parts.items() if table.rows}
    return texts | {
        "place.toml": outline_text(own_id, board, BASE_YEAR, YEARS),
        "README.md": readme_text(own_id, board, parts.values()),
        "sources.csv": source_table(tables, texts.values()).text(),
    }


def _conditions(england: Place) -> dict[str, str]:
    """The model's conditions by register."""
    return {row["register"]: row["condition"] for row in england.rows("registers.csv")}
