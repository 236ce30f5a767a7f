"""The verb for money by organisation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli.arguments import AsJson, PlaceName
from tripleaim.cli.json_output import print_json
from tripleaim.cli.kept_run import kept_run
from tripleaim.cli.terminal import out


def accounts(
    name: PlaceName,
    *,
    organisation: Annotated[
        str | None, typer.Option(help="The id of one organisation, such as RBA.")
    ] = None,
    year: Annotated[
        str | None, typer.Option(help="The year of the flows, such as 2016/17.")
    ] = None,
    line: Annotated[
        str | None, typer.Option(help="Flows of one line or point of delivery, such as acute-ae.")
    ] = None,
    data: Annotated[
        Path, typer.Option(help="The folder of runs, or of one run; made if it is missing.")
    ] = Path("tripleaim-data"),
    as_json: AsJson = False,
) -> None:
    """Show income and expenditure by organisation, who pays whom, and where records differ."""
    from tripleaim.cli import show_accounts
    from tripleaim.place import InputError, load

    place = load(name)
    run = kept_run(place, data)
    books = run.organisation_books()
    source = f"From the run in {run.folder}; savings as partners claim them."
    if year is not None and year not in books.years:
        raise InputError("expected a year of these accounts", value=year, valid=books.years)
    if organisation is not None:
        books.organisation(organisation)
    lines = (*books.flows[books.years[-1]].lines, *books.points[books.years[-1]])
    if line is not None and line not in lines:
        raise InputError("expected a line or a point of delivery", value=line, valid=lines)
    if as_json:
        data_of_books = show_accounts.as_data(books, organisation, year)
        print_json({"basis": source, **data_of_books})
        return
    if organisation is None:
        show_accounts.system(out, place, books, year or place.years[0], line)
    else:
        show_accounts.organisation(out, books.organisation(organisation), year)
    out.print(source, highlight=False)
