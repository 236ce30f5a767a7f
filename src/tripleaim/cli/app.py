"""The verbs: what one types."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tripleaim import __version__
from tripleaim.cli import (
    accounts,
    activity,
    backtest,
    control_totals,
    futures,
    incentives,
    prevention,
    project,
    returns,
    spend,
    staff,
    workbooks,
)
from tripleaim.cli.arguments import AsJson, PlaceName
from tripleaim.cli.kept_run import DEMO_SEED
from tripleaim.cli.progress import progress_bars
from tripleaim.cli.terminal import err, out

if TYPE_CHECKING:
    from tripleaim.jobs import Order

app = typer.Typer(
    name="tripleaim",
    help="Know a population, see the gap, plan how to close it, and say on whose word.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
place_app = typer.Typer(help="Check a footprint, or start a new one.", no_args_is_help=True)
app.add_typer(place_app, name="place")
place_app.command("export")(workbooks.place_export)
place_app.command("import")(workbooks.place_import)
app.add_typer(returns.return_app, name="return")
app.command()(returns.openbook)
app.command("activity")(activity.activity)
app.command("accounts")(accounts.accounts)
app.command("control-totals")(control_totals.control_totals)
app.command("futures")(futures.futures)
app.command("incentives")(incentives.incentives)
app.command("prevention")(prevention.prevention)
app.command("spend")(spend.spend)
app.command("staff")(staff.staff)
app.command("primary-care")(staff.primary_care)
app.command("backtest")(backtest.backtest)
app.command("project")(project.project)

Seed = Annotated[int, typer.Option(help="The random seed.", min=0)]
PROCESSES = min(2, os.cpu_count() or 1)
"""Processes that answer, unless it is said: each holds every place that readers ask for."""

DataFolder = Annotated[Path, typer.Option("--data", help="Where runs are kept.")]
Port = Annotated[int, typer.Option(min=1, max=65535)]
Host = Annotated[str, typer.Option(help="The address to listen on.")]
Runs = Annotated[
    bool | None,
    typer.Option(
        "--runs/--no-runs",
        help="Whether pages may start long jobs, and those of the first place are started in the "
        "background. By default only if the server listens to this machine alone.",
    ),
]
Processes = Annotated[
    int,
    typer.Option(
        min=1,
        help="How many processes answer: while one works out a slow page, others answer.",
    ),
]


@app.callback(invoke_without_command=True)
def version(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Know a population, see the gap, plan how to close it, and say on whose word."""
    if show_version:
        out.print(__version__)
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
    population: Annotated[Path, typer.Option(help="A CSV with the columns age, sex, population.")],
    name: Annotated[str | None, typer.Option(help="The place's name.")] = None,
) -> None:
    """Start a footprint from a population alone; the rest comes from England's defaults."""
    from tripleaim.place import new

    path = new(folder, population, name=name)
    out.print(
        f"Made {path}. Next: tripleaim place check {path}, then tripleaim plan {path} --out DIR"
    )


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
        print(json.dumps(audit_document(place, findings), indent=1, ensure_ascii=False))
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
    with progress_bars(err) as report:
        population = synthesise(place, RunContext(seed, report))
    target = out_file or Path(f"{place.id}-people-{seed}.parquet")
    write(population, target)
    checks = check_people(population, place)
    if as_json:
        print(json.dumps([show.check_as_dict(c) for c in checks], indent=1))
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
    from tripleaim.place import load
    from tripleaim.plan import run_plan

    place = load(name)
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
        print(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        show_benchmarks.benchmarks(out, result)


@app.command()
def demo(
    data: DataFolder = Path("tripleaim-data"),
    host: Host = "127.0.0.1",
    port: Port = 8000,
    runs: Runs = None,
    processes: Processes = PROCESSES,
) -> None:
    """Build the shipped places unless they are there already, then serve them."""
    _build(data, _fullest_first())
    _serve(data, host, port, runs, processes)


@app.command()
def serve(
    data: DataFolder = Path("tripleaim-data"),
    host: Host = "127.0.0.1",
    port: Port = 8000,
    runs: Runs = None,
    processes: Processes = PROCESSES,
) -> None:
    """Serve the places that have been built in the data folder."""
    _serve(data, host, port, runs, processes)


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


def _fullest_first() -> list[str]:
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


def _serve(data: Path, host: str, port: int, runs: bool | None, processes: int) -> None:
    from tripleaim.web import serve as serve_pages
    from tripleaim.web.server import listens_here

    place = _fullest_first()[0]
    orders = _long_work(data, place) if runs or listens_here(host, runs) else []
    err.print(f"The plan is at http://{host}:{port}/ (Ctrl+C stops)")
    if orders:
        err.print(
            f"Long jobs for its pages on prevention and uncertainty run in the background: "
            f"http://{host}:{port}/places/{place}/runs/ (--no-runs turns that off)",
            highlight=False,
        )
    serve_pages(host, port, data, runs=runs, first=orders, processes=processes)


def _long_work(data: Path, name: str) -> list[Order]:
    """The long jobs that pages of a place need, if its plan is there and current."""
    from tripleaim.jobs import KINDS, Job, order
    from tripleaim.place import load
    from tripleaim.plan import is_current

    place = load(name)
    if not is_current(place, data / place.id, DEMO_SEED):
        return []
    orders = [order(place, kind, DEMO_SEED, {}) for kind in KINDS]
    return [each for each in orders if Job.of(data, each).report.state != "done"]
