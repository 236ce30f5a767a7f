"""What pages say, from a plan's document alone."""

from dataclasses import replace

import pytest
from sample_plan import FINDINGS, SampleWorkspace

from tripleaim.plan.basis import Basis
from tripleaim.plan.overlap.scenario import Choice, choose
from tripleaim.plan.publish.document import PlanDocument
from tripleaim.web.pages.activity import presenters as activity
from tripleaim.web.pages.compare import presenters as compare
from tripleaim.web.pages.figures.presenters import audit
from tripleaim.web.pages.figures.presenters.figures import Search, page_of
from tripleaim.web.pages.money.presenters import money
from tripleaim.web.pages.money.tables import lines
from tripleaim.web.pages.plan.presenters import plan
from tripleaim.web.pages.solutions import presenters as solutions
from tripleaim.web.pages.solutions.presenters import Filters

WORKSPACE = SampleWorkspace()


@pytest.fixture(scope="module")
def printed() -> PlanDocument:
    return WORKSPACE.document(choose(WORKSPACE.place))


def test_the_plan_answers_whether_the_place_balances(printed: PlanDocument) -> None:
    said = plan.answer(printed)
    assert said.startswith("No. If nothing changes, the NHS is £174.6m short in 2020/21.")
    assert "£20.8m short" in said


def test_a_place_that_balances_only_on_claims_is_said_to(printed: PlanDocument) -> None:
    gap = {**printed.gap_gbp_m, "as_claimed": {**printed.gap_gbp_m["as_claimed"], "2020/21": 3.0}}
    said = plan.answer(printed.model_copy(update={"gap_gbp_m": gap}))
    assert said.startswith("Only if every claim comes true.")


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


def test_the_audit_is_grouped_by_severity_so_that_one_can_jump() -> None:
    groups = audit.groups(audit.items(FINDINGS))
    assert [g.id for g in groups] == ["severity-high", "severity-medium", "severity-low"]
    assert [g.heading for g in groups] == [
        f"{name} severity ({len(g.items)})"
        for name, g in zip(("High", "Medium", "Low"), groups, strict=True)
    ]
    [held] = audit.groups(audit.items(FINDINGS, "holds"))
    assert held.heading == ""


def test_rounding_is_no_disagreement(printed: PlanDocument) -> None:
    rounding = [f for f in FINDINGS if f.verdict == "rounding"]
    met = printed.model_copy(update={"reconciliation": []})
    assert plan.disagreements(met, rounding) == []


def test_the_three_aims_are_health_quality_and_money(printed: PlanDocument) -> None:
    said = plan.plan_page(printed, WORKSPACE.place, FINDINGS)
    assert [a.heading.split(":")[0] for a in said.aims] == ["Health", "Quality", "Money"]


def test_activity_says_where_print_and_forecast_differ(printed: PlanDocument) -> None:
    [more] = activity.findings(printed)
    assert more == (
        "For 10 of 12 kinds of contact the plan prints more growth than people, morbidity and "
        "official trends explain; most so for A&E, 14.6% against 3.1%."
    )


def test_the_growth_split_adds_up_to_the_calibrated_growth(printed: PlanDocument) -> None:
    for row in activity.split(printed).rows:
        parts = sum(row[k] for k in ("size_and_age", "morbidity", "trend", "rest"))
        assert parts == pytest.approx(row["growth"])


def test_money_says_who_is_short_of_what(printed: PlanDocument) -> None:
    assert money.answer(printed) == (
        "If nothing changes, in 2020/21 the commissioner is £80.7m short and the providers are "
        "£94.0m short. Together that is £174.6m short, and £596.0m short over the 5 years."
    )


def test_solutions_are_filtered_and_sorted(printed: PlanDocument) -> None:
    shown = Filters(priority="2", sort="name").shown(printed.solutions, "2020/21")
    assert [s.priority for s in shown] == [2] * 5
    assert [s.name for s in shown] == sorted((s.name for s in shown), key=str.lower)
    largest = Filters().shown(printed.solutions, "2020/21")
    claims = [s.as_claimed_gbp_m["2020/21"] for s in largest]
    assert claims == sorted(claims, reverse=True)


def test_a_claim_that_takes_more_than_there_is_is_not_to_be_believed(printed: PlanDocument) -> None:
    part = next(s for s in printed.solutions if any(not b.possible for b in s.beliefs))
    assert solutions.one_answer(part, "2020/21").startswith("You should not believe the claim")


@pytest.mark.parametrize(
    ("value", "said"), [(-0.03, "3.0% less"), (0.02, "2.0% more"), (0.0, "no change")]
)
def test_an_effect_is_said_in_per_cent(value: float, said: str) -> None:
    assert solutions.change(value) == said


def test_an_interval_of_changes_says_its_direction_once() -> None:
    assert solutions.change_range(-0.08, -0.02) == "2.0% to 8.0% less"
    assert solutions.change_range(0.02, 0.08) == "2.0% to 8.0% more"
    assert solutions.change_range(-0.08, 0.02) == "8.0% less to 2.0% more"


def test_the_audit_counts_what_holds_what_rounds_and_what_contradicts() -> None:
    assert audit.answer(FINDINGS, "Somerset") == (
        "Mostly. Of 50 sums, rates and repeated numbers that we checked, 30 come out as printed, "
        "5 differ by no more than rounding, and 15 contradict something."
    )
    assert sum(row["count"] for row in audit.counts(FINDINGS).rows) == len(FINDINGS)


def test_the_audit_lists_the_gravest_first_and_leaves_out_what_holds() -> None:
    items = audit.items(FINDINGS)
    order = {"high": 0, "medium": 1, "low": 2}
    ranks = [order[i.severity] for i in items]
    assert ranks == sorted(ranks)
    assert len(items) == 15
    assert len(audit.items(FINDINGS, "holds")) == 30


def test_a_plan_that_adds_up_is_said_to() -> None:
    holding = [replace(f, holds=True, verdict="holds") for f in FINDINGS]
    assert audit.answer(holding, "Somerset").startswith("Yes. All 50")


def test_figures_are_found_by_every_word_typed() -> None:
    found = Search(text="acute-ae 2020").matches(WORKSPACE.place)
    assert [f.id for f in found] == ["activity.acute-ae.2020_21"]
    assert {f.status for f in Search(status="assumed").matches(WORKSPACE.place)} == {"assumed"}


def test_a_page_beyond_the_last_is_the_last() -> None:
    figures = list(WORKSPACE.place.figures.values())
    shown, now, last = page_of(figures, 99)
    assert (now, last) == (2, 2)
    assert len(shown) == len(figures) - 50


def test_two_scenarios_differ_by_what_one_leaves_out(printed: PlanDocument) -> None:
    scenario = choose(WORKSPACE.place, {"falls": Choice(Basis.OFF)})
    without = WORKSPACE.document(scenario)
    gap = compare.difference(without, printed)
    falls = next(s for s in printed.solutions if s.id == "falls")
    assert gap["2020/21"] == pytest.approx(-falls.after_overlap_gbp_m["2020/21"], abs=0.002)
    assert "worse off" in compare.pair_answer(gap, "2020/21")
    rows = compare.choices(scenario, choose(WORKSPACE.place), WORKSPACE.place).rows
    assert [(r["name"], r["ours"], r["theirs"]) for r in rows] == [
        ("Preventing falls", "left out", "as claimed")
    ]


def test_a_place_without_a_printed_plan_is_not_said_to_be_calibrated(
    printed: PlanDocument,
) -> None:
    points = [p.model_copy(update={"printed": {}}) for p in printed.points_of_delivery]
    bare = printed.model_copy(
        update={"calibrated": [], "points_of_delivery": points, "stf_gbp_m": {}, "aims": []}
    )
    said = plan.plan_page(bare, WORKSPACE.place, [])
    assert "calibrat" not in said.caption
    assert "STF" not in said.caption
    assert [(a.heading, a.status) for a in said.aims] == [("Money", "assumed")]
    assert "we expect growth" in activity.answer(bare)
    assert activity.findings(bare) == []
    assert money.calibrated(bare) == []
    headers = [c.label for c in lines(bare, "commissioner").columns]
    assert headers == ["Line", "Kind", "2016/17", "2020/21", "Change"]
