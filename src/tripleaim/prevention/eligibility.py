"""Whom a programme reaches: an expression turned into clauses that a kernel can follow.

Every part that reads one column is tried on all the values that the column can take, so what it
means is what `Expression.on` says it means; `and`, `or` and `not` join the parts, and the whole
becomes alternatives (a disjunctive normal form) of one allowed set of values a column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from sqlglot import exp

from tripleaim.people import SEXES
from tripleaim.place import InputError, evaluate, parse
from tripleaim.projection import Clause

Fault = Callable[[str, str], InputError]
Allowed = Mapping[str, frozenset[int]]
"""By column, places in its domain; a column that is not named may take any value."""

OLDEST_AGE = 200
MOST_COUNT = 32
MOST_CLAUSES = 256


def clauses_of(
    text: str,
    conditions: Sequence[str],
    risk_levels: Sequence[tuple[str, tuple[str, ...]]],
    fault: Fault = lambda expected, value: InputError(expected, value=value),
) -> tuple[Clause, ...]:
    """Clauses that hold, between them, for just the people for whom `text` is true.

    `conditions` are the ids in the order of their bits, `risk_levels` the risk factors with their
    levels in the order of the laws. Raises what `fault` makes of it for an expression that cannot
    be compiled: one that reads another column, or compares two columns with each other.
    """
    domains = _domains(conditions, risk_levels)
    tree = parse(text, _kinds(domains)).tree
    alternatives = _Compiler(domains, fault).alternatives(tree, wanted=True)
    clauses = [c for allowed in alternatives for c in _clauses(allowed, conditions, risk_levels)]
    return tuple(dict.fromkeys(clauses))


def columns_of(
    conditions: Sequence[str], risk_levels: Sequence[tuple[str, tuple[str, ...]]]
) -> dict[str, Any]:
    """The columns that `who` of a programme may name, with their kinds."""
    return _kinds(_domains(conditions, risk_levels))


def _domains(
    conditions: Sequence[str], risk_levels: Sequence[tuple[str, tuple[str, ...]]]
) -> dict[str, np.ndarray[Any, Any]]:
    return {
        "age": np.arange(OLDEST_AGE + 1),
        "sex": np.array(SEXES),
        "quintile": np.arange(1, 6),
        "conditions_count": np.arange(MOST_COUNT + 1),
        **{c: np.array([False, True]) for c in conditions},
        **{risk: np.array(levels) for risk, levels in risk_levels},
    }


def _kinds(domains: Mapping[str, np.ndarray[Any, Any]]) -> dict[str, Any]:
    kinds = {"b": "condition", "i": "number", "U": "text"}
    return {name: kinds[values.dtype.kind] for name, values in domains.items()}


class _Compiler:
    def __init__(self, domains: Mapping[str, np.ndarray[Any, Any]], fault: Fault) -> None:
        self.domains, self.fault = domains, fault

    def alternatives(self, node: exp.Expr, *, wanted: bool) -> list[Allowed]:
        """Products of allowed sets in which `node` is true (or, not `wanted`, is false)."""
        names = sorted({column.name for column in node.find_all(exp.Column)})
        if len(names) <= 1:
            return self.tried(node, names, wanted=wanted)
        if isinstance(node, exp.Paren):
            return self.alternatives(node.this, wanted=wanted)
        if isinstance(node, exp.Not):
            return self.alternatives(node.this, wanted=not wanted)
        if isinstance(node, exp.And | exp.Or):
            left = self.alternatives(node.this, wanted=wanted)
            right = self.alternatives(node.expression, wanted=wanted)
            together = isinstance(node, exp.And) == wanted
            written_out = self.both(left, right) if together else [*left, *right]
            if len(written_out) > MOST_CLAUSES:
                raise self.fault(
                    f"expected at most {MOST_CLAUSES} alternatives when it is written out",
                    node.sql()[:60],
                )
            return written_out
        raise self.fault(
            "expected each comparison to read one column, joined by and, or, not, such as"
            " age >= 40 and (hypertension or smoking = 'current'); this reads "
            + " and ".join(names),
            node.sql()[:60],
        )

    def tried(self, node: exp.Expr, names: list[str], *, wanted: bool) -> list[Allowed]:
        tree = node if wanted else exp.Not(this=exp.Paren(this=node.copy()))
        # A constant reads no column; any column tells how many rows there are.
        columns = {name: self.domains[name] for name in names or ["sex"]}
        size = len(next(iter(columns.values())))
        holds = np.broadcast_to(evaluate(tree, columns), (size,)).astype(bool)
        if not holds.any():
            return []
        return [{names[0]: frozenset(np.flatnonzero(holds).tolist())}] if names else [{}]

    def both(self, left: Iterable[Allowed], right: Iterable[Allowed]) -> list[Allowed]:
        pairs: list[Allowed] = []
        for one, other in product(left, list(right)):
            narrowed = dict(one)
            for name, values in other.items():
                narrowed[name] = narrowed.get(name, values) & values
            if all(narrowed.values()):
                pairs.append(narrowed)
        return pairs


def _clauses(
    allowed: Allowed,
    conditions: Sequence[str],
    risk_levels: Sequence[tuple[str, tuple[str, ...]]],
) -> list[Clause]:
    has = lacks = 0
    for k, condition in enumerate(conditions):
        values = allowed.get(condition, frozenset((0, 1)))
        has |= (values == {1}) << k
        lacks |= (values == {0}) << k
    levels = tuple(
        _mask(allowed[risk]) if risk in allowed else (1 << len(names)) - 1
        for risk, names in risk_levels
    )
    any_level = not any(risk in allowed for risk, _ in risk_levels)
    sexes = _mask(allowed.get("sex", frozenset((0, 1))))
    quintiles = _mask(allowed.get("quintile", frozenset(range(5))))
    ages = _ranges(allowed.get("age", frozenset(range(OLDEST_AGE + 1))))
    counts = _ranges(allowed.get("conditions_count", frozenset(range(MOST_COUNT + 1))))
    return [
        Clause(
            age_from=age_from,
            age_to=age_to,
            sexes=sexes,
            quintiles=quintiles,
            has=has,
            lacks=lacks,
            count_from=count_from,
            count_to=count_to,
            levels=() if any_level else levels,
        )
        for (age_from, age_to), (count_from, count_to) in product(ages, counts)
    ]


def _mask(values: Iterable[int]) -> int:
    return sum(1 << value for value in values)


def _ranges(values: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring whole numbers, both ends included."""
    runs: list[tuple[int, int]] = []
    for value in sorted(values):
        if runs and value == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], value)
        else:
            runs.append((value, value))
    return runs
