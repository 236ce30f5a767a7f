"""The page of the reference that lists every column of every file, made from the declaration.

`python -m tests.place.columns_page` writes it anew.
"""

from __future__ import annotations

from pathlib import Path

from tripleaim.place import DECLARED_FILES, Column, DeclaredFile, number, whole
from tripleaim.place.declared_files import Sum
from tripleaim.place.population_columns import POPULATION_COLUMNS
from tripleaim.tables import (
    age_band,
    exact_number,
    financial_year,
    period_or_financial_year,
    yes_no,
)

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "columns.md"
_HEAD = """\
# Every column of every file

This page is made from `src/tripleaim/place/declared_files/`, which readers, `place check` and
`plan` follow.
What the files are for is in [a footprint folder](footprint.md).

A number outside its range is refused, with file, line, column and value. Ranges are wide: every
place of England lies within them. A table may have more columns; `place check` names those that
the program does not use.
"""
_KINDS = {
    number: "number",
    exact_number: "number, to the last digit",
    whole: "whole number",
    financial_year: "financial year",
    period_or_financial_year: "financial year or another period",
    yes_no: "yes or no",
    age_band: "age band",
    POPULATION_COLUMNS[0].read: "age or age band",
}
_NAMED = {"figure": "a figure", "source": "a source", "condition": "a condition"}


def page() -> str:
    """The whole page."""
    told = (file for file in DECLARED_FILES if file.columns or file.key_ranges)
    return "\n".join(
        [_HEAD, *(_of_file(file) if file.columns else _of_keys(file) for file in told)]
    )


def _of_keys(file: DeclaredFile) -> str:
    lines = [
        f"## `{file.name}`",
        "",
        f"{file.purpose[0].upper()}{file.purpose[1:]}. Its numbers, by key (a \\* is any key):",
        "",
        "| key | unit | from | to |",
        "|---|---|--:|--:|",
        *(
            f"| `{of.keys}` | {of.unit} | {of.least:,.15g} | {of.most:,.15g} |"
            for of in file.key_ranges
        ),
        "",
    ]
    return "\n".join(lines)


def _of_file(file: DeclaredFile) -> str:
    lines = [
        f"## `{file.name}`",
        "",
        f"{file.purpose[0].upper()}{file.purpose[1:]}.",
        "",
        "| column | what a cell is | unit | from | to | may be empty | names |",
        "|---|---|---|--:|--:|---|---|",
        *map(_of_column, file.columns),
        "",
        *_rules(file),
    ]
    return "\n".join(lines)


def _of_column(column: Column) -> str:
    what = _KINDS.get(column.read, "text")
    if column.choices:
        what = ", ".join(column.choices)
    ends = ["" if end is None else f"{end:,.15g}" for end in (column.minimum, column.maximum)]
    empty = "may be left out" if column.may_be_missing else "yes" if column.may_be_empty else ""
    cells = (f"`{column.name}`", what, column.unit, *ends, empty, _names(column))
    return f"| {' | '.join(cells)} |"


def _names(column: Column) -> str:
    if not column.refers_to:
        return ""
    file, _, other = column.refers_to.partition(":")
    what = f"`{other}` of `{file}`" if other else _NAMED[file]
    return " or ".join([what, *(f"`{text}`" for text in column.or_else)])


def _rules(file: DeclaredFile) -> list[str]:
    rules = []
    if file.key:
        rules.append(f"- Each {_listed(file.key)} stands once.")
    rules += [_of_sum(rule) for rule in file.sums]
    rules += [f"- {_listed(columns, ' ≤ ')} in every line." for columns in file.ordered]
    return [*rules, ""] if rules else []


def _of_sum(rule: Sum) -> str:
    within = f", for each {_listed(rule.within)}" if rule.within else ""
    return f"- `{rule.column}` adds up to {rule.total:g}{within}."


def _listed(names: tuple[str, ...], between: str = ", ") -> str:
    return between.join(f"`{name}`" for name in names)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
