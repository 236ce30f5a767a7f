"""The printed extra cost of a new skill mix, and what its posts cost when every one is paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from tripleaim.accounts import pounds
from tripleaim.capacity.skill_mix_tables import SkillMix
from tripleaim.capacity.staff import StaffGroup
from tripleaim.place import Place

EXTRA_COST = "skill-mix.extra-cost"
POPULATION = "skill-mix.population"
LIST = "skill-mix.list"


@dataclass(frozen=True, slots=True)
class GroupCost:
    """What the change in one staff group costs a year by the last year of the plan, £."""

    group: str
    name: str
    extra_wte: float
    cost_a_wte: float
    cost: Decimal
    low: Decimal
    high: Decimal
    already_there: bool


@dataclass(frozen=True, slots=True)
class ExtraCost:
    """The printed extra cost of the skill mix, and what its posts cost, £ a year.

    `total` leaves out staff who are taken to be in the place already; `with_all` counts them.
    `by_year` is the year whose posts they are.
    """

    printed: Decimal
    per_head: Decimal
    per_list: Decimal
    list_size: int
    per_extra_wte: Decimal
    groups: tuple[GroupCost, ...]
    total: Decimal
    low: Decimal
    high: Decimal
    with_all: Decimal
    by_year: str


def extra_cost(place: Place, mix: SkillMix, groups: Mapping[str, StaffGroup]) -> ExtraCost:
    """What the change in skill mix costs a year by the last year, compared with the printed cost.

    Ranges of costs are taken as independent and added in quadrature. Raises InputError if the
    place lacks the printed cost, the population or the list size that it is for.
    """
    first, last = mix.years[0], mix.years[-1]
    costs = []
    for row in mix.rows:
        extra, cost = row.wte[last] - row.wte[first], groups[row.group].cost
        ends = (extra * cost.low, extra * cost.high)
        costs.append(
            GroupCost(
                row.group, row.name, extra, cost.value, pounds(extra * cost.value),
                pounds(min(ends)), pounds(max(ends)), row.already_there,
            )
        )  # fmt: skip
    paid = [g for g in costs if not g.already_there]
    total = sum((g.cost for g in paid), Decimal(0))
    down = sqrt(sum(float(g.cost - g.low) ** 2 for g in paid))
    up = sqrt(sum(float(g.high - g.cost) ** 2 for g in paid))
    printed = pounds(place.value(EXTRA_COST) * 1e6)
    low, high = total - pounds(down), total + pounds(up)
    extra_wte = mix.total_wte[last] - mix.total_wte[first]
    per_head = pounds(float(printed) / place.value(POPULATION))
    return ExtraCost(
        printed=printed,
        per_head=per_head,
        per_list=pounds(float(printed) * place.value(LIST) / place.value(POPULATION)),
        list_size=int(place.value(LIST)),
        per_extra_wte=pounds(float(printed) / extra_wte),
        groups=tuple(costs),
        total=total,
        low=low,
        high=high,
        with_all=sum((g.cost for g in costs), Decimal(0)),
        by_year=last,
    )
