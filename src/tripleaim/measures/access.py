"""Waiting times beside their targets: what the place measures now, and what is set by year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tripleaim.place import Place

TARGETS = "access_targets.csv"
WEEKS = 18
_CANCER = "NHS England (cancer waiting times by provider)"
WHO_WOULD_KNOW: Mapping[str, str] = {
    "four hours": "NHS England (A&E attendances by provider)",
    "18 weeks": "NHS England (RTT full extract)",
    "62 days": _CANCER,
    "31 days": _CANCER,
}
"""Who publishes what is measured, by target."""


@dataclass(frozen=True, slots=True)
class MeasuredShare:
    """What part of the people were within the time: `within` of `people`, in `period`."""

    within: float
    people: float
    period: str
    source: str

    @property
    def percent(self) -> float:
        """Per cent within the time, 0 to 100."""
        return 100 * self.within / self.people


@dataclass(frozen=True, slots=True)
class SetTarget:
    """A target of one year, per cent; `due` is by when, `where` what says so."""

    value: float
    due: str
    status: str
    source: str
    where: str


@dataclass(frozen=True, slots=True)
class AccessTarget:
    """One waiting-time target: what is measured now (None: not known), and what is set by year.

    A year for which no target was found is not in `by_year`.
    """

    target: str
    what: str
    now: MeasuredShare | None
    who_would_know: str
    by_year: Mapping[str, SetTarget]

    def short_of(self, year: str) -> float | None:
        """Points that what is measured now is below the target of `year`; negative if above.

        None where either is not known.
        """
        target = self.by_year.get(year)
        return None if self.now is None or target is None else target.value - self.now.percent


def access_targets(place: Place) -> tuple[AccessTarget, ...]:
    """The targets of a place's `access_targets.csv` beside what its other files measure.

    Raises InputError for a fault in one of the files.
    """
    rows = place.rows(TARGETS)
    own = {organisation.id for organisation in place.organisations if "trust" in organisation.kind}
    measured = {
        "four hours": within_four_hours(_rows(place, "ae_months.csv"), own),
        "18 weeks": within_weeks(
            _rows(place, "waiting_list.csv"), WEEKS, period=_period(place, "waiting_list.csv")
        ),
    }
    return tuple(
        AccessTarget(
            target,
            next(row["what"] for row in rows if row["target"] == target),
            measured.get(target),
            WHO_WOULD_KNOW[target],
            {
                row["year"]: SetTarget(
                    row["value"], row["due"], row["status"], row["source"], row["where"]
                )
                for row in rows
                if row["target"] == target
            },
        )
        for target in dict.fromkeys(row["target"] for row in rows)
    )


def within_four_hours(
    months: Iterable[Mapping[str, Any]], organisations: Iterable[str]
) -> MeasuredShare | None:
    """The share seen within four hours at these organisations, in the last month they report.

    Only months of an organisation that have both attendances and waits over four hours count.
    None if there is no such month.
    """
    wanted = set(organisations)
    known = [
        row
        for row in months
        if row["organisation"] in wanted and row["attendances"] and row["over_4_hours"] is not None
    ]
    if not known:
        return None
    last = max(str(row["month"]) for row in known)
    of_month = [row for row in known if str(row["month"]) == last]
    people = sum(row["attendances"] for row in of_month)
    over = sum(row["over_4_hours"] for row in of_month)
    return MeasuredShare(people - over, people, last, of_month[0]["source"])


def within_weeks(
    waiting: Iterable[Mapping[str, Any]], weeks: int, *, period: str = ""
) -> MeasuredShare | None:
    """The share of those who wait that have waited less than `weeks`, by bands of weeks.

    `weeks` must be where a band begins; `period` is when they were counted. None if nobody waits.
    """
    rows: Sequence[Mapping[str, Any]] = list(waiting)
    people = sum(row["waiting"] for row in rows)
    if not people:
        return None
    within = sum(row["waiting"] for row in rows if row["weeks_from"] < weeks)
    return MeasuredShare(within, people, period, rows[0]["source"])


def _rows(place: Place, name: str) -> Iterable[Mapping[str, Any]]:
    """The rows of a table as mappings; none where the place has no such table."""
    return [row.values for row in place.rows(name)] if place.has(name) else []


def _period(place: Place, file: str) -> str:
    """When what a file has was counted, as `completeness.csv` says; "" where it does not."""
    rows = place.rows("completeness.csv") if place.has("completeness.csv") else ()
    return next((row["period"] for row in rows if row["file"] == file), "")
