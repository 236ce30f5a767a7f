"""No page, message or document uses a turn that readers stumble over; each has a plain one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from texts import ROOT, Text, all_texts

HERE = Path(__file__).parent


class Turn(NamedTuple):
    """A banned turn: the pattern that finds it, and what to write instead."""

    find: re.Pattern[str]
    write: str
    docstrings: bool


class Allowed(NamedTuple):
    """Where a banned turn may stay: a file, the words around it, and why."""

    file: str
    words: str
    reason: str


def read_turns() -> list[Turn]:
    """The banned turns of `banned_turns.toml`."""
    rows = tomllib.loads((HERE / "banned_turns.toml").read_text(encoding="utf-8"))["turn"]
    return [
        Turn(
            re.compile(r"\b(?:" + row["find"].replace(" ", r"\s+") + r")\b", re.IGNORECASE),
            row["write"],
            row.get("docstrings", False),
        )
        for row in rows
    ]


def read_exceptions() -> list[Allowed]:
    """What may stay, of `banned_turns.toml`."""
    declared = tomllib.loads((HERE / "banned_turns.toml").read_text(encoding="utf-8"))
    return [Allowed(**row) for row in declared.get("allowed", [])]


def faults(text: Text, turns: list[Turn], exceptions: list[Allowed]) -> list[str]:
    """Each banned turn in a text: its file and line, the words, and what to write instead."""
    found = []
    allowed = [e for e in exceptions if e.file == text.file]
    for turn in turns:
        if text.is_docstring and not turn.docstrings:
            continue
        for hit in turn.find.finditer(text.words):
            around = " ".join(text.words[max(0, hit.start() - 80) : hit.end() + 80].split())
            if not any(e.words in around for e in allowed):
                found.append(f"{text.where(hit.start())}: “{hit[0]}” in “{around}”: {turn.write}")
    return found


def test_no_text_uses_a_banned_turn() -> None:
    turns, exceptions = read_turns(), read_exceptions()
    found = [fault for text in all_texts() for fault in faults(text, turns, exceptions)]
    assert found == [], "\n".join(["", *found])


def test_every_exception_is_still_needed() -> None:
    texts = {t.file: (ROOT / t.file).read_text(encoding="utf-8") for t in all_texts()}
    turns = read_turns()
    for exception in read_exceptions():
        assert " ".join(exception.words.split()) in " ".join(texts[exception.file].split())
        assert any(turn.find.search(exception.words) for turn in turns), exception.words
        assert len(exception.reason) > 10


@pytest.mark.parametrize(
    ("words", "write"),
    [
        ("It is held\n  against the plan", "compare"),
        ("an error of nought", "zero"),
        ("On whose word is it?", "evidence"),
    ],
)
def test_a_banned_turn_is_found_over_the_end_of_a_line(words: str, write: str) -> None:
    [fault] = faults(Text("a.md", 3, words), read_turns(), [])
    assert fault.startswith("a.md:3: ")
    assert write in fault


def test_ordinary_words_pass() -> None:
    plain = "Compare the forecast with the plan. It is £20.9m short. No one knows yet."
    assert faults(Text("a.md", 1, plain), read_turns(), []) == []


def test_every_kind_of_text_is_read() -> None:
    texts = all_texts()
    kinds = {Path(t.file).suffix for t in texts}
    assert {".py", ".jinja", ".csv", ".toml", ".md"} <= kinds
    assert len(texts) > 3000
