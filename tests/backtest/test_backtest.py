"""The back-test of Somerset: it knows nothing after its base, and says how well it did."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from tripleaim.activity import Activity, Origin
from tripleaim.backtest import (
    Backtest,
    Observation,
    Observations,
    PlanProjection,
    known_after_the_plans_base,
    period,
    read_later,
)
from tripleaim.backtest.base_year_forecasts import (
    BaseYear,
    a_year_later,
    ageing_of_others,
    base_year_of,
    forecasts_elsewhere,
    own_ageing,
    own_forecasts,
)
from tripleaim.backtest.base_year_lives import local_deaths, residents, write_place
from tripleaim.backtest.forecast import Sampler
from tripleaim.backtest.later_figures import against_later, growth_a_year
from tripleaim.backtest.register_rules import judge_rules
from tripleaim.backtest.score import what_happened
from tripleaim.backtest.settings import BacktestSettings, History, read_settings
from tripleaim.backtest.template import write_template
from tripleaim.core import RunContext
from tripleaim.place import Column, InputError, Place, load, read_csv
from tripleaim.plan import printed_activity
from watching import undeclared, watch

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "backtest.schema.json"
DRAWING = Sampler(7, 200)


def base_year_from(place: Place, setting: BacktestSettings, history: History) -> BaseYear:
    return base_year_of(
        place, setting, history, base=setting.base, last=setting.last, context=RunContext(7)
    )


@pytest.fixture(scope="module")
def small_base_year(somerset: Place, setting: BacktestSettings, small: History) -> BaseYear:
    with watch(somerset.folder) as watched:
        base_year = base_year_from(load("somerset"), setting, small)
    assert "contact_rates.csv" in watched.asked
    assert not undeclared(watched, "backtest")
    return base_year


def test_changing_everything_after_the_base_changes_no_forecast(
    somerset: Place,
    setting: BacktestSettings,
    small: History,
    small_base_year: BaseYear,
    changed_after: Callable[[], History],
) -> None:
    other = changed_after()
    assert what_happened(other.record, setting) != what_happened(small.record, setting)
    after = base_year_from(somerset, setting, other)
    assert own_forecasts(after, DRAWING) == own_forecasts(small_base_year, DRAWING)
    assert forecasts_elsewhere(after, DRAWING) == forecasts_elsewhere(small_base_year, DRAWING)


def test_changing_what_was_known_does_change_forecasts(small_base_year: BaseYear) -> None:
    grown = Observations(
        tuple(
            replace(o, value=2 * o.value) if o.table == "registers.csv" else o
            for o in small_base_year.known.observations
        )
    )
    before = [
        f.interval.central
        for f in own_forecasts(small_base_year, DRAWING)
        if f.group == "registers"
    ]
    after = [
        f.interval.central
        for f in own_forecasts(replace(small_base_year, known=grown), DRAWING)
        if f.group == "registers"
    ]
    assert after == pytest.approx([2 * value for value in before])


def test_registers_a_year_later_know_one_year_more_and_no_other(
    small: History, small_base_year: BaseYear
) -> None:
    base = period("2014/15")
    known = small.record.until(base.over)
    found = a_year_later(small_base_year, known, base, DRAWING)
    assert {(f.base, f.period.label) for f in found} == {("2014/15", "2015/16")}
    assert all(f.straight_line is not None for f in found)


def test_the_same_seed_gives_the_same_bytes(
    somerset: Place, setting: BacktestSettings, small: History, small_base_year: BaseYear
) -> None:
    again = base_year_from(somerset, setting, small)
    assert own_forecasts(again, DRAWING) == own_forecasts(small_base_year, DRAWING)
    assert np.array_equal(again.lived.people, small_base_year.lived.people)


def test_forecasts_lie_within_their_intervals_and_above_zero(small_base_year: BaseYear) -> None:
    for f in own_forecasts(small_base_year, DRAWING):
        assert 0 <= f.interval.p10 <= f.interval.p90
        assert f.interval.p10 <= 1.02 * f.interval.central + 2
        assert f.interval.p90 >= 0.98 * f.interval.central - 2


def test_the_place_of_the_base_holds_only_what_was_known(
    somerset: Place, setting: BacktestSettings, history: History, tmp_path: Path
) -> None:
    folder = tmp_path / "then"
    folder.mkdir()
    known = history.record.until(setting.base.over)
    vitals = history.england_wales.until(setting.base.over.year - 1)
    write_place(
        folder, somerset, setting, base=setting.base, known=known, england_wales=vitals, steps=3
    )
    then = load(folder)
    assert (then.base_year, then.years) == ("2013/14", ("2014/15", "2015/16", "2016/17"))
    rows = read_csv(folder / "population.csv", (Column("age"), Column("sex"), Column("population")))
    assert sum(float(row["population"]) for row in rows) == 538_104  # mid-2013, ONS
    registers = {
        row["register"]: row
        for row in csv.DictReader((folder / "registers.csv").open("r", encoding="utf-8"))
    }
    assert registers["CHD"]["register_count"] == "21269"  # QOF 2013/14
    trends = list(csv.DictReader((folder / "condition_trends.csv").open("r", encoding="utf-8")))
    assert {row["pct_a_year"] for row in trends} == {"0"}


def test_the_place_has_its_own_level_of_mortality(
    setting: BacktestSettings, history: History
) -> None:
    known = history.record.until(setting.base.over)
    vitals = history.england_wales.until(2013)
    ratio, observed = local_deaths(known, setting, vitals)
    every = [
        known.at("deaths.csv", "somerset", "all", str(year)) or 0 for year in (2011, 2012, 2013)
    ]
    assert observed.sum() == sum(every)
    assert np.all((ratio > 0.75) & (ratio < 1.05))  # a healthier county than most


def test_people_of_the_base_are_the_last_estimate_before_it(
    setting: BacktestSettings, history: History
) -> None:
    assert residents(history.record.until(setting.base.over), setting).sum() == 538_104
    assert residents(history.record, setting).sum() == 545_390


def test_what_happened_is_summed_like_the_forecast(
    setting: BacktestSettings, history: History
) -> None:
    happened = what_happened(history.record, setting)
    assert happened["population.csv", "somerset", "all", "2015"] == 545_390
    bands = [v for (t, b, s, p), v in happened.items() if t == "population.csv" and p == "2015"]
    singles = [
        o.value
        for o in history.record.observations
        if o.table == "population.csv" and o.period.label == "2015"
    ]
    assert sum(bands) == 545_390 + 545_390 + sum(singles)  # bands, all, single years
    assert happened["deaths.csv", "somerset", "all", "2015"] == 6025
    assert (
        happened["deaths.csv", "somerset", "80+", "2015"]
        + happened["deaths.csv", "somerset", "under 80", "2015"]
        == 6025
    )


def test_the_document_keeps_its_schema_and_has_what_happened(made: Backtest) -> None:
    document = json.loads(made.model_dump_json())
    jsonschema.validate(document, json.loads(SCHEMA.read_text("utf-8")))
    assert json.loads(SCHEMA.read_text("utf-8")) == Backtest.model_json_schema()
    groups = [p.group for p in made.scores]
    assert groups == [
        "people", "deaths", "registers", "A&E", "beds", "registers, a year later", "all",
    ]  # fmt: skip
    assert made.scores[-1].forecasts == sum(f.actual is not None for f in made.forecasts)
    assert sum(p.forecasts for p in made.scores[:-1]) == made.scores[-1].forecasts
    assert made.elsewhere[-1].forecasts > 5000
    assert made.verdict


def test_somerset_meets_the_aims_that_can_be_tested(made: Backtest) -> None:
    whole = made.scores[-1]
    assert 70 <= whole.coverage_pct <= 90
    assert 70 <= made.elsewhere[-1].coverage_pct <= 90
    assert whole.smaller_than_both > whole.straight_lines / 2
    assert whole.error_pct < whole.last_value_error_pct


def test_where_an_aim_is_missed_the_document_says_so(made: Backtest) -> None:
    said = " ".join(made.verdict)
    for part in made.scores[:-1]:
        missed = not 70 <= part.coverage_pct <= 90
        assert (f", {part.group}: coverage" in said) == missed


def test_later_figures_are_compared_with_what_the_plan_prints(
    somerset: Place, setting: BacktestSettings, small: History
) -> None:
    later = Observations(
        (
            Observation("ae.csv", "RBA", "attendances", period("2017/18"), 65_000.0),
            Observation("registers.csv", "11X", "CHD", period("2016/17"), 21_500.0 / 40),
            Observation("deaths.csv", "somerset", "all", period("2012"), 100.0),
            Observation("ae.csv", "XYZ", "attendances", period("2017/18"), 1.0),
        )
    )
    printed = printed_activity(somerset)
    found = against_later(somerset, setting, small, later, DRAWING, projection=printed)
    assert {(f.series, f.period) for f in found.forecasts} == {
        ("attendances", "2017/18"),
        ("CHD", "2016/17"),
    }
    growth = growth_a_year(printed)["acute-ae"]
    assert growth == pytest.approx(100 * ((259_558 / 226_564) ** (1 / 4) - 1))
    (ae,) = [f for f in found.forecasts if f.series == "attendances"]
    assert ae.printed == pytest.approx(ae.last_value * (1 + growth / 100) ** 2)
    assert found.printed_error_pct == pytest.approx(100 * abs((ae.printed or 0) / 65_000 - 1))
    assert found.unused == (
        "ae.csv, XYZ, 2017/18: the back-test forecasts nothing of this kind (1 rows)",
        "deaths.csv, somerset, 2012: not after 2015/16 (1 rows)",
    )


def test_any_activity_can_be_compared_recorded_or_projected(
    somerset: Place, setting: BacktestSettings, small: History
) -> None:
    later = Observations(
        (Observation("ae.csv", "RBA", "attendances", period("2017/18"), 65_000.0),)
    )
    totals = {"acute-ae": {"2016/17": 100.0, "2018/19": 121.0}}
    recorded = Activity.of_totals(totals, Origin(True, "recorded", "feed"))
    of_recorded = against_later(somerset, setting, small, later, DRAWING, projection=recorded)
    (ae,) = of_recorded.forecasts
    assert of_recorded.printed_growth_pct_a_year == {"acute-ae": pytest.approx(10)}
    assert ae.printed == pytest.approx(ae.last_value * 1.1**2)
    (alone,) = against_later(somerset, setting, small, later, DRAWING).forecasts
    assert alone.printed is None
    assert alone.interval == ae.interval


def test_a_place_without_a_history_says_what_it_lacks(somerset: Place) -> None:
    other = load("northamptonshire")
    assert read_settings(somerset).people == "somerset"
    with pytest.raises(InputError, match=r"backtest\.toml"):
        read_settings(other)


def test_a_template_is_filled_in_by_taking_a_mark_away(somerset: Place, tmp_path: Path) -> None:
    files = write_template(somerset, tmp_path)
    assert {f.name for f in files} == {
        "population.csv", "deaths.csv", "registers.csv", "ae.csv", "beds.csv",
    }  # fmt: skip
    ae = tmp_path / "ae.csv"
    text = ae.read_text("utf-8")
    assert "# RBA,attendances,2020/21,\n" in text
    for file in files:
        if file != ae:
            file.unlink()
    ae.write_text(
        text.replace("# RBA,attendances,2020/21,", "RBA,attendances,2020/21,70000"), "utf-8"
    )
    assert read_later(tmp_path).at("ae.csv", "RBA", "attendances", "2020/21") == 70_000
    with pytest.raises(InputError, match="does not exist yet"):
        write_template(somerset, tmp_path)


def test_half_of_the_growth_had_the_smallest_errors_elsewhere_and_the_plan_uses_it(
    made: Backtest,
) -> None:
    rules = made.register_rules
    assert {r.year for r in rules} == {"2015/16"}
    assert [(r.kept, r.most_pct_a_year) for r in rules] == [
        (0.0, None), (0.5, 1.0), (0.5, None), (1.0, None),
    ]  # fmt: skip
    assert [r.kept for r in rules if r.used] == [0.5]
    (used,) = [r for r in rules if r.used]
    assert used.elsewhere_registers > 3000
    assert used.elsewhere_error_pct == min(r.elsewhere_error_pct for r in rules)
    assert used.own_error_pct < rules[0].own_error_pct


def test_rules_are_judged_on_nothing_after_the_plans_base(
    setting: BacktestSettings, small: History, small_base_year: BaseYear
) -> None:
    late = Observations(
        tuple(
            replace(o, value=5 * o.value) if o.period.over > setting.later_base.over else o
            for o in small.record.observations
        )
    )
    own, elsewhere = own_ageing(small_base_year), ageing_of_others(small_base_year)
    before = judge_rules(small.record, setting, own=own, elsewhere=elsewhere)
    assert before
    assert judge_rules(late, setting, own=own, elsewhere=elsewhere) == before


@pytest.mark.parametrize("name", ["somerset", "northamptonshire"])
def test_the_plans_trends_carry_on_half_of_the_growth_of_registers_beyond_ageing(
    name: str,
) -> None:
    counting_changed, recording = {"ckd", "dementia"}, {"depression"}
    rows = load(name).own.rows("condition_trends.csv")
    assert counting_changed < {row["condition"] for row in rows}
    for row in rows:
        grown = (row["england_register_pct"] + row["place_register_pct"]) / 2
        half = (grown - row["ageing_pct"]) / 2
        illness = 0.0 if row["condition"] in counting_changed | recording else half
        assert row["pct_a_year"] == pytest.approx(illness, abs=0.006), row["condition"]
        filled = half if row["condition"] in recording else 0.0
        assert (row["recording_pct_a_year"] or 0.0) == pytest.approx(filled, abs=0.006)


def test_the_plans_own_run_and_the_rule_are_compared_with_what_happened(
    somerset: Place, setting: BacktestSettings, small: History
) -> None:
    years = {"2015/16": 100.0, "2016/17": 110.0, "2017/18": 120.0}
    plan = PlanProjection(
        activity=Activity.of_totals({"acute-ae": years}),
        registered={y: 10 * v for y, v in years.items()},
        residents={y: 9 * v for y, v in years.items()},
        deaths={"2015/16": 10.0, "2016/17": 20.0},
        having={"chd": years, "depression": years},
    )
    later = Observations(
        (
            Observation("ae.csv", "RBA", "attendances", period("2017/18"), 65_000.0),
            Observation("registers.csv", "11X", "CHD", period("2016/17"), 500.0),
            Observation("registers.csv", "11X", "HYP", period("2016/17"), 500.0),
            Observation("registers.csv", "11X", "DEP", period("2016/17"), 500.0),
            Observation("deaths.csv", "somerset", "all", period("2017"), 12.0),
        )
    )
    found = against_later(somerset, setting, small, later, DRAWING, plan=plan)
    by_series = {(f.series, f.period): f for f in found.forecasts}
    ae, chd = by_series["attendances", "2017/18"], by_series["CHD", "2016/17"]
    assert ae.plan == pytest.approx(ae.last_value * 1.2)
    assert chd.plan == pytest.approx(chd.last_value * 1.1)
    assert by_series["HYP", "2016/17"].plan is None
    # Its register fills up by recording beside what illness grows.
    dep = by_series["DEP", "2016/17"]
    assert dep.plan == pytest.approx(dep.last_value * 1.1 * 1.0642)
    # The year to mid-2017 lies in the calendar years 2016 and 2017; nine in ten are residents.
    assert by_series["all", "2017"].plan == pytest.approx(0.9 * 15)
    scores = {s.group: s for s in found.plan_scores}
    assert set(scores) == {"registers", "A&E", "deaths"}
    assert scores["A&E"].plan_error_pct == pytest.approx(100 * abs((ae.plan or 0) / 65_000 - 1))
    assert scores["A&E"].rule_error_pct == pytest.approx(
        100 * abs(ae.interval.central / 65_000 - 1)
    )


def test_what_the_tables_hold_after_the_plans_base_is_of_the_place_and_its_trusts(
    somerset: Place, setting: BacktestSettings
) -> None:
    """Nine months of 2016/17: attendances, beds available and beds occupied of two trusts."""
    found = known_after_the_plans_base(somerset).observations
    assert {o.body for o in found} == set(setting.trusts)
    assert {(o.table, o.series, o.period.label) for o in found} == {
        ("ae.csv", "attendances", "2016/17 Apr-Dec"),
        ("beds.csv", "available", "2016/17 Apr-Dec"),
        ("beds.csv", "occupied", "2016/17 Apr-Dec"),
    }
    assert len(found) == 6
