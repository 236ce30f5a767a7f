"""Where contacts were counted, their level is the count and their growth the model's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from forecast import Forecast

from tripleaim.core import RunContext
from tripleaim.people import synthesise
from tripleaim.place import load
from tripleaim.prevention.money import calibration
from tripleaim.projection import contacts_at_england_rates, project

COUNTED = 1_000.0


def test_the_base_year_is_as_counted_and_growth_stays(hamlet: Path, tmp_path: Path) -> None:
    folder = tmp_path / "hamlet"
    shutil.copytree(hamlet, folder)
    base = load(folder).base_year
    (folder / "measured_contacts.csv").write_text(
        "point_of_delivery,from_board,year,first_month,last_month,counted,carried_by,share,"
        "contacts,status,source,cause\n"
        f"acute-ae,QXX,{base},2015-04,2016-03,2000,1,0.5,{COUNTED:g},assumed,tripleaim,a test\n",
        encoding="utf-8",
    )
    place = load(folder)
    people = synthesise(place, RunContext(7))
    found = Forecast.of(place, project(place, people))
    before, after = found.uncalibrated.contacts["acute-ae"], found.calibrated.contacts["acute-ae"]
    assert after[base] == pytest.approx(COUNTED)
    for year, contacts in after.items():
        assert contacts / COUNTED == pytest.approx(before[year] / before[base])
    for point, factor in found.factor.items():
        if point != "acute-ae":
            assert set(factor.values()) == {1.0}
    rates = contacts_at_england_rates(place, people)
    assert rates["acute-ae"] == pytest.approx(before[base], rel=1e-5)
    # Twenty years of prevention start from the same level.
    factors = calibration(place, found.counted.years, found.counted.totals)
    at = found.counted.points_of_delivery.index("acute-ae")
    assert factors[:, at] == pytest.approx(found.factor["acute-ae"][base])
