"""The plans that pages are read from: the only part of the web that opens them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from django.conf import settings

from tripleaim import __version__
from tripleaim.data_folder import (
    FOOTPRINTS,
    RUN_FILE,
    DamagedFileError,
    FileState,
    again,
    checked,
    file_state,
    has_run,
    read_document,
    read_json,
    refuse_link,
    result_folder,
    run_files,
    taking_apart,
)
from tripleaim.place import Place
from tripleaim.plan import (
    Finding,
    PlanDocument,
    Scenario,
    Workspace,
    choose,
    run_about,
)
from tripleaim.web.plans.kept import KeptResults
from tripleaim.web.plans.states import LOOK_EVERY, FileStates

KEPT_BYTES = 192 * 2**20
"""What all kept results of all places may take together, as `kept.size_of` measures it."""

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

    @property
    def changed_since(self) -> str:
        """What has changed in the place's files so that its plan is not of today's; else ""."""

    def document(self, scenario: Scenario) -> PlanDocument:
        """The plan under a scenario, in under a second."""

    def under(self, scenario: Scenario) -> PlacePlan:
        """The same plan with what the scenario assumes otherwise."""


class PlanSource(Protocol):
    """Hands out the workspaces of the places that have a plan."""

    def places(self) -> Mapping[str, str]:
        """Names of places by id, in the order to show them."""

    def workspace(self, place_id: str) -> PlacePlan | None:
        """The workspace of a place, or None if there is none."""


class OpenPlans:
    """The plans of a source, with what was last worked out, so that no page waits for it twice."""

    def __init__(self, source: PlanSource, most_bytes: int = KEPT_BYTES) -> None:
        self.source = source
        self.kept = KeptResults(most_bytes)
        self._newest: dict[str, PlacePlan] = {}

    def places(self) -> Mapping[str, str]:
        """Names of places by id, in the order to show them."""
        return self.source.places()

    def workspace(self, place_id: str) -> PlacePlan | None:
        """The workspace of a place, or None if there is none.

        Raises InputError if the footprint has changed since the run.
        """
        workspace = self.source.workspace(place_id)
        before = self._newest.get(place_id)
        if workspace is not None and before is not workspace:
            self._newest[place_id] = workspace
            if before is not None:
                self.kept.forget(lambda key: key[0] == before)
        return workspace

    def faults(self) -> Mapping[str, str]:
        """What is wrong with the files of each damaged run, by place, in words for everybody."""
        if not isinstance(self.source, PlanFolder):
            return {}
        faults = {place_id: self.source.fault(place_id) for place_id in self.places()}
        return {place_id: fault.in_public for place_id, fault in faults.items() if fault}

    def state(self, place_id: str = "") -> Hashable | None:
        """The state of all files that pages of a place follow from, and pages of none without it.

        None where that is not known, because the plans are not read from a folder.
        """
        return self.source.state(place_id) if isinstance(self.source, PlanFolder) else None

    @property
    def folder(self) -> Path | None:
        """The folder of runs that the plans are read from; None where they are from elsewhere."""
        return self.source.folder if isinstance(self.source, PlanFolder) else None

    def footprint(self, place_id: str) -> Path | None:
        """Where the files of a place are that a page makes, beside the runs; None without them."""
        return self.folder / FOOTPRINTS / place_id if self.folder else None

    def building(self, place_id: str) -> str:
        """Where the plan of a place that pages made can be built again; "" for any other."""
        footprint = self.footprint(place_id)
        return f"/building/{place_id}/" if footprint and footprint.is_dir() else ""

    def printed(self, place_id: str) -> PlanDocument | None:
        """The plan as printed of a place, read from its run without opening it.

        None if there is no whole run of it that this version can read.
        """
        if isinstance(self.source, PlanFolder):
            return self.source.printed(place_id)
        workspace = self.source.workspace(place_id)
        if workspace is None:
            return None
        return self.document(workspace, choose(workspace.place, seed=workspace.seed))

    def document(self, workspace: PlacePlan, scenario: Scenario) -> PlanDocument:
        """The plan of a place under a scenario."""
        return self.once(
            workspace,
            f"document {scenario.token}",
            lambda: self.under(workspace, scenario).document(scenario),
        )

    def under(self, workspace: PlacePlan, scenario: Scenario) -> PlacePlan:
        """A place's plan with what the scenario assumes otherwise; itself where that is nothing."""
        if not scenario.assumptions:
            return workspace
        name = f"under {dict(scenario.assumptions)}"
        shared = (workspace, *vars(workspace).values())
        return self.kept.once(
            (_Same(workspace), name), lambda: workspace.under(scenario), shared=shared
        )

    def once(self, workspace: PlacePlan, name: str, work_out: Callable[[], T]) -> T:
        """What `work_out` gives of a workspace, worked out once and kept under `name`."""
        shared = (workspace, workspace.place)
        return self.kept.once((_Same(workspace), name), work_out, shared=shared)


@dataclass(frozen=True, eq=False, slots=True)
class _Same:
    """A workspace as part of a key: the very object, which may not compare or hash itself."""

    workspace: PlacePlan

    def __eq__(self, other: object) -> bool:
        """Whether both are the same object."""
        return self.workspace is (other.workspace if isinstance(other, _Same) else other)

    def __hash__(self) -> int:
        """By identity, which is safe because this object keeps the workspace alive."""
        return id(self.workspace)


class PlanFolder:
    """A folder with one run folder a place, each opened when first asked for.

    Files are looked at again once what was seen of them is `look_every` seconds old.
    """

    def __init__(
        self,
        folder: Path,
        open_run: Callable[[Path], PlacePlan] = Workspace.open,
        look_every: float = 0.0,
    ) -> None:
        self.folder = folder
        self._states = FileStates(folder, look_every)
        self._open_run = open_run
        # A workspace is kept for as long as its run is the newest, however large it is.
        self._open = KeptResults(0, measure=lambda *_: 0)

    def places(self) -> Mapping[str, str]:
        """Names of places by id: those that have a run, the damaged ones by their ids."""
        return {
            run.name: _name(run) or run.name
            for run in sorted(self.folder.glob("[!.]*"))
            if has_run(run)
        }

    def fault(self, place_id: str) -> DamagedFileError | None:
        """What is wrong with the files of a run; None where nothing is, or there is none."""
        folder = self.folder / place_id
        if not has_run(folder):
            return None
        try:
            _refuse_links(folder, place_id)
            run_about(folder)
            for path in run_files(folder, _again(place_id)):
                checked(path, _again(place_id))
            _read_name(folder, _again(place_id))
        except DamagedFileError as fault:
            return fault
        return None

    def workspace(self, place_id: str) -> PlacePlan | None:
        """The workspace of a place, opened once for a run and the place's files; None if there is
        no run of it.

        It is of one state of the files: an edit gives another workspace. Raises InputError if the
        footprint has changed since the run and the run kept none, DamagedFileError if a file of the
        run is damaged.
        """
        folder = self.folder / place_id
        if not has_run(folder):
            return None
        _refuse_links(folder, place_id)
        try:
            files = run_files(folder, _again(place_id))
        except DamagedFileError:  # whoever opens it says what is wrong
            files = ()
        key = (
            place_id,
            self._states.inputs(place_id),
            *map(file_state, (folder / RUN_FILE, *files)),
        )
        workspace = self._open.once(key, lambda: self._open_run(folder))
        self._open.forget(lambda other: other[0] == place_id and other != key)
        return workspace

    def printed(self, place_id: str) -> PlanDocument | None:
        """The document that a run left; None where there is none that this version can read."""
        if not has_run(self.folder / place_id) or self.fault(place_id) is not None:
            return None
        plan = result_folder(self.folder / place_id) / "plan.json"
        return _printed(plan, file_state(plan))

    def state(self, place_id: str = "") -> Hashable:
        """The state of the files that pages follow from: another as soon as one has changed.

        That is which places have a whole run; of `place_id` also the files of its run, those of its
        finished jobs, and the place's own.
        """
        places = self._states.places()
        if not place_id:
            return (places,)
        return places, self._states.run(place_id), self._states.inputs(place_id)


def files_of(workspace: PlacePlan) -> Path | None:
    """The folder with the files of the result that was opened; None where they were not kept."""
    if isinstance(workspace, Workspace) and workspace.folder is not None:
        return workspace.files
    return workspace.folder


def _again(place_id: str) -> str:
    return again(Path(place_id))


def _refuse_links(folder: Path, place_id: str) -> None:
    for path in (folder, folder / RUN_FILE):
        refuse_link(path, _again(place_id))


def _name(folder: Path) -> str:
    """The name of the place that a run is of; "" if its plan cannot be read."""
    try:
        return _read_name(folder, again(folder))
    except DamagedFileError:
        return ""


def _read_name(folder: Path, mend: str) -> str:
    """The name of the place that a run is of. Raises DamagedFileError for a plan without one."""
    plan = result_folder(folder, mend) / "plan.json"
    return _name_in(plan, file_state(plan), mend)


@lru_cache(maxsize=1024)
def _name_in(plan: Path, _state: FileState, mend: str) -> str:
    content = read_json(plan, mend)
    with taking_apart(plan, mend):
        return str(content["name"])


@lru_cache(maxsize=64)
def _printed(plan: Path, _state: FileState) -> PlanDocument | None:
    """The document in a file; read again when it has changed."""
    try:
        document = read_document(plan, PlanDocument, again(plan.parent))
    except DamagedFileError:
        return None
    return document if document.version == __version__ else None


_in_use: list[OpenPlans] = []


def use(source: PlanSource) -> None:
    """Read every page from this source from now on."""
    _in_use[:] = [OpenPlans(source)]


def open_plans() -> OpenPlans:
    """The plans in use; by default the folder of runs that the settings name."""
    if not _in_use:
        use(PlanFolder(Path(settings.TRIPLEAIM_DATA), look_every=LOOK_EVERY))
    return _in_use[0]
