"""Dates that cannot be: an evaluation before what it evaluates opens, and the like."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tripleaim.place import Figure, Place
from tripleaim.plan import audit
from tripleaim.plan.printed.dates import dates_in_order, starts_before_opening
from tripleaim.wording import quantity


def on(figure_id: str, month: int, low: int | None = None, high: int | None = None) -> Figure:
    return Figure(figure_id, month, low, high, "month", "", "", "published", "a", "page 1", "")


def with_dates(place: Place, *dates: Figure) -> Place:
    others = {k: f for k, f in place.figures.items() if not k.startswith("date.")}
    return replace(place, figures=others | {d.id: d for d in dates})


def test_the_printed_evaluation_of_surgery_precedes_its_opening(somerset: Place) -> None:
    """April 2018 is printed for it, and late 2018 for the opening."""
    wrong = [f for f in audit(somerset) if f.id.startswith("date.") and not f.holds]
    (finding,) = wrong
    assert finding.id == "date.systematised-surgery.evaluation-after-opening"
    assert finding.verdict == "fails"
    assert finding.difference == 7
    assert "printed for April 2018, the opening for November 2018" in finding.note


@pytest.mark.parametrize(
    ("earlier", "later", "holds"),
    [
        (("start", 201704), ("end", 201703), False),
        (("start", 201704), ("end", 201704), True),
        (("approval", 201707), ("opening", 201706), False),
        (("business-case", 201601), ("approval", 201701), True),
        (("opening", 201811, 201809, 201812), ("evaluation", 201809), True),
        (("opening", 201811, 201809, 201812), ("evaluation", 201808), False),
    ],
)
def test_a_later_step_is_not_before_the_first_month_of_an_earlier_one(
    somerset: Place, earlier: tuple, later: tuple, holds: bool
) -> None:
    place = with_dates(
        somerset, *(on(f"date.a-thing.{step}", *months) for step, *months in (earlier, later))
    )
    (finding,) = dates_in_order(place)
    assert finding.holds is holds
    assert bool(finding.note) is not holds


def test_a_solution_that_acts_before_it_opens_is_noted(somerset: Place) -> None:
    """Systematised surgery acts from 2018/19, which ends in March 2019."""
    opening = "date.systematised-surgery.opening"
    assert list(starts_before_opening(with_dates(somerset, on(opening, 201903)))) == []
    (note,) = starts_before_opening(with_dates(somerset, on(opening, 201904)))
    assert note == "systematised-surgery.toml starts in 2018/19, and it opens in April 2019"


def test_a_month_is_said_by_its_name() -> None:
    assert quantity(201804, "month") == "April 2018"
    assert (quantity(7, "month"), quantity(-1, "month")) == ("7 months", "−1 month")
