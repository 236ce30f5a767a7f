"""A page that takes long keeps nobody else waiting."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.test import Client
from sample_plan import SampleLibrary, SampleWorkspace

from tripleaim.plan import PlanDocument, Scenario
from tripleaim.web import plans

LONG = 30  # seconds after which a test that hangs fails


class _Slow(SampleWorkspace):
    """Answers for a scenario only when it is let; for the plan as printed at once."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.times = 0

    def document(self, scenario: Scenario) -> PlanDocument:
        if scenario.token:
            self.times += 1
            self.begun.set()
            assert self.go_on.wait(LONG)
        return super().document(scenario)


class _Source(SampleLibrary):
    def __init__(self, workspace: _Slow) -> None:
        self._workspace = workspace


def test_another_page_is_answered_while_one_is_worked_out(client: Client) -> None:
    workspace = _Slow()
    plans.use(_Source(workspace))
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(client.get, "/places/somerset/s/falls.x/money/")
        assert workspace.begun.wait(LONG)
        assert (
            Client(headers={"host": "localhost"}).get("/places/somerset/money/").status_code == 200
        )
        assert not slow.done()
        workspace.go_on.set()
        assert slow.result(LONG).status_code == 200


def test_two_who_ask_for_the_same_scenario_have_it_worked_out_once(client: Client) -> None:
    workspace = _Slow()
    plans.use(_Source(workspace))
    other = Client(headers={"host": "localhost"})
    with ThreadPoolExecutor(2) as pool:
        pages = [pool.submit(c.get, "/places/somerset/s/falls.x/money/") for c in (client, other)]
        assert workspace.begun.wait(LONG)
        workspace.go_on.set()
        assert [page.result(LONG).status_code for page in pages] == [200, 200]
    assert workspace.times == 1
