"""A population is read as people have it, and what was understood is told."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tripleaim.place import InputError, areas_of, read_population, years_of
from tripleaim.place.age_texts import NO_END, Ages, read_ages
from tripleaim.place.england_ages import england_people
from tripleaim.place.population import people_with_faults
from tripleaim.tables import File

SEXES = ("male", "female")


def file(lines: Iterable[str], header: str = "age,sex,population") -> File:
    return File.of(Path("ages.csv"), "\n".join([header, *lines, ""]).encode())


def single(last: str = "90+", at: float = 10) -> list[str]:
    ages = [*map(str, range(int(last.rstrip("+")))), last]
    return [f"{age},{sex},{at}" for age in ages for sex in SEXES]


def read(lines: Iterable[str], header: str = "age,sex,population") -> tuple[dict, list[str]]:
    population, faults = people_with_faults(file(lines, header))
    assert faults == []
    return dict(population.people), [str(note) for note in population.notes]


def faults(lines: Iterable[str], header: str = "age,sex,population") -> list[str]:
    return [str(fault) for fault in people_with_faults(file(lines, header))[1]]


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("7", Ages(7, 7)),
        ("07", Ages(7, 7)),
        ("7.0", Ages(7, 7)),
        ("Age 7", Ages(7, 7)),
        ("Aged 7 years", Ages(7, 7)),
        ("1 year", Ages(1, 1)),
        ("Under 1", Ages(0, 0)),
        ("under 5", Ages(0, 4)),
        ("90+", Ages(90, NO_END)),
        ("90 +", Ages(90, NO_END)),
        ("90 and over", Ages(90, NO_END)),
        ("Aged 90 years and over", Ages(90, NO_END)),
        ("90 or over", Ages(90, NO_END)),
        ("95 plus", Ages(95, NO_END)),
        ("5-9", Ages(5, 9)),
        ("5 to 9", Ages(5, 9)),
        ("Aged 5 to 9 years", Ages(5, 9)),
        ("5–9", Ages(5, 9)),
        ("05_09", Ages(5, 9)),
        ("All ages", Ages(0, NO_END)),
        ("ALL", Ages(0, NO_END)),
        ("Total", Ages(0, NO_END)),
    ],
)
def test_ages_are_read_as_publishers_write_them(text: str, ages: Ages) -> None:
    assert read_ages(text) == ages


@pytest.mark.parametrize("text", ["", "old", "-1", "121", "9-5", "5-9-13", "4½", "1e1", "∞"])
def test_what_is_no_age_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected years of age"):
        read_ages(text)


@pytest.mark.parametrize("text", ["05-Sep", "Oct-14", "2016-09-05", "14/10/2016", "5 Sep"])
def test_an_age_band_that_a_spreadsheet_made_a_date_is_reported(text: str) -> None:
    with pytest.raises(ValueError, match="seems to have turned an age band"):
        read_ages(text)


def test_names_and_codes_that_the_nhs_prints_are_read() -> None:
    lines = [line.replace("female", "2").replace("male", "1") for line in single()]
    people, notes = read(lines, "AGE,SEX,NUMBER_OF_PATIENTS")
    assert people == read(single())[0]
    assert len(notes) == 2


def test_a_file_of_the_ons_with_area_code_and_name_is_read_and_its_other_columns_listed() -> None:
    lines = [f"E06000066,Somerset,{line}" for line in single("90")]
    people, notes = read(lines, "ladcode23,laname23,age,sex,population_2022")
    assert people == read(single())[0]
    assert "ages.csv, line 1: not used: the columns ladcode23, laname23." in notes


def test_several_areas_need_a_choice_and_the_chosen_one_is_used() -> None:
    header = "code,name,age,sex,population"
    lines = [f"{area},{line}" for area in ("E1,Bath", "E2,Wells") for line in single()]
    (told,) = faults(lines, header)
    assert told.startswith('ages.csv, column "code": expected the people of one area; this')
    assert "2: E1, E2. Choose one (--area)" in told
    population, none = people_with_faults(file(lines, header), "wells")
    assert none == []
    assert sum(population.people.values()) == 1820
    assert (
        str(population.notes[-1]) == "ages.csv: 182 lines of other areas than wells are not read."
    )
    (told,) = (str(f) for f in people_with_faults(file(lines, header), "Welsh")[1])
    assert told.endswith('expected an area of the file. Did you mean "Wells"?')


YEARS = ("mid-2014", "mid-2015", "mid-2016")
ONE_YEAR = "expected the people of one year; this file has {}: choose one (--year {}), or keep"


def test_several_years_as_lines_need_a_choice_and_the_chosen_one_is_used() -> None:
    several = file(
        [f"{line},{year}" for year in YEARS for line in single()], "age,sex,population,year"
    )
    assert years_of(several) == YEARS
    (told,) = people_with_faults(several)[1]
    assert ONE_YEAR.format(", ".join(YEARS), "2016") in str(told)
    for asked in ("2015", "mid-2015", "MID-2015"):
        population, none = people_with_faults(several, year=asked)
        assert none == []
        assert sum(population.people.values()) == 1820
        assert "364 lines of other years than mid-2015 are not read" in str(population.notes[-1])
    (told,) = people_with_faults(several, year="2019")[1]
    assert '"2019": expected a year of the file: mid-2014, mid-2015, mid-2016' in str(told)


@pytest.mark.parametrize("stem", ["population_", "", "Persons ", "population_mid_"])
def test_several_years_as_columns_need_a_choice_and_the_chosen_one_is_used(stem: str) -> None:
    lines = [f"{line},20,30" for line in single()]
    several = file(lines, f"age,sex,{stem}2014,{stem}2015,{stem}2016")
    assert years_of(several) == ("2014", "2015", "2016")
    (told,) = people_with_faults(several)[1]
    assert ONE_YEAR.format("2014, 2015, 2016", "2016") in str(told)
    population, none = people_with_faults(several, year="2015")
    assert none == []
    assert sum(population.people.values()) == 20 * 182
    assert any("not used: the columns" in str(note) for note in population.notes)


def test_days_of_one_year_are_separate_and_areas_within_one_need_a_choice() -> None:
    days = ("01JUL2016", "01OCT2016")
    lines = [f"{day},{area},{line}" for day in days for area in "XY" for line in single()]
    several = file(lines, "extract_date,area,age,sex,population")
    assert years_of(several) == days
    assert areas_of(several, days[0]) == ("X", "Y")
    assert "this file has 01JUL2016, 01OCT2016: choose one" in str(
        people_with_faults(several)[1][0]
    )
    assert len(people_with_faults(several, year="2016")[1]) == 1
    (told,) = people_with_faults(several, year=days[1])[1]
    assert "this column has 2: X, Y" in str(told)
    population, none = people_with_faults(several, "y", days[1])
    assert none == []
    assert sum(population.people.values()) == 1820


def test_a_year_of_birth_and_a_single_year_are_no_choice() -> None:
    ages = [*map(str, range(90)), "90+"]
    lines = [f"{a},{s},10,{2016 - at}" for at, a in enumerate(ages) for s in SEXES]
    born = file(lines, "age,sex,population,year_of_birth")
    assert years_of(born) == ()
    assert people_with_faults(born)[1] == []
    one = file([f"{line},2016/17" for line in single()], "age,sex,population,year")
    assert years_of(one) == ("2016/17",)
    assert people_with_faults(one)[1] == people_with_faults(one, year="2016")[1] == []
    (told,) = people_with_faults(file(single()), year="2016")[1]
    assert '"2016": expected no year: the file names no year' in str(told)


def test_totals_that_equal_the_sum_are_left_out_and_reported() -> None:
    lines = ["All ages,male,910", *single(), "75+,female,160", "All ages,all,1820", "0,Persons,20"]
    people, notes = read(lines)
    assert people == read(single())[0]
    assert notes[-1].startswith("ages.csv: 4 lines of totals equal the sum and are left out (all ")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("All ages,male,911", '"911": expected 910, the sum of the 91 lines that make up this'),
        ("75+,female,1", '"1": expected 160, the sum of the 16 lines that make up this total'),
        ("7,all,21", '"21": expected 20, the sum of the 2 lines that make up this total'),
    ],
)
def test_a_total_that_is_not_the_sum_is_refused(line: str, told: str) -> None:
    (fault,) = faults([*single(), line])
    assert told in fault


def test_five_year_bands_are_spread_as_englands_people_are() -> None:
    bands = [*(f"{age}-{age + 4}" for age in range(0, 90, 5)), "90+"]
    people, notes = read([f"{band},{sex},1000" for band in bands for sex in SEXES])
    england = england_people()
    for sex in SEXES:
        for first in range(0, 90, 5):
            band = [people[age, sex] for age in range(first, first + 5)]
            shape = [england[age, sex] for age in range(first, first + 5)]
            assert sum(band) == pytest.approx(1000)
            assert band == pytest.approx([1000 * n / sum(shape) for n in shape])
        assert people[90, sex] == 1000
    assert notes[-1] == (
        "ages.csv: female people of the age bands 0-4, 5-9, 10-14 … 85-89 are spread over single "
        "years in the same proportions as in England."
    )


def test_bands_beyond_englands_last_age_are_spread_too() -> None:
    lines = [line for line in single("90") if not line.startswith("90")]
    people, _ = read([*lines, *(f"{b},{s},100" for b in ("90-94", "95+") for s in SEXES)])
    ninety = [people[age, "male"] for age in range(90, 95)]
    assert sum(ninety) == pytest.approx(100)
    assert ninety == sorted(ninety, reverse=True)
    assert people[95, "male"] == 100


@pytest.mark.parametrize(("last", "asked"), [("65+", False), ("65", True)])
def test_a_young_open_class_is_spread_and_one_that_is_not_marked_is_asked_about(
    last: str, asked: bool
) -> None:
    lines = [f"{age},{sex},{1000 if age == last else 100}" for age in [*map(str, range(65)), last]
             for sex in SEXES]  # fmt: skip
    people, notes = read(lines)
    assert max(age for age, _ in people) == 90
    assert sum(people[age, "male"] for age in range(65, 91)) == pytest.approx(1000)
    assert people[65, "male"] < 100
    question = "1,000 male people are 65 and nobody is older: does that age include everyone older?"
    assert any(question in note for note in notes) == asked


def test_ages_that_end_early_are_used_unchanged() -> None:
    people, notes = read(single("64"))
    assert max(age for age, _ in people) == 64
    assert notes == []


def test_one_sex_alone_or_both_together_are_refused() -> None:
    assert faults([line for line in single() if ",male" in line]) == [
        'ages.csv, column "age": expected every year of age from 0 to 90 for female people; '
        "left out: 0 to 90."
    ]
    (told,) = faults([line.replace("female", "all") for line in single() if "female" in line])
    assert told.endswith("expected male and female; the file has both sexes together.")


def test_bands_that_overlap_are_refused() -> None:
    (told,) = faults([*single(), "88-95,male,3"])
    assert told.startswith('ages.csv, line 184, column "age": "88-95": expected ages that no other')


def test_all_faults_of_a_population_are_reported_at_once() -> None:
    lines = [*single()[:-2], "90+,male,x", "90+,femal,3", "4,male,10"]
    with pytest.raises(InputError) as refusal:
        read_population(file(lines))
    assert len(refusal.value.all_faults) == 3
