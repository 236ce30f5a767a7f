"""The file of a run that holds its residents against the official projection."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path

from tripleaim.core import write_whole
from tripleaim.projection import ResidentsCompared

RESIDENTS_FILE = "residents.csv"
_ABOVE = """\
# Residents on 1 January of each year.
# official: residents_to_come.csv of the place, between two middles of years. projected: on the
# lists, in the model; births and net migration were solved so that they grow as the official ones
# (status: calibrated, to that file). not_controlled: what the residents of the base year would
# become without that, at the place's own rates of birth, death and migration.
"""


def write_residents(rows: Sequence[ResidentsCompared], path: Path) -> None:
    """Keep the comparison as CSV, whole or not at all."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in fields(ResidentsCompared)])
    writer.writerows(astuple(row) for row in rows)
    write_whole(path, _ABOVE + text.getvalue())
