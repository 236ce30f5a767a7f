"""What we say when an input is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path


class InputError(Exception):
    """An input file holds something that cannot be used.

    The message names the file, the line, the column, the value, what was expected and, where
    there is one, the nearest valid name. The command line prints it and leaves with code 2.
    """

    def __init__(
        self,
        expected: str,
        *,
        file: Path | str | None = None,
        line: int | None = None,
        column: str | None = None,
        value: object = None,
        valid: Iterable[str] = (),
    ) -> None:
        self.expected = expected
        self.file = str(file) if file is not None else None
        self.line = line
        self.column = column
        self.value = value
        self.nearest = nearest(str(value), valid) if value is not None else None
        super().__init__(self._message())

    def _message(self) -> str:
        where = [self.file] if self.file else []
        if self.line is not None:
            where.append(f"line {self.line}")
        if self.column is not None:
            where.append(f'column "{self.column}"')
        said = f'"{self.value}": ' if self.value is not None else ""
        hint = f' Did you mean "{self.nearest}"?' if self.nearest else ""
        prefix = ", ".join(where) + ": " if where else ""
        return f"{prefix}{said}{self.expected}.{hint}"


def nearest(value: str, valid: Iterable[str]) -> str | None:
    """The valid name closest to what was typed, or None when nothing is close."""
    by_lower = {name.lower(): name for name in valid}
    found = get_close_matches(value.lower(), by_lower, n=1, cutoff=0.5)
    return by_lower[found[0]] if found else None
