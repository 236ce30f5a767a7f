"""What a server may answer, and what it did answer."""

from __future__ import annotations

import hashlib
import http.client
import re
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from bench.soak.world import HOST, World

PATIENCE = 120.0
"""Seconds that a reader waits for an answer, on a machine that does much else."""

MAIN = re.compile(rb"<main.*?</main>", re.DOTALL)
REFUSALS = (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.NOT_FOUND)
OURS = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Answer:
    """One answer; status 0 if the connection was lost."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> str:
        """The hash of what a page says: its main part, without the header's list of places."""
        found = MAIN.search(self.body)
        return hashlib.sha256(found[0] if found else self.body).hexdigest()


def ask(world: World, address: str, form: str | None = None) -> Answer:
    """Ask once, over a connection of its own; `form` is sent as a browser sends one."""
    connection = http.client.HTTPConnection(HOST, world.port, timeout=PATIENCE)
    origin = {"Origin": f"http://{HOST}:{world.port}", **OURS}
    try:
        if form is None:
            connection.request("GET", address)
        else:
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", address, form, kind | origin)
        got = connection.getresponse()
        return Answer(got.status, got.read(), {k.lower(): v for k, v in got.getheaders()})
    except TimeoutError:
        return Answer(HTTPStatus.GATEWAY_TIMEOUT)
    except (OSError, http.client.HTTPException):
        return Answer(0)
    finally:
        connection.close()


@dataclass
class Record:
    """What was answered to whom, and what was wrong with it."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def count(self, who: str, what: str) -> None:
        """Count what happened."""
        with self._lock:
            self.counts[who, what] += 1

    def fault(self, who: str, what: str) -> None:
        """Keep what should not have happened."""
        with self._lock:
            self.counts[who, "wrong"] += 1
            self.wrong.append(f"{who}: {what}")


@dataclass
class Truth:
    """What each page of each place says when nothing disturbs it, one hash for each state."""

    pages: dict[str, set[str]] = field(default_factory=dict)

    def learn(self, world: World, addresses: Iterable[str]) -> None:
        """Ask for pages twice and keep what they say, of those that stay as they are."""
        for address in addresses:
            first, second = ask(world, address), ask(world, address)
            if first.status == HTTPStatus.OK and first.content == second.content:
                self.pages.setdefault(address, set()).add(first.content)

    def judged(
        self,
        record: Record,
        who: str,
        address: str,
        answer: Answer,
        *,
        hurt: bool,
        damaged: str = "",
    ) -> None:
        """Count an answer: right, an honest refusal, a lost connection, or wrong.

        A place that is `hurt` may say that it cannot be shown; `damaged` names a file of it.
        """
        status = answer.status
        if status == 0:
            record.count(who, "lost")
        elif status in REFUSALS and (hurt or "retry-after" in answer.headers):
            record.count(who, "refused")
        elif status == HTTPStatus.OK and answer.content in self.pages.get(address, ()):
            record.count(who, "right")
        else:
            title = re.search(rb"<title>(.*?)</title>", answer.body, re.DOTALL)
            text = title[1].decode("utf-8", "replace").strip() if title else ""
            record.fault(who, f"{address} answered {status} {text} {damaged}")


def links(body: bytes, below: str) -> list[str]:
    """Addresses on a page that lie below another, each once."""
    found = re.findall(rb'href="([^"#?]+)"', body)
    return sorted({one.decode() for one in found if one.decode().startswith(below)})
