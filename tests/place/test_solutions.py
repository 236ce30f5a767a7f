"""A solution's file is read in the field's words, and each fault is told where it stands."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from faulty import outcome, spoil
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.place import FolderFiles, InputError, load
from tripleaim.place.loading import (
    read_all_figures,
    read_all_sources,
    read_conditions,
    read_organisations,
    read_points_of_delivery,
    solutions_may_name,
)
from tripleaim.place.outline import read_outline
from tripleaim.place.solutions import Known, read_solution


def known_to(folder: Path) -> Known:
    outline = read_outline(FolderFiles.read(folder))
    files = outline.files
    sources = read_all_sources(files)
    figures = read_all_figures(files, sources)
    return solutions_may_name(
        outline,
        read_organisations(files, sources),
        read_points_of_delivery(files, figures),
        read_conditions(files),
        sources,
    )


def test_a_solution_is_read_whole(arden: Path) -> None:
    solution = load(arden).solution("hospital-at-home")
    assert solution.who == "age >= 75 and conditions_count >= 3"
    assert solution.uptake == 0.3
    assert solution.effects[0].point_of_delivery == "acute-non-elective"
    assert solution.effects[0].evidence.value == -0.05
    assert solution.claim["commissioner"] == {
        "2016/17": 0.0,
        "2017/18": 0.0,
        "2018/19": 0.0,
        "2019/20": 0.0,
        "2020/21": 1.0,
    }
    assert solution.recurrent["2020/21"] == 0.4


@pytest.mark.parametrize(
    ("old", "with_", "message"),
    [
        (
            '"age >= 75 and conditions_count >= 3"',
            '"age >= 75 and condition_count >= 3"',
            'column "reach.who": "condition_count": unknown column; expected age, sex,',
        ),
        (
            '"age >= 75 and conditions_count >= 3"',
            '"age >= 75 and"',
            'column "reach.who": "age >= 75 and": expected a condition such as',
        ),
        (
            '"age >= 75 and conditions_count >= 3"',
            '"sex = 1"',
            'column "reach.who": "sex = 1": expected texts on every side, found a number.',
        ),
        (
            '"age >= 75 and conditions_count >= 3"',
            '"age + 1"',
            'column "reach.who": "age + 1": expected a condition that is true or false',
        ),
        (
            'commissioner = { "2020/21" = 1.0 }',
            'commissioner = { "2021/22" = 1.0 }',
            'column "claim.commissioner.2021/22": "2021/22": expected a year of the plan, '
            '2016/17 to 2020/21, or a year such as first year + 1. Did you mean "2020/21"?',
        ),
        (
            'commissioner = { "2020/21" = 1.0 }',
            'commissioner = { "2020/21" = nan }',
            'column "claim.commissioner.2020/21": "nan": expected a finite number.',
        ),
        (
            'commissioner = { "2020/21" = 1.0 }',
            'commisioner = { "2020/21" = 1.0 }',
            'column "claim.commisioner": "commisioner": unknown key; expected commissioner, '
            'providers, status, source, cause, prices. Did you mean "commissioner"?',
        ),
        (
            "uptake = 0.3",
            "uptake = 30",
            'column "reach.uptake": "30.0": expected a share between 0 and 1.',
        ),
        (
            'start = "2016/17"',
            'start = "2015/16"',
            'column "reach.start": "2015/16": expected one of 2016/17, 2017/18, 2018/19, 2019/20, '
            '2020/21, or a year such as first year + 1. Did you mean "2016/17"?',
        ),
        (
            "years_to_full = 3",
            "years_to_full = 0",
            'column "reach.years_to_full": "0": expected a whole number of years, 1 to 50.',
        ),
        (
            'point_of_delivery = "acute-non-elective"',
            'point_of_delivery = "acute-nonelective"',
            'column "effects.0.point_of_delivery": "acute-nonelective": expected one of acute-ae,',
        ),
        (
            "weight = 1.0",
            "weight = -1",
            'column "effects.0.weight": "-1.0": expected a number from 0 to 1,000.',
        ),
        (
            "low = -0.15",
            "low = 0.15",
            'column "effects.0.evidence": "0.15 to 0.05": expected an interval that holds -0.05.',
        ),
        (
            "low = -0.15",
            "low = -1.5",
            'column "effects.0.evidence.low": "-1.5": expected a fall of at most 100% (-1).',
        ),
        (
            'organisations = ["providers"]',
            'organisations = ["provider"]',
            'column "organisations.0": "provider": expected one of commissioner, providers, '
            'council. Did you mean "providers"?',
        ),
        (
            'organisations = ["providers"]',
            "organisations = [3]",
            'column "organisations.0": "3": expected a text in quotes.',
        ),
        (
            "priority = 1",
            "priority = 9",
            'column "priority": "9": expected one of 1.',
        ),
        (
            'maturity = "idea"',
            'maturity = "ideas"',
            'column "maturity": "ideas": expected one of idea, outline, developed, in delivery. '
            'Did you mean "idea"?',
        ),
        (
            'design = "none"',
            'design = "contolled"',
            'column "effects.0.evidence.design": "contolled": expected one of controlled, '
            'before-after, none. Did you mean "controlled"?',
        ),
    ],
)
def test_a_fault_is_reported_on_its_line(arden: Path, old: str, with_: str, message: str) -> None:
    file = arden / "solutions" / "hospital-at-home.toml"
    line = spoil(file, old, with_)
    if 'effects.0.evidence"' in message:
        text = file.read_text(encoding="utf-8")
        line = text[: text.index("[effects.evidence]")].count("\n") + 1
    with pytest.raises(InputError) as refusal:
        load(arden)
    assert str(refusal.value).startswith(f"{file}, line {line}, {message}")


def test_a_solution_without_effects_is_refused(arden: Path) -> None:
    file = arden / "solutions" / "hospital-at-home.toml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("[[effects]]"), text.index("[claim]")
    file.write_text("effects = []\n" + text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(InputError, match=r'line 1, column "effects": .*at least one effect'):
        load(arden)


def test_two_solutions_of_one_name_are_refused(arden: Path) -> None:
    file = arden / "solutions" / "hospital-at-home.toml"
    (arden / "solutions" / "the-same.toml").write_text(
        file.read_text(encoding="utf-8"), encoding="utf-8"
    )
    with pytest.raises(InputError) as refusal:
        load(arden)
    assert str(refusal.value) == (
        f'{arden / "solutions" / "the-same.toml"}, line 2, column "name": "Hospital at home": '
        "the name is already used in hospital-at-home.toml."
    )


TEXT = (Path(__file__).parents[2] / "src/tripleaim/place/template/solutions").glob("*.example")
TEMPLATE = next(iter(TEXT)).read_text(encoding="utf-8").replace("<first_year>", "2016/17")
LINES = TEMPLATE.replace("<last_year>", "2020/21").splitlines()
VALUES = st.sampled_from(
    [
        "1",
        "-1",
        "0.5",
        "true",
        '"x"',
        '""',
        "[]",
        "[1]",
        "{}",
        '{ "2016/17" = 1 }',
        "inf",
        "1979-05-27",
    ]
)


@pytest.fixture(scope="module")
def known() -> Known:
    return known_to(Path(__file__).parents[2] / "src/tripleaim/footprints/england")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_change_of_a_file_gives_a_solution_or_a_fault_of_input(
    tmp_path_factory: pytest.TempPathFactory, known: Known, data: st.DataObject
) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["value", "drop", "double", "noise"]))
        if change == "value" and " = " in lines[at]:
            lines[at] = lines[at].split(" = ")[0] + " = " + data.draw(VALUES)
        elif change == "drop":
            lines[at] = ""
        elif change == "double":
            lines.insert(at, lines[at])
        else:
            lines[at] += data.draw(st.text(max_size=5))
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes("\n".join(lines).encode())
    found = outcome(lambda: read_solution(file, known))
    if isinstance(found, InputError):
        assert str(found).startswith(str(file))
    else:
        assert 0 <= found.uptake <= 1


def test_a_solution_that_is_a_programme_too_has_its_design_from_there(arden: Path) -> None:
    file = arden / "solutions" / "hospital-at-home.toml"
    file.write_text(
        re.sub(r"\ndesign = .*", "", file.read_text(encoding="utf-8")), encoding="utf-8"
    )
    programme = arden / "prevention" / "hospital-at-home.toml"
    programme.parent.mkdir(exist_ok=True)
    programme.write_text(
        '[[effects]]\ndesign = "none"\n\n[[effects]]\ndesign = "controlled"\n', encoding="utf-8"
    )
    (found,) = [e.evidence for s in load(arden).solutions for e in s.effects][:1]
    assert found.design == "controlled"


def test_a_design_in_two_places_is_refused(arden: Path) -> None:
    programme = arden / "prevention" / "hospital-at-home.toml"
    programme.parent.mkdir(exist_ok=True)
    programme.write_text('[[effects]]\ndesign = "controlled"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"hospital-at-home\.toml: leave the design"):
        load(arden)


@pytest.mark.parametrize("place", ["somerset", "northamptonshire"])
def test_a_programme_has_one_design_everywhere(place: str) -> None:
    loaded = load(place)
    for solution in loaded.solutions:
        name = f"prevention/{solution.id}.toml"
        if loaded.has(name):
            stated = {effect["design"] for effect in loaded.toml(name).data["effects"]}
            assert {effect.evidence.design for effect in solution.effects} <= stated


def test_an_effect_without_values_is_not_measured(arden: Path) -> None:
    file = arden / "solutions" / "hospital-at-home.toml"
    text = re.sub(r"\n(value|low|high) = [-0-9.]+", "", file.read_text(encoding="utf-8"))
    file.write_text(text.replace('design = "none"', 'design = "controlled"'), encoding="utf-8")
    (found,) = [e.evidence for s in load(arden).solutions for e in s.effects][:1]
    assert (found.measured, found.design, found.value) == (False, "controlled", 0.0)


def test_years_may_be_counted_from_the_first(arden: Path) -> None:
    """The same file read in plans of other years is as late in each of them."""
    file = arden / "solutions" / "hospital-at-home.toml"
    text = file.read_text(encoding="utf-8")
    text = text.replace('start = "2016/17"', 'start = "first year + 1"')
    text = text.replace('commissioner = { "2020/21"', 'commissioner = { "first year + 4"')
    text = text.replace('recurrent = { "2020/21"', 'recurrent = { "first year"')
    file.write_text(text, encoding="utf-8")
    now = load(arden).solution("hospital-at-home")
    assert now.start == "2017/18"
    assert now.claim["commissioner"]["2020/21"] == 1.0
    assert now.recurrent == {"2016/17": 0.4} | dict.fromkeys(load(arden).years[1:], 0.0)
    file.write_text(text.replace('{ "2020/21"', '{ "first year + 4"'), encoding="utf-8")
    years = [f"{year}/{year - 1999}" for year in range(2026, 2031)]
    later = read_solution(file, replace(known_to(arden), years=years))
    assert later.start == "2027/28"
    assert later.claim["commissioner"] == dict.fromkeys(years[:4], 0.0) | {"2030/31": 1.0}


@pytest.mark.parametrize(
    ("old", "written", "message"),
    [
        ('start = "2016/17"', 'start = "first year + 5"', "expected one of 2016/17, "),
        ('start = "2016/17"', 'start = "first year - 1"', "expected one of 2016/17, "),
        (
            'recurrent = { "2020/21" = 0.4 }',
            'recurrent = { "2020/21" = 0.4, "first year + 4" = 0.4 }',
            "expected each year once; 2020/21 is the same year",
        ),
    ],
)
def test_a_counted_year_outside_the_plan_or_given_twice_is_refused(
    arden: Path, old: str, written: str, message: str
) -> None:
    file = arden / "solutions" / "hospital-at-home.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, written), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load(arden)


def test_amounts_stated_at_other_prices_are_carried_to_their_years(arden: Path) -> None:
    """From 2014/15 to 2020/21: the index to 2020/21, which has every year of this plan."""
    file = arden / "solutions" / "hospital-at-home.toml"
    as_stated = load(arden).solution("hospital-at-home")
    text = file.read_text(encoding="utf-8")
    for table, key in (("[claim]", "commissioner"), ("[investment]", "recurrent")):
        head, tail = text.split(table, 1)
        text = f'{head}{table}\nprices = "2014/15"{tail}'
        assert key in tail
    file.write_text(text, encoding="utf-8")
    carried = load(arden).solution("hospital-at-home")
    factor = 1.0040 * 1.0209 * 1.0124 * 1.0160 * 1.0214 * 1.0249
    claim, before = carried.claim["commissioner"], as_stated.claim["commissioner"]
    assert claim["2020/21"] == pytest.approx(before["2020/21"] * factor, rel=1e-12)
    assert carried.recurrent["2020/21"] == pytest.approx(0.4 * factor, rel=1e-12)
    assert carried.claim_cause.endswith(
        "stated at the prices of 2014/15, carried to each year by the rise of NHS prices"
    )
    file.write_text(text.replace('"2014/15"', '"2020/21"'), encoding="utf-8")
    assert load(arden).solution("hospital-at-home").claim == as_stated.claim


@pytest.mark.parametrize(
    ("prices", "message"),
    [
        ("2023", "expected a year such as 2023/24"),
        ("1999/00", "expected a year from which price_index.csv has every rise to 2020/21"),
    ],
)
def test_prices_of_a_year_that_the_index_does_not_reach_are_refused(
    arden: Path, prices: str, message: str
) -> None:
    file = arden / "solutions" / "hospital-at-home.toml"
    text = file.read_text(encoding="utf-8").replace("[claim]", f'[claim]\nprices = "{prices}"')
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as refusal:
        load(arden)
    assert 'column "claim.prices"' in str(refusal.value)
