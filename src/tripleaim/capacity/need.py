"""Staff needed: contacts x minutes / 60 / hours with patients, by point of delivery and group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from tripleaim.activity import Activity
from tripleaim.capacity.inputs import StaffInputs
from tripleaim.capacity.skill_mix_tables import SkillMix
from tripleaim.capacity.staff import Range

WEEKS = 52


@dataclass(frozen=True, slots=True)
class Need:
    """Wte of one staff group that one point of delivery needs in one year.

    `posts` is what is planned: the printed table where there is one, else the need. `counted` says
    how the need was worked out.
    """

    point_of_delivery: str
    group: str
    year: str
    needed: Range
    posts: float
    counted: str


def staff_needs(inputs: StaffInputs, activity: Activity) -> tuple[Need, ...]:
    """The wte that each point of delivery needs of each staff group, by year."""
    mix = inputs.mix
    mixed = {row.point_of_delivery for row in mix.rows} if mix else set()
    needs: list[Need] = []
    contacts = activity.contacts
    for point, minutes in inputs.minutes.items():
        if point in mixed or point not in contacts:
            continue
        for group, each in minutes.items():
            for year in inputs.years:
                hours = inputs.groups[group].hours
                needed = wte_needed(contacts[point][year], each, hours)
                needs.append(Need(point, group, year, needed, needed.value, "minutes a contact"))
    if mix:
        needs += [
            need
            for row in mix.rows
            if row.point_of_delivery in contacts
            for need in _mixed_needs(mix, row.group, contacts[row.point_of_delivery])
        ]
    return tuple(needs)


def wte_needed(contacts: float, minutes: Range, hours: Range) -> Range:
    """Wte for so many contacts a year: contacts x minutes / 60 / (hours a week x 52 weeks).

    The ranges of minutes and hours are taken as independent and added in quadrature.
    """
    value = contacts * minutes.value / 60 / (hours.value * WEEKS)
    few = (minutes.low / minutes.value - 1, hours.value / hours.high - 1)
    many = (minutes.high / minutes.value - 1, hours.value / hours.low - 1)
    return Range(
        value,
        max(0.0, value * (1 - sqrt(sum(m * m for m in few)))),
        value * (1 + sqrt(sum(m * m for m in many))),
    )


def wte_per_contact(inputs: StaffInputs, year: str) -> dict[str, dict[str, Range]]:
    """Wte of each staff group that one contact a year takes, by point of delivery and group.

    With a printed skill mix a contact is the mean of those planned in `year`; groups that make no
    contacts there take none.
    """
    mix = inputs.mix
    wte: dict[str, dict[str, Range]] = {
        point: {
            group: wte_needed(1.0, each, inputs.groups[group].hours)
            for group, each in minutes.items()
        }
        for point, minutes in inputs.minutes.items()
    }
    if mix:
        for point in {row.point_of_delivery for row in mix.rows}:
            wte[point] = {
                row.group: _same(_mixed_wte(mix, row.group, 1.0, year))
                for row in mix.rows
                if row.point_of_delivery == point and row.contacts_a_wte
            }
    return wte


def _mixed_needs(mix: SkillMix, group: str, contacts: Mapping[str, float]) -> list[Need]:
    row = mix.row(group)
    needs = []
    for year in mix.years:
        if row.contacts_a_wte:
            needed = _mixed_wte(mix, group, contacts[year], year)
            counted = "share of contacts as planned"
        else:
            needed, counted = row.wte[year], "as planned: the plan prints no contacts for it"
        needs.append(
            Need(row.point_of_delivery, group, year, _same(needed), row.wte[year], counted)
        )
    return needs


def _mixed_wte(mix: SkillMix, group: str, contacts: float, year: str) -> float:
    row = mix.row(group)
    share = row.contacts[year] / mix.total_contacts[year]
    return contacts * share / WEEKS / row.contacts_a_wte


def _same(value: float) -> Range:
    return Range(value, value, value)
