"""No page says a number with more digits than the rule of docs/style.md allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from crawl import pages_of
from django.test import Client
from listed_pages import OF_PREVENTION
from prevention_county import PreventionPlans

from data_folders import linked
from tripleaim.web import plans
from tripleaim.web.plans import PlanFolder

TOO_FINE = re.compile(
    r"£[\d,]*\.\d{2,}m\b"  # £m to more than a tenth
    r"|£0(?:\.0+)?m\b"  # no millions at all
    r"|(?<![\w.])[\d,]*[1-9]\d*\.\d{3,}(?![\w.])"  # three decimals of a number from 1 on
    r"|(?<![\w.])0\.0*[1-9]\d{3,}(?![\w.])"  # four digits of a number below 1
)
PARAMETERS = re.compile(r"/(figures|audit|assumptions)/|\.csv|\.json")
"""Pages that list what figures are and what they were solved to, and files."""


def too_fine(pages: Iterator[tuple[str, str]]) -> list[str]:
    """Each number with too many digits, with its page and what is around it."""
    return [
        f"{address}: …{body[max(0, hit.start() - 40) : hit.end() + 30]}…"
        for address, body in pages
        if not PARAMETERS.search(address)
        for hit in TOO_FINE.finditer(body)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("which", ["somerset", "northamptonshire", "hamlet"])
def test_no_page_of_a_place_has_numbers_finer_than_the_rule(
    which: str, client: Client, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    run: Path = request.getfixturevalue(f"{which}_run")
    linked(run, tmp_path / which)
    plans.use(PlanFolder(tmp_path))
    found = too_fine(pages_of(client, which))
    assert found == [], "\n".join(["", *found])


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> PreventionPlans:
    return PreventionPlans(tmp_path_factory.mktemp("data"))


@pytest.mark.parametrize("address", OF_PREVENTION)
def test_no_page_of_prevention_has_numbers_finer_than_the_rule(
    address: str, client: Client, county: PreventionPlans
) -> None:
    plans.use(county)
    answer = client.get(f"/places/county/{address}")
    assert answer.status_code == 200
    text = re.sub(r"<svg.*?</svg>|<script.*?</script>|<[^>]+>", " ", answer.content.decode())
    assert too_fine(iter([(address, text)])) == []


@pytest.mark.parametrize(
    "text", ["£0.00003m", "£0.0m", "£3.21m", "1.0845", "12,345.678", "0.12345", "£0m"]
)
def test_a_number_with_too_many_digits_is_found(text: str) -> None:
    assert len(too_fine(iter([("/", f"It is {text} today")]))) == 1


@pytest.mark.parametrize(
    "text",
    ["£3.2m", "£1,204m", "0.345", "0.0046", "12.34%", "trust-position.RBA.2015_16", "£32,000"],
)
def test_a_number_within_the_rule_passes(text: str) -> None:
    assert too_fine(iter([("/", f"It is {text} today")])) == []
