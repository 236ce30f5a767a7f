"""Everything uncertain about diseases and risk factors, as parameters to be drawn together."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from tripleaim.people.disease import AllCause, Disease, RiskEffect, RiskFactor
from tripleaim.people.illness import read_diseases
from tripleaim.people.risk_files import DEATH, read_risk_factors
from tripleaim.place import Z_95, Estimate, Parameter, Place

TREND_SPREAD = 0.01
"""Standard deviation of a trend of a share or of odds, a year, on the log scale: ours."""


def parameters(place: Place) -> tuple[Parameter, ...]:
    """The uncertain numbers of a place's diseases and risk factors.

    Those that one cause moves together name it in `shares`: all that a risk factor does, all that
    one study found, all that is assumed of deaths, links, contacts or quality of life alike.
    """
    diseases, factors = read_diseases(place), read_risk_factors(place)
    names = {d.id: d.name for d in diseases}
    parameters = [p for d in diseases for p in _of_disease(d, names)]
    parameters += [p for f in factors for p in _of_risk(f, names)]
    return tuple(parameters)


def _of_disease(disease: Disease, names: dict[str, str]) -> Iterator[Parameter]:
    own = disease.name
    yield Parameter(
        f"death/{disease.id}", f"Death with {own}", disease.death, _cause(disease.death, "deaths")
    )
    for link in disease.raised_by:
        yield Parameter(
            f"link/{link.condition}/{disease.id}",
            f"{own} after {names[link.condition]}",
            link.odds_ratio,
            _cause(link.odds_ratio, "links"),
        )
    if disease.contacts:
        largest = max(disease.contacts.values(), key=lambda e: abs(math.log(e.value)))
        yield Parameter(f"contacts/{disease.id}", f"Contacts with {own}", largest, "contacts")
    yield Parameter(
        f"quality/{disease.id}", f"Quality of life with {own}", disease.quality, "quality"
    )
    yield Parameter(
        f"trend/{disease.id}", f"Trend of {own}", _trend(disease.trend), "recording of diseases"
    )


def _cause(estimate: Estimate, of: str) -> str:
    """What an estimate's error has in common with others': its study, or our assumption."""
    return f"assumed {of}" if estimate.status == "assumed" else f"study {estimate.source}"


def _of_risk(factor: RiskFactor, names: dict[str, str]) -> Iterator[Parameter]:
    for target, effect in factor.effects.items():
        if target == DEATH and factor.all_cause:
            yield Parameter(
                f"risk/{factor.id}/{target}",
                f"{factor.name} and death from any cause",
                _published(factor.all_cause),
                factor.id,
            )
            continue
        what = names.get(target, target.replace("_", " "))
        yield Parameter(
            f"risk/{factor.id}/{target}", f"{factor.name} and {what}", _worst(effect), factor.id
        )
    yield Parameter(
        f"trend/risk/{factor.id}", f"Trend of {factor.name}", _trend(float(factor.trend[-1]))
    )


def _worst(effect: RiskEffect) -> Estimate:
    """The highest level's mean relative risk, with the interval that the effect's spread gives."""
    value = float(np.exp(np.log(effect.relative[-1]).mean()))
    half = Z_95 * effect.spread * abs(math.log(value))
    return Estimate(
        value,
        value * math.exp(-half),
        value * math.exp(half),
        effect.status,  # type: ignore[arg-type]
        effect.source,
        "" if effect.status != "assumed" else "the notes of the effect's file give the reason",
    )


def _published(all_cause: AllCause) -> Estimate:
    """The highest level's mean published ratio of all deaths, with the mean of its intervals."""
    value = float(np.exp(np.log(all_cause.relative[-1]).mean()))
    half = Z_95 * float(all_cause.deviation.mean())
    first = all_cause.rows[0].ratio
    return Estimate(
        value,
        value * math.exp(-half),
        value * math.exp(half),
        "calibrated",
        first.source,
        "the ratio for other causes is solved so that the model matches this ratio of all deaths",
    )


def _trend(growth: float) -> Estimate:
    """What a year multiplies by, with an interval of TREND_SPREAD."""
    value, half = 1 + growth, Z_95 * TREND_SPREAD
    return Estimate(
        value,
        value * math.exp(-half),
        value * math.exp(half),
        cause="the speed of a trend is known to about 1% a year either way",
    )
