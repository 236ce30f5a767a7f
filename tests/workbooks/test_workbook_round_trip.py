"""A place goes out as a workbook and comes back: nothing is lost, only an edit changes a thing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from small_workbooks import edited, small_book
from tripleaim.place import InputError, check, load
from tripleaim.tables import number_text
from tripleaim.workbooks import export_book, import_book
from tripleaim.workbooks.parts import files_of
from tripleaim.workbooks.solution_rows import flatten, write
from tripleaim.workbooks.text_files import put_together, take_apart

YEARS = ("2016/17", "2017/18")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Northamptonshire as a workbook."""
    return export_book("northamptonshire", tmp_path_factory.mktemp("book") / "county.xlsx")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.name[0] != "."
    }


def _column(validation: Any) -> int:
    return min(cells.min_col for cells in validation.sqref.ranges)


def row_of(sheet: Any, first: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == first)


def column_of(sheet: Any, name: str, header: int = 1) -> int:
    return next(c for c in range(1, sheet.max_column + 1) if sheet.cell(header, c).value == name)


@pytest.mark.parametrize("name", ["northamptonshire", "somerset"])
def test_every_file_of_a_shipped_place_comes_back_byte_for_byte(name: str, tmp_path: Path) -> None:
    place = load(name)
    book = export_book(name, tmp_path / "place.xlsx")
    assert {k: v.encode() for k, v in files_of(book).texts.items()} == contents(place.folder)


def test_an_imported_place_is_the_same_place_and_has_no_faults(
    county: Path, tmp_path: Path
) -> None:
    made = import_book(county, tmp_path / "northamptonshire")
    assert made.faults == made.flags == ()
    assert made.folder is not None
    back, was = load(made.folder), load("northamptonshire")
    assert back.sha256 == was.sha256
    assert back.figures == was.figures
    assert [s.name for s in back.solutions] == [s.name for s in was.solutions]
    assert check(made.folder).faults == ()
    assert list(tmp_path.iterdir()) == [made.folder]


def test_a_scaffolded_place_comes_back_too(hamlet: Path, tmp_path: Path) -> None:
    made = import_book(export_book(hamlet, tmp_path / "h.xlsx"), tmp_path / "hamlet")
    assert made.folder is not None
    assert contents(made.folder) == contents(hamlet)


def test_the_same_folder_gives_the_same_bytes(county: Path, tmp_path: Path) -> None:
    assert export_book("northamptonshire", tmp_path / "b.xlsx").read_bytes() == county.read_bytes()


def test_a_figure_shows_its_digits_and_carries_its_source_in_a_note(county: Path) -> None:
    sheet = openpyxl.load_workbook(county)["figures"]
    row = row_of(sheet, "trust-income.RP1.2015_16")
    value = sheet.cell(row, 2)
    assert (value.value, value.number_format) == (188.89, "0.000")
    assert value.comment is not None
    assert value.comment.text.startswith("Status: public\nSource: English NHS trusts")


def test_lists_stand_behind_drop_downs(county: Path) -> None:
    opened = openpyxl.load_workbook(county)
    figures, lists = opened["figures"], opened["Lists"]
    status = column_of(figures, "status", header=2)
    offered = [v for v in figures.data_validations.dataValidation if _column(v) == status]
    assert [v.formula1 for v in offered] == ["'Lists'!$A$2:$A$6"]
    assert [lists.cell(row, 1).value for row in range(1, 7)] == [
        "status", "published", "public", "evidence", "calibrated", "assumed",
    ]  # fmt: skip
    solutions = opened["Solutions"]
    with_lists = {_column(v) for v in solutions.data_validations.dataValidation}
    for name in ("maturity", "release", "reach.start", "claim.status"):
        assert column_of(solutions, name) in with_lists


def test_an_edited_figure_changes_that_line_only(county: Path, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["figures"]
        sheet.cell(row_of(sheet, "savings.total"), 2).value = 117.25

    was = contents(load("northamptonshire").folder)
    now = files_of(edited(county, tmp_path / "e.xlsx", edit)).texts
    changed = [name for name in was if was[name].decode() != now[name]]
    assert changed == ["figures.csv"]
    pairs = zip(
        was["figures.csv"].decode().split("\n"), now["figures.csv"].split("\n"), strict=True
    )
    assert [(old[:21], new[:24]) for old, new in pairs if old != new] == [
        ("savings.total,116,,,£", "savings.total,117.25,,,£")
    ]


def test_an_edited_solution_keeps_its_comments_and_other_lines(
    county: Path, tmp_path: Path
) -> None:
    def edit(book: Any) -> None:
        sheet, effects = book["Solutions"], book["Effects"]
        row = row_of(sheet, "qipp-under-way")
        sheet.cell(row, column_of(sheet, "claim.commissioner.2020/21")).value = 8.5
        sheet.cell(row, column_of(sheet, "reach.uptake")).value = 0.9
        effects.cell(row_of(effects, "qipp-under-way"), column_of(effects, "weight")).value = 2

    file = "solutions/qipp-under-way.toml"
    was = contents(load("northamptonshire").folder)[file].decode()
    now = files_of(edited(county, tmp_path / "e.xlsx", edit)).texts[file]
    assert now.count("#") == was.count("#")
    made = import_book(tmp_path / "e.xlsx", tmp_path / "northamptonshire")
    assert made.folder is not None, made.faults
    solution = load(made.folder).solution("qipp-under-way")
    assert solution.claim["commissioner"]["2020/21"] == 8.5
    assert solution.claim["commissioner"]["2019/20"] == 6.8
    assert solution.uptake == 0.9
    assert solution.effects[0].weight == 2


def test_a_new_solution_is_a_new_row(county: Path, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        for name, first in (("Solutions", "qipp-under-way"), ("Effects", "qipp-under-way")):
            sheet = book[name]
            cells = [c.value for c in sheet[row_of(sheet, first)]]
            if name == "Solutions":
                cells[column_of(sheet, "name") - 1] = "Another programme"
            sheet.append(["another-programme", *cells[1:]])

    made = import_book(edited(county, tmp_path / "e.xlsx", edit), tmp_path / "northamptonshire")
    assert made.folder is not None, made.faults
    place = load(made.folder)
    assert place.solution("another-programme").claim == place.solution("qipp-under-way").claim


def test_a_removed_solution_is_reported(county: Path, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        for name in ("Solutions", "Effects"):
            sheet = book[name]
            while any(r[0].value == "decommissioning" for r in sheet.iter_rows()):
                sheet.delete_rows(row_of(sheet, "decommissioning"))

    made = import_book(edited(county, tmp_path / "e.xlsx", edit), tmp_path / "northamptonshire")
    assert [str(f) for f in made.flags] == [
        "Solutions!A1: the solution decommissioning is left out, because it has no row"
    ]


@pytest.mark.parametrize(
    ("at", "value", "told"),
    [
        ("figures!B4", "n/a", ("figures!B4", "expected a number")),
        ("figures!H4", "guessed", ("figures!H4", "expected one of published")),
        ("organisations!E4", "provdier", ("organisations!E4", "expected one of commissioner")),
        ("figures!A7", "savings.total", ("figures!A7", "the figure is listed twice")),
        ("beds!A4", "RNX", ("beds!A4", "expected a name from organisations.csv")),
        ("Solutions!J2", "age >> 75", ("Solutions!J2", "")),
        ("Solutions!K2", "half", ("Solutions!K2", "expected a number")),
        ("Solutions!K2", 1.5, ("Solutions!K2", "expected a share between 0 and 1")),
        ("Effects!A2", "nobody", ("Effects!A2", "expected the id of a solution")),
        ("Effects!K2", "guess", ("Effects!K2", "expected one of")),
        ("place.toml!A5", 'years = ["2016"]', ("place.toml!A5", "expected financial years")),
        ("Files!A2", "../outside.csv", ("Files!A2", "expected the name of a file in the folder")),
    ],
)
def test_a_wrong_cell_is_named_by_sheet_and_cell_and_no_folder_is_made(
    county: Path, tmp_path: Path, at: str, value: object, told: tuple[str, str]
) -> None:
    def edit(book: Any) -> None:
        sheet, cell = at.split("!")
        book[sheet][cell] = value

    book = edited(county, tmp_path / "e.xlsx", edit)
    try:
        faults = import_book(book, tmp_path / "northamptonshire").faults
    except InputError as fault:
        faults = (fault,)
    assert faults[0].file == str(book)
    assert faults[0].line is None
    assert faults[0].column == told[0], faults
    assert faults[0].expected.startswith(told[1])
    assert list(tmp_path.iterdir()) == [book]


def test_a_sheet_that_is_no_file_is_refused(county: Path, tmp_path: Path) -> None:
    book = edited(county, tmp_path / "e.xlsx", lambda b: b.create_sheet("Workings").append(["x"]))
    with pytest.raises(InputError) as fault:
        import_book(book, tmp_path / "northamptonshire")
    assert fault.value.column == "Workings!A1"


def test_a_workbook_that_is_no_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a workbook of a place"):
        import_book(small_book(tmp_path / "s.xlsx", {"A1": "x"}), tmp_path / "here")


def test_a_folder_in_use_is_left_as_it_is(county: Path, tmp_path: Path) -> None:
    (tmp_path / "northamptonshire").mkdir()
    (tmp_path / "northamptonshire" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="a new or an empty folder"):
        import_book(county, tmp_path / "northamptonshire")
    assert (tmp_path / "northamptonshire" / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_folder_of_another_name_is_accepted_with_a_flag(county: Path, tmp_path: Path) -> None:
    made = import_book(county, tmp_path / "elsewhere")
    assert "the place is northamptonshire" in str(made.flags[0])
    assert made.folder is not None
    assert load(made.folder).sha256 == load("northamptonshire").sha256


def test_what_a_workbook_would_change_is_refused_at_export(hamlet: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(hamlet, tmp_path / "hamlet"))
    (folder / "README.md").write_bytes(b"one\r\ntwo\nthree\n")  # line ends of two kinds
    (folder / "NOTES").mkdir()
    (folder / "README.txt").write_bytes(b"bell \x07\n")
    with pytest.raises(InputError, match="a workbook can store"):
        export_book(folder, tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


_CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=6)


@given(
    st.lists(st.lists(_CELLS, min_size=2, max_size=2), min_size=1, max_size=5),
    st.lists(
        st.sampled_from(["# a comment, with a comma", "", '"a","b"', "1.50,x", "a,"]), max_size=5
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(0, 3),
)
def test_a_table_taken_apart_is_put_together_as_it_was(
    rows: list[list[str]], more: list[str], ends: str, closing: int
) -> None:
    quoted = ['"' + '","'.join(c.replace('"', '""') for c in row) + '"' for row in rows]
    text = ends.join(["id,name", *more, *quoted]) + ends * closing
    written = take_apart(text)
    assert written is not None
    back, starts = put_together(written)
    assert len(starts) == len(written.rows)
    comments = [row for row in rows if row[0].lstrip().startswith("#") or not any(row)]
    if not comments:  # quoted cells that look like a comment are caught when the book is read back
        assert back == text


_TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12
)


@given(_TEXTS, st.floats(0, 1), st.floats(-1, 1), _TEXTS)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_solution_written_from_rows_reads_as_those_rows(
    name: str, uptake: float, effect: float, who: str
) -> None:
    row = {
        "name": name,
        "organisations": "RBA; RA4",
        "reach.who": who,
        "reach.uptake": number_text(uptake),
        "claim.providers.2016/17": "1.5",
    }
    effects = [{"changes": "contact rate", "evidence.value": number_text(effect)}]
    assert flatten(write(row, effects, YEARS), YEARS) == (row, tuple(effects))


def test_a_line_that_changes_keeps_its_neighbours() -> None:
    kept = '# why\nname = "A"\n[reach]\nuptake = 0.5\n[[effects]]\nchanges = "x"\n'
    row, effects = flatten(kept, YEARS) or ({}, ())
    assert write({**row, "reach.uptake": "0.75"}, effects, YEARS, kept) == kept.replace(
        "0.5", "0.75"
    )
    # A new key stands at the head of its table; a key that goes takes its line with it.
    owned = write({**row, "owner": "B", "reach.uptake": ""}, effects, YEARS, kept)
    assert owned == kept.replace('name = "A"', 'owner = "B"\nname = "A"').replace(
        "uptake = 0.5\n", ""
    )
    # Another effect needs the whole file anew: comments go to its head.
    anew = write(row, [*effects, *effects], YEARS, kept)
    assert anew.startswith('# why\nname = "A"\n\n[reach]')
    assert flatten(anew, YEARS) == (row, (*effects, *effects))
