"""The run of a place that a verb starts from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tripleaim.cli.progress import progress_bars
from tripleaim.cli.terminal import err

if TYPE_CHECKING:
    from tripleaim.place import Place
    from tripleaim.plan import Workspace

DEMO_SEED = 7
"""The seed of the pages, and of a run that asks for no other."""


def kept_run(place: Place, data: Path) -> Workspace:
    """The run in the folder or in its subfolder for the place; made first if there is none."""
    from tripleaim.core import RunContext
    from tripleaim.plan import Workspace, is_current, run_plan

    if (data / "run.json").exists():
        return Workspace.open(data, str(place.folder))
    folder = data / place.id
    if not is_current(place, folder, DEMO_SEED):
        with progress_bars(err) as report:
            run_plan(place, RunContext(DEMO_SEED, report), folder)
    return Workspace.open(folder, str(place.folder))
