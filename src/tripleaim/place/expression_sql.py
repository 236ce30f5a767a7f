"""An expression written as SQL that means on DuckDB and on Spark what it means on NumPy."""

from __future__ import annotations

from sqlglot import exp


def written(tree: exp.Expr, dialect: str) -> str:
    """`tree` as SQL: numbers as doubles, division by zero as null, no comments."""
    tree = exp.Paren(this=tree.copy())
    for literal in list(tree.find_all(exp.Literal)):
        if not literal.is_string and not _is_small_whole(literal.this):
            literal.set("this", _as_double(literal.this))
    for node in list(tree.find_all(exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg)):
        if isinstance(node, exp.Neg) and isinstance(node.this, exp.Literal):
            continue
        node.set("this", exp.cast(node.this, "double", copy=False))
        if isinstance(node, exp.Div):
            # Dialects differ on dividing by zero (infinity, null, an error): we say null.
            node.set("expression", exp.Nullif(this=node.expression, expression=_zero()))
            node.set("typed", False)
            node.set("safe", False)
    text: str = tree.this.sql(dialect=dialect, comments=False)
    return text


def _is_small_whole(text: str) -> bool:
    return text.isdigit() and len(text) <= 9


def _as_double(text: str) -> str:
    # A literal with an exponent is a double in both dialects; 0.1 alone would be a decimal.
    return f"{float(text):.17e}"


def _zero() -> exp.Literal:
    return exp.Literal(this="0", is_string=False)
