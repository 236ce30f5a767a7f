"""What the printed plan says of a solution, thing by thing, and what of it is ours."""

from __future__ import annotations

from collections.abc import Collection
from typing import get_args

from tripleaim.place.model import PrintedLine, PrintedStatus, Thing
from tripleaim.place.toml import Toml

PRINTED_THINGS: tuple[Thing, ...] = get_args(Thing)
_STATUSES: tuple[str, ...] = get_args(PrintedStatus)


def read_printed(toml: Toml, sources: Collection[str]) -> tuple[str, tuple[PrintedLine, ...]]:
    """The document that a solution was checked against and its lines; empty without [printed].

    Raises InputError for what is published without a place in the document, and for what is
    assumed without a cause.
    """
    if not toml.take(dict, "printed", default={}):
        return "", ()
    toml.only(("source", *PRINTED_THINGS), "printed")
    source = toml.take(str, "printed", "source")
    if source not in sources:
        raise toml.fault(
            "expected the id of a source", "printed", "source", value=source, valid=sorted(sources)
        )
    return source, tuple(
        _line(toml, thing)
        for thing in PRINTED_THINGS
        if toml.take(dict, "printed", thing, default={})
    )


def _line(toml: Toml, thing: Thing) -> PrintedLine:
    at = ("printed", thing)
    toml.only(("status", "says", "where", "cause"), *at)
    status = toml.take(str, *at, "status")
    says, where, cause = (
        toml.take(str, *at, key, default="") for key in ("says", "where", "cause")
    )
    if status not in _STATUSES:
        raise toml.fault(
            f"expected {' or '.join(_STATUSES)}", *at, "status", value=status, valid=_STATUSES
        )
    if bool(says) != bool(where):
        raise toml.fault("expected says and where together, or neither", *at, value=says or where)
    if status == "published" and not where:
        raise toml.fault("expected where the plan prints it", *at, "status", value=status)
    if status == "assumed" and not cause:
        raise toml.fault("expected a cause for what is assumed", *at, "status", value=status)
    return PrintedLine(thing, status, says, where, cause)
