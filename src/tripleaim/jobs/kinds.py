"""The kinds of long work, the settings of each, and where its result is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from tripleaim.core import RunContext, write_whole
from tripleaim.place import Place

Work = Callable[[Place, Mapping[str, int], Path, RunContext], None]


@dataclass(frozen=True, slots=True)
class OrderSetting:
    """A whole number that an order may set, with its range and its usual value."""

    name: str
    least: int
    most: int
    usual: int


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of work: its name in words, how long it usually takes, what may be set.

    `parts` are the steps that it reports, in their order, each with its usual share of the time.
    `needs` is a file without which a place cannot have it done; empty where any place can.
    `of_a_plan` says that it works on a plan that is there, so that the plan's pages offer it. What
    makes a plan is short, and runs beside one of those.
    `work(place, settings, folder, context)` leaves the file `result` in the folder.
    """

    name: str
    minutes: float
    settings: Mapping[str, OrderSetting]
    result: str
    work: Work
    parts: Mapping[str, float]
    needs: str = ""
    of_a_plan: bool = True


def _plan(place: Place, _settings: Mapping[str, int], folder: Path, context: RunContext) -> None:
    from tripleaim.plan import run_plan

    # The folder of the place's runs is that of its plan, where pages look for it.
    _write(folder / "plan.json", run_plan(place, context, folder.parents[1]))


def _futures(place: Place, settings: Mapping[str, int], folder: Path, context: RunContext) -> None:
    from tripleaim.plan import Workspace, draw_futures, is_current, run_plan

    of_plan = folder.parents[1]
    if not is_current(place, of_plan, context.seed):
        # The plan that the pages show stays: another seed or another state has its own.
        of_plan = folder / "plan"
    if not is_current(place, of_plan, context.seed):
        run_plan(place, context, of_plan)
    workspace = Workspace.open(of_plan, str(place.folder))
    document = draw_futures(workspace, settings["draws"], context=context)
    _write(folder / "futures.json", document)


def _backtest(place: Place, settings: Mapping[str, int], folder: Path, context: RunContext) -> None:
    from tripleaim.backtest import PlanProjection, known_after_the_plans_base, run_backtest
    from tripleaim.plan import Workspace, is_current, printed_activity, prints_activity

    of_plan = folder.parents[1]
    later = known_after_the_plans_base(place)
    has_later_figures = bool(later.observations) and is_current(place, of_plan, context.seed)
    document = run_backtest(
        place,
        context,
        settings["draws"],
        actuals=later if has_later_figures else None,
        projection=printed_activity(place)
        if has_later_figures and prints_activity(place)
        else None,
        plan=PlanProjection.of_run(Workspace.open(of_plan, str(place.folder)).nothing)
        if has_later_figures
        else None,
    )
    _write(folder / "backtest.json", document)


def _prevention(
    place: Place, settings: Mapping[str, int], folder: Path, context: RunContext
) -> None:
    from tripleaim.people import synthesise
    from tripleaim.prevention import run_prevention

    people = synthesise(place, context)
    run_prevention(
        place,
        people,
        context,
        years=settings["years"],
        draws=settings["draws"],
        sample=min(settings["people"], len(people)),
        seeds=settings["seeds"],
        folder=folder,
    )


def _write(path: Path, document: BaseModel) -> None:
    write_whole(path, document.model_dump_json(indent=1) + "\n")


KINDS: Mapping[str, JobKind] = {
    "plan": JobKind(
        "The plan of a place",
        1.0,
        {},
        "plan.json",
        _plan,
        {
            "building the people": 0.1,
            "projecting lives": 0.6,
            "counting contacts": 0.1,
            "following the money": 0.1,
            "writing the plan": 0.1,
        },
        of_a_plan=False,
    ),
    "futures": JobKind(
        "The plan drawn many times",
        1.0,
        {"draws": OrderSetting("Draws", 16, 1024, 256)},
        "futures.json",
        _futures,
        {
            "fitting lives": 0.2,
            "drawing futures": 0.65,
            "separating chance from parameters": 0.1,
            "finding what drives them": 0.05,
        },
    ),
    "backtest": JobKind(
        "The model compared with what followed",
        2.0,
        {"draws": OrderSetting("Draws of each forecast", 100, 10_000, 2000)},
        "backtest.json",
        _backtest,
        {
            "building the people of the first year": 0.68,
            "projecting their lives": 0.25,
            "comparing forecasts with what happened": 0.07,
        },
        needs="backtest/backtest.toml",
    ),
    "prevention": JobKind(
        "Prevention over twenty years",
        4.0,
        {
            "years": OrderSetting("Years ahead", 1, 20, 20),
            "draws": OrderSetting("Draws", 0, 512, 256),
            "people": OrderSetting("People simulated, at most", 1_000, 1_000_000, 1_000_000),
            "seeds": OrderSetting("Random seeds", 1, 32, 8),
        },
        "prevention.json",
        _prevention,
        {
            "building the people": 0.05,
            "fitting rates to people's lives": 0.15,
            "projecting lives with other random numbers": 0.4,
            "drawing futures": 0.4,
        },
    ),
}
