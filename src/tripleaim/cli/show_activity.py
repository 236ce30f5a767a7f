"""A cut of activity as a table in the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console

from tripleaim import wording
from tripleaim.activity import Answer
from tripleaim.cli.tables import headed
from tripleaim.measures import SmallNumber
from tripleaim.place import Place


def cut(
    out: Console,
    place: Place,
    answer: Answer,
    small: Mapping[tuple[str, ...], SmallNumber] | None = None,
) -> None:
    """Every row of the answer, in the order of its dimensions; limits where few people carry it."""
    question = answer.question
    numbers = [wording.column_name(question.measure)]
    if question.compare:
        pair = (question.scenario, question.compare)
        numbers = [*(wording.position_name(name) for name in pair), "Difference"]
    table = headed(
        f"{place.name}: {wording.cut_title(place, question)}",
        *(wording.column_name(name) for name in question.dimensions),
        *numbers,
        *(["By chance, from", "to"] if small else []),
        left=len(question.dimensions),
    )
    for row in answer.table.to_pylist():
        table.add_row(
            *(_named(place, name, row[name]) for name in question.dimensions),
            *(wording.count(row[name]) for name in question.columns),
            *(_limits(small, tuple(str(row[name]) for name in question.dimensions))),
        )
    out.print(table)


def _limits(
    small: Mapping[tuple[str, ...], SmallNumber] | None, key: tuple[str, ...]
) -> tuple[str, ...]:
    if not small:
        return ()
    one = small.get(key)
    return (wording.count(one.interval.low), wording.count(one.interval.high)) if one else ("", "")


def rates(out: Console, place: Place, answer: Answer) -> None:
    """Rates per 1,000 people, crude and standardised, each with its interval."""
    question = answer.question
    dimensions = answer.table.column_names[:2]
    table = headed(
        f"{place.name}: a year per 1,000 people, {question.years[0]}, "
        f"{wording.inside(wording.position_name(question.scenario))}",
        *(wording.column_name(name) for name in dimensions),
        "Quantity",
        "People",
        "Crude",
        "Standardised",
        left=2,
    )
    for row in answer.table.to_pylist():
        table.add_row(
            *(_named(place, name, row[name]) for name in dimensions),
            wording.count(row["quantity"]),
            wording.count(row["people"]),
            *(_interval(row, name) for name in ("crude", "standardised")),
        )
    out.print(table)


def _interval(row: dict[str, float | None], name: str) -> str:
    if row[name] is None:
        return "not known"
    value, low, high = (wording.tenths(row[name + end] or 0.0) for end in ("", "_low", "_high"))
    return f"{value} ({low} to {high})"


def _named(place: Place, dimension: str, value: object) -> str:
    """What is typed to ask for it, after its name where that is another."""
    name = wording.label(place, dimension, value)
    return name if value is None or name == str(value) else f"{name} ({value})"
