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
    from tripleaim.data_folder import has_run
    from tripleaim.plan import Workspace

    folder = data if has_run(data) else current_run(place, data)
    return Workspace.open(folder, str(place.folder))


def folder_of_run(place: Place, data: Path) -> Path:
    """Where the run of a place is: `data` itself, if a damaged one is there, else below it."""
    from tripleaim.data_folder import has_run

    return data if has_run(data) else data / place.id


def current_run(place: Place, data: Path) -> Path:
    """The folder of the run in `data` itself or below it; made first where there is none.

    Raises InputError where `data` itself is a run that is damaged, or of another place or version.
    """
    from tripleaim.core import RunContext
    from tripleaim.plan import is_current, run_plan

    folder = folder_of_run(place, data)
    if folder == data:
        _refuse_another(place, data)
    elif not is_current(place, folder, DEMO_SEED):
        with progress_bars(err) as report:
            run_plan(place, RunContext(DEMO_SEED, report), folder)
    return folder


def _refuse_another(place: Place, folder: Path) -> None:
    """Raise InputError for a run that is damaged, or not of the place as it is now."""
    from tripleaim.data_folder import again, read_about
    from tripleaim.place import InputError
    from tripleaim.plan import is_current

    mend = again(folder)
    if is_current(place, folder, read_about(folder, mend).seed):
        return
    refuse_damaged(folder)
    raise InputError(f"expected a run of {place.id} as it is now; {mend}", file=folder)


def refuse_damaged(folder: Path) -> None:
    """Raise InputError for the first file of a run that is damaged."""
    from tripleaim.data_folder import again, checked, read_about, run_files

    mend = again(folder)
    read_about(folder, mend)
    for path in run_files(folder, mend):
        checked(path, mend)
