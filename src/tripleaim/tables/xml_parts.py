"""The parts of a workbook, looked through by a parser before anything is made of them.

expat, which is in Python, reads each part as a stream: no tree is built and no entity expanded. So
what stands in a comment or a text counts for nothing, and a document type is seen in any encoding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

MOST_DEPTH = 100
"""Elements inside one another; the deepest drawings of Excel have some 30."""

MOST_ELEMENTS = 6_000_000
"""Elements of all parts together: some three million cells, which take most of a minute to read."""

MOST_IN_A_TREE = 300_000
"""Elements of a part that is held in memory as a whole, such as the styles."""

_STREAMED = ("worksheet", "sst", "pivotCacheRecords")
_PLAIN = ("utf-8", "us-ascii", "ascii")
_EVERY = 10_000
_LONGEST_NUMBER = 300


class NotPlainError(Exception):
    """A part holds what no workbook needs: the message says what is expected instead."""


@dataclass
class XmlPart:
    """What a part holds: the local name of its root, its elements, merged ranges, hidden rows.

    The root is empty for what is no XML at all, such as a picture. `last_row` is the highest number
    that a row has: the reader makes all those before it, empty, which takes seconds for a million.
    """

    root: str = ""
    elements: int = 0
    merged: list[str] = field(default_factory=list)
    hides: bool = False
    last_row: int = 0


def look_at(content: bytes, before: int = 0) -> XmlPart:
    """What the bytes of a part hold, if they are XML; an empty `XmlPart` otherwise.

    Raises NotPlainError for a document type, for another encoding than UTF-8, for elements deeper
    than MOST_DEPTH and for more than MOST_ELEMENTS with the ones `before` in other parts. What
    stops being XML half-way is read up to there: the reader of the sheet refuses it.
    """
    part = XmlPart()
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.XmlDeclHandler = _check_encoding
    parser.StartElementHandler, parser.EndElementHandler = _handlers(part, before)
    try:
        parser.Parse(content, True)
    except expat.ExpatError as fault:
        if fault.code == expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]:
            raise NotPlainError("expected plain XML in UTF-8 inside the workbook") from None
    _check_number(part, before)
    if part.root and b"\0" in content[:4]:  # UTF-16, with or without a mark
        raise NotPlainError("expected plain XML in UTF-8 inside the workbook")
    return part


def _handlers(
    part: XmlPart, before: int
) -> tuple[Callable[[str, list[str]], None], Callable[[str], None]]:
    depth = 0

    def start(name: str, attributes: list[str]) -> None:
        nonlocal depth
        depth += 1
        part.elements += 1
        if depth > MOST_DEPTH:
            raise NotPlainError(f"expected at most {MOST_DEPTH} elements inside one another")
        local = name.rpartition(":")[2] if ":" in name else name
        part.root = part.root or local
        if part.elements % _EVERY == 0:
            _check_number(part, before)
        if local == "mergeCell":
            part.merged.append(_value(attributes, "ref"))
        elif local in ("row", "col"):
            part.hides |= _value(attributes, "hidden") in ("1", "true")
            if local == "row":
                part.last_row = max(part.last_row, _whole(_value(attributes, "r")))

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    return start, end


def _check_number(part: XmlPart, before: int) -> None:
    most = MOST_ELEMENTS if part.root in _STREAMED else MOST_IN_A_TREE
    if part.elements > most or part.elements + before > MOST_ELEMENTS:
        raise NotPlainError(f"expected at most {most:,} elements, such as cells and their values")


def _whole(text: str) -> int:
    """The number of a row; 0 for what the reader refuses."""
    try:
        return int(float(text)) if len(text) <= _LONGEST_NUMBER else 0
    except (ValueError, OverflowError):
        return 0


def _value(attributes: list[str], name: str) -> str:
    """An attribute by its local name; expat gives names and values in turn."""
    for at in range(0, len(attributes), 2):
        if attributes[at].rpartition(":")[2] == name:
            return attributes[at + 1]
    return ""


def _refuse_document_type(*_: object) -> None:
    raise NotPlainError("expected plain XML in UTF-8 inside the workbook, without a document type")


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _PLAIN:
        raise NotPlainError("expected plain XML in UTF-8 inside the workbook")
