"""Every kind of answer that leaves the server carries the headers, over real sockets."""

from __future__ import annotations

import ast
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import NamedTuple

import django.http
import pytest
import waitress.utilities
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from django.urls import ResolverMatch, URLPattern

from tripleaim import web
from tripleaim.data_folder import result_folder
from tripleaim.web import plans
from tripleaim.web.config.kept_answers import KeptAnswers
from tripleaim.web.config.middleware import HEADERS
from tripleaim.web.connections import Patience, listening
from tripleaim.web.plans import PlanFolder
from tripleaim.web.processes import bound
from tripleaim.web.server import MOST_BODY
from tripleaim.web.ui import assets_manifest
from waiting import LATEST

PLACE = "/places/somerset/"
FORM = "application/x-www-form-urlencoded"
OURS = {"Origin": "http://localhost", "Content-Type": FORM}
FOREIGN = {"Host": "evil.example"}
STYLE = assets_manifest.address("tripleaim.css")


class Request(NamedTuple):
    """What is asked, and the status of its answer."""

    status: int
    method: str
    address: str
    headers: Mapping[str, str] = {}
    body: str = ""


REQUESTS = (
    Request(200, "GET", "/"),
    Request(200, "GET", PLACE),
    Request(200, "GET", PLACE, {"Accept-Encoding": "gzip"}),
    Request(200, "HEAD", PLACE),
    Request(200, "GET", f"{PLACE}download/gap.csv"),
    Request(200, "HEAD", f"{PLACE}download/gap.csv"),
    Request(200, "GET", STYLE),
    Request(200, "HEAD", STYLE),
    Request(206, "GET", STYLE, {"Range": "bytes=0-9"}),
    Request(301, "GET", "/somerset/"),
    Request(301, "GET", "/places/somerset"),
    Request(303, "GET", f"{PLACE}runs/start/"),
    Request(304, "GET", PLACE, {"If-None-Match": "*"}),
    Request(304, "GET", STYLE, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}),
    Request(308, "POST", "/somerset/runs/start/", OURS, "kind=plan"),
    Request(400, "GET", "/", FOREIGN),
    Request(400, "HEAD", "/", FOREIGN),
    Request(400, "GET", STYLE.replace("assets/", "assets/../"), FOREIGN),
    Request(400, "POST", "/", FOREIGN),
    Request(400, "POST", f"{PLACE}runs/start/", FOREIGN | OURS, "kind=plan"),
    Request(400, "OPTIONS", "/", FOREIGN),
    Request(400, "POST", f"{PLACE}runs/start/", OURS, "&".join("a=1" for _ in range(600))),
    Request(403, "POST", f"{PLACE}runs/start/", {}, "kind=plan"),
    Request(404, "GET", "/nowhere/at/all/"),
    Request(404, "HEAD", "/nowhere/at/all/"),
    Request(404, "GET", "/" + "A" * 10_000),
    Request(404, "GET", "/assets/nothing.css"),
    Request(404, "GET", f"{PLACE}download/nothing.csv"),
    Request(404, "GET", f"{PLACE}runs/0123456789ab/"),
    Request(405, "POST", "/"),
    Request(405, "POST", STYLE),
    Request(405, "OPTIONS", PLACE),
    Request(405, "DELETE", PLACE),
    Request(405, "TRACE", PLACE),
    Request(405, "NONSENSE", PLACE),
    Request(413, "POST", "/", {"Content-Length": "99999999"}),
    Request(416, "GET", STYLE, {"Range": "bytes=999999999-"}),
    Request(431, "GET", "/" + "a" * 300_000),
    Request(431, "GET", "/", {"X-Long": "a" * 300_000}),
    Request(501, "POST", "/", {"Transfer-Encoding": "nonsense"}),
)
SET_UP = {500, 503}
"""Statuses for which something must go wrong first: tests of their own, below."""

FROM_LIBRARIES = {200, 206, 304, 404, 416}
"""What Django and WhiteNoise answer of themselves; 414 nobody does: a long line is a long head."""


@contextmanager
def listened(patience: Patience | None = None) -> Iterator[int]:
    """The port of the pages behind the server's own connections, in this process."""
    sockets = bound("127.0.0.1", 0)
    port = int(sockets[0].getsockname()[1])
    pages = KeptAnswers(WSGIHandler())
    server = listening(
        pages, sockets, threads=2, most_body=MOST_BODY, headers=HEADERS, patience=patience
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield port
    finally:
        server.close()
        thread.join(LATEST)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server for every test that leaves it as it was."""
    with listened() as number, override_settings(TRIPLEAIM_RUNS="open"):
        yield number


def answered(
    port: int, method: str, address: str, headers: Mapping[str, str] | None = None, body: str = ""
) -> tuple[int, HTTPMessage, bytes]:
    """Status, headers and body of an answer."""
    reader = HTTPConnection("127.0.0.1", port, timeout=LATEST)
    try:
        reader.request(method, address, body or None, {"Host": "localhost", **(headers or {})})
        answer = reader.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        reader.close()


def carried(headers: HTTPMessage) -> dict[str, str | None]:
    """What an answer carries of what every answer carries."""
    return {name: headers.get(name) for name in HEADERS}


@pytest.mark.parametrize(
    "asked", REQUESTS, ids=[f"{one.status} {one.method} {one.address[:40]}" for one in REQUESTS]
)
def test_every_answer_carries_the_headers(port: int, asked: Request) -> None:
    found, sent, _ = answered(port, asked.method, asked.address, asked.headers, asked.body)
    assert found == asked.status
    assert carried(sent) == HEADERS
    assert sent.get_all("Content-Security-Policy") == [HEADERS["Content-Security-Policy"]]
    assert sent["Cache-Control"]
    assert "Set-Cookie" not in sent
    assert "Server" not in sent


def test_a_kept_answer_carries_the_headers_whole_and_unchanged(port: int) -> None:
    first = answered(port, "GET", PLACE)
    for headers, status in (({}, 200), ({"If-None-Match": first[1]["ETag"]}, 304)):
        found, sent, _ = answered(port, "GET", PLACE, headers)
        assert (found, carried(sent)) == (status, HEADERS)


def test_a_page_that_goes_wrong_carries_the_headers(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_request: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(URLPattern, "resolve", lambda *_: ResolverMatch(broken, (), {}))
    for method in ("GET", "HEAD"):
        status, sent, _ = answered(port, method, "/")
        assert (status, carried(sent)) == (500, HEADERS)


def test_a_fault_that_django_does_not_catch_carries_the_headers(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(KeptAnswers, "_asked", broken)
    status, sent, _ = answered(port, "GET", "/nobody/asked/for/this/")
    assert (status, carried(sent)) == (500, HEADERS)


def test_a_page_of_a_damaged_plan_carries_the_headers(
    port: int, hamlet_run: Path, tmp_path: Path
) -> None:
    shutil.copytree(hamlet_run, tmp_path / "hamlet")
    (result_folder(tmp_path / "hamlet") / "people.json").write_bytes(b"{")
    plans.use(PlanFolder(tmp_path))
    status, sent, body = answered(port, "GET", "/places/hamlet/people/")
    assert (status, carried(sent)) == (503, HEADERS)
    assert b"people.json" in body


def test_one_reader_too_many_is_refused_with_the_headers() -> None:
    with listened(Patience(waiting=0)) as port:
        status, sent, body = answered(port, "GET", PLACE)
    assert (status, carried(sent)) == (503, HEADERS)
    assert sent["Cache-Control"] == "no-store"
    assert f"Try again in {sent['Retry-After']} second".encode() in body


def statuses_in_code() -> Iterator[int]:
    """Every status that our code gives an answer, by number, by name or by its class."""
    for file in sorted(Path(web.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name not in ("render", "show", "Http404") and not name.startswith("HttpResponse"):
                continue
            given = [one.value for one in node.keywords if one.arg == "status"]
            if given:
                numbers = [one.value for one in ast.walk(given[0]) if isinstance(one, ast.Constant)]
                assert numbers, f"{file.name}:{node.lineno} says its status in another way"
                yield from (one for one in numbers if isinstance(one, int))
            elif name.startswith("HttpResponse"):
                made = getattr(django.http, name)
                yield made.status_code
                if any(one.arg == "preserve_request" for one in node.keywords):
                    yield made.status_code_preserve_request
            else:
                yield 404 if name == "Http404" else 200


def statuses_of_waitress(error: type = waitress.utilities.Error) -> Iterator[int]:
    """Every status that waitress answers of itself, and ours among them."""
    yield error.code
    for one in error.__subclasses__():
        yield from statuses_of_waitress(one)


def test_no_status_is_left_out() -> None:
    walked = {request.status for request in REQUESTS} | SET_UP
    made = {*statuses_in_code(), *statuses_of_waitress(), *FROM_LIBRARIES}
    assert sorted(walked) == sorted(made)
