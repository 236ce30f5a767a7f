"""The verb for a whole country, on this machine or on a cluster."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli.arguments import AsJson
from tripleaim.cli.json_output import print_json
from tripleaim.cli.kept_run import DEMO_SEED
from tripleaim.cli.progress import progress_bars
from tripleaim.cli.terminal import err, out


def project(
    name: Annotated[str, typer.Argument(help="A country: england, or a folder of its own.")],
    *,
    folder: Annotated[
        Path, typer.Option("--out", help="The folder to write to, or to continue in.")
    ],
    years: Annotated[int, typer.Option(min=1, max=20, help="How many years.")] = 20,
    seed: Annotated[int, typer.Option(min=0, help="The random seed.")] = DEMO_SEED,
    shards: Annotated[
        int | None,
        typer.Option(min=1, help="How many parts; the result stays the same."),
    ] = None,
    threads: Annotated[
        int | None,
        typer.Option(min=1, help="Shards at a time on this machine (default: every core)."),
    ] = None,
    memory: Annotated[
        float | None,
        typer.Option(min=0.01, help="Memory to use, in GB (default: what is free)."),
    ] = None,
    on: Annotated[
        str | None, typer.Option(help="A Spark master, such as spark://host:7077 or yarn.")
    ] = None,
    people: Annotated[
        int | None,
        typer.Option(min=1, help="Try it with a sample country of this many people."),
    ] = None,
    residents: Annotated[
        bool, typer.Option("--residents", help="Project residents instead of registered people.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Project a whole country in shards: everybody's life for up to twenty years.

    After an interruption, run it again with the same --out to continue.
    """
    from tripleaim.cli import show_country
    from tripleaim.core import RunContext
    from tripleaim.country import GIB, country_of, project_country, read_result
    from tripleaim.place import load

    country = country_of(load(name), counted="residents" if residents else None, people=people)
    with progress_bars(err) as report:
        tally = project_country(
            country,
            RunContext(seed, report),
            years=years,
            shards=shards,
            threads=threads,
            memory=None if memory is None else round(memory * GIB),
            folder=folder,
            on=on,
        )
    if as_json:
        about = read_result(folder)[1]
        document = {**about, "by_year": show_country.by_year(country, tally)}
        print_json(document)
    else:
        show_country.country(out, country, tally, folder)
