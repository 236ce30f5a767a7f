"""Late outcomes: events counted beside onsets, by which prevention pays off late."""

from __future__ import annotations

from tripleaim.place import Place

OUTCOME_RATES = "outcome_rates.csv"


def late_outcome_ids(place: Place) -> tuple[str, ...]:
    """The ids of the late outcomes that a place has rates of, in order of name."""

    def ids() -> tuple[str, ...]:
        return tuple(sorted({row["outcome"] for row in place.rows(OUTCOME_RATES)}))

    return place.files.once(late_outcome_ids, ids)
