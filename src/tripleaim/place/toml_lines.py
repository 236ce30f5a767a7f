"""On which line of a TOML file each value stands.

The standard reader gives values without their lines. This walks the same text once more, after
that reader has accepted it, and only notes where keys, tables and list items begin.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\r\n]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)


def lines_of(text: str) -> Mapping[Path, int]:
    """The line (from 1) of every key, table and list item in a valid TOML `text`, by its path.

    A path is the keys on the way, with whole numbers for places in lists (from 0).
    """
    walk = _Walk(text)
    walk.document()
    return walk.lines


class _Walk:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.lines: dict[Path, int] = {}
        self.lists: dict[Path, int] = {}
        self.breaks = [found.start() for found in re.finditer("\n", text)]

    def document(self) -> None:
        table: Path = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            line = self.line()
            if self.text.startswith("[[", self.at):
                table = self.header(2, line)
            elif self.text[self.at] == "[":
                table = self.header(1, line)
            else:
                self.pair(table)
            self.skip(_BLANK)

    def line(self) -> int:
        return bisect_right(self.breaks, self.at - 1) + 1

    def skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise ValueError(f"not TOML at character {self.at}")
        self.at = match.end()
        return match.group()

    def note(self, path: Path, line: int) -> None:
        for end in range(1, len(path) + 1):
            self.lines.setdefault(path[:end], line)

    def header(self, brackets: int, line: int) -> Path:
        self.at += brackets
        keys = self.key()
        self.at += brackets
        path: Path = ()
        for key in keys[:-1]:
            path = (*path, key)
            if path in self.lists:
                path = (*path, self.lists[path])
        path = (*path, keys[-1])
        if brackets == 2:
            self.lists[path] = self.lists.get(path, -1) + 1
            path = (*path, self.lists[path])
        self.note(path, line)
        self.lines[path] = line
        return path

    def key(self) -> tuple[str, ...]:
        keys = []
        while True:
            self.skip(_SPACE)
            if self.text[self.at] in "\"'":
                keys.append(str(tomllib.loads(f"key = {self.skip(_STRING)}")["key"]))
            else:
                keys.append(self.skip(_BARE_KEY))
            self.skip(_SPACE)
            if self.text[self.at] != ".":
                return tuple(keys)
            self.at += 1

    def pair(self, table: Path) -> None:
        line = self.line()
        path = (*table, *self.key())
        self.at += 1  # the sign of equality
        self.skip(_SPACE)
        self.note(path, line)
        self.value(path)

    def value(self, path: Path) -> None:
        opening = self.text[self.at]
        if opening == "[":
            self.items(path)
        elif opening == "{":
            self.inline(path)
        elif opening in "\"'":
            self.skip(_STRING)
        else:
            self.skip(_BARE_VALUE)

    def items(self, path: Path) -> None:
        self.at += 1
        self.skip(_BLANK)
        index = 0
        while self.text[self.at] != "]":
            self.note((*path, index), self.line())
            self.value((*path, index))
            index += 1
            self.comma()
        self.at += 1

    def inline(self, path: Path) -> None:
        self.at += 1
        self.skip(_BLANK)
        while self.text[self.at] != "}":
            self.pair(path)
            self.comma()
        self.at += 1

    def comma(self) -> None:
        self.skip(_BLANK)
        if self.text[self.at] == ",":
            self.at += 1
            self.skip(_BLANK)
