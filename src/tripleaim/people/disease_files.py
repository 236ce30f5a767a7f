"""Disease files in, diseases out: one TOML each in `diseases/`, sorted by id."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from tripleaim.people.ages import OLDEST, ages_of_text
from tripleaim.people.disease import Disease, Floats, RaisedBy
from tripleaim.people.late_events import late_outcome_ids
from tripleaim.people.model import SEXES
from tripleaim.people.sourced import (
    RATIO,
    SOURCED,
    positive,
    read_multipliers,
    read_ratio,
    read_sourced,
)
from tripleaim.place import Place, Toml

FOLDER = "diseases"
MOST = 28
QUINTILES = 5
RAREST = 1e-5
"""A share below which a condition counts as never seen at an age; log-odds need something."""

_KEYS = (
    *("name", "priority", "register", "limiting", "can_be_left", "prevalence", "deprivation"),
    *("death", "trend", "quality", "raised_by", "contacts", "outcomes", "register_loses"),
)
_TREND = ("pct_a_year", "england_register_pct", "ageing_pct", *SOURCED)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a disease file may name."""

    conditions: Collection[str]
    points: Collection[str]
    outcomes: Collection[str]
    sources: Collection[str]


def read_disease_files(place: Place) -> tuple[Disease, ...]:
    """The diseases of a place as their files have them: its own files, else England's, by id.

    A trend of a `condition_trends.csv`, the place's own first, stands before that of the file.
    Raises InputError at the first fault, and where conditions raise each other in a circle without
    a lag.
    """
    names = place.names(FOLDER, ".toml")
    points = [point.id for point in place.points_of_delivery]
    known = _Known(names, points, late_outcome_ids(place), place.sources)
    tomls = {stem: place.toml(name) for stem, name in names.items()}
    diseases = tuple(_disease(name, toml, known) for name, toml in tomls.items())
    if len(diseases) > MOST:
        raise tomls[diseases[MOST].id].fault(f"expected at most {MOST} diseases", "name")
    _refuse_circles(diseases, tomls)
    trends = _trends(place, names)
    return tuple(replace(d, trend=trends.get(d.id, d.trend)) for d in diseases)


def recorded_pct(place: Place, disease: str) -> Floats:
    """Per cent of people with `disease` as its file has it, (2, OLDEST + 1), level by age band."""
    toml = place.toml(f"{FOLDER}/{disease}.toml")
    table = np.zeros((len(SEXES), OLDEST + 1))
    for band, (first, last) in enumerate(_bands(toml)):
        for s, sex in enumerate(SEXES):
            table[s, first : last + 1] = toml.take(float, "prevalence", sex, band)
    return table


def _disease(name: str, toml: Toml, known: _Known) -> Disease:
    toml.only(_KEYS)
    for section, keys in (
        ("death", ("hazard_ratio", *RATIO)),
        ("trend", _TREND),
        ("quality", ("multiplier", *RATIO)),
        ("prevalence", ("age_bands", *SEXES, *SOURCED)),
        ("deprivation", ("odds_ratios", *SOURCED)),
        ("register_loses", SOURCED),
    ):
        if section in toml.data:
            toml.only(keys, section)
            read_sourced(toml, section, sources=known.sources)
    if "register_loses" in toml.data and toml.take(bool, "can_be_left"):
        raise toml.fault(
            "expected this only for a condition that people keep for life", "register_loses"
        )
    quality = read_ratio(toml, "multiplier", "quality", sources=known.sources)
    return Disease(
        id=name,
        name=toml.take(str, "name"),
        priority=toml.take(bool, "priority", default=False),
        register=toml.take(str, "register", default=""),
        shape=_shape(toml),
        deprivation=_deprivation(toml),
        raised_by=_raised_by(name, toml, known),
        death=read_ratio(toml, "hazard_ratio", "death", sources=known.sources),
        contacts=read_multipliers(
            toml, "contacts", known.points, "a point of delivery", known.sources
        ),
        outcomes=read_multipliers(
            toml, "outcomes", known.outcomes, "a late outcome", known.sources
        ),
        quality=quality,
        limiting=toml.take(bool, "limiting"),
        trend=toml.take(float, "trend", "pct_a_year", default=0.0) / 100,
        can_be_left=toml.take(bool, "can_be_left"),
        register_loses="register_loses" in toml.data,
    )


def _bands(toml: Toml) -> list[tuple[int, int]]:
    bands: list[tuple[int, int]] = []
    for i, text in enumerate(toml.take(list, "prevalence", "age_bands")):
        ages = ages_of_text(text) if isinstance(text, str) else None
        if ages is None or ages[0] != (bands[-1][1] + 1 if bands else 0):
            raise toml.fault(
                "expected consecutive age bands such as 5-14, from 0",
                *("prevalence", "age_bands", i),
                value=text,
            )
        bands.append(ages)
    if not bands or bands[-1][1] != OLDEST:
        raise toml.fault(
            "expected an open-ended last age band such as 85+", "prevalence", "age_bands"
        )
    return bands


def _shape(toml: Toml) -> Floats:
    """Log-odds by single year: straight lines between the middles of the age bands."""
    bands = _bands(toml)
    middles = [(low + min(high, low + 9 if high >= OLDEST else high)) / 2 for low, high in bands]
    shape = np.empty((len(SEXES), OLDEST + 1))
    for s, sex in enumerate(SEXES):
        if len(toml.take(list, "prevalence", sex)) != len(bands):
            raise toml.fault(f"expected {len(bands)} numbers, one an age band", "prevalence", sex)
        odds = []
        for i in range(len(bands)):
            pct = toml.take(float, "prevalence", sex, i)
            share = min(max(pct / 100, RAREST), 1 - RAREST)
            odds.append(np.log(share / (1 - share)))
        shape[s] = np.interp(np.arange(OLDEST + 1), middles, odds)
    return shape


def _deprivation(toml: Toml) -> Floats:
    if "deprivation" not in toml.data:
        return np.ones(QUINTILES)
    if len(toml.take(list, "deprivation", "odds_ratios")) != QUINTILES:
        raise toml.fault("expected five odds ratios, by quintile", "deprivation", "odds_ratios")
    return np.array([positive(toml, "deprivation", "odds_ratios", q) for q in range(QUINTILES)])


def _raised_by(name: str, toml: Toml, known: _Known) -> tuple[RaisedBy, ...]:
    links: dict[str, RaisedBy] = {}
    for i in range(len(toml.take(list, "raised_by", default=[]))):
        toml.only(("condition", "odds_ratio", "lag_years", *RATIO), "raised_by", i)
        cause = toml.take(str, "raised_by", i, "condition")
        if cause not in known.conditions or cause == name:
            raise toml.fault(
                "expected the id of another condition",
                *("raised_by", i, "condition"),
                value=cause,
                valid=sorted(set(known.conditions) - {name}),
            )
        if cause in links:
            raise toml.fault("this link is listed twice", "raised_by", i, "condition", value=cause)
        lag = toml.take(int, "raised_by", i, "lag_years")
        ratio = read_ratio(toml, "odds_ratio", "raised_by", i, sources=known.sources)
        links[cause] = RaisedBy(cause, ratio, lag)
    return tuple(links.values())


def _refuse_circles(diseases: tuple[Disease, ...], tomls: Mapping[str, Toml]) -> None:
    """Raise InputError, at the link that closes it, where links without a lag make a circle."""
    causes = {
        d.id: [link.condition for link in d.raised_by if not link.lag_years] for d in diseases
    }
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        for cause in causes[name]:
            if cause in (*path, name):
                circle = (*path, name)[(*path, name).index(cause) :]
                at = [link["condition"] for link in tomls[name].take(list, "raised_by")]
                raise tomls[name].fault(
                    "these conditions raise each other's odds in a circle; one link of it needs "
                    f"lag_years of 1 ({' <- '.join((*circle, cause))})",
                    *("raised_by", at.index(cause), "condition"),
                    value=cause,
                )
            if cause not in done:
                visit(cause, (*path, name))
        done.add(name)

    for disease in diseases:
        visit(disease.id, ())


def _trends(place: Place, conditions: Collection[str]) -> dict[str, float]:
    """The trends, a year, of each `condition_trends.csv`; the place's own stands first."""
    trends: dict[str, float] = {}
    for folder in reversed(place.files.holding("condition_trends.csv")):
        for row in folder.rows("condition_trends.csv"):
            if row["condition"] not in conditions:
                valid = list(conditions)
                raise row.fault("condition", f"expected one of {', '.join(valid)}", valid)
            trends[row["condition"]] = row["pct_a_year"] / 100
    return trends
