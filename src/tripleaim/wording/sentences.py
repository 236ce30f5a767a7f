"""A finding of any kind in a sentence, and results with their sentences as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import singledispatch
from typing import Any


@singledispatch
def sentence(finding: object) -> str:
    """What a finding says, in a sentence or a few. Raises TypeError for what has no wording."""
    raise TypeError(f"no wording for {type(finding).__name__}")


def has_sentence(value: object) -> bool:
    """Whether there is a wording for values of this type."""
    return sentence.dispatch(type(value)) is not sentence.dispatch(object)


def with_sentences(value: Any) -> Any:
    """A result as plain data for JSON, each finding in it with its sentence.

    Decimal numbers are texts, exact to their last digit; tuples are lists.
    """
    if is_dataclass(value) and not isinstance(value, type):
        plain = {f.name: with_sentences(getattr(value, f.name)) for f in fields(value)}
        return {**plain, "sentence": sentence(value)} if has_sentence(value) else plain
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return {name: with_sentences(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [with_sentences(part) for part in value]
    return value
