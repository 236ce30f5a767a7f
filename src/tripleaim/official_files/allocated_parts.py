"""Lines of an allocations sheet that others are parts of: England, regions, boards with parts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tripleaim.official_files.headers import SheetRows, plain
from tripleaim.official_files.totals import say_unlike, unlike
from tripleaim.tables import plain_number

_REGION = re.compile(r"Y\d\d")
_RETAINED = "NHS ENGLAND"
"""What stands in the column of regions beside what a region of NHS England spends itself."""
_BELOW_BOARDS = re.compile(r"(sub_icb|ccg|place|location).*")
"""How a column is headed that divides boards."""
_ROUNDED = 0.5
"""Thousands of pounds that each part may differ by, because it is rounded."""
_MOST_TOLD = 3

Money = dict[str, float]
"""Thousands of pounds by year."""


@dataclass
class AllocatedParts:
    """The lines of a sheet by whose parts they are; `money` is the column of each year."""

    rows: SheetRows
    money: Mapping[str, int]
    _by_region: dict[str, list[Money]] = field(default_factory=lambda: defaultdict(list))
    _above: list[tuple[int, str, Money]] = field(default_factory=list)
    _boards: dict[str, tuple[int, Money]] = field(default_factory=dict)
    _divided: dict[str, list[Money]] = field(default_factory=lambda: defaultdict(list))
    _spoilt: set[str] = field(default_factory=set)

    def take_above(self, line: int, cells: Sequence[str]) -> None:
        """Keep a line that is no board's: a total, or what a region spends itself."""
        board, region = (self.rows.cell(cells, name).upper() for name in ("board", "region"))
        money = self._money(cells)
        if not money:
            return
        if _REGION.fullmatch(board) and _RETAINED in region:
            self._by_region[board].append(money)
        else:
            self._above.append((line, board, money))

    def take_board(self, line: int, cells: Sequence[str]) -> bool:
        """Keep a board's line; whether it is the board's own and not one of its parts'."""
        board = self.rows.cell(cells, "board").upper()
        if any(cells[at] for at in self._columns_below()):
            self._divided[board].append(self._money(cells))
            for year, at in self.money.items():
                if year not in self._divided[board][-1]:
                    self.rows.refuse_at(line, cells, at, "expected thousands of pounds of a part")
                    self._spoilt.add(board)
            return False
        if board in self._boards:
            self.rows.refuse(line, cells, "board", "expected each board once in a sheet")
            return False
        self._boards[board] = line, self._money(cells)
        region = next((cell for cell in cells if _REGION.fullmatch(cell)), "")
        self._by_region[region].append(self._money(cells))
        return True

    def boards_from_parts(self) -> Iterator[tuple[str, Money]]:
        """Boards that have parts and no line of their own, with the sums of these."""
        for board, parts in self._divided.items():
            if board in self._spoilt:
                self.rows.notes.append(f"{board} has a part without a number: its parts are no sum")
            elif board not in self._boards:
                self.rows.notes.append(f"{board} is the sum of its parts ({len(parts)} lines)")
                yield board, _sum(parts)

    def compare(self) -> None:
        """Say where a line is not the sum of its parts, with both numbers."""
        everything = [money for parts in self._by_region.values() for money in parts]
        for line, code, money in self._above:
            parts = self._by_region.get(code, []) if _REGION.fullmatch(code) else everything
            if parts:
                self._compare_one(line, code, money, parts)
        self._compare_boards()

    def _compare_one(self, line: int, code: str, money: Money, parts: Sequence[Money]) -> None:
        added, whose = _sum(parts), code if _REGION.fullmatch(code) else "England"
        pairs = [
            (f"thousand pounds of {whose} in {year}", total, added.get(year, 0.0))
            for year, total in money.items()
        ]
        say_unlike(self.rows, line, "boards", unlike(pairs, _ROUNDED * (len(parts) + 1)))

    def _compare_boards(self) -> None:
        wrong = [
            f"line {line} ({board}, {year}): {total:,.0f} thousand pounds, its parts {added:,.0f}"
            for board, (line, money) in self._boards.items()
            if (parts := self._divided.get(board)) and board not in self._spoilt
            for year, total, added in unlike(
                [(year, total, _sum(parts).get(year, 0.0)) for year, total in money.items()],
                _ROUNDED * (len(parts) + 1),
            )
        ]
        if wrong:
            more = f"; and {len(wrong) - _MOST_TOLD} more" if len(wrong) > _MOST_TOLD else ""
            self.rows.notes.append(
                f"boards are not the sum of their parts: {'; '.join(wrong[:_MOST_TOLD])}{more}. "
                "The boards' own lines are used"
            )

    def _columns_below(self) -> list[int]:
        return [
            at for at, text in enumerate(self.rows.header) if _BELOW_BOARDS.fullmatch(plain(text))
        ]

    def _money(self, cells: Sequence[str]) -> Money:
        found = {}
        for year, at in self.money.items():
            try:
                found[year] = float(plain_number(cells[at]))
            except ValueError:
                continue
        return found


def _sum(parts: Sequence[Money]) -> Money:
    added: Money = defaultdict(float)
    for money in parts:
        for year, value in money.items():
            added[year] += value
    return added
