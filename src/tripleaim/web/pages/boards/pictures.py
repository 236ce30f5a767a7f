"""The map of the boards by a measure."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.board_comparison import ComparedBoard
from tripleaim.web.pages.boards.presenters import GROUPS, BoardsChoice, number, reading
from tripleaim.web.ui.maps import BoardOnMap, board_map

Groups = Sequence[Sequence[ComparedBoard]]


def comparison_map(choice: BoardsChoice, groups: Groups) -> str:
    """The map as SVG: each board leads to its numbers, in the order of the table."""
    shades = {board.code: k for k, group in enumerate(groups) for board in group}
    ordered = [*choice.known, *(b for b in choice.document.boards if b.code not in shades)]
    shown = {
        board.code: BoardOnMap(
            reading(choice, board),
            shades.get(board.code),
            choice.address(board),
            chosen=board is choice.board,
        )
        for board in ordered
    }
    said = (
        f"Map of England’s {len(ordered)} boards in {GROUPS} shades, the darkest for the highest "
        "numbers. The table below has the same numbers."
        if groups
        else "Map of England’s boards. No board’s number is known."
    )
    return board_map(shown, choice.measure.title, said)


def map_key(choice: BoardsChoice, groups: Groups) -> list[tuple[str, str]]:
    """The marks of the shades, each with its lowest and highest number."""
    key = []
    for k, group in enumerate(groups, start=1):
        values = [choice.value(board).value or 0.0 for board in group]
        low, high = (number(end, choice.measure.unit) for end in (min(values), max(values)))
        key.append((f"q{k}", low if low == high else f"{low} to {high}"))
    return key
