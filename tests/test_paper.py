"""The methods paper says what the code says, and every table in it is made."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tripleaim.place import Place

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # `paper` is beside the package, as `bench` does

from paper import chapters, inputs, markers, results  # noqa: E402 - found by the line above
from paper.rows import markdown, number_text, ranged  # noqa: E402 - found by the line above

SENTENCES = ("backtest-verdict", "backtest-limits")
MADE_BY = re.compile(r"\n\n\*inputs `[0-9a-f]{12}`, seed \d+, version [\d.]+.*\.\*\n$", re.DOTALL)


@pytest.fixture(scope="module")
def text() -> str:
    """Front page and chapters, one after the other."""
    return "\n".join(chapters.read_chapters().values())


@pytest.fixture(scope="module")
def tables(text: str) -> dict[str, str]:
    return markers.tables_in(text)


@pytest.mark.parametrize("name", sorted(inputs.TABLES))
def test_a_table_of_inputs_is_as_the_code_makes_it(
    name: str, tables: dict[str, str], somerset: Place
) -> None:
    assert tables[name] == inputs.TABLES[name](somerset) + "\n", "run make paper"


def test_every_table_in_the_paper_has_a_maker_and_every_maker_a_place(
    tables: dict[str, str],
) -> None:
    assert set(tables) == {*inputs.TABLES, *results.TABLES}


def test_every_number_in_the_paper_has_a_maker_and_every_maker_a_place(text: str) -> None:
    assert markers.numbers_in(text) == set(results.NUMBERS)


def test_no_table_stands_outside_marks(text: str) -> None:
    rest = markers.outside(text)
    assert [line for line in rest.splitlines() if line.lstrip().startswith("|")] == []


def test_every_table_of_results_says_what_made_it(tables: dict[str, str]) -> None:
    silent = [
        name
        for name in results.TABLES
        if name not in SENTENCES and not MADE_BY.search(tables[name])
    ]
    assert silent == []


def test_marks_are_closed_within_their_chapter() -> None:
    for name, text in chapters.read_chapters().items():
        markers.check(text)
        assert text.startswith("# "), name


def test_every_number_is_filled(text: str) -> None:
    assert [name for name, body in markers.NUMBER.findall(text) if not re.search(r"\d", body)] == []


def test_filling_one_table_leaves_the_rest_of_the_text() -> None:
    before = "a <!-- n: x -->1<!-- /n -->\n<!-- table: t -->\nold\n<!-- end -->\n| own | <!-- b -->"
    after = markers.filled(before, lambda name: f"new {name}", str, only=("t",))
    assert after == before.replace("old", "new t")


def test_numbers_and_tables_are_filled_by_name() -> None:
    before = "<!-- n: x -->1<!-- /n -->, <!-- n: y -->1<!-- /n -->\n<!-- table: t -->\n<!-- end -->"
    after = markers.filled(before, str.upper, str.upper)
    expected = "<!-- n: x -->X<!-- /n -->, <!-- n: y -->Y<!-- /n -->"
    assert after == expected + "\n<!-- table: t -->\nT\n<!-- end -->"


@pytest.mark.parametrize(
    "text",
    [
        "<!-- table: t -->\nold\n",
        "old\n<!-- end -->",
        "<!-- n: x -->1",
        "<!-- table: t -->\n<!-- end -->\n<!-- table: t -->\n<!-- end -->",
    ],
)
def test_a_mark_without_its_half_and_a_table_twice_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected every"):
        markers.check(text)


def test_columns_of_numbers_stand_to_the_right_and_bars_are_escaped() -> None:
    made = markdown(("name", "value"), [["a|b", "−1.5"], ["c", "–"]])
    assert made == "| name | value |\n| --- | --: |\n| a\\|b | −1.5 |\n| c | – |"


def test_a_number_that_rounds_to_zero_has_no_sign() -> None:
    assert (number_text(-0.04), number_text(-0.06), number_text(-1234.5, 0)) == (
        "0.0",
        "−0.1",
        "−1,234",
    )
    assert (ranged(2, 1, 3), ranged(2, 2, 2), ranged(None, None, None)) == (
        "2.0 (1.0 to 3.0)",
        "2.0",
        "–",
    )
