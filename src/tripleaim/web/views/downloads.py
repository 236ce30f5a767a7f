"""The plan in other forms: JSON, a workbook, CSV of any table, the activity as Parquet."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse

from tripleaim.plan.workbook import write_workbook
from tripleaim.web.frame import Page, of_place
from tripleaim.web.presenters import audit, people, solutions, tables
from tripleaim.web.presenters.table import Table

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@of_place
def plan_json(page: Page) -> HttpResponse:
    """The document that every page is made from."""
    body = page.document.model_dump_json(indent=1) + "\n"
    return _attached(page, body.encode(), "application/json", "plan.json")


@of_place
def plan_xlsx(page: Page) -> HttpResponse:
    """The plan as a workbook with live sums."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        write_workbook(page.document, page.place, path)
        return _attached(page, path.read_bytes(), SHEET, "plan.xlsx")


@of_place
def activity(page: Page) -> FileResponse:
    """The projected activity of the run, which no scenario of solutions changes."""
    folder = page.workspace.folder
    if folder is None or not (folder / "activity.parquet").is_file():
        raise Http404("The activity of this plan was not kept.")
    return FileResponse(
        (folder / "activity.parquet").open("rb"),
        as_attachment=True,
        filename=_name(page, "activity.parquet"),
        content_type="application/vnd.apache.parquet",
    )


@of_place
def table(page: Page, name: str) -> HttpResponse:
    """Any table of the pages as CSV."""
    found = _table(page, name)
    if found is None:
        raise Http404(f"There is no table called “{name}”.")
    return _attached(page, found.csv().encode(), "text/csv; charset=utf-8", f"{name}.csv")


def _table(page: Page, name: str) -> Table | None:
    if name in tables.FROM_DOCUMENT:
        return tables.FROM_DOCUMENT[name](page.document)
    if name in people.TABLES:
        return people.TABLES[name](page.workspace.people)
    if name == "figures":
        return tables.figures(page.place)
    if name == "audit":
        return audit.table(page.workspace.audit)
    kind, _, solution_id = name.partition("-")
    part = next((s for s in page.document.solutions if s.id == solution_id), None)
    if part is not None and kind == "solution":
        return solutions.one_by_year(part, page.document.years)
    if part is not None and kind == "evidence":
        return solutions.evidence(part, page.place)
    return None


def _attached(page: Page, body: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        body,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{_name(page, name)}"'},
    )


def _name(page: Page, name: str) -> str:
    scenario = f"-{page.scenario.sha256[:8]}" if page.changed else ""
    return f"{page.place_id}{scenario}-{name}"
