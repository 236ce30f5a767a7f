"""Bytes as text: which encoding they are in, and what a file is that is no text at all."""

from __future__ import annotations

import re
from pathlib import Path

from tripleaim.tables.errors import InputError
from tripleaim.tables.rows import Note

_MARK = b"\xef\xbb\xbf"
_UTF_8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}")
"""A letter outside ASCII as UTF-8 writes it; bytes like these are rare in Windows-1252."""

_NO_TEXT = (
    (b"\xff\xfe", "UTF-16 (what Excel calls Unicode Text); save it as CSV UTF-8"),
    (b"\xfe\xff", "UTF-16 (what Excel calls Unicode Text); save it as CSV UTF-8"),
    (b"PK\x03\x04", "a workbook or another zip archive; give it the ending .xlsx"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls); save it as .xlsx or CSV UTF-8"),
    (b"%PDF", "a PDF document; ask for the table as CSV or .xlsx"),
    (b"PAR1", "a Parquet file; save it as CSV"),
    (b"\x1f\x8b", "a compressed file (.gz); unpack it"),
    (b"7z\xbc\xaf", "a compressed file (.7z); unpack it"),
    (b"{\\rtf", "a Word document (.rtf); ask for the table as CSV or .xlsx"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
)
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|table|head|body)[\s>]", re.IGNORECASE)


def decode(raw: bytes, path: Path) -> tuple[str, tuple[Note, ...]]:
    """The text of a file, and a note where it is not plain UTF-8.

    A byte-order mark is left out; what is not UTF-8 is read as Windows-1252, which Excel writes
    in Britain. Raises InputError for UTF-16, for what is no text, and for two encodings in one.
    """
    for start, what in _NO_TEXT:
        if raw.startswith(start):
            raise InputError(f"expected a text file; this is {what}", file=path)
    if _WEB_PAGE.match(raw):
        raise InputError("expected a table; this is a web page (a failed download?)", file=path)
    notes = []
    if raw.startswith(_MARK):
        raw = raw[len(_MARK) :]
        notes.append(Note(path, "the byte-order mark at its start is left out"))
    zero = raw.find(b"\0")
    if zero >= 0:
        half = raw[:400].count(b"\0") > len(raw[:400]) // 4
        what = f"this is {_NO_TEXT[0][1]}" if half else "this byte does not occur in text files"
        raise InputError(
            f"expected a text file; {what}", file=path, line=_line(raw, zero), value="\\x00"
        )
    try:
        return raw.decode("utf-8"), tuple(notes)
    except UnicodeDecodeError as fault:
        first = fault.start
    text, at = _windows(raw, path, first), _line(raw, first)
    word = text.split("\n")[at - 1].strip()[:60]
    message = f'read as Windows-1252, because it is not UTF-8: "{word}"'
    return text, (*notes, Note(path, message, at))


def _windows(raw: bytes, path: Path, first: int) -> str:
    also = _UTF_8_LETTER.search(raw)
    if also:
        raise InputError(
            "expected one encoding; this byte is not UTF-8, and line "
            f"{_line(raw, also.start())} is UTF-8; save it again as CSV UTF-8",
            file=path,
            line=_line(raw, first),
            value=f"\\x{raw[first]:02x}",
        )
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError as fault:
        raise InputError(
            "expected UTF-8 or Windows-1252; this byte is neither; save it again as CSV UTF-8",
            file=path,
            line=_line(raw, fault.start),
            value=f"\\x{raw[fault.start]:02x}",
        ) from None


def _line(raw: bytes, at: int) -> int:
    return raw[:at].count(b"\n") + 1
