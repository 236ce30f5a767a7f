"""What else is measured of Triple Aim: the whole plan, the engine with all it follows, a country.

Every measurement runs in a process of its own, so that its peak memory is its own. It gets a folder
that all of them share, in which `prepare` has left people, laws and a finished run of the plan.
"""

from __future__ import annotations

import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from bench.every_board import every_board, shipped_board
from bench.memory import TreePeak, peak_megabytes
from bench.serving import live_answers, page_made, scenario_memory, serving
from bench.table import Row
from tripleaim import people as people_room
from tripleaim.activity import DIMENSIONS, Activity
from tripleaim.core import RunContext
from tripleaim.people import People, read_risk_factors, synthesise
from tripleaim.place import load
from tripleaim.plan import (
    Basis,
    Choice,
    Workspace,
    choose,
    incentives,
    payment_rules,
    run_plan,
)
from tripleaim.prevention import compile_programmes, read_programmes, run_prevention
from tripleaim.prevention.compiled_programmes import scenario_sets
from tripleaim.prevention.job import SEEDS, lags_of, names_of
from tripleaim.prevention.scenarios import late_outcomes
from tripleaim.projection import Laws, Tally, added, project, simulate, simulate_scenarios
from tripleaim.projection.plain import simulate_plainly

PLACE, SEED, YEARS = "somerset", 7, 20
COUNTY_MEGABYTES, COUNTRY_MEGABYTES = 2000.0, 8000.0
PLAN, PEOPLE, LAWS = "plan", "people.parquet", "laws.npz"
DRAWS, QUERIED_ROWS = 256, 3_000_000
MILLIONS = (0.25, 0.5, 1.0, 2.0, 4.0)


def timed(work: Callable[[], object], times: int) -> float:
    """Median seconds of `times` runs."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def county(what: str, seconds: float, limit: float, also: str = "") -> Row:
    """A row of something done for one county."""
    return Row(
        what,
        seconds,
        limit=limit,
        megabytes=peak_megabytes(),
        most_megabytes=COUNTY_MEGABYTES,
        also=also,
    )


def people(folder: Path) -> list[Row]:
    """Everybody registered, left for the others."""
    place = load(PLACE)
    began = time.perf_counter()
    made = synthesise(place, RunContext(SEED))
    row = county("people", time.perf_counter() - began, 10.0, f"{len(made):,} people")
    people_room.write(made, folder / PEOPLE)
    return [row]


def whole_plan(folder: Path) -> list[Row]:
    """The main job from end to end, files written and left for the others."""
    place = load(PLACE)

    def run() -> None:
        run_plan(place, RunContext(SEED), folder / PLAN / PLACE)

    first = timed(run, 1)
    return [county("whole plan", timed(run, 1), 8.0, f"the first in a process {first:.3g} s")]


def start_up(_: Path) -> list[Row]:
    """The command line, from the shell's point of view, beside a Python that does nothing."""
    python = (sys.executable, "-c")
    line = "from tripleaim.cli import main; main()"

    def run(*words: str) -> float:
        return timed(lambda: subprocess.run([*python, *words], check=True, capture_output=True), 9)

    nothing = run("pass")
    return [
        Row("tripleaim --version", run(line, "--version"), limit=0.3),
        Row("tripleaim --help", run(line, "--help"), also=f"python -c pass: {nothing:.3g} s"),
    ]


def price_assumption(folder: Path) -> list[Row]:
    """A changed price assumption to the plan: the median of nine figures."""
    place, workspace = load(PLACE), Workspace.open(folder / PLAN / PLACE)
    prices = [
        figure for figure in place.figures if figure.startswith(("spend-per-head", "growth."))
    ]
    scenario = choose(place, seed=SEED)
    taken = [
        timed(
            lambda figure=figure: workspace.document(
                scenario, {figure: 1.01 * place.value(figure)}
            ),
            1,
        )
        for figure in prices[:9]
    ]
    return [county("a changed price to the plan", statistics.median(taken), 0.5)]


def activity_query(folder: Path) -> list[Row]:
    """Activity of one scenario and year by any dimension, the slowest, among three million rows."""
    rows = Workspace.open(folder / PLAN / PLACE).activity.table
    draws_kept = -(-QUERIED_ROWS // len(rows))
    at = rows.schema.get_field_index("draw")
    kept = folder / "activity"
    kept.mkdir()
    for draw in range(draws_kept):
        column = pa.array(np.full(len(rows), draw, dtype=np.int32))
        table = rows.set_column(at, rows.schema.field(at), column)
        Activity(table).write(kept / f"{draw}.parquet")
    place = load(PLACE)
    wanted = {"scenario": "do_nothing", "year": place.last_year, "draw": 0}
    activity = Activity.read(*sorted(kept.iterdir()))
    taken = {
        dimension: timed(lambda dimension=dimension: activity.by(dimension, **wanted), 5)
        for dimension in DIMENSIONS
    }
    slowest = max(taken, key=taken.__getitem__)
    also = f"{draws_kept * len(rows):,} rows; the slowest: {slowest}"
    return [county("activity by a dimension", taken[slowest], 0.05, also)]


def five_years(folder: Path) -> list[Row]:
    """Everybody's life for the years of the plan, fitted and followed."""
    place, made = load(PLACE), people_room.read(folder / PEOPLE)
    project(place, made.take(np.arange(0, len(made), 1000)))  # compiled before the clock starts
    began = time.perf_counter()
    lives = project(place, made)
    seconds = time.perf_counter() - began
    rate = lives.present[1:].sum() / seconds
    also = f"{rate:,.0f} person-years a second, fitting included"
    return [county("lives for the years of the plan", seconds, 25.0, also)]


def what_if(folder: Path) -> list[Row]:
    """One scenario's document from an opened run: the median of nine different ones."""
    place, workspace = load(PLACE), Workspace.open(folder / PLAN / PLACE)
    taken = [
        timed(
            lambda changed=solution.id: workspace.document(
                choose(place, {changed: Choice(Basis.ON_EVIDENCE, uptake=0.5)})
            ),
            1,
        )
        for solution in place.solutions[:9]
    ]
    return [county("what-if, the document", statistics.median(taken), 3.0)]


def what_if_page(folder: Path) -> list[Row]:
    """One what-if from the form to the page it leads to: the median of nine different ones."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tripleaim.web.config.settings",
        "TRIPLEAIM_DATA": str(folder / PLAN),
    }
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from tripleaim.web.ui.frame import place_address  # noqa: PLC0415

    get_wsgi_application()
    client, place = Client(headers={"host": "localhost"}), load(PLACE)
    assert client.get(place_address(PLACE)).status_code == 200

    def chosen(solution: str) -> None:
        typed = {"basis": "evidence", "uptake": "50", "start": place.years[1], "own": ""}
        answer = client.get(f"{place_address(PLACE)}solutions/{solution}/choose/", typed)
        assert answer.status_code == 303, answer.content.decode()
        assert client.get(answer.headers["Location"]).status_code == 200

    taken = [timed(lambda one=solution.id: chosen(one), 1) for solution in place.solutions[:9]]
    return [county("what-if, from form to page", statistics.median(taken), 1.0)]


def payment_rule(folder: Path) -> list[Row]:
    """The incentive table under another payment rule: the median of all rules."""
    workspace = Workspace.open(folder / PLAN / PLACE)
    rules = payment_rules(load(PLACE)).rules
    taken = [timed(lambda rule=rule: incentives(workspace, rule.id), 1) for rule in rules]
    return [county("what-if, payment rule", statistics.median(taken), 1.0)]


def laws(folder: Path) -> list[Row]:
    """Laws of twenty years fitted to everybody, left for the others."""
    from tripleaim.projection import fit_laws, save_laws  # noqa: PLC0415

    place, made = load(PLACE), people_room.read(folder / PEOPLE)
    fit_laws(place, made.take(np.arange(0, len(made), 1000)))  # compiled before the clock starts
    began = time.perf_counter()
    fitted = fit_laws(place, made, steps=YEARS)
    row = county("laws of 20 years, fitted", time.perf_counter() - began, 8.0)
    save_laws(fitted, folder / LAWS)
    return [row]


def engine(folder: Path) -> list[Row]:
    """Everybody's twenty years with all that the engine follows, laws fitted beforehand."""
    made, fitted = _prepared(folder)
    few = made.take(np.arange(0, len(made), 100))
    simulate(few, fitted)  # compiled before the clock starts
    seconds = timed(lambda: simulate(made, fitted), 5)
    lived = int(simulate(made, fitted).tally.people[:-1].sum())
    return [
        Row(
            "the engine, all it follows",
            lived / seconds,
            "person-years/s",
            45e6,
            least=True,
            megabytes=peak_megabytes(),
            most_megabytes=COUNTY_MEGABYTES,
            also=f"twenty years of {len(made):,} people in {seconds:.2f} s",
        )
    ]


def prevention(folder: Path) -> list[Row]:
    """Prevention of the whole county as it is asked for: seeds, draws and lifetimes, by the clock
    and by what all processors did; and its scenarios of one seed beside each led by itself."""
    place, (made, fitted) = load(PLACE), _prepared(folder)
    late = late_outcomes(fitted.expected.names, [p.id for p in place.points_of_delivery])
    programmes = read_programmes(place, names_of(place, fitted, late))
    compiled = compile_programmes(place, programmes, fitted, lags_of(read_risk_factors(place)))
    sets = scenario_sets(len(compiled))

    def in_full(people: People) -> None:
        for chosen in sets:
            simulate(people, fitted, programmes=[compiled[j] for j in chosen])

    def once(out: str, draws: int, seeds: int, sample: int | None = None) -> None:
        run_prevention(
            place,
            made,
            RunContext(SEED),
            draws=draws,
            seeds=seeds,
            sample=sample,
            folder=folder / out,
        )

    few = made.take(np.arange(0, len(made), 1000))
    in_full(few)
    simulate_scenarios(few, fitted, compiled, sets)
    once("prevention-of-few", 2, 2, 1000)  # compiled before the clock starts
    whole, of_whole = _timed_and_busy(lambda: in_full(made))
    parts, of_parts = _timed_and_busy(lambda: simulate_scenarios(made, fitted, compiled, sets))
    busy = time.process_time()
    job = timed(lambda: once("prevention", DRAWS, SEEDS), 1)
    busy = time.process_time() - busy
    return [
        county("prevention of the county", job, 90.0, f"{SEEDS} seeds, {DRAWS} draws, lifetimes"),
        Row("  all processors together", busy, limit=180.0, also=f"{busy / job:.2f} at a time"),
        Row(
            "its scenarios, each led by itself over all at once, processor",
            of_whole / of_parts,
            "times",
            2.0,
            least=True,
            also=f"{len(sets)} scenarios of one seed: {whole:.2f} s and {parts:.2f} s by the clock",
        ),
    ]


def _timed_and_busy(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of all processors: the latter hardly depend on what else runs."""
    busy = time.process_time()
    seconds = timed(work, 1)
    return seconds, time.process_time() - busy


def oracle(folder: Path) -> list[Row]:
    """The clear projection in NumPy beside it, for one person in twenty, equal to the last bit."""
    made, fitted = _prepared(folder)
    few = made.take(np.arange(0, len(made), 20))
    began = time.perf_counter()
    plain = simulate_plainly(few, fitted, lives=True)
    seconds = time.perf_counter() - began
    fast = simulate(few, fitted, lives=True)
    assert digest(plain.tally) == digest(fast.tally)
    assert plain.trajectory is not None
    assert fast.trajectory is not None
    for mine, theirs in (
        (fast.trajectory.people.person, plain.trajectory.people.person),
        (fast.trajectory.present, plain.trajectory.present),
        (fast.trajectory.conditions, plain.trajectory.conditions),
    ):
        assert np.array_equal(mine, theirs)
    lived = int(plain.tally.people[:-1].sum())
    also = f"{len(few):,} people; tally and lives equal to the last contact"
    rate = lived / seconds
    return [Row("  its oracle in NumPy", rate, "person-years/s", also=also)]


def same_bytes(folder: Path) -> list[Row]:
    """1 and 2 threads, 1 and 7 shards: one answer."""
    made, fitted = _prepared(folder)
    whole = digest(simulate(made, fitted, threads=1).tally)
    assert whole == digest(simulate(made, fitted, threads=2).tally)
    rows = np.arange(len(made))
    shards = [simulate(made.take(rows[s::7]), fitted).tally for s in range(7)]
    assert whole == digest(added(shards))
    alone = timed(lambda: simulate(made, fitted, threads=1), 3)
    both = timed(lambda: simulate(made, fitted, threads=2), 3)
    return [
        Row("1 and 2 threads, 1 and 7 shards", 1, "answer", 1, also=f"sha256 {whole[:12]}"),
        Row("  2 threads : 1 thread", alone / both, "times as fast"),
    ]


def of_a_size(millions: float) -> Callable[[Path], list[Row]]:
    """The engine for so many million people, who are the county's over and over."""

    def measure(folder: Path) -> list[Row]:
        made, fitted = _prepared(folder)
        number = np.arange(round(millions * 1e6))
        many = replace(made.take(number % len(made)), person=number.astype(np.uint64))
        simulate(many.take(number[:999]), fitted)
        seconds = timed(lambda: simulate(many, fitted), 7)
        return [Row(f"  {millions:g} million people", seconds, megabytes=peak_megabytes())]

    return measure


def draws(folder: Path) -> list[Row]:
    """The five-year plan, do nothing and do something, under 256 joint draws of its parameters."""
    from tripleaim.plan.futures import draw_futures  # noqa: PLC0415

    workspace = Workspace.open(folder / PLAN / PLACE)
    with TreePeak() as peak:
        began = time.perf_counter()
        draw_futures(workspace, DRAWS)
        seconds = time.perf_counter() - began
    return [replace(county(f"{DRAWS} draws of the plan", seconds, 60.0), megabytes=peak.megabytes)]


def country(_: Path) -> list[Row]:
    """England for twenty years, in shards, from nothing: people drawn, laws fitted, lives led."""
    return [of_a_country()]


def of_a_country(*more: str) -> Row:
    """`tripleaim project england` with 8 GB, as one types it, with `more` options."""
    tripleaim = Path(sys.executable).parent / "tripleaim"
    with tempfile.TemporaryDirectory() as out, TreePeak() as peak:
        asked = [tripleaim, "project", "england", "--out", out, "--memory", "8", "--json", *more]
        began = time.perf_counter()
        done = subprocess.run(asked, check=True, capture_output=True, text=True, encoding="utf-8")
        seconds = time.perf_counter() - began
    people = json.loads(done.stdout)["people"]
    return Row(
        "England, twenty years",
        seconds,
        limit=120.0,
        megabytes=peak.megabytes,
        most_megabytes=COUNTRY_MEGABYTES,
        also=f"{people:,} people; {people * YEARS / seconds:,.0f} person-years a second",
    )


def digest(tally: Tally) -> str:
    """One hash of every number in a tally."""
    found = hashlib.sha256()
    for field in fields(Tally):
        value = getattr(tally, field.name)
        found.update(value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode())
    return found.hexdigest()


def _prepared(folder: Path) -> tuple[People, Laws]:
    from tripleaim.projection import load_laws  # noqa: PLC0415

    made: People = people_room.read(folder / PEOPLE)
    return made, load_laws(folder / LAWS)


@dataclass(frozen=True)
class Measurement:
    """Something to measure under a name, and which ones must have gone before."""

    measure: Callable[[Path], list[Row]]
    after: tuple[str, ...] = ()


ENGINE = ("people", "laws")
SIZES = {f"size-{m:g}": Measurement(of_a_size(m), ENGINE) for m in MILLIONS}
MEASUREMENTS = {
    "start-up": Measurement(start_up),
    "people": Measurement(people),
    "lives": Measurement(five_years, ("people",)),
    "plan": Measurement(whole_plan),
    "what-if": Measurement(what_if, ("plan",)),
    "page": Measurement(what_if_page, ("plan",)),
    "serving": Measurement(lambda folder: serving(folder / PLAN), ("plan",)),
    "page-made": Measurement(lambda folder: page_made(folder / PLAN), ("plan",)),
    "scenario-memory": Measurement(lambda folder: scenario_memory(folder / PLAN), ("plan",)),
    "live-answers": Measurement(lambda folder: live_answers(folder / PLAN), ("plan",)),
    "payment": Measurement(payment_rule, ("plan",)),
    "price": Measurement(price_assumption, ("plan",)),
    "activity": Measurement(activity_query, ("plan",)),
    "draws": Measurement(draws, ("plan",)),
    "laws": Measurement(laws, ("people",)),
    "engine": Measurement(engine, ENGINE),
    "prevention": Measurement(prevention, ENGINE),
    "oracle": Measurement(oracle, ENGINE),
    "bytes": Measurement(same_bytes, ENGINE),
    **SIZES,
    "country": Measurement(country),
    "boards": Measurement(every_board),
    "shipped-board": Measurement(shipped_board),
}
