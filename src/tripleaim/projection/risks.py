"""How people of one age and sex differ in their risks: by condition, deprivation and frailty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.people import Illness, People, read_illness
from tripleaim.place import STATUSES, Column, InputError, Place, number, read_csv, whole
from tripleaim.projection.relative import ConditionFactors

Floats = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class Risks:
    """Relative risks of death and of each condition, and how common conditions become.

    trend       (conditions,): growth a year of the share of people of an age and sex with it
    can_leave   (conditions,): whether a condition can be lost again
    clustering  the power to which a propensity to have a condition is raised to give the relative
                risk of getting it: death takes those with several conditions first, so what keeps
                conditions together must pull harder than it shows in those alive
    """

    illness: Illness
    death_factors: ConditionFactors
    quintile_death: Floats
    onset_factors: tuple[ConditionFactors | None, ...]
    trend: Floats
    can_leave: tuple[bool, ...]
    clustering: float

    def of_death(self, bits: Bits, quintile: npt.NDArray[np.int8]) -> Floats:
        """Each person's hazard of death against that of a healthy one in a middling area."""
        return np.asarray(self.death_factors.of(bits)[:, 0] * self.quintile_death[quintile - 1])

    def from_frailty(self, frailty: npt.NDArray[np.float32]) -> Floats:
        """What frailty multiplies each person's risk of every condition by."""
        return np.asarray(np.exp(self.clustering * self.illness.frailty.log_odds(frailty)))

    def of_onset(
        self, condition: int, bits: Bits, quintile: npt.NDArray[np.int8], from_frailty: Floats
    ) -> Floats:
        """Each person's relative risk: `tripleaim.people.propensity` to the power of clustering."""
        deprivation = np.exp(self.clustering * self.illness.deprivation[condition])
        relative = from_frailty * deprivation[quintile - 1]
        factors = self.onset_factors[condition]
        return np.asarray(relative if factors is None else relative * factors.of(bits)[:, 0])


def read_risks(place: Place, people: People) -> Risks:
    """The relative risks of a place (its own or England's) for its people's conditions.

    Raises InputError if the people were made with other diseases than the place has now.
    """
    illness = read_illness(place)
    conditions = illness.conditions
    if people.condition_ids != illness.ids:
        raise InputError(
            "expected people made with the diseases of the place as it is",
            file=place.folder / "diseases",
            value=", ".join(sorted(set(people.condition_ids) ^ set(illness.ids))),
        )
    clustering = place.value("onset.clustering")
    return Risks(
        illness=illness,
        death_factors=ConditionFactors.of_each(np.array([[c.death.value] for c in conditions])),
        quintile_death=_quintile_mortality(place),
        onset_factors=tuple(
            _links_of(illness, k, len(conditions), clustering) for k in range(len(conditions))
        ),
        trend=np.array([c.trend for c in conditions]),
        can_leave=tuple(c.can_be_left for c in conditions),
        clustering=clustering,
    )


def _links_of(
    illness: Illness, k: int, conditions: int, clustering: float
) -> ConditionFactors | None:
    if not illness.links[k]:
        return None
    factors = np.ones((conditions, 1))
    for cause, log_odds in illness.links[k].items():
        factors[cause] = np.exp(clustering * log_odds)
    return ConditionFactors.of_each(factors)


def _quintile_mortality(place: Place) -> Floats:
    columns = (
        Column("quintile", whole, minimum=1, maximum=5),
        Column("ratio", number, minimum=0.01, maximum=100),
        Column("status", choices=STATUSES),
        Column("source"),
        Column("cause"),
    )
    ratios = np.ones(5)
    for row in read_csv(place.path("quintile_mortality.csv"), columns):
        ratios[row["quintile"] - 1] = row["ratio"]
    return ratios
