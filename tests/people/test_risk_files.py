"""Risk factors as files: spread, trends, what levels do, and what is refused."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from shutil import copy2

import numpy as np
import pytest

from tripleaim.people import SEXES, RiskFactor, parameters, read_risk_factors
from tripleaim.people.risk_files import correlation_matrix
from tripleaim.place import InputError, Place, load

Risks = dict[str, RiskFactor]


@pytest.fixture(scope="module")
def risks(somerset: Place) -> Risks:
    return {factor.id: factor for factor in read_risk_factors(somerset)}


def england(somerset: Place) -> np.ndarray:
    """People of England by sex and single year of age."""
    people = np.zeros((2, 106))
    lines = somerset.files.folders[-1].text("population.csv").splitlines()
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        people[SEXES.index(row["sex"]), int(row["age"])] += float(row["population"])
    return people


def of_adults(factor: RiskFactor, people: np.ndarray, level: int) -> list[float]:
    """Per cent of men and of women of 16 and over at `level` or higher."""
    share = factor.base[:, 16:, level:].sum(axis=-1)
    found = 100 * (share * people[:, 16:]).sum(axis=1) / people[:, 16:].sum(axis=1)
    return [float(x) for x in found]


def test_the_seven_risk_factors_have_levels_from_best_to_worst(risks: Risks) -> None:
    assert list(risks) == [
        "alcohol",
        "bmi",
        "inactivity",
        "loneliness",
        "raised_glucose",
        "smoking",
        "systolic_pressure",
    ]
    assert risks["smoking"].levels == ("never", "ex_over_10", "ex_under_10", "current")
    assert [len(f.levels) for f in risks.values()] == [4, 4, 3, 2, 3, 4, 5]
    for factor in risks.values():
        np.testing.assert_allclose(factor.base.sum(axis=-1), 1)
        assert (factor.base[:, :16, 0] == 1).all()


def test_england_has_the_totals_of_the_health_survey_of_2016(somerset: Place, risks: Risks) -> None:
    people = england(somerset)
    assert of_adults(risks["smoking"], people, 3) == pytest.approx([20, 16], abs=0.05)
    assert of_adults(risks["alcohol"], people, 1) == pytest.approx([31, 16], abs=0.05)
    assert of_adults(risks["inactivity"], people, 1) == pytest.approx([35, 44], abs=0.05)
    obese = (risks["bmi"].base[:, 16:, 2:].sum(axis=-1) * people[:, 16:]).sum()
    assert 100 * obese / people[:, 16:].sum() == pytest.approx(26, abs=0.05)


def test_the_base_year_has_its_own_shares_and_a_trend_moves_the_odds(risks: Risks) -> None:
    smoking = risks["smoking"]
    np.testing.assert_allclose(smoking.shares(2016), smoking.base, atol=1e-9)
    now, later = smoking.shares(2016)[0, 40, 3], smoking.shares(2026)[0, 40, 3]
    assert later / (1 - later) == pytest.approx(now / (1 - now) * 0.97**10)
    for factor in risks.values():
        for year in (1996, 2036):
            shares = factor.shares(year)
            np.testing.assert_allclose(shares.sum(axis=-1), 1)
            assert shares.min() >= 0


def test_bars_cut_ranks_into_the_shares_and_a_child_is_at_the_lowest_level(risks: Risks) -> None:
    for factor in risks.values():
        bars = factor.thresholds(2016)
        assert (np.diff(bars.astype(int), axis=-1) >= 0).all()
        assert (bars[:, 5] == 65535).all()
        found = 1 - bars[:, 50] / 65536
        above = 1 - np.cumsum(factor.base[:, 50], axis=-1)[:, :-1]
        np.testing.assert_allclose(found, above, atol=2 / 65536)


def test_effects_are_those_of_their_sources(risks: Risks) -> None:
    smoking = risks["smoking"].effects
    assert smoking["copd"].relative[3, 0, 60] == 3.51
    # IMPACTncd, women of 50-54: 10 cigarettes a day 2.95 (3.42); a quarter stays after stopping.
    assert smoking["chd"].relative[3, 1, 52] == pytest.approx(2.95)
    assert smoking["chd"].relative[1, 1, 52] == pytest.approx(1 + 1.95 * 0.2518, rel=1e-3)
    assert smoking["chd"].lag_years == 4
    # Body mass, 60-64: 2.215 for each 5 kg/m2, which is how far the second level lies; 1.25 of it
    # runs through raised glucose.
    assert risks["bmi"].effects["diabetes"].relative[1, 0, 62] == pytest.approx(2.215 / 1.25)
    # Men's stored relative risks of stroke fall from 10 to 20 a day: their geometric mean.
    assert smoking["stroke"].relative[3, 0, 62] == pytest.approx((1.84 * 1.66) ** 0.5, rel=1e-3)
    # Alcohol 14 to 35 units: 1.36 times 100 g a week more, at 1.14.
    assert risks["alcohol"].effects["stroke"].relative[1, 0, 50] == pytest.approx(1.14**1.36, 1e-3)
    for factor in risks.values():
        for effect in factor.effects.values():
            assert (effect.relative[0] == 1).all()
            assert (effect.relative > 0).all()


def test_ex_smokers_together_have_about_what_a_review_finds_for_them(
    somerset: Place, risks: Risks
) -> None:
    smoking = risks["smoking"]
    people = england(somerset)[:, 35:]
    ex = smoking.base[:, 35:, 1:3] * people[..., None]
    relative = np.moveaxis(smoking.effects["copd"].relative, 0, -1)[:, 35:, 1:3]
    assert 2.11 < (ex * relative).sum() / ex.sum() < 2.63  # Forey 2011, 95% interval


def test_one_draw_moves_all_levels_together(risks: Risks) -> None:
    # current against never COPD: 3.51 (3.08 to 3.99)
    effect = risks["smoking"].effects["copd"]
    high = effect.relative[3, 0, 60] ** (1 + 1.96 * effect.spread)
    assert high == pytest.approx(3.99, rel=0.1)


def test_correlations_are_mutual_and_could_be_those_of_numbers(risks: Risks) -> None:
    matrix = correlation_matrix(list(risks.values()))
    assert (matrix == matrix.T).all()
    assert np.linalg.eigvalsh(matrix).min() > 0.3
    assert matrix[list(risks).index("smoking"), list(risks).index("alcohol")] == 0.2


def test_everything_uncertain_is_a_parameter_and_a_common_cause_is_named(
    somerset: Place, risks: Risks
) -> None:
    found = {p.id: p for p in parameters(somerset)}
    assert len(found) == len(parameters(somerset))
    for factor in risks.values():
        for target in factor.effects:
            assert found[f"risk/{factor.id}/{target}"].shares == factor.id
        assert f"trend/risk/{factor.id}" in found
    assert found["death/stroke"].estimate.value == 2.1
    assert found["death/stroke"].shares == found["death/chd"].shares
    assert found["death/stroke"].shares != found["death/ckd"].shares
    assert found["link/depression/dementia"].estimate.low == 1.6
    assert found["quality/dementia"].estimate.value == 0.75
    assert {name.split("/")[0] for name in found} == {
        "death",
        "link",
        "contacts",
        "quality",
        "trend",
        "risk",
    }


def spoilt(place: Place, name: str, old: str, new: str) -> Place:
    """The place with a file of England's risk factors of its own, in which `old` is `new`."""
    text = place.path(f"risk_factors/{name}").read_text(encoding="utf-8")
    assert old in text
    folder = place.folder / "risk_factors"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return load(place.folder)


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        ("smoking~copd.csv", ("current,3.51,", "current,-3.51,"), "expected 0 or more"),
        ("smoking~copd.csv", ("current,3.51,", "current,0,"), "expected more than 0"),
        ("smoking~copd.csv", ("3.51,3.08,3.99", "3.51,3.6,3.99"), "holds its point 3.51"),
        ("smoking~copd.csv", ("3.51,3.08,3.99", "3.51,3.08,3.5"), "holds its point 3.51"),
        ("smoking~copd.csv", (",current,", ",currant,"), 'Did you mean "current"'),
        ("smoking~copd.csv", ("both,0,105,current", "both,0,99,current"), "people of age 100"),
        (
            "smoking~copd.csv",
            ("both,0,105,current", "male,0,105,current"),
            "female people of age 0",
        ),
        ("smoking~copd.csv", ("# lag_years: 5", "# lag_years: soon"), "whole years"),
        ("smoking~copd.csv", ("# notes: ", "# remarks: "), "a line # notes"),
        ("smoking~copd.csv", ("# source: forey-2011", "# source: fory"), "an id from a sources"),
        ("smoking~copd.csv", ("lognormal", "normal"), "expected lognormal"),
        ("smoking.csv", ("male,0,15,never,100", "male,0,15,never,99"), "add up to 100, not 99"),
        ("smoking.csv", ("male,0,15,never,100", "male,0,14,never,100"), "male people of age 15"),
        ("smoking.csv", ("male,0,15,never,100", "male,0,16,never,100"), "are listed twice"),
        ("smoking.csv", ("never,100", "never,101"), "expected 100 or less"),
        ("smoking.toml", ("[-1.5, -3.0, -3.0]", "[-1.5, -3.0]"), "expected 3 numbers"),
        ("smoking.toml", ("0.35, 0.15,", "0.15,"), "expected 5 numbers"),
        ("smoking.toml", ('id = "current"', 'id = "never"'), "each level once"),
        ("bmi.toml", ("smoking = -0.05", "smoke = -0.05"), 'Did you mean "smoking"'),
        ("bmi.toml", ("smoking = -0.05", "smoking = -1.05"), "expected -1 to 1"),
        ("alcohol.toml", ("0.03\nsmoking = 0.2", "-0.9\nsmoking = 0.9"), "positive definite"),
    ],
)
def test_a_fault_is_reported_with_its_file(
    village: Callable[..., Place], thousand: str, name: str, change: tuple[str, str], expected: str
) -> None:
    place = spoilt(village(thousand), name, *change)
    with pytest.raises(InputError, match=expected) as fault:
        read_risk_factors(place)
    assert fault.value.file == str(place.folder / "risk_factors" / name)


def test_an_effect_on_something_unknown_is_refused(
    village: Callable[..., Place], thousand: str
) -> None:
    place = village(thousand)
    folder = place.folder / "risk_factors"
    folder.mkdir()
    copy2(place.path("risk_factors/smoking~copd.csv"), folder / "smoking~copdd.csv")
    with pytest.raises(InputError, match='Did you mean "copd"'):
        read_risk_factors(load(place.folder))
    (folder / "smoking~copdd.csv").rename(folder / "smokin~copd.csv")
    with pytest.raises(InputError, match='Did you mean "smoking"'):
        read_risk_factors(load(place.folder))


def test_every_file_names_a_source_that_is_listed(somerset: Place) -> None:
    folder: Path = somerset.files.folders[-1].path / "risk_factors"
    for path in folder.glob("*.csv"):
        head = path.read_text(encoding="utf-8").split("\n")[:5]
        (source,) = [line.split(": ")[1] for line in head if line.startswith("# source: ")]
        assert source in somerset.sources, path.name
