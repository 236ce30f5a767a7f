"""Where the trusts of a made place start: their published plans, and what is said of them."""

from __future__ import annotations

from dataclasses import replace

from tripleaim.boards import MadePlace, OfficialTables, extent_of
from tripleaim.boards.openings import asked_table, opening_figure, opening_table
from tripleaim.boards.organisations import board_called
from tripleaim.boards.trusts import own_trusts, provider_shares
from tripleaim.place import load
from tripleaim.plan.publish.notes import openings_of


def test_the_plan_says_whose_opening_is_known_and_what_is_not_said(many_trusts: MadePlace) -> None:
    place = load(many_trusts.folder)
    assert openings_of(place) == [
        "The trusts start from their published plans of 2025/26. The source does not say whether "
        "these are before or after deficit support. No plan is published for Kent and Medway "
        "Mental Health: we count it as in balance until its position is entered."
    ]
    assert place.figure("opening.providers").cause.startswith("plans of 5 of 6 trusts")


def test_an_opening_of_ones_own_needs_no_such_note(many_trusts: MadePlace) -> None:
    place = load(many_trusts.folder)
    own = replace(place.figure("opening.providers"), source="tripleaim")
    assert openings_of(replace(place, figures={**place.figures, "opening.providers": own})) == []


def test_a_place_of_2016_has_no_note_on_openings() -> None:
    assert openings_of(load("somerset")) == []


def test_where_no_trust_publishes_its_plan_the_opening_is_asked_for(
    tables: OfficialTables,
) -> None:
    extent = extent_of(board_called("QKS", tables), tables)
    trusts = own_trusts(extent, tables, provider_shares(extent, tables))
    none = [replace(one, planned_pct=None) for one in trusts]
    assert opening_figure(none) == []
    assert [row[2] for row in opening_table(extent, none).rows] == [None] * 7
    asked = [row[0] for row in asked_table(extent, none).rows]
    assert asked == ["opening.commissioner", "growth.allocation", "opening.providers"]
    assert [row[0] for row in asked_table(extent, trusts).rows] == asked[:2]
