"""A comparison of boards as a table in the terminal."""

from __future__ import annotations

from rich.console import Console

from tripleaim.board_comparison import ComparedValue, ComparisonDocument
from tripleaim.cli.tables import headed

SHOWN = {
    "need_index": "Need",
    "people_growth_pct": "People, %",
    "emergency_growth_pct": "Emergencies, %",
    "care_growth_pct": "Cost of care, %",
    "prevention_qalys_per_1000": "Prevention, QALYs per 1,000",
}
"""The measures that boards have ranks by, with short names."""


def comparison(out: Console, document: ComparisonDocument) -> None:
    """Every board: number, interval, and the range of its rank."""
    table = headed(
        f"Boards compared, {document.first_year} to {document.last_year}: number (interval), "
        "rank range",
        "Board",
        *SHOWN.values(),
    )
    for board in document.boards:
        table.add_row(
            f"{board.code} {board.name.removeprefix('NHS ')}",
            *(_cell(board.values[measure]) for measure in SHOWN),
        )
    out.print(table)
    errors = [board.values["care_growth_pct"].sample_error or 0.0 for board in document.boards]
    out.print(
        f"At most {document.most_people:,} people of a board are followed: its sample error of the "
        f"cost of care is up to {max(errors):.2f} percentage points. The gap before savings is not "
        "known: no board publishes its opening position.",
        highlight=False,
        soft_wrap=True,
    )


def _cell(one: ComparedValue) -> str:
    if one.value is None:
        return "not known"
    interval = f" ({one.low:.1f} to {one.high:.1f})" if one.low is not None else ""
    ranks = f", {one.rank_low}–{one.rank_high}" if one.rank is not None else ""
    return f"{one.value:.1f}{interval}{ranks}"
