"""The pages of own numbers. They are of the place and not of a scenario."""

from tripleaim.web.pages.own_numbers import presenters, views
from tripleaim.web.ui.registry import PageEntry, TableDownload

PAGES = (
    PageEntry(
        address="own-numbers/",
        section="Figures",
        name="Your own numbers",
        question="Which numbers of {place} are your own?",
        view=views.listed,
        tables=(TableDownload("own-numbers", presenters.as_file),),
        scenarios=False,
        shows_jobs=True,  # its file follows from the place's files as they are now, not as run
    ),
    PageEntry(
        address="own-numbers/set/",
        section="Figures",
        name="Use your own number",
        question="Which number do you know better?",
        view=views.enter,
        above="own-numbers/",
        scenarios=False,
        takes_forms=True,
    ),
    PageEntry(
        address="own-numbers/undo/",
        section="Figures",
        name="Undo your own number",
        question="Which numbers of {place} are your own?",
        view=views.take_back,
        above="own-numbers/",
        scenarios=False,
        takes_forms=True,
    ),
)
