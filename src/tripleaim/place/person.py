"""The columns of a person that an expression may name."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.place.expression_kinds import Kind

_OWN: dict[str, Kind] = {
    "age": "number",
    "sex": "text",
    "quintile": "number",
    "district": "text",
    "locality": "text",
    "practice": "text",
    "resident": "condition",
    "conditions_count": "number",
    "symphony_count": "number",
    "frailty": "number",
}


def person_columns(conditions: Sequence[str]) -> tuple[str, ...]:
    """The columns of a person that an expression may name; each condition is one, true or false."""
    return tuple(person_kinds(conditions))


def person_kinds(conditions: Sequence[str]) -> dict[str, Kind]:
    """The same columns, each with the kind of value it holds."""
    return {**_OWN, **dict.fromkeys(conditions, "condition")}
