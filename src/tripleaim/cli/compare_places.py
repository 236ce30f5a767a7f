"""The verb that compares every English board by the same method."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli.kept_run import DEMO_SEED
from tripleaim.cli.progress import progress_bars
from tripleaim.cli.terminal import err, out


def compare_places(
    *,
    folder: Annotated[
        Path, typer.Option("--out", help="The folder to write to, or to continue in.")
    ],
    board: Annotated[
        list[str] | None,
        typer.Option(help="Only this board, by code or name; may be given several times."),
    ] = None,
    people: Annotated[
        int,
        typer.Option(min=1000, max=60_000, help="People of a board who are followed, at most."),
    ] = 60_000,
    draws: Annotated[
        int, typer.Option(min=4, max=256, help="Draws of each board: a power of two.")
    ] = 16,
    processes: Annotated[
        int | None,
        typer.Option(min=1, help="Boards at a time (default: one for each processor)."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="The random seed.")] = DEMO_SEED,
) -> None:
    """Compare every English board: need, growth, cost of care and what prevention may gain.

    After an interruption, run it again with the same --out to continue.
    """
    from tripleaim.board_comparison import SampleSettings, compare_boards
    from tripleaim.cli import show_comparison
    from tripleaim.core import RunContext

    _refuse_draws(draws)
    with progress_bars(err) as report:
        document = compare_boards(
            folder,
            RunContext(seed, report),
            settings=SampleSettings(people=people, draws=draws, seed=seed),
            only=tuple(board or ()),
            processes=processes,
        )
    show_comparison.comparison(out, document)
    out.print(f"Wrote comparison.csv and comparison.json to {folder}", highlight=False)


def _refuse_draws(draws: int) -> None:
    from tripleaim.place import InputError

    if draws & (draws - 1):
        raise InputError("--draws: expected a power of two, such as 16", value=draws)
