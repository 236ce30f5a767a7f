"""The pages of no place, in the order in which every page names them at its foot."""

from tripleaim.web.pages.home import static_pages, views
from tripleaim.web.ui.registry import SitePage

PAGES = (
    SitePage(
        address="glossary/",
        name="Glossary",
        question="What do the words mean?",
        view=static_pages.glossary,
    ),
    SitePage(
        address="accessibility/",
        name="Accessibility",
        question="Can everybody use these pages?",
        view=static_pages.accessibility,
    ),
    SitePage(
        address="",
        name="All places",
        question="Know a population, see the gap, plan how to close it",
        view=views.home,
    ),
    SitePage(
        address="download/places.csv",
        name="The places as a file",
        question="How do the places compare?",
        view=views.places_csv,
        at_foot=False,
    ),
)
