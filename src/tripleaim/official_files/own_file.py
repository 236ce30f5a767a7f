"""A table of a place as it is written, changed line by line: what is not changed stays as it is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_OFFICIAL = re.compile(
    r"(gp-lists|gp-map|ods-practices|qof|rtt|ae-monthly|kh03|sickness|allocations|ons-snpp)-\d{4}.*"
)


_PRODUCT = "tripleaim"
"""The source of what nobody has published and the product assumes."""


def is_official(source: str) -> bool:
    """Whether a source is an official one that files are published for: these are refreshed."""
    return bool(_OFFICIAL.fullmatch(source))


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that is replaced, or a row that comes (before is empty) or goes (after is empty)."""

    file: str
    key: str
    column: str
    before: str
    after: str


@dataclass
class _OwnLine:
    """A line as it is written; `cells` are None for a comment or an empty line."""

    text: str
    cells: list[str] | None = None
    key: tuple[str, ...] = ()


@dataclass
class OwnFile:
    """A table of a place: comments, header, rows; `changes` are what was done to it."""

    name: str
    key: Sequence[str]
    header: list[str]
    lines: list[_OwnLine]
    newline: str
    changes: list[CellChange] = field(default_factory=list)
    _by_key: dict[tuple[str, ...], _OwnLine] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, key: Sequence[str]) -> OwnFile | None:
        """The table at a path, whose rows `key` tells apart; None where there is none, or another
        with other columns."""
        if not path.is_file():
            return None
        text = path.read_bytes().decode("utf-8-sig")
        newline = "\r\n" if "\r\n" in text else "\n"
        lines: list[_OwnLine] = []
        header: list[str] = []
        for record in _records(text.replace("\r\n", "\n")):
            if not record.strip() or record.startswith("#"):
                lines.append(_OwnLine(record))
                continue
            cells = [cell.strip() for cell in next(csv.reader(io.StringIO(record)))]
            lines.append(_OwnLine(record, None if not header else cells))
            header = header or cells
        if not set(key) <= set(header):
            return None
        table = cls(path.name, key, header, lines, newline)
        table._keyed()
        return table

    def text(self) -> str:
        """The file as it is written."""
        return "".join(f"{line.text}\n" for line in self.lines).replace("\n", self.newline)

    def rows(self) -> Iterator[dict[str, str]]:
        """Every row by column."""
        for line in self.lines:
            if line.cells is not None:
                yield self._row(line.cells)

    def sum_of(self, column: str) -> float:
        """What a column adds up to; empty cells count nothing."""
        return sum(float(row[column] or 0) for row in self.rows())

    def sources(self) -> set[str]:
        """The sources of the rows, or of the comments where rows name none."""
        if "source" in self.header:
            return {row["source"] for row in self.rows()}
        return set(filter(_is_dated, re.findall(r"[a-z0-9-]+", self.comments())))

    def comments(self) -> str:
        """The comments as one text, words that were divided at a hyphen put together."""
        texts = [line.text for line in self.lines if line.text.startswith("#")]
        joined = "\n".join(texts)
        return re.sub(r"\n# *", " ", re.sub(r"-\n# *", "-", joined)).removeprefix("# ")

    def row(self, *key: str) -> dict[str, str] | None:
        """The row of a key, or None."""
        line = self._by_key.get(key)
        return None if line is None or line.cells is None else self._row(line.cells)

    def put(self, row: Mapping[str, str], *, renew: bool = False, assumed: bool = False) -> bool:
        """Write a row over that of the same key, or add it; False for one written by hand.

        A row whose source is not official stays, and so does what an empty cell would replace.
        One with the same numbers stays too, except that it names the new source where one edition
        replaces another (`renew`). `assumed` replaces a row that the product itself assumed.
        """
        line = self._by_key.get(tuple(row[name] for name in self.key))
        if line is None or line.cells is None:
            self._add(row)
            return True
        before = self._row(line.cells)
        source = before.get("source", "")
        if "source" in before and not (is_official(source) or (assumed and source == _PRODUCT)):
            return False
        numbers = [name for name in row if name not in ("source", "status", *self.key)]
        differ = [name for name in numbers if row[name] and not _same(before[name], row[name])]
        if differ or (renew and before["source"] != row["source"]):
            after = before | {name: value for name, value in row.items() if value}
            self._changed(differ, before, after)
            line.cells = [after[name] for name in self.header]
            line.text = _csv(line.cells)
        return True

    def renew_sources(self, source: str) -> None:
        """Name a source in every row of an official one, where an edition replaces another."""
        at = self.header.index("source")
        for line in self.lines:
            if line.cells is not None and is_official(line.cells[at]) and line.cells[at] != source:
                line.cells[at] = source
                line.text = _csv(line.cells)

    def remove(self, goes: Callable[[dict[str, str]], bool]) -> list[dict[str, str]]:
        """Take out the rows that are to go, and give them."""
        gone = []
        kept = []
        for line in self.lines:
            if line.cells is not None and goes(self._row(line.cells)):
                gone.append(self._row(line.cells))
            else:
                kept.append(line)
        self.lines = kept
        self._keyed()
        for row in gone:
            column = next((n for n in self.header if n not in self.key), self.key[-1])
            self.changes.append(CellChange(self.name, self._key(row), column, row[column], ""))
        return gone

    def replace_words(self, before: str, after: str) -> None:
        """Replace words in the comments, also where a line ends between them."""
        end = 0
        for number, line in enumerate(self.lines):
            if line.text.startswith("#"):
                end = number + 1
            elif line.text.strip():
                break
        text = "\n".join(line.text for line in self.lines[:end])
        pattern = re.escape(before).replace(r"\ ", r"(?: |\n# ?)").replace(r"\-", r"\-(?:\n# ?)?")
        self.lines[:end] = [_OwnLine(part) for part in re.sub(pattern, after, text).split("\n")]

    def add_comment(self, text: str) -> None:
        """Put a line of comment over the header."""
        at = next(i for i, line in enumerate(self.lines) if line.text == _csv(self.header))
        if f"# {text}" not in [line.text for line in self.lines]:
            self.lines.insert(at, _OwnLine(f"# {text}"))

    def _row(self, cells: Sequence[str]) -> dict[str, str]:
        filled = [*cells, *[""] * (len(self.header) - len(cells))]
        return dict(zip(self.header, filled, strict=False))

    def _key(self, row: Mapping[str, str]) -> str:
        return " ".join(row[name] for name in self.key)

    def _changed(
        self, names: Sequence[str], before: Mapping[str, str], after: Mapping[str, str]
    ) -> None:
        for name in names:
            change = CellChange(self.name, self._key(before), name, before[name], after[name])
            self.changes.append(change)

    def _keyed(self) -> None:
        places = [self.header.index(name) for name in self.key]
        for line in self.lines:
            if line.cells is not None:
                width = len(line.cells)
                line.key = tuple(line.cells[at] if at < width else "" for at in places)
        self._by_key = {line.key: line for line in self.lines if line.cells is not None}

    def _add(self, row: Mapping[str, str]) -> None:
        """Add a row after those that start alike, in the order of their keys."""
        cells = [row.get(name, "") for name in self.header]
        key = tuple(row[name] for name in self.key)
        place = len(self.lines)
        for number, line in enumerate(self.lines):
            if line.key and line.key[0] == key[0]:
                place = number + 1
                if _in_order(line.key) > _in_order(key):
                    place = number
                    break
        added = _OwnLine(_csv(cells), cells, key)
        self.lines.insert(place, added)
        self._by_key[key] = added
        column = next((n for n in self.header if n not in self.key), self.key[0])
        self.changes.append(CellChange(self.name, " ".join(key), column, "", row.get(column, "")))


def _records(text: str) -> Iterator[str]:
    """Each record of a CSV text, also of several lines; comments and empty lines as they are."""
    held = ""
    for line in text.split("\n")[: -1 if text.endswith("\n") else None]:
        held = f"{held}\n{line}" if held else line
        if held.startswith("#") or held.count('"') % 2 == 0:
            yield held
            held = ""
    if held:
        yield held


def _in_order(key: Sequence[str]) -> list[tuple[float, str]]:
    """A key as it sorts: numbers, and bands of ages, by size."""
    return [(float(found[0]) if (found := re.match(r"\d+", part)) else -1.0, part) for part in key]


def _same(before: str, after: str) -> bool:
    if before == after:
        return True
    try:
        return float(before) == float(after)
    except ValueError:
        return False


def _csv(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(cells)
    return written.getvalue()


def _is_dated(word: str) -> bool:
    """Whether a word is the id of a source that ends in its year or month: gp-lists-2026-07."""
    parts = word.split("-")
    while len(parts[-1]) == 2 and parts[-1].isdigit() and len(parts) > 2:
        parts.pop()
    return len(parts) > 1 and len(parts[-1]) == 4 and parts[-1].isdigit() and bool(parts[0])
