"""What is assumed otherwise moves the plan by what can be worked out by hand, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.accounts import account_inputs
from tripleaim.place import load
from tripleaim.plan import Workspace, assumptions_of, choose

NAME = "inflation.provider-cost"
LAST = "2020/21"


def gap(workspace: Workspace, **values: float) -> dict[str, float]:
    """The NHS position of the last year, by position, where figures are so."""
    named = {name.replace("__", ".").replace("_", "-"): v for name, v in values.items()}
    document = workspace.document(choose(workspace.place, assumptions=named))
    return {name: by_year[LAST] for name, by_year in document.gap_gbp_m.items()}


def test_a_point_on_inflation_moves_the_gap_by_what_can_be_worked_out_by_hand(
    somerset_workspace: Workspace,
) -> None:
    """Providers' costs grow by 1.033 instead of 1.023 a year over four years. What is paid at the
    tariff (inflation less efficiency of 2%) grows by 1.013 instead of 1.003, but where the growth
    of spend is stated: there dearer care leaves less volume. Others buy as the place's commissioner
    does. Nothing else moves."""
    money, inputs = somerset_workspace.money.calibrated, account_inputs(somerset_workspace.place)
    cost, tariff = (1.033 / 1.023) ** 4, (1.013 / 1.003) ** 4
    at_tariff = {line.id for line in inputs.lines if line.price is None}
    volume = {
        line.id: 1 / tariff if line.growth is not None and line.price is None else 1.0
        for line in inputs.lines
    }
    bought = {
        line.line: line.base * line.drivers["activity"][LAST]
        for line in money.lines
        if line.side == "providers" and line.kind == "income" and line.line in volume
    }
    volume["elsewhere"] = sum(volume[n] * v for n, v in bought.items()) / sum(bought.values())
    by_hand = 0.0
    for line in money.lines:
        if line.side == "providers" and line.kind == "cost":
            by_hand += line.amount(LAST) * (cost * volume[line.line] - 1)
        elif line.line in at_tariff or line.line == "elsewhere":
            by_hand += line.amount(LAST) * (tariff * volume[line.line] - 1)

    before, after = gap(somerset_workspace), gap(somerset_workspace, inflation__provider_cost=3.3)

    assert after["do_nothing"] - before["do_nothing"] == pytest.approx(by_hand, abs=1e-9)
    assert before["do_nothing"] == pytest.approx(-174.6, abs=0.05)
    beside = "do_nothing_uncalibrated"
    assert after[beside] < before[beside]
    # Claims are stated in pounds: they stay, and the gap after them moves as much.
    assert after["as_claimed"] - before["as_claimed"] == pytest.approx(by_hand, abs=1e-9)


def test_an_opening_changes_what_it_should_and_calibration_adds_the_same(
    somerset_workspace: Workspace,
) -> None:
    before, after = gap(somerset_workspace), gap(somerset_workspace, opening__providers=-50.4)

    first = somerset_workspace.place.years[0]
    moved = somerset_workspace.document(
        choose(somerset_workspace.place, assumptions={"opening.providers": -50.4})
    )
    stated = somerset_workspace.document(choose(somerset_workspace.place))
    assert moved.gap_gbp_m["do_nothing"][first] - stated.gap_gbp_m["do_nothing"][
        first
    ] == pytest.approx(-10.0)
    assert after["do_nothing"] < before["do_nothing"] - 10


def test_demand_moves_contacts_of_every_cell_and_group_alike(
    somerset_workspace: Workspace,
) -> None:
    place = somerset_workspace.place
    scenario = choose(place, assumptions={"demand.acute-ae": 1.0})
    document = somerset_workspace.document(scenario)
    before = somerset_workspace.document(choose(place))
    for year, steps in zip(place.years, range(5), strict=True):
        for point in place.points_of_delivery:
            grown = 1.01**steps if point.id == "acute-ae" else 1.0
            for which in ("do_nothing", "do_nothing_uncalibrated"):
                assert document.activity[which][point.id][year] == pytest.approx(
                    grown * before.activity[which][point.id][year], rel=1e-12
                )

    # Everywhere it is the same: the table by cell, known by people and by contract.
    table = somerset_workspace.do_something(scenario)
    for known_by in ("people", "contract"):
        total = table.total(
            point_of_delivery="acute-ae", year=LAST, scenario="do_nothing", known_by=known_by
        )
        assert total == pytest.approx(document.activity["do_nothing"]["acute-ae"][LAST])
    left = table.total(point_of_delivery="acute-ae", year=LAST, scenario="after_overlap")
    assert left == pytest.approx(document.activity["after_overlap"]["acute-ae"][LAST])

    part = next(p for p in document.points_of_delivery if p.id == "acute-ae")
    was = next(p for p in before.points_of_delivery if p.id == "acute-ae")
    added = document.activity["do_nothing"]["acute-ae"][LAST] * (1 - 1.01**-4)
    assert part.rest - was.rest == pytest.approx(added)


def test_a_rule_of_evidence_moves_what_evidence_supports_and_nothing_else(
    somerset_workspace: Workspace,
) -> None:
    place = somerset_workspace.place
    before = somerset_workspace.document(choose(place))
    none = {"solutions.before-after-weight": 0.0}
    after = somerset_workspace.document(choose(place, assumptions=none))

    for name in ("do_nothing", "as_claimed", "after_overlap"):
        assert after.gap_gbp_m[name] == before.gap_gbp_m[name]
    assert after.gap_gbp_m["on_evidence"][LAST] < before.gap_gbp_m["on_evidence"][LAST]
    # The interval moves with it: its draws are of the same study, counted for less.
    low, high = after.gap_interval_gbp_m["on_evidence"][LAST]
    was_low, was_high = before.gap_interval_gbp_m["on_evidence"][LAST]
    assert low < was_low
    assert high < was_high
    assert low < after.gap_gbp_m["on_evidence"][LAST] < high


def test_the_same_run_answers_as_before_once_something_else_was_assumed(
    somerset_workspace: Workspace,
) -> None:
    place = somerset_workspace.place
    before = somerset_workspace.document(choose(place))
    everything = {one.id: one.value for one in assumptions_of(place)}

    assert choose(place, assumptions=everything) == choose(place)
    somerset_workspace.document(choose(place, assumptions={"demand.gp": 1.5, NAME: 5.0}))
    assert somerset_workspace.document(choose(place)) == before


@pytest.mark.parametrize("name", ["somerset", "northamptonshire"])
def test_every_offered_assumption_has_a_figure_and_is_within_its_range(name: str) -> None:
    place = load(name)
    offered = assumptions_of(place)

    assert {one.group for one in offered} >= {"funding", "prices", "efficiency", "demand"}
    assert len({one.id for one in offered}) == len(offered)
    for one in offered:
        assert one.figure.id in place.figures
        assert one.credible(one.value)
        assert one.least < one.value < one.most or one.value in (one.least, one.most)
        assert np.isfinite(one.value)
