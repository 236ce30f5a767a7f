"""The list of figures, which is longer than a page, in the order asked for."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from printed_county import CountyPlans, printed_county

from tripleaim.web import plans
from tripleaim.web.pages.figures.presenters.figures import ROWS, SORTS, Search


@pytest.fixture(autouse=True)
def _county(_sample_plans: None) -> None:
    plans.use(CountyPlans())


@pytest.mark.parametrize("sort", [*SORTS, "nonsense"])
def test_a_list_of_several_pages_is_sorted_whole(client: Client, sort: str) -> None:
    """The script would sort the rows of one page only, so that the server does it."""
    first = client.get("/places/county/figures/", {"sort": sort, "q": ""}).content.decode()
    assert "data-part" in first
    by = sort if sort in SORTS else ""
    figures = Search(sort=by).in_order(printed_county().place)
    found = re.findall(r'<th scope="row"><a href="/places/county/figures/([^"]*)/">', first)
    assert found == [f.id for f in figures[:ROWS]]
    if by:
        assert f'href="?sort={sort}&amp;page=2"' in first
        years = [f.year for f in figures]
        assert sort != "year" or years == [
            *sorted(y for y in years if y),
            *(y for y in years if not y),
        ]
