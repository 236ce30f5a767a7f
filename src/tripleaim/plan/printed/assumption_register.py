"""What a printed plan assumes, and what the model does with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from tripleaim.place import Place

Treatment = Literal["followed", "followed in part", "not followed", "not modelled"]
TREATMENTS: tuple[Treatment, ...] = get_args(Treatment)

FILE = "assumption_register.csv"


@dataclass(frozen=True, slots=True)
class PlanAssumption:
    """One assumption of a printed plan, in few words of ours, and where it is printed.

    `model` says what is done with it here, `page` where that is seen (an address inside the plan).
    """

    id: str
    area: str
    says: str
    source: str
    where: str
    treatment: Treatment
    model: str
    page: str


def assumption_register(place: Place) -> tuple[PlanAssumption, ...]:
    """The assumptions that the place's plan prints, in their order; none where none are held.

    Raises InputError for an unknown source and for an id that stands twice.
    """
    if not place.own.has(FILE):
        return ()
    register: dict[str, PlanAssumption] = {}
    for row in place.own.rows(FILE):
        if row["source"] not in place.sources:
            raise row.fault("source", "expected an id from sources.csv", list(place.sources))
        if row["id"] in register:
            raise row.fault("id", "the id is listed twice")
        register[row["id"]] = PlanAssumption(**row.values)
    return tuple(register.values())
