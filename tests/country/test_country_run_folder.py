"""What a run leaves in its folder: shards that show damage, and a result that is whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.country import run_folder
from tripleaim.country.shard_file import DamagedError, from_bytes, tally_sha256, to_bytes
from tripleaim.measures import BANDS
from tripleaim.place import InputError
from tripleaim.projection import Tally, added
from tripleaim.projection.tally import UNIT

RUN = {"place": "england", "seed": 7, "people": 30, "shards": 3}


def made_up_tally(seed: int, steps: int = 2) -> Tally:
    draw = np.random.default_rng(seed)

    def counts(*shape: int) -> np.ndarray:
        return draw.integers(0, 1000, shape)

    years, cells = steps + 1, (2, 5, BANDS)
    return Tally(
        years=tuple(f"{y}/{y % 100 + 1}" for y in range(2015, 2016 + steps)),
        conditions=("asthma", "stroke"),
        risk_levels=(("smoking", "never"), ("smoking", "now")),
        quantities=("acute-ae",),
        programmes=(),
        people=counts(years, *cells),
        deaths=counts(steps, *cells),
        with_condition=counts(years, *cells, 2),
        onsets=counts(steps, *cells, 2),
        levels=counts(years, *cells, 2),
        expected=counts(years, *cells, 1) * UNIT,
        joined=counts(steps, 5, 0),
        members=counts(years, *cells, 0),
        births=counts(steps),
        arrivals=counts(steps),
        departures=counts(steps),
    )


TALLIES = tuple(made_up_tally(s) for s in range(3))


def shard_bytes(shard: int, **other: Any) -> bytes:
    return to_bytes(TALLIES[shard], {**RUN, **other, "shard": shard})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a run whose shards are all finished."""
    run_folder.claim(tmp_path, RUN)
    for shard in range(3):
        run_folder.store_shard(tmp_path, RUN, shard, shard_bytes(shard))
    return tmp_path


def test_a_tally_comes_back_as_it_was() -> None:
    tally, of = from_bytes(shard_bytes(1))
    assert of == {**RUN, "shard": 1}
    assert tally_sha256(tally) == tally_sha256(TALLIES[1])
    assert to_bytes(tally, of) == shard_bytes(1)
    assert (tally.years, tally.risk_levels) == (TALLIES[1].years, TALLIES[1].risk_levels)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_changed_byte_is_found(data: st.DataObject) -> None:
    whole = shard_bytes(0)
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = bytes([whole[at] ^ data.draw(st.integers(1, 255))])
    with pytest.raises(DamagedError):
        from_bytes(whole[:at] + changed + whole[at + 1 :])


def test_other_tools_read_the_file(folder: Path) -> None:
    with np.load(folder / "shards" / "1.npz", allow_pickle=False) as held:
        assert np.array_equal(held["deaths"], TALLIES[1].deaths)
    with pytest.raises(DamagedError):
        from_bytes(b"")


def test_a_shard_cut_short_is_done_again(folder: Path) -> None:
    assert run_folder.unfinished_shards(folder, RUN) == []
    path = folder / "shards" / "1.npz"
    path.write_bytes(path.read_bytes()[:5000])
    (folder / "shards" / "2.npz").unlink()
    assert run_folder.unfinished_shards(folder, RUN) == [1, 2]


def test_nothing_is_published_until_all_shards_are_there(folder: Path) -> None:
    (folder / "shards" / "2.npz").unlink()
    with pytest.raises(InputError, match="expected the finished shard 2"):
        run_folder.publish(folder, RUN)
    assert sorted(p.name for p in folder.iterdir()) == ["run.json", "shards"]


def test_the_result_is_the_sum_of_its_shards(folder: Path) -> None:
    total = run_folder.publish(folder, RUN)
    assert tally_sha256(total) == tally_sha256(added(TALLIES[::-1]))
    again, about = run_folder.read_result(folder)
    assert tally_sha256(again) == tally_sha256(total) == about["tally_sha256"]
    assert about["shard_sha256"] == [tally_sha256(t) for t in TALLIES]
    assert about["seed"] == 7


def test_a_result_that_was_changed_is_not_read(folder: Path) -> None:
    run_folder.publish(folder, RUN)
    (folder / "tally.npz").write_bytes(to_bytes(TALLIES[0], RUN))
    with pytest.raises(InputError, match=r"expected the tally that country\.json names"):
        run_folder.read_result(folder)


def test_the_long_table_holds_every_count(folder: Path) -> None:
    total = run_folder.publish(folder, RUN)

    def asked(where: str) -> float:
        table = f"from '{folder / 'country.parquet'}' where {where}"
        return float(duckdb.sql(f"select sum(value) {table}").fetchall()[0][0])

    strokes = "measure = 'with condition' and \"of\" = 'stroke'"
    assert asked(f"{strokes} and year = '2016/17'") == total.with_condition[1, ..., 1].sum()
    assert asked("measure = 'expected'") == total.quantity("acute-ae").sum()
    assert asked("measure = 'people' and age_band = '90+'") == total.people[..., -1].sum()
    girls = "measure = 'deaths' and age_band = '1-4' and sex = 'female' and quintile = '1'"
    assert asked(girls) == total.deaths[:, 1, 0, 1].sum()


@pytest.mark.parametrize(
    ("other", "said"),
    [({"seed": 8}, "its seed is 7, not 8"), ({"shards": 4}, "its shards is 3, not 4")],
)
def test_the_folder_of_another_run_is_refused(
    folder: Path, other: dict[str, int], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        run_folder.claim(folder, {**RUN, **other})
    run_folder.claim(folder, RUN)


def test_a_shard_of_another_run_is_refused_and_left_as_it_is(folder: Path) -> None:
    path = folder / "shards" / "0.npz"
    path.write_bytes(shard_bytes(0, seed=9))
    with pytest.raises(InputError, match=r"0\.npz.*its seed is 9, not 7"):
        run_folder.unfinished_shards(folder, RUN)
    path.write_bytes(shard_bytes(1))
    with pytest.raises(InputError, match="its shard is 1, not 0"):
        run_folder.unfinished_shards(folder, RUN)
    assert path.read_bytes() == shard_bytes(1)


def test_only_a_tally_is_kept(folder: Path) -> None:
    with pytest.raises(InputError, match="expected the tally of a shard"):
        run_folder.store_shard(folder, RUN, 0, b"nothing")
    assert (folder / "shards" / "0.npz").read_bytes() == shard_bytes(0)


def test_a_folder_whose_beginning_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps(["no", "run"]), encoding="utf-8")
    with pytest.raises(InputError, match="expected a folder that an earlier run wrote"):
        run_folder.claim(tmp_path, RUN)
