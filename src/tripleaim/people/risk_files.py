"""Risk factor files in, risk factors out: a TOML and CSV tables each, sorted by id.

`risk_factors/<id>.toml` says what it is, `<id>.csv` how people are spread over its levels,
`<id>~<target>.csv` what each level does to one target, `<id>~all_cause.csv` how much more often
people at a level are published to die, of whatever cause.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from statistics import median

import numpy as np

from tripleaim.people.ages import OLDEST
from tripleaim.people.all_cause_files import ALL_CAUSE, read_all_cause
from tripleaim.people.disease import AllCause, Floats, RiskEffect, RiskFactor
from tripleaim.people.disease_files import FOLDER as DISEASES
from tripleaim.people.disease_files import QUINTILES
from tripleaim.people.late_events import late_outcome_ids
from tripleaim.people.model import SEXES
from tripleaim.people.risk_tables import (
    fill,
    read_header,
    refuse_gaps,
    refuse_level,
    sexes_of,
)
from tripleaim.people.sourced import SOURCED, read_sourced
from tripleaim.place import UNSTATED, Estimate, InputError, Place, Toml

FOLDER = "risk_factors"
DEATH = "death"
SUM_TOLERANCE = 0.01
_SLUG = re.compile(r"[a-z][a-z0-9_]*")


def read_risk_factors(place: Place) -> tuple[RiskFactor, ...]:
    """The risk factors of a place, its own or England's, by id; what they do is by target.

    Raises InputError at the first fault: a level, target or source that is not known, an age left
    out, a relative risk of 0 or less, an interval without its point, shares that do not add up,
    correlations that no set of numbers could have. They depend on the place's files alone and are
    made once.
    """
    return place.files.once(read_risk_factors, lambda: _risk_factors(place))


def _risk_factors(place: Place) -> tuple[RiskFactor, ...]:
    tomls = {stem: place.toml(name) for stem, name in place.names(FOLDER, ".toml").items()}
    tables = place.names(FOLDER, ".csv")
    _refuse_unknown_tables(place, tables, tomls)
    targets = (*place.names(DISEASES, ".toml"), *late_outcome_ids(place), DEATH)
    factors = tuple(_factor(place, name, toml, tables, targets) for name, toml in tomls.items())
    _check_correlations(factors, tomls)
    return factors


def correlation_matrix(factors: Sequence[RiskFactor]) -> Floats:
    """The correlations between `factors`, (R, R); a pair stands in the file of either.

    Those with risk factors that are not among them are left out.
    """
    matrix = np.eye(len(factors))
    ids = [factor.id for factor in factors]
    for i, factor in enumerate(factors):
        for other, value in factor.correlation.items():
            if other not in ids:
                continue
            matrix[i, ids.index(other)] = matrix[ids.index(other), i] = value
    return matrix


def _refuse_unknown_tables(
    place: Place, tables: Mapping[str, str], factors: Collection[str]
) -> None:
    for stem, table in tables.items():
        name = stem.split("~")[0]
        if name not in factors:
            raise InputError(
                "expected a table of a risk factor that has a .toml file",
                file=place.path(table),
                value=name,
                valid=list(factors),
            )


def _factor(
    place: Place,
    name: str,
    toml: Toml,
    tables: Mapping[str, str],
    targets: Sequence[str],
) -> RiskFactor:
    toml.only(("name", "base_year", "levels", "trend", "gradient", "correlation"))
    levels, names = _levels(toml)
    toml.only(("pct_a_year", *SOURCED), "trend")
    toml.only(("standard_deviations", *SOURCED), "gradient")
    for section in ("trend", "gradient"):
        read_sourced(toml, section, sources=place.sources)
    if name not in tables:
        raise InputError(
            "expected the spread of people over the levels of this risk factor",
            file=toml.path.parent,
            value=f"{name}.csv",
        )
    effects = {}
    all_cause: AllCause | None = None
    lag_of_all_cause = 0
    for stem, table in tables.items():
        factor, mark, target = stem.partition("~")
        if factor != name or not mark:
            continue
        if target == ALL_CAUSE:
            all_cause, lag_of_all_cause = read_all_cause(place, table, levels)
            continue
        if target not in targets:
            raise InputError(
                "expected the id of a condition, a late outcome or death after ~",
                file=place.path(table),
                value=target,
                valid=targets,
            )
        effects[target] = _effect(place, table, target, levels)
    if all_cause:
        effects[DEATH] = _to_be_solved(effects.get(DEATH), all_cause, lag_of_all_cause)
    base, source = _shares(place, tables[name], levels)
    return RiskFactor(
        id=name,
        name=toml.take(str, "name"),
        levels=levels,
        level_names=names,
        base=base,
        trend=_numbers(toml, len(levels) - 1, "trend", "pct_a_year") / 100,
        base_year=toml.take(int, "base_year"),
        gradient=_numbers(toml, QUINTILES, "gradient", "standard_deviations"),
        correlation=_correlation(toml, place.sources),
        effects=effects,
        source=source,
        all_cause=all_cause,
    )


def _to_be_solved(by_hand: RiskEffect | None, published: AllCause, lag: int) -> RiskEffect:
    """The effect on death before it is solved: what is set by hand, else none."""
    relative = by_hand.relative if by_hand else np.ones_like(published.relative)
    return RiskEffect(
        target=DEATH,
        relative=relative,
        spread=by_hand.spread if by_hand else 0.0,
        lag_years=lag,
        status="calibrated",
        source=published.rows[0].ratio.source,
    )


def _levels(toml: Toml) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ids: list[str] = []
    names: list[str] = []
    for i in range(len(toml.take(list, "levels"))):
        toml.only(("id", "name"), "levels", i)
        level = toml.take(str, "levels", i, "id")
        if not _SLUG.fullmatch(level) or level in ids:
            raise toml.fault(
                "expected lower-case letters, digits and underscores, each level once",
                *("levels", i, "id"),
                value=level,
            )
        ids.append(level)
        names.append(toml.take(str, "levels", i, "name"))
    if not 2 <= len(ids) <= 16:
        raise toml.fault("expected 2 to 16 levels, from best to worst", "levels")
    return tuple(ids), tuple(names)


def _numbers(toml: Toml, wanted: int, *keys: str) -> Floats:
    if len(toml.take(list, *keys)) != wanted:
        raise toml.fault(f"expected {wanted} numbers", *keys)
    return np.array([toml.take(float, *keys, i) for i in range(wanted)])


def _correlation(toml: Toml, sources: Collection[str]) -> dict[str, float]:
    if "correlation" not in toml.data:
        return {}
    toml.only(("with", *SOURCED), "correlation")
    read_sourced(toml, "correlation", sources=sources)
    correlations = {}
    for other in toml.take(dict, "correlation", "with"):
        correlations[other] = toml.take(float, "correlation", "with", other)
        if not -1 < correlations[other] < 1:
            raise toml.fault("expected a number between -1 and 1", "correlation", "with", other)
    return correlations


def _check_correlations(factors: Sequence[RiskFactor], tomls: Mapping[str, Toml]) -> None:
    for factor in factors:
        for other, value in factor.correlation.items():
            keys = ("correlation", "with", other)
            if other not in tomls or other == factor.id:
                valid = sorted(set(tomls) - {factor.id})
                raise tomls[factor.id].fault(
                    "expected the id of another risk factor", *keys, value=other, valid=valid
                )
            back = next(f for f in factors if f.id == other).correlation.get(factor.id, value)
            if back != value:
                raise tomls[factor.id].fault(
                    f"expected the {back:g} that the other's file gives", *keys, value=value
                )
    if factors and np.linalg.eigvalsh(correlation_matrix(factors)).min() <= 1e-9:
        strongest = max(factors, key=lambda f: max(map(abs, f.correlation.values()), default=0.0))
        raise tomls[strongest.id].fault(
            "expected possible correlations (a positive definite matrix)",
            "correlation",
        )


def _shares(place: Place, name: str, levels: tuple[str, ...]) -> tuple[Floats, str]:
    """Shares of the levels by sex and age, (2, OLDEST + 1, levels), and their source."""
    header = read_header(place, name, ("source", "status", "notes"))
    table = np.full((len(SEXES), OLDEST + 1, len(levels)), np.nan)
    rows = place.rows(name)
    for row in rows:
        refuse_level(row, levels)
        fill(table, row, levels, row["pct"] / 100)
    refuse_gaps(place.path(name), table, levels)
    for row in rows:
        for s in sexes_of(row):
            total = 100 * table[s, row["age_from"]].sum()
            if abs(total - 100) > SUM_TOLERANCE:
                raise row.fault("pct", f"expected levels that add up to 100, not {total:g}")
    return np.asarray(table / table.sum(axis=-1, keepdims=True)), header.source


def _effect(place: Place, name: str, target: str, levels: tuple[str, ...]) -> RiskEffect:
    header = read_header(place, name, ("source", "status", "distribution", "lag_years", "notes"))
    table = np.full((len(SEXES), OLDEST + 1, len(levels)), np.nan)
    table[..., 0] = 1.0
    spreads: dict[int, list[float]] = {}
    for row in place.rows(name):
        refuse_level(row, levels)
        value, low, high = row["relative_risk"], row["low"], row["high"]
        for column in ("relative_risk", "low", "high"):
            if row[column] is not None and row[column] <= 0:
                raise row.fault(column, "expected more than 0")
        if low is not None and low > value:
            raise row.fault("low", f"expected an interval that holds its point {value:g}")
        if high is not None and high < value:
            raise row.fault("high", f"expected an interval that holds its point {value:g}")
        if row["level"] == levels[0]:
            if value != 1:
                raise row.fault("relative_risk", "expected 1 at the lowest level")
            continue
        fill(table, row, levels, value)
        if (low is not None or high is not None) and abs(np.log(value)) > 0.01:
            spread = Estimate(value, low, high).spread / abs(float(np.log(value)))
            spreads.setdefault(levels.index(row["level"]), []).append(spread)
    refuse_gaps(place.path(name), table, levels)
    return RiskEffect(
        target=target,
        relative=np.moveaxis(table, -1, 0).copy(),
        spread=median(spreads[max(spreads)]) if spreads else _unstated(table),
        lag_years=header.lag_years,
        status=header.status,
        source=header.source,
    )


def _unstated(table: Floats) -> float:
    """The spread of an effect without intervals: UNSTATED at the highest level, on the whole."""
    size = float(np.abs(np.log(table[..., -1])).mean())
    return UNSTATED / size if size > 0.01 else 0.0
