"""The verb for activity: how much care, cut as one likes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tripleaim.cli.arguments import AsJson, PlaceName
from tripleaim.cli.json_output import print_json
from tripleaim.cli.terminal import out

if TYPE_CHECKING:
    import pyarrow as pa


def activity(
    name: PlaceName,
    *,
    by: Annotated[
        str, typer.Option(help="Dimensions to sum by, such as locality,point_of_delivery.")
    ] = "point_of_delivery",
    year: Annotated[
        list[str] | None, typer.Option(help="A year; may be given again. Without it, every year.")
    ] = None,
    scenario: Annotated[str, typer.Option(help="The scenario of the run.")] = "do_nothing",
    compare: Annotated[str, typer.Option(help="A second scenario to compare with.")] = "",
    where: Annotated[
        list[str] | None,
        typer.Option(help="DIMENSION=VALUE, or several values with commas; may be given again."),
    ] = None,
    measure: Annotated[str, typer.Option(help="quantity, bed_days or cost.")] = "quantity",
    data: Annotated[Path, typer.Option(help="The folder of runs.")] = Path("tripleaim-data"),
    csv: Annotated[Path | None, typer.Option(help="Write the table to this CSV file.")] = None,
    parquet: Annotated[Path | None, typer.Option(help="Write it to this Parquet file.")] = None,
    rates: Annotated[
        bool,
        typer.Option(help="Per 1,000 people, by one of locality, quintile and segment, in a year."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show how much care there is, by people, place, time and payer, in any combination."""
    from tripleaim import wording
    from tripleaim.activity import PeopleByCell, Question, ask
    from tripleaim.cli import show_activity
    from tripleaim.cli.kept_run import current_run
    from tripleaim.data_folder import result_folder
    from tripleaim.measures import rates_table, small_numbers
    from tripleaim.place import load
    from tripleaim.plan import PEOPLE_FILE, read_plan_activity

    filters = _filters(where or [])
    place = load(name)
    run = result_folder(current_run(place, data))
    whole = read_plan_activity(run)
    question = Question(_several(by), scenario, tuple(year or ()), filters, measure, compare)
    answer = ask(whole, question)
    people = PeopleByCell.read(run / PEOPLE_FILE)
    small = {} if rates else small_numbers(whole, people, question)
    notes = wording.cut_notes(place, whole, answer)
    notes += [wording.SMALL_NUMBERS_NOTE] if small else []
    if rates:
        answer = replace(answer, table=rates_table(whole, people, question))
        notes = [wording.KNOWN_BY[answer.known_by], wording.RATES_NOTE]
    for path in (csv, parquet):
        if path:
            _write(answer.table, path, as_csv=path is csv)
    if as_json:
        document = {
            "title": wording.cut_title(place, question),
            "scenario": scenario,
            "compare": compare or None,
            "known_by": answer.known_by or "all",
            "notes": notes,
            "rows": answer.table.to_pylist(),
            "small_numbers": [
                {
                    **dict(zip(question.dimensions, key, strict=True)),
                    "value": one.interval.value,
                    "p10": one.interval.low,
                    "p90": one.interval.high,
                    "people_alike": one.people_alike,
                }
                for key, one in small.items()
            ],
        }
        print_json(document)
        return
    if rates:
        show_activity.rates(out, place, answer)
    else:
        show_activity.cut(out, place, answer, small)
    for note in notes:
        out.print(note, highlight=False)
    out.print(f"From the run in {run}.", highlight=False)


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _filters(texts: list[str]) -> dict[str, tuple[str, ...]]:
    """Values by dimension. Raises InputError for what is not DIMENSION=VALUE."""
    from tripleaim.place import InputError

    filters: dict[str, tuple[str, ...]] = {}
    for text in texts:
        dimension, equals, values = text.partition("=")
        if not equals or not _several(values):
            raise InputError("expected a filter such as locality=Mendip", value=text)
        filters[dimension.strip()] = (*filters.get(dimension.strip(), ()), *_several(values))
    return filters


def _write(table: pa.Table, path: Path, *, as_csv: bool) -> None:
    """Write the table, whole or not at all. Raises InputError for a folder that is not there."""
    import pyarrow.csv
    import pyarrow.parquet

    from tripleaim.core import whole_file, with_version
    from tripleaim.place import InputError

    write = pyarrow.csv.write_csv if as_csv else pyarrow.parquet.write_table
    table = table if as_csv else with_version(table)
    if not path.parent.is_dir():
        raise InputError("cannot write there: the folder does not exist; make it first", file=path)
    with whole_file(path) as unfinished:
        write(table, unfinished)
