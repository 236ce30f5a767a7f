"""What every answer carries."""

import gzip

import pytest
from django.conf import settings
from django.test import Client

from tripleaim.web.ui import assets_manifest


@pytest.mark.parametrize(
    "address", ["/", "/somerset/", "/nowhere/at/all/", "/somerset/download/gap.csv"]
)
def test_nothing_is_loaded_framed_or_sent_but_from_and_to_ourselves(
    client: Client, address: str
) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


def test_a_page_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    first = client.get("/somerset/")
    again = client.get("/somerset/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_front_end_files_are_ours_and_kept_for_ever(client: Client) -> None:
    for name in ("nhsuk.css", "tripleaim.css", "start.js", "htmx.js", "icon.svg"):
        answer = client.get(assets_manifest.address(name))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


def test_the_style_asks_no_other_host_and_ends_in_a_sans_serif() -> None:
    css = (assets_manifest.ASSETS / assets_manifest.names()["nhsuk.css"]).read_text()
    assert "@font-face" not in css
    assert "Frutiger" not in css
    assert "sourceMappingURL" not in css
    assert "assets.nhs.uk" not in css
    assert 'Arial,"Liberation Sans",Helvetica,sans-serif' in css


def test_pages_are_sent_small(client: Client) -> None:
    answer = client.get("/somerset/activity/", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) < len(gzip.decompress(answer.content)) / 3


def test_strangers_hosts_are_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_it_runs_without_debugging_database_or_cookies() -> None:
    assert settings.DEBUG is False
    assert settings.INSTALLED_APPS == []
    assert len(settings.SECRET_KEY) >= 50


def test_pages_can_only_be_read_but_for_the_forms_of_long_jobs(client: Client) -> None:
    for address in (
        "/", "/somerset/", "/somerset/solutions/falls/choose/", "/glossary/", "/somerset/runs/",
        "/somerset/runs/start", "/somerset/runs/0123456789ab/", "/somerset/s/falls.x/runs/start/",
    ):  # fmt: skip
        assert client.post(address).status_code == 405
    for address in ("/somerset/runs/start/", "/somerset/runs/0123456789ab/stop/"):
        assert client.post(address).status_code == 403
        assert client.put(address).status_code == 405
        assert client.delete(address).status_code == 405
    for address in ("/", "/somerset/", "/somerset/solutions/falls/choose/", "/glossary/"):
        assert client.head(address).status_code == 200
