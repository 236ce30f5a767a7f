"""An expression on NumPy columns, with SQL's meaning of null."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlglot import exp

Booleans = npt.NDArray[np.bool_]

_ARITHMETIC: Mapping[type[exp.Expr], Callable[[Any, Any], Any]] = {
    exp.Add: operator.add,
    exp.Sub: operator.sub,
    exp.Mul: operator.mul,
    exp.Div: np.divide,
}
_COMPARISON: Mapping[type[exp.Expr], Callable[[Any, Any], Any]] = {
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
}


@dataclass(frozen=True, slots=True)
class _Value:
    """Values and where they are null (None: nowhere). A condition is False where it is null."""

    of: npt.NDArray[Any]
    null: Booleans | None = None


_Of = Callable[[exp.Expr], _Value]


def evaluate(tree: exp.Expr, columns: Mapping[str, npt.NDArray[Any]]) -> npt.NDArray[Any]:
    """The value of `tree` for every row. `columns` are arrays of one length, at least one.

    Nulls come out as NaN (numbers), None (texts) and False (conditions).
    """
    length = len(next(iter(columns.values())))
    value = _evaluate(tree, columns)
    values = np.broadcast_to(value.of, (length,))
    if value.null is None or values.dtype.kind == "b":
        return values
    if values.dtype.kind == "f":
        return np.where(value.null, np.nan, values)
    values = values.astype(object)
    values[np.broadcast_to(value.null, (length,))] = None
    return values


def _evaluate(node: exp.Expr, columns: Mapping[str, npt.NDArray[Any]]) -> _Value:
    if isinstance(node, exp.Column):
        return _column(np.asarray(columns[node.name]))
    return _RULES[type(node)](node, lambda part: _evaluate(part, columns))


def _literal(node: exp.Literal) -> _Value:
    return _Value(np.asarray(node.this if node.is_string else float(node.this)))


def _between(node: exp.Between, of: _Of) -> _Value:
    value = of(node.this)
    return _and(
        _compare(operator.ge, value, of(node.args["low"])),
        _compare(operator.le, value, of(node.args["high"])),
    )


def _in(node: exp.In, of: _Of) -> _Value:
    value = of(node.this)
    return reduce(_or, (_compare(operator.eq, value, of(item)) for item in node.expressions))


def _negative(value: _Value) -> _Value:
    return _Value(-value.of.astype(np.float64), value.null)


def _column(column: npt.NDArray[Any]) -> _Value:
    if column.dtype.kind in "iu":
        return _Value(column.astype(np.float64))
    if column.dtype.kind == "f":
        null = np.isnan(column)
        return _Value(column.astype(np.float64), null if null.any() else None)
    if column.dtype.kind == "O":
        null = np.asarray([value is None for value in column], dtype=bool)
        return _Value(np.where(null, "", column).astype(str), null if null.any() else None)
    return _Value(column)


def _either_null(left: _Value, right: _Value) -> Booleans | None:
    if left.null is None or right.null is None:
        return left.null if right.null is None else right.null
    return left.null | right.null


def _arithmetic(kind: type[exp.Expr], left: _Value, right: _Value) -> _Value:
    a, b = left.of.astype(np.float64), right.of.astype(np.float64)
    null = _either_null(left, right)
    if kind is exp.Div:
        by_zero = b == 0
        if by_zero.any():
            null = by_zero if null is None else null | by_zero
    with np.errstate(all="ignore"):
        return _Value(np.asarray(_ARITHMETIC[kind](a, b)), null)


def _compare(operation: Callable[[Any, Any], Any], left: _Value, right: _Value) -> _Value:
    null = _either_null(left, right)
    a, b = left.of, right.of
    if a.dtype.kind != b.dtype.kind:  # only a bare null is of another kind than its partner
        return _Value(np.zeros(np.broadcast_shapes(a.shape, b.shape), dtype=bool), np.asarray(True))
    result = np.asarray(operation(a, b))
    return _Value(result if null is None else result & ~null, null)


def _and(left: _Value, right: _Value) -> _Value:
    null = _either_null(left, right)
    if null is not None:
        null = null & ~_known_false(left) & ~_known_false(right)
    return _Value(np.asarray(left.of & right.of), null)


def _or(left: _Value, right: _Value) -> _Value:
    result = np.asarray(left.of | right.of)
    null = _either_null(left, right)
    return _Value(result, null if null is None else null & ~result)


def _not(value: _Value) -> _Value:
    return _Value(_known_false(value), value.null)


def _known_false(value: _Value) -> Booleans:
    return np.asarray(~value.of if value.null is None else ~value.of & ~value.null)


def _is(value: _Value, what: exp.Expr) -> _Value:
    if isinstance(what, exp.Null):
        null = value.null if value.null is not None else np.asarray(False)
        return _Value(np.broadcast_to(null, np.broadcast_shapes(value.of.shape, null.shape)))
    return _Value(value.of if what.this else _known_false(value))


def _case(node: exp.Case, of: _Of) -> _Value:
    subject = of(node.this) if node.this is not None else None
    results = [of(branch.args["true"]) for branch in node.args["ifs"]]
    default = node.args.get("default")
    results.append(of(default) if default is not None else of(exp.Null()))
    # A bare null takes the kind of the other results, so that all can stand in one array.
    typed = next((r.of.dtype for r in results if not _is_bare_null(r)), np.dtype(bool))
    tests = []
    for branch in node.args["ifs"]:
        test = of(branch.this)
        tests.append(test.of if subject is None else _compare(operator.eq, subject, test).of)
    values = [np.zeros((), typed) if _is_bare_null(r) else r.of for r in results]
    nulls = [np.asarray(False) if r.null is None else r.null for r in results]
    shape = np.broadcast_shapes(*(part.shape for part in (*tests, *values, *nulls)))
    tests = [np.broadcast_to(test, shape) for test in tests]
    null = np.select(tests, [np.broadcast_to(n, shape) for n in nulls[:-1]], nulls[-1])
    result = np.select(tests, [np.broadcast_to(v, shape) for v in values[:-1]], values[-1])
    if result.dtype.kind == "b":
        result = result & ~null
    return _Value(result, null if null.any() else None)


def _is_bare_null(value: _Value) -> bool:
    return (
        value.of.dtype.kind == "b"
        and value.null is not None
        and value.null.ndim == 0
        and bool(value.null)
    )


_RULES: Mapping[type[exp.Expr], Callable[[Any, _Of], _Value]] = {
    exp.Literal: lambda node, _: _literal(node),
    exp.Boolean: lambda node, _: _Value(np.asarray(bool(node.this))),
    exp.Null: lambda _node, _: _Value(np.asarray(False), np.asarray(True)),
    exp.Paren: lambda node, of: of(node.this),
    exp.Neg: lambda node, of: _negative(of(node.this)),
    exp.Not: lambda node, of: _not(of(node.this)),
    exp.And: lambda node, of: _and(of(node.this), of(node.expression)),
    exp.Or: lambda node, of: _or(of(node.this), of(node.expression)),
    exp.Is: lambda node, of: _is(of(node.this), node.expression),
    exp.Between: _between,
    exp.In: _in,
    exp.Case: _case,
    **dict.fromkeys(
        _ARITHMETIC,
        lambda node, of: _arithmetic(type(node), of(node.this), of(node.expression)),
    ),
    **dict.fromkeys(
        _COMPARISON,
        lambda node, of: _compare(_COMPARISON[type(node)], of(node.this), of(node.expression)),
    ),
}
