"""The main job, from end to end: people, do nothing, the gap, solutions, files."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tripleaim import __version__
from tripleaim.accounts import AccountInputs, account_inputs, calibrate
from tripleaim.activity import CellGrid, PeopleByCell
from tripleaim.core import RunContext, write_whole
from tripleaim.data_folder import (
    DamagedFileError,
    RunAbout,
    again,
    checked,
    new_result,
    read_about,
    run_files,
)
from tripleaim.measures import people_alike
from tripleaim.people import RESIDENTS_TO_COME, profile, synthesise
from tripleaim.place import Place, shipped_places, write_inputs
from tripleaim.plan import do_nothing
from tripleaim.plan.calibration import Calibration, save_calibration
from tripleaim.plan.check import refuse_footprint
from tripleaim.plan.do_nothing import DoNothing
from tripleaim.plan.futures.first_order import STARTS_FILE, drawn_starts, save_starts
from tripleaim.plan.overlap.groups import Groups
from tripleaim.plan.overlap.groups_file import save_groups
from tripleaim.plan.overlap.outcome import evaluate
from tripleaim.plan.overlap.person_costs import with_costs_of_reach
from tripleaim.plan.overlap.reach import ReachCount, refuse_reaching_nobody
from tripleaim.plan.overlap.reach_cells import ReachCells, save_cells
from tripleaim.plan.overlap.scenario import Scenario, choose, read_scenario
from tripleaim.plan.plan_activity import (
    ACTIVITY_FILE,
    CONTRACTS_FILE,
    PEOPLE_FILE,
    plan_activity,
    write_plan_activity,
)
from tripleaim.plan.practices import PRACTICES_FILE, PracticeCount, write_practices
from tripleaim.plan.printed.audit import audit, audit_document
from tripleaim.plan.publish.document import PlanDocument
from tripleaim.plan.publish.workbook import write_workbook
from tripleaim.plan.residents import RESIDENTS_FILE, write_residents
from tripleaim.plan.workspace import INPUTS_FILE, Workspace
from tripleaim.projection import (
    Trajectory,
    contact_factors,
    contact_inputs,
    count_contacts,
    fit_contacts,
    growth_by_cause,
    project,
    residents_compared,
)

COPIED = (
    "plan.json",
    "plan.xlsx",
    ACTIVITY_FILE,
    CONTRACTS_FILE,
    PEOPLE_FILE,
    PRACTICES_FILE,
    "people.json",
    "audit.json",
    "calibration.json",
)
"""What people read of a result: copied to where they asked for it."""


def run_plan(
    place: Place,
    context: RunContext,
    out: Path,
    *,
    scenario_file: Path | None = None,
) -> PlanDocument:
    """Do the whole job for `place` and write its files to the folder `out`.

    The files are a result of their own in `out`, and become the place's at the very end, so that an
    interruption leaves the last result as it was (docs/decisions/0046).
    Raises InputError for an output folder that cannot be made or that another run writes to, and
    for faults in the inputs.
    """
    refuse_footprint(place)
    scenario = _scenario(place, context.seed, scenario_file)
    about = _about(place, context.seed)
    copied = (*COPIED, RESIDENTS_FILE) if place.has(RESIDENTS_TO_COME) else COPIED
    with new_result(out, about, copied) as folder, ThreadPoolExecutor(2) as beside:
        people = synthesise(place, context)
        refuse_reaching_nobody(place, people)
        # Neither depends on anybody's life: they are worked out beside it.
        described, audited = beside.submit(profile, people, place), beside.submit(audit, place)
        archived = beside.submit(write_inputs, place, folder / INPUTS_FILE)
        trajectory = project(place, people, context)
        held = beside.submit(residents_compared, place, trajectory)
        inputs = account_inputs(place)
        practices = PracticeCount(place, trajectory)
        nothing, calibration, groups, cells, registered = _do_nothing(
            place, inputs, trajectory, context, practices
        )
        context.report("following the money", 0.0)
        money = do_nothing.price(inputs, nothing, calibration.money)
        place = with_costs_of_reach(place, groups)
        # What is kept is of the place's own assumptions: others are put on it when it is opened.
        outcome = evaluate(place, groups, money.costs, replace(scenario, assumptions={}))
        kept = beside.submit(
            lambda: write_plan_activity(
                plan_activity(place, nothing, money, outcome, groups=groups, cells=cells), folder
            )
        )
        starts = drawn_starts(place, nothing, calibration.money)
        built = Workspace(
            place, nothing, calibration, money, groups, nothing.activity, registered, starts, (), {}
        )
        document = built.document(scenario)
        context.report("following the money", 1.0)
        context.report("writing the plan", 0.0)
        booked = beside.submit(write_workbook, document, place, folder / "plan.xlsx")
        registered.write(folder / PEOPLE_FILE)
        do_nothing.save(nothing, folder / "do_nothing.json")
        save_calibration(calibration, folder / "calibration.json")
        save_groups(groups, folder / "groups.npz", place.sha256_of("plan"))
        save_starts(starts, folder / STARTS_FILE, place.sha256_of("plan"))
        save_cells(cells, folder / "reach_cells.npz", place.sha256_of("plan"))
        of_practices = practices.document(calibration.contact_factors, money.costs)
        write_practices(of_practices, folder / PRACTICES_FILE)
        _write_json(folder / "people.json", asdict(described.result()))
        checked = {"version": __version__, **audit_document(place, audited.result())}
        _write_json(folder / "audit.json", checked)
        if held.result():
            write_residents(held.result(), folder / RESIDENTS_FILE)
        booked.result()
        kept.result()
        archived.result()
        write_whole(folder / "plan.json", document.model_dump_json(indent=1) + "\n")
        context.report("writing the plan", 1.0)
    return document


def _do_nothing(
    place: Place,
    inputs: AccountInputs,
    trajectory: Trajectory,
    context: RunContext,
    practices: PracticeCount,
) -> tuple[DoNothing, Calibration, Groups, ReachCells, PeopleByCell]:
    """The do-nothing years and their calibration; contacts of each year are worked out once."""
    model = fit_contacts(contact_inputs(place), trajectory)
    reached = ReachCount(place, trajectory, CellGrid.of(trajectory.people))

    def count(y: int, expected: npt.NDArray[np.float32]) -> None:
        reached.add(y, expected)
        practices.add(y, expected)

    counted = count_contacts(place, trajectory, context, model=model, also=count)
    factors = contact_factors(place, counted)
    nothing = do_nothing.count(
        trajectory,
        growth=growth_by_cause(trajectory, model, counted, factors),
        growth_uncalibrated=growth_by_cause(trajectory, model, counted),
        activity=counted.activity(place.sha256_of("plan"), factors),
        uncalibrated=counted.activity(place.sha256_of("plan")),
        people_alike=dict(
            zip(
                counted.points_of_delivery,
                people_alike(counted.quantity[-1], counted.people[-1]).tolist(),
                strict=True,
            )
        ),
    )
    calibration = Calibration(
        factors,
        calibrate(inputs, nothing.activity, nothing.registered),
        place.sha256_of("plan"),
        nothing.seed,
    )
    groups, cells = reached.groups(factors), reached.cells(factors)
    return nothing, calibration, groups, cells, counted.people_by_cell()


def is_current(place: Place, folder: Path, seed: int) -> bool:
    """Whether `folder` holds a whole run of this very place, seed and version."""
    try:
        about = read_about(folder, again(folder))
        for path in run_files(folder, again(folder)):
            checked(path, again(folder))
    except DamagedFileError:
        return False
    return about == _about(place, seed)


def _about(place: Place, seed: int) -> RunAbout:
    return RunAbout(
        footprint=place.id,
        # Where to find it again; a shipped footprint is found by its name, wherever that is.
        footprint_folder="" if place.id in shipped_places() else str(place.folder.resolve()),
        inputs_sha256=place.sha256_of("plan"),
        seed=seed,
        version=__version__,
    )


def _scenario(place: Place, seed: int, file: Path | None) -> Scenario:
    if file is None:
        return choose(place, seed=seed)
    scenario = read_scenario(place, file)
    return replace(scenario, seed=seed)


def _write_json(path: Path, content: object) -> None:
    write_whole(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
