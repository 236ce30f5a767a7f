"""Solutions as rows of two sheets, and their TOML files again with comments kept."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tripleaim.place import PRINTED_THINGS, lines_of
from tripleaim.tables import number_text

Row = Mapping[str, str]

_SCALARS = (
    "name",
    "summary",
    "priority",
    "owner",
    "organisations",
    "maturity",
    "release",
    "under_population_cap",
    "reach.who",
    "reach.uptake",
    "reach.start",
    "reach.years_to_full",
    "claim.status",
    "claim.source",
    "claim.cause",
    "claim.prices",
    "investment.prices",
)
_BY_YEAR = (
    "claim.commissioner",
    "claim.providers",
    "investment.recurrent",
    "investment.double_running",
)
_PRINTED_KEYS = ("status", "says", "where", "cause")
_PRINTED = (
    "printed.source",
    *(f"printed.{thing}.{key}" for thing in PRINTED_THINGS for key in _PRINTED_KEYS),
)
EFFECT_COLUMNS = (
    "changes",
    "point_of_delivery",
    "to",
    "contacts_each",
    "condition",
    "weight",
    "evidence.value",
    "evidence.low",
    "evidence.high",
    "evidence.design",
    "evidence.source",
    "evidence.where",
    "evidence.studies",
    "evidence.directness",
    "evidence.risk_of_bias",
    "evidence.of_this_service",
)
NUMBERS = frozenset(
    ("priority", "reach.uptake", "reach.years_to_full", "contacts_each", "weight")
) | {f"evidence.{key}" for key in ("value", "low", "high", "studies")}
_SEPARATOR = "; "
_GONE = "\0"


def solution_columns(years: Sequence[str]) -> tuple[str, ...]:
    """The columns of the sheet of solutions, by their keys in TOML."""
    dated = tuple(f"{key}.{year}" for key in _BY_YEAR for year in years)
    return (*_SCALARS, *dated, "investment.cause", *_PRINTED)


def is_number(column: str) -> bool:
    """Whether a column of either sheet holds numbers."""
    return column in NUMBERS or column.rpartition(".")[0] in _BY_YEAR


def flatten(text: str, years: Sequence[str]) -> tuple[Row, tuple[Row, ...]] | None:
    """A solution's file as one row and a row for each effect; None if rows cannot hold it all."""
    try:
        data = tomllib.loads(text)
        effects = data.pop("effects", [])
        row = dict(_leaves(data))
        rows = tuple(dict(_leaves(effect)) for effect in effects)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    known = solution_columns(years)
    if not set(row) <= set(known) or any(not set(r) <= set(EFFECT_COLUMNS) for r in rows):
        return None
    return row, rows


def _leaves(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{above}{key}.")
        else:
            text = _text(value)
            if text:
                yield f"{above}{key}", text


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(v, str) and ";" not in v for v in value):
        return _SEPARATOR.join(value)
    raise TypeError


def write(row: Row, effects: Sequence[Row], years: Sequence[str], before: str = "") -> str:
    """The TOML of a solution. Unchanged lines of `before`, its earlier text, stay as they are.

    Raises ValueError for a cell that should hold a number and does not.
    """
    row, *effects = ({k: v for k, v in r.items() if v} for r in (row, *effects))
    rows = (row, tuple(effects))
    if before and flatten(before, years) == rows:
        return before
    patched = _patched(before, rows, years) if before else None
    if patched is not None and flatten(patched, years) == rows:
        return patched
    comments = [line for line in before.split("\n") if line.startswith("#")]
    return "\n".join([*comments, *_whole(row, effects, years), ""])


def _patched(text: str, rows: tuple[Row, tuple[Row, ...]], years: Sequence[str]) -> str | None:
    """`text` with the lines of changed values rewritten; None if whole lines are not enough."""
    before = flatten(text, years)
    if before is None or len(before[1]) != len(rows[1]):
        return None
    lines, where = text.split("\n"), lines_of(text)
    changes: dict[tuple[str | int, ...], str] = {}
    pairs: list[tuple[tuple[str | int, ...], Row, Row]] = [((), before[0], rows[0])]
    pairs += [
        (("effects", i), old, new)
        for i, (old, new) in enumerate(zip(before[1], rows[1], strict=True))
    ]
    for path, old, new in pairs:
        for column in dict.fromkeys((*old, *new)):
            if old.get(column) != new.get(column):
                key = column.rpartition(".")[0] if _is_dated(column) else column
                changes[(*path, *key.split("."))] = _value(key, new, years)
    first = min(where.values()) - 1
    above: dict[int, list[str]] = {}  # new lines, by the line they are inserted before
    for full_path, value in changes.items():
        line, table = where.get(full_path), where.get(full_path[:-1], first)
        if line is None:
            above.setdefault(table, []).append(f"{full_path[-1]} = {value}")
            continue
        match = re.match(r"(\s*[\w-]+\s*=\s*)", lines[line - 1])
        if match is None:
            return None
        lines[line - 1] = match[1] + value if value else _GONE
    anew = [[*above.get(at, ()), line] for at, line in enumerate(lines)]
    return "\n".join(line for part in anew for line in part if line != _GONE)


def _is_dated(column: str) -> bool:
    return column.rpartition(".")[0] in _BY_YEAR


def _value(key: str, row: Row, years: Sequence[str]) -> str:
    """The TOML value of a key: a number, a text, a list, or a table of years."""
    if key in _BY_YEAR:
        by_year = [(year, row.get(f"{key}.{year}", "")) for year in years]
        inside = ", ".join(f'"{year}" = {_number(text)}' for year, text in by_year if text)
        return f"{{ {inside} }}" if inside else "{}"
    text = row.get(key, "")
    if text == "":
        return ""
    if key == "organisations":
        return "[" + ", ".join(_quoted(t.strip()) for t in text.split(";") if t.strip()) + "]"
    if key in ("under_population_cap", "evidence.of_this_service"):
        return {"yes": "true", "no": "false"}.get(text, _quoted(text))
    return _number(text) if key in NUMBERS else _quoted(text)


def _number(text: str) -> str:
    return number_text(float(text))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _whole(row: Row, effects: Sequence[Row], years: Sequence[str]) -> Iterator[str]:
    def lines_of(keys: Sequence[str], of: Row) -> Iterator[str]:
        for key in keys:
            value = _value(key, of, years)
            if value and value != "{}":
                yield f"{key.rpartition('.')[2]} = {value}"

    def table(heads: Sequence[str], keys: Sequence[str], of: Row) -> Iterator[str]:
        lines = list(lines_of(keys, of))
        yield from (*heads, *lines) if lines else ()

    yield from lines_of([k for k in _SCALARS if "." not in k], row)
    yield from table(("", "[reach]"), [k for k in _SCALARS if k.startswith("reach.")], row)
    for effect in effects:
        yield from (
            "",
            "[[effects]]",
            *lines_of([k for k in EFFECT_COLUMNS if "." not in k], effect),
        )
        evidence = [k for k in EFFECT_COLUMNS if k.startswith("evidence.")]
        yield from table(("[effects.evidence]",), evidence, effect)
    claim = [*(k for k in _SCALARS if k.startswith("claim.")), *_BY_YEAR[:2]]
    yield from table(("", "# £m a year.", "[claim]"), claim, row)
    yield from table(("", "# £m a year.", "[investment]"), [*_BY_YEAR[2:], "investment.cause"], row)
    yield from table(("", "[printed]"), ["printed.source"], row)
    for thing in PRINTED_THINGS:
        keys = [f"printed.{thing}.{key}" for key in _PRINTED_KEYS]
        yield from table(("", f"[printed.{thing}]"), keys, row)
