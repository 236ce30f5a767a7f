"""The one table: who was or will be seen, where, when, for whose money; recorded or projected.

History and forecast have the same columns, so whatever is worked out from the table (money, staff,
measures, beds, settlements) need not know which it is. `Activity` holds it and answers questions,
`ask` such as are typed or sent by a form;
`CellGrid` says into which cells people's contacts are summed; `people_rows` and `contract_rows`
make its rows. `contact_rates` are England's, by age and sex; `measured_contacts` are what was
counted here.
"""

from tripleaim.activity.cells import CellGrid, sums_by
from tripleaim.activity.counted_here import (
    MEASURED_CONTACTS,
    MeasuredContacts,
    measured_contacts,
)
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
    "MEASURED_CONTACTS",
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
    "MeasuredContacts",
    "Origin",
    "PeopleByCell",
    "Question",
    "Wanted",
    "ask",
    "contact_rates",
    "contract_rows",
    "faults",
    "measured_contacts",
    "people_rows",
    "sums_by",
]
