"""The verbs for staff and for primary care."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tripleaim.cli.arguments import AsJson, PlaceName
from tripleaim.cli.json_output import print_json
from tripleaim.cli.kept_run import folder_of_run
from tripleaim.cli.terminal import out

if TYPE_CHECKING:
    from tripleaim.activity import Activity
    from tripleaim.place import Place
    from tripleaim.plan import StaffBySolution


def staff(
    name: PlaceName,
    data: Annotated[Path, typer.Option(help="The folder of runs.")] = Path("tripleaim-data"),
    as_json: AsJson = False,
) -> None:
    """Show staff needed and staff available, by group, and whose work each solution moves."""
    from tripleaim.capacity import staff_inputs, staffing_checks, workforce
    from tripleaim.cli import show_staff
    from tripleaim.place import load
    from tripleaim.wording import with_sentences

    place = load(name)
    activity, solutions, source = _activity(place, data)
    inputs = staff_inputs(place)
    need, mix, checks = workforce(inputs, activity), inputs.mix, staffing_checks(inputs)
    if as_json:
        document = {
            "basis": source,
            "workforce": with_sentences(need),
            "skill_mix": with_sentences(mix) if mix else None,
            "supply_tests": [with_sentences(check) for check in checks],
            "by_solution": [with_sentences(by_solution) for by_solution in solutions],
        }
        print_json(document, _plain)
        return
    show_staff.workforce(out, place, need)
    if mix:
        show_staff.skill_mix(out, mix)
    for check in checks:
        show_staff.staffing_check(out, check)
    for by_solution in solutions:
        show_staff.by_solution(out, place, by_solution)
    out.print(source, highlight=False)


def primary_care(name: PlaceName, as_json: AsJson = False) -> None:
    """Track primary care: practices by form, roll-out, capacity, cost of the skill mix."""
    from tripleaim.capacity import primary_care as track
    from tripleaim.cli import show_staff
    from tripleaim.place import load
    from tripleaim.wording import with_sentences

    tracker = track(load(name))
    if as_json:
        print_json(with_sentences(tracker))
    else:
        show_staff.primary_care(out, tracker)


def _activity(place: Place, data: Path) -> tuple[Activity, list[StaffBySolution], str]:
    """Activity if nothing is done, and solutions' staff, from a run; else the printed activity."""
    from tripleaim.data_folder import has_run

    run = folder_of_run(place, data)
    if not has_run(run):
        from tripleaim.plan import printed_activity

        source = (
            "From the printed activity, not from synthetic people. To see the work that solutions "
            f"move, run tripleaim plan {place.id} --out {run}."
        )
        return printed_activity(place), [], source
    from tripleaim.plan import Basis, Workspace, choose, evaluate, staff_by_solution

    workspace = Workspace.open(run, str(place.folder))
    activity = workspace.nothing.activity
    if not place.solutions:
        return activity, [], f"From the run in {run}."
    outcome = evaluate(
        place, workspace.groups, workspace.money.costs, choose(place, seed=workspace.seed)
    )
    solutions = [
        staff_by_solution(place, workspace.groups, outcome, basis=basis)
        for basis in (Basis.AFTER_OVERLAP, Basis.ON_EVIDENCE)
    ]
    return activity, solutions, f"From the run in {run}: what is needed if nothing is done."


def _plain(value: object) -> str:
    """An amount as text, to the penny."""
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"not JSON: {value!r}")
