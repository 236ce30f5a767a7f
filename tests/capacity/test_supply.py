from __future__ import annotations

import itertools
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.capacity import (
    Rates,
    staff_flows,
    staff_inputs,
    staffing_checks,
    supply,
    supply_assumptions,
)
from tripleaim.capacity.staff import Range, staff_groups
from tripleaim.capacity.supply import Assumptions
from tripleaim.place import InputError, Place, load
from tripleaim.wording import sentence

shares = st.floats(0, 1)
STEADY = Rates(0, 0, 0, 0, 1, 0, 0, 1, 0)


@st.composite
def any_rates(draw: st.DrawFn) -> Rates:
    return Rates(
        leavers=draw(shares),
        retirement=draw(shares),
        wave=draw(shares),
        wave_years=draw(st.integers(1, 5)),
        fill=draw(shares),
        agency=draw(shares),
        vacancy=draw(shares),
        returning=draw(shares),
        premium=0.3,
    )


posts_by_year = st.lists(st.floats(0, 5000), min_size=1, max_size=6)


@given(any_rates(), posts_by_year)
def test_heads_are_conserved_in_every_year(rates: Rates, posts: list[float]) -> None:
    flows = staff_flows(rates, posts, [2.0 * i for i in range(len(posts))])
    for before, flow in itertools.pairwise(flows):
        assert flow.start == before.end
        joined = flow.returned + flow.recruited
        assert flow.end == pytest.approx(flow.start - flow.retired - flow.left + joined)
        assert flow.end >= 0
        assert 0 <= flow.agency <= max(0.0, flow.posts - flow.end) + 1e-9


@given(any_rates(), posts_by_year)
def test_who_recruits_more_has_more(rates: Rates, posts: list[float]) -> None:
    none = [0.0] * len(posts)
    better = replace(rates, fill=1.0)
    for less, more in zip(
        staff_flows(rates, posts, none), staff_flows(better, posts, none), strict=True
    ):
        assert more.end >= less.end - 1e-6


def test_a_group_that_nobody_leaves_and_where_all_posts_are_filled_follows_its_plan() -> None:
    flows = staff_flows(STEADY, [10, 20, 40], [0, 0, 0])
    assert [f.end for f in flows] == [10, 20, 40]


def test_half_of_what_the_plan_lacks_stays_empty_when_half_of_posts_are_filled() -> None:
    rates = replace(STEADY, retirement=0.1, fill=0.5)
    _, flow = staff_flows(rates, [100, 100], [0, 0])
    assert (flow.retired, flow.advertised, flow.recruited, flow.end) == (10, 10, 5, 95)


def test_a_wave_of_31_in_100_over_three_years_leaves_69_where_no_post_is_filled() -> None:
    rates = replace(STEADY, wave=0.31, wave_years=3, fill=0)
    flows = staff_flows(rates, [100] * 5, [0] * 5)
    assert flows[3].end == pytest.approx(69)
    assert flows[4].end == pytest.approx(69)


def test_an_interval_holds_the_middle_and_is_as_wide_as_one_assumption_alone() -> None:
    fixed = {name: Range(v, v, v) for name, v in (("leavers", 0.1), ("retirement", 0.0))}
    names = ("wave", "agency", "vacancy", "premium")
    fixed |= {name: Range(0.0, 0.0, 0.0) for name in names}
    fixed |= {"returning": Range(1.0, 1.0, 1.0), "fill": Range(0.5, 0.4, 0.6)}
    found = supply(Assumptions(fixed, 0), [100, 100], [0, 0])
    assert found.flows[1].end == pytest.approx(95)
    assert (found.low[1], found.high[1]) == pytest.approx((94, 96))


def test_the_printed_table_of_doctors_does_not_hold(somerset: Place) -> None:
    (check,) = staffing_checks(staff_inputs(somerset))
    assert not check.holds
    assert check.group == "gp"
    last = check.years[-1]
    assert last.planned == 254 + 20
    assert last.high < last.planned
    assert check.recruits > check.fill * check.departures
    assert 0 < check.bearable < 0.31
    assert sentence(check).startswith(
        "The printed table does not hold. Suppose that 31% retire within 3 years"
    )


def test_a_place_without_a_printed_table_has_no_staffing_check(hamlet: Path) -> None:
    assert staffing_checks(staff_inputs(load(hamlet))) == ()


def test_every_group_has_every_assumption_and_a_places_own_goes_first(somerset: Place) -> None:
    assumed = supply_assumptions(somerset, staff_groups(somerset))
    assert assumed["gp"].rates().fill == 0.5
    assert assumed["nurse"].rates().fill == 0.75
    assert all(a.rates().wave == 0 for g, a in assumed.items() if g != "gp")


def test_an_unknown_staff_group_is_named_with_the_nearest(hamlet: Path, tmp_path: Path) -> None:
    folder = tmp_path / "place"
    shutil.copytree(hamlet, folder)
    (folder / "staff_supply.csv").write_text(
        "group,item,value,low,high,years,figure,status,source,cause\n"
        "nurze,fill,50,40,60,,,assumed,tripleaim,a slip\n",
        encoding="utf-8",
    )
    place = load(folder)
    with pytest.raises(InputError) as raised:
        supply_assumptions(place, staff_groups(place))
    assert "nurse" in str(raised.value)
    assert "staff_supply.csv, line 2" in str(raised.value)


def test_a_published_share_that_is_not_the_figures_is_refused(
    somerset: Place, tmp_path: Path
) -> None:
    folder = tmp_path / "somerset"
    shutil.copytree(somerset.folder, folder)
    file = folder / "staff_supply.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("gp,wave,31,", "gp,wave,30,"), encoding="utf-8")
    place = load(folder)
    with pytest.raises(InputError, match="the figure's value, 31"):
        supply_assumptions(place, staff_groups(place))
