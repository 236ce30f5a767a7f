"""The plan of a place with own numbers is that of the plain files that are exported from it."""

from __future__ import annotations

import shutil
from pathlib import Path

from tripleaim.core import RunContext
from tripleaim.place import export_place, load, set_own_number
from tripleaim.plan import run_plan


def test_an_exported_place_has_the_same_plan_and_the_official_one_another(
    hamlet: Path, hamlet_run: Path, tmp_path: Path
) -> None:
    place = Path(shutil.copytree(hamlet, tmp_path / "hamlet"))
    said = {"source": "the finance team", "who": "A. Analyst", "why": "the year has ended"}
    figure = "figures_finance.csv", "id=spend-per-head.acute", "value"
    set_own_number(place, *figure, "650", **said)
    set_own_number(place, "population.csv", "age=5; sex=male", "population", "20", **said)
    exported, _ = export_place(place, tmp_path / "out" / "hamlet")
    for folder in (place, exported):
        run_plan(load(folder), RunContext(7), folder.parent / "runs" / "hamlet")
    one = (place.parent / "runs" / "hamlet" / "plan.json").read_bytes()
    assert one == (exported.parent / "runs" / "hamlet" / "plan.json").read_bytes()
    assert one != (hamlet_run / "plan.json").read_bytes()
