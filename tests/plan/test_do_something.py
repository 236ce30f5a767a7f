"""Do something is an activity too: the same columns, contacts of the outcome, cost less savings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from small_place import COSTS, YEARS, Folk, small_place

from tripleaim.accounts import (
    account,
    account_inputs,
    by_point_of_delivery,
    flow_inputs,
    flow_matrix,
)
from tripleaim.activity import Activity, CellGrid, Origin
from tripleaim.capacity import staff_inputs, workforce
from tripleaim.place import InputError
from tripleaim.plan import Basis, Choice, Workspace, choose
from tripleaim.plan.overlap.combined_effects import combine_effects
from tripleaim.plan.overlap.do_something import do_something
from tripleaim.plan.overlap.effects import effects
from tripleaim.plan.overlap.outcome import evaluate, prices
from tripleaim.plan.overlap.reach_cells import ReachCells, cells_of_groups

PLACE = small_place()
POINTS = [p.id for p in PLACE.points_of_delivery]
GRID = CellGrid(("east", "west"))
FOLK = Folk(11, n=300)
CELL = np.random.default_rng(3).choice([0, 7, 400], FOLK.n)
BASES = (Basis.AFTER_OVERLAP, Basis.ON_EVIDENCE, Basis.AS_CHOSEN)


def cells() -> ReachCells:
    """In which cells the groups of `FOLK` are, in the order of its groups."""
    whole = FOLK.grouped(PLACE)
    return ReachCells(
        GRID,
        tuple(
            cells_of_groups(group, CELL, FOLK.contacts[y], len(GRID))
            for y, group in enumerate(whole)
        ),
    )


@pytest.fixture(scope="module")
def outcome():
    choices = {"cheaper": Choice(Basis.OWN_VALUE, own=0.2), "moved": Choice(uptake=0.7)}
    return evaluate(PLACE, FOLK.groups(PLACE), COSTS, choose(PLACE, choices))


def left(outcome, basis: Basis) -> Activity:
    return do_something(
        PLACE, FOLK.groups(PLACE), cells(), outcome, basis, costs=COSTS, inputs_sha256="0"
    )


@pytest.mark.parametrize("basis", BASES)
def test_contacts_over_all_cells_are_the_outcomes(outcome, basis):
    activity = left(outcome, basis)
    for p, point in enumerate(POINTS):
        for y, year in enumerate(YEARS):
            found = activity.total(point_of_delivery=point, year=year)
            assert found == pytest.approx(outcome.on(basis).activity[p, y], rel=1e-12)


@pytest.mark.parametrize("basis", BASES)
def test_cost_falls_by_what_effects_save_before_investment(outcome, basis):
    activity = left(outcome, basis)
    before = FOLK.groups(PLACE).contacts * prices(PLACE, COSTS)
    for y, year in enumerate(YEARS):
        saved = before[:, y].sum() - activity.total("cost", year=year)
        gross = outcome.gross(outcome.on(basis))[y]
        assert saved / 1e6 == pytest.approx(gross, rel=1e-9, abs=1e-12)


def test_a_cell_keeps_what_its_own_people_keep(outcome):
    """The oracle: effects met among the people of one cell alone, as `meet` has it."""
    size = outcome.after_overlap.sized.size
    activity = left(outcome, Basis.AFTER_OVERLAP)
    for cell in np.unique(CELL):
        alone = FOLK.take(np.flatnonzero(cell == CELL)).groups(PLACE)
        combined = combine_effects(
            alone, effects(PLACE), outcome.terms.uptake, size, prices(PLACE, COSTS)
        )
        locality, _, sex, quintile, _ = np.unravel_index(cell, GRID.sizes)
        rows = activity.by(
            "point_of_delivery",
            "year",
            locality=GRID.localities[locality],
            sex=("male", "female")[sex],
            quintile=int(quintile) + 1,
        ).to_pylist()
        assert {"east", "west"} >= {GRID.localities[locality]}
        for row in rows:
            p, y = POINTS.index(row["point_of_delivery"]), YEARS.index(row["year"])
            assert row["quantity"] == pytest.approx(combined.contacts[p, y], rel=1e-9)


def test_a_shorter_stay_takes_days_and_no_contact():
    beds = tuple(replace(p, bed_days=5.0) for p in PLACE.points_of_delivery)
    place = replace(PLACE, points_of_delivery=beds)
    chosen = evaluate(
        place,
        FOLK.groups(place),
        COSTS,
        choose(
            place,
            {s.id: Choice(Basis.OFF) for s in place.solutions if s.id != "cheaper"},
        ),
    )
    activity = do_something(
        place, FOLK.groups(place), cells(), chosen, Basis.AS_CHOSEN, costs=COSTS, inputs_sha256="0"
    )
    ward = {"point_of_delivery": "ward", "year": YEARS[-1]}
    before = FOLK.groups(place).contacts[POINTS.index("ward"), -1]
    assert activity.total(**ward) == pytest.approx(before)
    assert activity.total("bed_days", **ward) < 5 * before


def test_claims_are_accounts_without_activity(outcome):
    with pytest.raises(ValueError, match="claims have no contacts"):
        left(outcome, Basis.AS_CLAIMED)


@pytest.fixture(scope="module")
def run(somerset_workspace: Workspace) -> Activity:
    return somerset_workspace.activity


def test_a_run_holds_do_nothing_and_do_something_in_the_one_table(run, somerset):
    assert set(run.scenarios) == {
        "do_nothing", "do_nothing_uncalibrated", "after_overlap", "on_evidence",
    }  # fmt: skip
    assert run.years == (somerset.base_year, *somerset.years)


def test_contracts_of_a_point_of_delivery_add_up_to_it_and_cost_what_is_in_the_books(
    run, somerset_workspace
):
    place, nothing = somerset_workspace.place, somerset_workspace.nothing
    accounts = somerset_workspace.money.calibrated
    for year in (place.years[0], place.last_year):
        matrix = flow_matrix(flow_inputs(place), accounts, year, nothing.residents)
        books = by_point_of_delivery(flow_inputs(place), matrix, nothing.activity)
        rows = run.by(
            "point_of_delivery", "commissioner", "provider", scenario="do_nothing", year=year
        ).to_pylist()
        for row in rows:
            if row["cost"] is not None:
                amount = books[row["point_of_delivery"]][row["commissioner"], row["provider"]]
                assert row["cost"] == pytest.approx(float(amount), abs=1.0)
        for point in place.points_of_delivery:
            whole = run.total(point_of_delivery=point.id, scenario="do_nothing", year=year)
            parts = [r["quantity"] for r in rows if r["point_of_delivery"] == point.id]
            assert sum(parts) == pytest.approx(whole)


def test_who_provides_a_localitys_care_is_marked_as_not_known(run):
    with pytest.raises(InputError, match="known only for the whole place"):
        run.by("locality", "provider", scenario="do_nothing", year="2020/21")
    mixed = run.by(
        "provider", scenario="do_nothing", known_by="people", point_of_delivery="acute-ae"
    )
    assert mixed["provider"].to_pylist() == ["all"]


def test_money_and_staff_follow_a_recorded_table_handed_in_instead(somerset_workspace, tmp_path):
    """A recorded year stands where a projected one stood; nothing else changes."""
    place, nothing = somerset_workspace.place, somerset_workspace.nothing
    contacts = {p: dict(by_year) for p, by_year in nothing.activity.contacts.items()}
    contacts["acute-ae"][place.last_year] *= 1.1
    Activity.of_totals(contacts, Origin(True, "recorded", "feed")).write(tmp_path / "a.parquet")
    recorded = Activity.read(Path(tmp_path / "a.parquet"))
    inputs = account_inputs(place)
    calibration = somerset_workspace.calibration.money
    parameters = calibration.on(inputs.parameters)

    projected = account(inputs, nothing.activity, nothing.registered, parameters)
    observed = account(inputs, recorded, nothing.registered, parameters)
    weights = inputs.line("acute").unit_costs
    last = place.last_year
    before = sum(nothing.activity.contacts[p][last] * w for p, w in weights.items())
    after = sum(contacts[p][last] * w for p, w in weights.items())
    assert observed.spend("acute", last) / projected.spend("acute", last) == pytest.approx(
        after / before
    )
    assert observed.spend("prescribing", last) == pytest.approx(
        projected.spend("prescribing", last)
    )

    staff = staff_inputs(place)
    more = {g.group: g.needed for g in workforce(staff, recorded).groups if g.year == last}
    same = {g.group: g.needed for g in workforce(staff, nothing.activity).groups if g.year == last}
    assert sum(more.values()) > sum(same.values())


def test_nothing_but_contracts_and_people_are_known(run):
    assert set(run.by("known_by", scenario="do_nothing")["known_by"].to_pylist()) == {
        "people", "contract",
    }  # fmt: skip
