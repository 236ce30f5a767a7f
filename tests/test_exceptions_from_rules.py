"""Whoever switches a rule off in the product says which, and why, in words."""

from __future__ import annotations

import re
import tokenize
from pathlib import Path

import pytest

import tripleaim

SOURCE = Path(tripleaim.__file__).parent
PYPROJECT = SOURCE.parents[1] / "pyproject.toml"
EXCEPTION = re.compile(r"#\s*(?:ruff:\s*)?no(?:qa|sec)\b", re.IGNORECASE)
REASONED = re.compile(
    r"#\s*(?P<whole>ruff: )?noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*(?P<reason> - \S.*\w.*)?"
)


def without_reason(code: str) -> list[int]:
    """Lines of exceptions that name no rule, or have no words behind it or in a comment above.

    Those of a whole file may have their words in the comments below.
    """
    lines = code.splitlines()
    readable = iter([f"{line}\n" for line in lines])
    comments = {
        token.start[0]: token.string
        for token in tokenize.generate_tokens(lambda: next(readable, ""))
        if token.type == tokenize.COMMENT
    }
    found = []
    for line, comment in comments.items():
        exception = EXCEPTION.search(comment)
        if exception is None:
            continue
        said = REASONED.match(comment[exception.start() :])
        near = (line + 1, line + 2) if said and said["whole"] else (line - 1,)
        own = [n for n in near if n in comments and lines[n - 1].lstrip().startswith("#")]
        words = [comments[n] for n in own if not EXCEPTION.search(comments[n])]
        beside = any(": disable-error-code" not in one for one in words)
        if not said or not (said["reason"] or beside):
            found.append(line)
    return found


def test_every_exception_names_its_rule_and_its_reason() -> None:
    found = [
        f"{file.relative_to(SOURCE)}:{line}"
        for file in sorted(SOURCE.rglob("*.py"))
        for line in without_reason(file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "x = 1  # noqa: S101 - it was asked for",
        "# It was asked for.\nx = 1  # noqa: S101, S102",
        '# ruff: noqa: PLR0917\n# mypy: disable-error-code="x"\n# One step is one function.',
        's = "# noqa"',
    ],
)
def test_a_reason_beside_or_above_will_do(code: str) -> None:
    assert without_reason(code) == []


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("x = 1  # noqa", [1]),
        ("x = 1  # noqa: S101", [1]),
        ("x = 1  # nosec", [1]),
        ("x = 1  # noqa: S101 -", [1]),
        ("y = 1\n# ruff: noqa: PLR0917\n# mypy: disable-error-code=x", [2]),
        ("# ruff: noqa\n# Because.", [1]),
        ("x = 1  # noqa: S101 - asked for\ny = 1  # noqa: S101", [2]),
    ],
)
def test_an_exception_without_rule_or_reason_is_found(code: str, lines: list[int]) -> None:
    assert without_reason(code) == lines


def test_no_rule_on_security_is_off_for_the_product() -> None:
    text = PYPROJECT.read_text(encoding="utf-8")
    rules = re.search(r"^select = \[(.*)\]$", text, re.MULTILINE)
    ignored = re.search(r"^ignore = \[(.*)\]$", text, re.MULTILINE)
    of_files = re.findall(r'^"src/.*" = \[(.*)\]$', text, re.MULTILINE)
    assert rules is not None
    assert ignored is not None
    assert '"S"' in rules[1]
    assert not re.search(r'"S\d*"', ", ".join([ignored[1], *of_files]))
