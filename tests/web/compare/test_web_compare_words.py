"""Two scenarios in words."""

import pytest
from sample_plan import SampleWorkspace

from tripleaim.plan.basis import Basis
from tripleaim.plan.overlap.scenario import Choice, choose
from tripleaim.plan.publish.document import PlanDocument
from tripleaim.web.pages.compare import presenters as compare

WORKSPACE = SampleWorkspace()


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
