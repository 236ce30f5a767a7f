"""The fund is earned by quarter, in arrears, by finance and access: a condition and not a gift."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.accounts.control.control_totals import control_total
from tripleaim.accounts.control.stf_conditions import read_stf_conditions, stf_earned
from tripleaim.place import InputError, Place
from tripleaim.wording import sentence

D = Decimal
YEAR = "2016/17"
STANDARDS = ("referral-to-treatment", "accident-and-emergency", "cancer")
QUARTERS = tuple(f"{YEAR}-Q{q}" for q in (1, 2, 3, 4))
MONTHS = tuple(f"{YEAR}-M{m:02d}" for m in range(1, 13))
# Taunton & Somerset: 8.2m of the fund, 2.05m a quarter; -9.3m asked before it, -2.325m a quarter.
QUARTERLY = D(-2_325_000)


def access(**missed: tuple[int, ...]) -> dict[str, dict[str, bool]]:
    """All standards met, but for those named in the quarters given."""
    return {
        quarter: {s: nth not in missed.get(s.replace("-", "_"), ()) for s in STANDARDS}
        for nth, quarter in enumerate(QUARTERS, 1)
    }


def earned(place: Place, amounts: list[Decimal], met: Mapping[str, Mapping[str, bool]]):
    return stf_earned(place, "RBA", YEAR, dict(zip(QUARTERS, amounts, strict=False)), met)


def test_seventy_per_cent_depends_on_finance_and_thirty_on_access(somerset: Place) -> None:
    conditions = read_stf_conditions(somerset)
    assert sum(c.share for c in conditions if c.kind == "finance") == 70
    assert sum(c.share for c in conditions if c.kind == "access") == 30
    assert {c.status for c in conditions} == {"public"}


def test_a_provider_that_meets_everything_earns_all_of_it(somerset: Place) -> None:
    found = earned(somerset, [QUARTERLY] * 4, access())
    assert [q.earned for q in found.quarters] == [D(2_050_000)] * 4
    assert (found.earned, found.lost, found.undecided) == (D(8_200_000), 0, 0)


def test_a_missed_standard_loses_its_share_of_that_quarter_alone(somerset: Place) -> None:
    met = access(accident_and_emergency=(2, 3), cancer=(3,))
    found = earned(somerset, [QUARTERLY] * 4, met)
    # 12.5% of 2.05m is 256,250; 5% more is 102,500.
    assert [q.lost for q in found.quarters] == [0, D(256_250), D(358_750), 0]
    assert found.quarters[1].failed == ("Four hours in A&E",)
    assert sentence(found.quarters[2]) == (
        "Quarter 3: £1.7m earned and £0.4m lost; not met: Four hours in A&E and Cancer treatment "
        "in 62 days."
    )


def test_a_missed_control_total_loses_the_whole_quarter(somerset: Place) -> None:
    found = earned(somerset, [QUARTERLY, QUARTERLY - D("0.01"), QUARTERLY, QUARTERLY], access())
    # A penny short of the year to date in quarter 2, and so in every quarter after it.
    assert [q.earned for q in found.quarters] == [D(2_050_000), 0, 0, 0]
    assert found.lost == D(6_150_000)


def test_a_later_recovery_does_not_bring_a_lost_quarter_back(somerset: Place) -> None:
    found = earned(somerset, [QUARTERLY - 1000, QUARTERLY + 1000, QUARTERLY, QUARTERLY], access())
    assert [q.earned for q in found.quarters] == [0, D(2_050_000), D(2_050_000), D(2_050_000)]
    assert sentence(found) == (
        "Taunton & Somerset has earned £6.2m of £8.2m of the transformation fund in 2016/17 and "
        "lost £2.0m."
    )


def test_the_money_comes_after_the_quarter(somerset: Place) -> None:
    found = earned(somerset, [QUARTERLY] * 4, access())
    assert [q.paid_in for q in found.quarters] == [
        "2016/17-M04",
        "2016/17-M07",
        "2016/17-M10",
        "2017/18-M01",
    ]


def test_a_quarter_that_is_not_complete_is_not_decided(somerset: Place) -> None:
    months = dict.fromkeys(MONTHS[:8], D(-775_000))
    found = stf_earned(somerset, "RBA", YEAR, months, access())
    assert [q.quarter for q in found.quarters] == list(QUARTERS[:2])
    assert (found.earned, found.undecided) == (D(4_100_000), D(4_100_000))
    assert sentence(found).endswith("£4.1m can still be earned.")
    nothing = stf_earned(somerset, "RBA", YEAR, {}, {})
    assert (nothing.quarters, nothing.undecided) == ((), D(8_200_000))


def test_months_and_quarters_say_the_same(somerset: Place) -> None:
    by_month = {month: D(-700_000) - 10_000 * m for m, month in enumerate(MONTHS)}
    amounts = list(by_month.values())
    by_quarter = [sum(amounts[q : q + 3], D(0)) for q in range(0, 12, 3)]
    met = access(cancer=(1,))
    assert stf_earned(somerset, "RBA", YEAR, by_month, met) == earned(somerset, by_quarter, met)


def test_a_control_total_may_fall_unevenly_over_the_quarters(somerset: Place) -> None:
    late = {q: D(a) for q, a in zip(QUARTERS, (-930_000,) * 2 + (-3_720_000,) * 2, strict=True)}
    even = stf_earned(somerset, "RBA", YEAR, late, access())
    shaped = stf_earned(somerset, "RBA", YEAR, late, access(), profile=(10, 10, 40, 40))
    assert even.earned == shaped.earned == D(8_200_000)
    early = dict(zip(QUARTERS, reversed(late.values()), strict=True))
    assert [q.earned for q in stf_earned(somerset, "RBA", YEAR, early, access()).quarters] == [
        0,
        0,
        0,
        D(2_050_000),
    ]


@given(
    st.lists(st.decimals(-5_000_000, 5_000_000, places=2), max_size=4),
    st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=4, max_size=4),
)
def test_no_more_is_earned_than_was_allocated_and_nothing_is_lost(
    somerset: Place, amounts: list[Decimal], met: list[list[bool]]
) -> None:
    said = {q: dict(zip(STANDARDS, m, strict=True)) for q, m in zip(QUARTERS, met, strict=True)}
    found = earned(somerset, amounts, said)
    allocation = control_total(somerset, "RBA", YEAR).stf
    assert found.earned + found.lost + found.undecided == allocation
    assert found.earned >= 0 <= found.lost
    assert len(found.quarters) == len(amounts)
    for quarter in found.quarters:
        if quarter.position < quarter.target:
            assert quarter.earned == 0


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        (("2016/17-M01", "2016/17-M03"), "for every period up to the last"),
        (("2016/17-Q2",), "for every period up to the last"),
        (("2016/17-Q5",), "a month such as"),
        (("2015/16-Q1",), "a month such as"),
        (("2016/17-M1", "2016/17-M01"), "is listed twice"),
        (("2016/17-Q1", "2016/17-M04"), "months or quarters, not both"),
        (("April",), "a month such as"),
    ],
)
def test_periods_that_do_not_make_a_year_are_refused(
    somerset: Place, periods: tuple[str, ...], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        stf_earned(somerset, "RBA", YEAR, dict.fromkeys(periods, D(0)), access())


def test_a_quarter_is_not_judged_without_its_access_standards(somerset: Place) -> None:
    met = access()
    del met[QUARTERS[1]]["cancer"]
    with pytest.raises(InputError, match="whether cancer was met in 2016/17-Q2"):
        earned(somerset, [QUARTERLY] * 2, met)
    with pytest.raises(InputError, match="an access standard") as refused:
        earned(somerset, [QUARTERLY], {QUARTERS[0]: {"cancers": True}})
    assert refused.value.nearest == "cancer"


def test_an_organisation_without_a_control_total_has_nothing_to_earn(somerset: Place) -> None:
    with pytest.raises(InputError, match="control total of E10000027"):
        stf_earned(somerset, "E10000027", YEAR, {}, {})
