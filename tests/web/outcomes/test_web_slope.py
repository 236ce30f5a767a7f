"""The slope of inequality without programmes: how it moves, how surely, and why."""

from __future__ import annotations

from sample_prevention import sample_document as document

from tripleaim.prevention.document import PreventionDocument
from tripleaim.web.pages.outcomes.presenters.prevention_health import without_programmes


def test_the_slope_without_programmes_is_shown_at_both_ends_with_its_interval_and_reason() -> None:
    plan: PreventionDocument = document()
    said = without_programmes(plan)
    first, last = plan.years[0], plan.years[-1]
    assert said.startswith("This is the slope without programmes. For men it is 6.10 years (")
    assert said.count(f" in {first} and ") == said.count(f" in {last}") == 2
    assert "chance alone moves the slope" in said
    assert "the rates fall for everybody" in said


def test_with_too_few_simulated_people_there_is_no_slope() -> None:
    plan = document()
    without = plan.health.model_copy(
        update={"rows": [r for r in plan.health.rows if not r.measure.startswith("slope")]}
    )
    assert without_programmes(plan.model_copy(update={"health": without})) == ""
