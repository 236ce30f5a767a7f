"""TOML in, typed values out; every fault is named by file, line and key."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from tripleaim.place.toml_lines import lines_of
from tripleaim.tables import File, InputError, path_of, read_text

MOST_CHARACTERS = 1_000_000
MOST_IN_A_LINE = 10_000
"""The longest file of ours has 62,000 characters, its longest line 582."""

MOST_KEYS = 50
_OTHER = re.compile(r"[^A-Za-z0-9_.-]+")

_IN_WORDS: Mapping[type, str] = {
    str: "a text in quotes",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list in square brackets",
    dict: "a table",
}


class Toml:
    """A TOML file whose values remember the line they stand on."""

    def __init__(self, file: Path | File) -> None:
        """Read a file, at a path or already read. Raises InputError when it is not TOML."""
        self.path = path_of(file)
        self._text = read_text(file)
        self._refuse_without_end()
        try:
            self.data: dict[str, Any] = tomllib.loads(self._text)
        except (ValueError, RecursionError) as fault:
            reason = (
                str(fault)
                if isinstance(fault, ValueError)
                else "it has too many levels inside one another"
            )
            at = re.search(r"line (\d+)", reason)
            lines = self._text.rstrip().split("\n")
            line = min(int(at.group(1)) if at else len(lines), len(lines))
            raise InputError(
                f"not TOML: {reason}", file=self.path, line=line, value=lines[line - 1].strip()[:60]
            ) from None

    def _refuse_without_end(self) -> None:
        """Refuse what no file of ours has, since the standard reader takes time beyond its size."""
        if len(self._text) > MOST_CHARACTERS:
            raise InputError(
                f"expected at most {MOST_CHARACTERS:,} characters",
                file=self.path,
                value=len(self._text),
            )
        for at, line in enumerate(self._text.split("\n"), start=1):
            if len(line) > MOST_IN_A_LINE:
                expected = f"expected at most {MOST_IN_A_LINE:,} characters in a line"
                raise InputError(expected, file=self.path, line=at, value=line[:40])
            if line.count(".") > MOST_KEYS and _keys(line) > MOST_KEYS:
                expected = f"expected at most {MOST_KEYS} keys inside one another"
                raise InputError(expected, file=self.path, line=at, value=line[:40])

    @cached_property
    def _lines(self) -> Mapping[tuple[str | int, ...], int]:
        return lines_of(self._text)

    def line_of(self, *keys: str | int) -> int:
        """The line where the value at `keys` is set, else that of the table it is missing from."""
        for end in range(len(keys), 0, -1):
            if keys[:end] in self._lines:
                return self._lines[keys[:end]]
        return 1

    def fault(
        self, expected: str, *keys: str | int, value: object = None, valid: Sequence[str] = ()
    ) -> InputError:
        """The error that says the value at `keys` is not what was expected."""
        return InputError(
            expected,
            file=self.path,
            line=self.line_of(*keys),
            column=".".join(map(str, keys)) or None,
            value=value,
            valid=valid,
        )

    def take(self, kind: type | tuple[type, ...], *keys: str | int, default: Any = ...) -> Any:
        """The value at `keys`, of type `kind`; `default` if it is absent and a default is given.

        A whole number does for a `float`; `nan` and `inf` do not.
        """
        value: Any = self.data
        for place, key in enumerate(keys):
            if not isinstance(value, dict | list):  # a text would give its letters
                raise self.fault("expected a table", *keys[:place], value=value)
            try:
                inside: Any = value
                value = inside[key]
            except (KeyError, IndexError, TypeError):
                if default is not ...:
                    return default
                siblings = list(value) if isinstance(value, dict) else []
                raise self.fault(
                    "this key is required but is missing", *keys, value=key, valid=siblings
                ) from None
        kinds = kind if isinstance(kind, tuple) else (kind,)
        words = " or ".join(_IN_WORDS[k] for k in kinds)
        if float in kinds and isinstance(value, int) and not isinstance(value, bool):
            value = float(value) if abs(value) < 2**53 else math.inf
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise self.fault(f"expected {words}", *keys, value=value)
        if isinstance(value, float) and not math.isfinite(value):
            raise self.fault("expected a finite number", *keys, value=value)
        return value

    def numbers(self) -> Iterator[tuple[tuple[str | int, ...], float]]:
        """Every number of the file, with the keys and positions that it stands at."""
        yield from _numbers(self.data, ())

    def only(self, allowed: Sequence[str], *keys: str | int) -> None:
        """Raise InputError if the table at `keys` holds a key that is not in `allowed`."""
        table = self.take(dict, *keys) if keys else self.data
        for key in table:
            if key not in allowed:
                raise self.fault(
                    f"unknown key; expected {', '.join(allowed)}",
                    *keys,
                    key,
                    value=key,
                    valid=allowed,
                )


def _keys(line: str) -> int:
    """The most keys that a line may have with points between them, such as `a."b".c`."""
    bare = line.replace('"', "").replace("'", "")
    closed = ".".join(part.strip() for part in bare.split("."))
    return max(run.count(".") for run in _OTHER.split(closed))


def _numbers(
    value: object, at: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], float]]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from _numbers(inside, (*at, key))
    elif isinstance(value, list):
        for place, inside in enumerate(value):
            yield from _numbers(inside, (*at, place))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield at, value
