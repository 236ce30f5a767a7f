"""Whatever is read from outside is read or refused: soon, in words, with little memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from looks import MOST_GROWTH, MOST_MEMORY, WARM, Parser, look
from parsers import parsers

SHARE = 5.0
"""Seconds of processor for each parser: twelve of them take below a minute."""


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory, hamlet_run: Path) -> Sequence[Parser]:
    return parsers(tmp_path_factory.mktemp("fuzz"), hamlet_run)


@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("expressions", 2_000),
        ("addresses of scenarios", 5_000),
        ("tables (CSV)", 60),
        ("TOML", 1_000),
        ("JSON of runs and jobs", 300),
        ("returns", 500),
        ("workbooks", 250),
        ("solutions", 400),
        ("official files", 500),
        ("plan.json", 1_000),
        ("run.json and manifest.json", 1_000),
        ("other files of results", 1_000),
    ],
)
def test_a_bad_input_is_read_or_refused_in_words(
    tried: Sequence[Parser], name: str, inputs: int
) -> None:
    [parser] = [one for one in tried if one.name == name]
    looked = look(parser, 7, inputs=inputs, seconds=SHARE)
    assert looked.inputs > 10
    assert looked.refused > looked.inputs / 4
    assert [what for _, what in looked.broken] == []


def test_every_good_input_that_is_changed_is_read_itself(tried: Sequence[Parser]) -> None:
    for parser in tried:
        read = 0
        for raw in parser.corpus:
            try:
                parser.read(raw)
            except Exception:  # noqa: S112 - some are refused for a reason of their own
                continue
            read += 1
        assert read > 0, parser.name


def test_what_raises_and_what_takes_much_memory_is_called_broken() -> None:
    def spoilt(_raw: bytes) -> object:
        raise IndexError(_raw)

    looked = look(Parser("spoilt", [b"a"], spoilt), 1, inputs=3)
    assert len(looked.broken) == 3
    assert "IndexError" in looked.broken[0][1]

    def greedy(_raw: bytes) -> object:
        return bytearray(int(1.1 * MOST_MEMORY * 2**20))

    if Path("/proc/self/clear_refs").exists():
        looked = look(Parser("greedy", [b"a"], greedy), 1, inputs=1)
        assert looked.broken[0][1].endswith("MB")


def test_a_process_that_never_gives_back_is_called_broken() -> None:
    kept: list[bytes] = []

    def hoarding(raw: bytes) -> None:
        kept.append(raw * (MOST_GROWTH * 2**20 // WARM + 1))

    def same(raw: bytes, *_: object) -> bytes:
        return raw

    looked = look(Parser("hoarding", [b"a"], hoarding, mutate=same), 1, inputs=2 * WARM + 2)
    assert [what for _, what in looked.broken] == [f"{looked.growth:.0f} MB are never given back"]
    assert looked.growth > MOST_GROWTH
