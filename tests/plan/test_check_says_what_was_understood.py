"""The check of a footprint says what was understood, and asks about what is of another size."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tripleaim.core import RunContext
from tripleaim.place import Figure, InputError, Place, load, new, unread_figures
from tripleaim.place.england_ages import england_people
from tripleaim.plan import check_footprint, run_plan, what_was_understood
from tripleaim.plan.readers import all_readers
from tripleaim.plan.understood import trusts_nobody_pays

HEAD = "id,value,low,high,unit,year,basis,status,source,where,cause\n"


@pytest.fixture
def vale(tmp_path: Path) -> Path:
    """The folder of a made-up place of 120,000 people, of England's shape."""
    england = england_people()
    times = 120_000 / sum(england.values())
    lines = [f"{age},{sex},{n * times:.3f}" for (age, sex), n in england.items()]
    file = tmp_path / "ages.csv"
    file.write_text("\n".join(["age,sex,population", *lines, ""]), encoding="utf-8")
    return new(tmp_path / "vale", file)


def figures(folder: Path, *lines: str) -> None:
    text = "".join(f"{line},assumed,tripleaim,,ours\n" for line in lines)
    (folder / "figures.csv").write_text(HEAD + text, encoding="utf-8")


def notes(folder: Path) -> str:
    result = check_footprint(folder)
    assert [str(fault) for fault in result.faults] == []
    return "\n".join(result.notes)


def faults(folder: Path) -> str:
    return "\n".join(map(str, check_footprint(folder).faults))


def test_people_and_money_are_reported_and_a_usual_place_gets_no_question(vale: Path) -> None:
    figures(vale, "opening.commissioner,-4.5,,,£m,2016/17,")
    told = notes(vale)
    assert "120,000 people, 8.1% of them 75 and over (England 8.1%); the last age is 90 and" in told
    assert "Spend in 2015/16: £188.0m, £1,567 per person (Acute care £75." in told
    assert "Openings, before savings, in 2016/17: commissioner −£4.5m." in told
    assert "No opening of the providers is given: -6.5% of the income of the place's trusts" in told
    understood = what_was_understood(load(vale))
    assert not any("?" in line for line in understood)
    assert all(line in told for line in understood)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "spend-per-head.acute,0.645,,,£000/head,2015/16,",
            "line 2: spend-per-head.acute is read as 645 £/head, from 0.645 £000/head.",
        ),
        ("opening.commissioner,-4500000,,,£,2016/17,", "commissioner −£4.5m."),
        ("opening.commissioner,-4500,,,£m,2016/17,", "of a year's spend: is it in £m?"),
        (
            "opening.provider,-9,,,£m,2016/17,",
            "figures.csv, line 2: no result uses opening.provider; did you mean opening.providers?",
        ),
        (
            "spend-per-head.acute,64500,,,£/head,2015/16,",
            "per person is spent in 2015/16: is that so?",
        ),
    ],
)
def test_a_figure_of_another_unit_or_id_is_reported(vale: Path, line: str, told: str) -> None:
    figures(vale, line)
    assert told in notes(vale)


def test_an_unread_figure_is_reported_anywhere_with_the_nearest_one_that_is_read(
    vale: Path,
) -> None:
    figures(vale, "spend.hospital-acute,3,,,£/head,2015/16,", "travel.buses,7,,,buses,,")
    (vale / "figures_more.csv").write_text(
        HEAD + "beds.closed,40,,,beds,2016/17,,published,tripleaim,page 3,\n", encoding="utf-8"
    )
    told = [line for line in notes(vale).split("\n") if "no result uses" in line]
    assert told[0].startswith(
        "figures.csv, line 2: no result uses spend.hospital-acute; the nearest known"
    )
    assert told[1].startswith("figures.csv, line 3: no result uses travel.buses")
    assert len(told) == 2  # what is printed, and where, is there for the pages


class Recorded(dict[str, Figure]):
    """Figures that remember which of them were read."""

    def __init__(self, figures: Mapping[str, Figure]) -> None:
        super().__init__(figures)
        self.read: set[str] = set()

    def __getitem__(self, figure_id: str) -> Figure:
        self.read.add(figure_id)
        return super().__getitem__(figure_id)


def test_no_figure_that_a_verb_reads_is_reported_as_unread(somerset: Place) -> None:
    recorded = Recorded(somerset.figures)
    place = replace(somerset, figures=recorded)
    for read in all_readers():
        read(place)
    assert len(recorded.read) > 200
    assert not [line for line in unread_figures(somerset) for name in recorded.read if name in line]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "spend-per-head.acute,630,,,furlongs,2015/16,",
            '"furlongs": expected £/head, the unit',
        ),
        ("spend-per-head.acute,630,,,£/head,2015/17,", '"2015/17": expected a financial year'),
        ("spend-per-head.acute,630,,,£/head,2091/92,", '"2091/92": expected a year up to 20'),
        ("population.total,-5,,,people,2015,", '"-5.0": expected 0 or more people'),
    ],
)
def test_a_unit_belongs_to_an_id_and_a_year_is_one_that_can_be(
    vale: Path, line: str, told: str
) -> None:
    figures(vale, line)
    assert told in faults(vale)


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("800.0", "expected £m; this is 425% of the £188.0m that the place spends in a year"),
        ("1e15", "expected £m, at most 10,000 (are these pounds?)"),
    ],
)
def test_a_claim_of_more_than_is_spent_is_refused(vale: Path, amount: str, told: str) -> None:
    example = vale / "solutions" / "hospital-at-home.toml.example"
    text = example.read_text("utf-8")
    assert "commissioner = {" in text
    head, _, rest = text.partition("commissioner = {")
    text = head + f'commissioner = {{ "2020/21" = {amount} }}' + rest[rest.index("\n") :]
    (vale / "solutions" / "hospital-at-home.toml").write_text(text, encoding="utf-8")
    assert told in faults(vale)


def test_a_solution_whose_name_no_address_can_carry_is_refused(vale: Path) -> None:
    example = vale / "solutions" / "hospital-at-home.toml.example"
    for name in ("v1.2-hub.toml", "Hospital At Home.toml"):
        (vale / "solutions" / name).write_text(example.read_text("utf-8"), encoding="utf-8")
    told = faults(vale)
    assert '"v1.2-hub": expected a file named in letters, digits, hyphens' in told
    assert '"Hospital At Home": expected' in told


def test_a_plan_is_refused_what_the_check_refuses_in_the_same_words(
    vale: Path, tmp_path: Path
) -> None:
    (vale / "popultion.csv").write_text("age,sex,population\n", encoding="utf-8")
    (vale / "localities.csv").write_text(
        "# source tripleaim\nlocality,population,status,source,cause\n"
        "north,-4,public,tripleaim,x\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as refusal:
        run_plan(load(vale), RunContext(1), tmp_path / "out")
    assert str(refusal.value) == faults(vale)
    assert len(refusal.value.all_faults) == 2


def test_a_trust_that_no_flow_pays_is_asked_about(somerset: Place) -> None:
    assert list(trusts_nobody_pays(somerset)) == []
    trust = replace(somerset.organisations[0], id="RXX", side="provider", kind="acute trust")
    more = replace(somerset, organisations=(*somerset.organisations, trust))
    assert list(trusts_nobody_pays(more)) == [f"No flow pays {trust.name} (RXX): is that so?"]


def of_a_verb_alone(vale: Path) -> None:
    """A fault of a file that the books read and the plan does not."""
    england = load("england").own.text("payment_rules.toml")
    (vale / "payment_rules.toml").write_text(f"{england}\nnonsense = 1\n", encoding="utf-8")


def of_a_claim(vale: Path) -> None:
    """A solution that saves more than all that is spent."""
    example = vale / "solutions" / "hospital-at-home.toml.example"
    text = re.sub(r'"2020/21" = 1\.0', '"2020/21" = 800', example.read_text("utf-8"))
    example.with_suffix("").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("spoil", [of_a_verb_alone, of_a_claim])
def test_a_plan_is_refused_what_the_readers_of_any_verb_refuse(
    vale: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(vale)
    told = faults(vale)
    assert told
    with pytest.raises(InputError) as refusal:
        run_plan(load(vale), RunContext(1), tmp_path / "out")
    assert str(refusal.value) == told
    assert not (tmp_path / "out").exists()


def test_more_people_than_is_possible_are_refused(vale: Path) -> None:
    file = vale / "population.csv"
    text = re.sub(r"(?<=male,)[0-9]+", lambda n: f"{n[0]}00", file.read_text("utf-8"))
    file.write_text(text, encoding="utf-8")
    assert "expected between 1 and 10000000 people in all" in faults(vale)


def test_a_file_cut_off_and_one_in_thousands_are_asked_about(vale: Path) -> None:
    file = vale / "population.csv"
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([*lines[:133], ""]), encoding="utf-8")
    england = england_people()
    older = sum(n for (age, _), n in england.items() if age > 64) / sum(england.values())
    told = f"Nobody is older than 64, where {older:.1%} of England's people are: was the file cut"
    assert told in notes(vale)
