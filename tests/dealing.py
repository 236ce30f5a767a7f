"""How tests are dealt to the processes that run them side by side, and in which order."""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

TOGETHER = (
    ("projection/",),
    ("test_tutorial.py", "test_notebooks.py"),
)
"""Files, or folders of them, that go to one process because they compile the same projection: the
first for the conditions that are shipped, the second for one condition more. Who needs it later
finds it on disk, where two that begin with it would both compile it at the same time."""

FIRST = (
    "projection/",
    "web/test_web_browser.py",
    "web/runs/test_web_runs_browser.py",
    "web/outcomes/test_web_prevention.py",
    "web/money/test_web_money_and_staff.py",
)
"""What is begun first: the projection, and beside it about as long what needs nothing compiled."""

LONG = (
    "test_tutorial.py",
    "test_notebooks.py",
    "plan/test_futures.py",
    "web/test_web_one_number.py",
    "test_wheel.py",
    "prevention/test_prevention_job.py",
    "country/test_country_on_spark.py",
    "web/test_web_words_of_a_place.py",
    "web/test_web_digits.py",
    "backtest/test_backtest.py",
)
"""Files that take longest, begun next so that no process is left alone with one at the end."""


def place_in_order(file: str) -> int:
    """When a file of tests, by its path from here, is begun: the lowest first."""
    order = (*FIRST, *LONG)
    return next((n for n, path in enumerate(order) if file.startswith(path)), len(order))


def dealt_together(file: str) -> str:
    """What files that go to one process have in common; the path of one that goes alone."""
    return next((paths[0] for paths in TOGETHER if file.startswith(paths)), file)


class Dealing(LoadFileScheduling):
    """Files to processes as they get free, in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return dealt_together(nodeid.partition("::")[0].removeprefix("tests/"))
