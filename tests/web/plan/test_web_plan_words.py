"""The plan in words: balance, aims, disagreements."""

import pytest
from sample_plan import FINDINGS, SampleWorkspace

from tripleaim import wording as words
from tripleaim.plan.publish.document import PlanDocument
from tripleaim.web.pages.plan import tables
from tripleaim.web.pages.plan.presenters import plan

WORKSPACE = SampleWorkspace()


def test_the_plan_answers_whether_the_place_balances(printed: PlanDocument) -> None:
    answer = plan.answer(printed)
    assert answer.startswith("No. If nothing changes, the NHS is £174.6m short in 2020/21.")
    assert "£20.8m short" in answer


def test_a_place_that_balances_only_on_claims_is_described_so(printed: PlanDocument) -> None:
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
    summary = plan.plan_page(printed, WORKSPACE.place, FINDINGS, printed.gap_interval_gbp_m)
    assert [a.heading.split(":")[0] for a in summary.aims] == ["Health", "Quality", "Money"]


def test_the_answer_says_what_is_not_known_and_between_what_the_plan_may_end(
    printed: PlanDocument,
) -> None:
    shown = printed.evidence
    assert shown is not None
    low, high = shown.range_gbp_m
    answer = plan.answer(printed)
    assert f"If no untested solution works, the NHS is {words.position(low)}. " in answer
    assert f"If all of them work, the NHS is {words.position(high)}." in answer
    assert f"{words.money(shown.classes[-1].claim_gbp_m)} (split assumed) is not known" in answer
    assert "worse" not in answer


def test_the_caption_gives_the_band_and_the_draws_with_and_without_the_unknown(
    printed: PlanDocument,
) -> None:
    summary = plan.plan_page(printed, WORKSPACE.place, FINDINGS, printed.gap_interval_gbp_m)
    drawn, fixed = (
        words.between(*printed.gap_interval_gbp_m[name]["2020/21"])
        for name in ("not_known_drawn", "on_evidence")
    )
    assert drawn in summary.caption
    assert f"With untested savings at zero, it is {fixed}." in summary.caption


def test_classes_stand_in_a_table_with_management_apart(printed: PlanDocument) -> None:
    rows = tables.classes(printed).rows
    assert [row["name"] for row in rows[:4]] == [
        "Shown to pay",
        "Shown to work and cost more than it saves",
        "Shown not to work",
        "Not known",
    ]
    assert rows[3]["net"] == "no verdict"
    assert rows[4]["name"] == "of the not known: cost improvement of the providers"
    claimed = sum(s.as_claimed_gbp_m["2020/21"] for s in printed.solutions)
    assert sum(row["claim"] for row in rows[:4]) == pytest.approx(claimed)
