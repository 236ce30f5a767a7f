"""The form of what is assumed otherwise: texts as typed, and a fault by assumption."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tripleaim import wording as words
from tripleaim.place import InputError, Place
from tripleaim.plan import Assumption, Scenario, altered, assumptions_of, choose

LONGEST = 40


@dataclass
class AssumptionsForm:
    """Texts as typed and faults, by the id of an assumption."""

    typed: Mapping[str, str]
    faults: dict[str, str] = field(default_factory=dict)

    def values(self, place: Place) -> dict[str, float]:
        """The values that can be used; `faults` is filled in for the others.

        `place` is as it was built. An empty text is the place's own value.
        """
        values: dict[str, float] = {}
        for one in assumptions_of(place):
            text = self.typed.get(one.id, "").strip().replace("−", "-").replace(",", "")
            text = text.removeprefix("£").removesuffix("%").strip()
            if not text:
                continue
            try:
                values |= choose(place, assumptions={one.id: float(text)}).assumptions
            except (ValueError, InputError):
                self.faults[one.id] = (
                    f"{name_of(one, place)} must be a number from {words.plain(one.least)} to "
                    f"{words.plain(one.most)}"
                )
        return values


def typed(query: Mapping[str, str], place: Place) -> AssumptionsForm:
    """The form as it was sent."""
    return AssumptionsForm({o.id: query.get(o.id, "")[:LONGEST] for o in assumptions_of(place)})


def now(place: Place, scenario: Scenario) -> AssumptionsForm:
    """The form as the scenario has it; `place` is as it was built."""
    return AssumptionsForm(
        {o.id: digits_of(scenario.assumptions.get(o.id, o.value)) for o in assumptions_of(place)}
    )


def digits(value: float) -> str:
    """A value as it is typed: 2.3, -40.4, 1590."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def digits_of(value: float | None) -> str:
    """A value as it is typed; "" for one that is not known."""
    return "" if value is None else digits(value)


def with_unit(value: float | None, unit: str) -> str:
    """A value as it is typed, with its unit; "not known" for none.

    >>> with_unit(-20.0, "£m"), with_unit(1.5, "% a year"), with_unit(None, "%")
    ('−£20m', '1.5% a year', 'not known')
    """
    if value is None:
        return "not known"
    if unit == "£m":
        return f"{words.MINUS if value < 0 else ''}£{digits(abs(value))}m"
    return digits(value) + unit_after_number(unit)


def address_of(one: Assumption) -> str:
    """The address of what says where an assumption comes from; without a figure, of the form."""
    return f"figures/{one.figure.id}/" if one.figure else "scenario/assumptions/"


def unit_after_number(unit: str) -> str:
    """A unit behind its number: "%" stands close to it, words do not."""
    return unit if unit.startswith("%") else f" {unit}"


def name_of(one: Assumption, place: Place) -> str:
    """The plain name of an assumption of a place."""
    names = {p.id: p.name for p in place.points_of_delivery}
    costs = {p.unit_cost: p.name for p in place.points_of_delivery}
    point = names.get(one.id.removeprefix("demand."), "") if one.group == "demand" else ""
    point = costs.get(one.id, "") if one.group == "contacts" else point
    return words.assumption_name(one.id, one.group, point, one.year)


def without(place: Place, scenario: Scenario, *names: str) -> Scenario:
    """The scenario with the place's own values for some of what it assumes otherwise."""
    kept = {n: v for n, v in scenario.assumptions.items() if n not in names}
    return altered(place, scenario, assumptions=kept)


def in_groups(place: Place) -> Mapping[str, Sequence[Assumption]]:
    """What you can assume, by group, in order."""
    groups: dict[str, list[Assumption]] = {}
    for one in assumptions_of(place):
        groups.setdefault(one.group, []).append(one)
    return groups
