"""The error of luck: how far central values would move with other luck, printed beside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tripleaim.core import Part
from tripleaim.prevention.document import PreventionDocument
from tripleaim.prevention.document_numbers import number
from tripleaim.prevention.document_value import LuckyInterval


def with_luck(
    document: PreventionDocument, by_seed: Sequence[PreventionDocument]
) -> PreventionDocument:
    """The document with the standard error of each central value over seeds of luck beside it.

    `by_seed` are the same document, each from one seed alone.
    """
    return document.model_copy(
        update={
            name: _with_luck(getattr(document, name), [getattr(one, name) for one in by_seed])
            for name in PreventionDocument.model_fields
        }
    )


def _with_luck(whole: object, parts: Sequence[object]) -> object:
    if isinstance(whole, LuckyInterval):
        centrals = [p.central for p in parts if isinstance(p, LuckyInterval)]
        known = [c for c in centrals if c is not None]
        return whole.model_copy(update={"luck": _error(known, len(parts))})
    if isinstance(whole, Part) and all(type(part) is type(whole) for part in parts):
        names = type(whole).model_fields
        update = {n: _with_luck(getattr(whole, n), [getattr(p, n) for p in parts]) for n in names}
        return whole.model_copy(update=update)
    if isinstance(whole, dict):
        return {
            key: _with_luck(value, [p[key] for p in parts if isinstance(p, dict)])
            for key, value in whole.items()
        }
    if isinstance(whole, list):
        lists = [p for p in parts if isinstance(p, list) and len(p) == len(whole)]
        if len(lists) == len(parts):
            return [_with_luck(one, others) for one, *others in zip(whole, *lists, strict=True)]
    return whole


def _error(known: Sequence[float], seeds: int) -> float | None:
    """The standard error of the mean, where every seed has a value and there are two or more."""
    if len(known) < max(seeds, 2):
        return None
    return number(float(np.std(known, ddof=1)) / len(known) ** 0.5)
