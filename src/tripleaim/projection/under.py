"""Laws under other values of the parameters: who is struck changes, how many are struck does not,
but where a parameter is of a total itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from tripleaim.people import SEXES, People
from tripleaim.people.parameters import TREND_SPREAD
from tripleaim.place import Place
from tripleaim.place.estimate import CENTRAL, Draw
from tripleaim.projection.chance import frailty_factor
from tripleaim.projection.expected import BAND, GROWTH_SPREAD, factor_tables, mean_product
from tripleaim.projection.fit import relative_of
from tripleaim.projection.laws import Expected, Laws
from tripleaim.projection.relatives import Relatives, read_relatives
from tripleaim.projection.vitals import AGES, drawn_vitals, read_vitals

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
    Raises InputError for people made with other diseases or risk factors.
    """
    if not any(draw.z.values()):
        return laws
    now = people.take(np.arange(0, len(people), max(len(people) // SAMPLE, 1)))
    now = now.take(np.flatnonzero(now.age_in(laws.years[0]) >= 0))
    central = read_relatives(place, people.condition_ids, people.risk_ids, CENTRAL)
    drawn = read_relatives(place, people.condition_ids, people.risk_ids, draw)
    hazard = laws.hazard.astype(np.float64)
    ratio, years_with = _kept(now, laws, central, drawn)
    hazard *= ratio
    for k, disease in enumerate(central.diseases):
        trend = (1 + disease.trend) * np.expm1(TREND_SPREAD * draw.of(f"trend/{disease.id}"))
        hazard[..., k] *= np.clip(1 + trend * years_with[k], 1 / MOST, MOST)
    newborn_death = _vital(place, laws, hazard, draw)
    return replace(
        laws,
        hazard=hazard.astype(np.float32),
        newborn_death=newborn_death,
        conditions=drawn.conditions,
        risk=drawn.risk,
        thresholds=_thresholds(laws, central, draw),
        expected=_expected(place, now, laws, central, draw),
    )


def _kept(
    people: People, laws: Laws, central: Relatives, drawn: Relatives
) -> tuple[Floats, Floats]:
    """(2, AGES, lanes) what keeps totals; for each condition the years that people spend with it.

    Onsets are expected in those without the condition; ratios are by bands of age.
    """
    before, age = _relative(people, laws, central)
    after, _ = _relative(people, laws, drawn)
    bands = -(-AGES // BAND)
    band = people.sex.astype(np.intp) * bands + age // BAND
    ratio = np.ones((len(SEXES) * bands, laws.lanes.size))
    years_with = np.zeros(len(central.diseases))
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


def _relative(
    people: People, laws: Laws, tables: Relatives
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.intp]]:
    age = np.clip(people.age_in(laws.years[0]), 0, AGES - 1).astype(np.intp)
    factor = frailty_factor(people.frailty, laws.frailty_power)
    held = replace(laws, conditions=tables.conditions, risk=tables.risk)
    return relative_of(people, age, factor, held, 0), age


def _vital(place: Place, laws: Laws, hazard: Floats, draw: Draw) -> Floats:
    """Scales hazards of death, birth and migration to the draw; newborns' chances of death."""
    lanes = laws.lanes
    was, now = read_vitals(place, laws.steps), drawn_vitals(place, laws.steps, draw)

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


def _thresholds(laws: Laws, central: Relatives, draw: Draw) -> tuple[npt.NDArray[np.uint16], ...]:
    calendar = [int(year[:4]) + 1 for year in laws.years]
    found = []
    for factor, held in zip(central.factors, laws.thresholds, strict=True):
        z = draw.of(f"trend/risk/{factor.id}")
        if not z:
            found.append(held)
            continue
        other = replace(factor, trend=(1 + factor.trend) * np.exp(TREND_SPREAD * z) - 1)
        # The base year's shares are known; only how they go on from it is drawn.
        moved = [other.thresholds(y - calendar[0] + factor.base_year) for y in calendar]
        usual = [factor.thresholds(y - calendar[0] + factor.base_year) for y in calendar]
        shift = np.stack(moved).astype(np.int64) - np.stack(usual)
        found.append(np.clip(held + shift, 0, 65535).astype(np.uint16))
    return tuple(found)


def _expected(place: Place, people: People, laws: Laws, central: Relatives, draw: Draw) -> Expected:
    expected = laws.expected
    if not expected.names:
        return expected
    conditions, risk = factor_tables(expected.names, central.diseases, central.factors, draw)
    was = mean_product(people, laws, expected.conditions, expected.risk)
    now = mean_product(people, laws, conditions, risk)
    ratio = np.divide(was, now, out=np.ones_like(was), where=now > 0)
    points = [p.id for p in place.points_of_delivery]
    growth = np.ones((laws.steps + 1, len(expected.names)))
    for e, name in enumerate(expected.names):
        if name in points:
            z = draw.of(f"growth/{name}")
            growth[:, e] = np.exp(GROWTH_SPREAD * z * np.arange(laws.steps + 1))
    rate = expected.rate * ratio * growth[:, None, None, None]
    return Expected(expected.names, rate.astype(np.float32), conditions, risk)
