"""The people: everybody registered with the place's practices, synthetic, to official margins.

`synthesise` makes them, `check_people` holds them against the figures they were drawn to,
`profile` describes them in small tables, `write` and `read` store them.
"""

from tripleaim.people.checks import Check, check_people
from tripleaim.people.clustering import calibrate_frailty
from tripleaim.people.disease import LATE_OUTCOMES, Disease, RaisedBy, RiskEffect, RiskFactor
from tripleaim.people.disease_files import recorded_pct
from tripleaim.people.drawing import draw_each, draw_frailty, fit_illness, propensity
from tripleaim.people.illness import Frailty, Illness, Register, read_diseases, read_illness
from tripleaim.people.luck import uniform
from tripleaim.people.model import SEXES, Areas, Bodies, People, joined
from tripleaim.people.parameters import parameters
from tripleaim.people.profile import Profile, profile
from tripleaim.people.ranks import Copula, draw_ranks, fit_copula, level_columns, levels, levels_of
from tripleaim.people.risk_files import read_risk_factors
from tripleaim.people.store import read, write
from tripleaim.people.synthesise import bodies_of, synthesise

__all__ = [
    "LATE_OUTCOMES",
    "SEXES",
    "Areas",
    "Bodies",
    "Check",
    "Copula",
    "Disease",
    "Frailty",
    "Illness",
    "People",
    "Profile",
    "RaisedBy",
    "Register",
    "RiskEffect",
    "RiskFactor",
    "bodies_of",
    "calibrate_frailty",
    "check_people",
    "draw_each",
    "draw_frailty",
    "draw_ranks",
    "fit_copula",
    "fit_illness",
    "joined",
    "level_columns",
    "levels",
    "levels_of",
    "parameters",
    "profile",
    "propensity",
    "read",
    "read_diseases",
    "read_illness",
    "read_risk_factors",
    "recorded_pct",
    "synthesise",
    "uniform",
    "write",
]
