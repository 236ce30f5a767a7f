"""Documents of uncertain results, read back: futures, prevention, back-test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from tripleaim.core import Part
from tripleaim.data_folder import DamagedFileError, file_state, read_bytes

D = TypeVar("D", bound=Part)


def read_result(path: Path, shape: type[D], again: str) -> D:
    """The document of this shape in a file; `again` says how to make it anew.

    Raises FileNotFoundError where there is none, DamagedFileError for one that is damaged, is
    something else, or is of another version of the schema.
    """
    if not file_state(path):
        raise FileNotFoundError(path)
    content = read_bytes(path, again)
    try:
        return shape.model_validate_json(content)
    except ValidationError:
        ours, theirs = shape.model_fields["schema_version"].default, _version(content)
    if theirs != ours:
        if theirs == "none":
            raise DamagedFileError("is damaged or is something else", file=path, mend=again)
        what = f"has version {theirs} of the document; this program reads version {ours}"
        raise DamagedFileError(what, file=path, mend=again)
    raise DamagedFileError("is damaged or is something else", file=path, mend=again)


def _version(content: bytes) -> str:
    """The schema version that a document states; "1" where it states none, as the first did."""
    try:
        document = json.loads(content)
        return str(document.get("schema_version", "1"))
    except (ValueError, AttributeError, RecursionError):
        return "none"
