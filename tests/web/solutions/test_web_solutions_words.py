"""Solutions in words."""

import pytest
from django.test import Client
from sample_plan import SampleWorkspace

from tripleaim.place import Place
from tripleaim.plan.publish.document import PlanDocument, PrintedPart
from tripleaim.web.pages.solutions import presenters as solutions
from tripleaim.web.pages.solutions import printed as printed_lines
from tripleaim.web.pages.solutions import strength, tables
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
    assert solutions.one_answer(part, "2020/21").startswith("The claim is impossible")


@pytest.mark.parametrize(
    ("value", "said"), [(-0.03, "3.0% less"), (0.02, "2.0% more"), (0.0, "no change")]
)
def test_an_effect_is_said_in_per_cent(value: float, said: str) -> None:
    assert solutions.change(value) == said


def test_an_interval_of_changes_says_its_direction_once() -> None:
    assert solutions.change_range(-0.08, -0.02) == "2.0% to 8.0% less"
    assert solutions.change_range(0.02, 0.08) == "2.0% to 8.0% more"
    assert solutions.change_range(-0.08, 0.02) == "8.0% less to 2.0% more"


def test_solutions_are_filtered_and_sorted_by_how_strong_their_evidence_is(
    printed: PlanDocument,
) -> None:
    known = Filters(evidence_class="shown to work and cost more than it saves")
    assert [s.id for s in known.shown(printed.solutions, "2020/21")] == [printed.solutions[0].id]
    controlled = Filters(design="controlled", directness="direct").shown(
        printed.solutions, "2020/21"
    )
    assert controlled
    assert {(s.evidence[0].design, s.evidence[0].directness) for s in controlled} == {
        ("controlled", "direct")
    }
    most = Filters(sort="studies").shown(printed.solutions, "2020/21")
    numbers = [s.evidence[0].studies for s in most]
    assert numbers == sorted(numbers, reverse=True)
    designs = [s.evidence[0].design for s in Filters(sort="design").shown(most, "2020/21")]
    order = {"controlled": 0, "before-after": 1, "none": 2}
    assert [order[d] for d in designs] == sorted(order[d] for d in designs)


def test_what_nobody_measured_is_said_to_be_not_known_and_not_nothing(
    printed: PlanDocument,
) -> None:
    part = next(
        s for s in printed.solutions if s.classes[0].net_gbp_m is None and s.beliefs[-1].possible
    )
    answer = solutions.one_answer(part, "2020/21")
    assert answer.startswith("We do not know whether it saves what is claimed.")
    assert "(split assumed)" in answer
    table = solutions.evidence(
        next(s for s in printed.solutions if not s.evidence[0].measured), WORKSPACE.place
    )
    assert {row["found"] for row in table.rows} == {"not measured"}
    assert {row["used"] for row in table.rows} == {"nothing: not known"}


def test_printed_facts_of_a_solution_have_their_place_and_ours_are_marked(
    printed: PlanDocument, somerset: Place
) -> None:
    lines = [
        PrintedPart(
            thing="start", status="published", says="May 2017.", where="Priority 4", cause=""
        ),
        PrintedPart(thing="amount", status="assumed", says="", where="", cause="the split is ours"),
    ]
    part = printed.solutions[0].model_copy(
        update={"printed": lines, "printed_source": "somerset-stp-2016"}
    )
    table = printed_lines.printed(part, somerset)
    assert "Somerset Sustainability and Transformation Plan" in table.caption
    assert table.rows[0] == {
        "thing": "Start", "says": "May 2017.", "where": "Priority 4", "status": "Published",
        "cause": "",
    }  # fmt: skip
    assert table.rows[1]["says"] == "Not printed"
    assert table.rows[1]["cause"] == "The split is ours"
    assert printed_lines.is_printed(part, "start")
    assert not printed_lines.is_printed(part, "amount")


def test_a_solution_without_an_amount_is_not_known_and_not_zero(printed: PlanDocument) -> None:
    part = printed.solutions[0].model_copy(update={"amount_known": False})
    assert "not known, which is not the same as nothing" in solutions.one_answer(part, "2020/21")
    document = printed.model_copy(update={"solutions": [part, *printed.solutions[1:]]})
    row = next(r for r in tables.solutions(document).rows if r["id"] == part.id)
    assert (row["claim"], row["overlap"], row["evidence"]) == (None, None, None)
    assert row["band"] == "not known"
    assert solutions.answer(document, document.solutions).endswith(
        "One is named without an amount. What it would save is not known and not included."
    )


def test_studies_of_something_else_are_not_shown_as_studies_of_the_solution(
    printed: PlanDocument,
) -> None:
    of_it, of_else = (
        next(
            e for s in printed.solutions for e in s.evidence if e.measured is measured and e.studies
        )
        for measured in (True, False)
    )
    assert strength.studies(of_it) == str(of_it.studies)
    assert strength.studies(of_else) == f"{of_else.studies}, of something else"
    unknown = of_else.model_copy(update={"studies": None})
    assert strength.studies(unknown) == "not stated"
    assert strength.studies(of_else.model_copy(update={"studies": 0})) == "0"


def test_the_people_a_solution_reaches_are_described_in_words_with_the_expression(
    client: Client, printed: PlanDocument
) -> None:
    solution = printed.solutions[0]
    body = client.get(f"/places/somerset/solutions/{solution.id}/").content.decode()
    assert "People aged 75 and over with two or more conditions. That is " in body
    behind = body[body.index("The expression behind this") :]
    assert behind.index("<code>age &gt;= 75 and conditions_count &gt;= 2</code>") < 200
