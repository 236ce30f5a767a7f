"""What a programme does to a member's hazards follows from its effect, its lag and its decay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tripleaim.measures import BANDS
from tripleaim.place import InputError, Place, load
from tripleaim.place.estimate import CENTRAL, Draw, Estimate
from tripleaim.prevention.compiled_programmes import compile_programmes, coverage, phase
from tripleaim.prevention.programmes import ExcessLeft, Prevention, ProgrammeEffect
from tripleaim.projection.lanes import Lanes
from tripleaim.projection.laws import Expected, Laws
from tripleaim.projection.programme import Clause

AGES, STEPS = 96, 6
YEARS = ("2015/16", "2016/17", "2017/18", "2018/19", "2019/20", "2020/21", "2021/22")
SMOKING = ("smoking", ("never", "ex", "current"))
CURRENT = Clause(levels=(0b100,))


def hand_made(relative: tuple[float, ...] = (1.0, 1.5, 4.0)) -> Laws:
    """Laws in which only the relative risks of smoking for the first condition matter."""
    lanes = Lanes(("chd", "copd"))
    names = ("acute-ae", "gp", "good health", "qaly")
    risk = np.ones((3, 2, AGES, lanes.size), dtype=np.float32)
    risk[..., 0] = np.array(relative)[:, None, None]
    flat = np.ones((3, len(names)), dtype=np.float32)
    flat[:, 1] = (1.0, 1.1, 1.2)
    cut = np.broadcast_to(np.array([32768, 49152], dtype=np.uint16), (STEPS + 1, 2, AGES, 2)).copy()
    zeros = np.zeros((STEPS, 2, AGES, lanes.size), dtype=np.float32)
    return Laws(
        years=YEARS,
        lanes=lanes,
        risk_levels=(SMOKING,),
        hazard=zeros,
        ending=zeros,
        conditions=(),
        quintile=np.ones((2, 5, lanes.size), dtype=np.float32),
        risk=(risk,),
        frail=np.zeros(lanes.size, dtype=np.float32),
        frailty_power=1.0,
        thresholds=(cut,),
        at_birth=np.zeros((2, 2)),
        newborn_death=np.zeros((STEPS, 2)),
        male_share=0.5,
        rank_gradient=np.zeros((1, 5)),
        rank_ties=np.eye(1),
        expected=Expected(
            names, np.zeros((STEPS + 1, 2, 5, AGES, 4), dtype=np.float32), (), (flat,)
        ),
    )


def an_effect(**changed: object) -> ProgrammeEffect:
    made = ProgrammeEffect(
        changes="risk level",
        target="smoking",
        value=0.1,
        low=0.05,
        high=0.15,
        unit="share",
        level_widths=(),
        part=1.0,
        lag_years=0,
        half_life=None,
        excess_left=(),
        design="controlled",
        status="assumed",
        source="tripleaim",
        where="",
        cause="a test",
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def a_programme(*effects: ProgrammeEffect, clauses: tuple[Clause, ...] = (CURRENT,)) -> Prevention:
    return Prevention(
        id="quit",
        name="Quit",
        summary="",
        who="smoking = 'current'",
        clauses=clauses,
        start="2017/18",
        years_to_full=2,
        uptake_a_year=(0.1, 0.1, 0.1, 0.05, 0.05),
        uptake_full=(0.25, 1.0, 1.0, 1.0, 1.0),
        uptake_range=(0.5, 2.0),
        uptake_status="assumed",
        uptake_source="tripleaim",
        uptake_cause="a test",
        effects=effects,
        costs=(),
        file=Path("quit.toml"),
    )


@pytest.fixture
def place(hamlet: Path) -> Place:
    return load(hamlet)


def chd(place: Place, *effects: ProgrammeEffect, draw: Draw = CENTRAL, lag: int = 0) -> np.ndarray:  # type: ignore[type-arg]
    lags = {("smoking", "chd"): lag}
    made = compile_programmes(place, [a_programme(*effects)], hand_made(), lags, draw)[0]
    return made.hazard[0, 10, :, 0].astype(np.float64)


def test_a_share_that_moves_a_level_down_gains_the_difference_of_the_risks(place: Place) -> None:
    # 10% of current smokers (4.0) become ex-smokers (1.5): 1 - 0.1 x 2.5 / 4.0; half in year 0.
    found = chd(place, an_effect())

    np.testing.assert_allclose(found, [1 - 0.03125, *[1 - 0.0625] * STEPS], rtol=1e-6)


def test_nothing_changes_before_the_lag_of_the_risk_is_over(place: Place) -> None:
    found = chd(place, an_effect(), lag=4)

    np.testing.assert_allclose(found, [1, 1, 1, 1, 1 - 0.03125, *[1 - 0.0625] * 2], rtol=1e-6)


def test_an_effect_halves_with_its_half_life(place: Place) -> None:
    found = chd(place, an_effect(half_life=Estimate(2.0, 1.0, 4.0)))

    np.testing.assert_allclose((1 - found)[[2, 4, 6]], 0.0625 * np.array([0.5, 0.25, 0.125]), 1e-4)


def test_excess_risk_falls_away_towards_that_of_the_lowest_level(place: Place) -> None:
    curve = ExcessLeft("any", 0.25, 0.1, "tripleaim", "")

    found = chd(place, an_effect(excess_left=(curve,)), lag=4)

    left = 0.25 ** (np.arange(STEPS + 1) / 10)
    np.testing.assert_allclose(found, 1 - 0.1 * (1 - left) * 3 / 4, rtol=1e-6)


def test_a_shift_moves_part_of_a_level_on_the_log_scale(place: Place) -> None:
    shift = an_effect(
        changes="risk shift", value=-5.0, low=-8.0, high=-2.0, level_widths=(10.0, 20.0)
    )

    found = chd(place, shift)

    np.testing.assert_allclose(found[1:], (1.5 / 4.0) ** 0.25, rtol=1e-6)


def test_contacts_follow_the_level_too(place: Place) -> None:
    made = compile_programmes(place, [a_programme(an_effect())], hand_made(), {})[0]

    np.testing.assert_allclose(made.expected[..., 1, 1], 1 - 0.1 * 0.1 / 1.2, rtol=1e-6)
    assert (made.expected[..., 0] == 1).all()


def test_people_at_several_levels_gain_what_their_mean_gains(place: Place) -> None:
    # Half never, a quarter ex, a quarter current; those at the lowest level cannot move down.
    everybody = a_programme(an_effect(), clauses=(Clause(),))

    made = compile_programmes(place, [everybody], hand_made(), {})[0]

    before = 0.5 * 1 + 0.25 * 1.5 + 0.25 * 4
    gain = 0.1 * (0.25 * 0.5 + 0.25 * 2.5)
    np.testing.assert_allclose(made.hazard[..., 1, 0], 1 - gain / before, rtol=1e-6)


def test_a_ratio_acts_on_its_condition_alone_and_in_part(place: Place) -> None:
    ratio = an_effect(
        changes="incidence", target="copd", value=0.8, low=0.7, high=0.9, part=0.5, lag_years=1
    )

    made = compile_programmes(place, [a_programme(ratio)], hand_made(), {})[0]

    np.testing.assert_allclose(made.hazard[1, 5, :, 1], [1, 0.95, 0.9, 0.9, 0.9, 0.9, 0.9], 1e-6)
    others = [lane for lane in range(made.hazard.shape[-1]) if lane != 1]
    assert (made.hazard[..., others] == 1).all()


def test_a_before_and_after_claim_is_reduced_and_one_without_a_study_has_no_effect(
    place: Place,
) -> None:
    weight = place.value("solutions.before-after-weight")

    shrunk = chd(place, an_effect(design="before-after"))
    none = chd(place, an_effect(design="none", value=0.0, low=0.0, high=0.0))

    np.testing.assert_allclose(1 - shrunk[1:], weight * 0.0625, rtol=1e-5)
    np.testing.assert_array_equal(none, np.ones(STEPS + 1))


def test_a_draw_two_deviations_up_is_at_the_end_of_the_interval(place: Place) -> None:
    up = Draw(1, {"programme/quit/effect": 1.959963984540054})

    np.testing.assert_allclose(1 - chd(place, an_effect(), draw=up)[1:], 0.15 * 2.5 / 4, rtol=1e-5)


def test_coverage_ramps_up_to_its_full_share_and_never_falls() -> None:
    found = coverage(a_programme(an_effect()), YEARS[1:])

    np.testing.assert_allclose(found[:, 0], [0, 0.05, 0.15, 0.25, 0.25, 0.25])
    np.testing.assert_allclose(found[:, 4], [0, 0.025, 0.075, 0.125, 0.175, 0.225])


def test_uptake_in_a_draw_never_reaches_more_than_everybody() -> None:
    up = Draw(1, {"programme/quit/uptake": 8.0})

    found = coverage(a_programme(an_effect()), YEARS[1:], up)

    assert found.max() == 1.0
    assert (np.diff(found, axis=0) >= 0).all()


def test_half_of_an_effect_acts_in_its_first_year() -> None:
    np.testing.assert_array_equal(phase(0, 3), [0.5, 1, 1])
    np.testing.assert_array_equal(phase(2, 4), [0, 0, 0.5, 1])


def test_a_start_outside_the_horizon_is_refused(place: Place) -> None:
    late = replace(a_programme(an_effect()), start="2050/51")

    with pytest.raises(InputError, match="expected a start from 2016/17 to 2020/21"):
        compile_programmes(place, [late], hand_made(), {})


def test_arrays_have_the_shapes_of_the_contract(place: Place) -> None:
    laws = hand_made()

    made = compile_programmes(place, [a_programme(an_effect())], laws, {})[0]

    assert made.coverage.shape == (STEPS, 5)
    assert made.hazard.shape == (2, BANDS, STEPS + 1, laws.lanes.size)
    assert made.expected.shape == (2, BANDS, STEPS + 1, 4)
    assert made.strength.shape == (STEPS + 1,)
    assert made.hazard.dtype == np.float32
