"""The one table: who was or will be seen, where, when, for whose money; recorded or projected.

History and forecast have the same columns, so whatever is worked out from the table (money, staff,
measures, beds, settlements) need not know which it is. `Activity` holds it and answers questions,
`ask` such as are typed or sent by a form;
`CellGrid` says into which cells people's contacts are summed; `people_rows` and `contract_rows`
make its rows. `contact_rates` are England's, by age and sex.
"""

from tripleaim.activity.cells import CellGrid, sums_by
from tripleaim.activity.england_rates import contact_rates
from tripleaim.activity.model import ASKED_BY, PERIOD, Activity, Wanted
from tripleaim.activity.people_by_cell import PEOPLE_SCHEMA, PeopleByCell
from tripleaim.activity.questions import Answer, Question, ask, faults
from tripleaim.activity.rows import Origin, contract_rows, people_rows
from tripleaim.activity.schema import (
    AGE_BANDS,
    ALL,
    DIMENSIONS,
    KNOWN_BY,
    MEASURES,
    OF_CONTRACT,
    OF_WHOM,
    SCHEMA,
    SEGMENTS,
)

__all__ = [
    "AGE_BANDS",
    "ALL",
    "ASKED_BY",
    "DIMENSIONS",
    "KNOWN_BY",
    "MEASURES",
    "OF_CONTRACT",
    "OF_WHOM",
    "PEOPLE_SCHEMA",
    "PERIOD",
    "SCHEMA",
    "SEGMENTS",
    "Activity",
    "Answer",
    "CellGrid",
    "Origin",
    "PeopleByCell",
    "Question",
    "Wanted",
    "ask",
    "contact_rates",
    "contract_rows",
    "faults",
    "people_rows",
    "sums_by",
]
