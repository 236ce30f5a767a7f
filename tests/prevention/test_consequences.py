"""What follows on late outcomes: one fracture by hand, what counts nothing, and what is refused."""

from __future__ import annotations

import math
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.measures import BAND_STARTS, BANDS
from tripleaim.people import late_outcome_ids, read_diseases
from tripleaim.place import InputError, Place, load
from tripleaim.place.estimate import Draw, Estimate
from tripleaim.prevention.consequences import (
    FILE,
    Carried,
    Consequence,
    DoNothingRates,
    Piece,
    counted,
    events_spared,
    losses,
    parameters,
    rates_of,
    read_consequences,
    taken,
)
from tripleaim.projection.tally import UNIT, Tally

AT_80 = BAND_STARTS.index(80)
CONDITIONS = ("chd", "diabetes")
HEADER = (
    "outcome,measure,carried_by,sex,from_month,to_month,value,low,high,status,source,where,cause"
)


def piece(value: float, start: int = 0, end: int | None = None, sex: str = "persons") -> Piece:
    return Piece(sex, start, end, Estimate(value), "")


def fracture(caused: float = 0.25) -> Consequence:
    """Five times the hazard for half a year and twice for good; 0.3 and then 0.1 of quality."""
    return Consequence(
        "hip_fracture",
        piece(caused),
        (piece(5, 0, 6), piece(2, 6)),
        (piece(0.3, 0, 6), piece(0.1, 6)),
    )


def same_at_all_ages(steps: int, hazard: float = 0.1, quality: float = 0.7) -> DoNothingRates:
    shape = (steps, 2, BANDS)
    return DoNothingRates(np.full(shape, hazard), np.full(shape, quality))


def counts(people: np.ndarray, fractures: np.ndarray, deaths: np.ndarray) -> Tally:
    """Two years and three dates of people (2, 5, BANDS), alike on each; quality is 0.8 for all."""
    ints = [np.repeat(np.asarray(v, dtype=np.int64)[None], n, axis=0) for v, n in
            ((people, 3), (deaths, 2))]  # fmt: skip
    expected = np.stack([fractures * UNIT, people * 0.8 * UNIT], axis=-1)
    nothing = np.zeros((3, 2, 5, BANDS, 0), dtype=np.int64)
    return Tally(
        years=("2015/16", "2016/17", "2017/18"),
        conditions=(),
        risk_levels=(),
        quantities=("hip_fracture", "qaly"),
        programmes=(),
        people=ints[0],
        deaths=ints[1],
        with_condition=nothing,
        onsets=nothing[1:],
        levels=nothing,
        expected=np.repeat(np.rint(expected).astype(np.int64)[None], 3, axis=0),
        joined=np.zeros((2, 5, 0), dtype=np.int64),
        members=nothing,
        births=np.zeros(2, dtype=np.int64),
        arrivals=np.zeros(2, dtype=np.int64),
        departures=np.zeros(2, dtype=np.int64),
    )


def test_one_fracture_at_80_takes_what_it_takes_by_hand() -> None:
    found = losses(fracture(), same_at_all_ages(2))

    # The half year that is left: 0.5 a year with it, 0.1 x (1 + 0.75 x 4) = 0.4 without it.
    # Lived 0.442398 and 0.453173 years; alive at its end 0.778801 and 0.818731.
    # The year after: 0.2 and 0.175; lived 0.705863 and 0.751094 years.
    at_80 = np.s_[0, 1, AT_80]
    np.testing.assert_allclose(found.years[at_80], [0.010775, 0.045231], atol=2e-6)
    np.testing.assert_allclose(
        found.qalys[at_80],
        [0.7 * 0.010775 + 0.3 * 0.442398, 0.7 * 0.045231 + 0.1 * 0.705863],
        atol=2e-6,
    )
    # Dead by the end of each year: 0.221199 and 0.362372 with it, 0.181269 and 0.312711 without.
    np.testing.assert_allclose(np.cumsum(found.deaths[at_80]), [0.039930, 0.049661], atol=2e-6)


def test_a_fracture_in_the_last_year_loses_half_a_year_of_it_and_nothing_later() -> None:
    rates = same_at_all_ages(3)
    first, last = losses(fracture(), rates).qalys[0], losses(fracture(), rates).qalys[2]

    np.testing.assert_array_equal(last[..., :2], 0.0)
    np.testing.assert_allclose(last[..., 2], first[..., 0])


def test_people_grow_older_into_the_hazard_of_the_next_band() -> None:
    rates = same_at_all_ages(2)
    late = np.where(np.arange(BANDS) > AT_80, rates.hazard, 0.0)

    alone = losses(fracture(), DoNothingRates(late, rates.quality))
    # The half year before cost no life, so a year later nobody is missing on either side.
    lived = (1 - math.exp(-0.175)) / 0.175 - (1 - math.exp(-0.2)) / 0.2

    assert alone.years[0, 0, AT_80, 0] == 0.0
    assert alone.years[0, 0, AT_80, 1] == pytest.approx(lived / 5)  # who was 84, of five ages
    np.testing.assert_array_equal(alone.years[:, :, : AT_80 - 1], 0.0)


def test_later_years_are_those_of_rates_that_stay() -> None:
    generator = np.random.default_rng(3)
    shape = same_at_all_ages(4).hazard.shape
    rates = DoNothingRates(generator.uniform(0, 0.5, shape), generator.uniform(0.2, 0.9, shape))
    staying = [
        np.concatenate([own, np.repeat(own[-1:], 6, axis=0)])
        for own in (rates.hazard, rates.quality)
    ]
    found, expected = (
        losses(fracture(), rates, later=6),
        losses(fracture(), DoNothingRates(*staying)),
    )
    for name in ("qalys", "years", "deaths"):
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), atol=1e-14)
        assert np.any(getattr(found, name)[-1])


def test_the_oldest_stay_where_they_are() -> None:
    rates = same_at_all_ages(4)
    below = np.where(np.arange(BANDS) < BANDS - 1, 0.0, rates.hazard)

    found = losses(fracture(), DoNothingRates(below, rates.quality)).years

    np.testing.assert_allclose(found[0, :, -1], losses(fracture(), rates).years[0, :, -1])


def test_where_nothing_is_caused_and_no_quality_is_lost_nothing_is() -> None:
    harmless = replace(fracture(caused=0.0), quality=(piece(0.0),))

    found = losses(harmless, same_at_all_ages(5))

    for part in (found.qalys, found.years, found.deaths):
        np.testing.assert_array_equal(part, 0.0)


def test_all_of_the_excess_is_against_the_hazard_of_others_of_that_age() -> None:
    found = losses(fracture(caused=1.0), same_at_all_ages(1)).years[0, 0, AT_80, 0]

    assert found == pytest.approx((1 - math.exp(-0.05)) / 0.1 - (1 - math.exp(-0.25)) / 0.5)


def test_in_the_end_everybody_dies_once_with_or_without_a_fracture() -> None:
    found = losses(fracture(), same_at_all_ages(20, hazard=2.0))

    assert found.deaths[0].sum(axis=-1) == pytest.approx(0.0, abs=1e-12)
    assert (found.deaths[0, ..., 0] > 0).all()


def test_no_more_quality_is_lost_than_there_is() -> None:
    found = losses(fracture(), same_at_all_ages(1, hazard=0.0, quality=0.2))

    np.testing.assert_allclose(found.qalys[0, ..., 0], 0.5 * 0.2)


def test_men_and_women_have_their_own_numbers() -> None:
    own = replace(fracture(), death=(piece(3, sex="male"), piece(1, sex="female")))

    found = losses(own, same_at_all_ages(2)).years

    assert (found[:, 1] == 0.0).all()
    assert (found[0, 0] > 0).all()


@given(
    hazard=st.floats(0, 1),
    quality=st.floats(0, 1),
    caused=st.floats(0, 1),
    relative=st.floats(1, 8),
    lost=st.floats(0, 1),
)
def test_people_with_a_higher_risk_of_death_lose_and_never_gain(
    hazard: float, quality: float, caused: float, relative: float, lost: float
) -> None:
    one = Consequence("o", piece(caused), (piece(relative, 0, 5), piece(1, 5)), (piece(lost),))

    found = losses(one, same_at_all_ages(3, hazard, quality))

    assert (found.years >= -1e-12).all()
    assert (found.qalys >= -1e-12).all()
    assert (found.qalys.sum(axis=-1) <= 2.5 * quality + 1e-12).all()
    assert (found.deaths.cumsum(axis=-1) >= -1e-12).all()


def test_what_is_taken_is_the_events_times_what_one_takes() -> None:
    rates = same_at_all_ages(2)
    events = np.zeros((2, 2, 5, BANDS))
    events[0, 1, 3, AT_80] = 10
    events[1, 0, 3, AT_80] = 2
    one = losses(fracture(), rates).qalys

    found = taken(events, one)

    expected = 10 * one[0, 1, AT_80] + 2 * one[1, 0, AT_80]
    np.testing.assert_allclose(found[:, 3], expected)
    np.testing.assert_array_equal(np.delete(found, 3, axis=1), 0.0)


def test_no_events_take_exactly_zero() -> None:
    one = losses(fracture(), same_at_all_ages(2)).qalys

    np.testing.assert_array_equal(taken(np.zeros((2, 2, 5, BANDS)), one), 0.0)


def test_the_same_rate_among_more_people_spares_and_costs_nothing() -> None:
    people = np.full((2, 5, BANDS), 300)
    fractures, deaths = people / 100, people // 50
    before = counts(people, fractures, deaths)
    twice = counts(2 * people, 2 * fractures, deaths)

    np.testing.assert_array_equal(events_spared(before, before, "hip_fracture"), 0.0)
    np.testing.assert_allclose(events_spared(twice, before, "hip_fracture"), 0.0, atol=1e-9)


def test_fewer_fractures_among_the_same_people_are_counted_one_by_one() -> None:
    people = np.full((2, 5, BANDS), 300)
    before = counts(people, np.full(people.shape, 4), people // 50)
    after = counts(people, np.full(people.shape, 3), people // 50)

    np.testing.assert_array_equal(events_spared(after, before, "hip_fracture"), 1.0)


def test_rates_are_of_the_people_who_were_there() -> None:
    people = np.full((2, 5, BANDS), 1000)
    deaths = np.full((2, 5, BANDS), 0)
    deaths[..., AT_80] = 80
    people[..., 0] = 0

    found = rates_of(counts(people, np.zeros(people.shape), deaths))

    # Deaths are put back to age at death: what leaves the band goes to the next, and none is lost.
    assert found.hazard[0, 0, AT_80 : AT_80 + 2].sum() == pytest.approx(0.08)
    assert found.hazard[0, 0, AT_80] > 0.06
    np.testing.assert_allclose(found.quality[..., 1:], 0.8, rtol=1e-4)
    np.testing.assert_array_equal(found.hazard[..., 0], 0.0)


def test_a_draw_moves_each_of_the_three_by_itself_and_the_central_one_moves_nothing() -> None:
    rates = same_at_all_ages(4)
    central = losses(fracture(), rates)
    ids = [p.id for p in parameters([fracture()], {"hip_fracture": "Hip fractures"})]

    assert ids == [f"late-outcome/hip_fracture/{key}" for key in ("death", "caused", "quality")]
    for key in ids:
        more = losses(fracture(), rates, Draw(1, {key: 1.0}))
        assert more.qalys[0].sum() > central.qalys[0].sum()
        assert (more.years[0].sum() > central.years[0].sum()) == ("quality" not in key)
    np.testing.assert_array_equal(losses(fracture(), rates, Draw(1, {})).qalys, central.qalys)


def test_no_draw_causes_more_than_all_of_the_excess() -> None:
    rates = same_at_all_ages(2)
    far = Draw(1, {"late-outcome/hip_fracture/caused": 40.0})

    np.testing.assert_allclose(
        losses(fracture(), rates, far).years, losses(fracture(caused=1.0), rates).years
    )


def test_every_late_outcome_is_counted_or_carried_by_a_condition() -> None:
    place = load("somerset")
    conditions = {d.id: d for d in read_diseases(place)}

    found = read_consequences(place, late_outcome_ids(place), list(conditions))

    assert [one.outcome for one in found] == list(late_outcome_ids(place))
    assert [c.outcome for c in counted(found)] == ["amputation", "hip_fracture", "other_fracture"]
    carried = [one for one in found if isinstance(one, Carried)]
    assert [(one.outcome, one.condition) for one in carried] == [("heart_attack", "chd")]
    for one in carried:
        # What carries it moves death and quality by itself.
        assert conditions[one.condition].death.value > 1
        assert conditions[one.condition].quality.value < 1


@pytest.mark.parametrize(("sex", "hazard", "printed"), [("female", 0.050, 8), ("male", 0.072, 18)])
def test_the_shipped_hazards_give_the_excess_that_the_meta_analysis_prints_at_80(
    sex: str, hazard: float, printed: int
) -> None:
    place = load("somerset")
    found = read_consequences(place, late_outcome_ids(place), [d.id for d in read_diseases(place)])
    (hip,) = (c for c in counted(found) if c.outcome == "hip_fracture")
    own = [p for p in hip.death if p.sex == sex]

    first_year = sum(p.estimate.value * ((p.to_month or 12) - p.from_month) / 12 for p in own)
    excess = math.exp(-hazard) - math.exp(-hazard * first_year)

    assert round(100 * excess) == printed


def own_file(hamlet: Path, folder: Path, *rows: str) -> Place:
    """The hamlet with a file of its own for what follows on late outcomes."""
    shutil.copytree(hamlet, folder / "hamlet")
    (folder / "hamlet" / FILE).write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return load(folder / "hamlet")


CAUSED = "hip_fracture,caused,,persons,0,,0.25,,,assumed,tripleaim,,ours"
DEATH = "hip_fracture,death,,persons,0,,2,,,assumed,tripleaim,,ours"
QUALITY = "hip_fracture,quality,,persons,0,,0.1,,,assumed,tripleaim,,ours"


def test_a_place_may_have_numbers_of_its_own(hamlet: Path, tmp_path: Path) -> None:
    place = own_file(hamlet, tmp_path, CAUSED, DEATH, QUALITY)

    (found,) = counted(read_consequences(place, ["hip_fracture"], CONDITIONS))

    assert found.death[0].estimate.value == 2


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([CAUSED, DEATH], "quality"),
        ([DEATH, QUALITY], "caused"),
        ([CAUSED, CAUSED, DEATH, QUALITY], "one row"),
        ([CAUSED, DEATH.replace("hip_fracture", "hip"), QUALITY], "late outcome"),
        ([CAUSED.replace("0.25", "1.25"), DEATH, QUALITY], "share"),
        ([CAUSED, DEATH.replace("persons", "female"), QUALITY], "male people from month 0"),
        ([CAUSED, DEATH.replace(",0,,", ",0,6,"), QUALITY], "no end"),
        ([CAUSED, DEATH.replace(",0,,", ",6,3,"), QUALITY], "later month"),
        (
            [CAUSED, DEATH.replace(",0,,", ",0,3,"), DEATH.replace(",0,,", ",4,,"), QUALITY],
            "follow on",
        ),
        ([CAUSED, DEATH.replace(",2,", ",,"), QUALITY], "a value"),
        (["hip_fracture,carried,gout,persons,0,,,,,assumed,tripleaim,,ours"], "condition"),
        (["hip_fracture,carried,chd,persons,0,,,,,assumed,tripleaim,,ours", DEATH], "no other"),
        ([CAUSED, DEATH.replace("death,,", "death,chd,"), QUALITY], "nothing"),
    ],
)
def test_a_fault_in_the_file_is_named(
    hamlet: Path, tmp_path: Path, rows: list[str], said: str
) -> None:
    place = own_file(hamlet, tmp_path, *rows)

    with pytest.raises(InputError, match=said) as fault:
        read_consequences(place, ["hip_fracture"], CONDITIONS)

    assert FILE in str(fault.value)


def test_months_of_the_shipped_file_follow_on_each_other() -> None:
    place = load("somerset")
    for one in counted(
        read_consequences(place, late_outcome_ids(place), [d.id for d in read_diseases(place)])
    ):
        for sex in ("male", "female"):
            own = [p for p in one.death if p.sex in (sex, "persons")]
            assert all(a.to_month == b.from_month for a, b in pairwise(own))
