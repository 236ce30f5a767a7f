"""Places of English integrated care boards, made from official statistics."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli.terminal import out


def place_make(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    board: Annotated[
        str, typer.Option(help="The board by code (Q.., E54..) or name: `tripleaim place boards`.")
    ],
) -> None:
    """Make the place of an integrated care board from the official statistics that come along."""
    from tripleaim.boards import make_place

    made = make_place(folder, board)
    told = (
        f"{made.board.name} ({made.board.code}): {made.registered:,} people on the lists of "
        f"{made.practices} practices in {made.neighbourhoods} neighbourhoods, "
        f"{made.residents:,} residents; trusts: {', '.join(made.trusts)}.",
        *made.notes,
        f"{made.completeness} What would replace each part: completeness.csv.",
        "Not public, so asked for: where the board starts, and what it is allocated after 2025/26 "
        "(asked_for.csv).",
        f"Made {made.folder}. Next: tripleaim place check {made.folder}, then tripleaim plan "
        f"{made.folder} --out DIR",
    )
    for line in told:
        out.print(line, highlight=False, markup=False, soft_wrap=True)


def place_boards() -> None:
    """Name the integrated care boards of England, by code."""
    from tripleaim.boards import OfficialTables, boards

    with OfficialTables() as tables:
        for board in boards(tables):
            print(f"{board.code:6} {board.ons}  {board.short_name}")
