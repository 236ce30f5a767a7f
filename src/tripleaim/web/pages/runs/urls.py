"""The pages of long jobs. They have no scenario, so they are below the place alone."""

from tripleaim.web.pages.runs import views
from tripleaim.web.ui.registry import PageEntry

PAGES = (
    PageEntry(
        address="runs/",
        section="",
        name="Long jobs",
        question="What takes long, and what has come of it?",
        view=views.every_run,
        scenarios=False,
    ),
    PageEntry(
        address="runs/start/",
        section="",
        name="Start a long job",
        question="What takes long, and what has come of it?",
        view=views.begin,
        scenarios=False,
        takes_forms=True,
    ),
    PageEntry(
        address="runs/<run:run_id>/",
        section="",
        name="A long job",
        question="How far is it, and what came of it?",
        view=views.one_run,
        scenarios=False,
    ),
    PageEntry(
        address="runs/<run:run_id>/stop/",
        section="",
        name="Stop a long job",
        question="How far is it, and what came of it?",
        view=views.halt,
        scenarios=False,
        takes_forms=True,
    ),
    PageEntry(
        address="runs/<run:run_id>/result/",
        section="",
        name="The result of a long job",
        question="What came of it?",
        view=views.result,
        scenarios=False,
    ),
)
