"""The tables that the projection reads: whence each number comes, and what is refused."""

from __future__ import annotations

import csv
from pathlib import Path
from shutil import copytree

import pytest
from forecast import Forecast

from tripleaim.core import RunContext
from tripleaim.people import synthesise
from tripleaim.place import STATUSES, InputError, Place, load
from tripleaim.projection import project

TABLES = (
    "contact_rates.csv",
    "local_levels.csv",
    "mortality_level.csv",
    "quintile_contacts.csv",
    "quintile_mortality.csv",
    "trends.csv",
)


def lines_of(path: Path) -> tuple[str, list[dict[str, str]]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    remarks = " ".join(line for line in lines if line.startswith("#"))
    return remarks, list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_status_and_a_known_source_and_what_is_assumed_a_cause(
    somerset: Place, name: str
) -> None:
    for folder in (files.path for files in somerset.files.folders):
        if not (folder / name).exists():
            continue
        remarks, rows = lines_of(folder / name)
        for row in rows:
            assert row["status"] in STATUSES
            assert row["source"] in somerset.sources, row
            if row["status"] == "assumed":
                assert row.get("cause") or "Cause:" in remarks, row


@pytest.mark.parametrize("name", ["mortality.csv", "fertility.csv", "migration.csv"])
def test_official_tables_name_their_source_above_the_header(somerset: Place, name: str) -> None:
    remarks, _ = lines_of(somerset.path(name))
    assert any(f"source: {source}" in remarks for source in somerset.sources)


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        (
            "trends.csv",
            ("social-care,", "social-cares,"),
            'trends.csv: "social-care": expected a row',
        ),
        ("migration.csv", ("female,80,125", "female,81,125"), "female people of age 80"),
        ("contact_rates.csv", ("gp,male,0,4", "gp,male,1,4"), "male people of age 0 at gp"),
        ("contact_rates.csv", ("gp,male,0,4,", "gp,male,0,4,-"), "expected 0 or more"),
        ("quintile_contacts.csv", ("gp,5,", "gp,4,"), "a ratio for quintile 5 at gp"),
        ("quintile_mortality.csv", ("5,female,", "4,female,"), "is listed twice for female people"),
        (
            "quintile_mortality.csv",
            ("1,male,", "# 1,male,"),
            "expected a ratio for male people of quintile 1",
        ),
        ("level.csv", ("gp,england", "gp,englad"), 'Did you mean "england"'),
    ],
)
def test_a_fault_in_a_table_is_named_with_its_file(
    hamlet: Path, tmp_path: Path, name: str, change: tuple[str, str], said: str
) -> None:
    old, new = change
    folder = copytree(hamlet, tmp_path / "faulty")
    text = load(str(folder)).path(name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    place = load(str(folder))
    with pytest.raises(InputError) as fault:
        Forecast.of(place, project(place, synthesise(place, RunContext(1))))
    assert said in str(fault.value)
    assert name in str(fault.value)
