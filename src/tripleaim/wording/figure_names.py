"""A plain name for every figure, made from its id."""

from __future__ import annotations

import re
from collections.abc import Mapping

FAMILIES: Mapping[str, str] = {
    "activity": "Printed activity",
    "ae": "A&E attendances",
    "ae-growth": "Growth of A&E attendances",
    "backtest": "Back-test",
    "catchment": "Patients who live in the place",
    "contact-hours": "Contact hours a week in primary care",
    "contact-minutes": "Minutes a contact in primary care",
    "contacts-week": "Contacts a week in primary care",
    "cquin": "Payment for quality (CQUIN)",
    "delivery-record": "Record of delivered savings",
    "do-something": "Printed position if something is done",
    "dtoc": "Delayed transfers of care",
    "england-contacts": "Contacts in England",
    "four-hour": "A&E within four hours",
    "gap": "Printed gap",
    "hes": "Hospital episodes",
    "kh03": "Beds",
    "life-table": "Official life table",
    "opening": "Opening position",
    "opening-share": "Opening position as a share",
    "own-trusts-share": "Share paid to the place’s own trusts",
    "position": "Printed position",
    "press": "Press",
    "qof": "Disease register (QOF)",
    "rtt": "Waiting for treatment (18 weeks)",
    "savings": "Printed savings",
    "skill-mix": "Skill mix in primary care",
    "skill-mix-unrounded": "Skill mix in primary care before rounding",
    "solutions": "Solutions",
    "stf": "Sustainability and Transformation Fund",
    "stf-share": "Share of the Sustainability and Transformation Fund",
    "trust-income": "Income of the trust",
    "trust-position": "Position of the trust",
    "unit-cost": "Price of a contact",
}
"""What the first part of an id stands for, where its own words do not say it."""

_SPELT: Mapping[str, str] = {
    "ae": "A&E",
    "ccg": "CCG",
    "ccgs": "CCGs",
    "cquin": "CQUIN",
    "england": "England",
    "gp": "GP",
    "gps": "GPs",
    "nhs": "NHS",
    "qaly": "QALY",
    "stf": "STF",
    "wte": "whole-time equivalents",
}

OF_STAFF = ("contact-hours", "contact-minutes", "contact-slot", "contacts-week", "gp", "skill-mix")
"""Families in which "gp" is a person and not a kind of care."""

_YEAR = re.compile(r"(\d{4})[_-](\d{2})(?:-q([1-4]))?")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def figure_name(figure_id: str, names: Mapping[str, str]) -> str:
    """A figure's plain name; `names` are those of points of delivery, organisations and places,
    by id.

    Two numbers with "_" between are a year where the second follows the first, else a month.

    >>> figure_name("gap.2020_21.providers", {})
    'Printed gap: providers, 2020/21'
    >>> figure_name("activity.acute-ae.2016_17", {"acute-ae": "A&E"})
    'Printed activity: A&E, 2016/17'
    >>> figure_name("enhanced-care.practices.2016_12", {})
    'Enhanced care: practices, December 2016'
    """
    family, *parts = figure_id.split(".")
    if family.startswith(OF_STAFF):
        names = {**names, "gp": "GPs"}
    what = [_part(part, names) for part in parts if not _when(part)]
    when = [_when(part) for part in parts if _when(part)]
    name = FAMILIES.get(family) or _capital(_part(family, names))
    name = f"{name}: {', '.join(what)}" if what else name
    return ", ".join([name, *when])


def _part(part: str, names: Mapping[str, str]) -> str:
    if part in names:
        return names[part]
    words = [_SPELT.get(word, word) for word in part.split("-")]
    return " ".join(words)


def _when(part: str) -> str:
    found = _YEAR.fullmatch(part)
    if found is None:
        return ""
    first, second = int(found[1]), int(found[2])
    if (first + 1) % 100 == second:
        year = f"{first}/{found[2]}"
        return f"{year} quarter {found[3]}" if found[3] else year
    if 1 <= second <= 12:
        return f"{_MONTHS[second - 1]} {first}"
    return f"{first} to {first // 100 * 100 + second}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
