"""Deaths by risk factor: a summary first, then the ratios of one factor, in pages."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from prevention_county import PreventionPlans

from tripleaim.web import plans

RISKS = "/places/county/outcomes/risks/"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> PreventionPlans:
    return PreventionPlans(tmp_path_factory.mktemp("data"))


@pytest.fixture(autouse=True)
def _county(source: PreventionPlans) -> None:
    plans.use(source)


def _rows(body: str, caption: str) -> list[str]:
    [table] = re.findall(rf"<table(?:(?!</table>).)*{caption}.*?</table>", body, re.DOTALL)
    return re.findall(r"<tr>\s*<t[hd][^>]*>(.*?)</t[hd]>", table.split("<tbody")[1], re.DOTALL)


def test_a_summary_by_factor_comes_before_every_ratio(client: Client) -> None:
    body = client.get(RISKS).content.decode()
    assert body.index("Ratios of deaths by risk factor") < body.index("Deaths from any cause")
    assert _rows(body, "Ratios of deaths by risk factor") == ["Smoking", "Weight"]


def test_a_factor_keeps_its_own_ratios_and_its_sources(client: Client) -> None:
    body = client.get(RISKS, {"factor": "Smoking"}).content.decode()
    assert _rows(body, "Deaths from any cause") == ["Smoking", "Smoking"]
    assert '<dt class="nhsuk-summary-list__key">Smoking</dt>' in body
    assert '<dt class="nhsuk-summary-list__key">Weight</dt>' not in body
    assert '<option value="Smoking" selected>' in body


def test_a_factor_that_is_not_known_shows_all(client: Client) -> None:
    body = client.get(RISKS, {"factor": "nonsense"}).content.decode()
    assert _rows(body, "Deaths from any cause") == ["Smoking", "Smoking", "Weight"]
