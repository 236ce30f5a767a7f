"""Each practice of a place: its people's conditions, contacts and cost, beside what is expected.

Expected is what the practice's people would have at the whole place's rates for their age and sex
(indirect standardisation: Breslow and Day, Statistical methods in cancer research II, IARC 1987).
Conditions are of the base year, contacts and cost of the first year of the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import Field

from tripleaim import __version__
from tripleaim.activity import sums_by
from tripleaim.core import Part, write_whole
from tripleaim.data_folder import again, read_document
from tripleaim.measures import Interval, by_luck, indirectly_standardised_ratio
from tripleaim.people import OLDEST, SEXES, has_lists, read_illness
from tripleaim.place import Place
from tripleaim.projection import Trajectory

PRACTICES_FILE = "practices.json"

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]


class ConditionHere(Part):
    """People of a practice with a condition, and how many are expected."""

    people: int
    expected: float

    @property
    def ratio(self) -> Interval | None:
        """People over those expected, with Byar's limits at 95%; None where nobody is expected."""
        return indirectly_standardised_ratio(self.people, self.expected) if self.expected else None


class CareHere(Part):
    """Contacts of a practice's people in a year, or their cost in £, and how much is expected."""

    amount: float
    expected: float
    alike: float = Field(description="people alike that carry the amount (measures.people_alike)")

    @property
    def interval(self) -> Interval | None:
        """The amount with its limits by luck, 10% to 90%; None where there is none."""
        return by_luck(self.amount, self.alike) if self.amount > 0 < self.alike else None


class PracticePart(Part):
    """One practice; `quintiles` counts its people by deprivation, the most deprived fifth first."""

    people: int = Field(description="on the list in the base year")
    people_then: int = Field(description="registered in the first year of the plan")
    quintiles: list[int]
    conditions: dict[str, ConditionHere]
    contacts: dict[str, CareHere]
    cost: CareHere


class PracticesDocument(Part):
    """The practices of a place by their code; none where it has no lists."""

    version: str
    seed: int
    inputs_sha256: str
    base_year: str
    year: str
    condition_names: dict[str, str]
    practices: dict[str, PracticePart]


class PracticeCount:
    """Counts what each practice's people have, in the lives that a projection gives.

    Hand the years of the trajectory to `add`, then ask for the `document`.
    """

    def __init__(self, place: Place, trajectory: Trajectory) -> None:
        self.place, self.trajectory = place, trajectory
        self.practices = trajectory.people.areas.practices
        self.contacts = np.zeros((0, 0))
        self.expected = np.zeros((0, 0))
        self.products = np.zeros((0, 0, 0))
        self.heads: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)

    def add(self, y: int, expected: npt.NDArray[np.float32]) -> None:
        """Count the first year of the plan, in which people have the contacts `expected` (N, P)."""
        if y != 1 or not has_lists(self.place):
            return
        here = np.flatnonzero(self.trajectory.present[y])
        practice, body, contacts = self._practice(here), self._body(here, y), expected[here]
        many = len(self.practices)
        self.heads = np.bincount(practice, minlength=many)
        self.contacts = sums_by(practice, contacts, many)
        self.expected = _expected(practice, body, contacts, many)
        # Sums of products of two kinds of contact of one person: whatever the kinds cost, they
        # say how unevenly people carry the whole.
        order = np.argsort(practice, kind="stable")
        ends = np.cumsum(self.heads)
        parts = np.split(contacts[order].astype(np.float64), ends[:-1])
        self.products = np.stack([part.T @ part for part in parts])

    def document(
        self, factors: Mapping[str, Mapping[str, float]], costs: Mapping[str, Mapping[str, float]]
    ) -> PracticesDocument:
        """The practices, with calibrated contacts: those counted times calibration's `factors`.

        `costs` is what a contact costs, £ by year and point of delivery.
        """
        place, year = self.place, self.trajectory.years[1]
        names = {condition.id: condition.name for condition in read_illness(place).conditions}
        factor = {point.id: factors[point.id][year] for point in place.points_of_delivery}
        parts = self._parts(names, factor, costs[year]) if has_lists(place) else {}
        return PracticesDocument(
            version=__version__,
            seed=self.trajectory.people.seed,
            inputs_sha256=place.sha256_of("plan"),
            base_year=place.base_year,
            year=year,
            condition_names=names,
            practices=parts,
        )

    def _parts(
        self, conditions: Iterable[str], factor: Mapping[str, float], costs: Mapping[str, float]
    ) -> dict[str, PracticePart]:
        """Each practice by its code; `factor` and `costs` are by point of delivery."""
        points = list(factor)
        scale = np.array([factor[point] for point in points])
        prices = np.array([costs.get(point, 0.0) for point in points]) * scale
        here = np.flatnonzero(self.trajectory.present[0])
        practice, quintile = self._practice(here), self.trajectory.people.quintile[here]
        many = len(self.practices)
        heads = np.bincount(practice, minlength=many)
        by_quintile = np.stack(
            [np.bincount(practice[quintile == q], minlength=many) for q in range(1, 6)], axis=1
        )
        having = self._conditions(here, practice)
        return {
            code: PracticePart(
                people=int(heads[k]),
                people_then=int(self.heads[k]),
                quintiles=by_quintile[k].tolist(),
                conditions={c: having[c][k] for c in conditions},
                contacts={
                    point: self._care(k, np.eye(len(points))[p] * scale)
                    for p, point in enumerate(points)
                },
                cost=self._care(k, prices),
            )
            for k, code in enumerate(self.practices)
        }

    def _care(self, k: int, weights: Floats) -> CareHere:
        """Contacts of practice `k`, each kind times its weight, added up."""
        amount = float(self.contacts[k] @ weights)
        squares = float(weights @ self.products[k] @ weights)
        return CareHere(
            amount=amount,
            expected=float(self.expected[k] @ weights),
            alike=amount**2 / squares if squares > 0 else 0.0,
        )

    def _conditions(self, here: Codes, practice: Codes) -> Mapping[str, list[ConditionHere]]:
        """People of each practice who have each condition, and how many are expected."""
        has = self.trajectory.conditions[0, here]
        body, many = self._body(here, 0), len(self.practices)
        found = {}
        for k, condition in enumerate(read_illness(self.place).conditions):
            ill = ((has >> np.uint32(k)) & np.uint32(1)).astype(np.float64)[:, None]
            counts = sums_by(practice, ill, many)[:, 0]
            expected = _expected(practice, body, ill, many)[:, 0]
            found[condition.id] = [
                ConditionHere(people=round(n), expected=e)
                for n, e in zip(counts.tolist(), expected.tolist(), strict=True)
            ]
        return found

    def _practice(self, here: Codes) -> Codes:
        return self.trajectory.people.practice[here].astype(np.intp)

    def _body(self, here: Codes, y: int) -> Codes:
        """A number for each year of age and sex."""
        people = self.trajectory.people
        age = np.clip(people.age_in(self.trajectory.years[y])[here], 0, OLDEST)
        return age.astype(np.intp) * len(SEXES) + people.sex[here]


def _expected(practice: Codes, body: Codes, values: npt.NDArray[np.floating], many: int) -> Floats:
    """What people of each practice would have, (many, P), at all people's mean by age and sex."""
    bodies = (OLDEST + 1) * len(SEXES)
    all_heads = np.bincount(body, minlength=bodies)
    mean = sums_by(body, values, bodies) / np.maximum(all_heads, 1)[:, None]
    heads = np.bincount(practice * bodies + body, minlength=many * bodies).reshape(many, bodies)
    expected: Floats = heads @ mean
    return expected


def write_practices(document: PracticesDocument, path: Path) -> None:
    """Keep the practices as JSON, whole or not at all."""
    write_whole(path, document.model_dump_json(indent=1) + "\n")


def read_practices_document(folder: Path) -> PracticesDocument:
    """What a run left of its practices. Raises DamagedFileError where it cannot be read."""
    return read_document(folder / PRACTICES_FILE, PracticesDocument, again(folder))
