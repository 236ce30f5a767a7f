"""The plans that pages are read from: the only part of the web that opens them."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from django.conf import settings

from tripleaim.place import Place
from tripleaim.plan import Finding, PlanDocument, Scenario, Workspace

KEPT = 64

T = TypeVar("T")


class PlacePlan(Protocol):
    """One place's plan, ready to answer for any scenario."""

    @property
    def place(self) -> Place:
        """The footprint with its figures and sources."""

    @property
    def audit(self) -> Sequence[Finding]:
        """What the audit of the printed plan found, one item an identity."""

    @property
    def people(self) -> Mapping[str, Any]:
        """The profile of the synthetic people; empty if none was made."""

    @property
    def seed(self) -> int:
        """The seed that the people were made with."""

    @property
    def folder(self) -> Path | None:
        """Where the run's files are, if they were kept."""

    def document(self, scenario: Scenario) -> PlanDocument:
        """The plan under a scenario, in under a second."""


class PlanSource(Protocol):
    """Hands out the workspaces of the places that have a plan."""

    def places(self) -> Mapping[str, str]:
        """Names of places by id, in the order to show them."""

    def workspace(self, place_id: str) -> PlacePlan | None:
        """The workspace of a place, or None if there is none."""


class OpenPlans:
    """The plans of a source, with what was last worked out, so that no page waits for it twice."""

    def __init__(self, source: PlanSource) -> None:
        self.source = source
        self._kept: OrderedDict[tuple[int, str], tuple[PlacePlan, Any]] = OrderedDict()
        self._lock = threading.RLock()

    def document(self, workspace: PlacePlan, scenario: Scenario) -> PlanDocument:
        """The plan of a place under a scenario."""
        return self.once(
            workspace, f"document {scenario.token}", lambda: workspace.document(scenario)
        )

    def once(self, workspace: PlacePlan, what: str, make: Callable[[], T]) -> T:
        """What `make` gives, kept under the name `what`. One thing is worked out at a time."""
        # The workspace is kept beside the thing, so that no other can take its identity.
        key = (id(workspace), what)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = workspace, make()
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            kept: T = self._kept[key][1]
            return kept


class PlanFolder:
    """A folder with one run folder a place, each opened when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: dict[str, tuple[int, PlacePlan]] = {}
        self._lock = threading.Lock()

    def places(self) -> Mapping[str, str]:
        """Names of places by id: those whose run is whole."""
        return {
            run.parent.name: _name(run.parent / "plan.json", run.stat().st_mtime_ns)
            for run in sorted(self.folder.glob("[!.]*/run.json"))
            if (run.parent / "plan.json").is_file()
        }

    def workspace(self, place_id: str) -> PlacePlan | None:
        """The workspace of a place, opened once a run; None if there is no run of it.

        Raises InputError if the footprint has changed since the run.
        """
        run = self.folder / place_id / "run.json"
        if not run.is_file():
            return None
        made = run.stat().st_mtime_ns
        with self._lock:
            if self._open.get(place_id, (0,))[0] != made:
                self._open[place_id] = made, Workspace.open(run.parent)
            return self._open[place_id][1]


@lru_cache(maxsize=64)
def _name(plan: Path, _changed: int) -> str:
    """The name of the place that a plan is of; read again when the run has changed."""
    return str(json.loads(plan.read_text(encoding="utf-8"))["name"])


_in_use: list[OpenPlans] = []


def use(source: PlanSource) -> None:
    """Read every page from this source from now on."""
    _in_use[:] = [OpenPlans(source)]


def open_plans() -> OpenPlans:
    """The plans in use; by default the folder of runs that the settings name."""
    if not _in_use:
        use(PlanFolder(Path(settings.TRIPLEAIM_DATA)))
    return _in_use[0]
