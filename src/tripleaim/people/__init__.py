"""The people: everybody registered with the place's practices, synthetic, to official margins."""

from tripleaim.people.drawing import propensity
from tripleaim.people.illness import Condition, Frailty, Illness, Register, read_illness
from tripleaim.people.luck import uniform
from tripleaim.people.model import SEXES, Areas, People
from tripleaim.people.synthesise import synthesise

__all__ = [
    "SEXES",
    "Areas",
    "Condition",
    "Frailty",
    "Illness",
    "People",
    "Register",
    "propensity",
    "read_illness",
    "synthesise",
    "uniform",
]
