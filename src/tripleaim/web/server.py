"""Serve the pages, with waitress, from a folder of plans already made."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import waitress
from django.core.wsgi import get_wsgi_application

from tripleaim.web import assets_manifest

SLOW = ("", "money/incentives/rules/", "money/benchmarks/", "staff/")


def application(data_folder: Path, host: str = "") -> Any:
    """The pages as a WSGI application over the plans in `data_folder`.

    Readers may ask for them at localhost, at `host`, and at what TRIPLEAIM_HOSTS lists.
    """
    assets_manifest.names()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tripleaim.web.settings"
    os.environ["TRIPLEAIM_DATA"] = str(data_folder)
    if host:
        os.environ["TRIPLEAIM_HOST"] = host
    return get_wsgi_application()


def warm(pages: Any, data_folder: Path) -> None:
    """Ask for the pages that take longest, so that the first reader does not wait for them."""
    for run in sorted(data_folder.glob("*/run.json")):
        for path in SLOW:
            asked = {"PATH_INFO": f"/{run.parent.name}/{path}", "HTTP_HOST": "localhost"}
            setup_testing_defaults(asked)
            for _ in pages(asked, lambda *_: None):
                pass


def serve(host: str, port: int, data_folder: Path) -> None:
    """Answer at http://host:port until interrupted, from the plans in `data_folder`.

    Raises FileNotFoundError if the front-end files are not built, OSError if the port is taken.
    """
    pages = application(data_folder, host)
    threading.Thread(target=warm, args=(pages, data_folder), daemon=True).start()
    waitress.serve(pages, host=host, port=port, threads=4, ident=None)
