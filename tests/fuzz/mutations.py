"""Good inputs made bad: bytes turned, parts doubled, numbers and signs of the format put in."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence

NUMBERS = (
    b"0",
    b"-1",
    b"1e999",
    b"-0.0",
    b"nan",
    b"inf",
    b"99999999999999999999",
    b"1e15",
    b"1,234",
    b"0x10",
    b"1_000",
    b"\xe2\x88\x925",
    b"9" * 400,
    b"2147483648",
    b"1e-400",
    b"0.30000000000000004",
)
SIGNS = (
    b"",
    b" ",
    b"\n",
    b"\r\n",
    b"\0",
    b'"',
    b"'",
    b"#",
    b"-" * 200,
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xc3\xa9",
    b"\xa3",
    b"(" * 60,
    b"[" * 60,
    b"{" * 60,
    b"<" * 60,
    b"&a;",
    b"\xe2\x80\xae",
    b"\xed\xa0\x80",
)
MOST_COPIES = 3_000
MOST_BYTES = 100_000


def mutate(raw: bytes, chance: random.Random, words: Sequence[bytes] = ()) -> bytes:
    """`raw` with one to four changes; `words` are what the format has a meaning for."""
    for _ in range(chance.randint(1, 4)):
        raw = _changed(raw, chance, [*NUMBERS, *SIGNS, *words])[:MOST_BYTES]
    return raw


def _changed(raw: bytes, chance: random.Random, words: Sequence[bytes]) -> bytes:
    at = chance.randint(0, len(raw))
    to = min(len(raw), at + chance.choice((1, 1, 2, 4, 16, 100)))
    before, part, after = raw[:at], raw[at:to], raw[to:]
    changes = (
        lambda: before + bytes([chance.randrange(256)]) + after,
        lambda: before + after,
        lambda: before + part * chance.choice((2, 3, 30, MOST_COPIES)) + after,
        lambda: before if chance.random() < 0.3 else raw,
        lambda: after + before + part,
        lambda: _number_replaced(raw, at, chance.choice(NUMBERS)),
        lambda: before + chance.choice(words) + after,
        lambda: before + chance.choice(words) + part + after,
    )
    return chance.choice(changes)()


def _number_replaced(raw: bytes, at: int, number: bytes) -> bytes:
    """The first number from `at` on replaced; a number put in where there is none."""
    while at < len(raw) and not raw[at : at + 1].isdigit():
        at += 1
    to = at
    while to < len(raw) and raw[to : to + 1].isdigit():
        to += 1
    return raw[:at] + number + raw[to:]


def mutate_book(raw: bytes, chance: random.Random, words: Sequence[bytes] = ()) -> bytes:
    """A workbook with a part changed, renamed, left out or doubled; or its bytes changed."""
    if chance.random() < 0.15:
        return mutate(raw, chance)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.randint(1, 2)):
        name = chance.choice([n for n in parts for _ in range(4 if "sheet" in n else 1)])
        kind = chance.randrange(12)
        if kind == 0:
            del parts[name]
        elif kind == 1:
            parts[name + chance.choice((".dat", "/", "\\", ".png", "x" * 300))] = parts.pop(name)
        elif kind == 2:
            parts[name] = parts[name].decode("utf-8", "replace").encode("utf-16")
        else:
            parts[name] = mutate(parts[name], chance, words)
        if not parts:
            break
    book = io.BytesIO()
    with zipfile.ZipFile(
        book, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    ) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return book.getvalue()
