"""The footprint: who is accountable for whom, and every figure with its source.

A place is a folder of plain TOML and CSV. `load` reads it into a `Place`; whatever the folder
lacks comes from the defaults it builds on. Nothing here knows about 2016 or about Somerset.
"""

from tripleaim.place.check import Check, check
from tripleaim.place.errors import InputError, nearest
from tripleaim.place.expression import Expression, parse
from tripleaim.place.figures import STATUS_MEANING, STATUSES, Figure, Source, Status
from tripleaim.place.load import load
from tripleaim.place.model import (
    Effect,
    Evidence,
    Organisation,
    Place,
    PointOfDelivery,
    Solution,
)
from tripleaim.place.outline import shipped_places
from tripleaim.place.person import person_columns, person_kinds
from tripleaim.place.population import read_population
from tripleaim.place.scaffold import new
from tripleaim.place.tables import Column, Row, number, read_csv, read_text, whole, yes_no
from tripleaim.place.toml import Toml

__all__ = [
    "STATUSES",
    "STATUS_MEANING",
    "Check",
    "Column",
    "Effect",
    "Evidence",
    "Expression",
    "Figure",
    "InputError",
    "Organisation",
    "Place",
    "PointOfDelivery",
    "Row",
    "Solution",
    "Source",
    "Status",
    "Toml",
    "check",
    "load",
    "nearest",
    "new",
    "number",
    "parse",
    "person_columns",
    "person_kinds",
    "read_csv",
    "read_population",
    "read_text",
    "shipped_places",
    "whole",
    "yes_no",
]
