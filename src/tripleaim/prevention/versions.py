"""Reading prevention.json, of this version and of the one before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tripleaim.data_folder import read_json, taking_apart
from tripleaim.prevention.document import PreventionDocument
from tripleaim.uncertainty import read_result

AGAIN = "run it again: tripleaim prevention"


def read_document(path: Path) -> PreventionDocument:
    """Read what `run_prevention` wrote; a document of version 3 has nothing of what came with 4.

    Raises DamagedFileError if it is missing, is something else or of an earlier version.
    """
    content = read_json(path, AGAIN)
    if content.get("schema_version") == "3":
        with taking_apart(path, AGAIN, "is damaged or is something else"):
            return PreventionDocument.model_validate(_from_version_3(content))
    return read_result(path, PreventionDocument, AGAIN)


def _from_version_3(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Version 4 sets money and QALYs on one basis, follows lives to their end, says how much luck
    is in a number, and sets published evaluations compared with ours. Nothing else changed."""
    return {**document, "schema_version": "4"}
