from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tripleaim.capacity import Tracker, primary_care
from tripleaim.place import InputError, Place, load


@pytest.fixture(scope="module")
def tracker(somerset: Place) -> Tracker:
    return primary_care(somerset)


def test_practices_of_all_forms_are_the_plans_74_in_the_first_year(
    somerset: Place, tracker: Tracker
) -> None:
    assert tracker.practices["2016/17"] == somerset.value("practices.plan") == 74


def test_the_roll_out_in_south_somerset_is_as_printed(tracker: Tracker) -> None:
    points = {p.period: p for p in tracker.measure("enhanced.south-somerset").points}
    assert (points["2016/17-M09"].value, points["2016/17"].value) == (17, 19)
    assert points["2016/17"].status == "published"
    assert max(p.value for p in points.values()) == 20


def test_every_measure_goes_the_way_that_is_set_for_it_and_says_why(tracker: Tracker) -> None:
    for measure in tracker.measures:
        assert measure.goes_that_way, measure.id
        for point in measure.points:
            assert point.low <= point.value <= point.high
            assert point.status in ("published", "public") or point.cause
    ours = [m.id for m in tracker.measures if not m.direction_printed]
    assert ours == ["practices.merged", "practices.mcp-or-pacs"]


def test_telephone_units_end_as_clusters_of_about_30_000(somerset: Place, tracker: Tracker) -> None:
    people = somerset.value("skill-mix.population") / somerset.value("practice-cluster.patients")
    assert tracker.measure("telephone-units").by_year["2020/21"] == round(people)


def test_the_printed_cost_by_head_by_list_and_by_post(tracker: Tracker) -> None:
    cost = tracker.extra_cost
    assert cost.printed == Decimal("8300000.00")
    assert cost.per_head == Decimal("14.82")  # 8.3m / 560,000
    assert cost.per_list == Decimal("148214.29")  # for 10,000 people
    assert float(cost.per_extra_wte) == pytest.approx(8.3e6 / 649.2, abs=0.01)


def test_the_posts_of_the_table_cost_more_than_is_printed(tracker: Tracker) -> None:
    cost = tracker.extra_cost
    assert cost.printed < cost.low < cost.total < cost.high < cost.with_all
    assert cost.total == sum(g.cost for g in cost.groups if not g.already_there)
    assert [g.group for g in cost.groups if g.already_there] == [
        "counselling",
        "physiotherapist",
        "mental-health-practitioner",
    ]
    doctors = next(g for g in cost.groups if g.group == "gp")
    assert doctors.extra_wte == -36
    assert doctors.low < doctors.cost < doctors.high < 0


def test_money_is_extra_staff_less_what_falls_away(tracker: Tracker) -> None:
    first, *_, last = tracker.money
    assert first.extra_staff == first.net == 0
    assert last.extra_staff == tracker.extra_cost.total
    fallen = last.saved["indemnity"] + last.saved["locum"]
    assert last.net == last.extra_staff + last.taken_over - fallen


def test_coaches_of_the_vanguard_cost_the_partners_from_2018_19(
    somerset: Place, tracker: Tracker
) -> None:
    coach = next(r for r in somerset.rows("staff_groups.csv") if r["id"] == "health-coach")
    paid = Decimal(str(43 * coach["cost"]))
    assert [m.taken_over for m in tracker.money] == [0, 0, paid, paid, paid]
    assert 1_000_000 < paid < 1_250_000


def test_available_staff_make_fewer_contacts_than_the_table_offers(
    tracker: Tracker,
) -> None:
    for year in tracker.capacity:
        assert year.in_post < year.with_agency < year.planned


def test_a_place_without_a_tracker_learns_which_file_is_needed(hamlet: Path) -> None:
    with pytest.raises(InputError, match="this file is required"):
        primary_care(load(hamlet))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("enhanced.county,2020/21,64,40,64", "enhanced.county,2020/21,65,40,65", "at most the 64"),
        ("locum,2020/21", "locum,2019/20", "is listed twice"),
        ("prescribers,2018/19", "prescriber,2018/19", "prescribers"),
        ("2016/17-M09,17", "2016/17-M13,17", "no such name here"),
        ("2016/17-M09,17", "2016/17-M09,18", "the value of the figure"),
        ("at-risk,2016/17,9", "at-risk,2016/17,99", "from 4 to 15"),
    ],
)
def test_a_fault_in_the_tracker_is_named(
    somerset: Place, tmp_path: Path, old: str, new: str, said: str
) -> None:
    folder = tmp_path / "somerset"
    shutil.copytree(somerset.folder, folder)
    file = folder / "primary_care.csv"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        primary_care(load(folder))
    assert said in str(raised.value)
    assert "primary_care.csv" in str(raised.value)
