"""A zip file whose bytes follow from what is in it, and not from when it was written."""

from __future__ import annotations

import io
import zipfile

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can name."""


def fixed_zip(written: bytes) -> bytes:
    """The same zip file with every part as if written at the first moment of zip files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            about = zipfile.ZipInfo(part.filename, FIRST_DAY)
            about.external_attr = 0o600 << 16
            new.writestr(about, old.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()
