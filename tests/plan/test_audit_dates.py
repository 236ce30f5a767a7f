"""Dates that cannot be: an evaluation before what it evaluates opens, and the like."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tripleaim.place import Figure, Place
from tripleaim.plan import audit
from tripleaim.plan.printed.dates import (
    dates_in_order,
    starts_before_opening,
    studies_after_start,
)
from tripleaim.wording import quantity


def on(figure_id: str, month: int, low: int | None = None, high: int | None = None) -> Figure:
    return Figure(figure_id, month, low, high, "month", "", "", "published", "a", "page 1", "")


def with_dates(place: Place, *dates: Figure) -> Place:
    others = {k: f for k, f in place.figures.items() if not k.startswith("date.")}
    return replace(place, figures=others | {d.id: d for d in dates})


def test_the_printed_evaluation_of_surgery_precedes_its_opening(somerset: Place) -> None:
    """April 2018 is printed for it, and late 2018 for the opening."""
    wrong = [f for f in dates_in_order(somerset) if not f.holds]
    (finding,) = wrong
    assert finding in audit(somerset)
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


def test_the_study_of_the_hubs_is_older_than_the_start_that_the_plan_prints(
    somerset: Place,
) -> None:
    """Of February 2016, and three teams are printed by December 2016: ours starts in 2016/17."""
    by_solution = {f.id.split(".")[1]: f for f in studies_after_start(somerset)}
    assert set(by_solution) == {"complex-care-hubs", "enhanced-primary-care"}
    hubs = by_solution["complex-care-hubs"]
    assert hubs in audit(somerset)
    assert (hubs.printed, hubs.computed, hubs.difference) == (201602, 201604, 2)
    assert (hubs.holds, hubs.verdict) == (False, "other basis, date or scope")
    assert "The study is of February 2016 and the solution starts in 2016/17" in hubs.note
    assert "Appendix One: primary care; work in progress" in hubs.where
    assert by_solution["enhanced-primary-care"].holds


@pytest.mark.parametrize(
    ("edition", "holds"),
    [
        ("2015", False),
        ("2016", True),
        ("2016-03", False),
        ("2016-04", True),
        ("2016-03-31", False),
        ("2018", True),
        ("third edition", None),
    ],
)
def test_a_study_is_not_older_than_the_first_month_of_the_start(
    somerset: Place, edition: str, holds: bool | None
) -> None:
    source = replace(somerset.sources["symphony-2016"], edition=edition)
    place = replace(somerset, sources={**somerset.sources, source.id: source})
    found = [f.holds for f in studies_after_start(place) if f.id.endswith(source.id)]
    assert found == ([] if holds is None else [holds])


def test_a_study_is_compared_with_the_opening_if_that_is_a_date(somerset: Place) -> None:
    opened = with_dates(somerset, on("date.complex-care-hubs.opening", 201506))
    (hubs,) = [f for f in studies_after_start(opened) if f.id.endswith("symphony-2016")]
    assert hubs.holds
    assert hubs.figures == ("date.complex-care-hubs.opening",)


def test_a_solution_that_acts_before_it_opens_is_noted(somerset: Place) -> None:
    """Systematised surgery acts from 2018/19, which ends in March 2019."""
    opening = "date.systematised-surgery.opening"
    assert list(starts_before_opening(with_dates(somerset, on(opening, 201903)))) == []
    (note,) = starts_before_opening(with_dates(somerset, on(opening, 201904)))
    assert note == "systematised-surgery.toml starts in 2018/19, and it opens in April 2019"


def test_a_month_is_shown_by_its_name() -> None:
    assert quantity(201804, "month") == "April 2018"
    assert (quantity(7, "month"), quantity(-1, "month")) == ("7 months", "−1 month")
