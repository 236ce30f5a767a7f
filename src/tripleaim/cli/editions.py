"""Which defaults of England a place uses, of what year they are, and which are old for it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli.terminal import out


def place_defaults(
    folder: Annotated[Path, typer.Argument(help="The folder of the place.")],
    accept: Annotated[
        bool,
        typer.Option("--accept", help="Name each old default in the place's old_defaults.csv."),
    ] = False,
) -> None:
    """List the defaults of England that a place uses, with their years; old ones are marked."""
    from tripleaim.place import (
        OLD_DEFAULTS,
        FolderFiles,
        defaults_used,
        find,
        name_old_defaults,
        old_defaults_of,
        read_outline,
    )

    outline = read_outline(FolderFiles.read(find(folder)))
    old = {one.file for one in old_defaults_of(outline.files, outline.base_year)}
    told = [
        f"{'old ' if one.file in old else '    '}{one.file}: {one.what}, {one.edition}"
        for one in defaults_used(outline.files)
        if one.year is not None
    ]
    told.append(
        f"{len(told)} defaults have a year; {len(old)} are more than three years older than "
        f"{outline.base_year}."
    )
    if accept:
        added = name_old_defaults(folder)
        named = "1 line" if added == 1 else f"{added} lines"
        told.append(f"{OLD_DEFAULTS}: {named} added. Say in each why you use the default.")
    for line in told:
        out.print(line, highlight=False, markup=False, soft_wrap=True)
