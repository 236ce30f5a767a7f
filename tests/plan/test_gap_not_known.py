"""A place whose gap nobody can know yet: what is asked for, what is shown, what is entered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from asking_place import ENTERED, asking_hamlet
from tripleaim.accounts import account, account_inputs, uncalibrated
from tripleaim.core import RunContext
from tripleaim.place import InputError, Place, asked_for, load
from tripleaim.plan import (
    PlanDocument,
    Workspace,
    assumptions_of,
    choose,
    place_assuming,
    run_plan,
)


@pytest.fixture(scope="module")
def place(hamlet: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return load(asking_hamlet(hamlet, tmp_path_factory.mktemp("asking")))


@pytest.fixture(scope="module")
def run(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    out = tmp_path_factory.mktemp("run") / "hamlet"
    run_plan(place, RunContext(7), out)
    return Workspace.open(out)


def test_a_default_does_not_answer_for_the_place(place: Place) -> None:
    assert list(asked_for(place)) == list(ENTERED)
    assert place.value("growth.allocation") == 2.5  # England's, which is not the place's
    assert uncalibrated(place).allocation_growth == dict.fromkeys(place.years, 0.0)
    assert uncalibrated(place).openings == {"commissioner": 0.0, "providers": 0.0}


def test_a_figure_of_every_year_answers_for_the_rate(place: Place) -> None:
    figure = replace(place.figures["growth.allocation"], value=1.5, held_by=place.folder.name)
    names = [f"growth.allocation.{year.replace('/', '_')}" for year in place.years]
    own = {name: replace(figure, id=name) for name in names}
    answered = replace(place, figures={**place.figures, **own})
    assert "growth.allocation" not in asked_for(answered)
    assert uncalibrated(answered).allocation_growth == dict.fromkeys(place.years, 0.015)
    del own[names[-1]]
    some = replace(place, figures={**place.figures, **own})
    rates = uncalibrated(some).allocation_growth
    # England's figures of single years are no answer; the place's own are, where they are there.
    assert "growth.allocation" in asked_for(some)
    assert [rates[year] for year in place.years] == [0.015] * (len(place.years) - 1) + [0.0]


def test_nothing_that_rests_on_a_position_is_in_the_document(run: Workspace) -> None:
    document = run.document(choose(run.place, seed=7))
    assert not document.gap_known
    assert [one.id for one in document.asked_for] == list(ENTERED)
    assert (document.gap_gbp_m, document.sides, document.lines, document.cash) == ({}, {}, [], {})
    assert (document.gap_interval_gbp_m, document.evidence) == ({}, None)
    assert "The gap is not known" in document.notes[0]
    assert PlanDocument.model_validate_json(document.model_dump_json()) == document


def test_care_is_counted_at_the_prices_of_the_first_year(run: Workspace) -> None:
    document = run.document(choose(run.place, seed=7))
    first = run.place.years[0]
    # The lines that the allocation pays for come to it; specialised services are on top.
    special = run.money.calibrated.spend("specialised", first)
    assert document.care_gbp_m[first] == pytest.approx(4.2 + special, rel=1e-12)
    richer = run.document(choose(run.place, seed=7, assumptions={"growth.allocation": 9.0}))
    assert not richer.gap_known
    assert richer.care_gbp_m == document.care_gbp_m


def test_the_opening_is_the_allocation_less_what_is_spent(run: Workspace) -> None:
    entered = place_assuming(run.place, ENTERED)
    assert asked_for(entered) == {}
    inputs = account_inputs(entered)
    accounts = account(inputs, run.nothing.activity, run.nothing.registered)
    first = run.place.years[0]
    income = {line.line: line.base for line in accounts.lines if line.kind == "income"}
    assert income["allocation"] == pytest.approx(4.2, rel=1e-12)
    assert accounts.side("commissioner")[first] == pytest.approx(-0.1, abs=1e-12)
    assert accounts.side("providers")[first] == pytest.approx(-0.05, abs=1e-12)


def test_an_allocation_of_the_base_year_is_carried_by_its_growth(run: Workspace) -> None:
    place = run.place
    stated = replace(place.figures["allocation.commissioner"], year=place.base_year)
    moved = place_assuming(replace(place, figures={**place.figures, stated.id: stated}), ENTERED)
    accounts = account(account_inputs(moved), run.nothing.activity, run.nothing.registered)
    allocation = next(line for line in accounts.lines if line.line == "allocation")
    assert allocation.base == pytest.approx(4.2 * 1.02, rel=1e-12)
    other = replace(stated, year="2012/13")
    with pytest.raises(InputError, match="expected an allocation of 2015/16 or 2016/17"):
        account_inputs(replace(place, figures={**place.figures, stated.id: other}))


def test_an_opening_as_large_as_the_allocation_is_refused(run: Workspace) -> None:
    moved = place_assuming(run.place, {**ENTERED, "opening.commissioner": 5.0})
    with pytest.raises(InputError, match="expected an opening position below the allocation"):
        account(account_inputs(moved), run.nothing.activity, run.nothing.registered)


def test_what_is_entered_in_a_scenario_gives_the_gap(run: Workspace) -> None:
    scenario = choose(run.place, seed=7, assumptions=ENTERED)
    document = run.document(scenario)
    first = run.place.years[0]
    assert document.gap_known
    assert document.gap_gbp_m["do_nothing"][first] == pytest.approx(-0.15, abs=1e-9)
    some = {name: value for name, value in ENTERED.items() if name != "growth.allocation"}
    partly = run.document(choose(run.place, seed=7, assumptions=some))
    assert [one.id for one in partly.asked_for] == ["growth.allocation"]
    # No entry is not the same as zero, and zero can be entered.
    zero = choose(run.place, seed=7, assumptions=dict.fromkeys(ENTERED, 0.0))
    assert run.document(zero).gap_known


def test_the_form_offers_what_is_not_known_without_a_value(place: Place) -> None:
    offered = {one.id: one for one in assumptions_of(place)}
    assert [offered[name].value for name in ENTERED] == [None, None, None]
    assert [offered[name].figure for name in ENTERED] == [None, None, None]
    assert offered["opening.providers"].asked == asked_for(place)["opening.providers"]
