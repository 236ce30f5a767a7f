"""Who waits to start planned treatment: by specialty, and how long.

`waiting_list` is of the place's own people, at whatever provider (waiting_list.csv); `trust_waits`
of everybody who waits at its own trusts (waiting_weeks.csv). Nobody waits in a band or week that
the tables do not list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.place import Place

WAITING_LIST, WAITING_WEEKS = "waiting_list.csv", "waiting_weeks.csv"
WEEKS_18, WEEKS_52 = 18, 52
WEEKS_OF_A_YEAR = 365.25 / 7


@dataclass(frozen=True, slots=True)
class Waiting:
    """The people who wait in one specialty, or in all: how many, and for how long.

    `by_weeks` has the people from so many weeks up to the next band.
    """

    specialty: str
    by_weeks: Mapping[int, int]

    @property
    def people(self) -> int:
        """Everybody who waits."""
        return sum(self.by_weeks.values())

    def over(self, weeks: int) -> int:
        """The people who have waited for `weeks` or more, which must begin a band."""
        return sum(people for start, people in self.by_weeks.items() if start >= weeks)

    @property
    def within_18_pct(self) -> float:
        """Per cent of them who have waited for less than 18 weeks."""
        return 100 * (1 - self.over(WEEKS_18) / self.people)

    @property
    def over_52_pct(self) -> float:
        """Per cent of them who have waited for 52 weeks or more."""
        return 100 * self.over(WEEKS_52) / self.people


@dataclass(frozen=True, slots=True)
class WaitingList:
    """The place's list: all together, and by specialty with the longest list first."""

    whole: Waiting
    specialties: tuple[Waiting, ...]
    source: str

    def weeks_of(self, contacts_a_year: float | None) -> float | None:
        """How many weeks of so much care the list is; None where there is none to compare."""
        if not contacts_a_year:
            return None
        return self.whole.people * WEEKS_OF_A_YEAR / contacts_a_year


@dataclass(frozen=True, slots=True)
class TrustWait:
    """Everybody who waits at one trust, and the week within which half and 92% of them are."""

    organisation: str
    people: int
    median_week: int
    week_of_92_pct: int


def trust_waits(place: Place) -> tuple[TrustWait, ...]:
    """How long people wait at the place's own trusts; () where it has no table of weeks."""
    if not place.has(WAITING_WEEKS):
        return ()
    by_trust: dict[str, dict[int, int]] = {}
    for row in place.rows(WAITING_WEEKS):
        weeks = by_trust.setdefault(row["organisation"], {})
        weeks[row["week"]] = weeks.get(row["week"], 0) + int(row["waiting"])
    return tuple(
        TrustWait(trust, sum(weeks.values()), _week_within(weeks, 0.5), _week_within(weeks, 0.92))
        for trust, weeks in by_trust.items()
        if sum(weeks.values())
    )


def _week_within(weeks: Mapping[int, int], share: float) -> int:
    """The first week by which at least `share` of the people have waited no longer."""
    wanted, so_far = share * sum(weeks.values()), 0
    for week in sorted(weeks):
        so_far += weeks[week]
        if so_far >= wanted:
            return week
    return max(weeks)


def waiting_list(place: Place) -> WaitingList | None:
    """The waiting list of a place; None, not an empty list, where the place has none.

    Bands that start inside another are added where they start.
    """
    if not place.has(WAITING_LIST):
        return None
    whole: dict[int, int] = {}
    by_specialty: dict[str, dict[int, int]] = {}
    rows = place.rows(WAITING_LIST)
    for row in rows:
        for of_it in (whole, by_specialty.setdefault(row["specialty"], {})):
            of_it[row["weeks_from"]] = of_it.get(row["weeks_from"], 0) + int(row["waiting"])
    if not sum(whole.values()):
        return None
    found = (Waiting(name, of_it) for name, of_it in by_specialty.items() if sum(of_it.values()))
    return WaitingList(
        Waiting("All specialties", whole),
        tuple(sorted(found, key=lambda one: (-one.people, one.specialty))),
        rows[0]["source"],
    )
