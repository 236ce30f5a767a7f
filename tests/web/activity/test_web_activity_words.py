"""Activity in words."""

import pytest
from sample_plan import SampleWorkspace

from tripleaim.plan.publish.document import PlanDocument
from tripleaim.web.pages.activity import presenters as activity

WORKSPACE = SampleWorkspace()


def test_activity_says_where_the_printed_plan_and_the_forecast_differ(
    printed: PlanDocument,
) -> None:
    [more] = activity.findings(printed)
    assert more == (
        "For 10 of 12 kinds of contact the plan prints more growth than population, morbidity and "
        "official trends explain. The difference is largest for A&E, 14.6% against 3.1%."
    )


def test_the_growth_split_adds_up_to_the_calibrated_growth(printed: PlanDocument) -> None:
    for row in activity.split(printed).rows:
        parts = sum(row[k] for k in ("size_and_age", "morbidity", "trend", "rest"))
        assert parts == pytest.approx(row["growth"])
