"""The check of a whole footprint: the check of its files, then each room's own reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from tripleaim.accounts import (
    aims,
    grants,
    has_flows,
    prices_of_another_year,
    read_control_totals,
    read_cost_structures,
    read_flow_seeds,
    read_payment_rules,
    read_positions,
    read_returns,
    read_schemes,
    read_spend_lines,
    read_stf_conditions,
    savings_to_find,
    uncalibrated,
)
from tripleaim.core import RunContext
from tripleaim.people import (
    check_number,
    has_lists,
    read_illness,
    read_lists,
    read_practices,
    read_residents_by_district,
    synthesise,
)
from tripleaim.place import Check, InputError, Place, check
from tripleaim.plan.by_setting.aims import setting_aims
from tripleaim.plan.by_setting.shares import FILE as SETTINGS_FILE
from tripleaim.plan.by_setting.shares import setting_shares
from tripleaim.plan.overlap.effects import effects, evidenced
from tripleaim.plan.overlap.reach import reach
from tripleaim.plan.printed.audit import audit
from tripleaim.plan.printed.dates import (
    dates_in_order,
    starts_before_opening,
    studies_after_start,
)
from tripleaim.plan.understood import claims_beside_spend, what_was_understood
from tripleaim.projection import read_vitals
from tripleaim.wording import sentence

ROOMS: tuple[tuple[str, Callable[[Place], object]], ...] = (
    ("people", check_number),
    ("people", read_illness),
    ("people", lambda place: read_practices(place) if has_lists(place) else None),
    ("people", lambda place: read_lists(place, 0, 0) if has_lists(place) else None),
    ("people", lambda place: read_residents_by_district(place) if has_lists(place) else None),
    ("projection", read_vitals),
    ("accounts", uncalibrated),
    ("accounts", read_spend_lines),
    ("accounts", read_cost_structures),
    ("accounts", lambda place: read_flow_seeds(place) if has_flows(place) else None),
    ("accounts", read_positions),
    ("accounts", aims),
    ("accounts", read_payment_rules),
    ("accounts", read_control_totals),
    ("accounts", read_stf_conditions),
    ("accounts", savings_to_find),
    ("accounts", grants),
    ("accounts", read_returns),
    ("accounts", read_schemes),
    ("plan", lambda place: setting_shares(place) if place.has(SETTINGS_FILE) else None),
    ("plan", setting_aims),
    ("plan", effects),
    ("plan", evidenced),
    ("plan", audit),
)


def check_footprint(name_or_folder: str | Path) -> Check:
    """Everything that is wrong with a footprint, as far as any room can tell without running it.

    The place room looks at every file; if it finds no fault, each room reads its own tables.
    """
    result = check(name_or_folder)
    if result.place is None:
        return result
    faults: list[InputError] = []
    for _, read in ROOMS:
        try:
            read(result.place)
        except InputError as fault:
            faults.append(fault)
    place = result.place
    if not faults:
        faults, _ = claims_beside_spend(place)
    if faults:
        return replace(result, faults=tuple(one for many in faults for one in many.all_faults))
    dated = (*dates_in_order(place), *studies_after_start(place))
    wrong = [f"{one.statement}: {one.note}" for one in dated if not one.holds]
    prices = prices_of_another_year(place)
    older = [sentence(prices)] if prices else []
    notes = (
        *what_was_understood(place),
        *result.notes,
        *older,
        *_reach_nobody(place),
        *wrong,
        *starts_before_opening(place),
    )
    return replace(result, notes=notes)


def _reach_nobody(place: Place) -> list[str]:
    """Notes on solutions whose condition nobody on the lists of the base year meets.

    A note rather than a fault: in a small place somebody may meet it later. The plan refuses a
    solution that reaches nobody in any year.
    """
    if not place.solutions:
        return []
    people = synthesise(place, RunContext(seed=0))
    reached = np.bitwise_or.reduce(reach(place, people, place.base_year, people.conditions))
    return [
        f"{solution.file.name} reaches nobody in {place.base_year}: {solution.who}"
        for s, solution in enumerate(place.solutions)
        if not int(reached) >> s & 1
    ]
