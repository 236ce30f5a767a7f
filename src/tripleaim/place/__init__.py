"""The footprint: who is accountable for whom, and every figure with its source.

A place is a folder of plain TOML and CSV. `load` reads it into a `Place`; whatever the folder
lacks comes from the defaults it builds on. Nothing here knows about one year or one place.
"""

from tripleaim.place.addresses import place_id, refuse_id, refuse_out_folder
from tripleaim.place.changed_codes import (
    Successor,
    code_hint,
    codes_that_changed,
    later_codes,
    successors,
)
from tripleaim.place.checking import Check, check, refuse_faults
from tripleaim.place.declared_files import (
    DECLARED_FILES,
    RESULTS,
    DeclaredFile,
    Result,
    columns_of,
    declared,
    used_by,
)
from tripleaim.place.editions import (
    OLD_DEFAULTS,
    Edition,
    defaults_used,
    edition_of,
    editions_of,
    name_old_defaults,
    old_defaults_of,
)
from tripleaim.place.england_ages import DEFAULTS, england_people
from tripleaim.place.estimate import CENTRAL, UNSTATED, Z_95, Draw, Estimate, Parameter
from tripleaim.place.expression import Expression, parse
from tripleaim.place.expression_numpy import evaluate
from tripleaim.place.figures import (
    FIGURE_COLUMNS,
    STATUS_MEANING,
    STATUSES,
    Figure,
    Source,
    Status,
    year_in_id,
)
from tripleaim.place.figures_asked_for import AskedFor, asked_for, place_alone_answers
from tripleaim.place.figures_not_read import converted_figures, unread_figures
from tripleaim.place.files import ASKED, FolderFiles, PlaceFiles
from tripleaim.place.how_files_were_read import READING_NOTE, reading_notes
from tripleaim.place.kept_inputs import changed_files, read_inputs, write_inputs
from tripleaim.place.library import (
    SHIFTS,
    LibrarySolution,
    add_solution,
    library_files,
    library_of,
    library_solutions,
)
from tripleaim.place.loading import load, read_conditions
from tripleaim.place.model import (
    Change,
    CostPerPerson,
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
from tripleaim.place.outline import find, is_shipped, read_outline, shipped_places
from tripleaim.place.own_numbers.addressing import OfficialCell, columns_of_numbers
from tripleaim.place.own_numbers.applying import InPlace
from tripleaim.place.own_numbers.asking import file_of_figure, official_cell
from tripleaim.place.own_numbers.entries import OWN_NUMBERS, OwnNumber, row_of
from tripleaim.place.own_numbers.exporting import export_place
from tripleaim.place.own_numbers.listing import (
    entries_of,
    numbers_in_use,
    officials_changed,
)
from tripleaim.place.own_numbers.writing import (
    folder_to_change,
    set_own_number,
    undo_own_number,
)
from tripleaim.place.people_check import people_in_words, questions_of_people
from tripleaim.place.person import person_columns, person_kinds
from tripleaim.place.plan_years import COUNTED, year_written
from tripleaim.place.population import people_of, read_population
from tripleaim.place.population_choice import areas_of, years_of
from tripleaim.place.population_columns import SEXES
from tripleaim.place.price_index import at_prices_of, price_factor, price_rises
from tripleaim.place.printed_lines import PRINTED_THINGS
from tripleaim.place.scaffold import (
    NewPlace,
    new,
    new_place,
    place_folder,
    refuse_new_place,
    refuse_to_overwrite,
)
from tripleaim.place.toml import Toml
from tripleaim.place.toml_lines import lines_of
from tripleaim.place.unknown_files import NotKnown, not_known
from tripleaim.place.yearly_rates import of_year, rate
from tripleaim.tables import (
    Column,
    File,
    InputError,
    Note,
    Row,
    SeveralFaultsError,
    is_year,
    nearest,
    number,
    path_of,
    read_csv,
    read_table,
    read_text,
    refuse,
    whole,
    year_after,
    yes_no,
)

__all__ = [
    "ASKED",
    "CENTRAL",
    "COUNTED",
    "DECLARED_FILES",
    "DEFAULTS",
    "FIGURE_COLUMNS",
    "OLD_DEFAULTS",
    "OWN_NUMBERS",
    "PRINTED_THINGS",
    "READING_NOTE",
    "RESULTS",
    "SEXES",
    "SHIFTS",
    "STATUSES",
    "STATUS_MEANING",
    "UNSTATED",
    "Z_95",
    "AskedFor",
    "Change",
    "Check",
    "Column",
    "CostPerPerson",
    "DeclaredFile",
    "Design",
    "Directness",
    "Draw",
    "Edition",
    "Effect",
    "Estimate",
    "Evidence",
    "Expression",
    "Figure",
    "File",
    "FolderFiles",
    "InPlace",
    "InputError",
    "LibrarySolution",
    "Maturity",
    "NewPlace",
    "NotKnown",
    "Note",
    "OfficialCell",
    "Organisation",
    "OwnNumber",
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
    "SeveralFaultsError",
    "Solution",
    "Source",
    "Status",
    "Successor",
    "Thing",
    "Toml",
    "add_solution",
    "areas_of",
    "asked_for",
    "at_prices_of",
    "changed_files",
    "check",
    "code_hint",
    "codes_that_changed",
    "columns_of",
    "columns_of_numbers",
    "converted_figures",
    "declared",
    "defaults_used",
    "edition_of",
    "editions_of",
    "england_people",
    "entries_of",
    "evaluate",
    "export_place",
    "file_of_figure",
    "find",
    "folder_to_change",
    "is_shipped",
    "is_year",
    "later_codes",
    "library_files",
    "library_of",
    "library_solutions",
    "lines_of",
    "load",
    "name_old_defaults",
    "nearest",
    "new",
    "new_place",
    "not_known",
    "number",
    "numbers_in_use",
    "of_year",
    "official_cell",
    "officials_changed",
    "old_defaults_of",
    "parse",
    "path_of",
    "people_in_words",
    "people_of",
    "person_columns",
    "person_kinds",
    "place_alone_answers",
    "place_folder",
    "place_id",
    "price_factor",
    "price_rises",
    "questions_of_people",
    "rate",
    "read_conditions",
    "read_csv",
    "read_inputs",
    "read_outline",
    "read_population",
    "read_table",
    "read_text",
    "reading_notes",
    "refuse",
    "refuse_faults",
    "refuse_id",
    "refuse_new_place",
    "refuse_out_folder",
    "refuse_to_overwrite",
    "row_of",
    "set_own_number",
    "shipped_places",
    "successors",
    "undo_own_number",
    "unread_figures",
    "used_by",
    "whole",
    "write_inputs",
    "year_after",
    "year_in_id",
    "year_written",
    "years_of",
    "yes_no",
]
