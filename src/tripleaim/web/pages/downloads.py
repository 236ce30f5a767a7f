"""The plan in other forms: JSON, a workbook, CSV of any table, the activity as Parquet."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse

from tripleaim.place import InputError
from tripleaim.plan import write_workbook
from tripleaim.web.pages import held_tables
from tripleaim.web.pages import plan_tables as tables
from tripleaim.web.pages.figures.presenters import audit
from tripleaim.web.pages.people import presenters as people
from tripleaim.web.pages.solutions import presenters as solutions
from tripleaim.web.ui.frame import Page, of_place
from tripleaim.web.ui.tables import Table

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
def scenario_toml(page: Page) -> HttpResponse:
    """The scenario as the small file that the command line reads."""
    return _attached(
        page, page.scenario.toml().encode(), "application/toml; charset=utf-8", "scenario.toml"
    )


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
    made: dict[str, Callable[[], Table]] = {
        "figures": lambda: tables.figures(page.place),
        "audit": lambda: audit.table(page.workspace.audit),
    }
    for key, of_document in tables.FROM_DOCUMENT.items():
        made[key] = partial(of_document, page.document)
    for key, of_people in people.TABLES.items():
        made[key] = partial(of_people, page.workspace.people)
    for part in page.document.solutions:
        made[f"solution-{part.id}"] = partial(solutions.one_by_year, part, page.document.years)
        made[f"evidence-{part.id}"] = partial(solutions.evidence, part, page.place)
    if name in made:
        return made[name]()
    try:
        return held_tables.table(page, name)
    except InputError:
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
