"""The page of deaths by risk factor: what is published, ours, and what is solved."""

from __future__ import annotations

import pytest
from sample_prevention import sample_document

from tripleaim.web.pages.outcomes.presenters import prevention_risks as of_risks
from tripleaim.web.pages.outcomes.presenters import spreads


def test_the_answer_counts_what_meets_its_interval_and_names_the_furthest() -> None:
    assert of_risks.answer(sample_document()) == (
        "Age, sex and deprivation alike, 1 of the 2 ratios that have a published 95% interval lie "
        "within it. The ratios furthest from the published ones are for women of 65 and over "
        "(smoking: smokes): 2.00 times the deaths, 2.97 published."
    )


def test_a_run_made_before_there_were_any_says_so() -> None:
    older = sample_document().model_copy(update={"all_cause": []})
    assert of_risks.answer(older).endswith("run it again.")
    assert not of_risks.deaths(older).rows


def test_each_row_says_how_far_off_and_within_what() -> None:
    men, women, weight = of_risks.deaths(sample_document()).rows
    assert (men["within"], women["within"], weight["within"]) == ("yes", "no", "none known")
    assert [row["off"] for row in (men, women, weight)] == pytest.approx([-1.8, -32.7, 0.0])
    assert (men["interval"], weight["interval"]) == ("2.40 to 3.30", "not known")
    assert (men["ages"], women["ages"]) == ("45 to 64", "65 and over")
    parts = ("published", "through", "direct", "uncalibrated_direct", "uncalibrated", "unadjusted")
    assert [men[key] for key in parts] == [2.8, 1.1, 2.5, 1.41, 1.55, 3.1]


def test_rows_are_sorted_as_asked() -> None:
    table = of_risks.deaths(sample_document())
    as_listed, _ = spreads.in_order(table, of_risks.SORTS, None)
    furthest, _ = spreads.in_order(table, of_risks.SORTS, "far")
    assert [row["published"] for row in as_listed.rows] == [2.8, 2.97, 1.5]
    assert [row["published"] for row in furthest.rows] == [2.97, 2.8, 1.5]
