"""The one small language of the house: who is reached, which segment, which measure.

An expression is a SQL condition or value over named columns, such as
`age >= 75 and conditions_count >= 3`. It is parsed with sqlglot, checked against a white list
(columns, literals, comparison, arithmetic, and/or/not, between, in, is null, case), and then run
on NumPy columns or written as SQL for DuckDB or Spark. No function call, sub-query or statement
gets through, so an expression from a file or a form cannot do harm.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlglot
from sqlglot import exp

from tripleaim.place.errors import InputError

Columns = Mapping[str, npt.NDArray[Any]]

_BINARY: Mapping[type[exp.Expression], Callable[[Any, Any], Any]] = {
    exp.And: operator.and_,
    exp.Or: operator.or_,
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
    exp.Add: operator.add,
    exp.Sub: operator.sub,
    exp.Mul: operator.mul,
    exp.Div: operator.truediv,
}
_LOGICAL = (exp.And, exp.Or, exp.Not)
_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed and white-listed expression over named columns."""

    text: str
    tree: exp.Expression

    def on(self, columns: Columns) -> npt.NDArray[Any]:
        """The value for every row, from NumPy columns of equal length."""
        length = len(next(iter(columns.values())))
        value = _evaluate(self.tree, columns)
        return np.broadcast_to(value, (length,)) if np.ndim(value) == 0 else np.asarray(value)

    def sql(self, dialect: str = "duckdb") -> str:
        """The same expression as SQL in the dialect of `duckdb` or `spark`."""
        return self.tree.sql(dialect=dialect)

    @property
    def names(self) -> frozenset[str]:
        """The columns that the expression reads."""
        return frozenset(column.name for column in self.tree.find_all(exp.Column))


def parse(text: str, columns: Sequence[str], **place: Any) -> Expression:
    """The expression written in `text`, which may name the given `columns`.

    `place` (file, line, column) is passed to the InputError raised for a typo, an unknown column
    or anything outside the white list.
    """
    if len(text) > _LIMIT:
        raise InputError(f"expected at most {_LIMIT} characters", value=text[:40] + "…", **place)
    try:
        tree = sqlglot.parse_one(text, into=exp.Condition, dialect="duckdb")
    except (sqlglot.errors.SqlglotError, RecursionError, ValueError) as fault:
        reason = getattr(fault, "errors", None)
        said = reason[0]["description"] if reason else "it cannot be read"
        raise InputError(
            f"expected a condition such as age >= 75 and conditions_count >= 3 ({said})",
            value=text,
            **place,
        ) from None
    _check(tree, columns, place)
    return Expression(text, tree)


def _check(tree: exp.Expression, columns: Sequence[str], place: Mapping[str, Any]) -> None:
    allowed = (
        *_BINARY,
        exp.Not,
        exp.Paren,
        exp.Neg,
        exp.Between,
        exp.In,
        exp.Is,
        exp.Null,
        exp.Boolean,
        exp.Literal,
        exp.Column,
        exp.Identifier,
        exp.Case,
        exp.If,
    )
    for node in tree.walk():
        if isinstance(node, exp.Column) and (node.name not in columns or node.table):
            raise InputError(
                f"unknown column; expected {', '.join(columns)}",
                value=node.sql(),
                valid=columns,
                **place,
            )
        if not isinstance(node, allowed) or node.args.get("query"):
            raise InputError(
                "this is not part of the language (columns, numbers, texts, comparison, "
                "arithmetic, and, or, not, between, in, is null, case)",
                value=node.sql()[:60],
                **place,
            )


def _evaluate(node: exp.Expression, columns: Columns) -> Any:
    kind = type(node)
    if kind in _BINARY:
        left, right = _evaluate(node.this, columns), _evaluate(node.expression, columns)
        if kind in _LOGICAL:
            left, right = _truth(left), _truth(right)
        with np.errstate(divide="ignore", invalid="ignore"):
            return _BINARY[kind](left, right)
    if isinstance(node, exp.Column):
        return columns[node.name]
    if isinstance(node, exp.Literal):
        return node.this if node.is_string else _number(node.this)
    if isinstance(node, exp.Boolean):
        return np.bool_(node.this)
    if isinstance(node, exp.Paren):
        return _evaluate(node.this, columns)
    if isinstance(node, exp.Neg):
        return -_evaluate(node.this, columns)
    if isinstance(node, exp.Not):
        return ~_truth(_evaluate(node.this, columns))
    if isinstance(node, exp.Between):
        value = _evaluate(node.this, columns)
        return (value >= _evaluate(node.args["low"], columns)) & (
            value <= _evaluate(node.args["high"], columns)
        )
    if isinstance(node, exp.In):
        value = _evaluate(node.this, columns)
        return np.isin(value, [_evaluate(item, columns) for item in node.expressions])
    if isinstance(node, exp.Is):
        return _is_null(_evaluate(node.this, columns))
    if isinstance(node, exp.Case):
        tests = [_truth(_evaluate(branch.this, columns)) for branch in node.args["ifs"]]
        values = [_evaluate(branch.args["true"], columns) for branch in node.args["ifs"]]
        default = node.args.get("default")
        otherwise = _evaluate(default, columns) if default is not None else np.nan
        return np.select(np.broadcast_arrays(*tests), np.broadcast_arrays(*values), otherwise)
    raise AssertionError(f"white-listed but not evaluated: {kind.__name__}")


def _truth(value: Any) -> Any:
    return np.asarray(value).astype(bool)


def _number(text: str) -> int | float:
    return float(text) if any(c in text for c in ".eE") else int(text)


def _is_null(value: Any) -> Any:
    array = np.asarray(value)
    return np.isnan(array) if array.dtype.kind == "f" else np.zeros(array.shape, dtype=bool)
