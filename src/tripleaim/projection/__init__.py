"""People of today in, their lives and contacts in the years to come out.

`fit_laws` finds the laws that lives follow if nothing is done, `simulate` leads everybody's life
under them and under programmes (`plain`, for tests, does the same in clear). `project` gives
the lives of the plan's years; `contacts` says how often each is expected to be seen at each point
of delivery; `count_contacts` sums that into activity, `contact_factors` calibrates it to what the
plan prints, `growth_by_cause` says why it grows. `laws_under` are the laws of a draw of the
uncertain `parameters`.
"""

from tripleaim.projection.compared import ResidentsCompared, residents_compared
from tripleaim.projection.contact_rates import (
    ContactModel,
    contacts,
    contacts_at_england_rates,
    fit_contacts,
)
from tripleaim.projection.contact_tables import (
    ContactInputs,
    condition_multipliers,
    contact_inputs,
)
from tripleaim.projection.controlled import vitals_behind
from tripleaim.projection.deaths_by_level import AllCauseFit, all_cause_fit
from tripleaim.projection.fit import fit_laws
from tripleaim.projection.forecasting import (
    DO_NOTHING,
    UNCALIBRATED,
    AddedByCalibration,
    CountedContacts,
    Level,
    added_by_calibration,
    contact_factors,
    count_contacts,
    growth_by_cause,
    levels,
)
from tripleaim.projection.lanes import Lanes
from tripleaim.projection.law_file import load_laws, save_laws
from tripleaim.projection.laws import Expected, Laws
from tripleaim.projection.laws_under_draw import Redraw, laws_under
from tripleaim.projection.lifetime import Lifetimes, lifetime_laws
from tripleaim.projection.lives import project
from tripleaim.projection.model import Events, Growth, Trajectory
from tripleaim.projection.programme import ALL_LEVELS, Clause, Programme
from tripleaim.projection.projection_parameters import parameters
from tripleaim.projection.reading import check_projection_inputs
from tripleaim.projection.run import Run
from tripleaim.projection.scenarios import (
    MOST_SCENARIOS,
    Differences,
    simulate_differences,
    simulate_scenarios,
)
from tripleaim.projection.simulation import simulate
from tripleaim.projection.tally import UNIT, Tally, added
from tripleaim.projection.vitals import (
    AGES,
    FERTILITY,
    IMPROVEMENT_KEPT,
    NET_MIGRATION,
    Rates,
    Vitals,
    horizon,
    mortality_known_to,
    read_variant,
    read_vitals,
    vitals_under,
)

__all__ = [
    "AGES",
    "ALL_LEVELS",
    "DO_NOTHING",
    "FERTILITY",
    "IMPROVEMENT_KEPT",
    "MOST_SCENARIOS",
    "NET_MIGRATION",
    "UNCALIBRATED",
    "UNIT",
    "AddedByCalibration",
    "AllCauseFit",
    "Clause",
    "ContactInputs",
    "ContactModel",
    "CountedContacts",
    "Differences",
    "Events",
    "Expected",
    "Growth",
    "Lanes",
    "Laws",
    "Level",
    "Lifetimes",
    "Programme",
    "Rates",
    "Redraw",
    "ResidentsCompared",
    "Run",
    "Tally",
    "Trajectory",
    "Vitals",
    "added",
    "added_by_calibration",
    "all_cause_fit",
    "check_projection_inputs",
    "condition_multipliers",
    "contact_factors",
    "contact_inputs",
    "contacts",
    "contacts_at_england_rates",
    "count_contacts",
    "fit_contacts",
    "fit_laws",
    "growth_by_cause",
    "horizon",
    "laws_under",
    "levels",
    "lifetime_laws",
    "load_laws",
    "mortality_known_to",
    "parameters",
    "project",
    "read_variant",
    "read_vitals",
    "residents_compared",
    "save_laws",
    "simulate",
    "simulate_differences",
    "simulate_scenarios",
    "vitals_behind",
    "vitals_under",
]
