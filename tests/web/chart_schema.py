"""Hold the specification of every chart to Vega-Lite's own schema, as Altair ships it."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft7Validator

from tripleaim.web.ui.charts.picture import DRAWN

_VALUES = ("values", "domain", "sort", "text")
_seen: set[str] = set()


def hold_charts(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: check each chart that is drawn, unless one of its shape has been.

    Raises AssertionError, which the page that draws it does not catch.
    """
    if event == DRAWN:
        spec = json.loads(arguments[0])
        shape = json.dumps(_shape(spec), sort_keys=True)
        if shape not in _seen:
            _seen.add(shape)
            fault = fault_of(spec)
            assert fault is None, f"{spec.get('title')}: {fault}"


def fault_of(spec: dict[str, Any]) -> str | None:
    """What of a specification Vega-Lite does not allow; None where it allows all."""
    fault = next(_schema().iter_errors(spec), None)
    return None if fault is None else fault.message


@cache
def _schema() -> Draft7Validator:
    schema = files("altair") / "vegalite" / "v6" / "schema" / "vega-lite-schema.json"
    return Draft7Validator(json.loads(schema.read_text("utf-8")))


def _shape(part: Any) -> Any:
    """A specification without its data: charts that differ in these alone are of one shape."""
    if isinstance(part, dict):
        return {k: None if k in _VALUES else _shape(v) for k, v in part.items()}
    if isinstance(part, list):
        return [_shape(one) for one in part]
    return 0 if isinstance(part, int | float) and not isinstance(part, bool) else part
