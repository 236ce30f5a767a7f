"""What we say when an input is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path, PureWindowsPath

from tripleaim.tables.years import is_year

_LONGEST = 300
"""Characters of a value that a message shows; no name is as long, so that nothing is near to it."""
_MOST_TOLD = 100
"""Faults that are written out; what is wrong in more lines than that is one thing."""
_ALIKE = str.maketrans("oilszb", "011528")


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
        super().__init__(self._message(self.file))

    @property
    def in_public(self) -> str:
        """The same message without the folders of this machine."""
        return self._message(_name(self.file) if self.file else None)

    @property
    def all_faults(self) -> tuple[InputError, ...]:
        """Every fault that is told at once: this one alone, unless it stands for several."""
        return (self,)

    def _message(self, file: str | None) -> str:
        where = [file] if file else []
        if self.line is not None:
            where.append(f"line {self.line}")
        if self.column is not None:
            where.append(f'column "{_start(self.column, _LONGEST)}"')
        found = f"{_in_words(self.value)}: " if self.value is not None else ""
        hint = f' Did you mean "{self.nearest}"?' if self.nearest else ""
        prefix = ", ".join(where) + ": " if where else ""
        return f"{prefix}{found}{self.expected}.{hint}"


def _in_words(value: object) -> str:
    """A value as it is told: in quotation marks, its start alone, and an empty cell as one."""
    text = str(value)
    return f'"{_start(text, _LONGEST)}"' if text else "nothing (an empty cell)"


def _start(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _name(path: str) -> str:
    """The last part of a path of this system, or of one that was written down on Windows."""
    of_windows = PureWindowsPath(path)
    return (of_windows if of_windows.drive else Path(path)).name


class SeveralFaultsError(InputError):
    """Several faults, told at once, a line each; what is asked of one fault is of the first."""

    def __init__(self, faults: Sequence[InputError]) -> None:
        first = faults[0]
        super().__init__(
            first.expected,
            file=first.file,
            line=first.line,
            column=first.column,
            value=first.value,
        )
        self.nearest = first.nearest
        self.faults = tuple(faults)
        self.args = (_listed([str(fault) for fault in self.faults[: _MOST_TOLD + 1]], len(faults)),)

    @property
    def in_public(self) -> str:
        """The messages without the folders of this machine."""
        messages = [fault.in_public for fault in self.faults[: _MOST_TOLD + 1]]
        return _listed(messages, len(self.faults))

    @property
    def all_faults(self) -> tuple[InputError, ...]:
        """Each of the faults."""
        return self.faults

    def __reduce__(self) -> tuple[type[SeveralFaultsError], tuple[tuple[InputError, ...]]]:
        return type(self), (self.faults,)


def _listed(messages: Sequence[str], number: int) -> str:
    """Messages, a line each; of more than _MOST_TOLD how many there are besides."""
    if number <= _MOST_TOLD:
        return "\n".join(messages)
    return "\n".join([*messages[:_MOST_TOLD], f"and {number - _MOST_TOLD:,} more like these"])


def refuse(faults: Iterable[InputError]) -> None:
    """Raise the faults at once, each told once; nothing where there are none."""
    by_message = {str(fault): fault for many in faults for fault in many.all_faults}
    if len(by_message) == 1:
        raise next(iter(by_message.values()))
    if by_message:
        raise SeveralFaultsError(tuple(by_message.values()))


def _as_seen(name: str) -> str:
    """A name with letters and digits that look alike made one: O and 0, I, l and 1."""
    return name.lower().translate(_ALIKE)


def nearest(value: str, valid: Iterable[str]) -> str | None:
    """The valid name closest to what was typed, the first of equals; None when nothing is close.

    A name that looks the same goes first: O4G is 04G. Of years it is the nearest in time.
    """
    if len(value) > _LONGEST:
        return None
    valid = [name for name in valid if len(name) <= _LONGEST]
    alike = [name for name in valid if _as_seen(name) == _as_seen(value)]
    if len(alike) == 1:
        return alike[0]
    if is_year(value) and valid and all(map(is_year, valid)):
        return min(valid, key=lambda year: abs(int(year[:4]) - int(value[:4])))
    matcher = SequenceMatcher(b=value.lower())
    best, best_ratio = None, 0.5
    for name in valid:
        matcher.set_seq1(name.lower())
        if matcher.quick_ratio() > best_ratio and matcher.ratio() > best_ratio:
            best, best_ratio = name, matcher.ratio()
    return best
