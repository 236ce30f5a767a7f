"""The verb for spend: in which setting each pound goes, and whether it moves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli.arguments import AsJson, PlaceName
from tripleaim.cli.json_output import print_json
from tripleaim.cli.kept_run import kept_run
from tripleaim.cli.terminal import out


def spend(
    name: PlaceName,
    data: Annotated[
        Path, typer.Option(help="The folder of runs, or of one run; made if it is missing.")
    ] = Path("tripleaim-data"),
    year: Annotated[
        str, typer.Option(help="One year in £m; without it, the first and the last in pence.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show in which setting each pound is spent, and whether money moves as the plan promises."""
    from tripleaim.cli import show_spend
    from tripleaim.place import InputError, load
    from tripleaim.plan import choose, setting_shares
    from tripleaim.wording import with_sentences

    place = load(name)
    setting_shares(place)
    if year and year not in place.years:
        raise InputError("expected a year of the plan", value=year, valid=place.years)
    run = kept_run(place, data)
    pound = run.pound_by_setting(choose(place, seed=run.seed))
    if as_json:
        document = with_sentences(pound)
        if year:
            document["amounts"] = [a for a in document["amounts"] if a["year"] == year]
        print_json(document)
    elif year:
        show_spend.one_year(out, place, pound, year)
    else:
        show_spend.first_and_last(out, place, pound)
