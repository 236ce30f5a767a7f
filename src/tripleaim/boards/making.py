"""A board in, the folder of its place out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tripleaim.boards import (
    activity,
    allocations,
    flows,
    money,
    neighbourhoods,
    openings,
    people,
    projection,
    spend,
    trusts,
    unit_costs,
)
from tripleaim.boards.completeness import Completeness, completeness_of, completeness_table
from tripleaim.boards.extents import Extent, extent_of
from tripleaim.boards.measured_contacts import measured_contacts
from tripleaim.boards.official import FOLDER, OfficialTables
from tripleaim.boards.organisations import board_called
from tripleaim.boards.own_tables import OwnTable
from tripleaim.boards.part_extents import area_extent, council_extent, practice_extent
from tripleaim.boards.place_files import outline_text, readme_text, source_table
from tripleaim.boards.shifts import shift_table
from tripleaim.boards.staff_levels import staff_levels
from tripleaim.boards.years import BASE_YEAR, YEARS
from tripleaim.place import (
    DEFAULTS,
    SHIFTS,
    InputError,
    Organisation,
    Place,
    library_files,
    load,
    name_old_defaults,
    place_folder,
    refuse_new_place,
    shipped_places,
)


@dataclass(frozen=True, slots=True)
class MadePlace:
    """A place that was made of a board or another extent: its folder, and what it has."""

    folder: Path
    extent: Extent
    registered: int
    residents: int
    practices: int
    neighbourhoods: int
    trusts: tuple[str, ...]
    notes: tuple[str, ...]
    completeness: Completeness

    @property
    def board(self) -> Extent:
        """What it was made of, with the code and the name of its commissioner."""
        return self.extent


def make_place(
    folder: Path | str,
    board: str | None = None,
    official: Path = FOLDER,
    *,
    council: str | None = None,
    practices: Path | None = None,
    areas: Path | None = None,
) -> MadePlace:
    """Make the footprint `folder` of a board, a council, a list of practices or one of areas.

    Exactly one of the four: `board` is a code (Q.., E54..) or a name, `council` an ONS code (E06 to
    E10, also a district's) or a name, `practices` and `areas` CSV files of codes. `official` has
    the tidy official tables, those that come with the product unless given. The folder appears
    whole or not at all.

    Raises InputError for a board or a council that is not one (any more), for a list with a code
    that is unknown, and for a folder that cannot be made.
    """
    asked = {"--board": board, "--council": council, "--practices": practices, "--areas": areas}
    given = [name for name, value in asked.items() if value is not None]
    if len(given) != 1:
        raise InputError(
            f"expected exactly one of {', '.join(asked)}", value=" and ".join(given) or "nothing"
        )
    name = Path(folder).absolute().name.replace("-", " ")

    def extent(tables: OfficialTables) -> Extent:
        if council is not None:
            return council_extent(council, tables)
        if practices is not None:
            return practice_extent(practices, name[:1].upper() + name[1:], tables)
        if areas is not None:
            return area_extent(areas, name[:1].upper() + name[1:], tables)
        return extent_of(board_called(board or "", tables), tables)

    return make_extent(folder, extent, official)


def make_extent(
    folder: Path | str, extent_in: Callable[[OfficialTables], Extent], official: Path = FOLDER
) -> MadePlace:
    """Make the footprint `folder` of the extent that the official tables give.

    Raises InputError as `make_place` does.
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
        extent = extent_in(tables)
        england = load(DEFAULTS)
        parts = _parts(extent, tables, england)
        files = _files(extent, target.name, tables, parts) | _ready_to_choose(parts, england)
    with place_folder(target) as making:
        for name, text in files.items():
            (making / name).parent.mkdir(exist_ok=True)
            (making / name).write_text(text, encoding="utf-8", newline="\n")
        name_old_defaults(making)
    return MadePlace(
        target,
        extent,
        sum(int(row[-1] or 0) for row in parts["registered.csv"].rows),
        sum(int(row[-1] or 0) for row in parts["residents.csv"].rows),
        len(parts["practices.csv"].rows),
        len(parts["localities.csv"].rows),
        tuple(str(row[2]) for row in parts["organisations.csv"].rows if "trust" in str(row[3])),
        (
            *extent.notes,
            *(line for line in parts["practices.csv"].above if "left the practice map" in line),
        ),
        completeness_of(parts["completeness.csv"]),
    )


def _parts(extent: Extent, tables: OfficialTables, england: Place) -> dict[str, OwnTable]:
    """Every table of the place, by name."""
    made = [*_of_people(extent, tables, england), *_of_care(extent, tables, england)]
    parts = {table.name: table for table in made}
    whole = completeness_table(tables, parts, extent)
    return parts | {whole.name: whole}


def _of_people(extent: Extent, tables: OfficialTables, england: Place) -> list[OwnTable]:
    practices = neighbourhoods.practices_of(extent, tables)
    return [
        people.registered(extent, tables),
        neighbourhoods.practice_table(practices),
        neighbourhoods.locality_table(practices),
        people.residents(extent, tables),
        projection.residents_to_come(extent, tables),
        people.small_areas(extent, tables),
        people.registers(extent, tables, _conditions(england)),
        people.practice_registers(extent, tables),
        people.need_weights(extent, tables),
        people.people_figures(extent, tables),
    ]


def _of_care(extent: Extent, tables: OfficialTables, england: Place) -> list[OwnTable]:
    shares = trusts.provider_shares(extent, tables)
    own = trusts.own_trusts(extent, tables, shares)
    councils = trusts.councils_of(extent, tables)
    allocated = allocations.allocations_of(extent, tables)
    on_lists = people.people_registered(extent, tables)
    money_by_line = spend.spend_of(
        england, tables, allocations=allocated, shares=shares, own=own, people=on_lists
    )
    incomes = money.incomes_of(england, own, money_by_line)
    community = money.own_share_of_community(england, own, shares, money_by_line)
    return [
        trusts.organisation_table(extent, own, councils),
        trusts.share_table(extent, shares, own),
        activity.waiting_list(extent, tables),
        activity.waiting_weeks(tables, own),
        activity.ae_attendances(extent, tables, own),
        measured_contacts(extent, tables),
        activity.beds(tables, own),
        activity.delays(extent, tables, own),
        activity.access_targets(tables),
        activity.staff_in_post(extent, tables, own),
        staff_levels(extent, tables),
        activity.council_spend(extent, tables, councils),
        allocations.allocation_table(extent, allocated),
        openings.opening_table(extent, own),
        openings.asked_table(extent, own),
        money.line_table(england),
        money.money_figures(
            england,
            people=on_lists,
            allocations=allocated,
            spend=money_by_line,
            trusts=own,
            shares=shares,
            unit_costs=unit_costs.unit_cost_figures(england, own, tables),
            growth=projection.growth_of_residents(extent, tables),
        ),
        flows.flow_table(extent, england, incomes, shares, community),
        flows.staff_table(incomes, shares, community),
        shift_table(),
    ]


def _files(
    extent: Extent, own_id: str, tables: OfficialTables, parts: Mapping[str, OwnTable]
) -> dict[str, str]:
    texts = {name: _worded(extent, table).text() for name, table in parts.items() if table.rows}
    return texts | {
        "place.toml": outline_text(own_id, extent, BASE_YEAR, YEARS),
        "README.md": readme_text(own_id, extent, parts.values()),
        "sources.csv": source_table(tables, texts.values()).text(),
    }


def _ready_to_choose(parts: Mapping[str, OwnTable], england: Place) -> dict[str, str]:
    """The library's solutions, which are in no plan until somebody chooses them."""
    table = parts["organisations.csv"]
    organisations = [
        Organisation(**dict(zip(table.columns, map(str, row), strict=True))) for row in table.rows
    ]
    numbers = {name: number for number, name in SHIFTS.items()}
    return library_files(organisations, numbers, set(england.sources))


def _worded(extent: Extent, table: OwnTable) -> OwnTable:
    """A table whose comments say "the place" where the place is no board."""
    if extent.is_board:
        return table
    return replace(
        table, above=tuple(line.replace("the board", "the place") for line in table.above)
    )


def _conditions(england: Place) -> dict[str, str]:
    """The model's conditions by register."""
    return {row["register"]: row["condition"] for row in england.rows("registers.csv")}
