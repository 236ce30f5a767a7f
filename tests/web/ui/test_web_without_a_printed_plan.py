"""A place whose plan nobody printed."""

from sample_plan import SampleWorkspace

from tripleaim.plan.publish.document import PlanDocument
from tripleaim.web.pages.activity import presenters as activity
from tripleaim.web.pages.money.presenters import money
from tripleaim.web.pages.money.tables import lines
from tripleaim.web.pages.plan.presenters import plan

WORKSPACE = SampleWorkspace()


def test_a_place_without_a_printed_plan_is_not_described_as_calibrated(
    printed: PlanDocument,
) -> None:
    points = [p.model_copy(update={"printed": {}}) for p in printed.points_of_delivery]
    bare = printed.model_copy(
        update={"calibrated": [], "points_of_delivery": points, "stf_gbp_m": {}, "aims": []}
    )
    summary = plan.plan_page(bare, WORKSPACE.place, [], {})
    assert "calibrat" not in summary.caption
    assert "STF" not in summary.caption
    assert [(a.heading, a.status) for a in summary.aims] == [("Money", "assumed")]
    assert "we expect growth" in activity.answer(bare)
    assert activity.findings(bare) == []
    assert money.calibrated(bare) == []
    headers = [c.label for c in lines(bare, "commissioner").columns]
    assert headers == ["Line", "Kind", "2016/17", "2020/21", "Change"]
