"""How tests are dealt to the processes that run them side by side, and in which order."""

from __future__ import annotations

from pathlib import PurePosixPath

from xdist.scheduler import LoadFileScheduling

COMPILING = "projection"
"""The folder whose tests compile the projection. They go to one process: the others find it on disk
when they need it, where two that begin with it would both compile the same at the same time."""

FIRST = (
    "web/test_web_browser.py",
    "web/runs/test_web_runs_browser.py",
)
"""Files that need nothing compiled, begun beside the folder above; they take about as long."""

LONG = (
    "plan/test_futures.py",
    "test_tutorial.py",
    "prevention/test_prevention_job.py",
    "web/test_web_one_number.py",
)
"""Files that take longest, begun next so that no process is left alone with one at the end."""


def place_in_order(file: str) -> int:
    """When a file of tests, by its path from here, is begun: the lowest first."""
    if file.startswith(f"{COMPILING}/"):
        return 0
    return 1 + (*FIRST, *LONG, file).index(file)


def dealt_together(node_id: str) -> str:
    """What all tests that go to one process have in common: their file, or the folder above."""
    file, _, _ = node_id.partition("::")
    parts = PurePosixPath(file).parts
    return COMPILING if COMPILING in parts[:-1] else file


class Dealing(LoadFileScheduling):
    """Files to processes as they get free, in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return dealt_together(nodeid)
