"""A place in, its people out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from tripleaim.core import RunContext
from tripleaim.people.drawing import draw_conditions, draw_frailty
from tripleaim.people.homes import (
    SmallAreas,
    assign_areas,
    live_here,
    quintile_areas,
    read_small_areas,
)
from tripleaim.people.illness import read_illness
from tripleaim.people.lists import (
    Lists,
    births,
    has_lists,
    read_lists,
    read_population,
    read_residents_by_district,
)
from tripleaim.people.luck import uniform
from tripleaim.people.model import Areas, Bodies, People
from tripleaim.people.ranks import draw_ranks, fit_copula, levels, levels_of
from tripleaim.people.residents_to_come import read_residents_to_come
from tripleaim.people.risk_files import read_risk_factors
from tripleaim.place import Place

STEP = "building the people"


def synthesise(place: Place, context: RunContext) -> People:
    """The place's people on 1 January of its base year, the same bytes for the same seed.

    Where the place has its practices' lists, everybody on them, by practice, sex and age band
    exactly; else the people of its `population.csv`, on one list, in five areas by quintile.
    Raises InputError at a fault in the inputs.
    """
    year, seed = reference_year(place), context.seed
    illness = read_illness(place)
    steps = len(illness.conditions) + 2
    lists, areas, home, resident = _on_lists(place, seed, year)
    context.report(STEP, 1 / steps)
    bodies = Bodies(
        person=lists.person,
        sex=lists.sex,
        age=lists.age,
        quintile=areas.quintile[home],
        frailty=draw_frailty(lists.person, seed, year),
        levels=np.zeros((0, len(lists.person)), dtype=np.uint8),
    )
    copula = fit_copula(illness.risks, bodies.sex, bodies.age, bodies.quintile)
    ranks = draw_ranks(copula, bodies, seed, year)
    bodies = replace(bodies, levels=levels_of(ranks, bodies.sex, bodies.age, illness.risks, year))
    context.report(STEP, 2 / steps)
    drawing = context.within(STEP, 2 / steps)
    conditions = draw_conditions(bodies, illness, seed, year, context=drawing)
    return People(
        person=lists.person,
        birth=births(lists, seed, year),
        sex=lists.sex,
        lsoa=home,
        practice=lists.practice,
        resident=resident,
        conditions=conditions,
        frailty=bodies.frailty,
        ranks=ranks,
        areas=Areas(
            lsoas=areas.codes,
            quintile=areas.quintile,
            district=areas.district,
            practices=tuple(p.code for p in lists.practices),
            locality=tuple(p.locality for p in lists.practices),
        ),
        condition_ids=illness.ids,
        priority_ids=illness.priority_ids,
        risk_ids=copula.ids,
        seed=seed,
    )


def reference_year(place: Place) -> int:
    """The calendar year whose 1 January the people are drawn for: the one inside the base year."""
    return int(place.base_year[:4]) + 1


def bodies_of(people: People, place: Place) -> Bodies:
    """What people's conditions depend on, to draw them again on other assumptions."""
    return Bodies(
        person=people.person,
        sex=people.sex,
        age=people.age_in(place.base_year),
        quintile=people.quintile,
        frailty=people.frailty,
        levels=levels(people, read_risk_factors(place), place.base_year),
    )


def _on_lists(
    place: Place, seed: int, year: int
) -> tuple[Lists, SmallAreas, npt.NDArray[np.int16], npt.NDArray[np.bool_]]:
    if not has_lists(place):
        lists, areas = read_population(place), quintile_areas(place)
        bounds = np.cumsum(areas.people / areas.people.sum())
        random = uniform(seed, lists.person, year, "home")
        home = np.minimum(np.searchsorted(bounds, random, side="right"), len(bounds) - 1)
        return lists, areas, home.astype(np.int16), np.ones(len(random), dtype=np.bool_)
    lists = read_lists(place, seed, year)
    residents = read_residents_by_district(place)
    areas = read_small_areas(place, {d: float(table.sum()) for d, table in residents.items()})
    home = assign_areas(lists, areas, place.value("people.distance-decay"), seed, year)
    there = np.sum(list(residents.values()), axis=0)
    official = read_residents_to_come(place)
    if official is not None:
        there = official.levelled(there, place.base_year)
    resident = live_here(lists, there, seed, year)
    return lists, areas, home, resident
