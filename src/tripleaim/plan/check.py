"""The check of a whole footprint: the check of its files, then each room's own reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tripleaim.accounts import prices_of_another_year
from tripleaim.core import USUAL_SEED, RunContext
from tripleaim.people import synthesise
from tripleaim.place import Check, InputError, Place, check, is_shipped, refuse, refuse_faults
from tripleaim.plan.overlap.reach import refuse_reaching_nobody
from tripleaim.plan.printed.dates import (
    dates_in_order,
    starts_before_opening,
    studies_after_start,
)
from tripleaim.plan.readers import all_readers
from tripleaim.plan.understood import claims_beside_spend, what_was_understood
from tripleaim.wording import sentence


def check_footprint(name_or_folder: str | Path) -> Check:
    """Everything that is wrong with a footprint, as far as any room can tell without running it.

    The place room looks at every file; if it finds no fault, the readers of every verb read theirs,
    and people of the usual seed show whether each solution reaches somebody.
    """
    result = check(name_or_folder)
    if result.place is None:
        return result
    place = result.place
    faults = faults_of_rooms(place)
    if faults:
        by_message = {str(one): one for many in faults for one in many.all_faults}
        return replace(result, faults=tuple(by_message.values()))
    try:
        refuse_reaching_nobody(place, synthesise(place, RunContext(USUAL_SEED)))
    except InputError as fault:
        return replace(result, faults=tuple(fault.all_faults))
    dated = (*dates_in_order(place), *studies_after_start(place))
    wrong = [f"{one.statement}: {one.note}" for one in dated if not one.holds]
    prices = prices_of_another_year(place)
    older = [sentence(prices)] if prices else []
    notes = (
        *what_was_understood(place),
        *result.notes,
        *older,
        *wrong,
        *starts_before_opening(place),
    )
    return replace(result, notes=notes)


def refuse_footprint(place: Place) -> None:
    """Raise InputError with what `check_footprint` refuses of a place of one's own.

    What comes with the product is not looked through again: a test holds it to the check.
    """
    if is_shipped(place.folder):
        return
    refuse_faults(place)
    refuse(faults_of_rooms(place))


def faults_of_rooms(place: Place) -> list[InputError]:
    """What the readers of all verbs refuse, and claims above all that is spent."""
    faults = []
    for read in all_readers():
        try:
            read(place)
        except InputError as fault:
            faults.append(fault)
    return faults or claims_beside_spend(place)[0]
