"""The questions of a new engineer are answered, each with files that hold what the answer says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "questions.md"
SECTIONS = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
FILE = re.compile(r"^- \[[^\]]+\]\(([^)]+)\)$", re.MULTILINE)
NAME = re.compile(r"`([A-Za-z_][\w-]*)`")
OF_NO_FILE = {"public"}
"""Words in code that are a value, not a name."""


def question_of(section: str) -> str:
    return section.splitlines()[0]


def test_the_ten_questions_are_there() -> None:
    asked = " ".join(map(question_of, SECTIONS))
    for words in (
        "contact's cost",
        "point of delivery",
        "page",
        "verb",
        "model with sign-in",
        "form and a page",
        "gap calibrated",
        "plan.json",
        "luck",
        "effects meet",
        "clear and fast",
    ):
        assert words in asked


@pytest.mark.parametrize("section", SECTIONS, ids=question_of)
def test_an_answer_names_three_files_at_most_and_they_are_there(section: str) -> None:
    files = [(PAGE.parent / name).resolve() for name in FILE.findall(section)]
    assert 1 <= len(files) <= 3
    assert [file for file in files if not file.is_file()] == []


@pytest.mark.parametrize("section", SECTIONS, ids=question_of)
def test_names_in_an_answer_are_in_its_files(section: str) -> None:
    files = [(PAGE.parent / name).resolve() for name in FILE.findall(section)]
    held = "\n".join(file.read_text(encoding="utf-8") for file in files)
    names = set(NAME.findall(section)) - OF_NO_FILE
    assert names
    assert {name for name in names if not re.search(rf"\b{re.escape(name)}\b", held)} == set()
