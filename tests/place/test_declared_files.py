"""Files of a footprint are declared once: for readers, checks, the reference and hashes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import columns_page
import pytest

from tripleaim.accounts.control.recovery import KINDS as TURNAROUND_KINDS
from tripleaim.accounts.monthly.returns import COLUMNS as RETURN_COLUMNS
from tripleaim.accounts.monthly.schemes import KINDS as SCHEME_KINDS
from tripleaim.backtest.observations import TABLES
from tripleaim.capacity.supply import ITEMS
from tripleaim.measures.catchments import HES_BANDS
from tripleaim.people import OLDEST, SEXES
from tripleaim.place import (
    DECLARED_FILES,
    Maturity,
    Place,
    columns_of,
    declared,
    load,
    shipped_places,
)
from tripleaim.place.declared_files.declaration import OLDEST as DECLARED_OLDEST
from tripleaim.plan.publish.reconcile import PARTS
from tripleaim.tables import exact_number, number, whole

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "footprint.md"
ALL = "everything"


def choices(file: str, column: str) -> tuple[str, ...]:
    (found,) = (c for c in columns_of(file) if c.name == column)
    return found.choices


def listing() -> str:
    """The list of files in the reference, as the declaration has it."""
    lines = ["| file | what it is | what changes with it |", "|---|---|---|"]
    for file in DECLARED_FILES:
        everything = set(file.used_by) == {r for f in DECLARED_FILES for r in f.used_by}
        results = ALL if everything else ", ".join(file.used_by) or "only pages, or nothing yet"
        lines.append(f"| `{file.name}` | {file.purpose} | {results} |")
    return "\n".join(lines) + "\n"


def test_every_file_of_the_shipped_footprints_is_declared(somerset: Place) -> None:
    for folder in somerset.files.folders:
        assert not [name for name in folder.files if declared(name) is None]


def test_no_file_is_declared_twice() -> None:
    names = [file.name for file in DECLARED_FILES]
    assert len(names) == len(set(names))
    plain = [name for name in names if "*" not in name]
    for name in plain:
        assert [file.name for file in DECLARED_FILES if file.covers(name)] == [name]


def test_a_file_that_is_no_table_has_no_columns_and_every_table_has_some() -> None:
    for file in DECLARED_FILES:
        assert bool(file.columns) == file.name.endswith(".csv"), file.name


def test_effects_of_a_risk_factor_differ_from_its_spread_by_name() -> None:
    assert columns_of("risk_factors/bmi~diabetes.csv")[-1].name == "high"
    assert columns_of("risk_factors/bmi.csv")[-1].name == "pct"


def test_choices_that_rooms_know_by_name_are_those_declared() -> None:
    assert DECLARED_OLDEST == OLDEST
    assert choices("mortality.csv", "sex") == SEXES
    assert set(choices("staff_supply.csv", "item")) == set(ITEMS)
    assert choices("schemes.csv", "kind") == SCHEME_KINDS
    assert choices("schemes.csv", "maturity") == get_args(Maturity)
    assert choices("turnaround.csv", "kind") == TURNAROUND_KINDS
    assert choices("reconciliation.csv", "part") == PARTS
    assert tuple(c.name for c in columns_of("returns/11X.csv")) == RETURN_COLUMNS
    admissions = [c.name for c in columns_of("peer_trusts.csv") if c.name.startswith("admissions")]
    assert admissions == [f"admissions_{band}" for band in HES_BANDS]
    assert {f"backtest/{table}" for table in TABLES} <= {file.name for file in DECLARED_FILES}


def test_the_reference_lists_every_file_as_declared() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    assert listing() in text, f"expected in {REFERENCE.name}:\n{listing()}"


@pytest.mark.parametrize(
    "file", [f for f in DECLARED_FILES if f.columns and "/" not in f.name], ids=lambda f: f.name
)
def test_the_reference_has_the_columns_of_every_table(file) -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    rows = [line.split("|")[1:3] for line in text.splitlines() if line.startswith("| `")]
    cells = [cell for name, cell in rows if any(map(file.covers, re.findall(r"`([^`]+)`", name)))]
    expected = ", ".join(column.name for column in file.columns)
    assert any(re.sub(r" \([^)]*\)", "", cell).strip() == expected for cell in cells)


def test_every_number_has_a_unit_and_a_range_and_every_table_a_key() -> None:
    for file in DECLARED_FILES:
        for column in file.columns:
            if column.read in (number, whole, exact_number):
                assert column.unit, (file.name, column.name)
                assert column.minimum is not None, (file.name, column.name)
                assert column.maximum is not None, (file.name, column.name)
        assert bool(file.key) == bool(file.columns), file.name


def test_what_is_declared_of_columns_names_columns_that_are_there() -> None:
    for file in DECLARED_FILES:
        names = {column.name for column in file.columns}
        rules = [file.key, *file.ordered, *((rule.column, *rule.within) for rule in file.sums)]
        for rule in rules:
            assert set(rule) <= names, file.name
        for column in file.columns:
            other, _, there = column.refers_to.partition(":")
            if there:
                assert there in {c.name for c in columns_of(other)}, (file.name, column.name)


def test_the_reference_of_columns_is_made_from_the_declaration() -> None:
    again = "python -m tests.place.columns_page writes it anew"
    assert columns_page.PAGE.read_text(encoding="utf-8") == columns_page.page(), again


def test_every_number_of_a_shipped_toml_file_has_a_range_and_lies_within_it() -> None:
    numbers_seen = 0
    for place in ("england", *shipped_places()):
        own = load(place).own
        for name in (name for name in own.files if name.endswith(".toml")):
            file = declared(name)
            assert file is not None
            for keys, value in own.toml(name).numbers():
                (of,) = (one for one in file.key_ranges if one.covers(keys))
                assert of.least <= value <= of.most, (name, keys)
                numbers_seen += 1
    assert numbers_seen > 1_000
