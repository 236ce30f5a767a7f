"""A footprint folder is checked whole: every fault is told, and then what it holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from faulty import outcome, spoil
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.place import (
    FolderFiles,
    InputError,
    check,
    load,
    shipped_places,
    unread_figures,
)
from tripleaim.place.outline import read_outline

SITES = b"id,name,organisation,kind,postcode,lon,lat,status,source,cause\n"
PRACTICES = (
    "# source tripleaim\npractice,name,postcode,locality,lat,lon,location_status\n"
    "L85001,A,TA6 4GU,North,51,-3,exact\n"
)
FIGURES = "id,value,low,high,unit,year,basis,status,source,where,cause\n"


def told(folder: Path) -> list[str]:
    return [str(fault).replace(f"{folder}/", "") for fault in check(folder).faults]


@pytest.mark.parametrize("name", ["england", "england-2026", *shipped_places()])
def test_what_is_shipped_has_no_fault(name: str) -> None:
    assert [str(fault) for fault in check(name).faults] == []


def test_every_assumed_figure_is_listed_by_number() -> None:
    place = load("northamptonshire")
    assumed = [f for f in place.figures.values() if f.status == "assumed"]
    notes = check(place).notes
    at = notes.index(f"{len(assumed)} figures are assumed:")
    assert len(notes) == at + 1 + len(assumed)
    assert any(
        note.endswith(
            ". population.total = 723000 people: "
            "the footprint's size as this project was given it; ages as residents.csv says"
        )
        for note in notes[at + 1 :]
    )


def test_the_notes_say_what_is_its_own_and_what_is_taken_from_defaults(arden: Path) -> None:
    notes = check(arden).notes
    assert "Tables of its own: organisations.csv, population.csv, sources.csv." in notes
    assert any(
        note.startswith("Tables from defaults: benchmark_measures.csv, closed_practices.csv,")
        for note in notes
    )
    assert "3 organisations: Commissioner, Providers, Council." in notes


def test_faults_of_several_files_are_reported_at_once(arden: Path) -> None:
    (arden / "figures.csv").write_text(
        FIGURES + "a.b,1,2,3,people,,,assumed,tripleaim,,\n"
        "c.d,x,,,people,,,public,tripleaim,,\n"
        "e.f,1,,,people,,,pubic,arden-populaton,,\n",
        encoding="utf-8",
    )
    spoil(arden / "population.csv", "\n3,male,10", "\n3,male,-1")
    spoil(
        arden / "organisations.csv",
        "Council,county council,council,assumed",
        "Council,,council,assumed",
    )
    spoil(arden / "solutions" / "hospital-at-home.toml", '"age >=', '"agee >=')
    assert sorted(told(arden)) == [
        'figures.csv, line 2, column "cause": nothing (an empty cell): '
        "expected a cause: say why this figure is assumed.",
        'figures.csv, line 2, column "value": "1.0": expected a value within its bounds, 2 and 3.',
        'figures.csv, line 3, column "value": "x": expected a number such as 1234.5, '
        "without a unit or a sign of money.",
        'figures.csv, line 4, column "status": "pubic": expected one of published, public, '
        'evidence, calibrated, assumed. Did you mean "public"?',
        'organisations.csv, line 6, column "kind": nothing (an empty cell): expected a value.',
        'population.csv, line 10, column "population": "-1": expected 0 or more.',
    ]


def test_an_unknown_source_is_reported_with_the_nearest(arden: Path) -> None:
    (arden / "figures.csv").write_text(
        FIGURES + "a.b,1,,,people,,,public,arden-populaton,,\n", encoding="utf-8"
    )
    assert told(arden) == [
        'figures.csv, line 2, column "source": "arden-populaton": expected an id from '
        'sources.csv. Did you mean "arden-population"?'
    ]


def test_a_figure_in_two_files_is_reported(arden: Path) -> None:
    for name in ("figures.csv", "figures_more.csv"):
        (arden / name).write_text(
            FIGURES + "a.b,1,,,people,,,public,tripleaim,,\n", encoding="utf-8"
        )
    assert told(arden) == [
        'figures_more.csv, column "id": "a.b": the figure is also in figures.csv; delete one of '
        "the two."
    ]


def test_shares_that_do_not_add_up_are_reported(arden: Path) -> None:
    (arden / "quintile_shares.csv").write_text(
        "# source tripleaim\nquintile,share\n1,0.5\n2,0.4\n", encoding="utf-8"
    )
    assert told(arden) == [
        'quintile_shares.csv, line 4, column "share": "0.9": expected the column to add up to 1.'
    ]


def test_a_year_beyond_the_plan_is_reported(arden: Path) -> None:
    (arden / "beds.csv").write_text(
        "organisation,year,quarter,group,available,occupied,status,source\n"
        "providers,2021/22,Q1,maternity,5,3,public,tripleaim\n"
        "provider,2020/21,Q1,maternity,5,3,public,tripleaim\n",
        encoding="utf-8",
    )
    assert told(arden) == [
        'beds.csv, line 2, column "year": "2021/22": expected a year up to 2020/21.',
        'beds.csv, line 3, column "organisation": "provider": expected a name from '
        'organisations.csv. Did you mean "providers"?',
    ]


def test_more_beds_occupied_than_available_are_asked_about(arden: Path) -> None:
    (arden / "beds.csv").write_text(
        "organisation,year,quarter,group,available,occupied,status,source\n"
        "providers,2015/16,Q1,maternity,5,7,public,tripleaim\n",
        encoding="utf-8",
    )
    told = f"{arden / 'beds.csv'}, line 2: 7 beds are occupied of 5 available: is that so?"
    assert told in check(arden).notes


def test_practices_of_another_commissioner_are_reported_once(arden: Path) -> None:
    (arden / "practices.csv").write_text(PRACTICES, encoding="utf-8")
    rows = "".join(f"K83{n:03},male,0-4,{n}\n" for n in range(30))
    (arden / "registered.csv").write_text(
        f"# source tripleaim\npractice,sex,age_band,patients\n{rows}", encoding="utf-8"
    )
    found = [fault for fault in told(arden) if 'column "practice"' in fault]
    assert len(found) == 11
    assert found[0].startswith(
        'registered.csv, line 3, column "practice": "K83000": expected a name from practices.csv.'
    )
    assert found[-1].endswith("20 more lines like this, up to here.")


def test_a_table_of_numbers_without_a_source_is_reported(arden: Path) -> None:
    (arden / "quintile_shares.csv").write_text("quintile,share\n1,0.5\n2,0.5\n", encoding="utf-8")
    assert told(arden) == [
        "quintile_shares.csv, line 1: expected a column source, or a comment above the header "
        "that names a source."
    ]


def test_a_missing_figure_that_a_table_names_is_reported(arden: Path) -> None:
    (arden / "positions.csv").write_text(
        "kind,period,organisation,counterparty,line,figure,share,status,source,cause\n"
        "position,2016/17,providers,,,population-cap,,public,tripleaim,\n",
        encoding="utf-8",
    )
    found = told(arden)
    assert any('column "figure": "population-cap": expected a name from' in f for f in found)


def test_a_negative_count_in_any_table_is_reported(arden: Path) -> None:
    (arden / "practices.csv").write_text(PRACTICES, encoding="utf-8")
    (arden / "registered.csv").write_text(
        "# source tripleaim\npractice,sex,age_band,patients\nL85001,male,0-4,-5\n", encoding="utf-8"
    )
    assert told(arden) == ['registered.csv, line 3, column "patients": "-5": expected 0 or more.']


def test_an_unread_file_is_reported_with_the_nearest_name(arden: Path) -> None:
    (arden / "organisation.csv").write_text("id\n1\n", encoding="utf-8")
    (arden / "solutions" / "notes.txt").write_text("x", encoding="utf-8")
    assert told(arden) == [
        f'{arden}: "organisation.csv": no part of the program reads a file of this name. Did you '
        'mean "organisations.csv"?',
        f'{arden}: "solutions/notes.txt": no part of the program reads a file of this name. Did '
        'you mean "solutions/*.toml"?',
    ]


def test_an_income_of_a_trust_that_nobody_knows_is_refused(arden: Path) -> None:
    (arden / "figures.csv").write_text(
        FIGURES + "trust-income.provider.2015_16,1,,,£m,2015/16,,public,tripleaim,,\n",
        encoding="utf-8",
    )
    assert told(arden) == [
        'figures.csv, line 2, column "id": "trust-income.provider.2015_16": expected an '
        "organisation of the place; provider is not one. Did you mean "
        '"trust-income.providers.2015_16"?'
    ]


@pytest.mark.parametrize("figure", ["spend-per-head.acutee,1,,,£/head", "unit-cost.gpp,1,,,£"])
def test_a_figure_of_a_line_that_is_none_is_said_to_be_read_by_nothing(
    arden: Path, figure: str
) -> None:
    (arden / "figures.csv").write_text(
        FIGURES + f"{figure},2015/16,,public,tripleaim,,\n", encoding="utf-8"
    )
    (told,) = unread_figures(load(arden))
    assert told.startswith(f"figures.csv, line 2: no result uses {figure.partition(',')[0]}; ")


def test_a_table_that_nothing_reads_yet_is_said_to_be_kept_alone(arden: Path) -> None:
    (arden / "beds.csv").write_text(
        "organisation,year,quarter,group,available,occupied,status,source\n"
        "providers,2015/16,Q1,maternity,5,3,public,tripleaim\n",
        encoding="utf-8",
    )
    told = f"{arden / 'beds.csv'}: checked and kept; no page and no result uses it yet."
    assert told in check(arden).notes


def test_a_hidden_file_is_said_to_be_not_read(arden: Path) -> None:
    (arden / ".population.csv").write_text("age,sex,population\n", encoding="utf-8")
    told = f"{arden / '.population.csv'}: a file whose name starts with a dot is not read."
    assert told in check(arden).notes


def test_a_place_of_another_folder_is_reported(arden: Path) -> None:
    spoil(arden / "place.toml", 'id = "arden"', 'id = "somerset"')
    assert told(arden) == [
        'place.toml, line 2, column "id": "somerset": expected arden, the name of the folder; '
        "this may be the file of another place."
    ]


def test_a_missing_place_file_is_reported(arden: Path) -> None:
    (arden / "place.toml").rename(arden / "plaice.toml")
    assert told(arden) == [
        f'{arden}: "plaice.toml": no part of the program reads a file of this name. Did you mean '
        '"place.toml"?',
        f'{arden}: "place.toml": this file is required but is missing. Did you mean "plaice.toml"?',
    ]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "sites.csv, line 1: expected a header and at least one row; the file is empty."),
        (SITES + b"1,caf\x81,providers,x,,,,public,tripleaim,\n", "this byte is neither"),
        (b"id," + SITES + b"1,", 'sites.csv, line 1, column "id": "id": the column appears twice.'),
        (
            SITES.replace(b",cause", b",") + b"1,a,providers,x,,,,public,tripleaim,2\n",
            "sites.csv, line 1: expected a name for every column.",
        ),
        (SITES + b"1\n", 'sites.csv, line 2: "1": expected 10 cells, found 1.'),
        (SITES, "sites.csv, line 1: expected at least one row below the header."),
        (
            SITES + b"1,a,providers,x,,,,assumed,tripleaim,\n",
            'sites.csv, line 2, column "cause": nothing (an empty cell): '
            "expected a cause: say why this is assumed.",
        ),
        (
            SITES + b"1,a,providers,x,,abc,,public,tripleaim,\n",
            'sites.csv, line 2, column "lon": "abc": expected a number such as 1234.5',
        ),
        (
            SITES + b"1,a,providers,x,,,510,public,tripleaim,\n",
            'sites.csv, line 2, column "lat": "510": expected 61 or less.',
        ),
        (
            SITES + b"1,a,providers,x,,,,public,tripleaim,\n" * 2,
            'sites.csv, line 3, column "id": "1": expected each id once; line 2 has it too.',
        ),
        (
            SITES + b"1,a,providers,x,,,,,tripleaim,\n",
            'sites.csv, line 2, column "status": nothing (an empty cell): expected a value.',
        ),
    ],
)
def test_the_form_of_any_table_is_checked(arden: Path, raw: bytes, message: str) -> None:
    (arden / "sites.csv").write_bytes(raw)
    found = told(arden)
    assert message in "\n".join(found)
    assert len(found) < 4


@pytest.mark.parametrize(
    ("old", "with_", "message"),
    [
        (
            'builds_on = "england"',
            'builds_on = "englnd"',
            'line 4, column "builds_on": "englnd": expected a shipped footprint. '
            'Did you mean "england"?',
        ),
        (
            'base_year = "2015/16"',
            'base_year = "2014/15"',
            'line 5, column "base_year": "2014/15": expected the year before 2016/17.',
        ),
        (
            '"2017/18"',
            '"2017/19"',
            'line 6, column "years.1": "2017/19": expected financial years such as "2016/17".',
        ),
        (
            '"2017/18", ',
            "",
            'line 6, column "years.1": "2018/19": expected consecutive years.',
        ),
        (
            "[priorities]",
            "[prioritys]",
            'line 9, column "prioritys": "prioritys": unknown key; expected id, name, builds_on, '
            'base_year, years, priorities. Did you mean "priorities"?',
        ),
    ],
)
def test_a_fault_of_the_place_file_is_reported(
    arden: Path, old: str, with_: str, message: str
) -> None:
    spoil(arden / "place.toml", old, with_)
    assert told(arden) == [f"place.toml, {message}"]
    with pytest.raises(InputError):
        load(arden)


def test_a_name_that_stands_for_no_place_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError) as refusal:
        check("sommerset")
    assert str(refusal.value) == (
        '"sommerset": expected the name of a shipped footprint or a folder that holds a '
        'place.toml. Did you mean "somerset"?'
    )


OUTLINE = """\
id = "any"
name = "Any"
builds_on = "england"
base_year = "2015/16"
years = ["2016/17", "2017/18"]
[priorities]
1 = "First"
""".splitlines()
CHANGES = st.sampled_from(['"x"', "1", "[]", "{}", '["2016/17"]', "[1]", "true", '"2016/17"', '""'])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), CHANGES | st.text(max_size=4)), max_size=3))
def test_any_change_of_the_place_file_is_read_or_a_fault_of_input(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, str]]
) -> None:
    lines = list(OUTLINE)
    for at, value in changes:
        lines[at] = lines[at].split(" = ")[0] + " = " + value
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    (folder / "place.toml").write_bytes("\n".join(lines).encode())
    found = outcome(lambda: read_outline(FolderFiles.read(folder)))
    if isinstance(found, InputError):
        assert str(found).startswith(str(folder))
    else:
        assert found.years[0].startswith(str(int(found.base_year[:4]) + 1))
