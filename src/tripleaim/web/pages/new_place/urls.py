"""The pages of a new place: its form, and how far its plan is."""

from tripleaim.web.pages.new_place import board_views, views
from tripleaim.web.ui.registry import SitePage

PAGES = (
    SitePage(
        address="new/",
        name="Make your own place",
        question="Make your own place",
        view=views.new,
        takes_forms=True,
        takes_files=True,
    ),
    SitePage(
        address="new/build/",
        name="Build a new place",
        question="Make your own place",
        view=views.build,
        at_foot=False,
        takes_forms=True,
    ),
    SitePage(
        address="new/board/",
        name="Make the place of your board",
        question="Make the place of your board",
        view=board_views.choose_board,
    ),
    SitePage(
        address="new/board/build/",
        name="Build the place of a board",
        question="Make the place of your board",
        view=board_views.build_board,
        at_foot=False,
        takes_forms=True,
    ),
    SitePage(
        address="building/<place:place_id>/",
        name="Progress of a new place",
        question="How far is the plan?",
        view=views.progress,
        at_foot=False,
    ),
    SitePage(
        address="building/<place:place_id>/start/",
        name="Build its plan",
        question="How far is the plan?",
        view=views.begin,
        at_foot=False,
        takes_forms=True,
    ),
    SitePage(
        address="building/<place:place_id>/stop/",
        name="Stop building its plan",
        question="How far is the plan?",
        view=views.halt,
        at_foot=False,
        takes_forms=True,
    ),
)
