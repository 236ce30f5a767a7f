"""A table fitted to its margins, to the penny in both directions."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from decimal import Decimal

from tripleaim.accounts.books.ledger import PENNY, split
from tripleaim.place import InputError

Cell = tuple[str, str]

_ROUNDS = 2000
_CLOSE = 1e-10


def fit(
    rows: Mapping[str, Decimal], columns: Mapping[str, Decimal], seeds: Mapping[Cell, float]
) -> dict[Cell, Decimal]:
    """Amounts by (row, column), near the `seeds`, that add up to `rows` and `columns` exactly.

    Iterative proportional fitting (Deming and Stephan 1940), then rounding to the penny: each row
    is split exactly, and surplus pence of one column are moved to a column that is short, through
    cells that have a seed. A cell without a seed stays empty. Amounts are 0 or more.

    Raises InputError if the margins have different totals, or if no table with these empty cells
    can add up to them, such as a row with money and no seed.
    """
    if sum(rows.values(), Decimal(0)) != sum(columns.values(), Decimal(0)):
        raise InputError("expected rows and columns that add up to the same total")
    live = {cell: float(seed) for cell, seed in seeds.items() if seed > 0}
    row_ends = {name: float(amount) for name, amount in rows.items()}
    column_ends = {name: float(amount) for name, amount in columns.items()}
    whole = max(1.0, sum(row_ends.values()))
    for _ in range(_ROUNDS):
        _scale(live, row_ends, 0)
        missed = _scale(live, column_ends, 1)
        if missed <= _CLOSE * whole:
            break
    else:
        raise InputError("no flows with these empty cells add up to these rows and columns")
    cells: dict[Cell, Decimal] = {}
    for row, amount in rows.items():
        names = [column for column in columns if (row, column) in live]
        weights = [live[row, column] for column in names]
        if amount and sum(weights) > 0:
            parts = split(amount, weights)
            cells.update(((row, name), part) for name, part in zip(names, parts, strict=True))
        elif amount:
            raise InputError("expected at least one payee on this line", value=row)
    _move_surplus(cells, columns)
    return cells


def _scale(live: dict[Cell, float], ends: Mapping[str, float], axis: int) -> float:
    """Scale the cells to one margin; returns by how much they missed it before, summed."""
    sums = dict.fromkeys(ends, 0.0)
    for cell, value in live.items():
        sums[cell[axis]] += value
    for cell, value in live.items():
        name = cell[axis]
        live[cell] = value * ends[name] / sums[name] if sums[name] > 0 else 0.0
    return sum(abs(sums[name] - end) for name, end in ends.items())


def _move_surplus(cells: dict[Cell, Decimal], columns: Mapping[str, Decimal]) -> None:
    over = {
        name: sum((v for (_, c), v in cells.items() if c == name), Decimal(0)) - end
        for name, end in columns.items()
    }
    while True:
        start = next((name for name, amount in over.items() if amount > 0), None)
        if start is None:
            return
        path = _path(cells, start, {name for name, amount in over.items() if amount < 0})
        for row, giver, taker in path:
            cells[row, giver] -= PENNY
            cells[row, taker] += PENNY
        over[start] -= PENNY
        over[path[-1][2]] += PENNY


def _path(cells: Mapping[Cell, Decimal], start: str, short: set[str]) -> list[tuple[str, str, str]]:
    """The fewest moves of a penny within rows that lead from one column to one that is short."""
    reached_by: dict[str, tuple[str, str, str] | None] = {start: None}
    waiting = deque([start])
    while waiting:
        giver = waiting.popleft()
        for (row, column), amount in cells.items():
            if column != giver or amount < PENNY:
                continue
            for (other, taker), _ in cells.items():
                if other != row or taker in reached_by:
                    continue
                reached_by[taker] = (row, giver, taker)
                if taker in short:
                    return _back(reached_by, taker)
                waiting.append(taker)
    raise InputError("no flows with these empty cells add up to these rows and columns")


def _back(
    reached_by: Mapping[str, tuple[str, str, str] | None], end: str
) -> list[tuple[str, str, str]]:
    path = []
    step = reached_by[end]
    while step is not None:
        path.append(step)
        step = reached_by[step[1]]
    return path[::-1]
