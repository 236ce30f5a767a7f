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
    "priority_conditions_count": "number",
    "frailty": "number",
}


def person_columns(conditions: Sequence[str], risks: Sequence[str] = ()) -> tuple[str, ...]:
    """The columns of a person that an expression may name.

    Each condition is one, true or false; each risk factor is one, the id of a level.
    """
    return tuple(person_kinds(conditions, risks))


def person_kinds(conditions: Sequence[str], risks: Sequence[str] = ()) -> dict[str, Kind]:
    """The same columns, each with the kind of value it holds."""
    return {**_OWN, **dict.fromkeys(conditions, "condition"), **dict.fromkeys(risks, "text")}
