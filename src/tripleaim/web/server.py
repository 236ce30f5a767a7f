"""Serve the pages, with waitress, from a folder of plans already made."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import waitress
from django.core.wsgi import get_wsgi_application

from tripleaim.web import assets_manifest


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


def serve(host: str, port: int, data_folder: Path) -> None:
    """Answer at http://host:port until interrupted, from the plans in `data_folder`.

    Raises FileNotFoundError if the front-end files are not built, OSError if the port is taken.
    """
    waitress.serve(application(data_folder, host), host=host, port=port, threads=4, ident=None)
