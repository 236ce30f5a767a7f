"""The verb for the library of solutions: name them, or put one into the plan of a place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli.terminal import out


def place_add_solution(
    folder: Annotated[Path | None, typer.Argument(help="The folder of the place.")] = None,
    solution: Annotated[
        str | None, typer.Argument(help="The solution, as --list names it.")
    ] = None,
    priority: Annotated[
        int | None,
        typer.Option(help="The number of one of the place's priorities; by default its shift's."),
    ] = None,
    list_them: Annotated[
        bool, typer.Option("--list", help="Name the solutions of the library, and stop.")
    ] = False,
) -> None:
    """Put a solution of the library into the plan of a place."""
    from tripleaim.place import InputError, add_solution, library_solutions

    if list_them:
        for one in library_solutions():
            print(f"{one.id:40} {one.shift:24} {one.name}")
        return
    if folder is None or solution is None:
        raise InputError(
            "expected the folder of a place and a solution: tripleaim place add-solution FOLDER "
            "SOLUTION; --list names them"
        )
    file = add_solution(folder, solution, priority=priority)
    out.print(
        f"{file} is in the plan. Next: tripleaim place check {folder}, then tripleaim plan "
        f"{folder} --out DIR",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )
