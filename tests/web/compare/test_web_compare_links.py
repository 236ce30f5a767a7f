"""No link of a page that compares is dead, whatever is compared and whatever a place lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import product
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from django.test import Client
from printed_county import CountyPlans

from tripleaim.place import Place, load
from tripleaim.plan import Basis, Choice, assumptions_of, choose, prints_period_total
from tripleaim.web import plans
from tripleaim.web.plans import PlanFolder

LINK = re.compile(r'\b(?:href|src|action|hx-get|formaction)="([^"]*)"')
TARGET = re.compile(r'\b(?:id|name)="([^"]*)"')
STARTS_WORK = re.compile(r"/runs/(start|[0-9a-f]{12}/stop)/$")
DRAWN = re.compile(r"\.(png|svg|pptx|docx|pdf)$")
"""Files that take long to make; their own tests make them."""


def tokens_of(place: Place) -> list[str]:
    """Tokens of scenarios of a place, of each kind that it can have; "" is the plan as printed."""
    scenarios = [choose(place)]
    some = place.solutions[:2]
    if some:
        scenarios += [
            choose(place, {some[0].id: Choice(Basis.OFF)}),
            choose(place, {one.id: Choice(Basis.ON_EVIDENCE) for one in some}),
            choose(place, {some[-1].id: Choice(Basis.OWN_VALUE, own=0.5, uptake=0.5)}),
        ]
    assumptions = assumptions_of(place)
    if assumptions:
        one = assumptions[0]
        scenarios.append(choose(place, assumptions={one.id: one.value + 0.5}))
    if prints_period_total(place):
        scenarios.append(choose(place, period_total="included"))
    return [scenario.token for scenario in scenarios]


def compared(place_id: str, place: Place) -> Iterator[str]:
    """Addresses of pages that compare any two scenarios, or say why they cannot."""
    home = f"/places/{place_id}/"
    tokens = tokens_of(place)
    for here, there in product(tokens, [None, *tokens, "nonsense", "/places/nowhere/"]):
        base = f"{home}s/{here}/" if here else home
        yield f"{base}compare/" + ("" if there is None else f"?with={quote(there)}")
    for token in tokens[1:]:
        yield f"{home}compare/?with={quote(f'http://localhost{home}s/{token}/money/?year=x#top')}"
        yield f"{home}compare/?chosen={quote(token)}"


def test_no_link_of_a_page_that_compares_is_dead(client: Client, which: tuple[str, Place]) -> None:
    seen: set[str] = set()
    for address in compared(*which):
        answer = client.get(address)
        assert answer.status_code == 200, address
        body = answer.content.decode()
        targets = set(map(unescape, TARGET.findall(body)))
        for link in map(unescape, LINK.findall(body)):
            whole, _, part = urljoin(address, link).partition("#")
            if link.startswith("#"):
                assert part in targets, f"{address} leads to {link}"
            elif whole.startswith("/") and not STARTS_WORK.search(whole) and whole not in seen:
                seen.add(whole)
                if not DRAWN.search(whole):
                    assert status(client, whole) == 200, f"{address} leads to {link}"
    assert len(seen) > 20


def status(client: Client, address: str) -> int:
    """The status of the answer, after what it redirects to."""
    answer = client.get(address, follow=True)
    answer.close()
    return int(answer.status_code)


@pytest.fixture(params=["county", "hamlet"])
def which(request: pytest.FixtureRequest, hamlet: Path, hamlet_run: Path) -> tuple[str, Place]:
    """A place with every file, and one that was made from a population alone."""
    if request.param == "county":
        plans.use(CountyPlans())
        return "county", load("somerset")
    plans.use(PlanFolder(hamlet_run.parent))
    return "hamlet", load(hamlet)
