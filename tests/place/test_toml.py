"""Every value of a TOML file is known by the line it stands on."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from faulty import outcome
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.place import InputError, Toml
from tripleaim.place.toml_lines import lines_of

SAMPLE = '''\
# name = "not this one"
name = "Hospital at home"   # a comment with [brackets] and = signs
summary = """
name = "nor this one"
[claim]
"""
organisations = [
    "RBA",  # first
    "RA4",
]
path = 'C:\\temp\\'

[reach]
who = "age >= 75 # not a comment"
"years to full" = 3

[claim]
commissioner = { "2016/17" = 1.5, "2017/18" = 2.5 }
providers."2018/19" = 3

[claim.notes]
text = 1

[[effects]]
changes = "contact rate"
[effects.evidence]
value = -0.1

[[effects]]  # the second
changes = "unit cost"
[effects.evidence]
value = -0.2
steps = [{ at = 1 },
  { at = 2 }]
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), 2),
        (("summary",), 3),
        (("organisations",), 7),
        (("organisations", 0), 8),
        (("organisations", 1), 9),
        (("path",), 11),
        (("reach",), 13),
        (("reach", "who"), 14),
        (("reach", "years to full"), 15),
        (("claim",), 17),
        (("claim", "commissioner", "2016/17"), 18),
        (("claim", "providers", "2018/19"), 19),
        (("claim", "notes", "text"), 22),
        (("effects",), 24),
        (("effects", 0, "evidence"), 26),
        (("effects", 0, "evidence", "value"), 27),
        (("effects", 1), 29),
        (("effects", 1, "changes"), 30),
        (("effects", 1, "evidence", "value"), 32),
        (("effects", 1, "evidence", "steps", 0, "at"), 33),
        (("effects", 1, "evidence", "steps", 1), 34),
        (("effects", 1, "evidence", "steps", 1, "at"), 34),
        (("claim", "owner"), 17),
        (("nowhere",), 1),
    ],
)
def test_a_value_is_found_on_its_line(
    tmp_path: Path, path: tuple[str | int, ...], line: int
) -> None:
    file = tmp_path / "solution.toml"
    file.write_bytes(SAMPLE.encode())
    assert Toml(file).line_of(*path) == line
    file.write_bytes(SAMPLE.replace("\n", "\r\n").encode())
    assert Toml(file).line_of(*path) == line


KEYS = st.sampled_from(["a", "b-c", "2016/17", "x y", 'q"t', "", "é", "d.e"])
SCALARS = st.sampled_from(
    ["1", "-2.5", "true", '"a # b = [c]"', "'x\\'", '"""\nk = 1\n"""', '""', "'''it's'''", "1e3"]
) | st.just("2016-10-21 10:00:00")


def _quoted(key: str) -> str:
    return '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _inline(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.dictionaries(KEYS, inner, max_size=3).map(
        lambda d: "{ " + ", ".join(f"{_quoted(k)} = {v}" for k, v in d.items()) + " }"
    )
    return pairs | st.lists(inner, max_size=3).map(lambda i: "[\n  " + ", # c\n  ".join(i) + "\n]")


VALUES = st.recursive(SCALARS, _inline, max_leaves=6)
TABLE = st.dictionaries(KEYS, VALUES, max_size=4)


@settings(max_examples=150, deadline=None)
@given(TABLE, st.lists(TABLE, max_size=3), st.booleans())
def test_every_value_of_any_file_has_a_line_that_holds_its_key(
    top: dict[str, str], tables: list[dict[str, str]], blank: bool
) -> None:
    def pairs(table: dict[str, str]) -> str:
        return "".join(
            f"# note\n{_quoted(k)} = {v}\n" + ("\n" if blank else "") for k, v in table.items()
        )

    text = pairs(top) + "".join(f"[[effects]]\n{pairs(table)}" for table in tables)
    data: dict[str, Any] = tomllib.loads(text)
    lines, rows = lines_of(text), text.split("\n")

    def check(value: Any, path: tuple[str | int, ...]) -> None:
        if path and isinstance(path[-1], str) and path != ("effects",):
            assert _quoted(path[-1]) in rows[lines[path] - 1]
        if path:
            assert lines[path] >= 1
        if isinstance(value, dict):
            for key, inner in value.items():
                check(inner, (*path, key))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                check(inner, (*path, index))

    check(data, ())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80) | st.text("[]{}=.\"'#\\\n ,a1-:", max_size=40).map(str.encode))
def test_any_bytes_are_a_table_or_a_fault_of_input(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(raw)
    found = outcome(lambda: Toml(file))
    if isinstance(found, InputError):
        assert str(found).startswith(str(file))
    else:
        assert all((key,) in lines_of(raw.decode().replace("\r\n", "\n")) for key in found.data)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name = "a"\nname = "b"\n', 'line 2: "name = "b"": not TOML: Cannot overwrite a value'),
        ('\n\nname = "a\n', 'line 3: "name = "a": not TOML: Illegal character'),
        ("a = " + "[" * 2000, "line 1: "),
        ("a = " + "1" * 5000, "line 1: "),
    ],
)
def test_a_file_that_is_not_toml_is_reported_with_its_line(
    tmp_path: Path, text: str, message: str
) -> None:
    file = tmp_path / "place.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        Toml(file)
    assert str(refusal.value).startswith(f"{file}, {message}")


def test_a_value_of_another_type_is_reported_in_words(tmp_path: Path) -> None:
    file = tmp_path / "place.toml"
    file.write_text(
        "name = 3\nshare = nan\nbig = 1" + "0" * 400 + '\ndeep = "text"\nwide = true\n',
        encoding="utf-8",
    )
    toml = Toml(file)
    for kind, keys, expected in [
        (str, ("name",), f'{file}, line 1, column "name": "3": expected a text in quotes.'),
        (float, ("share",), f'{file}, line 2, column "share": "nan": expected a finite number.'),
        (dict, ("deep",), f'{file}, line 4, column "deep": "text": expected a table.'),
        (str, ("deep", 0), f'{file}, line 4, column "deep": "text": expected a table.'),
        (int, ("wide",), f'{file}, line 5, column "wide": "True": expected a whole number.'),
        (
            str,
            ("nam",),
            f'{file}, line 1, column "nam": "nam": this key is required but is missing. Did you '
            'mean "name"?',
        ),
    ]:
        with pytest.raises(InputError) as refusal:
            toml.take(kind, *keys)
        assert str(refusal.value) == expected
    with pytest.raises(InputError, match=r"line 3.*expected a finite number"):
        toml.take(float, "big")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a = 1\n" * 200_000, "1,000,000 characters"),
        (f"a = '{'x' * 20_000}'\n", "10,000 characters in a line"),
        ("a" + ".a" * 4_000 + " = 1\n", "50 keys inside one another"),
        ("['a'" + " . ''" * 60 + "]\n", "50 keys inside one another"),
        ("a = " + "[\n" * 5_000, "too many levels inside one another"),
        ("a = " + "9" * 9_000, "not TOML"),
    ],
)
def test_a_file_without_end_is_refused_at_once(tmp_path: Path, text: str, word: str) -> None:
    file = tmp_path / "long.toml"
    file.write_text(text, encoding="utf-8")
    began = time.process_time()
    with pytest.raises(InputError, match=word):
        Toml(file)
    assert time.process_time() - began < 1


def test_fifty_keys_and_a_text_with_many_points_are_read(tmp_path: Path) -> None:
    file = tmp_path / "deep.toml"
    file.write_text("a" + ".a" * 50 + f" = '{'A sentence. ' * 200}'\n", encoding="utf-8")
    assert Toml(file).line_of("a", "a") == 1
