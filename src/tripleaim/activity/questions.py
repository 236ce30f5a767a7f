"""A question to the one table, as it is typed or sent by a form, and its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from tripleaim.activity.model import ASKED_BY, PERIOD, Activity, Wanted, beside
from tripleaim.activity.schema import MEASURES, SCHEMA
from tripleaim.place import InputError

YEARS = ("year", PERIOD)

FILTERS = tuple(name for name in ASKED_BY if name not in ("scenario", "year"))
"""What `where` of a question can be about; scenario and years are asked for by themselves."""


@dataclass(frozen=True)
class Question:
    """How activity is to be cut.

    by        the dimensions that it is summed by, in their order
    scenario  the scenario that it is of
    years     the years that it is of; none means every year of the table
    where     dimensions that are to have one of some values
    measure   what is summed: quantity, bed_days or cost
    compare   a second scenario to set beside the first, or ""
    """

    by: tuple[str, ...]
    scenario: str
    years: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    measure: str = "quantity"
    compare: str = ""

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What rows are by: the year too where there are several, so that none are added up."""
        apart = len(self.years) == 1 or set(YEARS) & set(self.by)
        return self.by if apart else (*self.by, "year")

    @property
    def wanted(self) -> dict[str, Wanted]:
        """The rows that it is about, whatever the scenario."""
        asked = {**self.where, "year": self.years} if self.years else self.where
        return {name: v[0] if len(v) == 1 else list(v) for name, v in asked.items()}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of numbers in its answer."""
        if self.compare:
            return (self.measure, f"other_{self.measure}", "difference")
        return (self.measure,)


@dataclass(frozen=True)
class Answer:
    """The sums that a question asked for.

    `table` has the question's dimensions and its columns of numbers; `known_by` says which rows
    answered: `people`, `contract`, or "" where the table knows all at once.
    """

    question: Question
    table: pa.Table
    known_by: str


def ask(activity: Activity, question: Question) -> Answer:
    """The answer to a question. Raises the first of its `faults`."""
    for fault in faults(activity, question).values():
        raise fault
    q = question
    of_scenario: dict[str, Wanted] = {} if "scenario" in q.by else {"scenario": q.scenario}
    table = activity.by(*q.dimensions, **q.wanted, **of_scenario)
    if q.compare:
        other = activity.by(*q.dimensions, **q.wanted, scenario=q.compare)
        table = beside(table, other, q.dimensions, q.measure)
    rows = activity.rows_asked({*q.dimensions, *q.wanted})
    return Answer(q, table.select([*q.dimensions, *q.columns]), rows.get("known_by", ""))


def faults(activity: Activity, question: Question) -> dict[str, InputError]:
    """What hinders an answer, by the part of the question that is at fault; empty if nothing.

    The part is a field of the question, or the dimension in `where` whose value is not there.
    """
    q = question
    fault_of: dict[str, InputError | None] = {
        "by": _first_fault(q.by, ASKED_BY, "expected a dimension of activity"),
        "scenario": _first_fault((q.scenario,), activity.scenarios, "expected a scenario"),
        "compare": _first_fault(
            (q.compare,) if q.compare else (), activity.scenarios, "expected a scenario"
        ),
        "years": _first_fault(q.years, activity.years, "expected a year of this activity"),
        "where": _first_fault(q.where, FILTERS, "expected a dimension of activity"),
        "measure": _first_fault((q.measure,), MEASURES, "expected a measure of activity"),
    }
    if not q.by:
        fault_of["by"] = InputError("expected at least one dimension", value="", valid=ASKED_BY)
    if len(set(q.by)) < len(q.by):
        fault_of["by"] = InputError("expected each dimension once", value=", ".join(q.by))
    if q.compare and "scenario" in q.by:
        fault_of["compare"] = InputError(
            "a comparison already has two scenarios: leave scenario out of the dimensions"
        )
    for name, values in q.where.items():
        if name in FILTERS:
            fault_of[name] = _first_fault(
                values, activity.values(name), f"expected a {column_in_words(name)}"
            )
    if not fault_of["by"] and not fault_of["where"]:
        try:
            activity.rows_asked({*q.dimensions, *q.wanted})
        except InputError as fault:
            fault_of["by"] = fault
    return {part: fault for part, fault in fault_of.items() if fault}


def column_in_words(name: str) -> str:
    """A column's name in words: "point of delivery"."""
    return name.replace("_", " ")


def _first_fault(values: Iterable[str], valid: tuple[str, ...], expected: str) -> InputError | None:
    for value in values:
        if value not in valid:
            few = f": {', '.join(valid)}" if len(valid) <= len(SCHEMA) else ""
            return InputError(f"{expected}{few}", value=value, valid=valid)
    return None
