"""The plan in other forms: JSON, a workbook, and the scenario as a file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import HttpResponse

from tripleaim.plan import write_workbook
from tripleaim.web.ui.answers import attached
from tripleaim.web.ui.frame import PlacePage

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plan_json(page: PlacePage) -> HttpResponse:
    """The document that every page is made from."""
    body = page.document.model_dump_json(indent=1) + "\n"
    return attached(page, body.encode(), "application/json", "plan.json")


def plan_xlsx(page: PlacePage) -> HttpResponse:
    """The plan as a workbook with live sums."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        write_workbook(page.document, page.place, path)
        return attached(page, path.read_bytes(), SHEET, "plan.xlsx")


def scenario_toml(page: PlacePage) -> HttpResponse:
    """The scenario as the small file that the command line reads."""
    return attached(
        page, page.scenario.toml().encode(), "application/toml; charset=utf-8", "scenario.toml"
    )
