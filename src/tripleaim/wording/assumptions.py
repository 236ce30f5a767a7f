"""What a scenario may assume otherwise, in plain names."""

from __future__ import annotations

from collections.abc import Mapping

GROUP_NAMES: Mapping[str, str] = {
    "funding": "Growth of funding",
    "prices": "Inflation",
    "efficiency": "Efficiency",
    "demand": "Demand for care",
    "openings": "Opening positions",
    "contacts": "Price of a contact",
    "evidence": "How evidence is counted",
}

GROUP_MEANING: Mapping[str, str] = {
    "funding": "How much more money comes each year.",
    "prices": "How much the price of the same care rises each year.",
    "efficiency": "How much less the tariff pays each year for the same care.",
    "demand": "How much contacts grow each year in addition to the projection.",
    "openings": "The position of each side in the first year, before any saving.",
    "contacts": "What a contact costs. It gives each kind of care its weight.",
    "evidence": "What share of a study's finding we count.",
}

_NAMES: Mapping[str, str] = {
    "growth.allocation": "Growth of the allocation",
    "growth.specialised-funding": "Growth of funding for specialised services",
    "inflation.provider-cost": "Inflation of providers’ costs",
    "efficiency.tariff": "Efficiency that the tariff expects",
    "opening.commissioner": "Opening position of the commissioner",
    "opening.providers": "Opening position of the providers",
    "opening-share.commissioner": "Opening position of the commissioner, share of its spend",
    "opening-share.providers": "Opening position of the providers, share of their income",
    "solutions.before-after-weight": "Share of a before-and-after finding that is counted",
    "solutions.bed-day-share": "Share of an admission’s cost that falls with its length",
    "population-cap.acute-non-elective.year-1": "Fall in emergency admissions seen in whole "
    "populations, first year",
    "population-cap.acute-non-elective.year-3": "Fall in emergency admissions seen in whole "
    "populations, third year",
}


def assumption_name(name: str, group: str, point: str = "", year: str = "") -> str:
    """The plain name of an assumption; `point` is the name of its point of delivery, `year` what
    its figure says of its year.

    >>> assumption_name("inflation.provider-cost", "prices", year="any other year")
    'Inflation of providers’ costs, any other year'
    >>> assumption_name("unit-cost.gp", "contacts", "General practice")
    'General practice'
    """
    if point:
        return point
    stem, _, ending = name.rpartition(".")
    known = _NAMES.get(name) or (_NAMES.get(stem, "") if ending[:2].isdigit() else "")
    if not known and group == "prices":
        known = f"Inflation of {name.removeprefix('inflation.').replace('-', ' ')}"
    return f"{known or name}, {year}" if year and group not in ("openings", "evidence") else known
