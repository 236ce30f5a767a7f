"""Whether a verb can write what it is asked for, before it works for it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def refuse_unwritable(file: Path) -> None:
    """Raise InputError unless `file` can be written.

    What is there already stays as it is, and nothing is left behind.
    """
    from tripleaim.core import made_folder
    from tripleaim.place import InputError

    if file.is_dir():
        raise InputError("expected a file to write to; this is a folder", file=file)
    try:
        with made_folder(file.parent):
            handle, tried = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name[:40]}-")
            os.close(handle)
            Path(tried).unlink()
    except OSError as refusal:
        raise InputError(
            f"expected a file that can be written ({refusal.strerror})", file=file
        ) from None
