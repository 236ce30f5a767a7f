"""A page that takes long keeps nobody else waiting."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.test import Client
from sample_plan import SamplePlans, SampleWorkspace

from tripleaim.plan import PlanDocument, Scenario
from tripleaim.web import plans
from waiting import LATEST as LONG


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


class _Source(SamplePlans):
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


def test_another_run_is_opened_while_one_is_still_read(tmp_path: Path) -> None:
    for place in ("slow", "quick"):
        _found(tmp_path / place)
    begun, go_on = threading.Event(), threading.Event()
    opened: list[str] = []

    def open_run(folder: Path) -> SampleWorkspace:
        opened.append(folder.name)
        if folder.name == "slow":
            begun.set()
            assert go_on.wait(LONG)
        return SampleWorkspace()

    folder = plans.PlanFolder(tmp_path, open_run)
    with ThreadPoolExecutor(2) as pool:
        reading = [pool.submit(folder.workspace, "slow") for _ in range(2)]
        assert begun.wait(LONG)
        assert folder.workspace("quick") is folder.workspace("quick")
        assert not any(one.done() for one in reading)
        go_on.set()
        assert reading[0].result(LONG) is reading[1].result(LONG)
    assert opened == ["slow", "quick"]


def test_a_run_that_was_made_again_is_opened_again(tmp_path: Path) -> None:
    run = _found(tmp_path / "place")
    folder = plans.PlanFolder(tmp_path, lambda _: SampleWorkspace())
    before = folder.workspace("place")
    os.utime(run, (1, 1))
    assert folder.workspace("place") is not before


def _found(folder: Path) -> Path:
    """The run.json of a new folder that has what a whole run has, as far as is looked at."""
    folder.mkdir()
    (folder / "plan.json").write_text('{"name": "A place"}', encoding="utf-8")
    run = folder / "run.json"
    run.touch()
    return run
