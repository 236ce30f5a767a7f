"""The comparison that comes with the product: made by the verb, with its version and day."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tripleaim.board_comparison.document import ComparisonDocument
from tripleaim.boards import OFFICIAL_FOLDER
from tripleaim.data_folder import read_document

SHIPPED = OFFICIAL_FOLDER / "board_comparison.json"


@cache
def shipped_comparison(path: Path = SHIPPED) -> ComparisonDocument | None:
    """The comparison in a file, read once a process; None where there is no file.

    Raises DamagedFileError for anything else.
    """
    if not path.is_file():
        return None
    return read_document(path, ComparisonDocument, "make it with tripleaim compare-places")
