"""What late outcomes cost in life and quality, where no condition of the model carries it.

A stroke or dementia is a condition here, which moves death and quality of life by itself, and a
heart attack is carried by coronary heart disease: none of them counts again. A hip fracture and an
amputation are expected quantities that move nothing, so what follows on them is worked out from the
projection's own life tables, for each year, sex and age at which one happens:

    without it  hazard  h x (1 + (1 - c) (R - 1)),  quality  q
    with it     hazard  h x R,                      quality  q - l

h is the hazard of death of that year, sex and age if nothing is done, q the mean quality of life, R
how much more often than others of their age people die after the outcome, by time since, l what it
takes from quality, and c the share of the excess that the outcome causes. The rest of the excess is
theirs without it: people who break a hip were frail before. Each happens in the middle of its year,
and what comes after the last year of the horizon is not counted.

What is spared is counted at equal numbers of people. Whoever lives longer by a programme has late
outcomes too, but dies and feels as people of that age do on average, late outcomes included.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from tripleaim.measures import BAND_STARTS, BANDS, deaths_by_age_at_death
from tripleaim.people import SEXES
from tripleaim.place import (
    CENTRAL,
    Draw,
    Estimate,
    InputError,
    Parameter,
    Place,
    Row,
    Status,
)
from tripleaim.prevention.health import QUALITY, mean_of_ends, pooled
from tripleaim.projection import Tally

Floats = npt.NDArray[np.float64]

FILE = "late_outcomes.csv"

Measure = Literal["carried", "caused", "death", "quality"]
MEASURES: tuple[Measure, ...] = ("carried", "caused", "death", "quality")


OLDEST = BAND_STARTS[-1]
"""The last age of its own; who reaches it stays in the open band."""

QALYS, YEARS, DEATHS = 0, 1, 2
"""Places along the first axis of what late outcomes take."""

REACH = 1
"""Years on either side that are pooled into a year's rates, as in `health_outcomes`."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A number that holds from one month since the outcome to another; to_month None: for life."""

    sex: str
    from_month: int
    to_month: int | None
    estimate: Estimate
    where: str


@dataclass(frozen=True, slots=True)
class Consequence:
    """What one late outcome brings: deaths and a loss of quality, by months since."""

    outcome: str
    caused: Piece
    death: tuple[Piece, ...]
    quality: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """A late outcome whose deaths and quality a condition's own relative holds; it brings none."""

    outcome: str
    condition: str
    status: Status
    source: str
    cause: str


def read_consequences(
    place: Place, outcomes: Sequence[str], conditions: Sequence[str]
) -> tuple[Consequence | Carried, ...]:
    """What each of `outcomes` brings, in their order, from late_outcomes.csv.

    Raises InputError for an outcome that the file does not have or the model does not know, for one
    that is both carried by a condition and counted, and for months that leave a gap.
    """
    path = place.path(FILE)
    rows = place.rows(FILE)
    for row in rows:
        if row["outcome"] not in outcomes:
            raise row.fault("outcome", "expected a late outcome of the model", tuple(outcomes))
    return tuple(_read_one(path, rows, outcome, conditions) for outcome in outcomes)


def counted(consequences: Sequence[Consequence | Carried]) -> tuple[Consequence, ...]:
    """Those that no condition carries."""
    return tuple(c for c in consequences if isinstance(c, Consequence))


def parameters(
    consequences: Sequence[Consequence | Carried], names: Mapping[str, str]
) -> tuple[Parameter, ...]:
    """What is uncertain of each: all its relative hazards together, all its losses of quality
    together, and the share of the excess that it causes; `names` are outcomes' by id."""
    uncertain = []
    for one in counted(consequences):
        name = names.get(one.outcome, one.outcome)
        for key, words, piece in (
            ("death", "hazard of death after it", one.death[0]),
            ("caused", "share of the excess deaths that it causes", one.caused),
            ("quality", "loss of quality of life after it", one.quality[0]),
        ):
            uncertain.append(Parameter(_key(one, key), f"{name}: {words}", piece.estimate))
    return tuple(uncertain)


@dataclass(frozen=True)
class DoNothingRates:
    """Mortality and quality of life by sex and age if nothing is done: (Y, 2, BANDS) each.

    hazard of death a year, quality: the mean quality of life. All quintiles together, three years
    pooled; where nobody of an age lived then, those of all years, then of the age before.
    """

    hazard: Floats
    quality: Floats


def rates_of(tally: Tally) -> DoNothingRates:
    """The rates of a projection in which nothing is done."""
    person_years = pooled(mean_of_ends(tally.people.astype(np.float64)), REACH).sum(axis=2)
    died = pooled(tally.deaths.astype(np.float64), REACH).sum(axis=2)
    lived = pooled(mean_of_ends(tally.quantity(QUALITY)), REACH).sum(axis=2)
    deaths = deaths_by_age_at_death(died, "start of year")
    return DoNothingRates(_over(deaths, person_years), np.minimum(_over(lived, person_years), 1.0))


@dataclass(frozen=True)
class Losses:
    """What one outcome of a year, sex and age takes, by the year in which it is lost.

    qalys, years (of life) and deaths are (Y, 2, BANDS, Y): outcomes in year t lose in year u >= t.
    `deaths` are those that come within the horizon because of it less those that would have come
    later within it anyway.
    """

    qalys: Floats
    years: Floats
    deaths: Floats


def losses(
    consequence: Consequence, rates: DoNothingRates, draw: Draw = CENTRAL, *, later: int = 0
) -> Losses:
    """What one outcome takes under a draw, by exact integration of piecewise constant hazards.

    Ages within a band count alike, and people grow a year older each year until OLDEST. `later`
    years follow those of `rates`, with the rates of the last.
    """
    known, ages = len(rates.hazard), np.arange(OLDEST + 1)
    steps = known + later
    lost = np.zeros((3, steps, len(SEXES), BANDS, steps))
    caused = _caused(consequence, draw)
    with_it, without = (np.ones((known, len(SEXES), len(ages))) for _ in range(2))
    for j in range(steps):
        # Outcomes of year t are looked at in year t + j; those of later years are past the horizon.
        at = np.arange(min(known, steps - j))
        then = np.minimum(at + j, known - 1)[:, None, None], np.arange(len(SEXES))[:, None]
        bands = _bands(np.minimum(ages + j, OLDEST))
        hazard, quality = rates.hazard[*then, bands], rates.quality[*then, bands]
        with_it, without = with_it[: len(at)], without[: len(at)]
        by_age = np.zeros((3, *hazard.shape))
        for start, end in _segments(consequence, j):
            relative = _value(consequence, "death", start, draw)[None, :, None]
            worse = np.minimum(_value(consequence, "quality", start, draw)[None, :, None], quality)
            after = hazard * relative
            before = hazard * (1 + (1 - caused) * (relative - 1))
            lived, with_it = _lived(with_it, after, end - start)
            would, without = _lived(without, before, end - start)
            by_age[QALYS] += quality * (would - lived) + worse * lived
            by_age[YEARS] += would - lived
            by_age[DEATHS] += after * lived - before * would
        lost[:, at, ..., at + j] = np.moveaxis(_by_band(by_age), 1, 0)
    for t in range(known, steps):
        # At rates that stay, an outcome of a later year takes as much, as many years later.
        lost[:, t, ..., t:] = lost[:, known - 1, ..., known - 1 : steps - 1 - (t - known)]
    return Losses(lost[QALYS], lost[YEARS], lost[DEATHS])


def taken(events: npt.ArrayLike, by_event: Floats) -> Floats:
    """What `events` (Y, 2, quintiles, BANDS) take by year and quintile, (Y, quintiles), at what one
    takes, (Y, 2, BANDS, Y). Linear: no event, nothing."""
    return np.asarray(np.einsum("tsqb,tsbu->uq", np.asarray(events), by_event))


def events_of(tally: Tally, outcome: str) -> Floats:
    """(Y, 2, quintiles, BANDS) how many of an outcome are expected in each year of the horizon."""
    return tally.quantity(outcome)[1:]


def events_spared(something: Tally, nothing: Tally, outcome: str) -> Floats:
    """(Y, 2, quintiles, BANDS) how many fewer of an outcome the people of `something` have than
    they would at the rates of `nothing`; 0 where there was nobody of that kind without it."""
    before, after = events_of(nothing, outcome), events_of(something, outcome)
    people = nothing.people[1:]
    more = something.people[1:] - people
    rate = before / np.maximum(people, 1)
    return np.where(people > 0, before - after + more * rate, 0.0)


def _key(consequence: Consequence, key: str) -> str:
    return f"late-outcome/{consequence.outcome}/{key}"


def _read_one(
    path: Path, rows: Sequence[Row], outcome: str, conditions: Sequence[str]
) -> Consequence | Carried:
    own = [row for row in rows if row["outcome"] == outcome]
    by_measure = {m: [row for row in own if row["measure"] == m] for m in MEASURES}
    carried = by_measure["carried"]
    if carried:
        row = carried[0]
        if len(own) > 1:
            raise row.fault("carried_by", "expected no other row of an outcome that is carried")
        if row["carried_by"] not in conditions:
            raise row.fault("carried_by", "expected a condition of the model", tuple(conditions))
        return Carried(outcome, row["carried_by"], row["status"], row["source"], row["cause"])
    for measure in MEASURES[1:]:
        if not by_measure[measure]:
            raise InputError(
                f"expected a row for {outcome}: {measure}", file=path, column="measure"
            )
    for row in own:
        if row["carried_by"]:
            raise row.fault("carried_by", "expected nothing where an outcome is counted")
        if row["value"] is None:
            raise row.fault("value", "expected a value")
        if row["measure"] != "death" and row["value"] > 1:
            raise row.fault("value", "expected a share from 0 to 1")
        if row["to_month"] is not None and row["to_month"] <= row["from_month"]:
            raise row.fault("to_month", "expected a later month")
    caused = by_measure["caused"]
    if len(caused) > 1:
        raise caused[1].fault("measure", "expected one row")
    death, quality = by_measure["death"], by_measure["quality"]
    _check_months(death)
    _check_months(quality)
    return Consequence(
        outcome, _piece(caused[0]), tuple(map(_piece, death)), tuple(map(_piece, quality))
    )


def _check_months(rows: Sequence[Row]) -> None:
    """Raises InputError unless the rows reach from 0 on without gap or overlap, for each sex."""
    for sex in SEXES:
        own = sorted(
            (row for row in rows if row["sex"] in (sex, "persons")), key=lambda r: r["from_month"]
        )
        if not own or own[0]["from_month"] != 0:
            raise rows[0].fault("from_month", f"expected a row for {sex} people from month 0")
        for one, following in pairwise(own):
            if one["to_month"] != following["from_month"]:
                raise following.fault("from_month", f"expected {sex} people's months to follow on")
        if own[-1]["to_month"] is not None:
            raise own[-1].fault("to_month", "expected the last row to have no end")


def _piece(row: Row) -> Piece:
    estimate = Estimate(
        row["value"], row["low"], row["high"], row["status"], row["source"], row["cause"]
    )
    return Piece(row["sex"], row["from_month"], row["to_month"], estimate, row["where"])


def _caused(consequence: Consequence, draw: Draw) -> float:
    return min(consequence.caused.estimate.at(draw.of(_key(consequence, "caused"))), 1.0)


def _value(
    consequence: Consequence, measure: Literal["death", "quality"], year: float, draw: Draw
) -> Floats:
    """(2,) by sex, what holds from `year` since the outcome on."""
    pieces = consequence.death if measure == "death" else consequence.quality
    z = draw.of(_key(consequence, measure))
    values = np.zeros(len(SEXES))
    for piece in pieces:
        end = math.inf if piece.to_month is None else piece.to_month / 12
        if piece.from_month / 12 <= year < end:
            for s, sex in enumerate(SEXES):
                if piece.sex in (sex, "persons"):
                    values[s] = piece.estimate.at(z)
    return values


def _segments(consequence: Consequence, j: int) -> list[tuple[float, float]]:
    """Years since the outcome that fall in the j-th year after its own, cut where a number
    changes."""
    start, end = max(j - 0.5, 0.0), j + 0.5
    inside = {p.from_month / 12 for p in (*consequence.death, *consequence.quality)}
    cuts = sorted({start, end, *(cut for cut in inside if start < cut < end)})
    return list(pairwise(cuts))


def _lived(alive: Floats, hazard: Floats, length: float) -> tuple[Floats, Floats]:
    """Years lived in `length` by those alive at its start, under a constant hazard, and who is
    alive at its end."""
    x = hazard * length
    died = -np.expm1(-x)
    # Below a millionth the quotient is 1 - x / 2 to the last digit, and zero divides nothing.
    small = x < 1e-6
    mean = np.where(small, 1 - x / 2, died / np.where(small, 1.0, x))
    return alive * (length * mean), alive * (1 - died)


def _bands(ages: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.asarray(np.searchsorted(BAND_STARTS, ages, side="right") - 1)


def _by_band(by_age: Floats) -> Floats:
    """(..., ages) as (..., BANDS): the mean over the ages of a band."""
    sums = np.add.reduceat(by_age, BAND_STARTS, axis=-1)
    return np.asarray(sums / np.diff([*BAND_STARTS, by_age.shape[-1]]))


def _over(part: Floats, whole_: Floats) -> Floats:
    """Part over whole, (Y, 2, BANDS); where nobody lived, that of all years, else the band
    before's."""
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = part / whole_
        ever = np.broadcast_to(part.sum(axis=0) / whole_.sum(axis=0), rates.shape)
    rates = np.where(np.isfinite(rates), rates, ever)
    for band in range(BANDS):
        before = rates[..., band - 1] if band else np.zeros_like(rates[..., 0])
        rates[..., band] = np.where(np.isfinite(rates[..., band]), rates[..., band], before)
    return rates
