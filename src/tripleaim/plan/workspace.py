"""What a run left, opened: ready to answer for any scenario in well under a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tripleaim import __version__
from tripleaim.accounts import account_inputs
from tripleaim.activity import Activity, PeopleByCell
from tripleaim.core import cached_property
from tripleaim.data_folder import (
    RUN_FILE,
    DamagedFileError,
    RunAbout,
    again,
    checked,
    file_state,
    has_run,
    read_about,
    result_folder,
    taking_apart,
)
from tripleaim.people import read_profile
from tripleaim.place import InputError, Place, changed_files, find, read_inputs
from tripleaim.place import load as load_place
from tripleaim.plan import do_nothing
from tripleaim.plan.assumptions import growth_assumed, place_assuming
from tripleaim.plan.basis import Basis
from tripleaim.plan.by_organisation.organisation_books import (
    OrganisationBooks,
    organisation_books,
)
from tripleaim.plan.by_organisation.savings_by_organisation import Net
from tripleaim.plan.by_setting.done import what_is_done
from tripleaim.plan.by_setting.pound import PoundBySetting, pound_by_setting
from tripleaim.plan.by_setting.shares import setting_shares
from tripleaim.plan.calibration import Calibration, read_calibration
from tripleaim.plan.do_nothing import DoNothing, Money
from tripleaim.plan.futures.document import FuturesDocument, read_futures
from tripleaim.plan.futures.first_order import STARTS_FILE, DrawnStarts, load_starts
from tripleaim.plan.overlap.effects import evidenced
from tripleaim.plan.overlap.groups import Groups
from tripleaim.plan.overlap.groups_file import load_groups
from tripleaim.plan.overlap.outcome import Outcome, evaluate
from tripleaim.plan.overlap.person_costs import with_costs_of_reach
from tripleaim.plan.overlap.reach_cells import load_cells
from tripleaim.plan.overlap.scenario import Choice, Scenario, choose
from tripleaim.plan.plan_activity import (
    ACTIVITY_FILE,
    CONTRACTS_FILE,
    PEOPLE_FILE,
    plan_activity,
    read_plan_activity,
)
from tripleaim.plan.printed.audit import audit
from tripleaim.plan.printed.finding import Finding
from tripleaim.plan.publish.assemble import assemble
from tripleaim.plan.publish.document import PlanDocument
from tripleaim.plan.publish.fixed_parts import FixedParts, fixed_parts
from tripleaim.projection import DO_NOTHING

INPUTS_FILE = "inputs.zip"
"""The files of the place as they were when the plan was made."""

NEEDED = (
    ACTIVITY_FILE,
    CONTRACTS_FILE,
    PEOPLE_FILE,
    STARTS_FILE,
    "calibration.json",
    "do_nothing.json",
    "groups.npz",
    "people.json",
    "plan.json",
)
"""What is read when a run is opened; other files harm only the pages that read them."""


@dataclass(frozen=True)
class Workspace:
    """One place's do-nothing years, its reach groups, its audit and the tables of its people.

    `people_by_cell` counts who is registered. `activity` holds do nothing and do something as the
    run had them, each under its scenario; `calibration` was solved in the run, and nothing solves
    it again. `starts` are draws of doing nothing, from which each scenario has its interval.
    `folder` is the place's, in which `result` is. `assumed` are the values that differ from the
    place's own, by id; all of it follows them, but for `activity`, which is as the run had it.
    `changed_since` says what has changed in the place's files since the run, where the plan would
    be another one; then all of it is of the files that the run kept.
    """

    place: Place
    nothing: DoNothing
    calibration: Calibration
    money: Money
    groups: Groups
    activity: Activity
    people_by_cell: PeopleByCell
    starts: DrawnStarts
    audit: Sequence[Finding]
    people: Mapping[str, Any]
    folder: Path | None = None
    assumed: Mapping[str, float] = field(default_factory=dict)
    result: Path | None = None
    changed_since: str = ""

    @classmethod
    def open(cls, folder: Path, place_name: str | None = None) -> Workspace:
        """The run kept in `folder`.

        `place_name` is the footprint (name or folder) that it was made from; without it, the one
        that the run remembers, and where that has changed since, the files that the run kept.
        Raises InputError if the run is not whole, or if the footprint that is named has changed
        since.
        """
        run = run_about(folder)
        result = result_folder(folder)
        for name in NEEDED:
            checked(result / name, again(folder))
        place, changed_since = (
            (load_place(place_name), "") if place_name else _place_of_run(folder, run)
        )
        if run.inputs_sha256 != place.sha256_of("plan"):
            raise InputError(
                f"the footprint {place.id} has changed since this run; run tripleaim plan again",
                file=folder,
            )
        activity = read_plan_activity(result)
        nothing = do_nothing.load(result / "do_nothing.json", activity)
        calibration = read_calibration(result / "calibration.json")
        _refuse_another_seed(folder, run.seed, nothing.seed, calibration.seed)
        with taking_apart(folder / "do_nothing.json", again(folder)):
            priced = do_nothing.price(account_inputs(place), nothing, calibration.money)
        groups = load_groups(result / "groups.npz", run.inputs_sha256)
        return cls(
            with_costs_of_reach(place, groups),
            nothing,
            calibration,
            priced,
            groups,
            activity,
            PeopleByCell.read(result / PEOPLE_FILE),
            load_starts(result / STARTS_FILE, run.inputs_sha256),
            audit(place),
            read_profile(result / "people.json"),
            folder,
            result=result,
            changed_since=changed_since,
        )

    @property
    def seed(self) -> int:
        """The seed that the people were made with."""
        return self.nothing.seed

    @property
    def files(self) -> Path:
        """Where the files of this very result are. Raises InputError where they were not kept."""
        if self.folder is None:
            raise InputError("the run of this plan was not kept")
        return self.result or self.folder

    @property
    def futures(self) -> FuturesDocument | None:
        """Draws of the plan as printed; None where none were drawn of this very run.

        Raises InputError where their file is damaged.
        """
        futures = read_futures(self.folder) if self.folder else None
        same = (self.place.sha256_of("futures"), self.seed, __version__)
        if futures and (futures.inputs_sha256, futures.seed, futures.version) == same:
            return futures
        return None

    def refuse_damage(self) -> None:
        """Raise DamagedFileError where what is read only for some pages cannot be read."""
        if self.folder is not None:
            load_cells(self.files / "reach_cells.npz", self.place.sha256_of("plan"))
            self.activity.total(scenario=DO_NOTHING, known_by="people")

    def document(self, scenario: Scenario) -> PlanDocument:
        """The plan under `scenario`: exact for the whole place.

        Raises InputError if the scenario asks for another seed than the run was made with.
        """
        run = self.under(scenario)
        return assemble(
            run.place,
            run.nothing,
            run.money,
            run.outcome(scenario),
            run.starts,
            fixed=run.fixed_parts,
            all_taken_in=run.all_taken_in,
        )

    @cached_property
    def fixed_parts(self) -> FixedParts:
        """What a document says under any scenario, most of the work of one."""
        return fixed_parts(self.place, self.nothing, self.money)

    @cached_property
    def all_taken_in(self) -> Outcome | None:
        """What it comes to with every solution that is ready to choose, each on evidence; None
        where none is."""
        ready = {s.id: Choice(Basis.ON_EVIDENCE) for s in self.place.solutions if not s.chosen}
        if not ready:
            return None
        scenario = choose(self.place, ready, seed=self.seed)
        return evaluate(self.place, self.groups, self.money.costs, scenario)

    def under(self, scenario: Scenario) -> Workspace:
        """This run with what the scenario assumes otherwise; the run itself where it assumes
        nothing of its own, or the same.

        Calibration stays as it was solved, so that a changed assumption moves the gap. Raises
        ValueError of a run that assumes something else already.
        """
        values = scenario.assumptions
        if not values or values == self.assumed:
            return self
        if self.assumed:
            raise ValueError("this run already has other assumptions")
        place, grown = place_assuming(self.place, values), growth_assumed(self.place, values)
        nothing, groups = self.nothing, self.groups
        if (grown != 1).any():
            nothing, groups = nothing.times(self._factors(grown)), groups.times(grown)
        money = do_nothing.price(account_inputs(place), nothing, self.calibration.money)
        better = [money.calibrated.nhs[y] - self.money.calibrated.nhs[y] for y in place.years]
        before, now = evidenced(self.place).central, evidenced(place).central
        supported = np.divide(now, before, out=np.ones_like(now), where=before != 0)
        return replace(
            self,
            place=place,
            nothing=nothing,
            groups=groups,
            money=money,
            starts=self.starts.moved(np.array(better), supported),
            assumed=values,
        )

    def _factors(self, grown: npt.NDArray[np.float64]) -> Mapping[str, Mapping[str, float]]:
        return {
            point.id: dict(zip(self.place.years, row.tolist(), strict=True))
            for point, row in zip(self.place.points_of_delivery, grown, strict=True)
        }

    def outcome(self, scenario: Scenario) -> Outcome:
        """What `scenario` comes to, before it is put into a document.

        Raises InputError if the scenario asks for another seed than the run was made with.
        """
        if scenario.seed != self.nothing.seed:
            raise InputError(
                f"this run was made with seed {self.nothing.seed}; to see another seed, run "
                f"tripleaim plan {self.place.id} --seed {scenario.seed}",
                value=scenario.seed,
            )
        run = self.under(scenario)
        return evaluate(run.place, run.groups, run.money.costs, scenario)

    def do_something(self, scenario: Scenario) -> Activity:
        """Do nothing and do something under `scenario`, in the one table.

        Raises InputError as `outcome` does, and where the run's files are not whole.
        """
        run = self.under(scenario)
        cells = load_cells(self.files / "reach_cells.npz", self.place.sha256_of("plan"))
        grown = growth_assumed(run.place, scenario.assumptions)
        return plan_activity(
            run.place,
            run.nothing,
            run.money,
            run.outcome(scenario),
            groups=run.groups,
            cells=cells.times(grown) if (grown != 1).any() else cells,
        )

    def organisation_books(self, net: Net | None = None) -> OrganisationBooks:
        """Every organisation's book if nothing is done, with the savings `net`: the terminal's and
        the pages' alike.

        `net` is solution -> side -> year -> £m (see `net_of`); without it, what partners claim.
        """
        return organisation_books(
            self.place,
            self.money.calibrated,
            activity=self.nothing.activity,
            net=net,
            residents=self.nothing.residents,
        )

    def pound_by_setting(self, scenario: Scenario) -> PoundBySetting:
        """In which setting each pound is spent if nothing is done, and under `scenario`.

        Raises InputError as `do_something` does, and where the place has no `settings.csv`.
        """
        run = self.under(scenario)
        outcome, shares = run.outcome(scenario), setting_shares(run.place)
        return pound_by_setting(
            run.place,
            run.do_something(scenario),
            run.money.calibrated,
            residents=run.nothing.residents,
            done=what_is_done(run.place, outcome, run.money.costs, shares),
        )


def run_about(folder: Path) -> RunAbout:
    """What a run says of itself.

    Raises InputError where there is none, DamagedFileError for one that is damaged or of another
    version.
    """
    if not has_run(folder):
        raise InputError("expected the folder of a run; there is no run.json", file=folder)
    run = read_about(folder, again(folder))
    if run.version != __version__:
        raise DamagedFileError(
            f"says version {run.version} of Triple Aim made this run, and this is {__version__}",
            file=folder / RUN_FILE,
            mend=again(folder),
        )
    return run


def footprint_of(run: RunAbout) -> Path:
    """Where the footprint was that a run was made from.

    Raises InputError for one that is no longer shipped.
    """
    return Path(run.footprint_folder) if run.footprint_folder else find(run.footprint)


def _place_of_run(folder: Path, run: RunAbout) -> tuple[Place, str]:
    """The place that a run was made from, and what has changed in its files since.

    It is as it is now if its plan would be the same, or if the run kept no files, as those of
    earlier versions; else as the run kept it. Raises DamagedFileError where that is damaged.
    """
    footprint, archive = footprint_of(run), result_folder(folder) / INPUTS_FILE
    kept_by_run = bool(file_state(archive))
    try:
        now = load_place(footprint)
    except InputError as fault:
        if not kept_by_run:
            raise
        now, changed = None, fault.in_public if footprint.is_dir() else "their folder is missing"
    if now is not None and (not kept_by_run or now.sha256_of("plan") == run.inputs_sha256):
        return now, ""
    with taking_apart(checked(archive, again(folder)), again(folder)):
        kept = read_inputs(archive, footprint)
    return kept, changed if now is None else _named(changed_files(kept, now))


def _named(files: Sequence[str], most: int = 3) -> str:
    """The first of these files by name, and how many more there are."""
    more = [f"{len(files) - most:,} more"] if len(files) > most else []
    return ", ".join([*files[:most], *more])


def _refuse_another_seed(folder: Path, seed: int, *others: int) -> None:
    if {seed} != set(others):
        raise DamagedFileError(
            f"says seed {seed}; its other files have seed {max(others)}",
            file=folder / RUN_FILE,
            mend=again(folder),
        )
