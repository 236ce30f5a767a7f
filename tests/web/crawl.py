"""Walk every page of a place, as a reader who follows each link, and read what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from django.test import Client

_MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)
_LINK = re.compile(r'href="([^"]+)"')
_MANY = re.compile(r"(figures|solutions|programmes|organisations)/[^/?]+/")
_SCENARIO = re.compile(r"/s/[^/?]+/")
_DRAWN = re.compile(r"\.(png|svg|pptx|docx|pdf)$")
LIKE = 2
"""How many addresses are opened that differ in their query alone."""


def pages_of(client: Client, place_id: str) -> Iterator[tuple[str, str]]:
    """Address and text of every page and every downloaded table of a place, by its links.

    Each page without a query is opened, each kind of page of scenarios under one of them (two
    solutions that are offered already make thousands), and `LIKE` of those that differ in the query
    only; long jobs are not started, and pictures and papers not made: test_web_pictures.py and
    papers/ do.
    A link that fails raises AssertionError.
    """
    home = f"/places/{place_id}/"
    waiting, seen = [home], Counter[str]()
    opened: set[str] = set()
    while waiting:
        address = waiting.pop()
        path, _, query = address.partition("?")
        same = _SCENARIO.sub("/s/*/", path)
        like = _MANY.sub(r"\1/*/", same) if query or same != path else address
        if address in opened or _DRAWN.search(path) or seen[like] >= (LIKE if query else 1):
            continue
        seen[like] += 1
        opened.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        kind = answer.headers["Content-Type"]
        if not kind.startswith(("text/html", "text/csv", "application/json")):
            answer.close()
            continue
        body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        if kind.startswith("text/html"):
            links = map(unescape, _LINK.findall(body))
            whole = ((path + x if x.startswith("?") else x).partition("#")[0] for x in links)
            waiting += [link for link in whole if link.startswith(home)]
            body = " ".join(unescape(_MARKUP.sub(" ", body)).split())
        yield address, body
