"""The one table of activity."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tripleaim.activity import (
    AGE_BANDS,
    SCHEMA,
    SEGMENTS,
    Origin,
    read,
    tabulate,
    totals,
    write,
)
from tripleaim.people import People
from tripleaim.place import InputError, Place

ORIGIN = Origin(recorded=False, scenario="do_nothing", inputs_sha256="0" * 64)


@pytest.fixture(scope="module")
def quantity(somerset: Place, somerset_people: People) -> np.ndarray:
    shape = (len(somerset_people), len(somerset.points_of_delivery))
    return np.random.default_rng(5).exponential(2, shape).astype(np.float32)


@pytest.fixture(scope="module")
def table(somerset: Place, somerset_people: People, quantity: np.ndarray) -> pa.Table:
    return tabulate(somerset, somerset_people, "2016/17", quantity, ORIGIN)


def test_the_table_holds_exactly_what_people_had(
    somerset: Place, quantity: np.ndarray, table: pa.Table
) -> None:
    found = {row["point_of_delivery"]: row["quantity"] for row in totals(table).to_pylist()}
    for p, point in enumerate(somerset.points_of_delivery):
        assert found[point.id] == pytest.approx(quantity[:, p].sum(dtype=np.float64), rel=1e-9)


def test_a_cell_is_the_sum_over_its_people(
    somerset_people: People, quantity: np.ndarray, table: pa.Table
) -> None:
    people = somerset_people
    age, count = people.age_in("2016/17"), np.bitwise_count(people.conditions)
    here = (age >= 75) & (age < 85) & (people.sex == 1) & (people.quintile == 2)
    here &= (count >= 2) & (count < 4)
    found = [
        row["quantity"]
        for row in totals(
            table, ("age_band", "sex", "quintile", "segment", "point_of_delivery")
        ).to_pylist()
        if (row["age_band"], row["sex"], row["quintile"], row["segment"])
        == ("75-84", "female", 2, "two or three")
        and row["point_of_delivery"] == "acute-ae"
    ]
    assert found == [pytest.approx(quantity[here, 0].sum(dtype=np.float64), rel=1e-9)]


def test_bed_days_are_admissions_times_length_of_stay(somerset: Place, table: pa.Table) -> None:
    stays = {point.id: point.bed_days for point in somerset.points_of_delivery}
    for row in totals(table).to_pylist():
        expected = row["quantity"] * stays[row["point_of_delivery"]]
        assert row["bed_days"] == pytest.approx(expected, rel=1e-9)


def test_cost_is_quantity_times_unit_cost_and_null_without_one(
    somerset: Place, somerset_people: People, quantity: np.ndarray, table: pa.Table
) -> None:
    pounds = {point.id: 10.0 + p for p, point in enumerate(somerset.points_of_delivery)}
    priced = tabulate(somerset, somerset_people, "2016/17", quantity, ORIGIN, unit_costs=pounds)
    for row in totals(priced).to_pylist():
        expected = row["quantity"] * pounds[row["point_of_delivery"]]
        assert row["cost"] == pytest.approx(expected, rel=1e-9)
    assert table["cost"].null_count == len(table)


def test_people_who_are_not_yet_born_take_no_row(somerset: Place, somerset_people: People) -> None:
    nothing = np.zeros((len(somerset_people), len(somerset.points_of_delivery)), np.float32)
    assert len(tabulate(somerset, somerset_people, "2016/17", nothing, ORIGIN)) == 0


def test_labels_are_those_of_the_schema(table: pa.Table) -> None:
    assert table.schema.equals(SCHEMA)
    assert set(table["age_band"].to_pylist()) == {label for label, _ in AGE_BANDS}
    assert set(table["segment"].to_pylist()) == {label for label, _ in SEGMENTS}
    assert set(table["provider"].to_pylist()) == {"all"}
    assert table["month"].null_count == len(table)


def test_the_same_rows_make_the_same_bytes(table: pa.Table, tmp_path: Path) -> None:
    write(table, tmp_path / "one.parquet")
    write(pa.concat_tables([table.slice(0, 100), table.slice(100)]), tmp_path / "two.parquet")
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_what_is_written_is_read_and_asked(table: pa.Table, tmp_path: Path) -> None:
    write(table, tmp_path / "activity.parquet")
    back = read(tmp_path / "activity.parquet")
    assert back.num_rows == table.num_rows
    assert back.schema.equals(SCHEMA)
    assert totals(tmp_path / "activity.parquet").equals(totals(table))


def test_a_write_that_fails_leaves_the_last_good_file(table: pa.Table, tmp_path: Path) -> None:
    path = tmp_path / "activity.parquet"
    write(table, path)
    before = path.read_bytes()
    with pytest.raises(ValueError, match="SCHEMA"):
        write(table.drop_columns(["cost"]), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_no_activity_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected an activity table"):
        read(tmp_path / "none.parquet")
    (tmp_path / "text.parquet").write_text("not parquet")
    with pytest.raises(InputError, match="expected an activity table"):
        read(tmp_path / "text.parquet")
    pq.write_table(pa.table({"quantty": [1.0]}), tmp_path / "other.parquet")
    with pytest.raises(InputError, match='Did you mean "quantity"'):
        read(tmp_path / "other.parquet")


def test_an_unknown_dimension_is_refused_with_the_nearest(table: pa.Table) -> None:
    with pytest.raises(InputError, match='Did you mean "locality"'):
        totals(table, ("localty",))
    with pytest.raises(InputError, match="at least one"):
        totals(table, ())
