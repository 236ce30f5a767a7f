"""Laws under other values of the parameters: who is struck changes, how many are struck does not,
but where a parameter is of a total itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from tripleaim.people import SEXES, TREND_SPREAD, People, RiskFactor
from tripleaim.place import CENTRAL, Draw, Place
from tripleaim.projection.controlled import vitals_behind
from tripleaim.projection.direct_excess import with_direct_excess_of
from tripleaim.projection.expected import BAND, GROWTH_SPREAD, factor_tables, mean_product
from tripleaim.projection.fit import relative_of
from tripleaim.projection.laws import Expected, Laws
from tripleaim.projection.probabilities import frailty_factor
from tripleaim.projection.relatives import Relatives, read_sources, relatives_under
from tripleaim.projection.vitals import AGES, Vitals, read_variant, vitals_under

Floats = npt.NDArray[np.float64]

SAMPLE = 60_000
"""People on whom mean relative risks are worked out: every so-manieth of those given."""

MOST = 4.0
"""No trend multiplies or divides incidence by more than this."""


def laws_under(place: Place, people: People, laws: Laws, draw: Draw) -> Laws:
    """The laws of a draw of the parameters, from those `fit_laws` gave for the central values.

    Relative risks of a draw keep the totals: hazards are scaled by the ratio of the mean relative
    risks, by sex and age, among a sample of today's people. What a draw says of totals themselves
    (mortality, migration, fertility, trends of diseases, growth of contacts) moves them; a risk
    factor's trend moves the levels and so what follows from them. The central draw changes nothing.
    For many draws of the same laws, make a `Redraw` once.
    Raises InputError for people made with other diseases or risk factors.
    """
    return Redraw(place, people, laws)(draw) if any(draw.z.values()) else laws


class Redraw:
    """`laws_under` for one draw after the other: files are read and means worked out once."""

    def __init__(self, place: Place, people: People, laws: Laws) -> None:
        """Raises InputError for people made with other diseases or risk factors."""
        some = people.take(np.arange(0, len(people), max(len(people) // SAMPLE, 1)))
        self.people = some.take(np.flatnonzero(some.age_in(laws.years[0]) >= 0))
        self.laws = laws
        sources = read_sources(place, people.condition_ids, people.risk_ids)
        self.sources = with_direct_excess_of(sources, laws)
        self.points = tuple(p.id for p in place.points_of_delivery)
        self.vitals = vitals_behind(place, laws)
        self._variants = {low: read_variant(place, laws.steps, low=low) for low in (True, False)}
        central = relatives_under(self.sources, CENTRAL)
        self._before, self._age = _relative(self.people, laws, central)
        expected = laws.expected
        self._mean = mean_product(self.people, laws, expected.conditions, expected.risk)

    def __call__(self, draw: Draw) -> Laws:
        """The laws of this draw."""
        laws, diseases, factors = self.laws, self.sources.diseases, self.sources.factors
        if not any(draw.z.values()):
            return laws
        drawn = relatives_under(self.sources, draw)
        ratio, years_with = self._kept(drawn)
        hazard = laws.hazard * ratio
        for k, disease in enumerate(diseases):
            trend = (1 + disease.trend) * np.expm1(TREND_SPREAD * draw.of(f"trend/{disease.id}"))
            hazard[..., k] *= np.clip(1 + trend * years_with[k], 1 / MOST, MOST)
        vitals = vitals_under(self.vitals, self._variants.__getitem__, draw)
        newborn_death = _vital(laws, hazard, self.vitals, vitals)
        return replace(
            laws,
            hazard=hazard.astype(np.float32),
            newborn_death=newborn_death,
            conditions=drawn.conditions,
            risk=drawn.risk,
            thresholds=_thresholds(laws, factors, draw),
            expected=self._expected(draw),
        )

    def _kept(self, drawn: Relatives) -> tuple[Floats, Floats]:
        """(2, AGES, lanes) what keeps totals; for each condition the years that people have it.

        Onsets are expected in those without the condition; ratios are by bands of age.
        """
        people, laws, age = self.people, self.laws, self._age
        before, (after, _) = self._before, _relative(people, laws, drawn)
        bands = -(-AGES // BAND)
        band = people.sex.astype(np.intp) * bands + age // BAND
        ratio = np.ones((len(SEXES) * bands, laws.lanes.size))
        years_with = np.zeros(len(self.sources.diseases))
        for lane in range(laws.lanes.death + 1):
            weight = laws.hazard[0, people.sex.astype(np.intp), age, lane].astype(np.float64)
            if lane < laws.lanes.death:
                has = (people.conditions >> np.uint32(lane)) & np.uint32(1) > 0
                weight[has] = 0
                onsets = float((weight * before[lane]).sum())
                years_with[lane] = has.sum() / onsets if onsets > 0 else 0.0
            was, now = (
                np.bincount(band, weights=weight * relative[lane], minlength=len(ratio))
                for relative in (before, after)
            )
            ratio[:, lane] = np.divide(was, now, out=np.ones(len(ratio)), where=now > 0)
        by_age = ratio.reshape(len(SEXES), bands, -1)[:, np.arange(AGES) // BAND]
        return by_age, years_with

    def _expected(self, draw: Draw) -> Expected:
        laws, expected = self.laws, self.laws.expected
        if not expected.names:
            return expected
        tables = factor_tables(expected.names, self.sources.diseases, self.sources.factors, draw)
        now = mean_product(self.people, laws, *tables)
        ratio = np.divide(self._mean, now, out=np.ones_like(now), where=now > 0)
        growth = np.ones((laws.steps + 1, len(expected.names)))
        for e, name in enumerate(expected.names):
            if name in self.points:
                z = draw.of(f"growth/{name}")
                growth[:, e] = np.exp(GROWTH_SPREAD * z * np.arange(laws.steps + 1))
        rate = expected.rate * (ratio * growth[:, None, None, None]).astype(np.float32)
        return Expected(expected.names, rate, *tables)


def _relative(
    people: People, laws: Laws, tables: Relatives
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.intp]]:
    age = np.clip(people.age_in(laws.years[0]), 0, AGES - 1).astype(np.intp)
    factor = frailty_factor(people.frailty, laws.frailty_power)
    drawn_laws = replace(laws, conditions=tables.conditions, risk=tables.risk)
    return relative_of(people, age, factor, drawn_laws, 0), age


def _vital(laws: Laws, hazard: Floats, was: Vitals, now: Vitals) -> Floats:
    """Scales hazards of death, birth and migration to the draw; newborns' chances of death."""
    lanes = laws.lanes

    def scale(before: Floats, after: Floats) -> Floats:
        top = -np.log1p(-np.minimum(after, 1 - 1e-9))
        bottom = -np.log1p(-np.minimum(before, 1 - 1e-9))
        return np.divide(top, bottom, out=np.ones_like(top), where=bottom > 0)

    hazard[..., lanes.death] *= scale(was.death, now.death)
    hazard[..., lanes.birth] *= scale(was.birth, now.birth)[:, None]
    for lane, sign in ((lanes.departure, -1), (lanes.arrival, 1)):
        old, new = (np.maximum(sign * v.net_migration, 0) for v in (was, now))
        hazard[..., lane] *= scale(old, new)
    return laws.newborn_death * np.divide(
        now.newborn_death, was.newborn_death, out=np.ones_like(now.newborn_death),
        where=was.newborn_death > 0,
    )  # fmt: skip


def _thresholds(
    laws: Laws, factors: Sequence[RiskFactor], draw: Draw
) -> tuple[npt.NDArray[np.uint16], ...]:
    calendar = [int(year[:4]) + 1 for year in laws.years]
    thresholds = []
    for factor, ranks in zip(factors, laws.thresholds, strict=True):
        z = draw.of(f"trend/risk/{factor.id}")
        if not z:
            thresholds.append(ranks)
            continue
        other = replace(factor, trend=(1 + factor.trend) * np.exp(TREND_SPREAD * z) - 1)
        # The base year's shares are known; only how they go on from it is drawn.
        moved = [other.thresholds(y - calendar[0] + factor.base_year) for y in calendar]
        usual = [factor.thresholds(y - calendar[0] + factor.base_year) for y in calendar]
        shift = np.stack(moved).astype(np.int64) - np.stack(usual)
        thresholds.append(np.clip(ranks + shift, 0, 65535).astype(np.uint16))
    return tuple(thresholds)
