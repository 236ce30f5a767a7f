"""The verb for money by organisation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tripleaim.cli.arguments import AsJson, PlaceName
from tripleaim.cli.terminal import out

if TYPE_CHECKING:
    from tripleaim.place import Place
    from tripleaim.plan import OrganisationBooks


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
    data: Annotated[Path, typer.Option(help="Where runs are kept.")] = Path("tripleaim-data"),
    as_json: AsJson = False,
) -> None:
    """Show income and expenditure by organisation, who pays whom, and where books differ."""
    from tripleaim.cli import show_accounts
    from tripleaim.place import InputError, load

    place = load(name)
    books, source = _books(place, data)
    if year is not None and year not in books.years:
        raise InputError("expected a year of these accounts", value=year, valid=books.years)
    if organisation is not None:
        books.organisation(organisation)
    lines = (*books.flows[books.years[-1]].lines, *books.points[books.years[-1]])
    if line is not None and line not in lines:
        raise InputError("expected a line or a point of delivery", value=line, valid=lines)
    if as_json:
        data_of_books = show_accounts.as_data(books, organisation, year)
        print(json.dumps({"basis": source, **data_of_books}, indent=1, ensure_ascii=False))
        return
    if organisation is None:
        show_accounts.system(out, place, books, year or place.years[0], line)
    else:
        show_accounts.organisation(out, books.organisation(organisation), year)
    out.print(source, highlight=False)


def _books(place: Place, data: Path) -> tuple[OrganisationBooks, str]:
    """The books from the run kept in the data folder, else from the printed activity."""
    from tripleaim.plan import accounts_as_printed, organisation_books, printed_activity

    run = data / place.id
    if (run / "run.json").exists():
        from tripleaim.plan import Workspace

        workspace = Workspace.open(run, str(place.folder))
        books = organisation_books(
            place,
            workspace.money.calibrated,
            activity=workspace.nothing.activity,
            residents=workspace.nothing.residents,
        )
        return books, f"From the run in {run}; savings as partners claim them."
    source = "From the printed activity, not from synthetic people; savings as partners claim them."
    printed, activity = accounts_as_printed(place), printed_activity(place)
    return organisation_books(place, printed, activity=activity), source
