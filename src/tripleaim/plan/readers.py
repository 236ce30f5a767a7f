"""What each verb reads of a place, in one list: what one refuses, the check refuses.

A reader reads and checks the tables of one verb without leading a life. `check_footprint` calls
them all, so that a verb says nothing of a place's files that the check has not said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tripleaim.accounts import (
    aims,
    grants,
    has_flows,
    open_book,
    read_control_totals,
    read_cost_structures,
    read_flow_seeds,
    read_payment_rules,
    read_positions,
    read_returns,
    read_schemes,
    read_spend_lines,
    read_stf_conditions,
    rules_of_the_year,
    savings_to_find,
    uncalibrated,
)
from tripleaim.backtest import check_backtest_inputs
from tripleaim.capacity import primary_care, staff_inputs, staffing_checks
from tripleaim.country import country_of, read_official
from tripleaim.measures import benchmarks
from tripleaim.people import (
    check_number,
    has_lists,
    quintile_areas,
    read_illness,
    read_lists,
    read_practices,
    read_published,
    read_residents_by_district,
    read_small_areas,
)
from tripleaim.place import Place
from tripleaim.plan.by_setting.aims import setting_aims
from tripleaim.plan.by_setting.shares import FILE as SETTINGS_FILE
from tripleaim.plan.by_setting.shares import setting_shares
from tripleaim.plan.overlap.effects import effects, evidenced
from tripleaim.plan.printed.assumption_register import assumption_register
from tripleaim.plan.printed.audit import audit
from tripleaim.plan.publish.reconcile import check_reconciliation
from tripleaim.prevention import check_prevention_inputs
from tripleaim.projection import check_projection_inputs

Reader = Callable[[Place], object]


def _lists_and_areas(place: Place) -> None:
    if has_lists(place):
        read_practices(place)
        read_lists(place, 0, 0)
        residents = read_residents_by_district(place)
        read_small_areas(place, {name: float(n.sum()) for name, n in residents.items()})
    quintile_areas(place)


def _flows(place: Place) -> None:
    if has_flows(place):
        read_flow_seeds(place)


def _settings(place: Place) -> None:
    if place.has(SETTINGS_FILE):
        setting_shares(place)


def _staff(place: Place) -> None:
    staffing_checks(staff_inputs(place))


def _primary_care(place: Place) -> None:
    if place.has("primary_care.csv"):
        primary_care(place)


def _whole_country(place: Place) -> None:
    if place.own.has("population.csv"):
        country_of(place)
    read_official(place)


PEOPLE: tuple[Reader, ...] = (check_number, read_illness, _lists_and_areas, read_published)
LIVES: tuple[Reader, ...] = (*PEOPLE, check_projection_inputs)
MONEY: tuple[Reader, ...] = (
    uncalibrated,
    read_spend_lines,
    read_cost_structures,
    _flows,
    read_positions,
    aims,
)
PLAN: tuple[Reader, ...] = (
    *LIVES,
    *MONEY,
    effects,
    evidenced,
    audit,
    assumption_register,
    check_reconciliation,
)
BOOKS: tuple[Reader, ...] = (*PLAN, read_payment_rules)

READERS: Mapping[str, tuple[Reader, ...]] = {
    "people": PEOPLE,
    "plan": PLAN,
    "futures": PLAN,
    "audit": (audit,),
    "accounts": BOOKS,
    "incentives": BOOKS,
    "activity": PLAN,
    "spend": (*PLAN, _settings, setting_aims),
    "staff": (*PLAN, _staff),
    "primary-care": (_primary_care,),
    "control-totals": (
        read_control_totals,
        read_stf_conditions,
        savings_to_find,
        grants,
        rules_of_the_year,
    ),
    "openbook": (read_returns, read_schemes, open_book),
    "benchmarks": (benchmarks,),
    "prevention": (*LIVES, *MONEY, check_prevention_inputs),
    "backtest": (*LIVES, check_backtest_inputs),
    "project": (check_projection_inputs, _whole_country),
}
"""The readers of every verb that is given a place, by the verb."""


def all_readers() -> tuple[Reader, ...]:
    """Each reader once, in the order of the verbs."""
    return tuple(dict.fromkeys(reader for readers in READERS.values() for reader in readers))
