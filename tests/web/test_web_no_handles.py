"""A page that must open a file where no handle is left: it is busy, and says when to come again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import Client

from tripleaim.web import plans

resource = pytest.importorskip("resource", reason="Windows limits no process's files")


@contextmanager
def no_handles_left() -> Iterator[None]:
    """Let this process open nothing more."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = os.dup(0)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.parametrize(
    "address", ["glossary/", "places/hamlet/people/", "places/hamlet/activity/", "places/hamlet/"]
)
def test_without_handles_a_page_that_opens_files_is_busy(hamlet_run: Path, address: str) -> None:
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    assert client.get("/accessibility/").status_code == 200
    plans.use(plans.PlanFolder(hamlet_run.parent))
    with no_handles_left():
        answer = client.get(f"/{address}")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer.headers
    assert "The server is busy" in answer.content.decode()
    assert client.get(f"/{address}").status_code == 200
