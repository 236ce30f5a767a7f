"""Files that readers send: taken in up to a size, kept under their hash until a place is made.

What a file is called is shown and never used as a path. A page that has a fault to tell gives the
hash back, so that nobody chooses the same file twice.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import IO

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from tripleaim.core import patiently, write_whole
from tripleaim.data_folder import UPLOADS, refuse_link
from tripleaim.place import File

MOST_FILE = 5_000_000
"""Bytes of a file, at most: the people of 700 areas by single year of age, which take some seven
seconds to read."""

MOST_KEPT = 8
"""Files kept at a time; the one last used the longest ago goes first."""

_HASH = re.compile(r"[0-9a-f]{64}")
_LONGEST_NAME = 100


@dataclass(frozen=True)
class Upload:
    """A file that somebody sent: what they call it, and its bytes."""

    called: str
    raw: bytes

    @property
    def sha256(self) -> str:
        """The hash that it is kept under."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def file(self) -> File:
        """The file as readers of tables take it; its path is a name for messages and no more."""
        return File.of(Path(self.called), self.raw)


def shown_name(text: str) -> str:
    """What a file is called, without folders and without what cannot be printed."""
    last = PureWindowsPath(text).name
    return "".join(c if c.isprintable() else "?" for c in last)[:_LONGEST_NAME] or "file"


def keep(data: Path, upload: Upload) -> None:
    """Keep a file below the data folder, and drop the oldest beyond MOST_KEPT.

    Raises DamagedFileError where the folder for it is a link.
    """
    folder = _folder(data)
    refuse_link(folder, "remove it")
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / upload.sha256, upload.raw)
    kept = sorted(folder.iterdir(), key=lambda path: -path.stat().st_mtime)
    for path in kept[MOST_KEPT:]:
        patiently(lambda path=path: path.unlink(missing_ok=True))  # type: ignore[misc]


def kept(data: Path, sha256: str, called: str) -> Upload | None:
    """The file that is kept under a hash; None if there is none any more, or it was changed.

    Nothing is read through a link.
    """
    folder = _folder(data)
    if not _HASH.fullmatch(sha256) or folder.is_symlink() or (folder / sha256).is_symlink():
        return None
    try:
        upload = Upload(shown_name(called), (folder / sha256).read_bytes())
    except OSError:
        return None
    return upload if upload.sha256 == sha256 else None


def forget(data: Path, upload: Upload) -> None:
    """Keep a file no longer."""
    patiently(lambda: (_folder(data) / upload.sha256).unlink(missing_ok=True))


def _folder(data: Path) -> Path:
    return data / UPLOADS


class InMemory(FileUploadHandler):  # type: ignore[misc]  # Django has no types
    """Takes files in memory, up to MOST_FILE bytes together; what is larger is read and dropped.

    The fields of the form are taken all the same, so that a page can give them back.
    """

    def __init__(self) -> None:
        super().__init__()
        self.too_large = False
        self._size = 0
        self._content = io.BytesIO()

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._content = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 - Django's
        """Take a part of a file. Raises SkipFile beyond the limit."""
        self._size += len(raw_data)
        if self._size > MOST_FILE:
            self.too_large = True
            self._content = io.BytesIO()
            raise SkipFile
        self._content.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file, whole."""
        content: IO[bytes] = self._content
        content.seek(0)
        return InMemoryUploadedFile(
            content, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )
