"""What stands on the first page of a paper and of a board pack: of what it is, and what made it."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim import wording as words
from tripleaim.web.pages.papers.material import Material
from tripleaim.web.pages.plan.presenters.plan import statuses
from tripleaim.web.ui.source_lines import source_lines


def title(known: Material) -> str:
    """The name of the plan."""
    years = known.document.years
    return f"The plan of {known.document.name}, {years[0]} to {years[-1]}"


def about(known: Material) -> Sequence[str]:
    """The scenario, the date of the data, where the numbers are from, and what made them."""
    document = known.document
    scenario = document.scenario
    counted = words.listed(
        [f"{one['status']} ({one['sentence']})" for one in statuses(known.place)]
    )
    return (
        f"Scenario: {scenario.name} ({scenario.sha256[:12]}). {known.change}".rstrip(),
        f"Data: people as registered in {document.base_year}, the year before the plan. "
        f"Figures by status: {counted}.",
        *source_lines(document),
    )
