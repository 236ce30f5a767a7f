"""Own numbers in place of official ones: every reader has them, and undone they leave no trace."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from command_line import tripleaim
from tripleaim.place import (
    DECLARED_FILES,
    OWN_NUMBERS,
    Column,
    DeclaredFile,
    File,
    FolderFiles,
    InputError,
    OwnNumber,
    check,
    declared,
    entries_of,
    export_place,
    find,
    load,
    numbers_in_use,
    read_inputs,
    row_of,
    set_own_number,
    shipped_places,
    undo_own_number,
    write_inputs,
)
from tripleaim.place.own_numbers.applying import with_own_numbers
from tripleaim.place.own_numbers.entries import key_of, written
from tripleaim.tables import exact_number, number, read_cell, read_table, whole

SAID = {"source": "the ward book", "who": "A. Analyst", "why": "counted on the day"}
DAY = date(2026, 11, 30)
FIGURE = "figures_finance.csv", "id=spend-per-head.acute", "value"
NUMBERS = (number, exact_number, whole)
FIGURES = """\
id,value,low,high,unit,year,basis,status,source,where,cause
allocation.commissioner,4.2,4.1,4.3,£m,2016/17,,public,test-source,table 1,
"""


@pytest.fixture
def place(hamlet: Path, tmp_path: Path) -> Path:
    """A small place with an official figure, to be changed."""
    copied = Path(shutil.copytree(hamlet, tmp_path / "hamlet"))
    (copied / "figures_money.csv").write_text(FIGURES, encoding="utf-8")
    with (copied / "sources.csv").open("a", encoding="utf-8", newline="\n") as sources:
        sources.write("test-source,A test,Nobody,whole document,2026,none,\n")
    return copied


def write(place: Path, *entries: OwnNumber) -> None:
    (place / OWN_NUMBERS).write_bytes(written(entries))


def entry(**other: object) -> OwnNumber:
    """An own number for the hamlet's allocation."""
    said = OwnNumber(
        1,
        "figures_money.csv",
        "id=allocation.commissioner",
        "value",
        "5.5",
        "4.2",
        "",
        when="2026-11-30",
        **SAID,
    )
    return replace(said, **other)  # type: ignore[arg-type]


def refused(place: Path, *entries: OwnNumber) -> str:
    """What is said of a file with these entries."""
    write(place, *entries)
    with pytest.raises(InputError) as fault:
        load(place)
    return fault.value.in_public


def test_a_figure_is_the_own_number_and_says_what_is_official(place: Path) -> None:
    made = set_own_number(
        place, "figures_money.csv", "id=allocation.commissioner", "value", "5.5", today=DAY, **SAID
    )
    assert (made.official, made.entry.replaces, made.entry.when) == ("4.2", "4.2", "2026-11-30")
    loaded = load(place)
    figure = loaded.figure("allocation.commissioner")
    assert (figure.value, figure.low, figure.high, figure.status) == (5.5, None, None, "assumed")
    assert loaded.is_own(figure)
    assert figure.cause == (
        "own number of A. Analyst, 2026-11-30: counted on the day; the official value is 4.2 "
        "(test-source)"
    )
    source = loaded.sources[figure.source]
    assert (source.title, source.publisher, source.edition) == (
        "the ward book",
        "A. Analyst",
        "2026-11-30",
    )
    assert loaded.sha256_of("plan") != load_without(place).sha256_of("plan")


def load_without(place: Path) -> object:
    (place / OWN_NUMBERS).rename(place.parent / "aside")
    try:
        return load(place)
    finally:
        (place.parent / "aside").rename(place / OWN_NUMBERS)


def test_a_status_that_is_given_is_that_of_the_figure(place: Path) -> None:
    write(place, entry(status="public"))
    assert load(place).figure("allocation.commissioner").status == "public"


def test_own_bounds_stay_where_the_value_is_the_own_one_too(place: Path) -> None:
    high = entry(number=2, column="high", value="6", replaces="4.3")
    write(place, high, entry())
    figure = load(place).figure("allocation.commissioner")
    assert (figure.value, figure.low, figure.high) == (5.5, None, 6.0)


def test_a_default_is_replaced_by_a_figure_of_the_place(place: Path) -> None:
    official = load(place).figure("spend-per-head.acute")
    assert not load(place).is_own(official)
    set_own_number(place, *FIGURE, "650", **SAID)
    figure = load(place).figure("spend-per-head.acute")
    assert (figure.value, figure.unit, figure.year) == (650, official.unit, official.year)
    assert load(place).is_own(figure)


def test_what_is_asked_for_can_be_an_own_number(place: Path) -> None:
    (place / "asked_for.csv").write_text(
        "id,what,unit,who_would_know,until_then\n"
        "growth.allocation,Growth,% a year,NHS England,no gap is shown\n",
        encoding="utf-8",
    )
    where = "figures_money.csv", "id=growth.allocation.2017_18", "value"
    made = set_own_number(place, *where, "-0.5", **SAID)
    assert made.official == ""
    figure = load(place).figure("growth.allocation.2017_18")
    assert (figure.value, figure.unit, figure.year) == (-0.5, "% a year", "2017/18")


def test_setting_a_cell_again_undoes_the_number_before(place: Path) -> None:
    where = "figures_money.csv", "id=allocation.commissioner", "value"
    set_own_number(place, *where, "5", today=DAY, **SAID)
    set_own_number(place, *where, "6", today=DAY, **SAID)
    assert [(one.number, one.value, one.undone) for one in entries_of(load(place).files)] == [
        (1, "5", "2026-11-30"),
        (2, "6", ""),
    ]
    assert load(place).value("allocation.commissioner") == 6


@settings(max_examples=4)
@given(age=st.integers(0, 90), sex=st.sampled_from(["male", "female"]), people=st.integers(1, 30))
def test_set_and_undone_the_place_is_what_it_was(
    hamlet: Path, tmp_path_factory: pytest.TempPathFactory, age: int, sex: str, people: int
) -> None:
    place = Path(shutil.copytree(hamlet, tmp_path_factory.mktemp("set") / "hamlet"))
    before = load(place)
    row = f"age={age}; sex={sex}"
    made = set_own_number(place, "population.csv", row, "population", str(people), **SAID)
    (in_use,) = numbers_in_use(load(place).files)
    assert in_use == made
    assert load(place).own.as_written.files["population.csv"] == before.own.files["population.csv"]
    undo_own_number(place, 1, today=DAY)
    after = load(place)
    assert {n: f.raw for n, f in after.own.files.items() if n != OWN_NUMBERS} == {
        n: f.raw for n, f in before.own.files.items()
    }
    assert after.sha256_of("plan") == before.sha256_of("plan")
    assert [one.undone for one in entries_of(after.files)] == [DAY.isoformat()]


NUMERIC = [
    file
    for file in DECLARED_FILES
    if any(column.read in NUMBERS and column.name not in file.key for column in file.columns)
]
"""Every kind of table with numbers that are no part of its key."""


def shipped_tables() -> dict[str, tuple[str, File]]:
    """The first lines of one table of each declared kind in the shipped folders, by the kind."""
    tables: dict[str, tuple[str, File]] = {}
    for place in ("england", *shipped_places()):
        for name, file in FolderFiles.read(find(place)).files.items():
            kind = declared(name)
            if kind and kind.columns:
                first = b"".join(file.raw.splitlines(keepends=True)[:60])
                tables.setdefault(kind.name, (name, File.of(file.path, first)))
    return tables


def a_cell(column: Column) -> str:
    """A text that a column takes."""
    for text in (*column.choices[:1], "1", "0-4", "2016/17", "yes", "2026-01-31", "2026-01"):
        try:
            read_cell(column, text)
        except (ValueError, InputError):
            continue
        return text
    return f"{column.minimum:g}"


def made_up(file: DeclaredFile) -> tuple[str, File]:
    """A table of one row in the columns of a declared file."""
    name = file.name.replace("*", "x")
    lines = [[c.name for c in file.columns], [a_cell(c) for c in file.columns]]
    return name, File.of(Path(name), "".join(f"{','.join(line)}\n" for line in lines).encode())


@pytest.mark.parametrize("kind", NUMERIC, ids=lambda file: file.name)
def test_every_kind_of_table_takes_an_own_number_in_one_cell_alone(
    kind: DeclaredFile, shipped: dict[str, tuple[str, File]]
) -> None:
    name, file = shipped.get(kind.name) or made_up(kind)
    table = read_table(file, kind.columns)
    row, texts = table.rows[0], dict(table.texts[0][1])
    column = next(
        column
        for column in kind.columns
        if column.read in NUMBERS and column.name not in kind.key and column.name in texts
    )
    value = f"{column.minimum:g}"
    if row[column.name] == column.minimum:
        value = f"{min(column.minimum + 1, column.maximum):g}"
    one = entry(
        file=name,
        row=row_of({key: texts[key] for key in kind.key}),
        column=column.name,
        value=value,
        replaces=texts[column.name],
    )
    own = FolderFiles(Path(), {name: file, OWN_NUMBERS: File.of(Path(OWN_NUMBERS), written([one]))})
    after = with_own_numbers(own, ())
    assert after.as_written is own
    got = read_table(after.files[name], kind.columns)
    assert not got.faults
    assert row[column.name] != got.rows[0][column.name] == float(value)
    may_differ = {column.name, "source", "status", "cause", "where", "low", "high"}
    assert {key for key, text in texts.items() if got.texts[0][1][key] != text} <= may_differ
    assert got.texts[1:] == table.texts[1:]


@pytest.fixture(scope="module")
def shipped() -> dict[str, tuple[str, File]]:
    """The shipped tables, by kind."""
    return shipped_tables()


@pytest.mark.parametrize(
    ("other", "line", "said"),
    [
        ({"file": "figures_mony.csv"}, 4, 'column "file": "figures_mony.csv"'),
        ({"file": "place.toml"}, 4, "expected a table of the place (.csv)"),
        ({"file": "mortality.csv", "row": "sex=male", "column": "deaths_per_100000"}, 4,
         "this one is only among the defaults it builds on"),
        ({"row": "id=alocation.commissioner"}, 4, 'Did you mean "id=allocation.commissioner"?'),
        ({"row": "allocation.commissioner"}, 4, "expected columns that name one row"),
        ({"column": "valeu"}, 4, 'Did you mean "value"?'),
        ({"column": "unit"}, 4, "expected a column of numbers of figures_money.csv"),
        ({"value": "much"}, 4, "expected a number such as 1234.5"),
        ({"value": "1e13"}, 4, "expected 1e+12 or less"),
        ({"value": ""}, 4, "expected a value"),
        ({"when": "last week"}, 4, "expected a day such as 2026-07-31"),
        ({"undone": "yes"}, 4, "expected a day such as 2026-07-31"),
        ({"status": "own"}, 4, "expected one of published, public, evidence"),
        ({"source": ""}, 4, 'column "source": nothing (an empty cell): expected a value'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_line_and_column(
    place: Path, other: dict[str, str], line: int, said: str
) -> None:
    message = refused(place, entry(**other))
    assert message.startswith(f"{OWN_NUMBERS}, line {line}, ")
    assert said in message
    assert message in tripleaim("place", "check", place).stdout.replace(f"{place}/", "")


def test_two_own_numbers_for_one_cell_are_refused(place: Path) -> None:
    message = refused(place, entry(), entry(number=2, value="6"))
    assert "line 5" in message
    assert "line 4 is for it too: undo one" in message


def test_a_row_that_is_not_one_alone_is_refused(place: Path) -> None:
    several = entry(file="population.csv", row="age=5", column="population")
    message = refused(place, several)
    assert "expected one row of population.csv, found 2 (lines " in message


@pytest.mark.parametrize("raw", [b"", b"\x00\x01", b"number\n1\n", b'"', b"PK\x03\x04"])
def test_a_damaged_file_is_named_by_every_verb(place: Path, raw: bytes) -> None:
    (place / OWN_NUMBERS).write_bytes(raw)
    out = place.parent / "out" / "hamlet"
    verbs: list[list[str | Path]] = [
        ["place", "check", place],
        ["place", "own", place],
        ["audit", place],
        ["place", "export", place, "--out", out],
    ]
    for words in verbs:
        done = tripleaim(*words)
        assert done.returncode == 2
        assert OWN_NUMBERS in done.stdout + done.stderr
    assert not out.exists()


def test_an_official_value_that_changed_is_told_and_the_own_one_stays(place: Path) -> None:
    write(place, entry(replaces="4.1"))
    assert load(place).value("allocation.commissioner") == 5.5
    said = (
        "the official value is now 4.2; yours, 5.5, was written against 4.1; set it again to keep "
        "it, or undo it"
    )
    assert any(said in note for note in check(place).notes)
    assert "It was 4.1 when yours was written" in tripleaim("place", "own", place).stdout


def test_nothing_is_changed_where_the_place_would_fail_its_check(place: Path) -> None:
    before = {path.name for path in place.iterdir()}
    with pytest.raises(InputError, match="nothing was changed"):
        set_own_number(place, "figures_money.csv", "id=allocation.commissioner", "low", "9", **SAID)
    assert OWN_NUMBERS not in before | {path.name for path in place.iterdir()}


def test_a_place_of_the_product_is_not_changed() -> None:
    with pytest.raises(InputError, match="comes with the product: make a copy of its folder"):
        set_own_number("somerset", *FIGURE, "1", **SAID)


def test_verbs_set_list_and_undo(place: Path) -> None:
    said = ["--source", "the ward book", "--who", "A. Analyst", "--why", "counted"]
    where = ["figures_money.csv", "id=allocation.commissioner", "value"]
    done = tripleaim("place", "own", place, "set", *where, "5.5", *said)
    assert done.stdout.startswith("1: figures_money.csv, id=allocation.commissioner, value: 5.5 in")
    listed = tripleaim("place", "own", place).stdout
    assert "the official value is 4.2" in listed
    assert "the ward book; A. Analyst, " in listed
    wrong = tripleaim("place", "own", place, "undo", "7")
    assert (wrong.returncode, "in use: 1" in wrong.stderr) == (2, True)
    assert "is not used any more" in tripleaim("place", "own", place, "undo", "1").stdout
    assert "undone 20" in tripleaim("place", "own", place).stdout
    assert load(place).value("allocation.commissioner") == 4.2


def test_exported_files_are_the_same_place_without_own_numbers(place: Path) -> None:
    set_own_number(place, "figures_money.csv", "id=allocation.commissioner", "value", "5.5", **SAID)
    set_own_number(place, "population.csv", "age=5; sex=male", "population", "20", **SAID)
    set_own_number(place, *FIGURE, "650", **SAID)
    out, notes = export_place(place, place.parent / "out" / "hamlet")
    assert notes == ()
    assert not (out / OWN_NUMBERS).exists()
    one, other = load(place), load(out)
    assert {name for name in ("plan", "prevention", "backtest", "benchmarks", "staff")
            if one.sha256_of(name) != other.sha256_of(name)} == set()  # fmt: skip
    assert dict(one.figures) == dict(other.figures)
    assert not check(one.own).faults
    assert "is an own number (source own-" in (out / "population.csv").read_text("utf-8")
    assert not check(out).faults
    with pytest.raises(InputError, match="expected a new folder"):
        export_place(place, out)


def test_the_inputs_that_a_run_keeps_have_the_official_numbers_and_the_own_ones(
    place: Path, tmp_path: Path
) -> None:
    set_own_number(place, "figures_money.csv", "id=allocation.commissioner", "value", "5.5", **SAID)
    loaded = load(place)
    write_inputs(loaded, tmp_path / "inputs.zip")
    kept = read_inputs(tmp_path / "inputs.zip", place)
    assert kept.sha256_of("plan") == loaded.sha256_of("plan")
    assert kept.own.as_written.files.keys() == {
        path.relative_to(place).as_posix() for path in place.rglob("[!.]*") if path.is_file()
    }
    assert numbers_in_use(kept.files)[0].official == "4.2"


@settings(max_examples=50)
@given(st.dictionaries(st.text("ab;=\\ é", min_size=1).map(str.strip).filter(
    lambda name: name and not set(name) & set(";=\\")), st.text("ab;=\\ é").map(str.strip),
    min_size=1))  # fmt: skip
def test_a_row_is_named_and_read_back(key: dict[str, str]) -> None:
    assert key_of(row_of(key)) == key
