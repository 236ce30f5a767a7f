"""The people: everybody registered with the place's practices, synthetic, to official margins.

`synthesise` makes them, `check_people` holds them against the figures they were drawn to,
`profile` describes them in small tables, `write` and `read` store them.
"""

from tripleaim.people.checks import Check, check_people
from tripleaim.people.clustering import calibrate_frailty
from tripleaim.people.drawing import draw_frailty, propensity
from tripleaim.people.illness import Condition, Frailty, Illness, Register, read_illness
from tripleaim.people.luck import uniform
from tripleaim.people.model import SEXES, Areas, People, joined
from tripleaim.people.profile import Profile, profile
from tripleaim.people.store import read, write
from tripleaim.people.synthesise import bodies_of, synthesise

__all__ = [
    "SEXES",
    "Areas",
    "Check",
    "Condition",
    "Frailty",
    "Illness",
    "People",
    "Profile",
    "Register",
    "bodies_of",
    "calibrate_frailty",
    "check_people",
    "draw_frailty",
    "joined",
    "profile",
    "propensity",
    "read",
    "read_illness",
    "synthesise",
    "uniform",
    "write",
]
