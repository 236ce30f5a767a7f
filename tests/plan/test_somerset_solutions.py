"""Somerset's solutions keep to what the plan prints and to what studies found."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from tripleaim.people import People
from tripleaim.place import Place
from tripleaim.plan.basis import Basis
from tripleaim.plan.overlap.claims import terms
from tripleaim.plan.overlap.groups import MOST_SOLUTIONS
from tripleaim.plan.overlap.reach import reach
from tripleaim.plan.overlap.scenario import Choice, choose

PRINTED = [42.4, 51.7, 74.6, 108.9, 153.764]


def test_claims_add_up_to_the_printed_totals(somerset: Place):
    claimed = terms(somerset, choose(somerset)).claimed
    assert claimed.sum(axis=(0, 1)) == pytest.approx(PRINTED, abs=1e-9)
    assert claimed[:, :, -1].sum(axis=0) == pytest.approx([68.993, 84.771], abs=1e-9)
    assert sum(PRINTED[1:]) == pytest.approx(somerset.value("savings.cumulative"), abs=0.05)
    assert PRINTED[0] == somerset.value("savings.2016_17")


def test_the_last_year_is_the_printed_total_but_for_its_last_digit(somerset: Place):
    by_side = terms(somerset, choose(somerset)).claimed[:, :, -1].sum()
    assert by_side - somerset.value("solutions.2020_21.nhs") == pytest.approx(0.001, abs=1e-9)


def test_read_as_included_five_years_make_389(somerset: Place):
    claimed = terms(somerset, choose(somerset, period_total="included")).claimed.sum(axis=(0, 1))
    assert claimed.sum() == pytest.approx(389, abs=1e-9)
    assert claimed[[0, -1]] == pytest.approx([42.4, 153.764], abs=1e-9)


def test_the_first_year_is_all_of_the_first_priority(somerset: Place):
    claimed = terms(somerset, choose(somerset)).claimed
    others = [s for s, solution in enumerate(somerset.solutions) if solution.priority != 1]
    assert not claimed[others, :, 0].any()


def test_at_least_22_solutions_stand_under_all_five_priorities(somerset: Place):
    assert 22 <= len(somerset.solutions) <= MOST_SOLUTIONS
    assert {solution.priority for solution in somerset.solutions} == {1, 2, 3, 4, 5}


def test_nothing_is_claimed_or_spent_before_a_solution_starts(somerset: Place):
    plan = terms(somerset, choose(somerset))
    idle = plan.uptake == 0
    assert not plan.claimed.sum(axis=1)[idle].any()
    assert not plan.investment[idle].any()
    assert (plan.claimed >= 0).all()


def test_every_claim_but_the_printed_one_is_assumed_and_every_investment_has_a_cause(
    somerset: Place,
):
    for solution in somerset.solutions:
        assert ("chart" in solution.claim_cause) == (solution.claim_status == "assumed")
        assert solution.investment_cause


def test_what_began_in_2016_starts_in_2016(somerset: Place):
    assert somerset.solution("enhanced-primary-care").start == "2016/17"
    assert somerset.solution("complex-care-hubs").start == "2016/17"
    assert somerset.solution("reablement").start == "2016/17"
    assert somerset.solution("cancer-and-specialised-pathways").start == "2017/18"
    first = terms(somerset, choose(somerset)).uptake[:, 0]
    ids = [solution.id for solution in somerset.solutions]
    tracked = somerset.value("enhanced-care.practices.2016_12") / somerset.value("practices.plan")
    assert first[ids.index("enhanced-primary-care")] == pytest.approx(tracked, abs=0.05)
    assert first[ids.index("complex-care-hubs")] == pytest.approx(0.15)


def test_coaches_are_the_partners_cost_once_the_vanguard_ends(somerset: Place):
    spent = somerset.solution("enhanced-primary-care").recurrent
    coach = next(row for row in somerset.rows("staff_groups.csv") if row["id"] == "health-coach")
    coaches = somerset.value("skill-mix.health-coach.vanguard") * coach["cost"] / 1e6
    growth = somerset.value("skill-mix.extra-cost")
    assert spent["2016/17"] == 0
    assert spent["2020/21"] == pytest.approx(growth + coaches, abs=0.05)
    assert spent["2018/19"] == pytest.approx(3.8 + coaches, abs=0.05)


def test_an_effect_without_a_study_counts_as_zero(somerset: Place):
    for solution in somerset.solutions:
        for effect in solution.effects:
            found = effect.evidence
            if not found.measured:
                assert (found.value, found.low, found.high) == (0, 0, 0)
            else:
                assert found.design != "none"
                assert found.source != "tripleaim"
                assert found.value < 0
                assert found.where


def test_organisations_are_those_of_the_place(somerset: Place):
    known = {o.id for o in somerset.organisations}
    for solution in somerset.solutions:
        assert set(solution.organisations) <= known


def test_every_study_listed_is_one_that_a_solution_rests_on_or_names(somerset: Place):
    path = somerset.path("sources_solutions.csv")
    lines = [t for t in path.read_text(encoding="utf-8").splitlines() if not t.startswith("#")]
    texts = " ".join(s.file.read_text(encoding="utf-8") for s in somerset.solutions)
    for row in csv.DictReader(lines):
        study, year = row["id"].rsplit("-", 1)
        named = row["id"] in texts or f"{study.title()} {year}" in texts
        assert named or row["title"].startswith("Cost of a quitter"), row["id"]


def test_every_solution_reaches_somebody_and_no_solution_everybody_by_accident(
    somerset: Place, somerset_people: People
):
    patterns = reach(somerset, somerset_people, somerset.base_year, somerset_people.conditions)
    for s, solution in enumerate(somerset.solutions):
        share = float(np.mean((patterns >> np.uint64(s)) & np.uint64(1) > 0))
        if solution.who == "age >= 0":
            assert share == 1.0
        else:
            assert 0.01 < share < 0.9, solution.id


def test_taking_a_solution_out_takes_its_claim_and_no_other(somerset: Place):
    plan = terms(somerset, choose(somerset)).claimed
    left = terms(somerset, choose(somerset, {"hospital-at-home": Choice(Basis.OFF)})).claimed
    s = [solution.id for solution in somerset.solutions].index("hospital-at-home")
    assert not left[s].any()
    assert np.array_equal(np.delete(left, s, axis=0), np.delete(plan, s, axis=0))
