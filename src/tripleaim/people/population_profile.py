"""The people in small tables, as pages and reports show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter

from tripleaim.data_folder import again, read_json, taking_apart
from tripleaim.people.clustering import (
    against_independence,
    by_age_and_sex_alone,
    clustering_ratios,
    if_independent,
    people_by_count,
    priority_numbers,
    read_published,
    thinned_counts,
)
from tripleaim.people.drawing import draw_conditions
from tripleaim.people.homes import quintile_areas
from tripleaim.people.illness import Frailty, Illness, read_illness
from tripleaim.people.lists import has_lists, read_practices
from tripleaim.people.model import SEXES, People
from tripleaim.people.risk_rows import RiskRow, risk_rows
from tripleaim.people.synthesis import bodies_of, reference_year
from tripleaim.place import Place, people_of

BAND_YEARS = 5
LAST_BAND = 90


@dataclass(frozen=True, slots=True)
class AgeBand:
    """One bar of the age pyramid: people of one sex in five years of age (the last one open).

    The shares, in per cent, are of all people of both sexes.
    """

    age_band: str
    sex: str
    registered: int
    resident: int
    registered_pct: float
    resident_pct: float
    england_pct: float


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """How common a condition is: `pct` among those of at least `minimum_age`.

    `register_pct` and `england_pct` are the register's; None where no register is a prevalence.
    """

    id: str
    name: str
    priority: bool
    minimum_age: int
    people: int
    pct: float
    register_pct: float | None
    england_pct: float | None


@dataclass(frozen=True, slots=True)
class CountRow:
    """People with so many of the eight conditions.

    `thinned` and `if_independent` are after thinning at random to the published number a head,
    and `ratio` is the one against the other. `published_ratio` is that of the linked records,
    `age_and_sex_alone` that of a model without links, frailty and deprivation, and
    `without_frailty` that of this model before its one calibrated number.
    """

    conditions: int
    people: int
    thinned: float
    if_independent: float
    ratio: float
    published_ratio: float | None
    tolerance: float | None
    age_and_sex_alone: float
    without_frailty: float


@dataclass(frozen=True, slots=True)
class GroupRow:
    """People of one quintile, locality, practice or small area.

    `conditions_a_head` counts all conditions of the model, `two_or_more_pct` people with two or
    more of the eight, `most_deprived_pct` people in the most deprived fifth of England's areas.
    `conditions_alike` is how many people alike would carry as many conditions as unsurely.
    """

    id: str
    name: str
    within: str
    people: int
    pct: float
    england_pct: float | None
    aged_75_pct: float
    most_deprived_pct: float
    conditions_a_head: float
    two_or_more_pct: float
    conditions_alike: float


@dataclass(frozen=True, slots=True)
class Profile:
    """The tables of a place's people."""

    people: int
    residents: int
    risks: tuple[RiskRow, ...]
    pyramid: tuple[AgeBand, ...]
    conditions: tuple[ConditionRow, ...]
    priority_counts: tuple[CountRow, ...]
    quintiles: tuple[GroupRow, ...]
    localities: tuple[GroupRow, ...]
    practices: tuple[GroupRow, ...]
    areas: tuple[GroupRow, ...]


_PROFILE = TypeAdapter(Profile)


def read_profile(path: Path) -> Mapping[str, Any]:
    """The tables that a run kept of its people, by name. Raises DamagedFileError for others."""
    mend = again(path.parent)
    content = read_json(path, mend)
    with taking_apart(path, mend, "does not contain the tables of people"):
        _PROFILE.validate_python(content)
    return content


def profile(people: People, place: Place) -> Profile:
    """The tables that describe `people` in the base year of `place`."""
    illness = read_illness(place)
    areas = people.areas
    shares = quintile_areas(place)
    names = {p.code: p.name for p in read_practices(place)} if has_lists(place) else {}
    localities = sorted(set(areas.locality))
    in_locality = np.array([localities.index(name) for name in areas.locality])
    group = _Groups(people, place)
    return Profile(
        people=len(people),
        residents=int(people.resident.sum()),
        risks=risk_rows(people, place),
        pyramid=_pyramid(people, place),
        conditions=_conditions(people, place, illness),
        priority_counts=_counts(people, place, illness),
        quintiles=group.rows(
            people.quintile.astype(np.int64) - 1,
            [str(q) for q in range(1, 6)],
            ["most deprived fifth", "second", "third", "fourth", "least deprived fifth"],
            england=[100 * float(share) for share in shares.people[np.argsort(shares.quintile)]],
        ),
        localities=group.rows(in_locality[people.practice], localities, localities),
        practices=group.rows(
            people.practice.astype(np.int64),
            list(areas.practices),
            [names.get(code, place.name) for code in areas.practices],
            within=list(areas.locality),
        ),
        areas=group.rows(
            people.lsoa.astype(np.int64),
            list(areas.lsoas),
            [f"quintile {q}" for q in areas.quintile],
            within=list(areas.district),
        ),
    )


class _Groups:
    """Tables of people by group, from columns that are the same for every grouping."""

    def __init__(self, people: People, place: Place) -> None:
        self._measures = (
            people.age_in(place.base_year) >= 75,
            people.quintile == 1,
            np.bitwise_count(people.conditions),
            np.bitwise_count(people.conditions & people.mask(people.priority_ids)) >= 2,
        )
        self._all = len(people)

    def rows(
        self,
        group: npt.NDArray[np.int64],
        ids: list[str],
        names: list[str],
        *,
        within: list[str] | None = None,
        england: list[float] | None = None,
    ) -> tuple[GroupRow, ...]:
        heads = np.bincount(group, minlength=len(ids))
        of = np.maximum(heads, 1)
        sums = [np.bincount(group, weights=m, minlength=len(ids)) for m in self._measures]
        old, deprived, conditions, several = (total / of for total in sums)
        squares = np.bincount(group, weights=self._measures[2] ** 2.0, minlength=len(ids))
        alike = sums[2] ** 2 / np.maximum(squares, 1)  # of Kish, as measures.people_alike has it
        return tuple(
            GroupRow(
                id=ids[i],
                name=names[i],
                within=within[i] if within else "",
                people=int(heads[i]),
                pct=100 * float(heads[i]) / self._all,
                england_pct=england[i] if england else None,
                aged_75_pct=100 * float(old[i]),
                most_deprived_pct=100 * float(deprived[i]),
                conditions_a_head=float(conditions[i]),
                two_or_more_pct=100 * float(several[i]),
                conditions_alike=float(alike[i]),
            )
            for i in range(len(ids))
        )


def _pyramid(people: People, place: Place) -> tuple[AgeBand, ...]:
    band = np.minimum(people.age_in(place.base_year), LAST_BAND) // BAND_YEARS
    bands = LAST_BAND // BAND_YEARS + 1
    cell = people.sex.astype(np.int64) * bands + band
    registered = np.bincount(cell, minlength=2 * bands)
    resident = np.bincount(cell[people.resident], minlength=2 * bands)
    england = np.zeros(2 * bands)
    for (age, sex), number in people_of(place.files.of_defaults("population.csv")).items():
        england[SEXES.index(sex) * bands + min(age, LAST_BAND) // BAND_YEARS] += number
    return tuple(
        AgeBand(
            age_band=f"{LAST_BAND}+"
            if b == bands - 1
            else f"{b * BAND_YEARS}-{b * BAND_YEARS + BAND_YEARS - 1}",
            sex=sex,
            registered=int(registered[s * bands + b]),
            resident=int(resident[s * bands + b]),
            registered_pct=100 * float(registered[s * bands + b]) / len(people),
            resident_pct=100 * float(resident[s * bands + b]) / max(1, int(resident.sum())),
            england_pct=100 * float(england[s * bands + b] / england.sum()),
        )
        for s, sex in enumerate(SEXES)
        for b in range(bands)
    )


def _conditions(people: People, place: Place, illness: Illness) -> tuple[ConditionRow, ...]:
    age = people.age_in(place.base_year)
    rows = []
    for k, condition in enumerate(illness.conditions):
        register = illness.registers.get(condition.id)
        has = people.conditions & np.uint32(1 << k) > 0
        counted = age >= illness.minimum_age(k)
        rows.append(
            ConditionRow(
                id=condition.id,
                name=condition.name,
                priority=condition.priority,
                minimum_age=illness.minimum_age(k),
                people=int(has.sum()),
                pct=100 * float(has[counted].mean()) if counted.any() else 0.0,
                register_pct=register.pct if register else None,
                england_pct=register.england_pct if register else None,
            )
        )
    return tuple(rows)


def _counts(people: People, place: Place, illness: Illness) -> tuple[CountRow, ...]:
    numbers = priority_numbers(people)
    counts = people_by_count(people.conditions, numbers)
    shares = np.array(
        [np.count_nonzero(people.conditions & np.uint32(1 << k)) / len(people) for k in numbers]
    )
    published = {p.conditions: p for p in read_published(place)}
    a_head = published[0].a_head if published else float(shares.sum())
    alike = if_independent(shares * min(1.0, a_head / shares.sum()), float(len(people)))
    bodies = bodies_of(people, place)
    unshared = draw_conditions(
        bodies, replace(illness, frailty=Frailty(0.0)), people.seed, reference_year(place)
    )
    ratio = against_independence(counts, shares, a_head)
    without_frailty = clustering_ratios(unshared, numbers, a_head)
    alone = by_age_and_sex_alone(bodies, illness, a_head)
    thinned = thinned_counts(counts, a_head)
    return tuple(
        CountRow(
            conditions=n,
            people=int(counts[n]),
            thinned=float(thinned[n]),
            if_independent=float(alike[n]),
            ratio=float(ratio[n]),
            published_ratio=published[n].ratio if n in published else None,
            tolerance=published[n].tolerance if n in published else None,
            age_and_sex_alone=float(alone[n]),
            without_frailty=float(without_frailty[n]),
        )
        for n in range(len(counts))
    )
