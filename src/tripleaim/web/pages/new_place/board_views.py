"""The place of an English board: choose it, see what it will be made from, build it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tripleaim.boards import (
    Board,
    BoardChoice,
    BoardSize,
    OfficialTables,
    board_called,
    board_choices,
    board_size,
    boards,
    make_place,
)
from tripleaim.data_folder import FOOTPRINTS
from tripleaim.place import InputError, load, place_id
from tripleaim.web.pages.new_place.views import address_of_building, fresh, see, start_plan
from tripleaim.web.plans import open_plans
from tripleaim.web.ui.frame import place_address
from tripleaim.web.ui.long_jobs.form_checks import uploads_open
from tripleaim.web.ui.maps import BoardOnMap, board_map

ADDRESS = "/new/board/"
_LIKELY, _OTHER = 1, 4
"""Shades of boards on the map."""
LONGEST = 100
"""Letters of a typed text that are looked at."""


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A board that somebody chose: how large it is, and what is here of its place already.

    `made` is the address of its place where it was made before, empty where it was not.
    """

    board: Board
    size: BoardSize
    own_id: str
    made: str


def choose_board(request: HttpRequest, question: str) -> HttpResponse:
    """All boards, those that a typed text may mean, or the one that somebody chose."""
    code, text = request.GET.get("board", "")[:LONGEST], request.GET.get("q", "")[:LONGEST].strip()
    with OfficialTables() as tables:
        if code:
            try:
                return _one(request, question, board_called(code, tables), tables)
            except InputError as fault:
                return _many(request, question, tables, code, fault.in_public)
        return _many(request, question, tables, text)


def build_board(request: HttpRequest, question: str) -> HttpResponse:
    """Make the place of the board that the form names, and start its plan."""
    data = open_plans().folder
    if request.method != "POST" or data is None or not uploads_open(request):
        return see(ADDRESS)
    with OfficialTables() as tables:
        try:
            board = board_called(request.POST.get("board", "")[:LONGEST], tables)
        except InputError as fault:
            return _many(request, question, tables, "", fault.in_public)
    own_id = place_id(board.short_name)
    folder = data / FOOTPRINTS / own_id
    if not folder.exists():
        try:
            make_place(folder, board.code)
        except InputError as fault:
            with OfficialTables() as tables:
                return _many(request, question, tables, "", fault.in_public)
        start_plan(data, load(folder))
    return see(address_of_building(own_id))


def _one(request: HttpRequest, question: str, board: Board, tables: OfficialTables) -> HttpResponse:
    own_id = place_id(board.short_name)
    chosen = BoardPage(board, board_size(board, tables), own_id, _made(own_id))
    return _shown(
        request,
        "new_place/board.jinja",
        title=f"Make the place of {board.short_name}",
        question=question,
        chosen=chosen,
        may_build=_may_build(request),
    )


def _many(
    request: HttpRequest, question: str, tables: OfficialTables, text: str, fault: str = ""
) -> HttpResponse:
    """The boards that a text may mean, and all of them below; a fault in words above the form."""
    choices: Sequence[BoardChoice] = board_choices(text, tables)
    every = sorted(boards(tables), key=lambda board: board.name)
    return _shown(
        request,
        "new_place/boards.jinja",
        title=f"Error: {question}" if fault else question,
        question=question,
        text=text,
        fault=fault,
        choices=choices,
        boards=every,
        map=_map(every, {choice.board.code for choice in choices}),
        may_build=_may_build(request),
    )


def _map(every: Sequence[Board], likely: Collection[str]) -> str:
    """All boards to choose from on a map; darker are those that the typed text may mean."""
    shown = {
        board.code: BoardOnMap(
            board.short_name,
            _LIKELY if board.code in likely else _OTHER,
            f"{ADDRESS}?board={board.code}",
        )
        for board in every
    }
    return board_map(
        shown,
        "England’s integrated care boards",
        "Choose a board on the map, or from the list of all boards, which has the same.",
    )


def _may_build(request: HttpRequest) -> bool:
    return open_plans().folder is not None and uploads_open(request)


def _made(own_id: str) -> str:
    """Where the place of a board is that was made before: its plan, or how far that is."""
    if own_id in open_plans().places():
        return place_address(own_id)
    return open_plans().building(own_id)


def _shown(request: HttpRequest, template: str, **content: Any) -> HttpResponse:
    return fresh(render(request, template, content))
