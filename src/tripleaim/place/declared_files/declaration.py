"""How a file of a footprint is declared: its name, its columns, and what changes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal, get_args

from tripleaim.place.figures import STATUSES
from tripleaim.place.population_columns import SEX_ALIASES, SEXES
from tripleaim.tables import (
    FIRST_YEAR,
    LAST_YEAR,
    Column,
    financial_year,
    number,
    period_or_financial_year,
    whole,
)

Result = Literal[
    "plan",
    "futures",
    "prevention",
    "backtest",
    "country",
    "benchmarks",
    "staff",
    "books",
    "open book",
]
RESULTS: tuple[Result, ...] = get_args(Result)
PLAN: tuple[Result, ...] = ("plan", "futures", "staff", "books")
"""The plan, and the results that start from its run: what changes it changes them."""
LIVES: tuple[Result, ...] = (*PLAN, "prevention")
"""Results that lead the lives of the place's people."""
ANY_LIVES: tuple[Result, ...] = (*LIVES, "backtest", "country")
"""Results that lead anybody's lives."""
OLDEST = 105
"""Ages of the model end here, with all who are older."""
NO_END = 150
"""The most that the last age of an open class is written as."""
PEOPLE_OF_A_PLACE = 10_000_000
"""The most people of one place: the model takes no more, and no region of England has as many."""
PEOPLE_OF_A_COUNTRY = 100_000_000
"""The most people of a country, or contacts of them in one table: England has 57 million."""
TIMES = 1_000
"""The most that one number may be as a ratio to another; the largest risk we hold is 50."""
MOST_YEARS = 50
"""The most years that something takes to be rolled out to all it is for."""
MOST_MONEY = 10_000
"""The most that a solution saves or costs in a year, £m: a whole county spends under 2,000."""
MOST_A_PERSON = 1_000_000
"""The most that a solution costs for one person in a year, £."""
MOST_RISE = 10
"""The most that a study finds something to rise, as a part of what it was."""
MOST_STUDIES = 100_000
"""No review has so many studies."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts of a whole: `column` adds up to `total` within each group of the columns `within`."""

    column: str
    total: float
    within: tuple[str, ...] = ()
    tolerance: float = 0.001
    """How far a sum may be from the total, as a part of it: printed shares are rounded."""


@dataclass(frozen=True, slots=True)
class KeyRange:
    """Numbers of a TOML file: the keys they stand at (a * for any key and any position), their
    unit, and what they lie between."""

    keys: str
    unit: str
    least: float
    most: float

    def covers(self, keys: Sequence[str | int]) -> bool:
        """Whether it speaks of the number at these keys."""
        parts = self.keys.split(".")
        return len(parts) == len(keys) and all(
            part in ("*", key) for part, key in zip(parts, keys, strict=True)
        )


@dataclass(frozen=True, slots=True)
class DeclaredFile:
    """A file that a footprint may have, or with a * in its name several of one kind.

    `columns` are a table's, checked when its rows are asked for; TOML and JSON have none.
    `used_by` are the results that change with it; what pages alone show has none. `key` are the
    columns that tell a row of a table from every other; none where rows may be alike. `sums` are
    what its rows add up to, `ordered` columns whose numbers do not fall from one to the next.
    `key_ranges` are of the numbers of a TOML file.
    `is_kept` says that a file is checked and kept for later: no page and no result reads it yet.
    """

    name: str
    purpose: str
    used_by: tuple[Result, ...]
    columns: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()
    sums: tuple[Sum, ...] = ()
    ordered: tuple[tuple[str, ...], ...] = ()
    is_kept: bool = False
    key_ranges: tuple[KeyRange, ...] = ()

    def covers(self, name: str) -> bool:
        """Whether a file called `name` is this one, or one of these."""
        return fnmatchcase(name, self.name) and name.count("/") == self.name.count("/")


REFERENCES: Mapping[str, str] = {
    "point_of_delivery": "points_of_delivery.csv:id",
    "organisation": "organisations.csv:id",
    "practice": "practices.csv:practice",
    "locality": "localities.csv:locality",
    "figure": "figure",
    "target_figure": "figure",
    "condition": "condition",
    "source": "source",
}
"""What a column of this name names, in whichever table it stands."""


def texts(*names: str) -> tuple[Column, ...]:
    """Columns whose cells are texts, none of them empty."""
    return tuple(Column(name, refers_to=REFERENCES.get(name, "")) for name in names)


def maybe(*names: str) -> tuple[Column, ...]:
    """Columns whose cells are texts and may be empty."""
    return tuple(
        Column(name, may_be_empty=True, refers_to=REFERENCES.get(name, "")) for name in names
    )


def naming(
    what: str, *names: str, may_be_empty: bool = False, or_else: tuple[str, ...] = ()
) -> tuple[Column, ...]:
    """Columns whose texts name a figure, or a row of another table ("peers.csv:area")."""
    return tuple(
        Column(name, may_be_empty=may_be_empty, refers_to=what, or_else=or_else) for name in names
    )


def numbers(
    *names: str, unit: str, most: float, least: float = 0, may_be_empty: bool = False
) -> tuple[Column, ...]:
    """Columns of numbers of one unit, 0 or more unless said, and `most` at most."""
    return tuple(
        Column(name, number, minimum=least, maximum=most, may_be_empty=may_be_empty, unit=unit)
        for name in names
    )


def wholes(
    *names: str, unit: str, most: float, least: float = 0, may_be_empty: bool = False
) -> tuple[Column, ...]:
    """The same of whole numbers."""
    return tuple(
        Column(name, whole, minimum=least, maximum=most, may_be_empty=may_be_empty, unit=unit)
        for name in names
    )


def people(*names: str, of_a_country: bool = False) -> tuple[Column, ...]:
    """Columns that count people, of a place unless said."""
    most = PEOPLE_OF_A_COUNTRY if of_a_country else PEOPLE_OF_A_PLACE
    return numbers(*names, unit="people", most=most)


def years(*names: str) -> tuple[Column, ...]:
    """Columns of financial years."""
    return tuple(Column(name, financial_year, unit="financial year") for name in names)


def periods(*names: str) -> tuple[Column, ...]:
    """Columns of financial years or other periods: months, days, several years."""
    return tuple(Column(name, period_or_financial_year, unit="period") for name in names)


CALENDAR_YEAR = Column("year", whole, minimum=FIRST_YEAR, maximum=LAST_YEAR, unit="year")
QUINTILE = Column("quintile", whole, minimum=1, maximum=5, unit="fifth, 1 most deprived")
AGE = Column("age", whole, minimum=0, maximum=OLDEST, unit="years")
PLACED = (
    *numbers("lat", least=49, most=61, unit="degrees north"),
    *numbers("lon", least=-9, most=3, unit="degrees east"),
)
"""Where something stands: Great Britain and Northern Ireland lie within these."""


def sex(also: Sequence[str] = ()) -> Column:
    """The column that says of which sex a row is."""
    return Column("sex", choices=(*SEXES, *also), aliases=SEX_ALIASES)


def ages(least: int = 0, most: int = NO_END) -> tuple[Column, ...]:
    """The first and the last age, both included, that a row is of."""
    return (
        Column("age_from", whole, minimum=least, maximum=OLDEST, unit="years"),
        Column("age_to", whole, minimum=least, maximum=most, unit="years"),
    )


AGES_IN_ORDER = ("age_from", "age_to")
WITHIN = ("low", "value", "high")
"""A number lies within its interval."""

STATUS = Column("status", choices=STATUSES)
SOURCED = (STATUS, *texts("source"))
"""What every number carries."""
CAUSE = Column("cause")
EXPLAINED = (*SOURCED, Column("cause", may_be_empty=True))
"""The same with why we hold it, which what is assumed must say."""
