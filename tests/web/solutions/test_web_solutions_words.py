"""Solutions in words."""

import pytest
from sample_plan import SampleWorkspace

from tripleaim.plan.publish.document import PlanDocument
from tripleaim.web.pages.solutions import presenters as solutions
from tripleaim.web.pages.solutions.filters import Filters

WORKSPACE = SampleWorkspace()


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
