"""What the plan prints stands on the picture of the gap, whether we meet it or not."""

from __future__ import annotations

from sample_plan import document, place

from tripleaim.plan import choose
from tripleaim.web.pages.plan.pictures.gap import gap_by_year


def test_a_printed_position_is_an_open_circle_on_the_picture_of_the_gap() -> None:
    plan = document(choose(place()))
    without = plan.model_copy(update={"reconciliation": []})
    drawn, bare = (gap_by_year(p, "What the gap is.", {}) for p in (plan, without))
    for ours, theirs in ((drawn.wide, bare.wide), (drawn.narrow, bare.narrow)):
        assert ours.count('stroke-width="2.5"') == theirs.count('stroke-width="2.5"') + 1
