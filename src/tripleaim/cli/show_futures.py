"""Futures of the plan in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from tripleaim.plan import FuturesDocument
    from tripleaim.uncertainty import KnownIntervalPart

_SHOWN = 5
"""Drivers a headline that a terminal shows; the file has ten."""

_WORTH = 0.01
"""£m from which it is said what knowing a solution's saving is worth."""


def futures(out: Console, document: FuturesDocument) -> None:
    """Headlines with their fans and drivers, then the decision."""
    table = Table(
        title=f"{document.name}: {document.draws} draws, £m (negative is a deficit)",
        title_justify="left",
    )
    table.add_column("Headline")
    for column in ("Central", "p10", "p50", "p90", "Chance"):
        table.add_column(column, justify="right")
    table.add_column("Driven by, share of the variance")
    for headline in document.headlines:
        chance = headline.chance_share
        table.add_row(
            headline.name,
            *_row(headline.interval),
            "–" if chance is None else f"{chance:.1%}",
            "; ".join(
                f"{d.name.partition(':')[0] if len(d.parameters) > 1 else d.name} {d.share:.0%}"
                for d in headline.drivers[:_SHOWN]
                if d.share and d.share >= 0.01
            ),
        )
    out.print(table)
    decision = document.decision
    options = Table(title=decision.question, title_justify="left")
    options.add_column("Option")
    for column in ("Expected, £m", "p10", "p90", "Best in"):
        options.add_column(column, justify="right")
    for option in decision.options:
        options.add_row(
            option.name,
            f"{option.expected_gbp_m:,.1f}",
            f"{option.interval.p10:,.1f}",
            f"{option.interval.p90:,.1f}",
            f"{option.best_in:.0%} of draws",
        )
    out.print(options)
    out.print(
        f"Knowing everything before deciding would be worth "
        f"£{decision.perfect_information_gbp_m:.2f}m.",
        highlight=False,
    )
    for part in decision.worth:
        if part.gbp_m > part.error_gbp_m:
            out.print(
                f"  {part.name}: £{part.gbp_m:.2f}m (± {part.error_gbp_m:.2f})", highlight=False
            )
    of_solutions = [part for part in document.worth_of_solutions if part.worth_gbp_m >= _WORTH]
    if of_solutions:
        out.print("Knowing what a solution saves before doing it would be worth:", highlight=False)
    for solution in of_solutions[:_SHOWN]:
        out.print(
            f"  {solution.name}: £{solution.worth_gbp_m:.2f}m (pays in {solution.pays_in:.0%})",
            highlight=False,
        )
    for note in document.notes:
        out.print(note, highlight=False)


def _row(interval: KnownIntervalPart) -> tuple[str, ...]:
    shown = (interval.central, interval.p10, interval.p50, interval.p90)
    return tuple(f"{value:,.1f}" for value in shown)
