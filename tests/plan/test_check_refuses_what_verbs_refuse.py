"""What any verb refuses of a place's files the check of the place refuses, in the same words."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer

from tripleaim.accounts import open_book, read_payment_rules, rules_of_the_year
from tripleaim.capacity import staff_inputs
from tripleaim.cli.app import app
from tripleaim.core import RunContext
from tripleaim.country import country_of
from tripleaim.measures import benchmarks
from tripleaim.people import synthesise
from tripleaim.place import ASKED, InputError, Place, declared, load
from tripleaim.plan import audit, check_footprint
from tripleaim.plan.readers import READERS, all_readers
from watching import Watched

OF_NO_PLACE = {"backtest-places", "compare-places", "doctor", "demo", "serve", "schema"}
OF_NO_PLACE |= {"board-pack", "paper"}
"""Verbs that read no tables of one place: they serve runs, make files of them, print a schema, or
are of every board."""

QUICK: dict[str, Callable[[Place], object]] = {
    "people": lambda place: synthesise(place, RunContext(1)),
    "audit": audit,
    "benchmarks": benchmarks,
    "staff": staff_inputs,
    "control-totals": rules_of_the_year,
    "openbook": open_book,
    "incentives": read_payment_rules,
    "project": country_of,
}
"""What verbs do first, of those that need no run."""

ENGLAND = load("somerset").files.folders[-1].path
SEVERAL = ("figures", "sources")


def verbs() -> set[str]:
    """Every verb of the command line that is given a place."""
    command = typer.main.get_command(app)
    names = getattr(command, "commands", {})
    return {n for n, one in names.items() if not hasattr(one, "commands")} - OF_NO_PLACE


def test_every_verb_that_is_given_a_place_has_its_readers_in_the_one_list() -> None:
    assert set(READERS) == verbs()


def asked_by(read: Callable[[], object]) -> set[str]:
    """The files of a place that are asked for meanwhile."""
    names: set[str] = set()
    listening = True

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if listening and event == ASKED:
            names.add(str(arguments[0]))

    sys.addaudithook(hear)  # a hook cannot be taken away: it stops listening
    read()
    listening = False
    return names


def test_the_check_asks_for_every_file_that_a_plan_asks_for(
    somerset: Place, somerset_watched: Watched
) -> None:
    fresh = load("somerset")
    asked = asked_by(lambda: [read(fresh) for read in all_readers()])
    by_plan = {name for name in somerset_watched.asked if somerset.has(name)}
    assert by_plan - asked - asked_by(lambda: load("somerset")) == set()


def tables() -> list[str]:
    """The tables of England's defaults: a place may have each of its own."""
    names = sorted(path.name for path in ENGLAND.glob("*.csv"))
    return [name for name in names if declared(name) and not name.startswith(SEVERAL)]


def header_and_lines(text: str) -> tuple[list[str], str, list[str]]:
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    return lines[:at], lines[at], lines[at + 1 :]


def with_cell(text: str, column: int, value: str) -> str:
    above, header, lines = header_and_lines(text)
    plain = [i for i, line in enumerate(lines) if '"' not in line]
    at = plain[len(plain) // 2] if plain else 0
    cells = lines[at].split(",")
    cells[column % len(cells)] = value
    lines[at] = ",".join(cells)
    return "\n".join([*above, header, *lines, ""])


def without_column(text: str) -> str:
    above, header, lines = header_and_lines(text)
    return "\n".join([*above, header.partition(",")[2], *[f.partition(",")[2] for f in lines], ""])


def without_last_lines(text: str) -> str:
    above, header, lines = header_and_lines(text)
    return "\n".join([*above, header, *lines[: max(1, len(lines) // 2)], ""])


def only_the_header(text: str) -> str:
    above, header, _ = header_and_lines(text)
    return "\n".join([*above, header, ""])


def a_line_twice(text: str) -> str:
    above, header, lines = header_and_lines(text)
    return "\n".join([*above, header, lines[0], *lines, ""])


CHANGES: dict[str, Callable[[str], str]] = {
    "another name": lambda text: with_cell(text, 0, "nowhere"),
    "a word for a number": lambda text: with_cell(text, 2, "many"),
    "below zero": lambda text: with_cell(text, 1, "-5"),
    "another last cell": lambda text: with_cell(text, -1, "nobody"),
    "an empty cell": lambda text: with_cell(text, 1, ""),
    "a column left out": without_column,
    "cut off": without_last_lines,
    "no line": only_the_header,
    "empty": lambda text: text[:0],
    "a line twice": a_line_twice,
}


def damaged() -> Iterator[tuple[str, str]]:
    """For each table one of the changes, so that every change meets several tables."""
    names = list(CHANGES)
    for at, table in enumerate(tables()):
        yield table, names[at % len(names)]


def loaded(folder: Path) -> Place | set[str]:
    """The place in a folder, or what is refused when it is loaded."""
    try:
        return load(folder)
    except InputError as refusal:
        return {str(one) for one in refusal.all_faults}


@pytest.fixture(scope="module")
def usual(hamlet: Path) -> dict[str, set[str]]:
    """What the quick verbs refuse of a place that has no fault: what it does not have."""
    return {name: refusals(load(hamlet), read) for name, read in QUICK.items()}


def refusals(place: Place, read: Callable[[Place], object]) -> set[str]:
    try:
        read(place)
    except InputError as refusal:
        return {str(one) for one in refusal.all_faults}
    return set()


def test_a_hamlet_without_a_fault_passes_the_check(hamlet: Path) -> None:
    assert check_footprint(hamlet).faults == ()


@pytest.mark.slow
@pytest.mark.parametrize(("table", "change"), damaged())
def test_a_damaged_table_that_any_verb_refuses_is_refused_by_the_check_in_the_same_words(
    hamlet: Path, usual: dict[str, set[str]], tmp_path: Path, table: str, change: str
) -> None:
    folder = Path(shutil.copytree(hamlet, tmp_path / "hamlet"))
    good = folder / table if (folder / table).exists() else ENGLAND / table
    text = CHANGES[change](good.read_text("utf-8"))
    (folder / table).write_text(text, encoding="utf-8")
    told = {str(fault) for fault in check_footprint(folder).faults}
    of_form = any(table in fault for fault in told)  # a form at fault is told before its meaning
    place = loaded(folder)
    if isinstance(place, set):
        assert place <= told or of_form
    else:
        for name, read in QUICK.items():
            usually = {one.replace(str(hamlet), str(folder)) for one in usual[name]}
            assert refusals(place, read) - usually <= told or of_form, name
