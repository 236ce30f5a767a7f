"""Tables as people have them: a file in, typed rows out, with every fault and what was understood.

Strict about meaning, lenient about form. `read_table` takes the bytes of a CSV file or workbook,
finds its encoding, its separator and its header, matches columns by their declared names and
synonyms, reads each cell, and gives rows, faults and notes. Whatever was not read as it was
written is in the notes. Every verb reads through it.
"""

from tripleaim.tables.cells import GENERAL, TEXT, as_cell, column_name, decimals_of, number_text
from tripleaim.tables.columns import Column, known_as
from tripleaim.tables.errors import InputError, SeveralFaultsError, nearest, refuse
from tripleaim.tables.file import File, missing, path_of, read_text
from tripleaim.tables.finding import rival_sheets
from tripleaim.tables.reading import (
    TableRead,
    header_of,
    read_csv,
    read_csv_with_faults,
    read_table,
)
from tripleaim.tables.replacing import read_cell, with_cells
from tripleaim.tables.rows import Note, Row
from tripleaim.tables.values import (
    age_band,
    exact_number,
    is_suppressed,
    not_a_number,
    number,
    plain_number,
    whole,
    yes_no,
)
from tripleaim.tables.workbook import Book, Flag, Sheet, open_book
from tripleaim.tables.years import (
    FIRST_YEAR,
    LAST_YEAR,
    financial_year,
    financial_year_of,
    is_year,
    period_or_financial_year,
    year_after,
)

__all__ = [
    "FIRST_YEAR",
    "GENERAL",
    "LAST_YEAR",
    "TEXT",
    "Book",
    "Column",
    "File",
    "Flag",
    "InputError",
    "Note",
    "Row",
    "SeveralFaultsError",
    "Sheet",
    "TableRead",
    "age_band",
    "as_cell",
    "column_name",
    "decimals_of",
    "exact_number",
    "financial_year",
    "financial_year_of",
    "header_of",
    "is_suppressed",
    "is_year",
    "known_as",
    "missing",
    "nearest",
    "not_a_number",
    "number",
    "number_text",
    "open_book",
    "path_of",
    "period_or_financial_year",
    "plain_number",
    "read_cell",
    "read_csv",
    "read_csv_with_faults",
    "read_table",
    "read_text",
    "refuse",
    "rival_sheets",
    "whole",
    "with_cells",
    "year_after",
    "yes_no",
]
