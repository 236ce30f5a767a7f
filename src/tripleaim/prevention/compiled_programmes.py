"""Programmes as arrays that a kernel follows: who joins, how many by when, and what changes.

A member's hazards are multiplied by what the mean member of that age and sex gains. Where a share
v of them moves down a level of a risk factor, that is

    sum over levels of n (v r' + (1 - v) r) / sum over levels of n r

with n the people at each level that the programme reaches, r the level's relative risk and r' that
of the level below, once its lag is over. A shift moves everybody part of a level, on the log scale.
There is no level below the lowest, so people on it gain nothing. An effect then fades with its
half-life. People join through a year, so half of an effect acts in the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.measures import BAND_STARTS, BANDS
from tripleaim.place import CENTRAL, Draw, InputError, Place
from tripleaim.prevention.programmes import (
    ANY_TARGET,
    ExcessLeft,
    Prevention,
    ProgrammeEffect,
    weight_of,
)
from tripleaim.projection import ALL_LEVELS, Laws, Programme

Floats = npt.NDArray[np.float64]
Lags = Mapping[tuple[str, str], int]
"""Years from a change in a risk factor to its effect on a target, by (factor, target)."""

SEXES = 2
QUINTILES = 5


@dataclass(frozen=True, slots=True)
class _Drawn:
    """An effect in one draw: its value, and the share left by whole years since joining."""

    effect: ProgrammeEffect
    value: float
    left: Floats


def compile_programmes(
    place: Place,
    programmes: Sequence[Prevention],
    laws: Laws,
    lags: Lags,
    draw: Draw = CENTRAL,
) -> tuple[Programme, ...]:
    """The programmes under one draw, as the kernel follows them; `laws` are of the same draw.

    `lags` come from the risk factors' own files (see `lags_of`); a target that is not in it has
    none. Raises InputError for a programme that starts outside the years of the laws.
    """
    return tuple(_compiled(place, p, laws, lags, draw) for p in programmes)


def scenario_sets(programmes: int) -> list[tuple[int, ...]]:
    """Which programmes, by number, act in each scenario: none, all together, each alone."""
    return [(), tuple(range(programmes)), *((j,) for j in range(programmes))]


def coverage(programme: Prevention, years: Sequence[str], draw: Draw = CENTRAL) -> Floats:
    """(years, 5) share of the eligible reached so far, by quintile; it never falls.

    Each year from the start adds the yearly uptake, on a straight ramp over `years_to_full`, up to
    the full uptake; both move with the draw, never above everybody.
    """
    times = programme.uptake_at(draw)
    a_year = np.array(programme.uptake_a_year) * times
    full = np.minimum(np.array(programme.uptake_full) * times, 1.0)
    reached = np.zeros((len(years), QUINTILES))
    now = np.zeros(QUINTILES)
    since = 0
    for y, year in enumerate(years):
        if year >= programme.start:
            since += 1
            ramp = min(1.0, since / programme.years_to_full)
            now = np.maximum(now, np.minimum(now + a_year * ramp, full))
        reached[y] = now
    return reached


def _compiled(place: Place, programme: Prevention, laws: Laws, lags: Lags, draw: Draw) -> Programme:
    # People join on the 1 January that lies in a year; nobody on the last, which only counts.
    years = laws.years[:-1]
    if not years[1] <= programme.start <= years[-1]:
        raise InputError(
            f"expected a start from {years[1]} to {years[-1]}",
            file=programme.file,
            column="reach.start",
            value=programme.start,
            valid=years[1:],
        )
    times = laws.steps + 1
    hazard = np.ones((SEXES, BANDS, times, laws.lanes.size))
    expected = np.ones((SEXES, BANDS, times, len(laws.expected.names)))
    strength = np.zeros(times)
    effect_z = draw.of(f"programme/{programme.id}/effect")
    decay_z = draw.of(f"programme/{programme.id}/decay")
    moving = [e for e in programme.effects if e.acts]
    for effect in moving:
        value = effect.at(effect_z, weight_of(place, effect))
        left = np.array([effect.left(t, decay_z) for t in range(times)])
        strength += left / len(moving)
        if effect.changes in ("risk level", "risk shift"):
            on_hazard, on_expected = _risk(_Drawn(effect, value, left), programme, laws, lags)
            hazard *= on_hazard
            expected *= on_expected
        else:
            ratio = 1 - effect.part * (1 - value) * left * phase(effect.lag_years, times)
            if effect.changes == "incidence":
                hazard[..., laws.lanes.conditions.index(effect.target)] *= ratio
            else:
                expected[..., laws.expected.names.index(effect.target)] *= ratio
    return Programme(
        id=programme.id,
        clauses=programme.clauses,
        coverage=coverage(programme, years, draw),
        hazard=hazard.astype(np.float32),
        expected=expected.astype(np.float32),
        strength=strength.astype(np.float32),
    )


def phase(lag: int, times: int) -> Floats:
    """(times,) how much of an effect acts by whole years since joining: half in its first year."""
    return np.clip(np.arange(times) - lag + 0.5, 0, 1)


def _risk(drawn: _Drawn, programme: Prevention, laws: Laws, lags: Lags) -> tuple[Floats, Floats]:
    """What a change in a risk factor multiplies hazards and expected quantities by."""
    effect, times = drawn.effect, laws.steps + 1
    hazard = np.ones((SEXES, BANDS, times, laws.lanes.size))
    expected = np.ones((SEXES, BANDS, times, len(laws.expected.names)))
    at = [risk for risk, _ in laws.risk_levels].index(effect.target)
    heads = _heads(programme, laws, at)
    lanes = (*laws.lanes.conditions, "death")
    for lane, target in enumerate(lanes):
        relative = laws.risk[at][..., lane].astype(np.float64)
        if np.ptp(relative, axis=0).any():
            ratio = _ratio(drawn, target, heads, relative, lags)
            hazard[..., lane] *= _by_band(ratio)
    for e, target in enumerate(laws.expected.names):
        flat = laws.expected.risk[at][:, e].astype(np.float64)
        if np.ptp(flat):
            relative = np.broadcast_to(flat[:, None, None], heads.shape)
            ratio = _ratio(drawn, target, heads, relative, lags)
            expected[..., e] *= _by_band(ratio)
    return hazard, expected


def _heads(programme: Prevention, laws: Laws, at: int) -> Floats:
    """(levels, sexes, ages) shares of the levels that the programme reaches, in the first year."""
    levels = len(laws.risk_levels[at][1])
    cut = laws.thresholds[at][0].astype(np.float64) / 65536
    ends = np.concatenate([np.zeros_like(cut[..., :1]), cut, np.ones_like(cut[..., :1])], axis=-1)
    shares = np.moveaxis(np.maximum(np.diff(ends, axis=-1), 0), -1, 0)
    reached = 0
    for clause in programme.clauses:
        reached |= clause.levels[at] if clause.levels else ALL_LEVELS
    inside = np.array([reached >> level & 1 for level in range(levels)], dtype=np.float64)
    reached_shares = shares * inside[:, None, None]
    # Where today's shares have nobody at those levels, all of them count alike.
    none = reached_shares.sum(axis=0) <= 0
    return np.where(none, inside[:, None, None], reached_shares)


def _ratio(drawn: _Drawn, target: str, heads: Floats, relative: Floats, lags: Lags) -> Floats:
    """(times, sexes, ages) what the mean member's risk of one target is multiplied by."""
    effect, left = drawn.effect, drawn.left
    times = len(left)
    below = np.concatenate([relative[:1], relative[:-1]])
    before = (heads * relative).sum(axis=0)
    moved = drawn.value * left * phase(lags.get((effect.target, target), 0), times)
    if effect.changes == "risk shift":
        # The lowest level is where it is, so how wide it is does not matter.
        widths = np.array((1.0, *effect.level_widths))[:, None, None]
        steps, parts = below / relative, -moved[:, None, None, None] / widths
        return np.asarray((heads * relative * steps**parts).sum(axis=1) / before)
    curve = _curve(effect, target)
    if curve is None:
        spared = (heads * (relative - below)).sum(axis=0)
    else:
        # The excess over the lowest level falls as its own curve has it, without a lag.
        lost = np.array([1 - curve.after(t) for t in range(times)])
        moved = drawn.value * left * lost
        spared = (heads * (relative - relative[:1])).sum(axis=0)
    return np.asarray(1 - moved[:, None, None] * (spared / before))


def _curve(effect: ProgrammeEffect, target: str) -> ExcessLeft | None:
    """How the excess risk of a target falls away, where the file says it; else None."""
    by_target = {curve.target: curve for curve in effect.excess_left}
    return by_target.get(target, by_target.get(ANY_TARGET))


def _by_band(ratio: Floats) -> Floats:
    """(times, sexes, ages) as (sexes, bands, times): the mean over the ages of a band."""
    ages = ratio.shape[-1]
    ends = (*BAND_STARTS[1:], ages)
    means = [ratio[..., a:b].mean(axis=-1) for a, b in zip(BAND_STARTS, ends, strict=True)]
    return np.moveaxis(np.stack(means, axis=-1), 0, -1)
