"""The verb that compares a projection with what happened."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli.arguments import PlaceName
from tripleaim.cli.kept_run import DEMO_SEED, folder_of_run, refuse_damaged
from tripleaim.cli.output_files import refuse_unwritable
from tripleaim.cli.progress import progress_bars
from tripleaim.cli.terminal import err, out


def backtest(
    name: PlaceName,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the whole result as JSON to this file.")
    ] = None,
    actuals: Annotated[
        Path | None, typer.Option(help="A folder of later official figures, tidy tables.")
    ] = None,
    template: Annotated[
        Path | None, typer.Option(help="Write empty tables for later figures here, and stop.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="Also keep the result in the folder of runs, for the pages.")
    ] = None,
    *,
    run: Annotated[
        Path,
        typer.Option(help="A plan's run, or the folder of runs: its projection is compared too."),
    ] = Path("tripleaim-data"),
    seed: Annotated[int, typer.Option(help="The random seed.", min=0)] = DEMO_SEED,
    draws: Annotated[int, typer.Option(help="Draws of each forecast.", min=100)] = 2000,
) -> None:
    """Forecast from an early year without later data, and compare with what happened."""
    from tripleaim.backtest import (
        Backtest,
        PlanProjection,
        read_later,
        run_backtest,
        write_template,
    )
    from tripleaim.cli import show_backtest
    from tripleaim.core import RunContext, write_whole
    from tripleaim.data_folder import has_run
    from tripleaim.jobs import order, work_here
    from tripleaim.place import load
    from tripleaim.plan import Workspace, is_current, printed_activity, prints_activity
    from tripleaim.uncertainty import read_result

    place = load(name)
    if json_file is not None:
        refuse_unwritable(json_file)
    kept = folder_of_run(place, run)
    if template is not None:
        for file in write_template(place, template):
            out.print(f"Made {file}", highlight=False)
        return
    later = None if actuals is None else read_later(actuals)
    for note in later.notes if later else ():
        err.print(str(note), highlight=False, markup=False, soft_wrap=True)
    if later and has_run(kept):
        refuse_damaged(kept)
    with progress_bars(err) as report:
        if data is not None and later is None:
            job_order = order(place, "backtest", seed, {"draws": draws})
            job = work_here(data, job_order, place, report)
            document = read_result(job.result, Backtest, "run it again: tripleaim backtest")
        else:
            projection = printed_activity(place) if later and prints_activity(place) else None
            plan = None
            if later and is_current(place, kept, DEMO_SEED):
                plan = PlanProjection.of_run(Workspace.open(kept, str(place.folder)).nothing)
            document = run_backtest(
                place,
                RunContext(seed, report),
                draws,
                actuals=later,
                projection=projection,
                plan=plan,
            )
    if json_file is not None:
        json_file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(json_file, document.model_dump_json(indent=1) + "\n")
    show_backtest.backtest(out, document)
    if document.later and not document.later.plan_scores:
        out.print(
            f"No run of the plan as it is now in {kept}, or it does not cover these figures: "
            f"tripleaim plan {place.id} makes one.",
            highlight=False,
        )
