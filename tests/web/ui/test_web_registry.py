"""Menus, breadcrumbs, downloads and what is missing follow from what each page says of itself."""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from printed_county import CountyPlans

from tripleaim.web import plans
from tripleaim.web.ui.answers import cached_for
from tripleaim.web.ui.registry import PageEntry, Registry, TableDownload, registry

PLACE = "/places/county/"


def test_every_page_says_what_it_answers_and_has_its_own_address() -> None:
    pages = registry().pages
    assert len({page.address for page in pages}) == len(pages)
    for page in pages:
        assert page.name
        assert page.question.endswith("?")
        assert page.audience == "public"


def test_the_navigation_is_the_sections_in_the_order_of_the_argument(client: Client) -> None:
    body = client.get("/places/somerset/").content.decode()
    links = re.findall(r'nhsuk-header__navigation-link" href="([^"]+)"', body)
    assert links == [f"/places/somerset/{p.address}" for p in registry().sections.values()]
    assert list(registry().sections) == [
        "Plan", "People", "Activity", "Money", "Staff", "Solutions", "Outcomes", "Audit", "Figures",
    ]  # fmt: skip


def test_a_page_below_another_has_the_way_back_above_it(client: Client) -> None:
    plans.use(CountyPlans())
    body = client.get(f"{PLACE}money/organisations/RBA/").content.decode()
    trail = re.findall(r'breadcrumb__link" href="([^"]+)">([^<]+)<', body)
    assert trail == [(f"{PLACE}money/", "Money"), (f"{PLACE}money/organisations/", "Organisations")]
    assert f'href="{PLACE}money/organisations/" aria-current="true"' in body


def test_a_menu_under_a_scenario_leads_to_pages_that_are_of_the_place_alone(
    client: Client,
) -> None:
    body = client.get("/places/somerset/s/falls.x/figures/").content.decode()
    assert 'href="/places/somerset/own-numbers/"' in body
    assert 'href="/places/somerset/s/falls.x/not-known/"' in body
    for address in re.findall(r'href="(/places/somerset/[^"#?]+)"', body):
        assert client.get(address).status_code == 200, address


def test_every_table_with_a_fixed_name_downloads_under_that_name(client: Client) -> None:
    plans.use(CountyPlans())
    names = [t.name for p, t in registry().downloads() if "<" not in t.name and not p.needs.job]
    assert len(names) > 40
    for name in names:
        answer = client.get(f"{PLACE}download/{name}.csv")
        # A place may have nothing for a table; whoever asks is told that there is none.
        assert answer.status_code in (200, 404), name
        if answer.status_code == 200:
            file = answer.headers["Content-Disposition"]
            assert file == f'attachment; filename="county-{name}.csv"'


def test_an_id_in_a_table_s_name_is_handed_on() -> None:
    table = TableDownload("flows-<from>-<to>", lambda *_: None)
    match = re.fullmatch(table.pattern, "flows-11X-RBA.csv")
    assert match
    assert match.groupdict() == {"from": "11X", "to": "RBA"}
    assert not re.fullmatch(table.pattern, "flows-11X.csv")


def test_a_page_whose_file_is_missing_says_which_and_is_not_in_the_menu(client: Client) -> None:
    for page in registry().pages:
        if page.needs.files and "<" not in page.address and page.above is None:
            body = unescape(client.get(f"/places/somerset/{page.address}").content.decode())
            assert page.question in body
            assert f"this place has no {page.needs.files[0]}." in body
            beside = client.get(f"/places/somerset/{registry().sections[page.section].address}")
            assert page is registry().sections[page.section] or (
                f'href="/places/somerset/{page.address}"' not in beside.content.decode()
            )


def test_pages_with_a_job_that_nobody_ran_offer_to_run_it(client: Client) -> None:
    jobs = [p for p in registry().pages if p.needs.job and "<" not in p.address]
    assert {p.needs.job for p in jobs} == {"futures", "backtest", "prevention"}
    plans.use(CountyPlans())
    for page in jobs:
        answer = client.get(PLACE + page.address)
        assert "This has not been computed yet" in answer.content.decode()
        assert answer.headers["Cache-Control"] == "no-store"


def test_only_pages_that_say_so_take_a_form() -> None:
    writes = [page.address for page in registry().pages if page.takes_forms]
    assert writes == [
        "own-numbers/set/",
        "own-numbers/undo/",
        "runs/start/",
        "runs/<run:run_id>/stop/",
    ]
    assert resolve("/places/somerset/runs/start/").func.takes_forms
    assert not resolve("/places/somerset/").func.takes_forms


def _registry(monkeypatch: pytest.MonkeyPatch, *pages: PageEntry) -> Registry:
    subject = type("subject", (), {"PAGES": pages})
    monkeypatch.setitem(__import__("sys").modules, "a_subject.urls", subject)
    monkeypatch.setitem(__import__("sys").modules, "a_subject", subject)
    return Registry(["a_subject"], ["public"])


def _page(address: str, **more: object) -> PageEntry:
    return PageEntry(address, "Plan", "A page", "Why?", lambda _: HttpResponse(), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pages", "fault"),
    [
        ([_page("a/"), _page("a/")], "two pages have the address “a/”"),
        ([_page("a/b/", above="a/")], "no page has the address “a/”, above “a/b/”"),
        (
            [_page(a, tables=[TableDownload("t", lambda _: None)]) for a in ("a/", "b/")],
            "two pages offer a table “t”",
        ),
    ],
)
def test_a_registry_at_odds_with_itself_is_refused(
    monkeypatch: pytest.MonkeyPatch, pages: list[PageEntry], fault: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(fault)):
        _registry(monkeypatch, *pages)


def test_a_page_for_those_who_sign_in_has_no_address_and_is_kept_by_no_cache(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    theirs = _page("a/", audience="partners")
    pages = _registry(monkeypatch, theirs, _page("b/")).pages
    assert [page.address for page in pages] == ["b/"]
    assert cached_for(theirs.audience) == "no-store"
