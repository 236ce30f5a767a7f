"""The pages of figures: does the printed plan add up, and where does a number come from?"""

from tripleaim.web.pages.figures import tables, views
from tripleaim.web.pages.figures.presenters import audit, unknown
from tripleaim.web.ui.registry import Needs, PageEntry, TableDownload

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
        address="assumptions/",
        section="Audit",
        name="What it assumes",
        question="What does the plan assume, and what does the model do with it?",
        ignores_scenarios=True,
        view=views.assumptions,
        needs=Needs(files=("assumption_register.csv",)),
        tables=(TableDownload("assumptions", lambda page: unknown.assumptions(page.place)),),
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
        address="not-known/",
        section="Figures",
        name="Not known",
        question="What is not known about {place}, and who would know?",
        ignores_scenarios=True,
        view=views.not_known_here,
        tables=(
            TableDownload("not-known", lambda page: unknown.not_known_table(page.place)),
            TableDownload("old-defaults", lambda page: unknown.old_defaults(page.place)),
        ),
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
