"""The plan in words: balance, aims, disagreements."""

from sample_plan import FINDINGS, SampleWorkspace

from tripleaim.plan.publish.document import PlanDocument
from tripleaim.web.pages.plan.presenters import plan

WORKSPACE = SampleWorkspace()


def test_the_plan_answers_whether_the_place_balances(printed: PlanDocument) -> None:
    answer = plan.answer(printed)
    assert answer.startswith("No. If nothing changes, the NHS is £174.6m short in 2020/21.")
    assert "£20.8m short" in answer


def test_a_place_that_balances_only_on_claims_is_said_to(printed: PlanDocument) -> None:
    gap = {**printed.gap_gbp_m, "as_claimed": {**printed.gap_gbp_m["as_claimed"], "2020/21": 3.0}}
    summary = plan.answer(printed.model_copy(update={"gap_gbp_m": gap}))
    assert summary.startswith("Only if every claim comes true.")


def test_the_plan_shows_five_disagreements_with_what_plainly_fails_first(
    printed: PlanDocument,
) -> None:
    missed = printed.reconciliation[1]
    two = printed.model_copy(update={"reconciliation": [missed, missed]})
    shown = plan.disagreements(two, FINDINGS)
    verdicts = {d.heading.split(":")[0] for d in shown[:3]}
    assert verdicts <= {"Fails", "Official figure differs"}
    assert [d.heading for d in shown[3:]] == ["Do-nothing gap in 2020/21, before calibration"] * 2
    assert all(d.href for d in shown)


def test_a_misprint_is_among_the_disagreements_only_where_there_is_room(
    printed: PlanDocument,
) -> None:
    misprints = [f for f in FINDINGS if f.verdict == "suspected misprint"]
    failing = [f for f in FINDINGS if f.verdict == "fails"]
    shown = plan.disagreements(printed, [*misprints, *failing[:2]])
    assert [d.heading.split(":")[0] for d in shown[:4]].count("Fails") == 2
    assert len(shown) == 5


def test_rounding_is_no_disagreement(printed: PlanDocument) -> None:
    rounding = [f for f in FINDINGS if f.verdict == "rounding"]
    met = printed.model_copy(update={"reconciliation": []})
    assert plan.disagreements(met, rounding) == []


def test_the_three_aims_are_health_quality_and_money(printed: PlanDocument) -> None:
    summary = plan.plan_page(printed, WORKSPACE.place, FINDINGS)
    assert [a.heading.split(":")[0] for a in summary.aims] == ["Health", "Quality", "Money"]
