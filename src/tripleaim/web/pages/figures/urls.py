"""The pages of figures: does the printed plan add up, and where does a number come from?"""

from tripleaim.web.pages.figures import tables, views
from tripleaim.web.pages.figures.presenters import audit
from tripleaim.web.ui.registry import PageEntry, TableDownload

PAGES = (
    PageEntry(
        address="audit/",
        section="Audit",
        name="Audit",
        question="Does the printed plan add up?",
        ignores_scenarios=True,
        view=views.audit,
        tables=(
            TableDownload("audit", lambda page: audit.table(page.workspace.audit)),
            TableDownload("reconciliation", lambda page: tables.reconciliation(page.document)),
        ),
    ),
    PageEntry(
        address="figures/",
        section="Figures",
        name="Figures",
        question="Where does this number come from?",
        ignores_scenarios=True,
        view=views.figures,
        tables=(TableDownload("figures", lambda page: tables.figures(page.place)),),
    ),
    PageEntry(
        address="figures/<figure:figure_id>/",
        section="Figures",
        name="A figure",
        question="Where does this number come from?",
        ignores_scenarios=True,
        view=views.figure,
        above="figures/",
    ),
)
