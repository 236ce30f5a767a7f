"""The verbs: what one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli import (
    accounts,
    activity,
    backtest,
    backtest_places,
    boards,
    compare_places,
    control_totals,
    doctor,
    editions,
    futures,
    incentives,
    library,
    own_numbers,
    papers,
    prevention,
    project,
    returns,
    serving,
    since,
    spend,
    staff,
    workbooks,
)
from tripleaim.cli.arguments import AsJson, PlaceName
from tripleaim.cli.built_from import version_line
from tripleaim.cli.json_output import print_json
from tripleaim.cli.kept_run import DEMO_SEED
from tripleaim.cli.output_files import refuse_unwritable
from tripleaim.cli.progress import progress_bars
from tripleaim.cli.terminal import err, out

app = typer.Typer(
    name="tripleaim",
    help="Know a population, see the gap, plan how to close it, and show the evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
place_app = typer.Typer(help="Check a footprint, or start a new one.", no_args_is_help=True)
app.add_typer(place_app, name="place")
place_app.command("make")(boards.place_make)
place_app.command("recut")(boards.place_recut)
place_app.command("refresh")(boards.place_refresh)
place_app.command("boards")(boards.place_boards)
place_app.command("defaults")(editions.place_defaults)
place_app.command("add-solution")(library.place_add_solution)
place_app.command("since")(since.place_since)
place_app.command("export")(workbooks.place_export)
place_app.command("import")(workbooks.place_import)
place_app.add_typer(own_numbers.own_app, name="own")
app.add_typer(returns.return_app, name="return")
app.command()(returns.openbook)
app.command("activity")(activity.activity)
app.command("accounts")(accounts.accounts)
app.command("control-totals")(control_totals.control_totals)
app.command("futures")(futures.futures)
app.command("incentives")(incentives.incentives)
app.command("board-pack")(papers.board_pack)
app.command("paper")(papers.paper)
app.command("prevention")(prevention.prevention)
app.command("spend")(spend.spend)
app.command("staff")(staff.staff)
app.command("primary-care")(staff.primary_care)
app.command("backtest")(backtest.backtest)
app.command("backtest-places")(backtest_places.backtest_places)
app.command("compare-places")(compare_places.compare_places)
app.command("project")(project.project)
app.command()(serving.demo)
app.command()(serving.serve)
app.command()(doctor.doctor)

Seed = Annotated[int, typer.Option(help="The random seed.", min=0)]


@app.callback(invoke_without_command=True)
def version(
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version and what it was built from.")
    ] = False,
) -> None:
    """Know a population, see the gap, plan how to close it, and show the evidence."""
    if show_version:
        print(version_line())
        raise typer.Exit


@place_app.command("list")
def place_list() -> None:
    """Name the footprints that come with the product."""
    from tripleaim.place import shipped_places

    for name in shipped_places():
        print(name)


@place_app.command("check")
def place_check(name: PlaceName) -> None:
    """Validate a footprint folder: every file, figure, source and expression."""
    from tripleaim.cli import show
    from tripleaim.plan import check_footprint

    result = check_footprint(name)
    show.place_check(out, result)
    if result.faults:
        raise typer.Exit(2)


@place_app.command("new")
def place_new(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    population: Annotated[
        Path, typer.Option(help="People by age and sex: a CSV file or workbook.")
    ],
    name: Annotated[str | None, typer.Option(help="The place's name.")] = None,
    area: Annotated[
        str | None, typer.Option(help="The area to use, by name or code, if the file has several.")
    ] = None,
    year: Annotated[
        str | None, typer.Option(help="The year to use, such as 2016, if the file has several.")
    ] = None,
    *,
    base_year: Annotated[
        str | None, typer.Option(help="The year before the plan's first, such as 2025/26.")
    ] = None,
) -> None:
    """Start a footprint from a population alone; the rest comes from England's defaults."""
    from tripleaim.cli import show
    from tripleaim.place import new_place

    show.new_place(out, new_place(folder, population, name, area, year, base_year=base_year))


@app.command()
def audit(name: PlaceName, as_json: AsJson = False) -> None:
    """Check a printed plan against its own numbers and against official statistics."""
    from tripleaim.cli import show
    from tripleaim.place import load
    from tripleaim.plan import audit as audit_plan
    from tripleaim.plan import audit_document

    place = load(name)
    findings = audit_plan(place)
    if as_json:
        print_json(audit_document(place, findings))
    else:
        show.audit(out, place, findings)


@app.command()
def people(
    name: PlaceName,
    seed: Seed = DEMO_SEED,
    out_file: Annotated[
        Path | None, typer.Option("--out", help="Where to write the Parquet file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Build the registered population and check it against official margins."""
    from tripleaim.cli import show
    from tripleaim.core import RunContext
    from tripleaim.people import check_people, synthesise, write
    from tripleaim.place import load

    place = load(name)
    target = out_file or Path(f"{place.id}-people-{seed}.parquet")
    refuse_unwritable(target)
    with progress_bars(err) as report:
        population = synthesise(place, RunContext(seed, report))
    write(population, target)
    checks = check_people(population, place)
    if as_json:
        print_json({"checks": [show.check_as_dict(check) for check in checks]})
    else:
        show.people(out, place, population, checks, target)
    if not all(check.passes for check in checks):
        raise typer.Exit(1)


@app.command()
def plan(
    name: PlaceName,
    out_folder: Annotated[Path, typer.Option("--out", help="The folder to write to.")],
    seed: Seed = DEMO_SEED,
    scenario: Annotated[
        Path | None, typer.Option(help="A scenario file (TOML) of choices that differ.")
    ] = None,
) -> None:
    """Run the main job, people to gap; write plan.json, plan.xlsx and activity.parquet."""
    from tripleaim.cli import show
    from tripleaim.core import RunContext
    from tripleaim.place import load, refuse_out_folder
    from tripleaim.plan import run_plan

    place = load(name)
    refuse_out_folder(out_folder, place.folder)
    with progress_bars(err) as report:
        document = run_plan(place, RunContext(seed, report), out_folder, scenario_file=scenario)
    show.plan(out, document, out_folder)


@app.command()
def benchmarks(name: PlaceName, as_json: AsJson = False) -> None:
    """Compare a place with the most similar ones, and with its plan's own peer figures."""
    from tripleaim.cli import show_benchmarks
    from tripleaim.measures import benchmarks as beside_peers
    from tripleaim.place import load
    from tripleaim.wording import with_sentences

    result = beside_peers(load(name))
    if as_json:
        document = with_sentences(result) | {"unwarranted": [c.id for c in result.unwarranted]}
        print_json(document)
    else:
        show_benchmarks.benchmarks(out, result)


@app.command()
def schema(
    document: Annotated[
        str, typer.Argument(help="plan, futures, backtest or prevention.")
    ] = "plan",
) -> None:
    """Print the JSON Schema of plan.json, futures.json, prevention.json or the back-test."""
    from pydantic import BaseModel

    from tripleaim.backtest import Backtest
    from tripleaim.place import InputError
    from tripleaim.plan import FuturesDocument, PlanDocument
    from tripleaim.prevention import PreventionDocument

    documents: dict[str, type[BaseModel]] = {
        "plan": PlanDocument,
        "futures": FuturesDocument,
        "backtest": Backtest,
        "prevention": PreventionDocument,
    }
    if document not in documents:
        raise InputError("expected a document", value=document, valid=documents)
    json_schema = documents[document].model_json_schema()
    print(json.dumps(json_schema, indent=1, ensure_ascii=False))
