"""Counted staff are those of the first year, and need grows with activity from there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tripleaim.activity import Activity
from tripleaim.capacity import Workforce, staff_inputs, workforce
from tripleaim.place import InputError, load

HEADER = "group,employers,period,fte,status,source,cause\n"
COUNTED = (
    "gp,practices,2024/25,1.5,public,tripleaim,a test\ngp,networks,2026,0.5,public,tripleaim,\n"
)


def counted(hamlet: Path, folder: Path, rows: str) -> Path:
    """The hamlet with these rows of counted staff."""
    shutil.copytree(hamlet, folder)
    (folder / "staff_levels.csv").write_text(HEADER + rows, encoding="utf-8")
    return folder


def staff_of(folder: Path) -> Workforce:
    place = load(folder)
    years = enumerate(place.years)
    grows = {year: 10_000 * 1.02**step for step, year in years}
    contacts = {point.id: grows for point in place.points_of_delivery}
    return workforce(staff_inputs(place), Activity.of_totals(contacts))


def test_at_work_is_as_counted_and_the_estimate_is_shown_with_it(
    hamlet: Path, tmp_path: Path
) -> None:
    before = staff_of(hamlet)
    after = staff_of(counted(hamlet, tmp_path / "hamlet", COUNTED))
    (level,) = after.levels
    assert before.levels == ()
    assert (level.group, level.counted.fte, level.counted.periods) == (
        "gp",
        2.0,
        ("2024/25", "2026"),
    )
    for old, new in zip(before.groups, after.groups, strict=True):
        if old.group != "gp":
            assert new == old
            continue
        assert new.needed == pytest.approx(old.needed * level.factor)
        assert new.supplied == pytest.approx(old.supplied * level.factor)
        assert new.needed_low < new.needed < new.needed_high
        if old.year == before.years[0]:
            assert (old.supplied, new.supplied) == pytest.approx((level.estimated, 2.0))
    of_gp = [line for line in after.lines if line.group == "gp" and line.year == after.years[0]]
    assert sum(line.supplied for line in of_gp) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (COUNTED.replace("gp,networks", "gps,networks"), "gp"),
        ("gp,practices,2024/25,0,public,tripleaim,\n", "leave the row out"),
        ("gp,practices,2024/25,-1,public,tripleaim,\n", "-1"),
    ],
)
def test_a_count_that_cannot_be_is_refused(
    hamlet: Path, tmp_path: Path, rows: str, expected: str
) -> None:
    folder = counted(hamlet, tmp_path / "hamlet", rows)
    with pytest.raises(InputError, match=expected):
        staff_inputs(load(folder))
