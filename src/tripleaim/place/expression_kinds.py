"""Numbers, texts and conditions: which kind each part of an expression is, so that none mix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from sqlglot import exp

from tripleaim.tables import InputError

Kind = Literal["number", "text", "condition"]
Fault = Callable[[str, str], InputError]

_MANY: Mapping[Kind, str] = {"number": "numbers", "text": "texts", "condition": "conditions"}
_ONE: Mapping[Kind, str] = {"number": "a number", "text": "a text", "condition": "a condition"}
_KIND_OF_DTYPE: Mapping[str, Kind] = {
    "b": "condition",
    "i": "number",
    "u": "number",
    "f": "number",
    "U": "text",
    "T": "text",
    "O": "text",
}


def kinds_of(columns: Mapping[str, npt.NDArray[Any]]) -> dict[str, Kind]:
    """The kind that each NumPy column holds, by its dtype."""
    kinds: dict[str, Kind] = {}
    for name, column in columns.items():
        kind = _KIND_OF_DTYPE.get(np.asarray(column).dtype.kind)
        if kind is None:
            raise InputError(
                "expected a column of numbers, texts, or true and false",
                column=name,
                value=np.asarray(column).dtype,
            )
        kinds[name] = kind
    return kinds


def check_kinds(
    tree: exp.Expr,
    kinds: Mapping[str, Kind],
    fault: Fault = lambda expected, value: InputError(expected, value=value),
) -> Kind:
    """The kind of the whole expression.

    Raises what `fault` makes of it where kinds are mixed, such as a text compared with a number,
    and where nothing but null can come out.
    """
    kind = _Checker(kinds, fault).kind(tree)
    if kind is None:
        raise fault("expected a number, a text or a condition; this is null", tree.sql()[:60])
    return kind


class _Checker:
    def __init__(self, kinds: Mapping[str, Kind], fault: Fault) -> None:
        self.kinds, self.fault = kinds, fault

    def kind(self, node: exp.Expr) -> Kind | None:
        for types, rule in self._RULES:
            if isinstance(node, types):
                return rule(self, node)
        return self.comparison(node)

    def arithmetic(self, node: exp.Expr) -> Kind:
        self.need("number", node.this)
        return self.need("number", node.expression)

    def logic(self, node: exp.Expr) -> Kind:
        self.need("condition", node.this)
        return self.need("condition", node.expression)

    def test(self, node: exp.Expr) -> Kind:
        if isinstance(node.expression, exp.Boolean):
            return self.need("condition", node.this)
        self.kind(node.this)
        return "condition"

    def comparison(self, node: exp.Expr) -> Kind:
        if isinstance(node, exp.Between):
            sides = [node.this, node.args["low"], node.args["high"]]
        elif isinstance(node, exp.In):
            sides = [node.this, *node.expressions]
        else:
            sides = [node.this, node.expression]
        ordered = not isinstance(node, exp.EQ | exp.NEQ | exp.In)
        if self.alike(node, sides) == "condition" and ordered:
            raise self.fault("expected = or <>; true and false have no order", node.sql()[:60])
        return "condition"

    def case(self, node: exp.Expr) -> Kind | None:
        branches = node.args["ifs"]
        if node.this is None:
            for branch in branches:
                self.need("condition", branch.this)
        else:
            self.alike(node, [node.this, *(branch.this for branch in branches)])
        default = node.args.get("default")
        results = [branch.args["true"] for branch in branches]
        return self.alike(node, results if default is None else [*results, default])

    def alike(self, node: exp.Expr, sides: list[exp.Expr]) -> Kind | None:
        first: Kind | None = None
        for side in sides:
            side_kind = self.kind(side)
            if first is not None and side_kind is not None and side_kind != first:
                raise self.fault(
                    f"expected {_MANY[first]} on every side, found {_ONE[side_kind]}",
                    node.sql()[:60],
                )
            first = first or side_kind
        return first

    def need(self, wanted: Kind, node: exp.Expr) -> Kind:
        if self.kind(node) not in (wanted, None):
            raise self.fault(f"expected {_ONE[wanted]} here", node.sql()[:60])
        return wanted

    _Rule = Callable[["_Checker", Any], Kind | None]
    _RULES: tuple[tuple[type | tuple[type, ...], _Rule], ...] = (
        (exp.Column, lambda self, node: self.kinds[node.name]),
        (exp.Literal, lambda _, node: "text" if node.is_string else "number"),
        (exp.Null, lambda *_: None),
        (exp.Boolean, lambda *_: "condition"),
        (exp.Paren, lambda self, node: self.kind(node.this)),
        (exp.Neg, lambda self, node: self.need("number", node.this)),
        (exp.Not, lambda self, node: self.need("condition", node.this)),
        ((exp.Add, exp.Sub, exp.Mul, exp.Div), arithmetic),
        ((exp.And, exp.Or), logic),
        (exp.Is, test),
        (exp.Case, case),
    )
