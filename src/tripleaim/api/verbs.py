"""The verbs of the API, which take a place or its name.

In their examples `village` is the folder of a place of 2,000 people.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from tripleaim.accounts import Accounts, account_inputs, calibrate
from tripleaim.accounts import account as account_for
from tripleaim.activity import Activity
from tripleaim.backtest import DRAWS, Backtest, PlanProjection, read_later, run_backtest
from tripleaim.core import RunContext
from tripleaim.data_folder import RUN_FILE, file_state, result_folder
from tripleaim.people import People
from tripleaim.people import synthesise as synthesise_people
from tripleaim.place import Place
from tripleaim.place import load as load_place
from tripleaim.plan import (
    FuturesDocument,
    PlanDocument,
    Workspace,
    draw_futures,
    is_current,
    printed_activity,
    prints_activity,
    read_plan_activity,
    run_plan,
)
from tripleaim.prevention import PreventionDocument, run_prevention
from tripleaim.projection import contact_factors, count_contacts
from tripleaim.projection import project as project_lives

SEED = 7
"""The seed of everybody's luck, where no other is asked for."""


@dataclass(frozen=True)
class Projection:
    """What happens if nothing is done, from the base year to the last year of the plan.

    activity      contacts, calibrated to what the plan prints, where it prints any
    uncalibrated  the same before that
    registered    people registered, by year

    To price activity that was recorded, put it in place of the projected:
    `dataclasses.replace(projection, activity=recorded)`.
    """

    activity: Activity
    uncalibrated: Activity
    registered: Mapping[str, float]

    def to_arrow(self) -> pa.Table:
        """The activity table, calibrated and not; the column `scenario` tells them apart."""
        return Activity.together((self.uncalibrated, self.activity)).to_arrow()


def load(name: str | Path) -> Place:
    """The footprint called `name`, or in the folder of that name.

    Raises InputError for a fault in a file, with its line and what was expected.

    >>> place = load(village)
    >>> place.name
    'Village'
    >>> place.to_arrow().column_names[:3]
    ['id', 'value', 'low']
    """
    return load_place(str(name))


def synthesise(place: Place | str | Path, *, seed: int = SEED) -> People:
    """Everybody registered with the place's practices, made up to official margins.

    The same place and seed give the same people.

    >>> everybody = synthesise(load(village))
    >>> len(everybody)
    1820
    >>> everybody.to_arrow().column_names[:3]
    ['person', 'birth', 'sex']
    """
    return synthesise_people(_loaded(place), RunContext(seed))


def project(place: Place | str | Path, people: People) -> Projection:
    """The contacts of the plan's years if nothing is done: everybody's life, year by year.

    >>> place = load(village)
    >>> nothing = project(place, synthesise(place))
    >>> nothing.activity.by("year", point_of_delivery="gp").column("year").to_pylist()[:2]
    ['2015/16', '2016/17']
    >>> nothing.to_arrow().num_rows > 1000
    True
    """
    place = _loaded(place)
    lives = project_lives(place, people)
    counted = count_contacts(place, lives)
    factors = contact_factors(place, counted)
    return Projection(
        activity=counted.activity(place.sha256_of("plan"), factors),
        uncalibrated=counted.activity(place.sha256_of("plan")),
        registered={year: float(lives.present[y].sum()) for y, year in enumerate(lives.years)},
    )


def account(
    place: Place | str | Path, projection: Projection, *, calibrated: bool = True
) -> Accounts:
    """The money of the two sides, commissioner and providers, for the plan's years, in £m.

    Solved to meet the printed gap, where one is printed; as stated where not `calibrated`.

    >>> place = load(village)
    >>> money = account(place, project(place, synthesise(place)))
    >>> sorted(set(money.to_arrow().column("side").to_pylist()))
    ['commissioner', 'providers']
    >>> list(money.gap())[-1]
    'cumulative'
    """
    inputs = account_inputs(_loaded(place))
    activity, registered = projection.activity, projection.registered
    if not calibrated:
        return account_for(inputs, activity, registered)
    solved = calibrate(inputs, activity, registered)
    return account_for(inputs, activity, registered, solved.on(inputs.parameters))


def plan(
    place: Place | str | Path,
    *,
    seed: int = SEED,
    scenario: Path | None = None,
    folder: Path | None = None,
) -> PlanDocument:
    """Do nothing against do something: as claimed, after overlap, on evidence.

    `scenario` is the file of one (docs/how-to/cite-a-scenario.md). With a `folder` the run's files
    are kept there, as `tripleaim plan --out` does.

    >>> document = plan(village)
    >>> list(document.gap_gbp_m["do_nothing"])[-1]
    'cumulative'
    >>> document.to_arrow().column_names
    ['measure', 'of', 'basis', 'year', 'value', 'low', 'high', 'unit']
    """
    with _kept(folder) as kept:
        return run_plan(_loaded(place), RunContext(seed), kept, scenario_file=scenario)


def futures(
    place: Place | str | Path, *, seed: int = SEED, draws: int = 256, folder: Path | None = None
) -> FuturesDocument:
    """The plan as printed, drawn many times: how uncertain it is, and what drives that.

    `draws` are rounded up to a power of two. In a `folder` that holds a run of this place and seed
    that run is drawn, and its draws are gone on with; else the plan is made first.

    >>> drawn = futures(village, draws=2)
    >>> drawn.draws
    2
    >>> "position" in drawn.to_arrow().column("measure").to_pylist()
    True
    """
    place = _loaded(place)
    with _kept(folder) as kept:
        if not is_current(place, kept, seed):
            run_plan(place, RunContext(seed), kept)
        return draw_futures(Workspace.open(kept, str(place.folder)), draws)


def prevention(
    place: Place | str | Path,
    people: People | None = None,
    *,
    seed: int = SEED,
    years: int = 20,
    draws: int = 256,
    simulated: int | None = None,
    seeds: int = 8,
    folder: Path | None = None,
) -> PreventionDocument:
    """Programmes of prevention over `years`: reach, cost by payer, health, whose effect it is.

    `people` are everybody registered, synthesised if not given; `simulated` of them are led through
    their lives (all, if None) and results scaled. Central values are the mean over `seeds` of luck.
    `draws` are rounded up to a power of two; 0 is the central one alone.

    >>> document = prevention(village, years=6, draws=0, seeds=2)
    >>> document.headline.programme_cost_gbp_m.central > 0
    True
    >>> "net_cost" in document.to_arrow().column("measure").to_pylist()
    True
    """
    place = _loaded(place)
    everybody = synthesise(place, seed=seed) if people is None else people
    with _kept(folder) as kept:
        return run_prevention(
            place,
            everybody,
            RunContext(seed),
            years=years,
            draws=draws,
            sample=simulated,
            seeds=seeds,
            folder=kept,
        )


def backtest(
    place: Place | str | Path,
    *,
    seed: int = SEED,
    draws: int = DRAWS,
    actuals: Path | None = None,
    run: Path | None = None,
) -> Backtest:
    """The model started in an early year, knowing nothing after it, and compared with what came.

    `actuals` is a folder with figures of later years, `run` the folder of a plan's run whose own
    projection is compared with them as well. Raises InputError for a place that ships no history.

    >>> tested = backtest("somerset", draws=100)
    >>> tested.base
    '2013/14'
    >>> sorted(set(tested.to_arrow().column("basis").to_pylist()))
    ['actual', 'last_value', 'model', 'straight_line']
    """
    later = None if actuals is None else read_later(actuals)
    whole = _loaded(place)
    projection = printed_activity(whole) if later and prints_activity(whole) else None
    own = None if run is None else Workspace.open(run, str(whole.folder)).nothing
    return run_backtest(
        whole,
        RunContext(seed),
        draws,
        actuals=later,
        projection=projection,
        plan=None if own is None else PlanProjection.of_run(own),
    )


def activity(source: str | Path) -> Activity:
    """The activity kept in a Parquet file, or in the folder of a run.

    It answers questions by any of its dimensions, recorded or projected: do nothing and do
    something, by people and by contract.

    >>> folder = Path(village).parent / "run of the activity"
    >>> document = plan(village, folder=folder)
    >>> kept = activity(folder)
    >>> contacts = kept.total(scenario="do_nothing", year="2020/21", point_of_delivery="acute-ae")
    >>> round(contacts) == round(document.activity["do_nothing"]["acute-ae"]["2020/21"])
    True
    """
    path = Path(source)
    if not path.is_dir():
        return Activity.read(path)
    return read_plan_activity(result_folder(path) if file_state(path / RUN_FILE) else path)


def _loaded(place: Place | str | Path) -> Place:
    """The place itself, or the one of that name."""
    return place if isinstance(place, Place) else load(place)


@contextmanager
def _kept(folder: Path | None) -> Iterator[Path]:
    """The folder, or one that goes once what was made in it has been read."""
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="tripleaim-") as scratch:
        yield Path(scratch) / "run"
