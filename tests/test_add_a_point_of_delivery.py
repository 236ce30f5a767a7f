"""The how-to for a point of delivery works as it stands: its rows are added, its contacts come."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import tripleaim as ta
from tripleaim.place import check

ROOT = Path(__file__).parent.parent
HOW_TO = ROOT / "docs" / "how-to" / "add-a-point-of-delivery.md"
ENGLAND = ROOT / "src" / "tripleaim" / "footprints" / "england"
ROWS = re.compile(r"^```csv file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_a_place_with_the_rows_of_the_how_to_has_the_contacts_and_their_cost(
    hamlet: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(hamlet, tmp_path / "hamlet"))
    added = ROWS.findall(HOW_TO.read_text(encoding="utf-8"))
    assert len(added) == 6
    for name, rows in added:
        assert not (folder / name).exists()
        before = (ENGLAND / name).read_text(encoding="utf-8") if (ENGLAND / name).exists() else ""
        (folder / name).write_text(before + rows, encoding="utf-8")
    assert check(str(folder)).faults == ()
    place = ta.load(folder)
    nothing = ta.project(place, ta.synthesise(place))
    was, will_be = (
        nothing.activity.total(year=year, point_of_delivery="home-ward")
        for year in (place.years[0], place.last_year)
    )
    assert 0 < was < will_be
    before = ta.load(hamlet)
    money, without = (
        ta.account(p, n).spend("community-and-mental-health", place.last_year)
        for p, n in ((place, nothing), (before, ta.project(before, ta.synthesise(before))))
    )
    assert money != without
