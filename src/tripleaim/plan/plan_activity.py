"""All activity of a plan in the one table: do nothing and do something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tripleaim.accounts import by_contract, contracts, priced
from tripleaim.activity import Activity, Origin
from tripleaim.place import Place
from tripleaim.plan.basis import Basis
from tripleaim.plan.do_nothing import DoNothing, Money
from tripleaim.plan.overlap.do_something import do_something
from tripleaim.plan.overlap.groups import Groups
from tripleaim.plan.overlap.outcome import Outcome
from tripleaim.plan.overlap.reach_cells import ReachCells
from tripleaim.projection import DO_NOTHING, UNCALIBRATED


def plan_activity(
    place: Place,
    nothing: DoNothing,
    money: Money,
    outcome: Outcome,
    *,
    groups: Groups,
    cells: ReachCells,
) -> Activity:
    """Do nothing before and after calibration, and do something on every basis that has contacts.

    As partners claim is not among them: a claim is money and says nothing of contacts. A provider
    keeps its share of each point of delivery when something is done, since no source says
    otherwise.
    """
    known = contracts(place, money.calibrated, nothing.activity, nothing.residents)
    sha256 = place.sha256_of("plan")

    def parts() -> Iterator[Activity]:
        for scenario, activity, costs in (
            (UNCALIBRATED, nothing.uncalibrated, money.costs_uncalibrated),
            (DO_NOTHING, nothing.activity, money.costs),
        ):
            of_people = priced(activity, costs, known)
            yield of_people
            yield by_contract(of_people, known, Origin(False, scenario, sha256))
        for basis in bases(outcome):
            activity = do_something(
                place, groups, cells, outcome, basis, costs=money.costs, inputs_sha256=sha256
            )
            yield known.named(activity)
            yield by_contract(activity, known, Origin(False, basis, sha256))

    return Activity.together(parts())


ACTIVITY_FILE = "activity.parquet"
"""What is known by people, whose rows add up."""

CONTRACTS_FILE = "contracts.parquet"
"""The same activity known by contract."""

PEOPLE_FILE = "people_by_cell.parquet"
"""Who is registered, by the dimensions of what is known by people."""


def write_plan_activity(activity: Activity, folder: Path) -> None:
    """Keep a plan's activity in two files of `folder`, one for each way in which it is known."""
    for known_by, name in (("people", ACTIVITY_FILE), ("contract", CONTRACTS_FILE)):
        activity.where(known_by=known_by).write(folder / name)


def read_plan_activity(folder: Path) -> Activity:
    """The activity that `write_plan_activity` kept. Raises InputError if it is not whole."""
    return Activity.read(folder / ACTIVITY_FILE, folder / CONTRACTS_FILE)


def bases(outcome: Outcome) -> tuple[Basis, ...]:
    """The bases on which something is done to contacts; as chosen, only where it differs."""
    own = () if outcome.as_chosen is outcome.after_overlap else (Basis.AS_CHOSEN,)
    return (Basis.AFTER_OVERLAP, Basis.ON_EVIDENCE, *own)
