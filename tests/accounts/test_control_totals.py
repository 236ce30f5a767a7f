"""Control totals, who makes up for whom, what is still to be found, and grants."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.accounts.control.control_totals import (
    FILE,
    read_control_totals,
    system_control_total,
    turnaround,
)
from tripleaim.accounts.control.quality_payments import quality_payments
from tripleaim.accounts.control.recovery import FILE as TURNAROUND
from tripleaim.accounts.control.recovery import GRANTS, grants, savings_to_find
from tripleaim.place import InputError, Place, load
from tripleaim.wording import sentence

D = Decimal
YEAR = "2016/17"
FOUR = ("11X", "RBA", "RA4", "RH5")
# Before the fund: each plan of June 2016 less the trust's part of the fund.
ASKED = {"11X": D(6_500_000), "RBA": D(-9_300_000), "RA4": D(-19_200_000), "RH5": D(1_400_000)}


@pytest.fixture
def with_file(
    somerset: Place, altered: Callable[[Place, str, str, str], Place]
) -> Callable[[str, str, str], Place]:
    """Somerset with one text of one of its files replaced."""
    return partial(altered, somerset)


def test_a_control_total_is_after_the_fund_and_what_must_be_reached_is_before_it(
    somerset: Place,
) -> None:
    totals = {total.organisation: total for total in read_control_totals(somerset)}
    assert tuple(totals) == FOUR
    assert {o: total.before_stf for o, total in totals.items()} == ASKED
    assert totals["RA4"].amount == D(-15_300_000)
    assert all(total.status == "assumed" and total.cause for total in totals.values())


def test_the_systems_control_total_is_the_sum_of_the_organisations(somerset: Place) -> None:
    totals = read_control_totals(somerset)
    assert system_control_total(totals, YEAR) == D(-7_000_000)
    assert sum(total.stf for total in totals) == D(13_600_000)
    assert system_control_total(totals, "2017/18") == 0


def test_one_partners_over_delivery_makes_up_for_anothers_shortfall(somerset: Place) -> None:
    found = turnaround(
        somerset, {**ASKED, "RH5": ASKED["RH5"] + 2_000_000, "RA4": ASKED["RA4"] - 1_500_000}, YEAR
    )
    held = {h.organisation: h for h in found.organisations}
    assert found.met
    assert found.variance == D(500_000)
    assert found.offset == held["RH5"].gives == held["RA4"].receives == D(1_500_000)
    assert held["RBA"].gives == held["RBA"].receives == 0


def test_the_fund_stays_lost_though_others_make_up_the_shortfall(somerset: Place) -> None:
    found = turnaround(
        somerset, {**ASKED, "RH5": ASKED["RH5"] + 2_000_000, "RA4": ASKED["RA4"] - 1_500_000}, YEAR
    )
    assert found.met
    assert found.stf_at_risk == D(3_900_000)
    assert sentence(found) == (
        "The system meets its control total of 2016/17 and is £0.5m better than it, after a "
        "surplus of £1.5m at Somerset Partnership offset shortfalls elsewhere; £3.9m of the "
        "transformation fund is at risk, because Yeovil misses its own total and each organisation "
        "earns the fund separately."
    )


variances = st.lists(
    st.decimals(-50_000_000, 50_000_000, places=2), min_size=len(FOUR), max_size=len(FOUR)
)


@given(by=variances)
def test_what_some_give_others_receive_and_the_system_gets_the_rest(
    somerset: Place, by: list[Decimal]
) -> None:
    positions = {o: ASKED[o] + v for o, v in zip(FOUR, by, strict=True)}
    found = turnaround(somerset, positions, YEAR)
    given_, taken = (sum(getattr(h, n) for h in found.organisations) for n in ("gives", "receives"))
    assert given_ == taken == found.offset
    assert found.variance == sum(by) == found.position - found.control_total
    for held in found.organisations:
        assert 0 <= held.gives <= max(held.variance, D(0))
        assert 0 <= held.receives <= max(-held.variance, D(0))
    left_over = sum(h.variance - h.gives + h.receives for h in found.organisations)
    assert left_over == found.variance


def test_everyone_with_a_control_total_needs_a_position(somerset: Place) -> None:
    with pytest.raises(InputError, match="position of RH5"):
        turnaround(somerset, {o: D(0) for o in FOUR[:3]}, YEAR)
    with pytest.raises(InputError, match="with a control total") as refused:
        turnaround(somerset, {**ASKED, "RBB": D(0)}, YEAR)
    assert refused.value.nearest == "RBA"


def test_a_place_without_control_totals_has_none(hamlet: Path) -> None:
    place = load(hamlet)
    assert read_control_totals(place) == savings_to_find(place) == grants(place) == ()
    assert sentence(turnaround(place, {}, place.years[0])).startswith("No organisation has")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (FILE, "RA4,2016/17", "RA5,2016/17", "an id from organisations.csv"),
        (FILE, "RA4,2016/17", "RBA,2016/17", "is listed twice"),
        (FILE, "RA4,2016/17", "RA4,2025/26", "a year of the plan"),
        (FILE, "plan.yeovil", "plan.yeovill", "the id of a figure"),
        (FILE, "stf.RA4.2016_17", "growth.non-elective", "the id of a figure"),
        (FILE, "stf.RA4.2016_17", "payment.marginal.above", "in £, £000 or £m"),
        (TURNAROUND, ",relied on", ",hoped for", "expected one of deficit"),
        (GRANTS, "public-health.cut.2018_19", "public-health.cut", "the id of a figure"),
    ],
)
def test_a_fault_in_a_file_is_refused(
    with_file: Callable[[str, str, str], Place], name: str, old: str, new: str, said: str
) -> None:
    place = with_file(name, old, new)
    with pytest.raises(InputError, match=said):
        read_control_totals(place), savings_to_find(place), grants(place)


def test_the_commissioner_is_further_from_its_total_than_its_forecast_says(
    somerset: Place,
) -> None:
    ccg, system = savings_to_find(somerset)
    # 6.5 asked and a deficit of 3 forecast; 7 of headroom and 2.6 more are not in hand.
    assert (ccg.organisation, ccg.short, ccg.at_worst) == ("11X", D(9_500_000), D(19_100_000))
    assert (ccg.recovery_plan, ccg.left) == (D(10_000_000), D(9_100_000))
    assert (system.organisation, system.short) == ("", D(30_000_000))
    assert sentence(system) == (
        "The system is at least £30.0m short of its target in 2017/18 to 2018/19."
    )


def test_the_public_health_grant_falls_by_a_little_more_than_the_printed_cuts(
    somerset: Place,
) -> None:
    found = grants(somerset)
    assert [g.year for g in found] == list(somerset.years)
    assert {g.organisation for g in found} == {"E10000027"}
    assert [g.fall for g in found] == [None, D(545_519), D(553_156), D(538_774), D(0)]
    assert [g.cut for g in found[1:]] == [D(538_000), D(553_000), D(539_000), D(0)]


@pytest.mark.parametrize(
    ("delivered", "charged", "earned", "taken"),
    [
        ("1", (), "5000000", "0"),
        ("0.8", (), "4000000", "0"),
        ("0", (30_000, 20_000), "0", "50000"),
        ("0.8", (4_000_000, 2_000_000), "4000000", "5000000"),
    ],
)
def test_quality_is_paid_on_top_and_penalties_stop_at_their_cap(
    somerset: Place, delivered: str, charged: tuple[int, ...], earned: str, taken: str
) -> None:
    found = quality_payments(somerset, D(200_000_000), D(delivered), [D(c) for c in charged])
    assert (found.cquin_earned, found.penalties_taken) == (D(earned), D(taken))
    assert found.cquin_earned + found.cquin_lost == found.cquin_available == D(5_000_000)
    assert found.net == found.cquin_earned - found.penalties_taken


def test_more_than_all_goals_met_is_refused(somerset: Place) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        quality_payments(somerset, D(1), D("1.1"))
    with pytest.raises(ValueError, match="zero or more"):
        quality_payments(somerset, D(1), D(1), [D(-1)])
