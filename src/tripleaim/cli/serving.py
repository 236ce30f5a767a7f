"""The verbs that serve pages: `demo` builds the shipped places first, `serve` what is there."""

from __future__ import annotations

import os
import threading
import webbrowser
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tripleaim.cli.kept_run import DEMO_SEED
from tripleaim.cli.process_limits import refuse_to_draw
from tripleaim.cli.progress import progress_bars
from tripleaim.cli.terminal import err

if TYPE_CHECKING:
    import socket

    from tripleaim.jobs import Order

FIRST_PORT = 8000
"""Where pages are, unless it is said or somebody else listens there."""
PORTS_TRIED = 20
PROCESSES = min(2, os.cpu_count() or 1)
"""Processes that answer, unless it is said: each holds every place that readers ask for."""

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what somebody may ask for, not what is served
"""Addresses to listen at that are none to go to."""

DataFolder = Annotated[Path, typer.Option("--data", help="The folder of runs.")]
Port = Annotated[
    int | None,
    typer.Option(min=1, max=65535, help=f"By default the first free port from {FIRST_PORT} on."),
]
Host = Annotated[str, typer.Option(help="The address to listen on.")]
Runs = Annotated[
    bool | None,
    typer.Option(
        "--runs/--no-runs",
        help=(
            "Whether pages may start long jobs. If so, the jobs of the first place start in the "
            "background. By default only if the server listens to this machine alone."
        ),
    ),
]
Uploads = Annotated[
    bool | None,
    typer.Option(
        "--uploads/--no-uploads",
        help="Whether pages accept files and make places from them (where they may start long "
        "jobs). By default only if the server listens to this machine alone.",
    ),
]
Processes = Annotated[
    int,
    typer.Option(
        min=1,
        help="How many processes serve pages. While one makes a slow page, the others answer.",
    ),
]
Browser = Annotated[
    bool | None,
    typer.Option(
        "--browser/--no-browser",
        help=(
            "Whether to open the pages in a browser. By default only in a terminal on a machine "
            "with a screen."
        ),
    ),
]


def demo(  # noqa: PLR0917 - the command line names them
    data: DataFolder = Path("tripleaim-data"),
    host: Host = "127.0.0.1",
    port: Port = None,
    runs: Runs = None,
    uploads: Uploads = None,
    processes: Processes = PROCESSES,
    browser: Browser = None,
) -> None:
    """Build the shipped places unless they are there already, then serve them."""
    from tripleaim.core import has_screen

    refuse_to_draw("tripleaim demo")
    # Taken before the minutes of building, so that a port that is taken is told at once.
    sockets = listening(host, port)
    _build(data, _most_solutions_first())
    wanted = browser if browser is not None else err.is_terminal and has_screen()
    _serve(sockets, data, host, runs, uploads, processes, browser=wanted)


def serve(  # noqa: PLR0917 - the command line names them
    data: DataFolder = Path("tripleaim-data"),
    host: Host = "127.0.0.1",
    port: Port = None,
    runs: Runs = None,
    uploads: Uploads = None,
    processes: Processes = PROCESSES,
    browser: Browser = False,
) -> None:
    """Serve the places that have been built in the data folder."""
    from tripleaim.place import InputError

    refuse_to_draw("tripleaim serve")
    if not data.is_dir():
        raise InputError(
            "expected a folder with plans (tripleaim demo, or tripleaim plan --out, makes one)",
            file=data,
        )
    _serve(listening(host, port), data, host, runs, uploads, processes, browser=bool(browser))


def listening(host: str, port: int | None) -> list[socket.socket]:
    """Sockets at `port`, else at the first free one. Raises InputError where there is none."""
    from tripleaim.place import InputError
    from tripleaim.web import bound

    refused: OSError | None = None
    # In the end 0: whichever the system has left.
    for each in [port] if port else [*range(FIRST_PORT, FIRST_PORT + PORTS_TRIED), 0]:
        try:
            return bound(host, each)
        except (OSError, ValueError) as refusal:
            refused = refusal if isinstance(refusal, OSError) else OSError(str(refusal))
    reason = refused.strerror or str(refused) if refused else ""
    place = f"{host}:{port}" if port else host
    raise InputError(
        f"cannot listen there ({reason}); choose another --port or --host", value=place
    )


def _most_solutions_first() -> list[str]:
    """The shipped places, the one with the most solutions first."""
    from tripleaim.place import load, shipped_places

    return sorted(shipped_places(), key=lambda name: -len(load(name).solutions))


def _build(data: Path, names: Iterable[str]) -> None:
    from tripleaim.core import RunContext
    from tripleaim.place import load
    from tripleaim.plan import is_current, run_plan

    for name in names:
        place = load(name)
        if is_current(place, data / place.id, DEMO_SEED):
            continue
        err.print(f"{place.name}:")
        with progress_bars(err) as report:
            run_plan(place, RunContext(DEMO_SEED, report), data / place.id)


def _serve(  # noqa: PLR0917 - what the command line says
    sockets: list[socket.socket],
    data: Path,
    host: str,
    runs: bool | None,
    uploads: bool | None,
    processes: int,
    *,
    browser: bool,
) -> None:
    from tripleaim.data_folder import clear_data_folder
    from tripleaim.web import serve as serve_pages
    from tripleaim.web.server import listens_here

    clear_data_folder(data)
    place = _most_solutions_first()[0]
    orders = _long_work(data, place) if runs or listens_here(host, runs) else []
    shown = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{sockets[0].getsockname()[1]}/"
    _print_line(f"The plan is at {address} (Ctrl+C stops)")
    _print_line(f"Its data is in {data.resolve()}")
    if orders:
        _print_line(
            "Long jobs for its pages on prevention and uncertainty run in the background: "
            f"{address}places/{place}/runs/ (--no-runs turns that off)",
        )
    if browser:
        # The sockets listen already: whoever comes now waits for the first answer.
        threading.Thread(target=_open_browser, args=(address,), daemon=True).start()
    serve_pages(sockets, host, data, runs=runs, uploads=uploads, first=orders, processes=processes)


def _open_browser(address: str) -> None:
    """Open the pages in a tab of a browser; say where they are if none can be started."""
    if not webbrowser.open_new_tab(address):
        _print_line(f"No browser could be opened: go to {address}")


def _print_line(line: str) -> None:
    """Print a line for people and programs alike: whole, however narrow the terminal is."""
    err.print(line, highlight=False, markup=False, soft_wrap=True)


def _long_work(data: Path, name: str) -> list[Order]:
    """The long jobs that pages of a place need, if its plan is there and current."""
    from tripleaim.jobs import KINDS, Job, order
    from tripleaim.place import load
    from tripleaim.plan import is_current

    place = load(name)
    if not is_current(place, data / place.id, DEMO_SEED):
        return []
    orders = [order(place, kind, DEMO_SEED, {}) for kind in KINDS if KINDS[kind].of_a_plan]
    return [each for each in orders if Job.of(data, each).report.state != "done"]
