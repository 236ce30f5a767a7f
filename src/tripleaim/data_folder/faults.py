"""The one fault of a file on disk that cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tripleaim.tables import InputError

TOO_LARGE = "cannot be read, for there is not enough memory"
CLOSE = "close other programs and try again"
"""What is said of a file that is as it was written, where the machine has nothing left."""


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
    except MemoryError as fault:
        raise DamagedFileError(TOO_LARGE, file=path, mend=CLOSE) from fault
    except Exception as fault:
        raise DamagedFileError(what, file=path, mend=mend) from fault
