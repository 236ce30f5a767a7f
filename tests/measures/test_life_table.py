"""Life expectancy as official statistics work it: published cases, and what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.measures import BAND_STARTS, WHY_NOT, life_table

# Public Health England's own test case (PHEindicatormethods, testLifeExpectancy.R), all ages.
PEOPLE = [
    *(7060, 35059, 46974, 48489, 43219, 38561, 46009, 57208, 61435, 55601),
    *(50209, 56416, 46411, 39820, 37978, 37039, 33288, 23306, 11936, 11936),
]
DEATHS = [
    *(17, 9, 4, 8, 20, 15, 24, 33, 50, 71),
    *(100, 163, 263, 304, 536, 872, 1390, 1605, 1936, 1937),
]
EXPECTED = [
    *(80.16960813, 79.36245674, 75.44193645, 70.47299936, 65.52909542),
    *(60.67510088, 55.78835987, 50.92752727, 46.06740425, 41.24505636),
    *(36.49322717, 31.83343842, 27.26027992, 22.9719144, 18.76856852),
    *(14.95858336, 11.51684445, 8.618849241, 6.163942934, 6.16210635),
]
LOWER = [
    *(79.88268548, 79.0898816, 75.17407307, 70.20675732, 65.26548673),
    *(60.41876577, 55.53801579, 50.68279939, 45.82666794, 41.00842831),
    *(36.26223216, 31.60996318, 27.04337271, 22.76653134, 18.57570352),
    *(14.77985004, 11.34831778, 8.451134045, 5.978358351, 5.887683386),
]
UPPER = [
    *(80.45653078, 79.63503188, 75.70979183, 70.7392414, 65.79270412),
    *(60.931436, 56.03870395, 51.17225516, 46.30814055, 41.48168441),
    *(36.72422219, 32.05691365, 27.47718713, 23.17729746, 18.96143352),
    *(15.13731667, 11.68537112, 8.786564437, 6.349527517, 6.436529314),
]

# England and Wales 2010 to 2012: ONS deaths and mid-year population by single year of age, added
# up by us into the bands. Published from complete tables: 79.0, 18.3 and 5.8 years for men at
# birth, 65 and 85; 82.8, 20.9 and 6.8 for women (ONS, Interim life tables, 24 October 2013).
ENGLAND_AND_WALES = {
    "male": (
        [
            *(5295, 822, 467, 515, 1722, 2993, 3470, 4465, 6477, 10533),
            *(15077, 20469, 29173, 46989, 60927, 79023, 102416, 123825, 115581, 82575),
        ],
        [
            *(
                1103777,
                4289635,
                4862893,
                4974201,
                5399182,
                5737997,
                5735355,
                5546527,
                5536713,
                6071319,
            ),
            *(
                6091286,
                5399353,
                4744923,
                4872753,
                4037217,
                3099416,
                2436313,
                1671529,
                886711,
                356658,
            ),
        ],
        {0: 79.0, 65: 18.3, 85: 5.8},
    ),
    "female": (
        [
            *(4039, 666, 362, 400, 855, 1207, 1659, 2383, 3737, 6503),
            *(10083, 14248, 19857, 31734, 41676, 56953, 84834, 127152, 159622, 196156),
        ],
        [
            *(
                1051164,
                4091877,
                4638842,
                4738092,
                5148296,
                5631234,
                5762199,
                5552462,
                5583983,
                6193033,
            ),
            *(
                6219975,
                5479674,
                4857991,
                5057094,
                4267996,
                3440391,
                2937724,
                2363859,
                1601839,
                959663,
            ),
        ],
        {0: 82.8, 65: 20.9, 85: 6.8},
    ),
}


def test_life_expectancy_is_public_health_englands_published_one_at_every_age() -> None:
    table = life_table(DEATHS, PEOPLE)
    assert table.remaining == pytest.approx(EXPECTED, abs=5e-9)
    assert not table.why_not.any()


def test_its_interval_is_the_published_one_at_every_age() -> None:
    table = life_table(DEATHS, PEOPLE)
    for age, lower, upper in zip(BAND_STARTS, LOWER, UPPER, strict=True):
        low, high = table.interval(age)
        # The published limits were made with 1.96 for the normal deviate.
        assert (low, high) == pytest.approx((lower, upper), abs=1e-5)


@pytest.mark.parametrize("sex", ["male", "female"])
def test_england_and_wales_2010_to_2012_comes_out_as_published(sex: str) -> None:
    deaths, person_years, published = ENGLAND_AND_WALES[sex]
    table = life_table(deaths, person_years)
    assert table.expectancy(0) == pytest.approx(published[0], abs=0.05)
    assert table.expectancy(65) == pytest.approx(published[65], abs=0.08)
    # Five-year bands are coarse at the end of life: an abridged table is up to 0.2 above.
    assert 0 < table.expectancy(85) - published[85] < 0.2


def test_where_one_in_fifty_dies_at_every_age_life_lasts_fifty_years() -> None:
    # Within a band deaths are spread evenly, not exponentially, hence the tolerance.
    table = life_table([2e4] * 20, [1e6] * 20)
    assert table.remaining == pytest.approx([50.0] * 20, rel=0.004)
    assert table.remaining[-1] == pytest.approx(50.0, rel=1e-12)


def test_many_populations_at_once_give_what_each_gives_alone() -> None:
    deaths = np.array([[DEATHS, DEATHS], [np.multiply(DEATHS, 2), DEATHS]], dtype=float)
    people = np.full((2, 2, 20), 9000.0)
    together = life_table(deaths, people)
    assert together.remaining.shape == (2, 2, 20)
    alone = life_table(deaths[1, 0], people[1, 0])
    assert np.array_equal(together.remaining[1, 0], alone.remaining)
    assert np.array_equal(together.error[1, 0], alone.error)


def why(deaths: list[float], people: list[float]) -> str:
    table = life_table(deaths, people)
    assert np.isnan(table.remaining[0])
    return WHY_NOT[int(table.why_not[0])]


def test_a_population_of_5000_person_years_is_left_out_and_one_more_is_not() -> None:
    deaths = [1.0] * 20
    assert why(deaths, [250.0] * 20) == "5,000 person-years or fewer"
    assert life_table([10.0] * 20, [250.0] * 19 + [251.0]).why_not[0] == 0


def test_what_official_tables_leave_out_is_left_out_and_says_why() -> None:
    assert why([*DEATHS[:-1], 0], PEOPLE) == "nobody died at 90 or over"
    assert why([0.0] * 20, [0.0, *PEOPLE[1:]]) == "an age band has no people"
    more = [*PEOPLE[:-2], 119, 11936]
    assert why(DEATHS, more) == "an age band has more deaths than person-years"


def test_an_interval_wider_than_twenty_years_hides_the_value_but_not_its_error() -> None:
    table = life_table([1.0] + [0.0] * 18 + [1.0], [251.0] * 20)
    assert WHY_NOT[int(table.why_not[0])] == "the 95% interval is wider than 20 years"
    assert np.isnan(table.expectancy(0))
    assert table.error[0] > 10 / 1.96


def test_a_band_without_deaths_is_no_reason_to_leave_out() -> None:
    table = life_table([0.0] * 10 + DEATHS[10:], PEOPLE)
    assert table.why_not[0] == 0
    assert table.expectancy(0) > EXPECTED[0]


@pytest.mark.parametrize(
    ("deaths", "people", "says"),
    [
        ([1.0] * 19, [100.0] * 19, "20 bands"),
        ([-1.0] + [1.0] * 19, [1000.0] * 20, "deaths of 0 or more"),
        ([1.0] * 20, [1000.0] * 19 + [float("nan")], "person-years of 0 or more"),
        ([[1.0] * 20], [1000.0] * 20, "one shape"),
    ],
)
def test_bad_numbers_are_refused(deaths: list[float], people: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        life_table(deaths, people)


def test_an_age_inside_a_band_is_refused() -> None:
    with pytest.raises(ValueError, match="starts a band, found 67"):
        life_table(DEATHS, PEOPLE).expectancy(67)


populations = st.lists(st.floats(20_000, 60_000), min_size=20, max_size=20)
rates = st.lists(st.floats(0.0005, 0.1), min_size=20, max_size=20).map(
    lambda found: [*found[:-1], found[-1] + 0.1]
)


@given(people=populations, rate=rates, times=st.floats(1.05, 2.0))
def test_more_deaths_at_every_age_never_lengthen_life(
    people: list[float], rate: list[float], times: float
) -> None:
    fewer = life_table(np.multiply(people, rate), people)
    more = life_table(np.multiply(people, rate) * times, people)
    assert (more.remaining < fewer.remaining).all()


@given(people=populations, rate=rates)
def test_four_times_the_people_at_the_same_rates_halve_the_error(
    people: list[float], rate: list[float]
) -> None:
    once = life_table(np.multiply(people, rate), people)
    four = life_table(np.multiply(people, rate) * 4, np.multiply(people, 4))
    assert four.remaining == pytest.approx(once.remaining, rel=1e-9)
    assert four.error == pytest.approx(once.error / 2, rel=1e-9)


@given(people=populations, rate=rates)
def test_years_ahead_are_years_in_the_band_and_years_after_it(
    people: list[float], rate: list[float]
) -> None:
    table = life_table(np.multiply(people, rate), people)
    ahead = table.remaining * table.survivors
    assert ahead[:-1] == pytest.approx(table.lived[:-1] + ahead[1:], rel=1e-9)
    assert ahead[-1] == pytest.approx(table.lived[-1], rel=1e-9)


def test_the_standard_error_is_the_spread_of_life_expectancy_over_many_deaths() -> None:
    lots = np.random.default_rng(1)
    drawn = life_table(lots.poisson(DEATHS, (4000, 20)), np.broadcast_to(PEOPLE, (4000, 20)))
    for age in (0, 65, 90):
        said = life_table(DEATHS, PEOPLE).error[BAND_STARTS.index(age)]
        assert drawn.expectancy(age).std() == pytest.approx(said, rel=0.06)
