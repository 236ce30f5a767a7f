"""The activity printed in a plan, year by year, for results that need no synthetic people."""

from __future__ import annotations

from tripleaim.activity import Activity, Origin
from tripleaim.place import InputError, Place


def prints_activity(place: Place) -> bool:
    """Whether the plan prints the first and last year of every point of delivery."""
    return all(p.printed_base and p.printed_last for p in place.points_of_delivery)


def printed_activity(place: Place) -> Activity:
    """The printed activity by point of delivery and year, growing evenly between its two years.

    Raises InputError for a place whose activity is not printed.
    """
    steps = max(1, len(place.years) - 1)
    activity: dict[str, dict[str, float]] = {}
    for point in place.points_of_delivery:
        if not (point.printed_base and point.printed_last):
            raise InputError(
                f"the activity of {place.name} is not printed; run tripleaim plan {place.id} "
                "first and give its folder with --data",
                value=point.id,
            )
        first, last = place.value(point.printed_base), place.value(point.printed_last)
        activity[point.id] = {
            year: first * (last / first) ** (i / steps) for i, year in enumerate(place.years)
        }
    return Activity.of_totals(activity, Origin(False, "as_printed", place.sha256_of("plan")))
