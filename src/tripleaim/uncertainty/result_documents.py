"""Documents of uncertain results, read back: futures, prevention, back-test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from tripleaim.core import Part
from tripleaim.place import InputError

D = TypeVar("D", bound=Part)


def read_result(path: Path, shape: type[D], again: str) -> D:
    """The document of this shape in a file; `again` says how to make it anew.

    Raises FileNotFoundError where there is none, InputError for one that is damaged, is something
    else, or is of another version of the schema.
    """
    content = path.read_bytes()
    try:
        return shape.model_validate_json(content)
    except ValidationError:
        ours, theirs = shape.model_fields["schema_version"].default, _version(content)
    if theirs != ours:
        raise InputError(
            f"expected version {ours} of the document; {again}", file=path, value=theirs
        )
    raise InputError(f"the document is damaged or is something else; {again}", file=path)


def _version(content: bytes) -> str:
    """The schema version that a document states; "1" where it states none, as the first did."""
    try:
        document = json.loads(content)
        return str(document.get("schema_version", "1"))
    except (ValueError, AttributeError):
        return "none"
