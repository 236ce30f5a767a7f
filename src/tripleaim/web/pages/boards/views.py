"""England's boards on a map and in a table, by a measure that a reader chooses."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tripleaim.board_comparison import as_csv, shipped_comparison
from tripleaim.web.pages.boards import pictures, presenters

TITLE = "Boards compared"


def boards(request: HttpRequest, question: str) -> HttpResponse:
    """The map, the board that was chosen, and all of them in the order of the measure."""
    document = shipped_comparison()
    if document is None:
        return render(request, "boards/no_comparison.jinja", {"title": TITLE, "question": question})
    choice = presenters.chosen(document, request.GET.get("measure"), request.GET.get("board"))
    groups = presenters.groups(choice)
    return render(
        request,
        "boards/boards.jinja",
        {
            "title": TITLE,
            "question": question,
            "answer": presenters.answer(choice),
            "choice": choice,
            "measures": presenters.options(document),
            "names": presenters.names(document),
            "map": pictures.comparison_map(choice, groups),
            "key": pictures.map_key(choice, groups),
            "board": presenters.board_table(choice),
            "table": presenters.table(choice),
            "notes": presenters.notes(choice),
        },
    )


def boards_csv(_request: HttpRequest, question: str) -> HttpResponse:  # noqa: ARG001 - of a page
    """Every number of every board, with its interval and the range of its rank."""
    document = shipped_comparison()
    if document is None:
        raise Http404("No comparison of the boards has been made here yet.")
    return HttpResponse(
        as_csv(document).encode(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="boards.csv"'},
    )
