"""Arguments and options that several verbs take."""

from __future__ import annotations

from typing import Annotated

import typer

PlaceName = Annotated[
    str, typer.Argument(help="A shipped footprint (see `tripleaim place list`) or a folder.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
