"""A cut of activity as a table in the terminal."""

from __future__ import annotations

from rich.console import Console

from tripleaim import wording
from tripleaim.activity import Answer
from tripleaim.cli.tables import headed
from tripleaim.place import Place


def cut(out: Console, place: Place, answer: Answer) -> None:
    """Every row of the answer, in the order of its dimensions."""
    question = answer.question
    numbers = [wording.column_name(question.measure)]
    if question.compare:
        pair = (question.scenario, question.compare)
        numbers = [*(wording.scenario_name(name) for name in pair), "Difference"]
    table = headed(
        f"{place.name}: {wording.cut_title(question)}",
        *(wording.column_name(name) for name in question.dimensions),
        *numbers,
        left=len(question.dimensions),
    )
    for row in answer.table.to_pylist():
        table.add_row(
            *(_named(place, name, row[name]) for name in question.dimensions),
            *(wording.count(row[name]) for name in question.columns),
        )
    out.print(table)


def _named(place: Place, dimension: str, value: object) -> str:
    """What is typed to ask for it, after its name where that is another."""
    name = wording.label(place, dimension, value)
    return name if value is None or name == str(value) else f"{name} ({value})"
