"""Files of a footprint are opened by `load` alone, each once, whatever is made of the place."""

from __future__ import annotations

from pathlib import Path

import tripleaim
from tripleaim.plan import Choice, Workspace, choose
from watching import Watched, watch

SHIPPED = Path(tripleaim.__file__).parent / "footprints"


def test_the_main_job_opens_each_file_of_the_footprint_once(somerset_watched: Watched) -> None:
    assert {"somerset/place.toml", "england/mortality.csv"} <= set(somerset_watched.opened)
    assert set(somerset_watched.opened.values()) == {1}


def test_a_scenarios_page_opens_each_file_once_and_the_next_ones_none(somerset_run: Path) -> None:
    with watch(SHIPPED) as first:
        workspace = Workspace.open(somerset_run)
        workspace.document(choose(workspace.place, seed=7))
    assert set(first.opened.values()) == {1}
    with watch(SHIPPED) as second:
        solution = workspace.place.solutions[0].id
        changed = choose(workspace.place, {solution: Choice(uptake=0.5)}, seed=7)
        workspace.document(changed)
    assert not second.opened
