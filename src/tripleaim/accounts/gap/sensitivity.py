"""How much each stated figure matters: the uncalibrated position at its low and at its high."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tripleaim.accounts.gap.account import account
from tripleaim.accounts.gap.inputs import account_inputs
from tripleaim.accounts.gap.limits import within_limits
from tripleaim.accounts.gap.model import Accounts, ByYear
from tripleaim.activity import Activity
from tripleaim.place import Place


@dataclass(frozen=True, slots=True)
class Swing:
    """What one figure's range does to the uncalibrated NHS position, in £m by year and cumulative.

    `at_low` and `at_high` are changes from the position at the figure's stated value.
    """

    figure: str
    at_low: ByYear
    at_high: ByYear

    def size(self, year: str) -> float:
        """The larger of the two changes in `year`, without its sign."""
        return max(abs(self.at_low[year]), abs(self.at_high[year]))


def swings(place: Place, activity: Activity, population: ByYear) -> tuple[Swing, ...]:
    """The figures with a range that move the uncalibrated accounts, those that matter most first.

    One figure is moved at a time, everything else stays as stated, but for what `within_limits`
    gives way to where an end of a range cannot be. The last year orders them.
    """
    stated = account(account_inputs(place), activity, population)

    def change(figure_id: str, value: float) -> dict[str, float]:
        moved = replace(place.figure(figure_id), value=value)
        other = replace(place, figures={**place.figures, figure_id: moved})
        inputs, _ = within_limits(account_inputs(other), population)
        return _difference(account(inputs, activity, population), stated)

    by_figure = [
        Swing(
            figure.id,
            change(figure.id, figure.value if figure.low is None else figure.low),
            change(figure.id, figure.value if figure.high is None else figure.high),
        )
        for figure in place.figures.values()
        if figure.low is not None or figure.high is not None
    ]
    moving = [swing for swing in by_figure if swing.size(place.last_year) > 1e-9]
    return tuple(sorted(moving, key=lambda swing: -swing.size(place.last_year)))


def interval(stated: Accounts, by_figure: Sequence[Swing]) -> dict[str, tuple[float, float]]:
    """The NHS position by year and cumulative, £m, from deep to shallow, if ranges are independent.

    Changes to the worse and to the better are each added as the root of their squares. It holds
    the ranges of the stated figures alone, not that of the forecast of activity.
    """
    spread = {}
    for year, position in stated.gap().items():
        worse = math.hypot(*(min(0.0, s.at_low[year], s.at_high[year]) for s in by_figure))
        better = math.hypot(*(max(0.0, s.at_low[year], s.at_high[year]) for s in by_figure))
        spread[year] = (position - worse, position + better)
    return spread


def _difference(accounts: Accounts, stated: Accounts) -> dict[str, float]:
    before = stated.gap()
    return {year: amount - before[year] for year, amount in accounts.gap().items()}
