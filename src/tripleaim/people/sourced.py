"""Ratios as disease and risk factor files write them: a point, its interval, where it is from."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tripleaim.place import STATUSES, Estimate, Toml

SOURCED = ("status", "source", "cause")
RATIO = ("low", "high", *SOURCED)


def read_ratio(toml: Toml, point: str, *keys: str | int, sources: Collection[str]) -> Estimate:
    """The ratio under `point` in the table at `keys`, with `low`, `high` and where it is from.

    Raises InputError for a ratio or bound of 0 or less, an interval that does not hold its point,
    an unknown status or source, and an assumed ratio without a cause.
    """
    value = positive(toml, *keys, point)
    low = positive(toml, *keys, "low") if "low" in toml.take(dict, *keys) else None
    high = positive(toml, *keys, "high") if "high" in toml.take(dict, *keys) else None
    if low is not None and low > value:
        raise toml.fault(f"expected an interval that holds its point {value:g}", *keys, "low")
    if high is not None and high < value:
        raise toml.fault(f"expected an interval that holds its point {value:g}", *keys, "high")
    status, source, cause = read_sourced(toml, *keys, sources=sources)
    return Estimate(value, low, high, status, source, cause)  # type: ignore[arg-type]


def read_sourced(toml: Toml, *keys: str | int, sources: Collection[str]) -> tuple[str, str, str]:
    """Status, source and cause of the table at `keys`."""
    status: str = toml.take(str, *keys, "status")
    if status not in STATUSES:
        raise toml.fault(
            f"expected one of {', '.join(STATUSES)}", *keys, "status", value=status, valid=STATUSES
        )
    source: str = toml.take(str, *keys, "source")
    if source not in sources:
        raise toml.fault(
            "expected an id from a sources file", *keys, "source", value=source, valid=list(sources)
        )
    cause: str = toml.take(str, *keys, "cause", default="")
    if status == "assumed" and not cause:
        raise toml.fault("expected a cause: say why this is assumed", *keys, "cause")
    return status, source, cause


def read_multipliers(
    toml: Toml, section: str, valid: Collection[str], what: str, sources: Collection[str]
) -> Mapping[str, Estimate]:
    """The ratios under `section.multipliers`, each a number or a table with a `value`.

    What a table leaves out of status, source and cause the section says for all.
    """
    if section not in toml.data:
        return {}
    toml.only((*SOURCED, "multipliers"), section)
    shared = read_sourced(toml, section, sources=sources)
    estimates: dict[str, Estimate] = {}
    for name, cell in toml.take(dict, section, "multipliers").items():
        keys = (section, "multipliers", name)
        if name not in valid:
            raise toml.fault(f"expected the id of {what}", *keys, value=name, valid=list(valid))
        if isinstance(cell, dict):
            toml.only(("value", *RATIO), *keys)
            estimates[name] = read_ratio(toml, "value", *keys, sources=sources)
        else:
            estimates[name] = Estimate(positive(toml, *keys), None, None, *shared)  # type: ignore[arg-type]
    return estimates


def positive(toml: Toml, *keys: str | int) -> float:
    """The number at `keys`; InputError unless it is above 0."""
    value: float = toml.take(float, *keys)
    if value <= 0:
        raise toml.fault("expected more than 0", *keys, value=value)
    return value
