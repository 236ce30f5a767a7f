"""The one fault of a file on disk that cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tripleaim.tables import InputError


class DamagedFileError(InputError):
    """A file that the product keeps is missing, damaged, or of something else.

    `what` says what is wrong with `file`, of which it is the predicate, and `mend` what to do.
    """

    def __init__(self, what: str, *, file: Path, mend: str) -> None:
        self.what = what
        self.mend = mend
        super().__init__(f"this file {what}; {mend}", file=file)


@contextmanager
def taking_apart(path: Path, mend: str, what: str = "is damaged") -> Iterator[None]:
    """While the content of a file is taken apart: whatever goes wrong is the file's fault.

    Raises DamagedFileError for it, since libraries raise almost anything on bytes that nobody
    wrote. A fault of an input passes.
    """
    try:
        yield
    except InputError:
        raise
    except Exception as fault:
        raise DamagedFileError(what, file=path, mend=mend) from fault
