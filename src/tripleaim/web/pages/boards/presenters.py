"""A comparison of boards in words and as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any
from urllib.parse import urlencode

from tripleaim import wording as words
from tripleaim.board_comparison import (
    ComparedBoard,
    ComparedMeasurePart,
    ComparedValue,
    ComparisonDocument,
)
from tripleaim.web.ui.tables import PageColumn, PageTable

USUAL = "need_index"
"""The measure that is shown first."""
GROUPS = 5
"""Shades of the map: as many boards in each as can be."""
ADDRESS = "/boards/"
ASKED_FOR = {
    "opening.commissioner": "the opening position",
    "growth.allocation": "the growth of the allocation",
}
"""What a gap waits for, in words."""


@dataclass(frozen=True)
class BoardsChoice:
    """What a reader looks at: a measure of all boards, and one board of them or none."""

    document: ComparisonDocument
    measure: ComparedMeasurePart
    board: ComparedBoard | None

    def value(self, board: ComparedBoard) -> ComparedValue:
        """The board's number of this measure."""
        return board.values[self.measure.id]

    @property
    def known(self) -> Sequence[ComparedBoard]:
        """The boards whose number is known, the highest first."""
        known = [board for board in self.document.boards if self.value(board).value is not None]
        return sorted(known, key=lambda board: (-(self.value(board).value or 0.0), board.name))

    def address(self, board: ComparedBoard) -> str:
        """This page with the board chosen."""
        asked = {"measure": self.measure.id, "board": board.code}
        return f"{ADDRESS}?{urlencode(asked)}#board"


def chosen(document: ComparisonDocument, measure: str | None, board: str | None) -> BoardsChoice:
    """The choice of an address; what it names that is not there is as if it were not named."""
    measures = {one.id: one for one in document.measures}
    boards = {one.code: one for one in document.boards}
    found = measures.get(measure or "") or measures[USUAL]
    return BoardsChoice(document, found, boards.get(board or ""))


def options(document: ComparisonDocument) -> Mapping[str, str]:
    """The measures to choose from: id and title."""
    return {one.id: one.title for one in document.measures}


def names(document: ComparisonDocument) -> Mapping[str, str]:
    """The boards to choose from: code and name."""
    by_name = sorted(document.boards, key=lambda board: board.name)
    return {board.code: board.name for board in by_name}


def number(value: float, unit: str) -> str:
    """A number of a measure as the page says it."""
    if unit == "people":
        return words.count(value)
    if unit == "£m":
        return words.signed(value)
    if unit == "%":
        return words.percent(value)
    return words.tenths(value)


def said(one: ComparedValue, unit: str) -> str:
    """A number with its interval: "8.9% (6.1% to 12.0%)"."""
    if one.value is None:
        return "not known"
    return f"{number(one.value, unit)}{_in_brackets(interval(one, unit))}"


def interval(one: ComparedValue, unit: str) -> str:
    """The interval: "6.1% to 12.0%"; empty where there is none."""
    if one.low is None or one.high is None:
        return ""
    return f"{number(one.low, unit)} to {number(one.high, unit)}"


def rank(one: ComparedValue) -> str:
    """The rank with its range: "12 (8 to 17)"; empty where no uncertainty is known."""
    if one.rank is None:
        return ""
    if one.rank_low == one.rank_high:
        return f"{one.rank} (in all draws)"
    return f"{one.rank} ({one.rank_low} to {one.rank_high})"


def reading(choice: BoardsChoice, board: ComparedBoard) -> str:
    """What is read of a board on the map."""
    one = choice.value(board)
    place = f", rank {rank(one)}" if one.rank is not None else ""
    return f"{board.name}: {said(one, choice.measure.unit)}{place}"


def answer(choice: BoardsChoice) -> str:
    """The lowest and the highest board, and how many boards can be told apart."""
    measure, known = choice.measure, choice.known
    if not known:
        return (
            "The gap before savings is not known: no board publishes its opening position, or the "
            "growth of its allocation after 2025/26."
        )
    top, last = known[0], known[-1]
    span = (
        f"{measure.title}: from {number(choice.value(last).value or 0.0, measure.unit)} in "
        f"{last.name} to {number(choice.value(top).value or 0.0, measure.unit)} in {top.name}."
    )
    apart = told_apart(choice)
    return span if apart is None else f"{span} {apart}"


def told_apart(choice: BoardsChoice) -> str | None:
    """Of how many pairs of boards the ranges of ranks do not overlap; None without ranks."""
    ranges = [
        (one.rank_low, one.rank_high)
        for one in map(choice.value, choice.known)
        if one.rank_low is not None and one.rank_high is not None
    ]
    if not ranges:
        return None
    pairs = list(combinations(ranges, 2))
    clear = sum(a[1] < b[0] or b[1] < a[0] for a, b in pairs)
    share = words.percent(100 * clear / len(pairs), 0) if pairs else "0%"
    return f"We can say which of two boards is higher for {share} of all pairs."


def groups(choice: BoardsChoice) -> list[list[ComparedBoard]]:
    """The boards in fifths, the highest first; none where no number is known."""
    known = list(choice.known)
    ends = [round(k * len(known) / GROUPS) for k in range(GROUPS + 1)]
    return [known[a:b] for a, b in pairwise(ends) if b > a]


def table(choice: BoardsChoice) -> PageTable:
    """Every board in the order of the measure."""
    measure = choice.measure
    rows: list[dict[str, Any]] = [
        {
            "name": board.name,
            "href": choice.address(board),
            "value": said_alone(choice.value(board), measure.unit),
            "interval": interval(choice.value(board), measure.unit),
            "rank": rank(choice.value(board)),
        }
        for board in [*choice.known, *(b for b in choice.document.boards if _unknown(choice, b))]
    ]
    columns = [PageColumn("name", "Board"), PageColumn("value", measure.title, "worded")]
    if measure.covers:
        columns.append(PageColumn("interval", "Interval", "worded"))
    if any(row["rank"] for row in rows):
        columns.append(PageColumn("rank", "Rank (range)", "worded"))
    return PageTable("boards", f"Boards by: {words.inside(measure.title)}", columns, rows)


def said_alone(one: ComparedValue, unit: str) -> str:
    """The number without its interval."""
    return "not known" if one.value is None else number(one.value, unit)


def board_table(choice: BoardsChoice) -> PageTable | None:
    """All measures of the chosen board."""
    board = choice.board
    if board is None:
        return None
    rows = [
        {
            "name": measure.title,
            "value": said_alone(board.values[measure.id], measure.unit),
            "interval": interval(board.values[measure.id], measure.unit) or _asks(board, measure),
            "rank": rank(board.values[measure.id]),
        }
        for measure in choice.document.measures
    ]
    columns = [
        PageColumn("name", "Measure"),
        PageColumn("value", "Number", "worded"),
        PageColumn("interval", "Interval", "worded"),
        PageColumn("rank", "Rank (range)", "worded"),
    ]
    return PageTable("board", board.name, columns, rows)


def notes(choice: BoardsChoice) -> list[str]:
    """How the numbers were made and what they do not say."""
    document, measure = choice.document, choice.measure
    result = []
    if measure.covers:
        result.append(f"The interval covers {measure.covers}.")
    if measure.kind == "drawn":
        errors = [choice.value(board).sample_error or 0.0 for board in document.boards]
        result += [
            f"We follow at most {words.count(document.most_people)} people of each board. The "
            "standard error of a board’s sample is at most "
            f"{number(max(errors), measure.unit)}.",
            "Rates of contact and prices are England’s. So boards differ here because their people "
            "differ, not because their care does.",
        ]
    if measure.covers and any(choice.value(board).rank for board in document.boards):
        result.append(
            "A rank of 1 is the highest number. If the ranges of two boards overlap, we cannot "
            "say which is higher."
        )
    if measure.kind == "asked for":
        result.append(
            "Each board can enter both figures in its own place. Until then, look at what care "
            "will cost more."
        )
    return [
        *result,
        f"Growth is from {document.first_year} to {document.last_year}. Made with version "
        f"{document.version} on {document.made_on}.",
    ]


def _unknown(choice: BoardsChoice, board: ComparedBoard) -> bool:
    return choice.value(board).value is None


def _asks(board: ComparedBoard, measure: ComparedMeasurePart) -> str:
    asked = board.values[measure.id].asks_for
    return f"asks for {words.listed([ASKED_FOR.get(one, one) for one in asked])}" if asked else ""


def _in_brackets(text: str) -> str:
    return f" ({text})" if text else ""
