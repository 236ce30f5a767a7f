"""The pages of long jobs. They have no scenario, so they are below the place alone."""

from tripleaim.web.pages.runs import views
from tripleaim.web.ui.registry import PageEntry

PAGES = (
    PageEntry(
        address="runs/",
        section="",
        name="Long jobs",
        question="Which jobs take long, and what are their results?",
        view=views.every_run,
        scenarios=False,
    ),
    PageEntry(
        address="runs/start/",
        section="",
        name="Start a long job",
        question="Which jobs take long, and what are their results?",
        view=views.begin,
        scenarios=False,
        takes_forms=True,
    ),
    PageEntry(
        address="runs/<run:run_id>/",
        section="",
        name="A long job",
        question="How far is it, and what is the result?",
        view=views.one_run,
        scenarios=False,
    ),
    PageEntry(
        address="runs/<run:run_id>/stop/",
        section="",
        name="Stop a long job",
        question="How far is it, and what is the result?",
        view=views.halt,
        scenarios=False,
        takes_forms=True,
    ),
    PageEntry(
        address="runs/<run:run_id>/result/",
        section="",
        name="The result of a long job",
        question="What is the result?",
        view=views.result,
        scenarios=False,
    ),
)
