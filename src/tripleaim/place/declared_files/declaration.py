"""How a file of a footprint is declared: its name, its columns, and what changes with it."""

from __future__ import annotations

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class DeclaredFile:
    """A file that a footprint may have, or with a * in its name several of one kind.

    `columns` are a table's, checked when its rows are asked for; TOML and JSON have none.
    `used_by` are the results that change with it; what pages alone show has none. `key` are the
    columns that tell a row of a table from every other; none where rows may be alike.
    """

    name: str
    purpose: str
    used_by: tuple[Result, ...]
    columns: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()

    def covers(self, name: str) -> bool:
        """Whether a file called `name` is this one, or one of these."""
        return fnmatchcase(name, self.name) and name.count("/") == self.name.count("/")


def texts(*names: str) -> tuple[Column, ...]:
    """Columns whose cells are texts, none of them empty."""
    return tuple(Column(name) for name in names)


def maybe(*names: str) -> tuple[Column, ...]:
    """Columns whose cells are texts and may be empty."""
    return tuple(Column(name, may_be_empty=True) for name in names)


def numbers(
    *names: str, least: float | None = 0, most: float | None = None, may_be_empty: bool = False
) -> tuple[Column, ...]:
    """Columns of numbers, 0 or more unless said."""
    return tuple(
        Column(name, number, minimum=least, maximum=most, may_be_empty=may_be_empty)
        for name in names
    )


def years(*names: str) -> tuple[Column, ...]:
    """Columns of financial years."""
    return tuple(Column(name, financial_year) for name in names)


def periods(*names: str) -> tuple[Column, ...]:
    """Columns of financial years or other periods: months, days, several years."""
    return tuple(Column(name, period_or_financial_year) for name in names)


CALENDAR_YEAR = Column("year", whole, minimum=FIRST_YEAR, maximum=LAST_YEAR)


def sex(also: Sequence[str] = ()) -> Column:
    """The column that says of which sex a row is."""
    return Column("sex", choices=(*SEXES, *also), aliases=SEX_ALIASES)


def ages(most: int | None = None) -> tuple[Column, ...]:
    """The first and the last age, both included, that a row is of."""
    return (
        Column("age_from", whole, minimum=0, maximum=OLDEST),
        Column("age_to", whole, minimum=0, maximum=most),
    )


STATUS = Column("status", choices=STATUSES)
SOURCED = (STATUS, Column("source"))
"""What every number carries."""
CAUSE = Column("cause")
EXPLAINED = (*SOURCED, Column("cause", may_be_empty=True))
"""The same with why we hold it, which what is assumed must say."""
