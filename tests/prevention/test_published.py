"""A published evaluation is compared with ours as it counts itself."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.prevention.published import Counting, JoinersLives, counted

WORTH = 20_000.0


def lives() -> JoinersLives:
    """Ten people join in the third year for £100 each; each year after they are spared £8 and gain
    a hundredth of a QALY and of a year of life twice that, for ever."""
    years = 90
    cost, avoided, gain = np.zeros((1, years)), np.zeros((1, years)), np.zeros((1, years))
    cost[0, 2] = 1000
    avoided[0, 2:] = 80
    gain[0, 2:] = 0.1
    return JoinersLives(np.array([10.0]), cost, avoided, gain, 2 * gain, joining=2)


def test_people_are_followed_from_their_joining_for_as_long_as_theirs() -> None:
    ten = counted(lives(), Counting(10, 0.0, "net cost", "QALY"), WORTH)
    twenty = counted(lives(), Counting(20, 0.0, "net cost", "QALY"), WORTH)

    assert ten.per.central == pytest.approx((1000 - 10 * 80) / 1.0)
    assert ten.qalys_per_person == pytest.approx(0.1)
    assert ten.pays_back_after is None
    assert twenty.per.central == pytest.approx((1000 - 20 * 80) / 2.0)
    # £1,000 is spared within the thirteenth year.
    assert twenty.pays_back_after == 13


def test_what_theirs_leaves_out_is_left_out_of_ours() -> None:
    alone = counted(lives(), Counting(10, 0.0, "programme cost", "life year"), WORTH)

    assert alone.per.central == pytest.approx(1000 / 2.0)
    # It pays back or not whatever is divided.
    assert alone.pays_back_after is None


def test_discounting_starts_when_people_join() -> None:
    found = counted(lives(), Counting(None, 3.5, "programme cost", "QALY"), WORTH)

    qalys = 0.1 * (1.035 ** -np.arange(88)).sum()
    assert found.per.central == pytest.approx(1000 / qalys, rel=1e-3)
    assert found.qalys_per_person == pytest.approx(qalys / 10, rel=1e-3)


def test_who_gains_nothing_has_no_cost_for_each_gain() -> None:
    nothing = JoinersLives(np.array([3.0]), np.ones((1, 5)),
                    np.zeros((1, 5)), np.zeros((1, 5)), np.zeros((1, 5)), joining=0)  # fmt: skip

    found = counted(nothing, Counting(1, 3.5, "net cost", "QALY"), WORTH)

    assert found.per.central is None
