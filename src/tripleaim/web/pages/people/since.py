"""What has changed since an earlier footprint of the same place?"""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim import wording as words
from tripleaim.boards import completeness_in
from tripleaim.measures import Since, is_same_place, since
from tripleaim.place import load, shipped_places
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.tables import PageColumn, PageTable

NONE = "No earlier footprint of this place comes with the product."


def then_and_now(page: PlacePage) -> HttpResponse:
    """Counts of the earlier footprint beside today's; or that no earlier one comes along."""
    result = _since(page)
    return page.show(
        "people/since.jinja",
        title="Then and now",
        answer=NONE if result is None else words.since_answer(result),
        note=words.SINCE_NOTE,
        result=result,
        table=None if result is None else _table(result),
    )


def since_table(page: PlacePage) -> PageTable | None:
    """The same counts as a table to download."""
    result = _since(page)
    return None if result is None else _table(result)


def earlier_place(page: PlacePage) -> str:
    """The shipped footprint that this place was once, by its id; "" where none is known.

    Only a place that was made from official statistics of today is looked for.
    """
    if completeness_in(page.place) is None:
        return ""
    return page.once("earlier place", lambda: _earlier(page))


def _earlier(page: PlacePage) -> str:
    return next((name for name in shipped_places() if is_same_place(load(name), page.place)), "")


def _since(page: PlacePage) -> Since | None:
    earlier = earlier_place(page)
    if not earlier:
        return None
    return page.once("since", lambda: since(load(earlier), page.place))


def _table(result: Since) -> PageTable:
    return PageTable(
        "since",
        f"{result.before} in {result.before_year}, and {result.now} in {result.now_year}",
        [
            PageColumn("what", "What"),
            PageColumn("then", "Then", "worded"),
            PageColumn("expected", "The plan expected", "worded"),
            PageColumn("now", "Now", "worded"),
            PageColumn("change", "Change", "worded"),
            PageColumn("periods", "When"),
            PageColumn("note", "Note"),
        ],
        [
            {
                "what": row.what,
                "then": words.since_value(row, row.before),
                "expected": words.since_value(row, row.expected)
                + (f" in {row.expected_period}" if row.expected is not None else ""),
                "now": words.since_value(row, row.now),
                "change": words.since_change(row),
                "periods": f"{row.before_period}; {row.now_period}",
                "note": row.note,
            }
            for row in result.rows
        ],
    )
