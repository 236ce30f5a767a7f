from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tripleaim.core import RunContext
from tripleaim.people import SEXES, People, check_people, synthesise
from tripleaim.place import InputError, Place

BANDS = [(0, 4), (5, 14), (15, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 200)]


def rows(place: Place, name: str) -> list[dict[str, str]]:
    lines = place.path(name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_everybody_registered_in_january_2016_is_there_once(somerset_people: People) -> None:
    assert len(somerset_people) == 562_446
    assert (somerset_people.person == np.arange(562_446)).all()
    assert len(set(somerset_people.areas.practices)) == 75
    assert len(set(somerset_people.areas.locality)) == 9
    assert len(somerset_people.areas.lsoas) == 327


def test_each_practice_has_its_patients_by_sex_and_age_band(
    somerset: Place, somerset_people: People
) -> None:
    expected = {
        (row["practice"], row["sex"], row["age_band"]): int(row["patients"])
        for row in rows(somerset, "registered.csv")
    }
    age = somerset_people.age_in("2015/16")
    band = np.searchsorted([low for low, _ in BANDS], age, side="right") - 1
    found = Counter(
        zip(
            somerset_people.practice.tolist(),
            somerset_people.sex.tolist(),
            band.tolist(),
            strict=True,
        )
    )
    names = ["75+" if low == 75 else f"{low}-{high}" for low, high in BANDS]
    assert {
        (somerset_people.areas.practices[p], SEXES[s], names[b]): n
        for (p, s, b), n in found.items()
    } == {key: n for key, n in expected.items() if n}


def test_single_years_follow_the_residents_within_a_band(
    somerset: Place, somerset_people: People
) -> None:
    residents = Counter[tuple[str, int]]()
    for row in rows(somerset, "residents.csv"):
        residents[row["sex"], int(row["age"])] += int(row["residents"])
    age = somerset_people.age_in("2015/16")
    for sex, name in enumerate(SEXES):
        mine = np.bincount(age[somerset_people.sex == sex], minlength=106)
        official = np.array([residents[name, a] for a in range(65, 75)], dtype=float)
        assert np.allclose(mine[65:75], official * mine[65:75].sum() / official.sum(), atol=1)


def test_birthdays_fall_in_all_months_alike(somerset_people: People) -> None:
    months = np.bincount((somerset_people.birth.astype(int)) % 12, minlength=12)
    assert np.allclose(months, 562_446 / 12, rtol=0.02)
    age = somerset_people.age_in("2015/16")
    assert (age.min(), age.max()) == (0, 105)


def test_residents_match_by_sex_and_age_except_where_too_few_are_registered(
    somerset: Place, somerset_people: People
) -> None:
    official = np.zeros((2, 91), dtype=int)
    for row in rows(somerset, "residents.csv"):
        official[SEXES.index(row["sex"]), int(row["age"])] += int(row["residents"])
    age = np.minimum(somerset_people.age_in("2015/16"), 90)
    registered, resident = np.zeros((2, 91), dtype=int), np.zeros((2, 91), dtype=int)
    np.add.at(registered, (somerset_people.sex, age), 1)
    np.add.at(resident, (somerset_people.sex, age), somerset_people.resident)
    # 90 and over is held by single years of age, each rounded.
    assert (np.abs(resident - np.minimum(official, registered)) <= 6).all()
    assert official.sum() == 545_390
    assert official.sum() - resident.sum() == 747
    assert (official - resident)[:, :5].sum() == 747


def test_somerset_meets_every_figure_it_is_checked_against(
    somerset: Place, somerset_people: People
) -> None:
    checks = check_people(somerset_people, somerset)
    assert [c.name for c in checks if not c.passes] == []
    by_name = {c.name: c for c in checks}
    assert by_name["75 and over, registered"].found == pytest.approx(10.46, abs=0.005)
    assert by_name["75 and over, residents"].found == pytest.approx(10.75, abs=0.01)
    assert len(checks) == 5 + 17 + 18 + 5
    assert {c.source for c in checks} <= set(somerset.sources)


def test_a_check_fails_when_people_go_missing(somerset: Place, somerset_people: People) -> None:
    half = somerset_people.take(np.arange(0, len(somerset_people), 2))
    failed = {c.name for c in check_people(half, somerset) if not c.passes}
    assert {"people registered", "of whom live in the place"} <= failed
    healthy = replace(somerset_people, conditions=np.zeros_like(somerset_people.conditions))
    assert sum(not c.passes for c in check_people(healthy, somerset)) == 17 + 5


def test_another_seed_gives_other_people_to_the_same_margins(
    village: Callable[..., Place], thousand: str
) -> None:
    place = village(thousand)
    one, same, other = (synthesise(place, RunContext(seed)) for seed in (1, 1, 2))
    assert (one.conditions == same.conditions).all()
    assert (one.birth == same.birth).all()
    assert (one.birth != other.birth).any()
    assert (one.age_in("2015/16") == other.age_in("2015/16")).all()


def test_a_population_alone_makes_people(village: Callable[..., Place], thousand: str) -> None:
    place = village(thousand)
    people = synthesise(place, RunContext(1))
    assert len(people) == 1_000
    assert people.resident.all()
    assert people.areas.practices == ("village",)
    assert people.areas.locality == ("Village",)
    assert np.bincount(people.quintile, minlength=6)[1:].sum() == 1_000
    assert (np.bincount(people.quintile, minlength=6)[1:] > 120).all()
    ages = people.age_in("2015/16")
    assert np.bincount(ages, minlength=106)[45:94].tolist() == [20] * 49
    # The last age, 94, stands for all who are older.
    assert (ages >= 94).sum() == 20
    assert (ages > 94).sum() > 0
    assert all(c.passes for c in check_people(people, place))


def test_progress_is_told_to_the_end(village: Callable[..., Place], thousand: str) -> None:
    told: list[tuple[str, float]] = []
    synthesise(village(thousand), RunContext(1, lambda what, done: told.append((what, done))))
    assert {what for what, _ in told} == {"building the people"}
    assert [done for _, done in told] == pytest.approx([n / 22 for n in range(1, 23)])


@pytest.mark.parametrize(
    ("population", "line", "expected"),
    [
        ("age,sex,population\n30,male,-1\n", 2, "expected 0 or more"),
        ("age,sex,population\n30,lamb,10\n", 2, "expected one of male, female"),
        ("age,sex,population\n30,male,10\n30,male,10\n", 3, "is listed twice"),
        ("age,sex,population\n0,male,0\n0,female,0\n", None, "expected people; all are 0"),
        ("age,sex,population\n0,male,11000000\n0,female,0\n", None, "expected between 1 and"),
        ("age,sex,population\n1,male,10\n1,female,9\n", None, "left out: 0."),
        ("age,sex,poplation\n30,male,10\n", 1, "unknown column"),
        ("age,sex,population\n", 1, "at least one row"),
    ],
)
def test_a_population_that_cannot_be_used_is_refused_by_line(
    village: Callable[..., Place], population: str, line: int | None, expected: str
) -> None:
    with pytest.raises(InputError) as fault:
        synthesise(village(population), RunContext(1))
    assert expected in str(fault.value)
    assert fault.value.line == line
    assert fault.value.file
    assert fault.value.file.endswith("population.csv")


def test_a_place_without_people_of_its_own_is_not_given_englands(
    village: Callable[..., Place],
) -> None:
    with pytest.raises(InputError, match=r"expected registered\.csv .* or population\.csv"):
        synthesise(village(), RunContext(1))


LISTS = {
    "localities": "locality,status,source,cause\nHere,assumed,tripleaim,test\n",
    "practices": "practice,name,postcode,locality,lat,lon,location_status\n"
    "L1,Surgery,TA1 1AA,Here,51,-3,public\nL2,Health Centre,TA2 1AA,Here,51.1,-3,public\n",
    "residents": "district,sex,age,residents\n"
    + "\n".join(f"D,{sex},{age},20" for sex in SEXES for age in range(91)),
    "lsoas": "lsoa,district,imd_rank,quintile,lat,lon,population\n"
    "E1,D,100,1,51,-3,900\nE2,D,30000,5,51.1,-3,900\n",
    "registered": "practice,sex,age_band,patients\n"
    + "\n".join(
        f"{p},{sex},{band},{n}"
        for p, n in (("L1", 500), ("L2", 0))
        for sex in SEXES
        for band in ("0-64", "65+")
    ),
}


def test_a_practice_without_patients_does_no_harm(village: Callable[..., Place]) -> None:
    people = synthesise(village(**LISTS), RunContext(1))
    assert len(people) == 2_000
    assert (people.practice == 0).all()
    assert abs(int((people.lsoa == 0).sum()) - 1_000) <= 1


@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        ("registered", "L1,male,0-64", "L3,male,0-64", "expected a practice of practices.csv"),
        ("registered", "L1,male,65+", "L1,male,old", "expected an age band"),
        ("registered", "0-64", "0-60", "consecutive age bands"),
        ("registered", "L1,female,0-64", "L1,male,0-64", "are listed twice"),
        ("practices", "Health Centre,TA2 1AA,Here", "Health Centre,TA2 1AA,Hear", "a locality of"),
        ("practices", "L2,", "L1,", "listed twice"),
        ("lsoas", "E2,D", "E2,Dd", "expected a district of residents.csv"),
        ("lsoas", "E2,D,30000,5", "E2,D,30000,6", "expected 5 or less"),
        ("residents", "D,male,0,", "C,male,0,", "small areas with people in this district"),
    ],
)
def test_lists_that_do_not_fit_together_are_refused(
    village: Callable[..., Place], table: str, old: str, new: str, expected: str
) -> None:
    files = {**LISTS, table: LISTS[table].replace(old, new)}
    with pytest.raises(InputError, match=expected):
        synthesise(village(**files), RunContext(1))
