"""The how-to "Add a page" works as it stands: this test follows it step by step."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import clear_url_caches

from tripleaim.web import pages
from tripleaim.web.config import addresses
from tripleaim.web.ui.registry import registry

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-page.md"
FILE = re.compile(r"^`([\w/.]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GROWTH = "tripleaim.web.pages.growth"


def _files() -> Mapping[str, str]:
    """The files that the how-to has one write, by their path."""
    return dict(FILE.findall(HOW_TO.read_text("utf-8")))


@pytest.fixture
def _with_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The site once its reader has followed the how-to."""
    for path, text in _files().items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    below = tmp_path / "src" / "tripleaim" / "web" / "pages"
    monkeypatch.setattr(pages, "__path__", [*pages.__path__, str(below)])
    subjects = list(settings.TRIPLEAIM_SUBJECTS)
    subjects.insert(subjects.index("tripleaim.web.pages.activity") + 1, GROWTH)
    with override_settings(TRIPLEAIM_SUBJECTS=subjects, TEMPLATES=list(settings.TEMPLATES)):
        site = ModuleType("addresses_with_the_page")
        vars(site).update(
            urlpatterns=addresses.addresses_of(registry()), handler404=addresses.handler404
        )
        with override_settings(ROOT_URLCONF=site):
            clear_url_caches()
            yield
    clear_url_caches()
    for name in [name for name in sys.modules if name.startswith(GROWTH)]:
        del sys.modules[name]
    if hasattr(pages, "growth"):
        del pages.growth


def _tests() -> Mapping[str, Callable[[Client], None]]:
    """The tests that the how-to has one write, by their names."""
    [text] = [text for path, text in _files().items() if path.startswith("tests/")]
    namespace: dict[str, Callable[[Client], None]] = {}
    exec(compile(text, str(HOW_TO), "exec"), namespace)  # noqa: S102 - the how-to is ours
    return {name: test for name, test in namespace.items() if name.startswith("test_")}


@pytest.mark.usefixtures("_with_the_page")
@pytest.mark.parametrize("name", _tests())
def test_a_page_added_as_the_how_to_says_passes_its_own_tests(client: Client, name: str) -> None:
    _tests()[name](client)


@pytest.mark.usefixtures("_with_the_page")
def test_the_added_page_stands_under_every_scenario_and_links_only_to_what_is_there(
    client: Client,
) -> None:
    body = client.get("/places/somerset/s/falls.x/activity/fastest/").content.decode()
    links = set(re.findall(r'href="(/places/somerset/[^"#]*)"', body))
    assert "/places/somerset/s/falls.x/download/fastest-growth.csv" in links
    assert {client.get(link).status_code for link in links} == {200}


def test_every_file_that_the_how_to_names_is_where_it_says() -> None:
    assert list(_files()) == [
        "src/tripleaim/web/pages/growth/__init__.py",
        "src/tripleaim/web/pages/growth/presenters.py",
        "src/tripleaim/web/pages/growth/views.py",
        "src/tripleaim/web/pages/growth/templates/fastest.jinja",
        "src/tripleaim/web/pages/growth/urls.py",
        "tests/web/growth/test_web_growth.py",
    ]
    root = HOW_TO.parents[2]
    named = re.findall(r"`((?:src|tests)/[\w/.]+)`", HOW_TO.read_text("utf-8"))
    assert [p for p in named if "growth" not in p and not (root / p).exists()] == []
