"""What a run left, opened: ready to answer for any scenario in well under a second."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tripleaim import __version__
from tripleaim.place import InputError, Place
from tripleaim.place import load as load_place
from tripleaim.plan import do_nothing
from tripleaim.plan.do_nothing import DoNothing, Money
from tripleaim.plan.futures.document import FuturesDocument, read_futures
from tripleaim.plan.overlap.groups import Groups
from tripleaim.plan.overlap.groups_file import load_groups
from tripleaim.plan.overlap.outcome import Outcome, evaluate
from tripleaim.plan.overlap.scenario import Scenario
from tripleaim.plan.printed.audit import Finding, audit
from tripleaim.plan.publish.assemble import assemble
from tripleaim.plan.publish.document import PlanDocument


@dataclass(frozen=True)
class Workspace:
    """One place's do-nothing years, its reach groups, its audit and the tables of its people."""

    place: Place
    nothing: DoNothing
    money: Money
    groups: Groups
    audit: Sequence[Finding]
    people: Mapping[str, Any]
    folder: Path | None = None

    @classmethod
    def open(cls, folder: Path, place_name: str | None = None) -> Workspace:
        """The run kept in `folder`.

        `place_name` is the footprint (name or folder) that it was made from; without it, the one
        that the run remembers. Raises InputError if the run is not whole, or if the footprint has
        changed since.
        """
        run = _about(folder)
        place = load_place(place_name or run["footprint_folder"] or run["footprint"])
        if run["inputs_sha256"] != place.inputs_sha256:
            raise InputError(
                f"the footprint {place.id} has changed since this run; run tripleaim plan again",
                file=folder,
            )
        nothing = do_nothing.load(folder / "forecast.json")
        return cls(
            place,
            nothing,
            do_nothing.price(place, nothing),
            load_groups(folder / "groups.npz", run["inputs_sha256"]),
            audit(place),
            json.loads((folder / "people.json").read_text(encoding="utf-8")),
            folder,
        )

    @property
    def seed(self) -> int:
        """The seed that the people were made with."""
        return self.nothing.seed

    @property
    def futures(self) -> FuturesDocument | None:
        """Draws of the plan as printed; None where none were drawn of this very run.

        Raises InputError where their file is damaged.
        """
        found = read_futures(self.folder) if self.folder else None
        same = (self.place.inputs_sha256, self.seed, __version__)
        if found and (found.inputs_sha256, found.seed, found.version) == same:
            return found
        return None

    def document(self, scenario: Scenario) -> PlanDocument:
        """The plan under `scenario`: exact for the whole place.

        Raises InputError if the scenario asks for another seed than the run was made with.
        """
        return assemble(self.place, self.nothing, self.money, self.outcome(scenario))

    def outcome(self, scenario: Scenario) -> Outcome:
        """What `scenario` comes to, before it is put into a document.

        Raises InputError if the scenario asks for another seed than the run was made with.
        """
        if scenario.seed != self.nothing.seed:
            raise InputError(
                f"this run was made with seed {self.nothing.seed}; to see another, run "
                f"tripleaim plan {self.place.id} --seed {scenario.seed}",
                value=scenario.seed,
            )
        return evaluate(self.place, self.groups, self.money.costs, scenario)


def _about(folder: Path) -> dict[str, Any]:
    try:
        run: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            "expected the folder of a run; there is no run.json", file=folder
        ) from None
    except ValueError:
        raise InputError("expected the folder of a run; run.json is damaged", file=folder) from None
    return run
