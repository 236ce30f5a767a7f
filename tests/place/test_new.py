"""A place starts from a population alone, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripleaim.place import InputError, check, load, new, read_population


def test_a_new_place_has_the_people_given_and_the_rest_from_england(
    tmp_path: Path, population: Path
) -> None:
    folder = new(tmp_path / "arden-feckenham", population, name='Arden "and" Feckenham')
    place = load(folder)
    assert place.id == "arden-feckenham"
    assert place.name == 'Arden "and" Feckenham'
    assert place.years == load("england").years
    assert [o.id for o in place.organisations] == ["commissioner", "providers", "council"]
    assert place.path("points_of_delivery.csv").parent.name == "england"
    assert place.solutions == ()
    people = read_population(place.path("population.csv"))
    assert people[0, "male"] == people[90, "female"] == 10
    assert sum(people.values()) == 1820


def test_a_new_place_passes_its_own_check_with_its_example(arden: Path) -> None:
    result = check(arden)
    assert result.faults == ()
    assert any("1 solution that claims £1.5m in 2020/21: 1 idea." in note for note in result.notes)


def test_the_last_age_may_be_written_as_and_over(tmp_path: Path, population: Path) -> None:
    population.write_text(
        population.read_text(encoding="utf-8").replace("90,", "90+,"), encoding="utf-8"
    )
    folder = new(tmp_path / "arden", population)
    written = (folder / "population.csv").read_text(encoding="utf-8")
    assert written.splitlines()[-1] == "90,female,10"


def test_a_place_is_named_after_its_folder_where_no_name_is_given(
    tmp_path: Path, population: Path
) -> None:
    assert load(new(tmp_path / "west-mercia", population)).name == "West Mercia"


def test_an_empty_folder_may_become_a_place(tmp_path: Path, population: Path) -> None:
    (tmp_path / "arden").mkdir()
    assert load(new(tmp_path / "arden", population)).id == "arden"


@pytest.mark.parametrize(
    ("old", "with_", "message"),
    [
        (
            "age,sex,population",
            "age,sex,poplation",
            'line 1, column "poplation": "poplation": unknown column; expected age, sex, '
            'population. Did you mean "population"?',
        ),
        (
            "\n3,male,10",
            "\n3,male,-10",
            'line 8, column "population": "-10": expected 0 or more.',
        ),
        (
            "\n3,male,10",
            "\n3,Mole,10",
            'line 8, column "sex": "Mole": expected one of male, female, all, '
            'unknown. Did you mean "male"?',
        ),
        (
            "\n3,male,10",
            "\n2,male,10",
            'line 8, column "age": "2": this age is listed twice for male people.',
        ),
        (
            "\n3,male,10\n",
            "\n",
            'column "age": expected every year of age from 0 to 90 for male people; left out: 3.',
        ),
        (
            "\n3,male,10",
            "\n3+,male,10",
            'line 8, column "age": "3+": expected 3: only the last age may include older people.',
        ),
        (
            "\n3,male,10",
            "\nthree,male,10",
            'line 8, column "age": "three": expected years of age from 0 to 120, a band such as '
            '5-9, or "90+" for the last.',
        ),
        (
            "\n3,male,10",
            "\n200,male,10",
            'line 8, column "age": "200": expected years of age from 0 to 120, '
            'or "90+" for the last.',
        ),
    ],
)
def test_a_faulty_population_leaves_nothing_behind(
    tmp_path: Path, population: Path, old: str, with_: str, message: str
) -> None:
    population.write_text(
        population.read_text(encoding="utf-8").replace(old, with_), encoding="utf-8"
    )
    with pytest.raises(InputError) as refusal:
        new(tmp_path / "arden", population)
    assert str(refusal.value).startswith(f"{population}, {message}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["people.csv"]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbfage,sex,population\n", "expected at least one row"),
        ("age,sex,population\n0,mâle,1\n".encode("latin-1"), '"mâle": expected one of male'),
        ("age,sex,population\n0,male,1\n".encode("utf-16"), "this is UTF-16"),
        (b"age,sex,population\n0,male,0\n0,female,0\n", "expected people; all are 0"),
    ],
)
def test_a_population_that_is_no_table_is_refused(
    tmp_path: Path, population: Path, raw: bytes, message: str
) -> None:
    population.write_bytes(raw)
    with pytest.raises(InputError, match=message):
        new(tmp_path / "arden", population)
    assert not (tmp_path / "arden").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, population: Path) -> None:
    held = tmp_path / "arden" / "notes.txt"
    held.parent.mkdir()
    held.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        new(tmp_path / "arden", population)
    assert str(refusal.value) == (
        f'"{tmp_path / "arden"}": expected a new or an empty folder; it holds notes.txt.'
    )
    assert held.read_text(encoding="utf-8") == "mine"


def test_a_file_in_place_of_the_folder_is_refused(population: Path) -> None:
    with pytest.raises(InputError, match="there is already a file of this name"):
        new(population, population)


def test_a_missing_population_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this file is required but is missing"):
        new(tmp_path / "arden", tmp_path / "nobody.csv")


def test_an_interruption_leaves_nothing_half_written(
    tmp_path: Path, population: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        new(tmp_path / "arden", population)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["people.csv"]
