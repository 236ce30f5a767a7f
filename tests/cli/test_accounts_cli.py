"""Money by organisation from the terminal."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from command_line import tripleaim
from tripleaim.plan import Workspace


def accounts(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return tripleaim("accounts", *words, "--data", folder, cwd=folder)


def test_the_terminal_shows_one_organisation_with_its_bridge(somerset_run: Path) -> None:
    done = accounts("somerset", "--organisation", "RBA", folder=somerset_run)
    assert done.returncode == 0, done.stderr
    assert "Taunton & Somerset was £10.6m short in 2015/16" in done.stdout
    assert "Capital charges" in done.stdout
    assert "Position of 2020/21" in done.stdout
    assert "From the run in" in done.stdout.replace("\n", " ")


def test_the_terminal_shows_who_pays_whom_and_what_is_not_agreed(somerset_run: Path) -> None:
    done = accounts("somerset", "--year", "2015/16", folder=somerset_run)
    assert done.returncode == 0, done.stderr
    assert "Who pays whom, 2015/16" in done.stdout
    assert "contract outturn" in done.stdout


def test_the_terminal_shows_one_point_of_delivery(somerset_run: Path) -> None:
    done = accounts("somerset", "--line", "acute-elective", folder=somerset_run)
    assert "Who pays whom, 2016/17, acute-elective" in done.stdout
    flows = done.stdout.split("acute-elective")[1].split("What payers")[0]
    assert "Independent sector" in flows
    assert "Ambulance" not in flows
    unknown = accounts("somerset", "--line", "acute-electiv", folder=somerset_run)
    assert (unknown.returncode, 'Did you mean "acute-elective"' in unknown.stderr) == (2, True)
    before = accounts("somerset", "--line", "acute-ae", "--year", "2015/16", folder=somerset_run)
    assert "contacts are not known in this year" in before.stderr


def test_json_holds_pounds_that_add_up(somerset_run: Path) -> None:
    done = accounts("somerset", "--year", "2015/16", "--json", folder=somerset_run)
    held = json.loads(done.stdout)
    trusts = [f["amount"] for f in held["flows"] if f["payee"] in ("RBA", "RA4", "RH5")]
    assert round(sum(trusts), 2) == 566640653.00
    assert {m["line"]: m["period"] for m in held["mismatches"]} == {
        "contract outturn": "2016/17",
        "penalties and quality payments": "2016/17",
        "savings on partners": "2016/17",
    }


def test_the_terminal_and_the_pages_have_the_same_books(
    somerset_run: Path, somerset_workspace: Workspace
) -> None:
    """The council's lines follow the residents of the run in both."""
    done = accounts("somerset", "--json", folder=somerset_run.parent)
    terminal = {o["id"]: o["position"] for o in json.loads(done.stdout)["organisations"]}
    for book in somerset_workspace.organisation_books().organisations:
        if book.whole:
            pounds = {year: float(amount) for year, amount in book.position.items()}
            assert terminal[book.id] == pounds, book.id


def test_an_unknown_organisation_or_year_leaves_with_two(somerset_run: Path) -> None:
    unknown = accounts("somerset", "--organisation", "RBX", folder=somerset_run)
    assert unknown.returncode == 2
    assert 'Did you mean "RBA"' in unknown.stderr
    late = accounts("somerset", "--year", "2031/32", folder=somerset_run)
    assert (late.returncode, "expected a year of these accounts" in late.stderr) == (2, True)
