"""A scenario in words and tables: what it changes, and what may be assumed otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim import wording as words
from tripleaim.place import Place
from tripleaim.plan import Assumption, PlanDocument, Scenario, altered, assumptions_of
from tripleaim.web.pages.compare.presenters import choice_in_words
from tripleaim.web.pages.scenario.forms import (
    AssumptionsForm,
    address_of,
    digits,
    in_groups,
    name_of,
    unit_after_number,
    with_unit,
    without,
)
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.tables import PageColumn, PageTable


@dataclass(frozen=True)
class AssumptionRow:
    """One assumption as its form shows it."""

    id: str
    name: str
    text: str
    own: str
    unit: str
    credible: str
    low: float | None
    high: float | None
    calibration_adds: str
    outside: bool
    status: str
    source: str
    reason: str
    figure: str
    fault: str
    put_back: str


@dataclass(frozen=True)
class AssumptionGroup:
    """Assumptions of one kind, under a heading; open where one of them is changed or at fault."""

    id: str
    name: str
    meaning: str
    rows: Sequence[AssumptionRow]
    open: bool


def groups(page: PlacePage, form: AssumptionsForm) -> list[AssumptionGroup]:
    """All that may be assumed otherwise, as the form shows it."""
    place, scenario = page.built.place, page.scenario
    added = calibration_adds(page.document)
    shown = []
    for group, several in in_groups(place).items():
        rows = [_row(page, one, form, _added(one, added)) for one in several]
        changed = any(one.id in scenario.assumptions or one.id in form.faults for one in several)
        shown.append(
            AssumptionGroup(
                group, words.GROUP_NAMES[group], words.GROUP_MEANING[group], rows, changed
            )
        )
    return shown


def _added(one: Assumption, added: Mapping[str, str]) -> str:
    """What calibration adds to an assumption; what it adds to growth, it adds to every year's."""
    stem, _, year = one.id.rpartition(".")
    return added.get(one.id, added.get(stem, "") if year[:2].isdigit() else "")


def _row(page: PlacePage, one: Assumption, form: AssumptionsForm, added: str) -> AssumptionRow:
    place, scenario = page.built.place, page.scenario
    changed = one.id in scenario.assumptions
    status, source, reason = _origin(place, one)
    return AssumptionRow(
        id=one.id,
        name=name_of(one, place),
        text=form.typed.get(one.id, ""),
        own="not known" if one.value is None else digits(one.value),
        unit=one.unit,
        credible=credible(one),
        low=one.low,
        high=one.high,
        calibration_adds=added,
        outside=changed and not one.credible(scenario.assumptions[one.id]),
        status=status,
        source=source,
        reason=reason,
        figure=f"figures/{one.figure.id}/" if one.figure else "",
        fault=form.faults.get(one.id, ""),
        put_back=page.address_under(without(place, scenario, one.id)) if changed else "",
    )


def _origin(place: Place, one: Assumption) -> tuple[str, str, str]:
    """The status of an assumption, where it comes from, and why it is as it is."""
    if one.figure is None:
        if one.asked is None:
            return "", "", ""
        return "", f"Who would know: {one.asked.who_would_know}", one.asked.until_then
    source = place.sources.get(one.figure.source)
    return one.figure.status, source.title if source else one.figure.source, one.figure.reason


def credible(one: Assumption) -> str:
    """The credible range in words."""
    if one.low is None and one.high is None:
        return "no range is known"
    low = "no lower end" if one.low is None else digits(one.low)
    high = "no upper end" if one.high is None else digits(one.high)
    return f"{low} to {high}"


def calibration_adds(document: PlanDocument) -> Mapping[str, str]:
    """What calibration added to what is stated, by the id of the assumption; it stays."""
    added = {}
    for one in document.calibrated:
        more = one.value - one.uncalibrated
        sign = "+" if more >= 0 else words.MINUS
        unit = one.unit.removesuffix(", mean")
        added[one.parameter] = f"{sign}{abs(more):.2f}{unit_after_number(unit)}"
    return added


def assumptions_table(page: PlacePage) -> PageTable:
    """What you can assume, with what the scenario assumes, as a file."""
    place, scenario = page.built.place, page.scenario
    return PageTable(
        "scenario-assumptions",
        "What you can assume",
        [
            PageColumn("id", "Id"),
            PageColumn("name", "Assumption"),
            PageColumn("group", "Kind"),
            PageColumn("value", "In this scenario", "plain"),
            PageColumn("own", "The place's own", "plain"),
            PageColumn("low", "Low", "plain"),
            PageColumn("high", "High", "plain"),
            PageColumn("unit", "Unit"),
            PageColumn("status", "Status", "status"),
            PageColumn("source", "Source"),
            PageColumn("reason", "Reason"),
        ],
        [
            {
                "id": one.id,
                "name": name_of(one, place),
                "group": words.GROUP_NAMES[one.group],
                "value": scenario.assumptions.get(one.id, one.value),
                "own": one.value,
                "low": one.low,
                "high": one.high,
                "unit": one.unit,
                **dict(zip(("status", "source", "reason"), _origin(place, one), strict=True)),
            }
            for one in assumptions_of(place)
        ],
    )


def changes_answer(page: PlacePage) -> str:
    """How much a scenario changes, in a sentence."""
    scenario, name = page.scenario, page.document.name
    if not scenario.changed:
        return f"Nothing: this is {name}'s plan {page.place.as_stated}."
    parts = []
    if scenario.choices:
        parts.append(_counted(len(scenario.choices), "solution"))
    if scenario.assumptions:
        parts.append(_counted(len(scenario.assumptions), "assumption"))
    if scenario.period_total != "in addition":
        parts.append("how the first year's savings are counted")
    return f"It changes {words.listed(parts)} of {name}'s plan."


def _counted(number: int, noun: str) -> str:
    return f"{words.count(number)} {noun}{'s' if number != 1 else ''}"


@dataclass(frozen=True)
class Change:
    """One thing that a scenario has otherwise, as it stands and as printed, and the way back."""

    name: str
    href: str
    here: str
    printed: str
    put_back: str


def changes(page: PlacePage) -> list[Change]:
    """Everything that the scenario has otherwise than the plan {page.place.as_stated}."""
    place, scenario = page.built.place, page.scenario
    found = []
    for solution in place.solutions:
        if solution.id in scenario.choices:
            kept = {k: v for k, v in scenario.choices.items() if k != solution.id}
            found.append(
                Change(
                    solution.name,
                    f"solutions/{solution.id}/",
                    words.capital(choice_in_words(scenario, solution)),
                    "As claimed" if solution.chosen else "Left out",
                    page.address_under(altered(place, scenario, choices=kept)),
                )
            )
    for one in assumptions_of(place):
        if one.id in scenario.assumptions:
            found.append(
                Change(
                    name_of(one, place),
                    address_of(one),
                    with_unit(scenario.assumptions[one.id], one.unit),
                    with_unit(one.value, one.unit),
                    page.address_under(without(place, scenario, one.id)),
                )
            )
    if scenario.period_total != "in addition":
        found.append(
            Change(
                "First year's savings",
                "compare/",
                "Are in the total of the period",
                "Are added to the total of the period",
                page.address_under(altered(place, scenario, period_total="in addition")),
            )
        )
    return found


def named(scenario: Scenario, name: str) -> str:
    """The name that a reader gave, or the scenario's own."""
    return " ".join(name.split())[:80] or scenario.name
