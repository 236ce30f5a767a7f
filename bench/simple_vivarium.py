"""The simple model in vivarium-public-health: BasePopulation with its Mortality, and five of `SI`.

Its public components, with data in code instead of an artifact and without observers. Only the
steps are timed: setting the simulation up and counting after a step are not.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from vivarium.engine import InteractiveContext
from vivarium.public_health.disease import DiseaseModel, DiseaseState, SusceptibleState
from vivarium.public_health.population import BasePopulation

from bench.reference import Timed, reported
from bench.simple_inputs import AGES, CONDITIONS, SEXES, chances, cohorts, counted, prevalence

# It turns years into steps by a year of 365 days, and ages people by one of 365.25: steps of 365.25
# days with rates a little lower are exactly one year of both.
STEP_DAYS, RATE = 365.25, 365.0 / 365.25


def by_age(values: npt.NDArray[np.float64], older: int = 0) -> pd.DataFrame:
    """A (2, AGES) table as its lookup tables want it; ages count `older` years more."""
    sex, age = np.indices(values.shape)
    ends = np.where(age == AGES - 1, 150.0, age + 1.0 + older)
    starts = np.where(age == 0, 0.0, age + float(older))
    return pd.DataFrame(
        {
            "sex": np.array([name.capitalize() for name in SEXES])[sex.ravel()],
            "age_start": starts.ravel(),
            "age_end": ends.ravel(),
            "year_start": 2000,
            "year_end": 2100,
            "value": values.ravel(),
        }
    )


def susceptible_infected(k: int, rate: npt.NDArray[np.float64]) -> DiseaseModel:
    """As its `SI`, with data given rather than read from an artifact."""
    cause = CONDITIONS[k].id
    healthy = SusceptibleState(cause)
    infected = DiseaseState(
        cause,
        prevalence=by_age(prevalence()[..., k]),
        disability_weight=0.0,
        excess_mortality_rate=0.0,
    )
    healthy.add_rate_transition(infected, transition_rate=by_age(rate, older=1))
    return DiseaseModel(cause, states=[healthy, infected], cause_specific_mortality_rate=0.0)


def simulation(people: int, years: int, seed: int) -> InteractiveContext:
    """Everybody drawn, ready to step."""
    # It has people's birthdays before it has their deaths and onsets.
    rate = chances() * RATE
    structure = by_age(cohorts(people).astype(np.float64))
    structure.loc[structure.age_end > AGES, "age_end"] = float(AGES)
    configuration: dict[str, Any] = {
        "input_data": {"location": "England"},
        "randomness": {"random_seed": seed, "key_columns": ["entrance_time", "age"]},
        "interpolation": {"order": 0, "extrapolate": True},
        "time": {
            "start": {"year": 2016, "month": 1, "day": 1},
            "end": {"year": 2016 + years, "month": 12, "day": 31},
            "step_size": STEP_DAYS,
        },
        "population": {
            "population_size": people,
            "population_structure": lambda _: structure.copy(),
            "location": lambda _: "England",
            "age_bins": lambda _: structure[["age_start", "age_end"]],
        },
        "mortality": {
            "data_sources": {
                "all_cause_mortality_rate": by_age(rate[..., 0], older=1),
                "life_expectancy": 0.0,
            }
        },
    }
    diseases = [susceptible_infected(k, rate[..., k + 1]) for k in range(len(CONDITIONS))]
    return InteractiveContext(components=[BasePopulation(), *diseases], configuration=configuration)


def stepped(people: int, years: int, seed: int, timed: Timed) -> list[list[int]]:
    """Counts of each year, (years + 1, 7)."""
    made = simulation(people, years, seed)
    counts = [_count(made)]
    for _ in range(years):
        with timed:
            made.step()
        counts.append(_count(made))
    return counts


def _count(made: InteractiveContext) -> list[int]:
    names = [condition.id for condition in CONDITIONS]
    found = made.get_population(["is_alive", *names])
    bits = np.zeros(len(found), dtype=np.uint8)
    for k, name in enumerate(names):
        bits |= (found[name] == name).to_numpy().astype(np.uint8) << np.uint8(k)
    return counted(found["is_alive"].to_numpy().astype(np.bool_), bits)


if __name__ == "__main__":
    versions = f"vivarium-public-health {version('vivarium-public-health')}"
    reported({"stepped": stepped}, versions, int)
