"""What is known of long-term conditions: how common by age and sex, and what they go with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from tripleaim.people.disease import Disease, RiskFactor
from tripleaim.people.disease_files import read_disease_files
from tripleaim.people.ranks import relative_by_quintile
from tripleaim.people.risk_files import read_risk_factors
from tripleaim.place import InputError, Place, Row


@dataclass(frozen=True, slots=True)
class Register:
    """A disease register: `count` people among `list_size` patients of at least `minimum_age`.

    `all_ages` is everybody on those lists, `england_pct` the same register's share in England.
    """

    id: str
    condition: str
    minimum_age: int
    list_size: float
    all_ages: float
    count: float
    england_pct: float
    source: str

    @property
    def pct(self) -> float:
        """Recorded prevalence among those of at least `minimum_age`, in per cent."""
        return 100 * self.count / self.list_size


@dataclass(frozen=True, slots=True)
class Frailty:
    """How a person's frailty z, standard normal, enters the log-odds of every condition alike.

    It adds `loading` x z, so that one standard deviation multiplies the odds by exp(`loading`).
    """

    loading: float

    def log_odds(self, z: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """What frailty z adds to the log-odds of a condition; zero at z = 0."""
        return self.loading * z.astype(np.float64)


@dataclass(frozen=True)
class Illness:
    """Everything the drawing of conditions needs, arrays running along `conditions`.

    shape        log-odds by condition, sex and single year of age, (conditions, 2, OLDEST + 1)
    deprivation  log-odds by condition and quintile against the least deprived, (conditions, 5)
    links        for each condition, the log-odds that other conditions add without a lag
    risks        the risk factors; risk_effects, for each condition, the log-odds that their levels
                 add by sex and age: risk factor number -> (levels, 2 x (OLDEST + 1))
    order        the conditions' numbers in the order of drawing: what raises a risk comes first
    """

    conditions: tuple[Disease, ...]
    shape: npt.NDArray[np.float64]
    deprivation: npt.NDArray[np.float64]
    links: Mapping[int, Mapping[int, float]]
    risks: tuple[RiskFactor, ...]
    order: tuple[int, ...]
    registers: Mapping[str, Register]
    frailty: Frailty

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The conditions' ids in the order of their bits."""
        return tuple(c.id for c in self.conditions)

    @cached_property
    def risk_effects(self) -> tuple[Mapping[int, npt.NDArray[np.float64]], ...]:
        """Log-odds by level, and by sex and single year of age (flat), for each condition."""
        return tuple(
            {
                r: np.log(factor.effects[c.id].relative).reshape(len(factor.levels), -1)
                for r, factor in enumerate(self.risks)
                if c.id in factor.effects
            }
            for c in self.conditions
        )

    def minimum_age(self, k: int) -> int:
        """The age from which condition k's register counts people; zero without a register."""
        register = self.registers.get(self.ids[k])
        return register.minimum_age if register else 0

    @property
    def priority_ids(self) -> tuple[str, ...]:
        """The conditions that count towards the published clustering."""
        return tuple(c.id for c in self.conditions if c.priority)


def read_illness(place: Place) -> Illness:
    """The diseases of a place (see `read_diseases`) with their registers, as arrays.

    They depend on the place's files alone and are made once. Raises InputError at a fault of a
    disease file or a register.
    """
    return place.files.once(read_illness, lambda: _illness(place))


def _illness(place: Place) -> Illness:
    risks = read_risk_factors(place)
    conditions = read_diseases(place)
    ids = [c.id for c in conditions]
    links = {
        k: {
            ids.index(link.condition): float(np.log(link.odds_ratio.value))
            for link in condition.raised_by
            if not link.lag_years
        }
        for k, condition in enumerate(conditions)
    }
    return Illness(
        conditions=conditions,
        shape=np.array([c.shape for c in conditions]),
        deprivation=np.log([c.deprivation for c in conditions]),
        links=links,
        risks=risks,
        order=_drawing_order(links),
        registers=_registers(place, conditions),
        frailty=read_frailty(place),
    )


def read_diseases(place: Place) -> tuple[Disease, ...]:
    """The diseases of a place, by id; their deprivation is what its risk factors do not carry.

    They depend on the place's files alone and are made once. Raises InputError at the first fault
    of a disease or risk factor file.
    """
    return place.files.once(
        read_diseases, lambda: beyond_risks(read_disease_files(place), read_risk_factors(place))
    )


def beyond_risks(
    diseases: tuple[Disease, ...], risks: tuple[RiskFactor, ...]
) -> tuple[Disease, ...]:
    """The diseases with their odds by quintile less what levels of risk factors make of them.

    A disease file says how much commoner the disease is among the deprived, for whatever reason.
    The part that runs through risk factors is the ratio of their mean relative risks, ages and
    sexes weighted by the disease's shape.
    """
    return tuple(replace(d, deprivation=d.deprivation / through_risks(d, risks)) for d in diseases)


def through_risks(disease: Disease, risks: tuple[RiskFactor, ...]) -> npt.NDArray[np.float64]:
    """Odds by quintile, against the least deprived, that the levels of risk factors make, (5,)."""
    weight = 1 / (1 + np.exp(-disease.shape))
    logs = sum(
        np.einsum("sa,saq->q", weight, np.log(relative_by_quintile(factor, disease.id)))
        for factor in risks
        if disease.id in factor.effects
    )
    ratio = np.exp(np.broadcast_to(logs / weight.sum(), disease.deprivation.shape))
    return np.asarray(ratio / ratio[-1])


def read_frailty(place: Place) -> Frailty:
    """The calibrated loading of frailty from `frailty.csv`."""
    values = {row["parameter"]: row["value"] for row in place.rows("frailty.csv")}
    return Frailty(values["loading"])


def _registers(place: Place, conditions: tuple[Disease, ...]) -> dict[str, Register]:
    path = place.path("registers.csv")
    ids = [c.id for c in conditions]
    registers: dict[str, Register] = {}
    for row in place.rows("registers.csv"):
        _index(row, "condition", ids)
        if row["register_count"] > row["list_size"]:
            raise row.fault("register_count", "expected no more people than list_size")
        registers[row["condition"]] = Register(*row.values.values())
    for condition in conditions:
        if condition.register and condition.id not in registers:
            raise InputError(
                "expected the register of this condition",
                file=path,
                column="condition",
                value=condition.id,
                valid=list(registers),
            )
    return registers


def _drawing_order(links: Mapping[int, Mapping[int, float]]) -> tuple[int, ...]:
    """Causes before effects; disease files whose links make a circle have been refused."""
    order: list[int] = []
    left = list(links)
    while left:
        ready = next(k for k in left if all(c in order for c in links[k]))
        order.append(ready)
        left.remove(ready)
    return tuple(order)


def _index(row: Row, column: str, ids: list[str]) -> int:
    try:
        return ids.index(row[column])
    except ValueError:
        raise row.fault(column, "expected the id of a condition", ids) from None
