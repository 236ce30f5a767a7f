"""The verb that looks a data folder over: what is wrong in it, and what mends it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli.arguments import AsJson
from tripleaim.cli.json_output import print_json
from tripleaim.cli.terminal import out


def doctor(
    data: Annotated[Path, typer.Argument(help="The folder of runs.")] = Path("tripleaim-data"),
    as_json: AsJson = False,
) -> None:
    """List every fault of a data folder, and what mends it; nothing is changed."""
    from dataclasses import asdict

    from tripleaim.doctor import check_data_folder

    check = check_data_folder(data)
    if as_json:
        faults, remarks = ([asdict(one) for one in each] for each in (check.faults, check.remarks))
        print_json({"places": check.places, "faults": faults, "remarks": remarks})
    else:
        for finding in (*check.faults, *check.remarks):
            out.print(str(finding), highlight=False, markup=False, soft_wrap=True)
        number = len(check.faults)
        found = f"{number} fault{'' if number == 1 else 's'}" if number else "No faults"
        many = f"{len(check.places)} place{'' if len(check.places) == 1 else 's'}"
        out.print(f"{found} in {many}.", highlight=False)
    if check.faults:
        raise typer.Exit(1)
