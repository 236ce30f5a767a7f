"""The main job from end to end, on the whole county and on a hamlet."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import openpyxl
import pytest

from tripleaim.core import RunContext
from tripleaim.data_folder import result_folder
from tripleaim.place import InputError, Place, load
from tripleaim.plan import PlanDocument, Workspace, choose, is_current, run_plan
from tripleaim.plan.basis import Basis
from tripleaim.plan.overlap.scenario import Choice

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "plan.schema.json"
SCENARIOS = ("do_nothing_uncalibrated", "do_nothing", "as_claimed", "after_overlap", "on_evidence")


@pytest.fixture(scope="module")
def plan(somerset_run: Path) -> dict[str, Any]:
    return json.loads((somerset_run / "plan.json").read_text(encoding="utf-8"))


def test_the_plan_follows_its_published_schema(plan: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(plan)


def test_the_published_schema_is_the_one_in_the_code() -> None:
    assert json.loads(SCHEMA.read_text("utf-8")) == PlanDocument.model_json_schema()


def test_do_nothing_meets_every_printed_activity_within_half_a_per_cent(
    plan: dict[str, Any], somerset: Place
) -> None:
    checked = 0
    for point in somerset.points_of_delivery:
        for year, figure in (("2016/17", point.printed_base), ("2020/21", point.printed_last)):
            printed = somerset.value(figure)
            assert plan["activity"]["do_nothing"][point.id][year] == pytest.approx(
                printed, rel=5e-3
            )
            checked += 1
    assert checked == 24


def test_uncalibrated_activity_is_given_too_and_differs(plan: dict[str, Any]) -> None:
    stated = plan["activity"]["do_nothing_uncalibrated"]
    growth = {p: by["2020/21"] / by["2016/17"] - 1 for p, by in stated.items()}
    printed = {
        p: by["2020/21"] / by["2016/17"] - 1 for p, by in plan["activity"]["do_nothing"].items()
    }
    assert sum(abs(growth[p] - printed[p]) > 0.005 for p in growth) >= 6


def test_the_causes_of_growth_add_up_to_it(plan: dict[str, Any]) -> None:
    for point in plan["points_of_delivery"]:
        by_year = plan["activity"]["do_nothing"][point["id"]]
        parts = sum(point[k] for k in ("size_and_age", "morbidity", "trend", "rest"))
        assert parts == pytest.approx(by_year["2020/21"] - by_year["2016/17"], abs=1e-3)


def test_the_printed_gap_is_met_and_the_printed_savings_close_it(plan: dict[str, Any]) -> None:
    gap, sides = plan["gap_gbp_m"], plan["sides"]
    assert gap["do_nothing"]["2020/21"] == pytest.approx(-174.626, abs=0.1)
    assert sides["commissioner"]["do_nothing"]["2020/21"] == pytest.approx(-80.658, abs=0.1)
    assert sides["providers"]["do_nothing"]["2020/21"] == pytest.approx(-93.967, abs=0.1)
    assert gap["do_nothing"]["cumulative"] == pytest.approx(-596, rel=0.01)
    assert gap["as_claimed"]["2020/21"] == pytest.approx(-20.862, abs=0.1)
    assert gap["as_claimed_after_stf"]["2020/21"] == pytest.approx(16.138, abs=0.1)


def test_sides_add_up_to_the_gap_and_years_to_the_cumulative(plan: dict[str, Any]) -> None:
    for scenario in SCENARIOS:
        by_year = plan["gap_gbp_m"][scenario]
        for year in plan["years"]:
            both = sum(plan["sides"][side][scenario][year] for side in plan["sides"])
            assert by_year[year] == pytest.approx(both, abs=1e-9)
        total = sum(by_year[year] for year in plan["years"])
        assert by_year["cumulative"] == pytest.approx(total, abs=1e-9)


def test_lines_of_the_accounts_add_up_to_each_side(plan: dict[str, Any]) -> None:
    for scenario, column in (
        ("do_nothing", "calibrated"),
        ("do_nothing_uncalibrated", "uncalibrated"),
    ):
        for side, positions in plan["sides"].items():
            lines = [line for line in plan["lines"] if line["side"] == side]
            for year in plan["years"]:
                total = sum(line[column][year] for line in lines)
                assert total == pytest.approx(positions[scenario][year], abs=1e-9)


def test_three_results_of_solutions_explain_the_three_gaps(plan: dict[str, Any]) -> None:
    gap = plan["gap_gbp_m"]
    for year in plan["years"]:
        claimed, left, believed = (
            sum(s[field][year] for s in plan["solutions"])
            for field in ("as_claimed_gbp_m", "after_overlap_gbp_m", "on_evidence_gbp_m")
        )
        start = gap["do_nothing"][year]
        cap = plan["evidence_cap_gbp_m"][year]
        assert gap["as_claimed"][year] == pytest.approx(start + claimed, abs=1e-6)
        assert gap["after_overlap"][year] == pytest.approx(start + left, abs=1e-6)
        assert gap["on_evidence"][year] == pytest.approx(start + believed + cap, abs=1e-6)
        assert plan["overlap_gbp_m"][year] == pytest.approx(claimed - left, abs=1e-6)


def test_classes_of_evidence_add_up_to_claims_and_investments(plan: dict[str, Any]) -> None:
    last, classes = plan["years"][-1], plan["evidence"]["classes"]
    assert [part["class"] for part in classes] == [
        "shown to pay",
        "shown to work and cost more than it saves",
        "shown not to work",
        "not known",
    ]
    for key, field in (
        ("claim_gbp_m", "as_claimed_gbp_m"),
        ("investment_gbp_m", "investment_gbp_m"),
    ):
        whole = sum(s[field][last] for s in plan["solutions"])
        assert sum(part[key] for part in classes) == pytest.approx(whole, abs=1e-6)
        for s in plan["solutions"]:
            assert sum(p[key] for p in s["classes"]) == pytest.approx(s[field][last], abs=1e-6)
    for s in plan["solutions"]:
        for part in s["classes"]:
            there = next(c for c in classes if c["class"] == part["class"])
            assert s["id"] in there["solutions"]


def test_the_range_starts_where_nothing_unknown_works_and_all_is_invested(
    plan: dict[str, Any],
) -> None:
    shown, last = plan["evidence"], plan["years"][-1]
    *known, open_ = shown["classes"]
    assert open_["net_gbp_m"] is None
    assert open_["net_range_gbp_m"] == [-open_["investment_gbp_m"], open_["claim_gbp_m"]]
    start = plan["gap_gbp_m"]["do_nothing"][last] + sum(part["net_gbp_m"] for part in known)
    low, high = shown["range_gbp_m"]
    assert low == pytest.approx(start - open_["investment_gbp_m"], abs=1e-6)
    assert shown["range_by_year_gbp_m"][last] == [low, high]
    added_up = start + open_["claim_gbp_m"]
    assert shown["range_before_overlap_gbp_m"][1] == pytest.approx(added_up, abs=1e-6)
    assert low < high < shown["range_before_cap_gbp_m"][1] < added_up


def test_what_is_studied_alone_leaves_out_what_nobody_measured_and_its_cost(
    plan: dict[str, Any],
) -> None:
    last = plan["years"][-1]
    saved = sum(
        s["investment_gbp_m"][last]
        for s in plan["solutions"]
        if not any(found["measured"] for found in s["evidence"])
    )
    expected = plan["gap_gbp_m"]["on_evidence"][last] + saved
    assert plan["evidence"]["studied_alone_gbp_m"] == pytest.approx(expected, abs=1e-6)


def test_the_interval_is_wider_where_the_untested_are_drawn(plan: dict[str, Any]) -> None:
    last, drawn = plan["years"][-1], plan["gap_interval_gbp_m"]
    fixed, open_ = drawn["on_evidence"][last], drawn["not_known_drawn"][last]
    assert open_[1] - open_[0] > 1.2 * (fixed[1] - fixed[0]) > 50
    assert fixed[0] < plan["gap_gbp_m"]["on_evidence"][last] < fixed[1]


def test_overlapping_effects_save_less_than_their_claims(plan: dict[str, Any]) -> None:
    last = plan["years"][-1]
    assert plan["overlap_gbp_m"][last] > 1
    assert plan["gap_gbp_m"]["on_evidence"][last] < plan["gap_gbp_m"]["after_overlap"][last]


def test_claims_add_up_to_the_printed_totals_of_every_year(plan: dict[str, Any]) -> None:
    totals = [sum(s["as_claimed_gbp_m"][year] for s in plan["solutions"]) for year in plan["years"]]
    assert totals == pytest.approx([42.4, 51.7, 74.6, 108.9, 153.764], abs=0.001)


def test_at_most_three_values_are_calibrated_each_in_its_range(plan: dict[str, Any]) -> None:
    assert 1 <= len(plan["calibrated"]) <= 3
    for value in plan["calibrated"]:
        assert value["low"] <= value["value"] <= value["high"]
        assert value["credible"]
        assert value["value"] != value["uncalibrated"]


def test_the_reconciliation_shows_what_is_not_met_as_well(plan: dict[str, Any]) -> None:
    by_figure = {row["figure"]: row for row in plan["reconciliation"]}
    assert by_figure["gap.2020_21.nhs"]["status"] == "met by calibration"
    assert by_figure["do-something.2020_21.after-stf"]["status"] == "met"
    assert by_figure["opening.nhs"]["status"] == "not met"
    assert all(row["published"] != 0 for row in plan["reconciliation"])


def test_the_activity_table_sums_to_the_plan(somerset_run: Path, plan: dict[str, Any]) -> None:
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select scenario, point_of_delivery, year, sum(quantity) from read_parquet(?) "
            "group by all",
            [str(somerset_run / "activity.parquet")],
        ).fetchall()
    scenarios = {"do_nothing", "do_nothing_uncalibrated", "after_overlap", "on_evidence"}
    assert {scenario for scenario, *_ in rows} == scenarios
    assert len(rows) == 12 * (2 * 6 + 2 * 5)
    for scenario, point, year, quantity in rows:
        if year == "2015/16":
            continue
        assert quantity == pytest.approx(plan["activity"][scenario][point][year], rel=1e-5)


def test_sums_in_the_workbook_are_formulas_over_their_lines(
    somerset_run: Path, plan: dict[str, Any]
) -> None:
    formulas = openpyxl.load_workbook(somerset_run / "plan.xlsx")["Gap"]
    values = openpyxl.load_workbook(somerset_run / "plan.xlsx", data_only=True)["Gap"]
    seen = 0
    for row in range(4, formulas.max_row + 1):
        if formulas.cell(row, 2).value != "NHS" or formulas.cell(row, 1).value != "Do nothing":
            continue
        seen += 1
        assert formulas.cell(row, 7).value == f"=SUM(G{row - 2}:G{row - 1})"
        parts = values.cell(row - 2, 7).value + values.cell(row - 1, 7).value
        assert values.cell(row, 7).value == pytest.approx(parts, abs=1e-9)
        assert values.cell(row, 7).value == pytest.approx(
            plan["gap_gbp_m"]["do_nothing"]["2020/21"]
        )
    assert seen == 1


def test_a_workspace_gives_the_same_plan_as_the_run(
    somerset_workspace: Workspace, plan: dict[str, Any]
) -> None:
    document = somerset_workspace.document(choose(somerset_workspace.place))
    assert json.loads(document.model_dump_json()) == plan


def test_a_choice_moves_what_it_should_and_nothing_else(somerset_workspace: Workspace) -> None:
    place = somerset_workspace.place
    solution = max(place.solutions, key=lambda s: sum(s.claim["providers"].values()))
    plain = somerset_workspace.document(choose(place))
    without = somerset_workspace.document(choose(place, {solution.id: Choice(Basis.OFF)}))
    claim = next(s for s in plain.solutions if s.id == solution.id).as_claimed_gbp_m[
        place.last_year
    ]
    moved = without.gap_gbp_m["as_claimed"][place.last_year]
    assert moved == pytest.approx(plain.gap_gbp_m["as_claimed"][place.last_year] - claim)
    assert without.gap_gbp_m["do_nothing"] == plain.gap_gbp_m["do_nothing"]
    assert without.scenario.sha256 != plain.scenario.sha256


def test_a_scenario_with_another_seed_is_refused_by_an_opened_run(
    somerset_workspace: Workspace,
) -> None:
    with pytest.raises(InputError, match="made with seed 7"):
        somerset_workspace.document(choose(somerset_workspace.place, seed=8))


def test_the_same_inputs_and_seed_give_the_same_bytes(
    hamlet: Path, hamlet_run: Path, tmp_path: Path
) -> None:
    run_plan(load(str(hamlet)), RunContext(7), tmp_path / "again")
    one, again = result_folder(hamlet_run), result_folder(tmp_path / "again")
    files = sorted(path.name for path in again.iterdir())
    assert {"plan.json", "plan.xlsx", "activity.parquet", "groups.npz"} <= set(files)
    for name in files:
        assert (one / name).read_bytes() == (again / name).read_bytes(), name


def test_another_seed_gives_other_people(hamlet: Path, hamlet_run: Path, tmp_path: Path) -> None:
    place = load(str(hamlet))
    one = PlanDocument.model_validate_json((hamlet_run / "plan.json").read_bytes())
    two = run_plan(place, RunContext(8), tmp_path / "8")
    assert one.population[place.last_year] != two.population[place.last_year]


def test_a_place_without_printed_figures_or_solutions_runs(hamlet_run: Path) -> None:
    document = PlanDocument.model_validate_json((hamlet_run / "plan.json").read_bytes())
    assert document.solutions == []
    assert document.calibrated == []
    assert document.gap_gbp_m["do_nothing"] == document.gap_gbp_m["do_nothing_uncalibrated"]
    assert document.gap_gbp_m["as_claimed"] == document.gap_gbp_m["do_nothing"]


def test_an_interrupted_run_leaves_the_last_good_output(
    hamlet: Path, hamlet_run: Path, tmp_path: Path
) -> None:
    out = Path(shutil.copytree(hamlet_run, tmp_path / "out"))
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}

    def stop(what: str, done: float) -> None:
        if what == "writing the plan" and done == 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_plan(load(str(hamlet)), RunContext(8, stop), out)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_run_is_current_only_for_its_own_inputs_and_seed(
    hamlet: Path, hamlet_run: Path, tmp_path: Path
) -> None:
    place = load(str(hamlet))
    assert not is_current(place, tmp_path / "out", 7)
    assert is_current(place, hamlet_run, 7)
    assert not is_current(place, hamlet_run, 8)


def test_a_run_whose_footprint_changed_is_not_opened(
    hamlet: Path, hamlet_run: Path, tmp_path: Path
) -> None:
    out = Path(shutil.copytree(hamlet_run, tmp_path / "out"))
    moved = Path(shutil.copytree(hamlet, tmp_path / "hamlet"))
    population = moved / "population.csv"
    population.write_text(population.read_text("utf-8").replace(",14", ",13"), "utf-8")
    with pytest.raises(InputError, match="has changed since this run"):
        Workspace.open(out, str(moved))


def test_a_file_in_the_way_of_the_output_folder_is_reported(hamlet: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    with pytest.raises(InputError, match="this is a file"):
        run_plan(load(str(hamlet)), RunContext(7), tmp_path / "out")
