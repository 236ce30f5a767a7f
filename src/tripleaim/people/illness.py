"""What is known of long-term conditions: how common by age and sex, and what they go with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from tripleaim.people.ages import OLDEST, ages_of_band
from tripleaim.people.model import SEXES
from tripleaim.place import (
    STATUSES,
    Column,
    InputError,
    Place,
    Row,
    number,
    read_csv,
    whole,
    yes_no,
)

QUINTILES = 5
RAREST = 1e-5
"""A share below which a condition counts as never seen at an age; log-odds need something."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A long-term condition; `register` is the disease register that says how common it is."""

    id: str
    name: str
    symphony: bool
    register: str


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
        """What frailty z adds to the log-odds of a condition; nought at z = 0."""
        return self.loading * z.astype(np.float64)


@dataclass(frozen=True)
class Illness:
    """Everything the drawing of conditions needs, arrays running along `conditions`.

    shape        log-odds by condition, sex and single year of age, (conditions, 2, OLDEST + 1)
    deprivation  log-odds by condition and quintile against the least deprived, (conditions, 5)
    links        for each condition, the log-odds that other conditions add
    order        the conditions' numbers in the order of drawing: what raises a risk comes first
    """

    conditions: tuple[Condition, ...]
    shape: npt.NDArray[np.float64]
    deprivation: npt.NDArray[np.float64]
    links: Mapping[int, Mapping[int, float]]
    order: tuple[int, ...]
    registers: Mapping[str, Register]
    frailty: Frailty

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The conditions' ids in the order of their bits."""
        return tuple(c.id for c in self.conditions)

    def minimum_age(self, k: int) -> int:
        """The age from which condition k's register counts people; nought without a register."""
        register = self.registers.get(self.ids[k])
        return register.minimum_age if register else 0

    @property
    def symphony_ids(self) -> tuple[str, ...]:
        """The conditions that count towards the published clustering."""
        return tuple(c.id for c in self.conditions if c.symphony)


def read_illness(place: Place) -> Illness:
    """The conditions of a place with their shapes, links and registers (its own or England's).

    Raises InputError for a condition that a table does not know, a link that closes a circle, or a
    shape that is not given for both sexes and all ages.
    """
    conditions = _conditions(place)
    ids = [c.id for c in conditions]
    links = _links(place, ids)
    return Illness(
        conditions=conditions,
        shape=_shapes(place, ids),
        deprivation=_deprivation(place, ids),
        links=links,
        order=_drawing_order(place, ids, links),
        registers=_registers(place, conditions),
        frailty=read_frailty(place),
    )


def read_frailty(place: Place) -> Frailty:
    """The calibrated loading of frailty from `frailty.csv`."""
    path = place.path("frailty.csv")
    columns = (
        Column("parameter", choices=("loading",)),
        Column("value", number, minimum=0),
        Column("uncalibrated", number, may_be_empty=True),
        Column("status", choices=STATUSES),
        Column("source"),
        Column("cause"),
    )
    found = {row["parameter"]: row["value"] for row in read_csv(path, columns)}
    return Frailty(found["loading"])


def _conditions(place: Place) -> tuple[Condition, ...]:
    rows = read_csv(
        place.path("conditions.csv"),
        (
            Column("id"),
            Column("name"),
            Column("symphony", yes_no),
            Column("register", may_be_empty=True),
            Column("status", choices=STATUSES),
            Column("source"),
            Column("cause", may_be_empty=True),
        ),
    )
    seen: set[str] = set()
    for row in rows:
        if row["id"] in seen:
            raise row.fault("id", "the condition is listed twice")
        seen.add(row["id"])
    if len(rows) > 32:
        raise rows[32].fault("id", "expected at most 32 conditions")
    return tuple(Condition(r["id"], r["name"], r["symphony"], r["register"]) for r in rows)


def _shapes(place: Place, ids: list[str]) -> npt.NDArray[np.float64]:
    """Log-odds by single year: straight lines between the middles of the age bands."""
    path = place.path("condition_prevalence.csv")
    columns = (
        Column("condition"),
        Column("sex", choices=SEXES),
        Column("age_band"),
        Column("pct", number, minimum=0, maximum=100),
    )
    points: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for row in read_csv(path, columns):
        k = _index(row, "condition", ids)
        low, high = ages_of_band(row, "age_band")
        share = min(max(row["pct"] / 100, RAREST), 1 - RAREST)
        middle = (low + min(high, low + 9 if high >= OLDEST else high)) / 2
        points.setdefault((k, SEXES.index(row["sex"])), []).append(
            (middle, np.log(share / (1 - share)))
        )
    shape = np.empty((len(ids), len(SEXES), OLDEST + 1))
    for k, name in enumerate(ids):
        for s, sex in enumerate(SEXES):
            if (k, s) not in points:
                raise InputError(
                    f"expected rows for {sex} people with this condition",
                    file=path,
                    column="condition",
                    value=name,
                )
            ages, odds = zip(*sorted(points[k, s]), strict=True)
            shape[k, s] = np.interp(np.arange(OLDEST + 1), ages, odds)
    return shape


def _deprivation(place: Place, ids: list[str]) -> npt.NDArray[np.float64]:
    columns = (
        Column("condition"),
        Column("quintile", whole, minimum=1, maximum=QUINTILES),
        Column("odds_ratio", number, minimum=0.01, maximum=100),
    )
    table = np.zeros((len(ids), QUINTILES))
    for row in read_csv(place.path("deprivation.csv"), columns):
        table[_index(row, "condition", ids), row["quintile"] - 1] = np.log(row["odds_ratio"])
    return table


def _links(place: Place, ids: list[str]) -> dict[int, dict[int, float]]:
    columns = (
        Column("from"),
        Column("to"),
        Column("odds_ratio", number, minimum=0.01, maximum=100),
        Column("low", number, may_be_empty=True),
        Column("high", number, may_be_empty=True),
        Column("status", choices=STATUSES),
        Column("source"),
        Column("cause", may_be_empty=True),
    )
    links: dict[int, dict[int, float]] = {k: {} for k in range(len(ids))}
    for row in read_csv(place.path("condition_links.csv"), columns):
        source, target = _index(row, "from", ids), _index(row, "to", ids)
        if source in links[target]:
            raise row.fault("to", "this link is given twice")
        links[target][source] = float(np.log(row["odds_ratio"]))
    return links


def _registers(place: Place, conditions: tuple[Condition, ...]) -> dict[str, Register]:
    columns = (
        Column("register"),
        Column("condition"),
        Column("minimum_age", whole, minimum=0, maximum=OLDEST),
        Column("list_size", number, minimum=1),
        Column("all_ages", number, minimum=1),
        Column("register_count", number, minimum=0),
        Column("england_pct", number, minimum=0, maximum=100),
        Column("source"),
    )
    path = place.path("registers.csv")
    ids = [c.id for c in conditions]
    registers: dict[str, Register] = {}
    for row in read_csv(path, columns):
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


def _drawing_order(
    place: Place, ids: list[str], links: Mapping[int, Mapping[int, float]]
) -> tuple[int, ...]:
    order: list[int] = []
    left = list(range(len(ids)))
    while left:
        ready = next((k for k in left if all(c in order for c in links[k])), None)
        if ready is None:
            raise InputError(
                "these conditions raise each other's odds in a circle",
                file=place.path("condition_links.csv"),
                value=", ".join(ids[k] for k in left),
            )
        order.append(ready)
        left.remove(ready)
    return tuple(order)


def _index(row: Row, column: str, ids: list[str]) -> int:
    try:
        return ids.index(row[column])
    except ValueError:
        raise row.fault(column, "expected the id of a condition", ids) from None
