"""The one fault of a file on disk that cannot be used."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tripleaim.core import NOTHING_LEFT
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

    @property
    def is_whole(self) -> bool:
        """Whether the file is as it was, and the machine alone has nothing left to read it with."""
        return self.mend == CLOSE


def lack_of(fault: Exception) -> str:
    """What is said of a file where the machine has nothing left to read it with; else "".

    Libraries of other languages put the system's words into the text alone.
    """
    text = str(fault)
    if isinstance(fault, MemoryError) or "Out of Memory" in text:
        return TOO_LARGE
    number = getattr(fault, "errno", None)
    for lacking in (*NOTHING_LEFT, errno.EAGAIN):
        if number == lacking or os.strerror(lacking) in text:
            return f"cannot be read ({os.strerror(lacking)})"
    return ""


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
        lacking = lack_of(fault)
        if lacking:
            raise DamagedFileError(lacking, file=path, mend=CLOSE) from fault
        raise DamagedFileError(what, file=path, mend=mend) from fault
