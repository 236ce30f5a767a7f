"""Notes with the numbers of prevention and of futures."""

from __future__ import annotations

import pytest

from tripleaim import wording


def notes(**changed: object) -> list[str]:
    facts: dict[str, object] = {
        "last_year": "2020/21",
        "simulated": 1000,
        "registered": 1000,
        "without_evidence": [],
    }
    return wording.prevention_notes(**(facts | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "note"),
    [
        ({"simulated": 250}, "250 of 1,000 people were simulated"),
        ({"without_evidence": ["Walking groups", "Leaflets"]}, "no effect: Walking groups, Leafl"),
        ({"seeds": 8}, "the mean over 8 random seeds"),
        (
            {"draws": 256, "draws_simulated": 64},
            "64 draws, each simulated on another sample of people",
        ),
    ],
)
def test_a_note_appears_only_where_it_is_true(changed: dict[str, object], note: str) -> None:
    assert not any(note in one for one in notes())
    assert any(note in one for one in notes(**changed))


def test_years_that_nobody_lives_are_said_per_million() -> None:
    [first, *_, last] = wording.late_outcome_notes(
        counted=["Hip fractures"],
        carried=[("Heart attacks", "Coronary heart disease")],
        years_lost=30.0,
        years_lived=1_000_000.0,
    )
    assert "Years lost after hip fractures" in first
    assert "30 of 1,000,000 years of life lived, 30 in a million" in first
    assert last.startswith("The effect of heart attacks (coronary heart disease) is part of")


@pytest.mark.parametrize(
    ("sex", "months", "said"),
    [
        ("female", (0, 3), ", women, months 0 to 3"),
        ("persons", (12, None), ", from month 12 on"),
        ("male", (0, None), ", men, for life"),
    ],
)
def test_whom_and_when_a_number_is_of_follows_its_comma(
    sex: str, months: tuple[int, int | None], said: str
) -> None:
    assert wording.months_after(sex, *months) == said


def test_the_note_says_if_lives_were_drawn_for_fewer_people() -> None:
    facts = {"draws": 256, "parameters": 40, "people": 562_446, "place": "Somerset", "limited": {}}
    everybody = wording.futures_notes(**facts, people_drawn=562_446)  # type: ignore[arg-type]
    some = wording.futures_notes(**facts, people_drawn=37_497)  # type: ignore[arg-type]
    assert "accurate to about 0.06" in everybody[2]
    assert some[:-1] == everybody
    assert "simulated 37,497 of the 562,446 people of Somerset" in some[-1]


def test_a_raised_uptake_warns_that_claims_grow_without_limit() -> None:
    note = wording.scaled_uptake_note(
        year="2020/21",
        solutions=["Falls prevention"],
        claim_gbp_m=12.0,
        investment_gbp_m=3.0,
        beyond_gbp_m=2.5,
    )
    assert "of Falls prevention are scaled with uptake without limit, to £12.0m and £3.0m" in note
    assert "£2.5m of the claim is impossible" in note
    within = wording.scaled_uptake_note(
        year="2020/21", solutions=list("abcde"), claim_gbp_m=1, investment_gbp_m=1, beyond_gbp_m=0
    )
    assert "of 5 solutions are scaled" in within
    assert "of the claim is impossible" not in within


def test_changes_without_an_amount_are_named_and_in_no_total() -> None:
    assert wording.no_amount_note(["One model of urgent care"]) == (
        "The plan names one change without an amount: One model of urgent care. What it would "
        "save is not known, so no total here includes it."
    )
    assert wording.no_amount_note(["A", "B"]).startswith(
        "The plan names 2 changes without an amount: A"
    )


def test_the_saving_of_solutions_on_evidence_is_one_number() -> None:
    note = wording.evidence_note(
        year="2020/21",
        saved_gbp_m=4.03,
        spent_gbp_m=30.85,
        solutions=33,
        measured=10,
        controlled=5,
    )
    assert "solutions save £4.0m in 2020/21 and cost £30.9m of investment" in note
    assert "so the net saving on evidence is −£26.8m" in note
    assert "measured an effect of 10 of 33 solutions. For 5 they were controlled" in note
    assert "No study measured the other 23, so" in note


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            (1, 0, 0),
            ". No study measured an effect of the one solution, so we do not know what it saves. ",
        ),
        (
            (3, 0, 0),
            ". No study measured an effect of any of the 3 solutions, "
            "so we do not know what they save. ",
        ),
        (
            (3, 2, 1),
            "of 2 of 3 solutions. For 1 they were controlled studies. No study measured the other "
            "1, so we do not know what it saves. ",
        ),
        ((1, 1, 1), "of 1 of 1 solution. For 1 they were controlled studies. "),
    ],
)
def test_a_note_on_evidence_speaks_of_no_solution_that_is_not_there(
    counts: tuple[int, int, int], said: str
) -> None:
    solutions, measured, controlled = counts
    note = wording.evidence_note(
        year="2020/21",
        saved_gbp_m=0.0,
        spent_gbp_m=0.4,
        solutions=solutions,
        measured=measured,
        controlled=controlled,
    )
    assert f"{said}This is a lower end" in note


def test_a_column_on_evidence_says_why_it_adds_up_to_another_number() -> None:
    said = wording.evidence_sum(year="2020/21", one_by_one_gbp_m=-23.96, cap_gbp_m=-2.87)
    assert "On evidence the solutions one by one add up to −£24.0m in 2020/21" in said
    assert "reduce that by £2.9m" in said
    assert "leaves −£26.8m for all together" in said
    assert wording.evidence_sum(year="2020/21", one_by_one_gbp_m=-23.95, cap_gbp_m=0.0) == ""
