"""The pages of outcomes: prevention over twenty years, and the back-test."""

from tripleaim.web.pages.outcomes import tables
from tripleaim.web.pages.outcomes.presenters import backtest as backtest_words
from tripleaim.web.pages.outcomes.presenters import backtest_later
from tripleaim.web.pages.outcomes.views import backtest, prevention, prevention_value
from tripleaim.web.ui.registry import Needs, PageEntry, TableDownload

OF_RUN = "outcomes/run/<run:run_id>/"
FOLDERS = ("outcomes/", OF_RUN)

PAGES = (
    PageEntry(
        address="outcomes/",
        run_address=OF_RUN,
        section="Outcomes",
        name="Twenty years",
        question="Does prevention pay, and when?",
        view=prevention.twenty_years,
        needs=Needs(job="prevention"),
        tables=tables.TWENTY_YEARS,
        files={"prevention.json": prevention.as_json},
        download_folders=FOLDERS,
    ),
    PageEntry(
        address="outcomes/value/",
        run_address=f"{OF_RUN}value/",
        section="Outcomes",
        name="What a QALY costs",
        question="Is it worth what it costs?",
        view=prevention_value.value,
        needs=Needs(job="prevention"),
        tables=tables.VALUE,
        download_folders=FOLDERS,
    ),
    PageEntry(
        address="outcomes/published/",
        run_address=f"{OF_RUN}published/",
        section="Outcomes",
        name="Compared with published work",
        question="Does it agree with published evaluations?",
        view=prevention_value.published,
        needs=Needs(job="prevention"),
        tables=tables.PUBLISHED,
        download_folders=FOLDERS,
    ),
    PageEntry(
        address="outcomes/risks/",
        run_address=f"{OF_RUN}risks/",
        section="Outcomes",
        name="Deaths by risk factor",
        question="Do people at risk die as often as studies say?",
        view=prevention_value.risks,
        needs=Needs(job="prevention"),
        tables=tables.RISKS,
        download_folders=FOLDERS,
    ),
    PageEntry(
        address="outcomes/inequality/",
        run_address=f"{OF_RUN}inequality/",
        section="Outcomes",
        name="By deprivation",
        question="Does it reach those who need it most?",
        view=prevention.inequality,
        needs=Needs(job="prevention"),
        tables=tables.INEQUALITY,
        download_folders=FOLDERS,
    ),
    PageEntry(
        address="outcomes/leading/",
        run_address=f"{OF_RUN}leading/",
        section="Outcomes",
        name="Early signs",
        question="Which early signs should change first?",
        view=prevention.leading,
        needs=Needs(job="prevention"),
        tables=tables.LEADING,
        download_folders=FOLDERS,
    ),
    PageEntry(
        address="outcomes/attribution/",
        run_address=f"{OF_RUN}attribution/",
        section="Outcomes",
        name="Effect by programme",
        question="Which programme has which effect?",
        view=prevention.attribution,
        needs=Needs(job="prevention"),
        tables=tables.ATTRIBUTION,
        download_folders=FOLDERS,
    ),
    PageEntry(
        address="outcomes/uncertainty/",
        run_address=f"{OF_RUN}uncertainty/",
        section="Outcomes",
        name="What drives it",
        question="What makes it uncertain?",
        view=prevention.uncertainty,
        needs=Needs(job="prevention"),
        tables=tables.UNCERTAINTY,
        download_folders=FOLDERS,
    ),
    PageEntry(
        address="outcomes/programmes/<figure:programme_id>/",
        run_address=f"{OF_RUN}programmes/<figure:programme_id>/",
        section="Outcomes",
        name="A programme",
        question="Who does it reach, and when does it pay?",
        view=prevention.programme,
        above="outcomes/",
        needs=Needs(job="prevention"),
        tables=tables.PROGRAMME,
        download_folders=FOLDERS,
    ),
    PageEntry(
        address="outcomes/backtest/",
        section="Outcomes",
        name="Back-test",
        question="How well would it have predicted what happened?",
        view=backtest.backtest,
        needs=Needs(files=("backtest/backtest.toml",), job="backtest"),
        tables=(
            TableDownload(
                "backtest-groups", lambda _, result: backtest_words.groups(result.document)
            ),
            TableDownload(
                "backtest-elsewhere", lambda _, result: backtest_words.elsewhere(result.document)
            ),
            TableDownload(
                "backtest-register-rules",
                lambda _, result: backtest_words.register_rules(result.document),
            ),
            TableDownload(
                "backtest-plan-groups", lambda _, result: backtest_later.by_group(result.document)
            ),
            TableDownload(
                "backtest-plan-values",
                lambda _, result: backtest_later.every_value(result.document),
            ),
            TableDownload(
                "backtest-series", lambda _, result: backtest_words.series(result.document)
            ),
        ),
    ),
)
