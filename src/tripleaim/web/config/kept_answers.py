"""Whole answers kept in memory, given again without asking Django.

A page follows from the inputs of its place, the version and its address alone, so that it is made
once and given to all who ask until the inputs change. Kept under host, path and query is what was
answered to a GET without cookies, by a view that said what it follows from (`FOLLOWS_FROM`), to
be seen by anybody (`Cache-Control: public`), and that sets no cookie; nothing else. Whoever sends
a cookie or an authorisation, or anything but GET and HEAD, is answered by Django.

A page is kept compressed, once, and taken apart for the few who do not take gzip. Nobody's secret
is in it, so that no bytes at random need to hide its length as Django hides that of pages with
tokens (BREACH), and every process gives the same bytes (docs/decisions/0029).
"""

from __future__ import annotations

import gzip
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.utils.http import parse_etags

from tripleaim.web.plans import open_plans
from tripleaim.web.ui.answers import FOLLOWS_FROM

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

MOST_BYTES = 64 * 2**20
"""What all kept answers of a process may take together."""

MOST_SHARE = 1 / 8
"""The largest share of that which one answer may take."""

OWN_BYTES = 1024
"""About what an answer takes besides its body, its headers and its key."""

TEXT = re.compile(r"text/|application/json|image/svg\+xml", re.IGNORECASE)
GZIP = re.compile(r"\b(?:x-)?gzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)

PRIVATE = ("HTTP_COOKIE", "HTTP_AUTHORIZATION")
"""What a request bears that is not like everybody else's."""

ASSETS = "/assets/"
"""Files of the front end: WhiteNoise has them compressed already."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """One whole answer: its headers without those of its length and coding, its body.

    `packed` says that the body is compressed; `follows_from` is the place that it shows ("" for
    none) and the state that its inputs were in.
    """

    status: str
    headers: Headers
    body: bytes
    packed: bool
    follows_from: tuple[str, Hashable] | None

    @property
    def size(self) -> int:
        """About how many bytes it takes in memory."""
        return len(self.body) + sum(len(k) + len(v) for k, v in self.headers) + OWN_BYTES

    @property
    def etag(self) -> str:
        """Its tag; empty if it has none."""
        return _header(self.headers, "ETag")

    def give(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a GET or a HEAD with it: whole, or that whoever asks has it already."""
        if _has(environ, self.etag):
            start_response("304 Not Modified", self._with_tag(weak=self.packed))
            return [b""]
        packed = self.packed and GZIP.search(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body = self.body if packed or not self.packed else gzip.decompress(self.body)
        headers = self._with_tag(weak=bool(packed))
        if packed:
            headers.append(("Content-Encoding", "gzip"))
        start_response(self.status, [*headers, ("Content-Length", str(len(body)))])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def _with_tag(self, *, weak: bool) -> Headers:
        """Its headers; the tag of compressed bytes is weak, since it is that of the plain ones."""
        return [
            (name, f"W/{value}" if weak and name == "ETag" and value[:2] != "W/" else value)
            for name, value in self.headers
        ]


class AnswerStore:
    """Answers by key, as many as fit in `most_bytes`; the least recently given go first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._answers: OrderedDict[Hashable, KeptAnswer] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: Hashable) -> KeptAnswer | None:
        """The answer kept under a key."""
        with self._lock, suppress(KeyError):
            self._answers.move_to_end(key)
            return self._answers[key]
        return None

    def put(self, key: Hashable, answer: KeptAnswer) -> None:
        """Keep an answer, in place of the one that was kept under its key."""
        with self._lock:
            self._drop(key)
            self._answers[key] = answer
            self.size += _size(key, answer)
            while self.size > self.most_bytes:
                self._drop(next(iter(self._answers)))

    def drop(self, key: Hashable) -> None:
        """Keep the answer under a key no longer."""
        with self._lock:
            self._drop(key)

    def _drop(self, key: Hashable) -> None:
        with suppress(KeyError):
            self.size -= _size(key, self._answers.pop(key))


def _size(key: Hashable, answer: KeptAnswer) -> int:
    """About how many bytes an answer takes in memory, with its key."""
    return len(repr(key)) + answer.size


class KeptAnswers:
    """A WSGI application that gives what it has kept, and asks another for the rest."""

    def __init__(self, pages: Application, store: AnswerStore | None = None) -> None:
        self._pages = pages
        self.store = AnswerStore() if store is None else store

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if not _like_everybody(environ):
            return self._pages(environ, start_response)
        key = _key(environ)
        kept = self.store.get(key)
        if kept is not None and kept.follows_from is not None:
            place_id, state = kept.follows_from
            if open_plans().state(place_id) == state:
                return kept.give(environ, start_response)
            self.store.drop(key)
        return self._asked(environ, start_response, key)

    def _asked(
        self, environ: Environ, start_response: StartResponse, key: Hashable
    ) -> Iterable[bytes]:
        """What the pages answer, whole and plain: compressed here, and kept if it may be."""
        # Whoever asks for the head alone gets the headers of the whole.
        asked = {**environ, "REQUEST_METHOD": "GET", "HTTP_ACCEPT_ENCODING": ""}
        asked.pop("wsgi.file_wrapper", None)
        started: list[Any] = []

        def start(status: str, headers: Headers, *_: Any) -> None:
            started[:] = status, headers

        body = self._pages(asked, start)
        status, headers = started
        if not self._whole(status, headers):
            start_response(status, headers)
            return _empty(body) if environ["REQUEST_METHOD"] == "HEAD" else body
        answer = _answer(status, headers, _joined(body), asked.get(FOLLOWS_FROM))
        if answer.follows_from is not None and _may_be_kept(status, headers):
            self.store.put(key, answer)
        return answer.give(environ, start_response)

    def _whole(self, status: str, headers: Headers) -> bool:
        """Whether an answer has a body of a known size that can be held, and is nobody's own."""
        length = _header(headers, "Content-Length")
        return (
            not status.startswith("304")
            and not _header(headers, "Set-Cookie")
            and length.isdigit()
            and int(length) <= self.store.most_bytes * MOST_SHARE
        )


def _like_everybody(environ: Environ) -> bool:
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not any(environ.get(name) for name in PRIVATE)
        and not environ.get("HTTP_HX_REQUEST")
        and not environ.get("PATH_INFO", "").startswith(ASSETS)
    )


def _key(environ: Environ) -> Hashable:
    names = ("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
    return tuple(environ.get(name, "") for name in names)


def _may_be_kept(status: str, headers: Headers) -> bool:
    """Whether an answer is the same for whoever asks."""
    vary = {one.strip().lower() for one in _header(headers, "Vary").split(",")}
    return (
        status.startswith(str(HTTPStatus.OK.value))
        and "public" in _header(headers, "Cache-Control")
        and not _header(headers, "Set-Cookie")
        and vary <= {"", "accept-encoding"}
    )


def _answer(
    status: str, headers: Headers, body: bytes, follows_from: tuple[str, Hashable] | None
) -> KeptAnswer:
    packed = bool(TEXT.match(_header(headers, "Content-Type")) and body)
    plain = [(k, v) for k, v in headers if k.lower() not in ("content-length", "vary")]
    vary = _header(headers, "Vary")
    if packed and "accept-encoding" not in vary.lower():
        vary = ", ".join(filter(None, (vary, "Accept-Encoding")))
    if vary:
        plain.append(("Vary", vary))
    written = gzip.compress(body, 6, mtime=0) if packed else body
    return KeptAnswer(status, plain, written, packed, follows_from)


def _has(environ: Environ, etag: str) -> bool:
    """Whether whoever asks has what bears this tag (RFC 9110, 13.1.2: compared weakly)."""
    wanted = environ.get("HTTP_IF_NONE_MATCH", "")
    if not wanted or not etag:
        return False
    tags = parse_etags(wanted)
    return tags == ["*"] or etag.removeprefix("W/") in {tag.removeprefix("W/") for tag in tags}


def _header(headers: Sequence[tuple[str, str]], name: str) -> str:
    """All values of a header, with commas between them."""
    return ",".join(value for key, value in headers if key.lower() == name.lower())


def _joined(body: Iterable[bytes]) -> bytes:
    try:
        return b"".join(body)
    finally:
        _close(body)


def _empty(body: Iterable[bytes]) -> Iterable[bytes]:
    _close(body)
    return [b""]


def _close(body: Iterable[bytes]) -> None:
    close = getattr(body, "close", None)
    if close is not None:
        close()
