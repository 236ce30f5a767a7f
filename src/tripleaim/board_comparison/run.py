"""The whole comparison: boards in two processes, each kept when it is finished, then the result."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tripleaim import __version__
from tripleaim.board_comparison.comparison import compared_boards, measure_parts
from tripleaim.board_comparison.document import ComparisonDocument
from tripleaim.board_comparison.official_measures import official_measures
from tripleaim.board_comparison.one_board import SampleSettings, board_draws
from tripleaim.board_comparison.run_folder import (
    claim,
    finished,
    store,
    this_run,
    to_bytes,
    write_result,
)
from tripleaim.boards import OfficialTables, board_called, boards
from tripleaim.core import RunContext
from tripleaim.country import run_locally

STEP = "following the people of each board"


def compare_boards(
    folder: Path,
    context: RunContext,
    *,
    settings: SampleSettings | None = None,
    only: Sequence[str] = (),
    processes: int | None = None,
) -> ComparisonDocument:
    """Compare every board of England, or those called in `only`, in `folder`.

    Each board that is finished is kept there, so that a run that is stopped goes on where it was;
    the same settings give the same numbers. `processes` boards are followed at a time (one a
    processor unless given), each on one thread. Raises InputError for a folder of another
    comparison and for a board that is not one; Stopped where `context` stops it.
    """
    settings = settings or SampleSettings(seed=context.seed)
    with OfficialTables() as tables:
        every = boards(tables)
        codes = tuple(sorted({board_called(name, tables).code for name in only})) or tuple(
            board.code for board in every
        )
        official = official_measures(tables)
    run = this_run(settings)
    begun_on = claim(folder, run)
    done = finished(folder, run, codes)
    waiting = [number for number, code in enumerate(codes) if code not in done]
    context.report(STEP, len(done) / len(codes))

    def keep(_number: int, data: bytes) -> None:
        one = store(folder, run, data)
        done[one.board] = one
        context.report(STEP, len(done) / len(codes))

    work = partial(_work, codes, settings)
    workers = min(processes or os.cpu_count() or 1, len(waiting))
    if workers > 1:
        run_locally(work, waiting, workers, keep)
    else:
        for number in waiting:
            keep(number, work(number))
    samples = [done[code] for code in codes]
    names = {board.code: board.short_name for board in every}
    first, last = samples[0].years
    document = ComparisonDocument(
        version=__version__,
        inputs_sha256=run["inputs_sha256"],
        made_on=begun_on,
        seed=settings.seed,
        draws=settings.draws,
        most_people=settings.people,
        prevention_years=settings.years,
        first_year=first,
        last_year=last,
        measures=measure_parts(),
        boards=compared_boards(samples, names, official, settings.seed),
    )
    write_result(folder, document)
    return document


def _work(codes: Sequence[str], settings: SampleSettings, number: int) -> bytes:
    """One board in a worker process."""
    return to_bytes(board_draws(codes[number], settings, threads=1))
