"""The pages over a sample plan: in process, and served for a browser."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator

import chart_schema
import pytest
from sample_plan import SamplePlans, SampleWorkspace
from waitress.server import create_server

os.environ["DJANGO_SETTINGS_MODULE"] = "tripleaim.web.config.settings"

from django.core.wsgi import get_wsgi_application
from django.test import Client

from tripleaim.plan import PlanDocument, choose
from tripleaim.web import plans

APPLICATION = get_wsgi_application()

# Whatever chart any test of pages draws is held to the schema, each shape of it once.
sys.addaudithook(chart_schema.hold_charts)


@pytest.fixture(autouse=True)
def _sample_plans() -> None:
    """Every test starts from the sample plan."""
    plans.use(SamplePlans())


@pytest.fixture(scope="session")
def printed() -> PlanDocument:
    """The sample plan as printed."""
    workspace = SampleWorkspace()
    return workspace.document(choose(workspace.place))


@pytest.fixture
def client() -> Client:
    """A reader without a browser; `localhost` is who they ask."""
    return Client(headers={"host": "localhost"})


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the pages, served as they are to readers."""
    server = create_server(APPLICATION, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)
