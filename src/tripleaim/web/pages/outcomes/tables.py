"""The tables that pages of prevention offer, each by its name as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tripleaim.prevention import MoneyPart, PreventionDocument, ProgrammePart
from tripleaim.web.pages.outcomes.presenters import prevention as words_of
from tripleaim.web.pages.outcomes.presenters import prevention_health as of_health
from tripleaim.web.pages.outcomes.presenters import prevention_parts as of_parts
from tripleaim.web.pages.outcomes.presenters import prevention_programme as of_programme
from tripleaim.web.pages.outcomes.presenters import prevention_risks as of_risks
from tripleaim.web.pages.outcomes.presenters import prevention_signs as of_signs
from tripleaim.web.pages.outcomes.presenters import prevention_value as of_value
from tripleaim.web.pages.outcomes.presenters import spreads
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.long_jobs.job_results import JobResult
from tripleaim.web.ui.registry import TableDownload
from tripleaim.web.ui.tables import PageTable

Prevention = JobResult[PreventionDocument]


def money_tables(
    document: PreventionDocument, money: MoneyPart, suffix: str = ""
) -> dict[str, PageTable]:
    """The tables of money of all programmes, or of one whose id is the suffix."""
    return {
        "by_year": words_of.money_by_year(document, money, f"outcomes-money{suffix}"),
        "sums": words_of.sums(document, money, f"outcomes-sums{suffix}"),
        "by_payer": words_of.by_payer(document, money, f"outcomes-payers{suffix}"),
    }


def _download(name: str, table: Callable[..., PageTable | None]) -> TableDownload:
    """A table of a document as a file, with its intervals as two numbers."""

    def for_file(page: PlacePage, result: Prevention, **ids: str) -> PageTable | None:
        on_page = table(page, result.document, **ids)
        return None if on_page is None else spreads.for_file(on_page)

    return TableDownload(name, for_file)


def _money(kind: str) -> Callable[..., PageTable | None]:
    """A table of money of all programmes, or of one."""

    def table(
        _page: PlacePage, document: PreventionDocument, programme: str = ""
    ) -> PageTable | None:
        if not programme:
            return money_tables(document, document.together)[kind]
        part = _programme(document, programme)
        return money_tables(document, part.money, f"-{part.id}")[kind] if part else None

    return table


def _of_programme(
    make: Callable[[PlacePage, PreventionDocument, ProgrammePart], PageTable],
) -> Callable[..., PageTable | None]:
    def table(page: PlacePage, document: PreventionDocument, programme: str) -> PageTable | None:
        part = _programme(document, programme)
        return make(page, document, part) if part else None

    return table


def _of_outcome(
    parts: Callable[[PreventionDocument], Sequence[Any]],
    make: Callable[[PlacePage, PreventionDocument, Any], PageTable],
) -> Callable[..., PageTable | None]:
    def table(page: PlacePage, document: PreventionDocument, outcome: str) -> PageTable | None:
        part = next((p for p in parts(document) if p.id == outcome), None)
        return make(page, document, part) if part else None

    return table


def _programme(document: PreventionDocument, programme: str) -> ProgrammePart | None:
    return next((p for p in document.programmes if p.id == programme), None)


TWENTY_YEARS = (
    _download("outcomes-money", _money("by_year")),
    _download("outcomes-sums", _money("sums")),
    _download("outcomes-payers", _money("by_payer")),
    _download("outcomes-programmes", lambda _, document: words_of.programmes(document)),
    _download("outcomes-events", lambda _, document: words_of.events(document)),
    _download("outcomes-care", lambda _, document: words_of.care(document)),
)
VALUE = (
    _download("outcomes-value", lambda _, document: of_value.side_by_side(document)),
    _download("outcomes-value-rates", lambda _, document: of_value.every_rate(document)),
    _download("outcomes-acceptability", lambda _, document: of_value.acceptability(document)),
)
PUBLISHED = (
    _download(
        "outcomes-published", lambda page, document: of_value.published(document, page.place)
    ),
)
RISKS = (_download("outcomes-risks", lambda page, document: of_risks.deaths(document, page.place)),)
INEQUALITY = (
    _download("outcomes-quintiles", lambda _, document: of_health.by_quintile(document)),
    _download("outcomes-inequality", lambda _, document: of_health.slopes(document)),
    _download("outcomes-expectancy", lambda _, document: of_health.expectancies(document)),
    _download(
        "outcomes-official",
        lambda page, document: of_health.beside_official(document, page.place),
    ),
)
LEADING = (
    _download(
        "outcomes-leading-<outcome>",
        _of_outcome(lambda d: d.leading, lambda _, d, chain: of_signs.measures(d, chain)),
    ),
    _download(
        "outcomes-predicted-<outcome>",
        _of_outcome(lambda d: d.leading, lambda _, __, chain: of_signs.predicted(chain)),
    ),
    _download(
        "outcomes-explained-<outcome>",
        _of_outcome(lambda d: d.leading, lambda _, d, chain: of_signs.explained(d, chain)),
    ),
)
ATTRIBUTION = (
    _download(
        "outcomes-shares-<outcome>",
        _of_outcome(lambda d: d.attribution, lambda _, d, part: of_parts.share_table(d, part)),
    ),
)
UNCERTAINTY = (
    _download(
        "outcomes-drivers-<outcome>",
        _of_outcome(
            lambda d: d.uncertainty,
            lambda page, d, part: of_parts.driver_table(d, part, page.place),
        ),
    ),
)
PROGRAMME = (
    _download("outcomes-money-<programme>", _money("by_year")),
    _download("outcomes-sums-<programme>", _money("sums")),
    _download("outcomes-payers-<programme>", _money("by_payer")),
    _download(
        "outcomes-reach-<programme>",
        _of_programme(lambda _, d, part: of_programme.by_quintile(d, part)),
    ),
    _download(
        "outcomes-evidence-<programme>",
        _of_programme(lambda page, d, part: of_programme.evidence(part, d, page.place)),
    ),
    _download(
        "outcomes-costs-<programme>",
        _of_programme(lambda page, d, part: of_programme.costs(part, d, page.place)),
    ),
)
