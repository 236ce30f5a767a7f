"""Specialised spend by programme: shares, and which printed sums hold."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tripleaim.measures import Specialised, specialised
from tripleaim.place import Place, load
from tripleaim.wording import sentence


@pytest.fixture(scope="module")
def found(somerset: Place) -> Specialised:
    made = specialised(somerset, 562_446)
    assert made is not None
    return made


def test_the_largest_programme_comes_first_with_its_share(found: Specialised) -> None:
    first = found.programmes[0]
    assert (first.name, first.pounds) == ("Cancer", Decimal("22337853.00"))
    assert first.share_pct == pytest.approx(100 * 22_337_853 / 111_231_086)
    assert first.per_head == Decimal("39.72")


def test_the_printed_sum_and_share_of_the_top_ten_hold(found: Specialised) -> None:
    assert [(check.printed, check.holds) for check in found.sums] == [
        (Decimal("73596136"), True),
        (Decimal("66"), True),
    ]


def test_lines_and_what_they_leave_unnamed_make_the_total(found: Specialised) -> None:
    named = sum(programme.pounds for programme in found.programmes)
    assert named + found.unnamed == found.total == Decimal(111_231_086)


def test_two_of_the_ten_are_no_programmes_and_13_at_least_are_unnamed(found: Specialised) -> None:
    assert sentence(found.findings[0]).startswith("2 of the 10 lines are not programmes")
    assert sentence(found.findings[1]).endswith("it is at least 13 programmes.")


def test_a_place_that_prints_no_programmes_has_none() -> None:
    assert specialised(load("northamptonshire")) is None
