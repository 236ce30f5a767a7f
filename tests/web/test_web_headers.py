"""What every answer carries."""

import gzip
import logging
import runpy
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from tripleaim.web import config
from tripleaim.web.config.log_limit import FewLines
from tripleaim.web.ui import assets_manifest


@pytest.mark.parametrize(
    "address", ["/", "/places/somerset/", "/nowhere/at/all/", "/places/somerset/download/gap.csv"]
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
    first = client.get("/places/somerset/")
    again = client.get("/places/somerset/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_front_end_files_are_ours_and_kept_for_ever(client: Client) -> None:
    for name in ("nhsuk.css", "tripleaim.css", "start.js", "htmx.js", "icon.svg"):
        answer = client.get(assets_manifest.address(name))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


def test_the_style_asks_no_other_host_and_ends_in_a_sans_serif() -> None:
    css = (assets_manifest.ASSETS / assets_manifest.names()["nhsuk.css"]).read_text(
        encoding="utf-8"
    )
    assert "@font-face" not in css
    assert "Frutiger" not in css
    assert "sourceMappingURL" not in css
    assert "assets.nhs.uk" not in css
    assert 'Arial,"Liberation Sans",Helvetica,sans-serif' in css


def test_pages_are_sent_small(client: Client) -> None:
    answer = client.get("/places/somerset/activity/", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) < len(gzip.decompress(answer.content)) / 3


def test_strangers_hosts_are_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_it_runs_without_debugging_database_or_cookies() -> None:
    assert settings.DEBUG is False
    assert settings.INSTALLED_APPS == []
    assert len(settings.SECRET_KEY) >= 50


PLACE = "/places/somerset/"


def test_pages_can_only_be_read_but_for_the_forms_of_long_jobs(client: Client) -> None:
    only_read = ("", "solutions/falls/choose/", "runs/", "runs/start", "runs/0123456789ab/")
    for path in (*only_read, "s/falls.x/runs/start/"):
        for place in (PLACE, "/somerset/"):
            assert client.post(place + path).status_code == 405
    for address in ("/", "/glossary/"):
        assert client.post(address).status_code == 405
    for path in ("runs/start/", "runs/0123456789ab/stop/"):
        assert client.post(PLACE + path).status_code == 403
        assert client.put(PLACE + path).status_code == 405
        assert client.delete(PLACE + path).status_code == 405
    for address in ("/", PLACE, f"{PLACE}solutions/falls/choose/", "/glossary/"):
        assert client.head(address).status_code == 200


@pytest.mark.parametrize("address", ["/", PLACE, "/glossary/", "/somerset/"])
def test_what_is_public_may_be_kept_for_a_minute(client: Client, address: str) -> None:
    kept = client.get(address).headers["Cache-Control"]
    assert kept == "public, max-age=60, must-revalidate"


def test_what_does_not_say_who_may_see_it_is_kept_by_nobody(client: Client) -> None:
    for answer in (client.get("/places/nowhere/"), client.post(PLACE), client.get("/a/b/c/")):
        assert answer.headers["Cache-Control"] == "no-store"


def test_only_the_public_half_can_be_switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIPLEAIM_SERVES", "public,signed-in")
    with pytest.raises(ImproperlyConfigured, match="only “public” is built yet"):
        runpy.run_path(str(Path(config.__file__).parent / "settings" / "__init__.py"))


def test_the_log_takes_a_few_lines_of_a_kind_a_minute_and_says_that_there_were_more() -> None:
    lines = FewLines(most=3)

    def written(name: str) -> list[str]:
        records = [
            logging.LogRecord(name, logging.ERROR, "", 0, "%s", ("x" * 9_000,), None)
            for _ in range(50)
        ]
        return [record.getMessage() for record in records if lines.filter(record)]

    told = written("django.request")
    assert [len(line) for line in told[:3]] == [2_001] * 3
    assert told[3:] == ["more lines like these are left out for a minute"]
    assert len(written("waitress")) == 4


def test_the_log_says_the_traceback_of_the_first_faults_and_the_name_of_the_others() -> None:
    lines = FewLines()
    fault = ValueError("a fault")
    records = [
        logging.LogRecord("one", logging.ERROR, "", 0, "failed", (), (ValueError, fault, None))
        for _ in range(5)
    ]
    assert all(lines.filter(record) for record in records)
    assert [record.exc_info is not None for record in records] == [True] * 3 + [False] * 2
    assert [record.getMessage() for record in records[2:4]] == [
        "failed",
        "failed (ValueError('a fault'))",
    ]
