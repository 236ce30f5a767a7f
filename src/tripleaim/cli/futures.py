"""The verb for futures: the five-year plan drawn many times."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli.arguments import AsJson, PlaceName
from tripleaim.cli.kept_run import kept_run
from tripleaim.cli.progress import progress_bars
from tripleaim.cli.terminal import err, out


def futures(
    name: PlaceName,
    data: Annotated[
        Path, typer.Option(help="The folder of runs, or of one run; made if it is missing.")
    ] = Path("tripleaim-data"),
    count: Annotated[
        int, typer.Option("--draws", help="How many draws; rounded up to a power of two.", min=1)
    ] = 256,
    as_json: AsJson = False,
) -> None:
    """Draw the five-year plan many times: intervals, their drivers, the value of information.

    Writes futures.json into the run's folder. Draws are kept there too, so that the command can be
    interrupted and continued, or run again for more draws.
    """
    from tripleaim.cli import show_futures
    from tripleaim.core import RunContext
    from tripleaim.place import load
    from tripleaim.plan import FUTURES_FILE, draw_futures
    from tripleaim.uncertainty import rounded_up

    if rounded_up(count) != count:
        err.print(f"{count} draws are rounded up to {rounded_up(count)}, a power of two.")
    workspace = kept_run(load(name), data)
    with progress_bars(err) as report:
        document = draw_futures(workspace, count, context=RunContext(workspace.seed, report))
    if as_json:
        print(document.model_dump_json(indent=1))
    else:
        show_futures.futures(out, document)
        out.print(f"Written to {(workspace.folder or data) / FUTURES_FILE}")
