"""What a draw's lives do to contacts: how long people live, who comes and goes, who falls ill.

A draw is lived by a fixed part of the place's people, each with the luck that they have in the
central run (common random numbers). What it multiplies that part's contacts by holds for everybody:
the ratio of two runs on the same people is far surer than either run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tripleaim.core import RunContext, silent
from tripleaim.measures import BAND_STARTS
from tripleaim.people import People, read_diseases, synthesise
from tripleaim.people import parameters as of_people
from tripleaim.place import Draw, Estimate, Parameter, Place
from tripleaim.projection import (
    AGES,
    FERTILITY,
    NET_MIGRATION,
    Laws,
    Rates,
    Tally,
    Vitals,
    fit_laws,
    read_variant,
    simulate,
    vitals_behind,
    vitals_under,
)

Floats = npt.NDArray[np.float64]

MOST_PEOPLE = 40_000
"""People whose lives are drawn, of a place that has more."""

_BAND = np.searchsorted(BAND_STARTS, np.arange(AGES), side="right") - 1


def parameters(place: Place) -> tuple[Parameter, ...]:
    """What is uncertain of lives over the plan's years: vital rates, and trends of conditions.

    What one condition does to another, to death or to contacts is left out: official totals of
    deaths, registers and contacts hold whatever it is, so that in five years it moves little.
    """
    trends = [p for p in of_people(place) if p.id.startswith("trend/")]
    known = {d.id for d in read_diseases(place)}
    mortality = Estimate(
        1.0,
        cause=(
            "between the official low and high variants of mortality, which we use as the ends of "
            "its 95% interval"
        ),
    )
    return (
        Parameter("mortality/improvement", "Improvement of mortality", mortality),
        Parameter("migration/net", "Net migration", NET_MIGRATION),
        Parameter("fertility", "Fertility", FERTILITY),
        *(p for p in trends if p.id.removeprefix("trend/") in known),
    )


@dataclass(frozen=True)
class Lives:
    """People of a place whose lives are drawn, the laws that they follow, and the central run.

    `of` is how many people the place has, `variants` what the low (True) and the high one multiply
    mortality by, `trends` how condition by condition shares may grow.
    """

    place: Place
    people: People
    of: int
    laws: Laws
    vitals: Vitals
    variants: Mapping[bool, Rates]
    trends: tuple[Parameter, ...]
    central: Tally

    @classmethod
    def of_place(
        cls,
        place: Place,
        context: RunContext,
        *,
        most: int = MOST_PEOPLE,
        offset: int = 0,
    ) -> Lives:
        """Every k-th of the place's people, k as small as leaves at most `most` of them.

        `offset` gives others of them: 0 to k - 1.
        """
        context.report("fitting lives", 0.0)
        everybody = synthesise(place, replace(context, progress=silent))
        step = -(-len(everybody) // most)
        people = everybody.take(np.arange(offset % step, len(everybody), step))
        laws = fit_laws(place, people, context=context.within("fitting lives"))
        central = simulate(people, laws).tally
        context.report("fitting lives", 1.0)
        known = {p.id: p for p in parameters(place)}
        trends = tuple(known[f"trend/{condition}"] for condition in laws.lanes.conditions)
        vitals = vitals_behind(place, laws)
        variants = {low: read_variant(place, laws.steps, low=low) for low in (True, False)}
        return cls(place, people, len(everybody), laws, vitals, variants, trends, central)

    def ratios_of(self, draw: Draw, seed: int | None = None) -> tuple[Floats, Floats]:
        """What the central contacts (P, Y) and registered people (Y,) are multiplied by.

        `seed` is that of the luck of life and death, the people's own unless given.
        """
        people = self.people if seed is None else replace(self.people, seed=seed)
        laws = laws_in(self.laws, self.vitals, self.vitals_in(draw), self._onsets(draw))
        lived = simulate(people, laws).tally
        contacts = np.stack(
            [
                _ratio(lived.quantity(p.id), self.central.quantity(p.id))
                for p in self.place.points_of_delivery
            ]
        )
        return contacts, _ratio(lived.people, self.central.people)

    def vitals_in(self, draw: Draw) -> Vitals:
        """The vital rates of a draw, as `drawn_vitals` has them, without reading a file."""
        return vitals_under(self.vitals, self.variants.__getitem__, draw)

    def _onsets(self, draw: Draw) -> Floats:
        """(conditions, 2, BANDS) what trends of the draw multiply onsets by.

        A trend that is t a year steeper asks for t x the people with a condition as further onsets
        each year: 1 + t x people with it over onsets, both as counted in the central run.
        """
        with_it = self.central.with_condition[:-1].sum(axis=(0, 2)).transpose(2, 0, 1)
        onsets = self.central.onsets.sum(axis=(0, 2)).transpose(2, 0, 1)
        share = np.divide(with_it, onsets, out=np.zeros(onsets.shape), where=onsets > 0)
        steeper = [p.estimate.at(draw.of(p.id)) - p.estimate.value for p in self.trends]
        factor: Floats = np.maximum(1 + np.array(steeper)[:, None, None] * share, 0.0)
        return factor


def _ratio(values: npt.NDArray[np.generic], before: npt.NDArray[np.generic]) -> Floats:
    """(Y,) one table of counts over another in every year of the plan; 1 where there was none."""
    above, below = (
        np.asarray(table, dtype=np.float64).sum(axis=(1, 2, 3))[1:] for table in (values, before)
    )
    ratio: Floats = np.divide(above, below, out=np.ones_like(below), where=below > 0)
    return ratio


def laws_in(laws: Laws, before: Vitals, now: Vitals, onsets: Floats) -> Laws:
    """The laws with other vital rates, and onsets (conditions, 2, BANDS) times these.

    Rates of death, birth and migration go from `before` to `now` at each age; all else stays.
    """
    lanes, hazard = laws.lanes, laws.hazard.copy()
    hazard[..., lanes.death] *= _times(before.death, now.death)
    hazard[:, 1, :, lanes.birth] *= _times(before.birth, now.birth)
    for lane, sign in ((lanes.departure, -1), (lanes.arrival, 1)):
        hazard[..., lane] *= _times(
            *(np.maximum(sign * rates.net_migration, 0) for rates in (before, now))
        )
    for k, factor in enumerate(onsets):
        hazard[..., k] *= factor[:, _BAND].astype(np.float32)
    return replace(laws, hazard=hazard, newborn_death=now.newborn_death)


def _times(before: Floats, now: Floats) -> npt.NDArray[np.float32]:
    """What hazards are multiplied by where chances of a year go from `before` to `now`."""
    above, below = (-np.log1p(-np.minimum(chance, 1 - 1e-9)) for chance in (now, before))
    ratio = np.divide(above, below, out=np.ones_like(below), where=below > 0)
    single: npt.NDArray[np.float32] = ratio.astype(np.float32)
    return single
