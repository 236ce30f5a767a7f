"""The one table: who was or will be seen, where, when, for whose money; recorded or projected.

History and forecast have the same columns, so whatever is worked out from the table (measures,
budgets, beds, settlements) need not know which it is. `tabulate` sums people's expected contacts
into it, `write` and `read` keep it as Parquet, `totals` asks it with plain SQL.
"""

from tripleaim.activity.schema import AGE_BANDS, DIMENSIONS, SCHEMA, SEGMENTS
from tripleaim.activity.storage import read, totals, write
from tripleaim.activity.tabulate import Origin, tabulate

__all__ = [
    "AGE_BANDS",
    "DIMENSIONS",
    "SCHEMA",
    "SEGMENTS",
    "Origin",
    "read",
    "tabulate",
    "totals",
    "write",
]
