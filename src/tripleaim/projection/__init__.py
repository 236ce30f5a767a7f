"""People of today in, their lives and contacts in the years of the plan out, if nothing is done.

`project` leads everybody's life year by year; `contacts` says how often each is expected to be
seen at each point of delivery; `forecast` adds that up, before and after it is calibrated to what
the plan prints, and says why it grows. No solution acts here.
"""

from tripleaim.projection.contacts import (
    ContactModel,
    condition_multipliers,
    contacts,
    fit_contacts,
)
from tripleaim.projection.forecast import (
    AddedByCalibration,
    Level,
    added_by_calibration,
    forecast,
    levels,
)
from tripleaim.projection.lives import project
from tripleaim.projection.model import Events, Forecast, Growth, Trajectory
from tripleaim.projection.rates import Rates
from tripleaim.projection.step import State, Step, step
from tripleaim.projection.vitals import Vitals, read_vitals

__all__ = [
    "AddedByCalibration",
    "ContactModel",
    "Events",
    "Forecast",
    "Growth",
    "Level",
    "Rates",
    "State",
    "Step",
    "Trajectory",
    "Vitals",
    "added_by_calibration",
    "condition_multipliers",
    "contacts",
    "fit_contacts",
    "forecast",
    "levels",
    "project",
    "read_vitals",
    "step",
]
