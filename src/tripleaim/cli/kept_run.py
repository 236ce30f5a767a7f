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
"""The seed of the pages, and of a run that asks for no other: `USUAL_SEED` of core, which a verb
would have to load before it says its help."""


def kept_run(place: Place, data: Path) -> Workspace:
    """The run in the folder itself or below it; made first where there is none of this place."""
    from tripleaim.plan import Workspace

    folder = data if (data / "run.json").exists() else current_run(place, data)
    return Workspace.open(folder, str(place.folder))


def current_run(place: Place, data: Path) -> Path:
    """The folder of the run in `data` itself or below it; made first where there is none.

    Raises InputError where `data` itself is a run of another place or version.
    """
    from tripleaim.core import RunContext
    from tripleaim.data_folder import again, read_about
    from tripleaim.place import InputError
    from tripleaim.plan import is_current, run_plan

    if (data / "run.json").exists():
        seed = read_about(data, again(data)).seed
        if not is_current(place, data, seed):
            raise InputError(
                f"expected a run of {place.id} as it is now; run tripleaim plan {place.id} again",
                file=data,
            )
        return data
    folder = data / place.id
    if not is_current(place, folder, DEMO_SEED):
        with progress_bars(err) as report:
            run_plan(place, RunContext(DEMO_SEED, report), folder)
    return folder
