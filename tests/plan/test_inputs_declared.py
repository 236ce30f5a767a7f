"""The declaration of files is true: whatever a result asks of a place is declared to change it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripleaim.accounts import open_book
from tripleaim.capacity import staff_inputs, workforce
from tripleaim.measures import benchmarks
from tripleaim.place import RESULTS, InputError, Place, load, used_by
from tripleaim.plan import Workspace, incentives
from watching import Watched, undeclared, watch


def test_the_inputs_of_the_plan_are_declared(somerset_watched: Watched) -> None:
    assert "mortality.csv" in somerset_watched.asked
    assert not undeclared(somerset_watched, "plan")


def test_the_inputs_of_the_staff_needed_are_declared(somerset_run: Path) -> None:
    with watch(somerset_run) as watched:
        workspace = Workspace.open(somerset_run)
        workforce(staff_inputs(workspace.place), workspace.nothing.activity)
    assert "staff.csv" in watched.asked
    assert not undeclared(watched, "staff")


def test_what_organisations_books_under_a_rule_ask_for_is_declared(somerset_run: Path) -> None:
    with watch(somerset_run) as watched:
        incentives(Workspace.open(somerset_run), "block")
    assert "payment_rules.toml" in watched.asked
    assert not undeclared(watched, "books")


def test_the_inputs_of_benchmarks_are_declared(somerset_run: Path) -> None:
    with watch(somerset_run) as watched:
        benchmarks(load("somerset"))
    assert "peers.csv" in watched.asked
    assert not undeclared(watched, "benchmarks")


def test_the_inputs_of_the_open_book_are_declared(somerset_run: Path) -> None:
    with watch(somerset_run) as watched:
        open_book(load("somerset"))
    assert "returns/11X.csv" in watched.asked
    assert not undeclared(watched, "open book")


def test_what_changes_the_plan_changes_what_starts_from_its_run(somerset: Place) -> None:
    for folder in somerset.files.folders:
        for name in folder.files:
            if "plan" in used_by(name):
                assert {"futures", "staff", "books"} <= set(used_by(name)), name


def test_a_new_return_or_outline_makes_no_run_out_of_date_but_a_new_price_does(
    somerset: Place, altered
) -> None:
    returned = altered(somerset, "returns/11X.csv", "actual", "actual")
    assert returned.sha256 == somerset.sha256
    returned = altered(somerset, "returns/11X.csv", "\n", "\n# corrected\n")
    assert returned.sha256 != somerset.sha256
    changed = {r for r in RESULTS if returned.sha256_of(r) != somerset.sha256_of(r)}
    assert changed == {"open book"}
    priced = altered(somerset, "spend_lines.csv", "\n", "\n# corrected\n")
    changed = {r for r in RESULTS if priced.sha256_of(r) != somerset.sha256_of(r)}
    assert changed == {"plan", "futures", "staff", "books", "prevention"}


def test_a_missing_result_has_no_hash(somerset: Place) -> None:
    with pytest.raises(InputError, match='Did you mean "futures"'):
        somerset.sha256_of("future")
