"""Staff at work beside the staff that the activity needs."""

from __future__ import annotations

from tripleaim.capacity import Workforce
from tripleaim.web.pages.staff.presenters import staff as words_of
from tripleaim.web.ui.charts.picture import Picture
from tripleaim.web.ui.charts.ranges import ranges


def cover(workforce: Workforce) -> Picture | None:
    """Each group's staff at work for 100 needed in the last year; None where none are known."""
    rows = words_of.cover(workforce)
    if not rows:
        return None
    return ranges(
        f"Staff at work for each 100 needed, {workforce.years[-1]}",
        words_of.description(workforce),
        rows,
        100.0,
    ).called(
        "staff",
        "The line at 100 means that there are as many staff at work as the activity needs. Bands "
        "are 10% to 90%. The numbers at a row are staff at work, of staff needed.",
    )
