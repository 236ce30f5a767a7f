"""The pages of a scenario: what it changes, and what may be assumed otherwise."""

from tripleaim.web.pages.scenario import presenters, views
from tripleaim.web.ui.registry import PageEntry, TableDownload

QUESTION = "What if {place} assumed something else?"

PAGES = (
    PageEntry(
        address="scenario/assumptions/",
        section="Plan",
        name="Change assumptions",
        question=QUESTION,
        view=views.assumptions,
        tables=(TableDownload("scenario-assumptions", presenters.assumptions_table),),
    ),
    PageEntry(
        address="scenario/assumptions/set/",
        section="Plan",
        name="Change assumptions",
        question=QUESTION,
        view=views.assume,
        above="scenario/assumptions/",
    ),
    PageEntry(
        address="scenario/assumptions/set/live/",
        section="Plan",
        name="Change assumptions",
        question=QUESTION,
        view=views.assume_live,
        above="scenario/assumptions/",
    ),
    PageEntry(
        address="scenario/",
        section="Plan",
        name="This scenario",
        question="What does this scenario change?",
        view=views.scenario,
        files={"my-scenario.toml": views.scenario_file},
    ),
)
