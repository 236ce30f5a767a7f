"""Whole answers that are kept: the same as fresh ones, and never anybody's own."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from html import unescape
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.wsgi import get_wsgi_application
from listed_pages import is_new
from sample_plan import SampleWorkspace

from tripleaim.web import plans
from tripleaim.web.config.kept_answers import OWN_BYTES, AnswerStore, KeptAnswer, KeptAnswers
from tripleaim.web.ui.answers import FOLLOWS_FROM

os.environ["DJANGO_SETTINGS_MODULE"] = "tripleaim.web.config.settings"

APPLICATION = get_wsgi_application()
PLACE = "/places/somerset/"
ZIPPED = {"ACCEPT_ENCODING": "gzip, deflate, br"}
PUBLIC = "public, max-age=60, must-revalidate"


class Reply:
    """What came back: status, headers by name, body."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.body = int(status[:3]), dict(headers), body
        assert len(self.headers) == len(headers), "a header stands twice"

    @property
    def plain(self) -> bytes:
        zipped = self.headers.get("Content-Encoding") == "gzip"
        return gzip.decompress(self.body) if zipped else self.body


def ask(pages: Any, address: str, method: str = "GET", **headers: str) -> Reply:
    path, _, query = address.partition("?")
    asked = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": method}
    asked |= {"HTTP_HOST": "localhost"} | {f"HTTP_{k}": v for k, v in headers.items()}
    setup_testing_defaults(asked)
    began: list[Any] = []
    body = b"".join(pages(asked, lambda status, headers, *_: began.extend((status, headers))))
    return Reply(*began, body)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one run, whose files are there and empty; its plan is the sample plan."""
    return sample_folder(tmp_path)


def sample_folder(folder: Path) -> Path:
    (folder / "somerset").mkdir()
    (folder / "somerset" / "run.json").write_text("{}", encoding="utf-8")
    (folder / "somerset" / "plan.json").write_text('{"name": "Somerset"}', encoding="utf-8")
    plans.use(plans.PlanFolder(folder, lambda _: SampleWorkspace()))
    return folder


@pytest.fixture
def pages(folder: Path) -> KeptAnswers:
    """The site over the sample plan, with nothing kept yet."""
    assert (folder / "somerset").is_dir()
    return KeptAnswers(APPLICATION)


def test_kept_answers_are_those_that_a_fresh_server_gives(pages: KeptAnswers) -> None:
    waiting, seen = ["/", "/glossary/", f"{PLACE}s/falls.x/", PLACE], set[str]()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        first, kept = (ask(pages, address, **ZIPPED) for _ in range(2))
        fresh = ask(KeptAnswers(APPLICATION), address, **ZIPPED)
        assert first.status == kept.status == fresh.status == 200, address
        assert kept.headers == first.headers == fresh.headers, address
        assert kept.body == first.body == fresh.body, address
        assert ask(pages, address).body == kept.plain, address
        if "text/html" in kept.headers["Content-Type"]:
            links = map(unescape, re.findall(r'href="(/places/[^"#?]+)["#]', kept.plain.decode()))
            waiting += [
                link
                for link in links
                if "/s/" not in link and link not in waiting and is_new(link, seen, 1)
            ]
    assert len(seen) > 25


def test_a_public_page_is_made_once(pages: KeptAnswers) -> None:
    first = ask(pages, PLACE, **ZIPPED)
    assert len(pages.store) == 1
    [kept] = pages.store._answers.values()
    assert ask(pages, PLACE, **ZIPPED).body == first.body == kept.body
    assert len(kept.body) < len(first.plain) / 3


@pytest.mark.parametrize(
    "changed",
    [
        "somerset/plan.json", "somerset/futures.json", "somerset/runs/0123456789ab/plan.json",
        "taunton/run.json",
    ],
)  # fmt: skip
def test_no_page_is_given_from_before_its_inputs_changed(folder: Path, changed: str) -> None:
    asked: list[str] = []
    pages = KeptAnswers(answering(asked.append))
    job = folder / "somerset" / "runs" / "0123456789ab"
    job.mkdir(parents=True)
    (job / "report.json").write_text('{"state": "done"}', encoding="utf-8")
    for _ in range(2):
        ask(pages, PLACE)
    assert len(asked) == 1
    (folder / changed).parent.mkdir(exist_ok=True)
    (folder / changed).write_text("{}\n", encoding="utf-8")
    ask(pages, PLACE)
    assert len(asked) == 2


def test_progress_of_a_job_changes_no_kept_page_but_its_end_does(folder: Path) -> None:
    report = folder / "somerset" / "runs" / "0123456789ab" / "report.json"
    report.parent.mkdir(parents=True)
    states = []
    for number, state in enumerate(("running", "running", "done", "done")):
        report.write_text(json.dumps({"state": state, "done": 0.1 * number}), encoding="utf-8")
        os.utime(report, ns=(number, number))
        states.append(plans.open_plans().state("somerset"))
    assert states[0] == states[1]
    assert len({*states}) == 3


def test_another_places_inputs_change_no_page_of_this_one(folder: Path) -> None:
    before = plans.open_plans().state("somerset")
    (folder / "taunton").mkdir()
    (folder / "taunton" / "people.json").write_text("{}", encoding="utf-8")
    named = plans.open_plans().state("somerset")
    (folder / "taunton" / "people.json").write_text("{} ", encoding="utf-8")
    assert before != named == plans.open_plans().state("somerset")


def answering(
    asked: Callable[[str], object], status: str = "200 OK", **headers: str
) -> Callable[..., Iterable[bytes]]:
    """A WSGI application that answers everything with its path, and tells `asked` of it."""
    said = {"Content-Type": "text/html", "Cache-Control": PUBLIC, "ETag": '"one"'}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}

    def pages(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked(environ["REQUEST_METHOD"])
        body = environ["PATH_INFO"].encode()
        environ[FOLLOWS_FROM] = ("somerset", plans.open_plans().state("somerset"))
        start_response(status, [*said.items(), ("Content-Length", str(len(body)))])
        return [body]

    return pages


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "headers",
    [
        {"Set_Cookie": "name=value"},
        {"Cache_Control": "no-store"},
        {"Cache_Control": "private, max-age=60"},
        {"Vary": "Cookie"},
        {"Vary": "Accept-Encoding, Cookie"},
        {"Vary": "*"},
        {"status": "404 Not Found"},
        {"status": "302 Found"},
    ],
)
def test_a_private_answer_is_never_kept(headers: dict[str, str]) -> None:
    asked: list[str] = []
    pages = KeptAnswers(answering(asked.append, **headers))
    for _ in range(2):
        answer = ask(pages, "/a/", **ZIPPED)
        assert answer.plain == b"/a/"
        if "Set_Cookie" in headers:
            # What is somebody's own is compressed with bytes at random, or not at all.
            assert "Content-Encoding" not in answer.headers
    assert len(asked) == 2
    assert len(pages.store) == 0


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("POST", {}),
        ("PUT", {}),
        ("GET", {"COOKIE": "sessionid=1"}),
        ("GET", {"AUTHORIZATION": "Basic YTpi"}),
        ("HEAD", {"COOKIE": "sessionid=1"}),
        ("GET", {"HX_REQUEST": "true"}),
    ],
)
def test_who_sends_a_form_or_a_cookie_gets_nothing_kept_and_leaves_nothing(
    method: str, headers: dict[str, str]
) -> None:
    asked: list[str] = []
    pages = KeptAnswers(answering(asked.append))
    ask(pages, "/a/", method, **headers)
    assert len(pages.store) == 0
    ask(pages, "/a/")
    assert len(pages.store) == 1
    ask(pages, "/a/", method, **headers)
    assert asked == [method, "GET", method]


@pytest.mark.usefixtures("folder")
def test_each_host_path_and_query_has_its_own_answer() -> None:
    asked: list[str] = []
    pages = KeptAnswers(answering(asked.append))
    for address in ("/a/", "/a/?year=2020", "/a/?year=2021", "/b/"):
        assert ask(pages, address).body == address.partition("?")[0].encode()
    ask(pages, "/a/", HOST="plan.example")
    assert len(asked) == len(pages.store) == 5


@pytest.mark.parametrize(
    ("accepts", "zipped"),
    [
        ("gzip", True), ("br, gzip;q=0.8", True), ("GZIP", True), ("br", False), ("", False),
        ("gzip;q=0", False), ("gzip; q=0.0, br", False), ("identity", False),
    ],
)  # fmt: skip
def test_who_takes_gzip_gets_it_and_who_does_not_gets_the_same_words(
    pages: KeptAnswers, accepts: str, zipped: bool
) -> None:
    for _ in range(2):
        answer = ask(pages, "/glossary/", ACCEPT_ENCODING=accepts)
        assert (answer.headers.get("Content-Encoding") == "gzip") is zipped
        assert answer.plain == ask(APPLICATION, "/glossary/").body
        assert answer.headers["Content-Length"] == str(len(answer.body))
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["ETag"].startswith("W/") is zipped


def test_who_has_a_page_is_not_sent_it_again(pages: KeptAnswers) -> None:
    for headers in (ZIPPED, {}, ZIPPED):
        first = ask(pages, PLACE, **headers)
        for tag in (first.headers["ETag"], f'"other", {first.headers["ETag"]}', "*"):
            again = ask(pages, PLACE, IF_NONE_MATCH=tag, **headers)
            assert (again.status, again.body) == (304, b"")
            assert again.headers["Cache-Control"] == PUBLIC
            assert again.headers["Vary"] == "Accept-Encoding"
        assert ask(pages, PLACE, IF_NONE_MATCH='"other"', **headers).body == first.body


def test_the_head_of_a_page_is_that_of_the_whole(pages: KeptAnswers) -> None:
    for address in (PLACE, f"{PLACE}download/gap.csv", "/places/nowhere/"):
        heads = [ask(pages, address, "HEAD", **ZIPPED)]
        whole = ask(pages, address, **ZIPPED)
        heads.append(ask(pages, address, "HEAD", **ZIPPED))
        assert all(head.body == b"" for head in heads)
        assert all(head.headers == whole.headers for head in heads)
        assert all(head.status == whole.status for head in heads)


def test_a_kept_answer_carries_all_that_a_fresh_one_carries(pages: KeptAnswers) -> None:
    ask(pages, PLACE)
    kept, fresh = ask(pages, PLACE).headers, ask(APPLICATION, PLACE).headers
    assert fresh.items() <= kept.items()
    assert "Content-Security-Policy" in kept


def test_files_of_the_front_end_are_left_to_whom_they_belong(pages: KeptAnswers) -> None:
    page = ask(pages, PLACE).body.decode()
    style = re.findall(r'href="(/assets/tripleaim[^"]+\.css)"', page)[0]
    before = len(pages.store)
    assert "immutable" in ask(pages, style, **ZIPPED).headers["Cache-Control"]
    assert len(pages.store) == before


def _answer(length: int) -> KeptAnswer:
    return KeptAnswer("200 OK", [], bytes(length), packed=False, follows_from=("", None))


def test_no_more_is_kept_than_there_is_room_for_and_the_longest_unused_goes_first() -> None:
    store = AnswerStore(10 * (10_000 + OWN_BYTES + 10))
    for number in range(25):
        store.put(("host", number), _answer(10_000))
        store.get(("host", 0))
        assert store.size <= store.most_bytes
    assert 8 <= len(store) <= 10
    assert store.get(("host", 0)) is not None
    assert store.get(("host", 1)) is None
    assert store.get(("host", 24)) is not None
    for number in range(25):
        store.drop(("host", number))
    assert (store.size, len(store)) == (0, 0)


def test_long_addresses_count_too() -> None:
    store = AnswerStore(100_000)
    for number in range(20):
        store.put(("/", f"{number}" * 20_000), _answer(10))
    assert len(store) <= 5


@pytest.mark.usefixtures("folder")
def test_an_answer_that_is_large_is_given_and_not_kept() -> None:
    asked: list[str] = []
    pages = KeptAnswers(answering(asked.append), AnswerStore(1_000))
    address = "/" + "a" * 200
    assert ask(pages, address).body == ask(pages, address).body == address.encode()
    assert len(asked) == 2


ELSEWHERE = """
import hashlib, json, sys, tempfile
from pathlib import Path
from test_web_kept_answers import ADDRESSES, APPLICATION, ZIPPED, ask, sample_folder
from tripleaim.web.config.kept_answers import KeptAnswers
pages = KeptAnswers(APPLICATION)
with tempfile.TemporaryDirectory() as folder:
    sample_folder(Path(folder))
    for address in ADDRESSES:
        answer = ask(pages, address, **ZIPPED)
        print(address, answer.headers["ETag"], hashlib.sha256(answer.body).hexdigest())
"""
ADDRESSES = (PLACE, f"{PLACE}s/falls.x/solutions/", f"{PLACE}download/gap.csv", "/glossary/")


def test_two_processes_give_the_same_bytes_and_tags() -> None:
    web = Path(__file__).parents[1]
    paths = (str(web), str(Path(__file__).parent), str(web.parent), *sys.path)
    working = [
        subprocess.Popen(
            [sys.executable, "-c", ELSEWHERE],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(paths)},
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for seed in ("1", "2")
    ]
    first, second = [process.communicate()[0].splitlines() for process in working]
    assert first == second
    assert [line.split()[0] for line in first] == list(ADDRESSES)
