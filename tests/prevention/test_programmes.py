"""Programme files are read with care: a fault is told by file and line."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

from tripleaim.people import read_diseases, read_risk_factors
from tripleaim.place import InputError, Place, load
from tripleaim.place.estimate import Draw
from tripleaim.prevention.programme_files import (
    Names,
    programme_files,
    read_programme,
    read_programmes,
)
from tripleaim.prevention.programmes import ExcessLeft, Prevention, parameters, weight_of

OUTCOMES = ("amputation", "heart_attack", "hip_fracture", "other_fracture")
Z = 1.959963984540054


@pytest.fixture(scope="module")
def place() -> Place:
    return load("somerset")


@pytest.fixture(scope="module")
def names(place: Place) -> Names:
    return Names(
        conditions=tuple(d.id for d in read_diseases(place)),
        risk_levels=tuple((r.id, r.levels) for r in read_risk_factors(place)),
        points_of_delivery=tuple(p.id for p in place.points_of_delivery),
        outcomes=OUTCOMES,
    )


@pytest.fixture(scope="module")
def shipped(place: Place, names: Names) -> dict[str, Prevention]:
    return {p.id: p for p in read_programmes(place, names)}


def test_costs_in_the_year_of_the_defaults_are_as_the_files_say(
    shipped: dict[str, Prevention],
) -> None:
    costs = [cost for programme in shipped.values() for cost in programme.costs]
    assert {(cost.price_year, cost.price_factor) for cost in costs} == {("2016/17", 1.0)}
    assert [c.value for c in shipped["diabetes-prevention"].costs] == [119]


def test_a_start_is_a_year_or_counted_from_the_first(
    place: Place, names: Names, tmp_path: Path
) -> None:
    england = next(f for f in programme_files(place) if f.path.stem == "smoking-cessation")
    text = england.path.read_text(encoding="utf-8")
    assert text.count('"first year + 1"') == 1
    file = tmp_path / "smoking-cessation.toml"
    for written, start in (("2019/20", "2019/20"), ("first year + 4", "2020/21")):
        file.write_text(text.replace("first year + 1", written), encoding="utf-8")
        assert read_programme(file, place, names).start == start
    file.write_text(text.replace("first year + 1", "next year"), encoding="utf-8")
    with pytest.raises(InputError, match="expected a year such as 2017/18 or first year"):
        read_programme(file, place, names)


def test_the_ten_programmes_of_the_issue_are_there(shipped: dict[str, Prevention]) -> None:
    assert sorted(shipped) == [
        "alcohol-advice",
        "blood-pressure-and-atrial-fibrillation",
        "diabetes-prevention",
        "early-diagnosis-of-cancer",
        "falls-prevention",
        "mental-health-and-dementia",
        "physical-activity",
        "smoking-cessation",
        "stronger-communities",
        "weight-management",
    ]


def test_what_has_no_controlled_study_has_no_effect_and_says_why(
    shipped: dict[str, Prevention],
) -> None:
    idle = [p for p in shipped.values() if not p.acts]

    assert [p.id for p in idle] == ["early-diagnosis-of-cancer", "mental-health-and-dementia"]
    assert all(effect.cause for p in idle for effect in p.effects)


def test_a_quarter_of_a_before_and_after_claim_counts(
    place: Place, shipped: dict[str, Prevention]
) -> None:
    attendances = shipped["stronger-communities"].effects[0]

    used = attendances.at(0.0, weight_of(place, attendances))

    assert used == pytest.approx(0.83 ** place.value("solutions.before-after-weight"))


def test_the_ends_of_an_interval_lie_two_deviations_away(shipped: dict[str, Prevention]) -> None:
    ratio = shipped["diabetes-prevention"].effects[0]
    shift = shipped["alcohol-advice"].effects[0]
    share = shipped["smoking-cessation"].effects[0]

    assert math.log(ratio.at(Z, 1.0) / ratio.at(-Z, 1.0)) == pytest.approx(math.log(0.73 / 0.87))
    assert shift.at(Z, 1.0) == pytest.approx(-28)
    assert share.at(-Z, 1.0) == pytest.approx(0.021)


def test_excess_risk_left_passes_through_what_is_published() -> None:
    curve = ExcessLeft("any", 0.4134, 0.2518, "x", "y")

    assert [curve.after(t) for t in (0, 10, 20)] == pytest.approx([1, 0.4134, 0.2518])
    assert all(curve.after(t) > curve.after(t + 1) for t in range(30))


def test_each_programme_has_its_parameters_once(shipped: dict[str, Prevention]) -> None:
    ids = [p.id for p in parameters(list(shipped.values()))]

    assert len(ids) == len(set(ids))
    assert "programme/smoking-cessation/decay" in ids
    assert "programme/early-diagnosis-of-cancer/effect" not in ids
    assert "programme/early-diagnosis-of-cancer/cost" in ids


def test_uptake_and_cost_move_with_their_own_draw(shipped: dict[str, Prevention]) -> None:
    programme = shipped["smoking-cessation"]
    draw = Draw(1, {"programme/smoking-cessation/uptake": 1.0})

    assert programme.uptake_at(draw) > 1
    assert programme.cost_at(draw) == 1


@pytest.mark.parametrize(
    "fault_made",
    [
        ("value = 0.80", "value = 0.99", "expected an interval that holds 0.99", "low"),
        ("low = 0.73", "low = -0.5", "expected a ratio above 0", "low"),
        ('target = "diabetes"', 'target = "diabets"', 'Did you mean "diabetes"', "target"),
        ("not diabetes", "not diabets", "unknown column", "who"),
        ("not diabetes", "frailty > 1", "unknown column", "who"),
        ("not diabetes", "age > quintile", "one column", "who"),
        ("years_to_full = 2", "years_to_full = 0", "1 or more years", "years_to_full"),
        ('start = "first year + 1"', 'start = "2017"', "expected a year such as", "start"),
        ("0.08, 0.08, 0.08]", "0.08, 0.08]", "five shares", "uptake_a_year"),
        ("0.08, 0.08, 0.08]", "0.08, 0.08, 1.3]", "between 0 and 1", "uptake_a_year.4"),
        ("[0.6, 1.5]", "[1.1, 1.5]", "range that holds 1", "uptake_range"),
        ('design = "controlled"', 'design = "none"', "no study to rest on", "value"),
        ('payer = "national commissioner"', 'payer = "somebody"', "expected one of", "payer"),
        ("value = 119", "value = 900", "range that holds 900", "low"),
        ('source = "mcmanus-referrals"', 'source = "nobody"', "expected one of", "source"),
        ("[[costs]]", "[[cost]]", "unknown key", "cost"),
    ],
)
def test_a_fault_is_reported_by_file_and_line(
    place: Place, names: Names, tmp_path: Path, fault_made: tuple[str, str, str, str]
) -> None:
    before, after, said, at = fault_made
    origin = next(f for f in programme_files(place) if f.path.stem == "diabetes-prevention")
    path = Path(shutil.copy(origin.path, tmp_path))
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")

    with pytest.raises(InputError) as fault:
        read_programme(path, place, names)

    assert said in str(fault.value)
    assert fault.value.file == str(path)
    assert fault.value.line is not None
    assert (fault.value.column or "").endswith(at)


def test_what_is_assumed_says_why(place: Place, names: Names, tmp_path: Path) -> None:
    origin = next(f for f in programme_files(place) if f.path.stem == "weight-management")
    path = Path(shutil.copy(origin.path, tmp_path))
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith("cause")), "utf-8")

    with pytest.raises(InputError, match="expected a cause"):
        read_programme(path, place, names)


def test_a_shift_says_how_far_apart_levels_lie(place: Place, names: Names, tmp_path: Path) -> None:
    origin = next(f for f in programme_files(place) if f.path.stem == "weight-management")
    path = Path(shutil.copy(origin.path, tmp_path))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("level_widths = [5, 5, 6]", "level_widths = [5, 5]"), "utf-8")

    with pytest.raises(InputError, match="expected 3 numbers"):
        read_programme(path, place, names)


def test_a_places_own_file_goes_before_the_default(hamlet: Path) -> None:
    own = hamlet / "prevention"
    own.mkdir()
    try:
        (own / "smoking-cessation.toml").write_text("", encoding="utf-8")
        files = {f.path.stem: f.path for f in programme_files(load(hamlet))}
    finally:
        shutil.rmtree(own)

    assert files["smoking-cessation"].parent == own
    assert files["alcohol-advice"].parent != own
