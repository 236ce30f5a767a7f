"""Somerset with the activity that its plan prints instead of people: quick, and with every file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from sample_plan import SamplePlans

from tripleaim import __version__
from tripleaim.accounts import account_inputs, calibrate
from tripleaim.activity import PEOPLE_SCHEMA, Activity, CellGrid, Origin, PeopleByCell
from tripleaim.place import Place, load
from tripleaim.plan import Workspace, audit, do_nothing
from tripleaim.plan.as_printed import printed_activity
from tripleaim.plan.calibration import Calibration
from tripleaim.plan.do_nothing import DoNothing
from tripleaim.plan.futures.first_order import drawn_starts
from tripleaim.plan.overlap.groups import Groups, YearGroups
from tripleaim.plan.overlap.reach import incidence_conditions
from tripleaim.plan.overlap.reach_cells import ReachCells, YearCells, save_cells
from tripleaim.plan.practices import PRACTICES_FILE, PracticesDocument, write_practices
from tripleaim.projection import DO_NOTHING, UNCALIBRATED, Growth

PEOPLE = 560_000.0
REACHED = 0.4


@cache
def printed_county() -> Workspace:
    """A workspace whose solutions all reach the same four people in ten."""
    place = load("somerset")
    nothing = _do_nothing(place)
    inputs = account_inputs(place)
    ones = {
        point: dict.fromkeys(by_year, 1.0) for point, by_year in nothing.activity.contacts.items()
    }
    solved = calibrate(inputs, nothing.activity, nothing.registered)
    groups = _groups(place, nothing)
    folder = Path(tempfile.mkdtemp(prefix="county-"))
    save_cells(_cells(groups), folder / "reach_cells.npz", place.sha256_of("plan"))
    nobody = PracticesDocument(
        version=__version__,
        seed=nothing.seed,
        inputs_sha256=place.sha256_of("plan"),
        base_year=place.base_year,
        year=place.years[0],
        condition_names={},
        practices={},
    )
    write_practices(nobody, folder / PRACTICES_FILE)
    calibration = Calibration(ones, solved, place.sha256_of("plan"), nothing.seed)
    return Workspace(
        place,
        nothing,
        calibration,
        do_nothing.price(inputs, nothing, solved),
        groups,
        nothing.activity,
        PeopleByCell(PEOPLE_SCHEMA.empty_table()),
        drawn_starts(place, nothing, solved, 8),
        audit(place),
        {},
        folder,
    )


def county_in(folder: Path) -> Workspace:
    """The same workspace with its files in another folder, which a test may write into."""
    county = printed_county()
    assert county.folder is not None
    shutil.copytree(county.folder, folder, dirs_exist_ok=True)
    return replace(county, folder=folder)


def _do_nothing(place: Place) -> DoNothing:
    years = (place.base_year, *place.years)
    activity = {
        point: {place.base_year: by_year[place.years[0]]} | by_year
        for point, by_year in printed_activity(place).contacts.items()
    }
    growth = tuple(
        Growth(point, v[place.years[0]], v[place.last_year], v[place.last_year] - v[place.years[0]],
               0.0, 0.0, 0.0)
        for point, v in activity.items()
    )  # fmt: skip
    people = dict.fromkeys(years, PEOPLE)
    nothing, before = (
        Activity.of_totals(activity, Origin(False, scenario, ""))
        for scenario in (DO_NOTHING, UNCALIBRATED)
    )
    return DoNothing(
        7, people, people, dict.fromkeys(years, 10.5), growth, growth, nothing, before
    )  # fmt: skip


def _groups(place: Place, nothing: DoNothing) -> Groups:
    points = tuple(p.id for p in place.points_of_delivery)
    conditions = incidence_conditions(place)
    everything = (1 << len(place.solutions)) - 1
    by_year = []
    for year in place.years:
        contacts = np.array([nothing.activity.contacts[p][year] for p in points])
        by_year.append(
            YearGroups(
                patterns=np.array([0, everything], dtype=np.uint64),
                pattern=np.array([0, 1]),
                sets=np.zeros((1, 0)),
                onsets=np.array([0, 0]),
                people=np.array([PEOPLE * (1 - REACHED), PEOPLE * REACHED]),
                contacts=np.stack([contacts * (1 - REACHED), contacts * REACHED]),
            )
        )
    return Groups(
        years=place.years,
        solutions=tuple(s.id for s in place.solutions),
        points_of_delivery=points,
        conditions=conditions,
        onsets=(),
        attributable=np.zeros((len(conditions), len(points))),
        by_year=tuple(by_year),
    )


def _cells(groups: Groups) -> ReachCells:
    """Everybody in one cell, since the county's people are not known."""
    one = np.zeros(2, dtype=np.int64)
    return ReachCells(
        CellGrid(("county",)),
        tuple(YearCells(np.arange(2), one, year.contacts) for year in groups.by_year),
    )


class CountyPlans(SamplePlans):
    """The sample, and beside it the county as its plan prints it."""

    def places(self) -> Mapping[str, str]:
        """Both."""
        return {"somerset": "Somerset", "county": "Somerset as printed"}

    def workspace(self, place_id: str) -> Workspace | None:
        """The county under its own name; the sample as ever."""
        return printed_county() if place_id == "county" else super().workspace(place_id)
