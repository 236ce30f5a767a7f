"""The footprint: who is accountable for whom, and every figure with its source.

A place is a folder of plain TOML and CSV. `load` reads it into a `Place`; whatever the folder
lacks comes from the defaults it builds on. Nothing here knows about one year or one place.
"""

from tripleaim.place.checking import Check, check
from tripleaim.place.declared_files import (
    DECLARED_FILES,
    RESULTS,
    DeclaredFile,
    Result,
    columns_of,
    declared,
    used_by,
)
from tripleaim.place.errors import InputError, nearest
from tripleaim.place.estimate import CENTRAL, UNSTATED, Z_95, Draw, Estimate, Parameter
from tripleaim.place.expression import Expression, parse
from tripleaim.place.expression_numpy import evaluate
from tripleaim.place.figures import FIGURE_COLUMNS, STATUS_MEANING, STATUSES, Figure, Source, Status
from tripleaim.place.file import File, path_of, read_text
from tripleaim.place.files import ASKED, FolderFiles, PlaceFiles
from tripleaim.place.loading import load, read_conditions
from tripleaim.place.model import (
    Change,
    Design,
    Directness,
    Effect,
    Evidence,
    Maturity,
    Organisation,
    Place,
    PointOfDelivery,
    PrintedLine,
    PrintedStatus,
    Release,
    RiskOfBias,
    Solution,
    Thing,
)
from tripleaim.place.outline import read_outline, shipped_places
from tripleaim.place.person import person_columns, person_kinds
from tripleaim.place.population import read_population
from tripleaim.place.printed_lines import PRINTED_THINGS
from tripleaim.place.scaffold import new, place_id, refuse_to_overwrite
from tripleaim.place.tables import (
    Column,
    Row,
    number,
    read_csv,
    read_records,
    whole,
    yes_no,
)
from tripleaim.place.toml import Toml
from tripleaim.place.toml_lines import lines_of
from tripleaim.place.unknown_files import NotKnown, not_known
from tripleaim.place.years import is_year, year_after

__all__ = [
    "ASKED",
    "CENTRAL",
    "DECLARED_FILES",
    "FIGURE_COLUMNS",
    "PRINTED_THINGS",
    "RESULTS",
    "STATUSES",
    "STATUS_MEANING",
    "UNSTATED",
    "Z_95",
    "Change",
    "Check",
    "Column",
    "DeclaredFile",
    "Design",
    "Directness",
    "Draw",
    "Effect",
    "Estimate",
    "Evidence",
    "Expression",
    "Figure",
    "File",
    "FolderFiles",
    "InputError",
    "Maturity",
    "NotKnown",
    "Organisation",
    "Parameter",
    "Place",
    "PlaceFiles",
    "PointOfDelivery",
    "PrintedLine",
    "PrintedStatus",
    "Release",
    "Result",
    "RiskOfBias",
    "Row",
    "Solution",
    "Source",
    "Status",
    "Thing",
    "Toml",
    "check",
    "columns_of",
    "declared",
    "evaluate",
    "is_year",
    "lines_of",
    "load",
    "nearest",
    "new",
    "not_known",
    "number",
    "parse",
    "path_of",
    "person_columns",
    "person_kinds",
    "place_id",
    "read_conditions",
    "read_csv",
    "read_outline",
    "read_population",
    "read_records",
    "read_text",
    "refuse_to_overwrite",
    "shipped_places",
    "used_by",
    "whole",
    "year_after",
    "yes_no",
]
