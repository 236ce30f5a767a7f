"""One file of a plan, as the pages give it, for whoever is not at the pages."""

from __future__ import annotations

import os
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application

from tripleaim.plan import Scenario, Workspace


class OneRun:
    """A run in any folder as the one plan of the pages."""

    def __init__(self, run: Workspace) -> None:
        self._run = run

    def places(self) -> Mapping[str, str]:
        """The one place."""
        return {self._run.place.id: self._run.place.name}

    def workspace(self, place_id: str) -> Workspace | None:
        """The run, under the id of its place."""
        return self._run if place_id == self._run.place.id else None


def file_of(run: Workspace, scenario: Scenario, name: str) -> bytes:
    """The file `name` that the plan's page offers for download, of a run under a scenario.

    The pages of this process show that run from then on. Raises what they failed with, an
    InputError where a file that they need is damaged; ValueError where they offer no such file.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tripleaim.web.config.settings")
    pages = get_wsgi_application()
    from tripleaim.web import plans  # noqa: PLC0415 - it reads Django's settings
    from tripleaim.web.ui.answers import FAULT  # noqa: PLC0415 - as above
    from tripleaim.web.ui.frame import place_address  # noqa: PLC0415 - as above

    plans.use(OneRun(run))
    under = f"s/{scenario.token}/" if scenario.token else ""
    address = f"{place_address(run.place.id)}{under}download/{name}"
    asked: dict[str, Any] = {"PATH_INFO": address, "HTTP_HOST": "localhost"}
    setup_testing_defaults(asked)
    statuses: list[str] = []
    body = b"".join(pages(asked, lambda status, *_: statuses.append(status)))
    if FAULT in asked:
        raise asked[FAULT]
    if not statuses[0].startswith(str(HTTPStatus.OK.value)):
        raise ValueError(f"the pages answered {statuses[0]} at {address}")
    return body
