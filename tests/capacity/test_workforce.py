from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.activity import Activity
from tripleaim.capacity import (
    Range,
    Workforce,
    skill_mix,
    staff_groups,
    staff_inputs,
    staff_minutes,
    staff_shares,
    workforce,
    wte_needed,
    wte_per_contact,
)
from tripleaim.place import InputError, Place, load
from tripleaim.wording import workforce_notes


@pytest.fixture(scope="module")
def activity(somerset: Place) -> Activity:
    """Printed activity, on the straight line between its two printed years."""
    steps = len(somerset.years) - 1
    return Activity.of_totals(
        {
            p.id: {
                y: somerset.value(p.printed_base)
                + (somerset.value(p.printed_last) - somerset.value(p.printed_base)) * i / steps
                for i, y in enumerate(somerset.years)
            }
            for p in somerset.points_of_delivery
        }
    )


@pytest.fixture(scope="module")
def staff(somerset: Place, activity: Activity) -> Workforce:
    return workforce(staff_inputs(somerset), activity)


positive = st.floats(0.5, 1000)


@given(st.floats(0, 1e7), positive, positive)
def test_need_is_contacts_by_minutes_over_hours(
    contacts: float, minutes: float, hours: float
) -> None:
    need = wte_needed(contacts, Range(minutes, minutes, minutes), Range(hours, hours, hours))
    assert need.value * hours * 52 * 60 == pytest.approx(contacts * minutes)
    assert need.low == need.value == need.high


def test_a_need_is_wider_where_minutes_and_hours_are_both_in_doubt() -> None:
    need = wte_needed(156_000, Range(10, 7, 13), Range(25, 20, 25))
    assert need.value == pytest.approx(20)
    assert need.low == pytest.approx(14)
    assert need.high == pytest.approx(20 * (1 + (0.3**2 + 0.25**2) ** 0.5))


def test_the_contacts_that_the_table_offers_need_the_staff_that_it_prints(somerset: Place) -> None:
    mix = skill_mix(somerset)
    offered = {"gp": {y: 52 * mix.total_contacts[y] for y in mix.years}}
    made = workforce(staff_inputs(somerset), Activity.of_totals(offered))
    for group in made.groups:
        assert group.needed == pytest.approx(group.posts)


def test_lines_by_organisation_add_up_to_groups(staff: Workforce) -> None:
    for group in staff.groups:
        lines = [x for x in staff.lines if (x.group, x.year) == (group.group, group.year)]
        assert sum(x.needed for x in lines) == pytest.approx(group.needed)
        assert sum(x.in_post for x in lines) == pytest.approx(group.in_post)
        assert sum(x.gap for x in lines) == pytest.approx(group.gap)
        assert float(sum(x.cost for x in lines)) == pytest.approx(float(group.cost), abs=0.1)


def test_a_gap_is_what_is_needed_and_not_at_work(staff: Workforce) -> None:
    for group in staff.groups:
        assert group.supplied == pytest.approx(group.in_post + group.agency)
        assert group.gap == pytest.approx(group.needed - group.supplied)
        assert group.supplied_low <= group.supplied <= group.supplied_high


def test_doctors_are_fewer_and_demand_does_not_ask_for_the_whole_table(staff: Workforce) -> None:
    doctors = {g.year: g for g in staff.groups if g.group == "gp"}
    assert doctors["2020/21"].in_post < doctors["2016/17"].in_post - 40
    assert doctors["2020/21"].needed < doctors["2020/21"].posts


def test_every_organisation_named_is_one_of_the_place(staff: Workforce, somerset: Place) -> None:
    named = {line.organisation for line in staff.lines}
    assert named <= {o.id for o in somerset.organisations}
    assert {"RBA", "RA4", "RH5", "somerset-practices", "care-market"} <= named


def test_a_contact_takes_the_staff_that_all_contacts_need(
    somerset: Place, staff: Workforce, activity: Activity
) -> None:
    each = wte_per_contact(staff_inputs(somerset), "2020/21")
    nurses = [
        x
        for x in staff.lines
        if (x.group, x.year, x.point_of_delivery)
        == ("hospital-nurse", "2020/21", "acute-non-elective")
    ]
    contacts = activity.contacts["acute-non-elective"]["2020/21"]
    assert sum(x.needed for x in nurses) == pytest.approx(
        contacts * each["acute-non-elective"]["hospital-nurse"].value
    )


def test_a_place_from_a_population_alone_has_englands_staff(hamlet: Path) -> None:
    place = load(hamlet)
    made = workforce(
        staff_inputs(place), Activity.of_totals({"gp": dict.fromkeys(place.years, 10_000.0)})
    )
    assert {g.group for g in made.groups} == {
        "gp",
        "advanced-nurse",
        "nurse",
        "health-care-assistant",
    }
    assert {x.organisation for x in made.lines} == {""}


def test_shares_that_do_not_add_up_are_refused(hamlet: Path, tmp_path: Path) -> None:
    place = _copy_with(
        hamlet,
        tmp_path,
        "staff_shares.csv",
        "point_of_delivery,group,organisation,share,status,source\n"
        "gp,,providers,0.6,assumed,tripleaim\n",
    )
    with pytest.raises(InputError, match="shares of gp to add up to 1"):
        staff_shares(place)


def test_minutes_outside_their_own_range_are_refused(hamlet: Path, tmp_path: Path) -> None:
    place = _copy_with(
        hamlet,
        tmp_path,
        "staff.csv",
        "point_of_delivery,group,minutes,low,high,status,source\ngp,gp,10,11,12,assumed,tripleaim\n",
    )
    with pytest.raises(InputError, match=r"staff\.csv, line 2.*from 11 to 12"):
        staff_minutes(place)


def test_a_group_listed_twice_is_refused(hamlet: Path, tmp_path: Path) -> None:
    line = "gp,GPs,doctor,practice,25,24,26,1,1,1,assumed,tripleaim\n"
    place = _copy_with(
        hamlet,
        tmp_path,
        "staff_groups.csv",
        "id,name,band,setting,hours,hours_low,hours_high,cost,cost_low,cost_high,status,source\n"
        + 2 * line,
    )
    with pytest.raises(InputError, match=r"line 3.*is listed twice"):
        staff_groups(place)


def _copy_with(hamlet: Path, tmp_path: Path, name: str, text: str) -> Place:
    folder = tmp_path / "place"
    shutil.copytree(hamlet, folder)
    (folder / name).write_text(text, encoding="utf-8")
    return load(folder)


def test_the_note_says_how_much_more_the_table_offers_than_is_forecast(staff: Workforce) -> None:
    assert (
        "In 2020/21 it provides 30% more contacts than are forecast." in workforce_notes(staff)[-1]
    )
