"""The form that changes one solution: what was typed in, a choice or faults out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from tripleaim.place import InputError, Place, Solution
from tripleaim.plan import OF_A_SOLUTION, Basis, Choice, Scenario, altered, basis_of
from tripleaim.web.pages.scenario.forms import digits

BASES = {
    Basis.AS_CLAIMED: "What is claimed",
    Basis.ON_EVIDENCE: "What evidence supports (untested savings at zero)",
    Basis.OWN_VALUE: "A value of your own",
    Basis.OFF: "Leave it out",
}


@dataclass
class ChoiceForm:
    """What the form holds: texts as typed, and a fault by field."""

    basis: str
    uptake: str
    start: str
    own: str
    faults: dict[str, str] = field(default_factory=dict)

    def choice(self, place: Place) -> Choice | None:
        """The choice made, or None with `faults` filled in."""
        basis = None
        try:
            basis = basis_of(self.basis, OF_A_SOLUTION)
        except InputError:
            self.faults["basis"] = "Choose what to believe"
        uptake = self._share("uptake", "Uptake must be a number from 0 to 100, such as 40")
        own = None
        if basis is Basis.OWN_VALUE:
            own = self._share("own", "Your own value must be a number from 0 to 100, such as 5")
        if self.start not in place.years:
            self.faults["start"] = (
                f"Start must be a year from {place.years[0]} to {place.last_year}"
            )
        if self.faults or basis is None:
            return None
        return Choice(basis, uptake, self.start, own)

    def _share(self, name: str, fault: str) -> float | None:
        text = getattr(self, name).strip().rstrip("%").strip()
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not 0 <= value <= 100:
            self.faults[name] = fault
            return None
        return round(value / 100, 6)


def typed(query: Mapping[str, str], before: ChoiceForm) -> ChoiceForm:
    """The form as it was sent, where it was shown as `before`.

    Whoever types a value of their own, or another than was there, has chosen it: what else is
    chosen was so before, unless that too was changed.
    """
    basis, uptake, start, own = (query.get(k, "")[:40] for k in ("basis", "uptake", "start", "own"))
    if own.strip() and own != before.own and basis in ("", before.basis):
        basis = str(Basis.OWN_VALUE)
    return ChoiceForm(basis, uptake, start, own)


def now(scenario: Scenario, solution: Solution) -> ChoiceForm:
    """The form as the scenario has it."""
    choice = scenario.choice(solution)
    return ChoiceForm(
        basis=choice.basis,
        uptake=_percent(choice.uptake),
        start=choice.start or solution.start,
        own=_percent(choice.own),
    )


def _percent(share: float | None) -> str:
    return "" if share is None else digits(100 * share)


def with_choice(place: Place, before: Scenario, solution_id: str, choice: Choice) -> Scenario:
    """The scenario with one solution's choice put in place of what it had; `place` as built."""
    return altered(place, before, choices={**before.choices, solution_id: choice})
