"""A solution that moves work shows whose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from small_place import COSTS, FIGURES, SOLUTIONS, Folk, figure, small_place

from tripleaim.place import FolderFiles, InputError, Organisation, PlaceFiles
from tripleaim.plan.basis import Basis
from tripleaim.plan.by_organisation.staff_by_solution import PAY_SHARE as PAY
from tripleaim.plan.by_organisation.staff_by_solution import (
    POST_COST,
    contacts_changed,
    staff_by_solution,
)
from tripleaim.plan.overlap.outcome import evaluate
from tripleaim.plan.overlap.scenario import Choice, choose
from tripleaim.wording import sentence

FOLK = Folk(11, n=400)
YEAR = "2018/19"


def organisation(name: str) -> Organisation:
    return Organisation(name, name, name.title(), "trust", "provider", "assumed", "ours", "a test")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory):
    """The small place with nurses on the ward and at home, and half the ward's work at each."""
    folder = tmp_path_factory.mktemp("staffed")
    _write(
        folder / "staff_groups.csv",
        "id,name,band,setting,hours,hours_low,hours_high,cost,cost_low,cost_high,status,source",
        "nurse,Ward nurses,5,hospital,30,30,30,30000,30000,30000,assumed,ours",
        "visitor,Visiting nurses,6,home,20,20,20,40000,40000,40000,assumed,ours",
    )
    _write(
        folder / "staff.csv",
        "point_of_delivery,group,minutes,low,high,status,source",
        "ward,nurse,9360,4680,14040,assumed,ours",
        "home,visitor,624,624,624,assumed,ours",
    )
    _write(
        folder / "staff_shares.csv",
        "point_of_delivery,group,organisation,share,status,source",
        "ward,,big,0.75,assumed,ours",
        "ward,,small,0.25,assumed,ours",
        "home,,visiting,1,assumed,ours",
    )
    items = ("leavers", "retirement", "fill", "agency", "vacancy", "returning")
    _write(
        folder / "staff_supply.csv",
        "group,item,value,low,high,status,source,years,figure,cause",
        *(f"*,{item},0,0,0,assumed,ours,,,a test" for item in (*items, "premium")),
    )
    return replace(
        small_place(),
        files=PlaceFiles((FolderFiles.read(folder),)),
        organisations=tuple(organisation(n) for n in ("big", "small", "visiting")),
        figures=FIGURES | {PAY: figure(PAY, 50.0), POST_COST: figure(POST_COST, 50_000.0)},
    )


def _write(path: Path, *lines: str) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def groups(place):
    return FOLK.groups(place)


@pytest.fixture(scope="module")
def outcome(place, groups):
    return evaluate(place, groups, COSTS, choose(place, {}))


@pytest.fixture(scope="module")
def staff(place, groups, outcome):
    return staff_by_solution(place, groups, outcome)


def of(staff, solution: str):
    return next(s for s in staff.solutions if s.solution == solution)


def test_contacts_that_all_solutions_change_are_those_of_the_outcome(
    place, groups, outcome
) -> None:
    change = contacts_changed(place, groups, outcome, Basis.AFTER_OVERLAP)
    stays = [s.id for s in SOLUTIONS].index("cheaper")
    change[stays] = 0  # shorter stays are parts of contacts and leave their number as it is
    left = groups.contacts + change.sum(axis=0)
    np.testing.assert_allclose(left, outcome.after_overlap.activity)


def test_four_visits_for_a_day_on_the_ward_are_staffed_where_they_are_made(staff) -> None:
    moved = of(staff, "moved")
    ward = sum(m.contacts for m in moved.moves if m.point_of_delivery == "ward")
    home = sum(m.contacts for m in moved.moves if m.point_of_delivery == "home")
    assert ward < 0
    assert home == pytest.approx(-4 * ward)
    # 9,360 minutes are a tenth of a year of 1,560 hours, 624 a hundredth of one of 1,040.
    assert moved.freed == pytest.approx(-ward / 10)
    assert moved.needed == pytest.approx(home / 100)
    assert moved.freed_by_organisation["big"] == pytest.approx(0.75 * moved.freed)
    assert moved.needed_by_organisation == {"visiting": pytest.approx(moved.needed)}
    assert moved.net == pytest.approx(moved.needed - moved.freed)


def test_a_range_of_minutes_is_a_range_of_staff(staff) -> None:
    for move in of(staff, "moved").moves:
        if move.point_of_delivery == "ward":
            assert move.low == pytest.approx(1.5 * move.wte)
            assert move.high == pytest.approx(0.5 * move.wte)


def test_a_shorter_stay_frees_staff(place, groups, staff) -> None:
    cheaper = of(staff, "cheaper")
    assert cheaper.freed > 0
    assert cheaper.needed == 0
    without = evaluate(place, groups, COSTS, choose(place, {"cheaper": Choice(Basis.OFF)}))
    off = staff_by_solution(place, groups, without)
    assert of(off, "cheaper").freed == 0


def test_investment_is_told_in_posts(staff) -> None:
    assert of(staff, "fewer").posts_paid == pytest.approx(0.005e6 * 0.5 / 50_000)


def test_evidence_of_nothing_frees_nobody(place, groups, outcome) -> None:
    found = staff_by_solution(place, groups, outcome, basis=Basis.ON_EVIDENCE)
    assert of(found, "moved").moves == ()
    assert sentence(of(found, "moved").finding) == (
        "moved has no effect on staff through contacts or days in bed."
    )
    assert of(found, "fewer").freed > 0


def test_the_whole_is_its_solutions(staff) -> None:
    assert staff.freed == pytest.approx(sum(s.freed for s in staff.solutions))
    assert staff.needed == pytest.approx(sum(s.needed for s in staff.solutions))


def test_a_year_outside_the_plan_is_refused(place, groups, outcome) -> None:
    with pytest.raises(InputError, match="a year of the plan"):
        staff_by_solution(place, groups, outcome, year="2030/31")
