"""The one small language of the house: who is reached, which segment, which measure.

An expression is a SQL condition or value over named columns, such as
`age >= 75 and conditions_count >= 3`. It is parsed with sqlglot, checked against a white list
(columns, literals, comparison, arithmetic, and/or/not, between, in, is null, case), and then run
on NumPy columns or written as SQL for DuckDB or Spark, with equal results. No function call,
sub-query or statement gets through, so an expression from a file or a form cannot do harm.

What it means, on every engine:

- Columns and literals are numbers, texts or conditions (true or false), and never mix.
- All numbers are 64-bit floating point: 1 / 2 is 0.5, and 0.1 + 0.2 is not quite 0.3.
- Dividing by zero gives null.
- A comparison with a null is unknown, and `and`, `or`, `not` carry unknown as SQL does.
- A case without else gives null where no branch holds.
- On NumPy, NaN in a column is a null; a result gives a null number as NaN, a null text as None
  and an unknown condition as False.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy.typing as npt
import sqlglot
from sqlglot import exp

from tripleaim.place.expression_kinds import Kind, check_kinds, kinds_of
from tripleaim.place.expression_numpy import evaluate
from tripleaim.place.expression_sql import written
from tripleaim.tables import InputError

Columns = Mapping[str, npt.NDArray[Any]]

_LONGEST = 1000
_MOST_BRACKETS = 20
_DEEPEST = 150
_LARGEST = 1e15

# What each part of the language may hold; anything else that sqlglot reads is refused.
_TWO_SIDES = frozenset({"this", "expression"})
_PARTS: Mapping[type[exp.Expr], frozenset[str]] = {
    **dict.fromkeys(
        (exp.And, exp.Or, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE), _TWO_SIDES
    ),
    **dict.fromkeys((exp.Add, exp.Sub, exp.Mul, exp.Is), _TWO_SIDES),
    exp.Div: _TWO_SIDES | {"typed", "safe"},
    **dict.fromkeys((exp.Not, exp.Paren, exp.Neg, exp.Boolean, exp.Column), frozenset({"this"})),
    exp.Between: frozenset({"this", "low", "high"}),
    exp.In: frozenset({"this", "expressions"}),
    exp.Null: frozenset(),
    exp.Literal: frozenset({"this", "is_string"}),
    exp.Identifier: frozenset({"this", "quoted"}),
    exp.Case: frozenset({"this", "ifs", "default"}),
    exp.If: frozenset({"this", "true"}),
}


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed and white-listed expression over named columns.

    `kind` is that of its value, where `parse` was told the kinds of the columns.
    """

    text: str
    tree: exp.Expr
    kind: Kind | None = None

    def on(self, columns: Columns) -> npt.NDArray[Any]:
        """The value for every row, from NumPy columns of equal length.

        Returns float64 (NaN is null), bool (False where unknown) or texts (None is null).
        Raises InputError where numbers, texts and conditions are mixed.
        """
        check_kinds(self.tree, kinds_of({name: columns[name] for name in self.names}))
        return evaluate(self.tree, columns)

    def sql(self, dialect: str = "duckdb") -> str:
        """The same expression as SQL in the dialect of `duckdb` or `spark`."""
        return written(self.tree, dialect)

    @property
    def names(self) -> frozenset[str]:
        """The columns that the expression reads."""
        return frozenset(column.name for column in self.tree.find_all(exp.Column))


def parse(
    text: str,
    columns: Iterable[str],
    *,
    file: Path | str | None = None,
    line: int | None = None,
    column: str | None = None,
) -> Expression:
    """The expression written in `text`, which may name the given `columns`.

    `columns` are names or, better, a mapping of name to kind ("number", "text", "condition"): then
    mixed kinds are found too. `file`, `line` and `column` say where the text stands, for the
    InputError raised for a typo, an unknown column or anything outside the white list.
    """

    def fault(expected: str, value: str, valid: Iterable[str] = ()) -> InputError:
        return InputError(expected, file=file, line=line, column=column, value=value, valid=valid)

    if len(text) > _LONGEST:
        raise fault(f"expected at most {_LONGEST} characters", text[:40] + "…")
    if _brackets(text) > _MOST_BRACKETS:
        raise fault(f"expected at most {_MOST_BRACKETS} brackets inside one another", text[:40])
    try:
        tree = sqlglot.parse_one(text, into=exp.Condition, dialect="duckdb")
    except (sqlglot.errors.SqlglotError, RecursionError, ValueError) as refusal:
        raise fault(
            "expected a condition such as age >= 75 and conditions_count >= 3"
            f" ({_reason(refusal, text)})",
            text,
        ) from None
    try:
        _check(tree, tuple(columns), fault)
        kind = check_kinds(tree, columns, fault) if isinstance(columns, Mapping) else None
    except RecursionError:
        raise fault("expected a simpler expression", text[:40]) from None
    return Expression(text, tree, kind)


def _brackets(text: str) -> int:
    deepest = depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return deepest


def _reason(refusal: Exception, text: str) -> str:
    if not text.strip():
        return "it is empty"
    if isinstance(refusal, RecursionError):
        return "it has too many parts inside one another"
    details = getattr(refusal, "errors", None) or [{}]
    near = str(details[0].get("highlight") or "").strip()
    return f'it cannot be read near "{near}"' if near else "it cannot be read"


def _check(tree: exp.Expr, columns: tuple[str, ...], fault: Any) -> None:
    for node in tree.walk():
        if isinstance(node, exp.Column) and (node.name not in columns or node.table):
            quoted = isinstance(node.this, exp.Identifier) and node.this.quoted
            hint = "; put a text in single quotes" if quoted else ""
            name = node.name if quoted else node.sql()
            raise fault(f"unknown column; expected {', '.join(columns)}{hint}", name, columns)
        used = {name for name, value in node.args.items() if value}
        allowed = _PARTS.get(type(node))
        stray_if = isinstance(node, exp.If) and not isinstance(node.parent, exp.Case)
        stray_is = isinstance(node, exp.Is) and not isinstance(
            node.expression, exp.Null | exp.Boolean
        )
        if allowed is None or used - allowed or stray_if or stray_is:
            raise fault(
                "this is not allowed in a condition (allowed are: columns, numbers, texts, "
                "comparison, arithmetic, and, or, not, between, in, is null, case)",
                node.sql()[:60],
            )
        if isinstance(node, exp.In) and not node.expressions:
            raise fault("expected a list such as in (1, 2)", node.sql()[:60])
        is_number = isinstance(node, exp.Literal) and not node.is_string
        if is_number and not _is_number(node.this):
            raise fault(f"expected a number of at most {_LARGEST:g}", str(node.this)[:40])
        if node.depth > _DEEPEST:
            raise fault("expected a simpler expression", tree.sql()[:40])


def _is_number(text: str) -> bool:
    """Whether it is a number, which sqlglot's `1e` is not, and not too large."""
    try:
        return abs(float(text)) <= _LARGEST
    except ValueError:
        return False
