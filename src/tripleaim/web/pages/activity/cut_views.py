"""Activity cut as one likes: the page, its tables, the whole as Parquet."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpResponse

from tripleaim import wording as words
from tripleaim.activity import Activity, Answer, ask, faults
from tripleaim.data_folder import again, checked, file_state
from tripleaim.measures import small_numbers
from tripleaim.plan import ACTIVITY_FILE, CONTRACTS_FILE
from tripleaim.web.pages.activity import cut_form
from tripleaim.web.pages.activity import cut_presenters as words_of
from tripleaim.web.plans import files_of
from tripleaim.web.ui.answers import attached, file_name
from tripleaim.web.ui.charts.bars import plain_bars
from tripleaim.web.ui.charts.picture import Picture
from tripleaim.web.ui.charts.signed import NOW, Bar, BarLabel, signed_bars
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.page_inputs import run_of
from tripleaim.web.ui.tables import PageTable

NO_ANSWER = "This question has no answer. The error is shown above and at its field."

PARQUET = "application/vnd.apache.parquet"


def cut(page: PlacePage) -> HttpResponse:
    """The form, and the answer to what it asks or what hinders one."""
    activity = activity_of(page)
    form = cut_form.typed(page.request.GET, page.place)
    question = form.question()
    wrong = {part: str(fault) for part, fault in faults(activity, question).items()}
    shown: dict[str, Any] = {"answer": NO_ANSWER}
    if not wrong:
        shown = _answer(page, activity, form, ask(activity, question))
    query = page.request.GET.urlencode()
    return page.show(
        "activity/cut.jinja",
        title="Error: cut activity" if wrong else "Cut activity",
        **shown,
        form=form,
        options=cut_form.options(page.place, activity),
        years_known=activity.years,
        faults=wrong,
        query=f"?{query}" if query else "",
    )


def activity_of(page: PlacePage) -> Activity:
    """The run's activity; under another scenario, with what is done under that one."""
    run = run_of(page)
    if not page.changed:
        return run.activity
    return page.once_for_scenario("activity", lambda: run.do_something(page.scenario))


def cut_table(page: PlacePage) -> PageTable | None:
    """The table that the address asks for, whole; None where the question has no answer."""
    activity = activity_of(page)
    form = cut_form.typed(page.request.GET, page.place)
    if faults(activity, form.question()):
        return None
    question = form.question()
    small = small_numbers(activity, run_of(page).people_by_cell, question)
    return words_of.table(page.place, ask(activity, question), form.sort, small)


def rates_table(page: PlacePage) -> PageTable | None:
    """The rates beside that table, where there are any."""
    activity = activity_of(page)
    question = cut_form.typed(page.request.GET, page.place).question()
    if faults(activity, question):
        return None
    return words_of.rates(page.place, activity, run_of(page).people_by_cell, question)


def people_parquet(page: PlacePage) -> HttpResponse | FileResponse:
    """All that is known by people, in one file."""
    return _parquet(page, ACTIVITY_FILE, "people")


def contracts_parquet(page: PlacePage) -> HttpResponse | FileResponse:
    """The same activity by contract."""
    return _parquet(page, CONTRACTS_FILE, "contract")


def _answer(
    page: PlacePage, activity: Activity, form: cut_form.CutForm, answer: Answer
) -> dict[str, Any]:
    place = page.place
    by_first = words_of.by_first(activity, answer)
    sentence = words_of.sentence(place, activity, answer, by_first)
    small = small_numbers(activity, run_of(page).people_by_cell, answer.question)
    table = words_of.table(place, answer, form.sort, small)
    rows = table.rows[: words_of.MOST_ROWS]
    return {
        "answer": sentence,
        "picture": _picture(page, activity, answer, sentence, by_first),
        "table": PageTable(table.name, table.caption, table.columns, rows),
        "rows": len(table.rows),
        "notes": [
            *words.cut_notes(place, activity, answer),
            *([words.SMALL_NUMBERS_NOTE] if small else []),
        ],
        "rates": words_of.rates(place, activity, run_of(page).people_by_cell, answer.question),
        "rates_note": words.RATES_NOTE,
    }


def _picture(
    page: PlacePage, activity: Activity, answer: Answer, sentence: str, by_first: words_of.Parts
) -> Picture | None:
    drawn = words_of.bars(page.place, activity, answer.question, by_first)
    if drawn is None:
        return None
    title, values = drawn
    description = f"Bars: {title}. {sentence}"
    if not answer.question.compare:
        return plain_bars(title, description, values).called("cut")
    return signed_bars(
        title,
        description,
        [Bar(name, 0.0, value, NOW) for name, value in values],
        [BarLabel(name, words.plain(value)) for name, value in values],
    ).called("cut")


def _parquet(page: PlacePage, name: str, known_by: str) -> HttpResponse | FileResponse:
    """A file of the run; under another scenario it is made of what is done under that one."""
    folder = files_of(page.workspace)
    if folder is None or not file_state(folder / name):
        raise Http404("The activity of this plan was not kept. Build the plan again.")
    if not page.changed:
        return FileResponse(
            checked(folder / name, again(folder)).open("rb"),
            as_attachment=True,
            filename=file_name(page, name),
            content_type=PARQUET,
        )
    with tempfile.TemporaryDirectory() as part:
        file = Path(part) / name
        activity_of(page).where(known_by=known_by).write(file)
        return attached(page, file.read_bytes(), PARQUET, name)
