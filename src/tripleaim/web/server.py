"""Serve the pages, with waitress, from a folder of plans already made, in several processes."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application

from tripleaim.jobs import Order, one_after_the_other
from tripleaim.web.config.kept_answers import KeptAnswers
from tripleaim.web.config.middleware import HEADERS
from tripleaim.web.connections import listening
from tripleaim.web.processes import answer_in
from tripleaim.web.turns import Turns
from tripleaim.web.ui import assets_manifest
from tripleaim.web.ui.frame import place_address
from tripleaim.web.ui.registry import registry

MOST_BODY = 64 * 1024
"""Bytes of a form, at most; the longest of ours has a few hundred."""

MOST_UPLOAD = 512 * 2**20
"""Bytes of a form with a file, where pages take files. It is far above what a page accepts
(`uploads.MOST_FILE`), so that a larger file is refused in words and not by a broken connection."""

THREADS = 16
"""Readers answered at a time: many may wait for one slow page while others are answered."""

TURN = 0.0005
"""Seconds that a page that is worked out keeps the interpreter from the others, at most.

A kept page needs the interpreter three times. With Python's own 5 ms it waited 75 ms beside four
new scenarios, so 25 ms, at the 95th of 100.
"""


def application(
    data_folder: Path,
    host: str = "",
    *,
    runs: bool | None = None,
    uploads: bool | None = None,
) -> Any:
    """The pages as a WSGI application over the plans in `data_folder`.

    Readers may ask for them at localhost, at `host`, and at what TRIPLEAIM_HOSTS lists. With `runs`
    they may start long work, without they may not; unless it is said, they may on this machine
    where the server listens to nobody else. So it is with `uploads` and files.
    """
    assets_manifest.names()
    for name, choice in (("TRIPLEAIM_RUNS", runs), ("TRIPLEAIM_UPLOADS", uploads)):
        os.environ[name] = "open" if choice else "local" if listens_here(host, choice) else ""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tripleaim.web.config.settings"
    os.environ["TRIPLEAIM_DATA"] = str(data_folder)
    if host:
        os.environ["TRIPLEAIM_HOST"] = host
    return KeptAnswers(get_wsgi_application())


def listens_here(host: str, choice: bool | None = None) -> bool:
    """Whether a server at `host` hears this machine alone, and nobody has said on or off."""
    return choice is None and host in ("127.0.0.1", "::1", "localhost")


def warm(pages: Any, data_folder: Path) -> None:
    """Ask for the pages that take longest, so that the first reader does not wait for them."""
    for run in sorted(data_folder.glob("*/run.json")):
        home = place_address(run.parent.name)
        for page in registry().slow_pages:
            asked = {"PATH_INFO": home + page.address, "HTTP_HOST": "localhost"}
            setup_testing_defaults(asked)
            for _ in pages(asked, lambda *_: None):
                pass


def serve(
    sockets: Sequence[socket.socket],
    host: str,
    data_folder: Path,
    *,
    runs: bool | None = None,
    uploads: bool | None = None,
    first: Sequence[Order] = (),
    processes: int = 1,
) -> None:
    """Answer until interrupted, at `sockets` bound to `host`, from the plans in `data_folder`.

    `runs` and `uploads` are as in `application`. The orders `first` are worked off beside it, one
    after the other and behind other work, as far as they have not been; what is at work when the
    server ends stops with it and is gone on with the next time. With more than one of `processes`
    this one answers nobody itself.

    Raises FileNotFoundError if the front-end files are not built.
    """
    assets_manifest.names()
    signal.signal(signal.SIGTERM, _end)
    with one_after_the_other(data_folder, first):
        if processes == 1:
            answer(sockets, host, data_folder, runs, uploads, turns=Turns.of(1)[0])
        else:
            answer_in(processes, sockets, answer, host, data_folder, runs, uploads)


def answer(
    sockets: Sequence[socket.socket],
    host: str,
    data_folder: Path,
    runs: bool | None,
    uploads: bool | None,
    *,
    turns: Turns,
) -> None:
    """Answer in this process whoever comes to these sockets in its turn, until it is ended."""
    sys.setswitchinterval(TURN)
    pages = application(data_folder, host, runs=runs, uploads=uploads)
    threading.Thread(target=warm, args=(pages, data_folder), daemon=True).start()
    most_body = MOST_UPLOAD if uploads or listens_here(host, uploads) else MOST_BODY
    listening(
        pages, sockets, threads=THREADS, most_body=most_body, headers=HEADERS, turns=turns
    ).run()


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit
