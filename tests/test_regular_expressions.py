"""No regular expression of the product takes longer than in proportion to what it reads."""

from __future__ import annotations

import ast
import importlib
import random
import re
import re._parser as regex_parser  # the standard library's own reading of a pattern
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import tripleaim
from tripleaim.accounts.monthly.return_cells import pounds_of
from tripleaim.place import age_texts, check, new
from tripleaim.tables import number

SOURCE = Path(tripleaim.__file__).parent
METHODS = ("search", "match", "fullmatch", "findall", "finditer", "sub", "split")
LENGTH = 20_000
"""Characters. A pattern that starts anew at each of them takes minutes, another milliseconds."""
MOST = 0.5
"""Seconds of processor for one text."""
UNITS = 60

OF_SHORT_TEXTS = {age_texts._SUFFIX: "an age of more than 80 characters is refused before"}
"""Patterns that never see a long text, with what keeps it from them."""

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="a pattern can be interrupted on POSIX alone"
)


def patterns() -> Iterator[tuple[str, re.Pattern[Any], set[str]]]:
    """Every pattern of the product: where it stands, and the methods it is used with."""
    for file in sorted(SOURCE.rglob("*.py")):
        text = file.read_text("utf-8")
        calls = [node for node in ast.walk(ast.parse(text)) if _is_of_re(node)]
        if calls:
            name = ".".join(file.with_suffix("").relative_to(SOURCE.parent).parts)
            names = vars(importlib.import_module(name.removesuffix(".__init__")))
            for call in calls:
                pattern = _pattern(call, dict(names))
                if pattern is not None:
                    yield f"{name}:{call.lineno}", pattern, _methods(call, text)


def _is_of_re(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in ("compile", *METHODS)
    )


def _pattern(call: Any, names: dict[str, Any]) -> re.Pattern[Any] | None:
    """The pattern of a call; None where it depends on what a function is given."""
    values = []
    for part in (call.args[0], *call.args[1:], *(keyword.value for keyword in call.keywords)):
        try:
            values.append(eval(compile(ast.Expression(part), "pattern", "eval"), names))  # noqa: S307 - ours
        except NameError:
            values.append(None)
    flags = [value for value in values[1:] if isinstance(value, re.RegexFlag)]
    return re.compile(values[0], flags[0] if flags else 0) if values[0] is not None else None


def _methods(call: Any, text: str) -> set[str]:
    if call.func.attr != "compile":
        return {call.func.attr}
    line = text.split("\n")[call.lineno - 1]
    name = re.match(r"\s*(\w+)(?:: [^=]+)? = re\.compile", line)
    used = re.findall(rf"\b{name[1]}\.(\w+)\b", text) if name else []
    # One in a list of patterns is used by whatever the loop over them calls it.
    used = used or re.findall(r"\bpattern\.(\w+)\(", text)
    return set(used) & set(METHODS) or {"search", "fullmatch"}


def _parts(pattern: re.Pattern[Any]) -> tuple[set[str], list[str]]:
    """Characters that the pattern asks for, one of each kind, and its words."""
    characters, words = {" ", "0", "a", "-"}, []

    def walk(items: Any) -> None:
        word = ""
        for kind, value in items:
            name = str(kind)
            if name == "LITERAL":
                characters.add(chr(value))
                word += chr(value)
                continue
            words.append(word)
            word = ""
            if name == "IN":
                characters.update(chr(v) for k, v in value if str(k) == "LITERAL")
                characters.update(chr(v[0]) for k, v in value if str(k) == "RANGE")
            elif name.endswith("_REPEAT"):
                walk(value[2])
            elif name == "SUBPATTERN":
                walk(value[3])
            elif name == "BRANCH":
                for branch in value[1]:
                    walk(branch)
            elif name.startswith("ASSERT"):
                walk(value[1])
        words.append(word)

    walk(regex_parser.parse(pattern.pattern, pattern.flags))
    return characters, [word for word in words if len(word) > 1]


def hostile(pattern: re.Pattern[Any]) -> Iterator[Any]:
    """Long texts that nearly match: each character and word of the pattern without end."""
    characters, words = _parts(pattern)
    pairs = [a + b for a in [*words, *sorted(characters)] for b in sorted(characters)]
    few = random.Random(7).sample(pairs, min(UNITS, len(pairs)))  # noqa: S311 - no secret
    for unit in [*sorted(characters), *words, *few]:
        for start in sorted({"", "(", "|", *words[:1]}):
            text = start + unit * (LENGTH // len(unit)) + "\x01"
            yield text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")


class _TooLongError(Exception):
    pass


def _stop(*_: object) -> None:
    raise _TooLongError


def seconds(pattern: re.Pattern[Any], method: str, text: Any) -> float:
    """Processor seconds of one look at a text, MOST at most."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    began = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, MOST)
        getattr(pattern, method if method in METHODS[:3] else "findall")(text)
    except _TooLongError:
        return MOST
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - began


def test_each_pattern_takes_time_in_proportion_to_its_text() -> None:
    slow = {}
    number = 0
    for where, pattern, methods in patterns():
        number += 1
        if pattern in OF_SHORT_TEXTS:
            continue
        for method in methods:
            for text in hostile(pattern):
                if seconds(pattern, method, text) >= MOST:
                    slow[where] = f"{pattern.pattern!r}.{method}({text[:20]!r}…)"
                    break
    assert number > 100
    assert slow == {}


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (number, "0" * 100_000 + "x"),
        (number, "(" + "0)" * 50_000),
        (pounds_of, "(" + " " * 100_000),
        (age_texts.read_ages, "5" + " -" * 50_000),
        (age_texts.read_ages, "-" * 100_000),
    ],
)
def test_a_cell_without_end_is_refused_at_once(read: Callable[[str], object], text: str) -> None:
    began = time.process_time()
    with pytest.raises(ValueError, match="expected"):
        read(text)
    assert time.process_time() - began < MOST


@pytest.mark.parametrize("sign", ["-", ".", "_", "# ", ",", '"'])
def test_a_comment_of_one_sign_takes_a_check_no_time(tmp_path: Path, sign: str) -> None:
    people = tmp_path / "people.csv"
    lines = [f"{age},{sex},10" for age in range(91) for sex in ("male", "female")]
    people.write_text("\n".join(["age,sex,population", *lines, ""]), encoding="utf-8")
    place = new(tmp_path / "arden", people)
    began = time.process_time()
    usual = check(place)
    plain = time.process_time() - began
    file = place / "population.csv"
    file.write_text(f"# {sign * 120_000}\n{file.read_text('utf-8')}", encoding="utf-8")
    began = time.process_time()
    assert check(place).faults == usual.faults
    assert time.process_time() - began < plain + 2


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"[0-9]+\.?[0-9]*", "fullmatch"),
        (r"[A-Za-z0-9_.-]*[A-Za-z0-9]", "findall"),
        (r"\(\s*([^()-]+?)\s*\)", "fullmatch"),
    ],
)
def test_the_looks_find_a_pattern_that_starts_anew_at_each_character(
    pattern: str, method: str
) -> None:
    one = re.compile(pattern)
    assert any(seconds(one, method, text) >= MOST for text in hostile(one))
