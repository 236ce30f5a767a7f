"""People who can be those of no place are refused: a file cut off, a sex or the children lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tripleaim.place import (
    InputError,
    check,
    england_people,
    load,
    new,
    people_of,
    questions_of_people,
    shipped_places,
)

People = dict[tuple[int, str], float]


@pytest.fixture
def vale(tmp_path: Path) -> Path:
    """The folder of a made-up place of 100,000 people, of England's shape."""
    return new(tmp_path / "vale", written(tmp_path / "ages.csv", of_england()))


def of_england() -> People:
    england = england_people()
    times = 100_000 / sum(england.values())
    return {key: n * times for key, n in england.items()}


def written(file: Path, people: People) -> Path:
    lines = [f"{age},{sex},{n:.3f}" for (age, sex), n in people.items()]
    text = "\n".join(["# source tripleaim", "age,sex,population", *lines, ""])
    file.write_text(text, encoding="utf-8")
    return file


def kept(which: Callable[[int, str], bool], *, as_zeros: bool = False) -> People:
    people = of_england()
    if as_zeros:
        return {key: n if which(*key) else 0.0 for key, n in people.items()}
    return {key: n for key, n in people.items() if which(*key)}


def up_to(last: int) -> Callable[[int, str], bool]:
    return lambda age, _sex: age <= last


REFUSED = {
    "cut off after 39": (kept(up_to(39)), "nobody is older than 39, where 50% of England's"),
    "zeros after 39": (kept(up_to(39), as_zeros=True), "nobody is older than 39"),
    "cut off after 55": (kept(up_to(55)), "nobody is older than 55"),
    "one sex": (kept(lambda _, sex: sex == "male", as_zeros=True), "another age or sex"),
    "the old alone": (kept(lambda age, _: age >= 60, as_zeros=True), "another age or sex"),
}


@pytest.mark.parametrize(("people", "told"), REFUSED.values(), ids=REFUSED)
def test_people_who_are_no_place_s_are_refused(
    vale: Path, tmp_path: Path, people: People, told: str
) -> None:
    file = written(vale / "population.csv", people)
    (fault,) = check(vale).faults
    assert str(fault).startswith(f'{file}, column "population": ')
    assert told in str(fault)
    with pytest.raises(InputError, match="England"):
        new(tmp_path / "other", written(tmp_path / "other.csv", people))


ASKED = {
    "cut off after 64": (kept(up_to(64)), "Nobody is older than 64"),
    "no children": (kept(lambda age, _: age >= 15, as_zeros=True), "0.0% are children under 15"),
}


@pytest.mark.parametrize(("people", "told"), ASKED.values(), ids=ASKED)
def test_people_who_may_be_a_place_s_are_asked_about(vale: Path, people: People, told: str) -> None:
    written(vale / "population.csv", people)
    assert check(vale).faults == ()
    assert told in "\n".join(questions_of_people(people_of(load(vale).own)))


@pytest.mark.parametrize("name", shipped_places())
def test_shipped_lists_and_residents_are_a_place_s(name: str) -> None:
    assert check(name).faults == ()


FIGURES = "id,value,low,high,unit,year,basis,status,source,where,cause\n"


@pytest.mark.parametrize("figure", ["population.total", "people.registered", "people.residents"])
def test_half_the_people_that_a_figure_of_the_place_counts_are_refused(
    vale: Path, figure: str
) -> None:
    line = f"{figure},230000,,,people,2016,,assumed,tripleaim,,ours\n"
    (vale / "figures.csv").write_text(FIGURES + line, encoding="utf-8")
    (fault,) = check(vale).faults
    assert (fault.line, fault.column, fault.value) == (2, "value", 230000.0)
    assert fault.expected == "expected about 100,000, the people of population.csv"


def test_people_of_another_size_than_a_figure_are_asked_about(vale: Path) -> None:
    line = "population.total,130000,,,people,2016,,assumed,tripleaim,,ours\n"
    (vale / "figures.csv").write_text(FIGURES + line, encoding="utf-8")
    told = "130,000 people are counted here, and 100,000 in population.csv: is that so?"
    assert told in "\n".join(check(vale).notes)


def test_registers_of_other_people_are_refused(vale: Path) -> None:
    (vale / "registers.csv").write_text(
        "register,condition,minimum_age,list_size,all_ages,register_count,england_pct,source\n"
        "DM,diabetes,17,300000,400000,20000,6.5,tripleaim\n",
        encoding="utf-8",
    )
    (fault,) = [f for f in check(vale).faults if f.column == "list_size"]
    assert "the people of population.csv from age 17" in fault.expected


def test_lists_cut_off_at_an_age_are_refused(tmp_path: Path) -> None:
    shipped = load("somerset").folder
    folder = tmp_path / "somerset"
    folder.mkdir()
    for file in shipped.rglob("*"):
        if file.is_file():
            target = folder / file.relative_to(shipped)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    lists = folder / "registered.csv"
    bands = ("0-4", "5-14", "15-24", "25-34")
    lines = lists.read_text("utf-8").splitlines()
    above = [line for line in lines if line.startswith("#")]
    young = [line for line in lines if line.split(",")[2:3] and line.split(",")[2] in bands]
    header = "practice,sex,age_band,patients"
    lists.write_text("\n".join([*above, header, *young, ""]), encoding="utf-8")
    told = "nobody is older than 34"
    assert any(told in str(f) and "registered.csv" in str(f) for f in check(folder).faults)
