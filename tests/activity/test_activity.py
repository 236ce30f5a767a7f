"""The one table of activity."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tripleaim.activity import (
    AGE_BANDS,
    SCHEMA,
    SEGMENTS,
    Activity,
    CellGrid,
    Origin,
    contract_rows,
    people_rows,
    sums_by,
)
from tripleaim.data_folder import DamagedFileError
from tripleaim.people import People
from tripleaim.place import InputError, Place

ORIGIN = Origin(recorded=False, scenario="do_nothing", inputs_sha256="0" * 64)
YEAR = "2016/17"


def activity_of(
    place: Place, people: People, quantity: np.ndarray, year: str = YEAR, origin: Origin = ORIGIN
) -> Activity:
    """What people have in a year, summed into cells; each point of delivery costs £10 more."""
    grid = CellGrid.of(people)
    sums = sums_by(grid.cells(people, year, people.conditions), quantity, len(grid))
    points = [point.id for point in place.points_of_delivery]
    stay = np.array([point.bed_days for point in place.points_of_delivery])
    pounds = 10.0 + np.arange(len(points))
    return Activity(
        people_rows(grid, points, year, sums, origin, bed_days=sums * stay, cost=sums * pounds)
    )


@pytest.fixture(scope="module")
def quantity(somerset: Place, somerset_people: People) -> np.ndarray:
    shape = (len(somerset_people), len(somerset.points_of_delivery))
    return np.random.default_rng(5).exponential(2, shape).astype(np.float32)


@pytest.fixture(scope="module")
def activity(somerset: Place, somerset_people: People, quantity: np.ndarray) -> Activity:
    return activity_of(somerset, somerset_people, quantity)


def test_the_table_holds_exactly_what_people_had(
    somerset: Place, quantity: np.ndarray, activity: Activity
) -> None:
    for p, point in enumerate(somerset.points_of_delivery):
        expected = quantity[:, p].sum(dtype=np.float64)
        assert activity.contacts[point.id][YEAR] == pytest.approx(expected, rel=1e-9)
        assert activity.total(point_of_delivery=point.id) == pytest.approx(expected, rel=1e-9)


def test_a_cell_is_the_sum_over_its_people(
    somerset_people: People, quantity: np.ndarray, activity: Activity
) -> None:
    people = somerset_people
    age, count = people.age_in(YEAR), np.bitwise_count(people.conditions)
    here = (age >= 75) & (age < 85) & (people.sex == 1) & (people.quintile == 2)
    here &= (count >= 2) & (count < 4)
    found = activity.total(
        age_band="75-84",
        sex="female",
        quintile=2,
        segment="two or three",
        point_of_delivery="acute-ae",
    )
    assert found == pytest.approx(quantity[here, 0].sum(dtype=np.float64), rel=1e-9)


def test_bed_days_are_admissions_times_length_of_stay(somerset: Place, activity: Activity) -> None:
    for point in somerset.points_of_delivery:
        expected = activity.contacts[point.id][YEAR] * point.bed_days
        assert activity.bed_days[point.id][YEAR] == pytest.approx(expected, rel=1e-9)


def test_cost_is_summed_and_null_without_one(somerset: Place, activity: Activity) -> None:
    for p, point in enumerate(somerset.points_of_delivery):
        expected = activity.contacts[point.id][YEAR] * (10 + p)
        assert activity.total("cost", point_of_delivery=point.id) == pytest.approx(expected)
    without = Activity.of_totals({"gp": {YEAR: 5.0}})
    assert without.by("year")["cost"].to_pylist() == [None]


def test_a_point_of_delivery_without_contacts_keeps_a_row_of_zero(
    somerset: Place, somerset_people: People
) -> None:
    nothing = np.zeros((len(somerset_people), len(somerset.points_of_delivery)), np.float32)
    found = activity_of(somerset, somerset_people, nothing)
    assert len(found.table) == len(somerset.points_of_delivery)
    assert found.contacts["gp"] == {YEAR: 0.0}


def test_labels_are_those_of_the_schema(activity: Activity) -> None:
    table = activity.table
    assert table.schema.equals(SCHEMA)
    assert set(table["age_band"].to_pylist()) == {label for label, _ in AGE_BANDS}
    assert set(table["segment"].to_pylist()) == {label for label, _ in SEGMENTS}
    assert set(table["provider"].to_pylist()) == {"all"}
    assert table["month"].null_count == len(table)
    bands = activity.by("age_band")["age_band"].to_pylist()
    assert bands == [label for label, _ in AGE_BANDS]


def test_sums_by_any_dimensions_add_up_to_the_whole(activity: Activity) -> None:
    whole = activity.total()
    for dimensions in (("locality",), ("sex", "quintile"), ("segment", "age_band", "year")):
        parts = activity.by(*dimensions)["quantity"].to_pylist()
        assert sum(parts) == pytest.approx(whole)


def test_a_filter_keeps_to_its_rows_and_filters_add_up(activity: Activity) -> None:
    east, *others = activity.by("locality")["locality"].to_pylist()
    there = activity.where(locality=east)
    assert there.where(sex="male").total() + there.where(sex="female").total() == pytest.approx(
        there.total()
    )
    assert activity.where(locality=others).total() + there.total() == pytest.approx(
        activity.total()
    )
    assert activity.where(locality=()).total() == 0
    assert len(there.table) < len(activity.table)


def test_months_are_periods_of_their_year() -> None:
    table = Activity.of_totals({"gp": {YEAR: 2.0}}).table
    at = SCHEMA.get_field_index("month")
    april = table.set_column(at, SCHEMA.field("month"), pa.array([4], pa.int8()))
    months = Activity(pa.concat_tables([april, april]))
    assert months.by("period").to_pylist()[0]["period"] == "2016/17-04"
    assert months.total(period="2016/17-04") == 4


def test_two_activities_are_compared_by_any_dimension() -> None:
    mine = Activity.of_totals({"gp": {YEAR: 2.0}, "ae": {YEAR: 1.0}})
    theirs = Activity.of_totals({"gp": {YEAR: 5.0}, "home": {YEAR: 4.0}})
    assert mine.compare(theirs, "point_of_delivery").to_pylist() == [
        {"point_of_delivery": "ae", "quantity": 1.0, "other_quantity": 0.0, "difference": -1.0},
        {"point_of_delivery": "gp", "quantity": 2.0, "other_quantity": 5.0, "difference": 3.0},
        {"point_of_delivery": "home", "quantity": 0.0, "other_quantity": 4.0, "difference": 4.0},
    ]


def test_what_is_known_by_contract_is_never_added_to_what_is_known_by_people() -> None:
    people = Activity.of_totals({"gp": {YEAR: 10.0}})
    shares = [("gp", "11X", "A", 7.0, 0.0, 70.0), ("gp", "11X", "B", 3.0, 0.0, None)]
    both = Activity.together([people, Activity(contract_rows(YEAR, shares, ORIGIN))])
    assert both.where(scenario="do_nothing").total() == 10
    assert both.by("provider").to_pylist() == [
        {"provider": "A", "quantity": 7.0, "bed_days": 0.0, "cost": 70.0},
        {"provider": "B", "quantity": 3.0, "bed_days": 0.0, "cost": None},
    ]
    with pytest.raises(InputError, match="the whole place: ask for them without locality"):
        both.by("locality", "provider")


def test_scenarios_are_not_added_up_unasked() -> None:
    one = Activity.of_totals({"gp": {YEAR: 1.0}})
    two = Activity.of_totals({"gp": {YEAR: 2.0}}, Origin(False, "after_overlap", ""))
    both = Activity.together([one, two])
    with pytest.raises(InputError, match="several scenarios; say which"):
        both.total()
    assert both.scenarios == ("after_overlap", "do_nothing")
    assert both.where(scenario="after_overlap").contacts == {"gp": {YEAR: 2.0}}
    assert both.by("scenario")["quantity"].to_pylist() == [2.0, 1.0]


def test_the_same_rows_make_the_same_bytes(activity: Activity, tmp_path: Path) -> None:
    table = activity.table
    activity.write(tmp_path / "one.parquet")
    Activity(pa.concat_tables([table.slice(0, 100), table.slice(100)])).write(
        tmp_path / "two.parquet"
    )
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_what_is_written_is_read_and_asked(activity: Activity, tmp_path: Path) -> None:
    activity.write(tmp_path / "activity.parquet")
    back = Activity.read(tmp_path / "activity.parquet")
    assert back.to_arrow().num_rows == activity.table.num_rows
    assert back.to_arrow().schema.equals(SCHEMA)
    assert back.by("locality", "sex").equals(activity.by("locality", "sex"))


def test_a_scenario_and_year_stand_in_row_groups_of_their_own(
    somerset: Place, somerset_people: People, quantity: np.ndarray, tmp_path: Path
) -> None:
    parts = [
        activity_of(somerset, somerset_people, quantity, year, Origin(False, scenario, ""))
        for scenario in ("a", "b")
        for year in ("2016/17", "2017/18")
    ]
    Activity.together(parts).write(tmp_path / "activity.parquet")
    file = pq.ParquetFile(tmp_path / "activity.parquet")
    for group in range(file.num_row_groups):
        rows = file.read_row_group(group, columns=["scenario", "year"])
        assert len(set(zip(*(rows[c].to_pylist() for c in rows.column_names), strict=True))) == 1


def test_rows_of_a_scenario_and_year_that_stand_apart_are_written_together(
    tmp_path: Path,
) -> None:
    path = tmp_path / "activity.parquet"
    parts = [
        Activity.of_totals({"gp": {year: quantity}}, Origin(False, scenario, ""))
        for scenario, year, quantity in (
            ("b", "2017/18", 1.0), ("a", "2016/17", 2.0), ("b", "2017/18", 3.0),
            ("b", "2016/17", 4.0), ("a", "2016/17", 5.0),
        )
    ]  # fmt: skip
    Activity.together(parts).write(path)
    assert Activity.read(path).table["quantity"].to_pylist() == [1.0, 3.0, 2.0, 5.0, 4.0]


@pytest.mark.parametrize(
    "wanted",
    [
        {"known_by": "people"},
        {"known_by": "contract", "year": ["2016/17", "2017/18"]},
        {"scenario": ("b",), "draw": 0},
        {"draw": [1, 2]},
        {"year": []},
    ],
)
def test_rows_of_a_table_are_those_that_a_statement_finds(
    wanted: dict[str, Any], tmp_path: Path
) -> None:
    origins = [Origin(False, scenario, "", draw) for scenario in "ab" for draw in (0, 1)]
    both = Activity.together(
        Activity.of_totals({"gp": {"2016/17": 1.0, "2018/19": 2.0}, "ae": {"2017/18": 3.0}}, origin)
        for origin in origins
    )
    both.write(tmp_path / "activity.parquet")
    by_statement = Activity.read(tmp_path / "activity.parquet").where(**wanted)

    def rows(one: Activity) -> list[str]:
        return sorted(map(str, one.table.to_pylist()))

    assert rows(both.where(**wanted)) == rows(by_statement)


def test_a_write_that_fails_leaves_the_last_good_file(activity: Activity, tmp_path: Path) -> None:
    path = tmp_path / "activity.parquet"
    activity.write(path)
    before = path.read_bytes()
    with pytest.raises(ValueError, match="SCHEMA"):
        Activity(activity.table.drop_columns(["cost"])).write(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_no_activity_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError, match="this file is missing"):
        Activity.read(tmp_path / "none.parquet")
    (tmp_path / "text.parquet").write_text("not parquet", encoding="utf-8")
    with pytest.raises(DamagedFileError, match="does not contain readable activity"):
        Activity.read(tmp_path / "text.parquet")
    pq.write_table(pa.table({"quantty": [1.0]}), tmp_path / "other.parquet")
    with pytest.raises(InputError, match='Did you mean "quantity"'):
        Activity.read(tmp_path / "other.parquet")


def test_an_unknown_dimension_is_refused_with_the_nearest(activity: Activity) -> None:
    with pytest.raises(InputError, match='Did you mean "locality"'):
        activity.by("localty")
    with pytest.raises(InputError, match='Did you mean "locality"'):
        activity.where(localty="east")
    with pytest.raises(InputError, match="at least one"):
        activity.by()
    with pytest.raises(InputError, match="expected a measure"):
        activity.total("price")


@pytest.mark.parametrize("attack", ["x'; DROP TABLE activity; --", "' OR 1=1 --"])
def test_a_value_is_a_value_whatever_it_holds(activity: Activity, attack: str) -> None:
    assert activity.total(locality=attack) == 0
    assert activity.total() > 0


def test_a_comparison_tells_no_group_from_no_cost() -> None:
    one = Activity.of_totals({"gp": {YEAR: 2.0}, "ae": {YEAR: 1.0}})
    other = Activity.of_totals({"gp": {YEAR: 3.0}})
    assert one.compare(other, "point_of_delivery").to_pylist() == [
        {"point_of_delivery": "ae", "quantity": 1.0, "other_quantity": 0.0, "difference": -1.0},
        {"point_of_delivery": "gp", "quantity": 2.0, "other_quantity": 3.0, "difference": 1.0},
    ]
    costs = one.compare(other, "point_of_delivery", measure="cost").to_pylist()
    assert [row["cost"] for row in costs] == [None, None]
    assert [row["other_cost"] for row in costs] == [0.0, None]
    with pytest.raises(InputError, match="quantity"):
        one.compare(other, "year", measure="quantities")


def test_rows_of_other_years_and_scenarios_are_not_read(tmp_path: Path) -> None:
    """All but what says which rows they are is spoilt in every row group but one."""
    totals = {p: dict.fromkeys(("2016/17", "2017/18"), 1.0) for p in ("ae", "gp")}
    parts = [Activity.of_totals(totals, Origin(False, s, "0")) for s in ("one", "two")]
    path = tmp_path / "activity.parquet"
    Activity.together(parts).write(path)
    content = bytearray(path.read_bytes())
    groups = pq.read_metadata(path)
    assert groups.num_row_groups == 4
    for g in range(3):
        for c in range(groups.num_columns):
            column = groups.row_group(g).column(c)
            if column.path_in_schema in ("scenario", "draw", "known_by"):
                continue  # asked for once, to know what the table holds
            start = column.dictionary_page_offset or column.data_page_offset
            content[start : start + column.total_compressed_size] = bytes(
                column.total_compressed_size
            )
    path.write_bytes(content)
    spoilt = Activity.read(path)
    assert spoilt.total(scenario="two", year="2017/18") == 2.0
    assert len(spoilt.by("point_of_delivery", scenario="two", year="2017/18")) == 2
    with pytest.raises(DamagedFileError, match="does not contain readable activity"):
        spoilt.total(scenario="two", year="2016/17")


def test_threads_ask_side_by_side(activity: Activity) -> None:
    asked = [("locality",), ("sex", "age_band"), ("quintile",), ("segment",)] * 4
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda by: activity.by(*by), asked))
    for by, answer in zip(asked, answers, strict=True):
        assert answer.equals(activity.by(*by))
