"""What risk factors do to death beyond the conditions they raise, solved so that all deaths meet
what studies publish.

A study counts deaths of all causes: smokers of 45 die 2.8 times as often as people who never
smoked. Part of that runs through conditions of the model, which smokers have more often and which
raise death themselves; the rest is direct:

    published ratio at a level = ratio through conditions x direct ratio

Studies follow people who were alive at an age, so the ratio through conditions is that of the lives
that laws lead to: `expected_cohort` follows a cohort in which those who fall ill die first. No
other risk factor enters, since studies hold the others alike, and no person: it is an expectation.
`deaths_by_level` has the result in simulated lives, and among today's people, beside
what is published.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from tripleaim.people import DEATH, AllCause, RiskEffect, RiskFactor
from tripleaim.projection.expected_cohort import follow
from tripleaim.projection.laws import Laws
from tripleaim.projection.relatives import Sources

Floats = npt.NDArray[np.float64]

MOST_SPREAD = 2.0
"""No direct effect's logarithm moves by more than so many times itself for a standard deviation."""


def with_direct_excess(sources: Sources, shares: Floats, death: Floats, year: str) -> Sources:
    """The sources with the direct effect on death of each risk factor that has published ratios.

    `shares` (conditions, 2, AGES) are of people with each condition, `death` (2, AGES) the official
    chances of dying, both of the base `year`.
    """
    direct = {
        factor.id: _direct(
            factor, factor.all_cause, follow(factor, sources, shares, death, year).direct
        )
        for factor in sources.factors
        if factor.all_cause
    }
    return sources.with_deaths(direct)


def with_direct_excess_of(sources: Sources, laws: Laws) -> Sources:
    """The sources with the direct effects that laws, fitted to the central values, already have."""
    direct = {}
    for (name, _), table in zip(laws.risk_levels, laws.risk, strict=True):
        factor = next(f for f in sources.factors if f.id == name)
        if factor.all_cause:
            relative = table[..., laws.lanes.death].astype(np.float64)
            direct[name] = _direct(factor, factor.all_cause, relative)
    return sources.with_deaths(direct)


def _direct(factor: RiskFactor, published: AllCause, relative: Floats) -> RiskEffect:
    """The effect on death with these relative risks; its spread is that of the published ratios."""
    return replace(factor.effects[DEATH], relative=relative, spread=_spread(published, relative))


def _spread(published: AllCause, relative: Floats) -> float:
    """How many times its own logarithm the highest level moves for one standard deviation."""
    size = np.abs(np.log(relative[-1])).mean()
    return float(min(published.deviation.mean() / size, MOST_SPREAD)) if size > 1e-6 else 0.0
