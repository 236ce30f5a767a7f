"""Uptake above the plan's own warns whoever reads the plan: in words, terminal and workbook."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.console import Console

from tripleaim.cli import show
from tripleaim.plan import Basis, Choice, PlanDocument, Workspace, choose
from tripleaim.plan.publish.workbook import write_workbook


@pytest.fixture(scope="module")
def all_take_up(somerset_workspace: Workspace) -> PlanDocument:
    """Every solution taken up by everybody it reaches."""
    place = somerset_workspace.place
    choices = {s.id: Choice(Basis.AS_CLAIMED, uptake=1.0, start=s.start) for s in place.solutions}
    return somerset_workspace.document(choose(place, choices))


def test_a_plan_as_printed_warns_of_nothing(somerset_workspace: Workspace) -> None:
    assert somerset_workspace.document(choose(somerset_workspace.place)).warnings == []


def test_impossible_savings_are_named_with_their_amount(all_take_up: PlanDocument) -> None:
    (warning,) = all_take_up.warnings
    beyond = all_take_up.impossible_gbp_m["2020/21"]

    assert warning.startswith("Uptake above the plan's own: claim and investment of ")
    assert beyond > 100
    assert f"£{beyond:.1f}m of the claim is impossible" in warning


def test_the_terminal_warns_right_below_the_position(all_take_up: PlanDocument) -> None:
    out = io.StringIO()

    show.plan(Console(file=out, width=120), all_take_up, Path("somewhere"))

    text = out.getvalue()
    position, evidence = text.index("As claimed, after STF"), text.index("What evidence shows")
    assert position < text.index(f"Warning: {all_take_up.warnings[0]}") < evidence


def test_the_workbook_warns_before_its_notes(
    all_take_up: PlanDocument, somerset_workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "plan.xlsx"

    write_workbook(all_take_up, somerset_workspace.place, path)

    rows = list(load_workbook(path)["Read me"].iter_rows(values_only=True))
    named = [row[0] for row in rows]
    assert named.index("Warning") < named.index("Note")
    assert rows[named.index("Warning")][1] == all_take_up.warnings[0]
