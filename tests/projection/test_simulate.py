"""Lives led by the clear step and by the fast kernel, under small laws made up at random."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tripleaim.measures import BANDS
from tripleaim.people import Areas, People
from tripleaim.place import InputError
from tripleaim.projection import (
    Clause,
    Expected,
    Lanes,
    Laws,
    Programme,
    Run,
    added,
    load_laws,
    save_laws,
    simulate,
)
from tripleaim.projection.cohorts import person_record
from tripleaim.projection.plain import simulate_plainly
from tripleaim.projection.vitals import AGES

Sizes = tuple[int, ...]


def made_up_people(draw: np.random.Generator, n: int, conditions: int, risks: int) -> People:
    areas = Areas(
        lsoas=tuple(f"E{i}" for i in range(7)),
        quintile=np.array([1, 2, 3, 4, 5, 1, 3], dtype=np.int8),
        district=("d",) * 7,
        practices=("p", "q"),
        locality=("l", "m"),
    )
    birth = (2015 - 1880) * 12 - draw.integers(-30, 101 * 12, n)
    ids = tuple(f"c{k}" for k in range(conditions))
    return People(
        person=draw.permutation(10 * n)[:n].astype(np.uint64),
        birth=birth.astype(np.int16),
        sex=draw.integers(0, 2, n).astype(np.int8),
        lsoa=draw.integers(0, 7, n).astype(np.int16),
        practice=draw.integers(0, 2, n).astype(np.int16),
        resident=draw.random(n) < 0.9,
        conditions=(draw.integers(0, 2**conditions, n) & draw.integers(0, 2**conditions, n)).astype(
            np.uint32
        ),
        frailty=draw.normal(size=n).astype(np.float32),
        ranks=draw.integers(0, 65536, (risks, n)).astype(np.uint16),
        areas=areas,
        condition_ids=ids,
        priority_ids=(),
        risk_ids=tuple(f"r{r}" for r in range(risks)),
        seed=11,
    )


def made_up_laws(
    draw: np.random.Generator, conditions: int, steps: int, levels: Sizes, quantities: int
) -> Laws:
    lanes = Lanes(tuple(f"c{k}" for k in range(conditions)))
    size, tables = lanes.size, max(-(-conditions // 11), 1)

    def floats(low: float, high: float, *shape: int) -> np.ndarray:
        return draw.uniform(low, high, shape).astype(np.float32)

    hazard, ending = np.zeros((2, steps, 2, AGES, size), dtype=np.float32)
    used = conditions + 4
    hazard[..., :used] = floats(0, 0.15, steps, 2, AGES, used)
    hazard[:, 0, :, lanes.birth] = 0
    ending[..., :conditions] = floats(0, 0.1, steps, 2, AGES, conditions)
    frail = np.zeros(size, dtype=np.float32)
    frail[:conditions] = 1
    ranks = [np.sort(draw.integers(0, 65536, (steps + 1, 2, AGES, n - 1)), axis=-1) for n in levels]
    return Laws(
        years=tuple(f"{y}/{(y + 1) % 100:02}" for y in range(2015, 2016 + steps)),
        lanes=lanes,
        risk_levels=tuple(
            (f"r{r}", tuple(f"l{i}" for i in range(n))) for r, n in enumerate(levels)
        ),
        hazard=hazard,
        ending=ending,
        conditions=tuple(floats(0.7, 1.4, 2048, size) for _ in range(tables)),
        quintile=floats(0.5, 1.5, 2, 5, size),
        risk=tuple(floats(0.5, 1.5, n, 2, AGES, size) for n in levels),
        frail=frail,
        frailty_power=0.4,
        thresholds=tuple(r.astype(np.uint16) for r in ranks),
        at_birth=draw.uniform(0, 0.1, (conditions, 2)),
        newborn_death=draw.uniform(0, 0.2, (steps, 2)),
        male_share=0.51,
        rank_gradient=draw.normal(size=(len(levels), 5)),
        rank_ties=np.eye(len(levels)),
        expected=Expected(
            names=tuple(f"q{e}" for e in range(quantities)),
            rate=floats(0, 3, steps + 1, 2, 5, AGES, quantities),
            conditions=tuple(floats(0.5, 2, 2048, quantities) for _ in range(tables)),
            risk=tuple(floats(0.5, 2, n, quantities) for n in levels),
        ),
    )


def made_up_programmes(draw: np.random.Generator, laws: Laws, number: int) -> tuple[Programme, ...]:
    steps, size, width = laws.steps, laws.lanes.size, len(laws.expected.names)
    conditions = len(laws.lanes.conditions)
    some = (1 << int(draw.integers(0, conditions))) if conditions else 0
    masks = tuple(int(draw.integers(1, 2 ** len(levels))) for _, levels in laws.risk_levels)
    clauses = (
        Clause(age_from=40, sexes=2, quintiles=0b10111, count_to=3),
        Clause(age_to=80, has=some, count_from=1),
        Clause(lacks=some, levels=masks),
    )
    return tuple(
        Programme(
            id=f"programme {j}",
            clauses=clauses[j % 3 :],
            coverage=np.sort(draw.uniform(0, 0.8, (steps, 5)), axis=0),
            hazard=draw.uniform(0.5, 1.1, (2, BANDS, steps + 1, size)).astype(np.float32),
            expected=draw.uniform(0.5, 1.1, (2, BANDS, steps + 1, width)).astype(np.float32),
            strength=draw.uniform(0, 1, steps + 1).astype(np.float32),
        )
        for j in range(number)
    )


def assert_same(found: Run, wanted: Run) -> None:
    for one in fields(wanted.tally):
        a, b = getattr(found.tally, one.name), getattr(wanted.tally, one.name)
        if isinstance(b, np.ndarray):
            np.testing.assert_array_equal(a, b, err_msg=one.name)
        else:
            assert a == b, one.name
    assert (found.trajectory is None) == (wanted.trajectory is None)
    if found.trajectory is None or wanted.trajectory is None:
        return
    for one in ("present", "conditions"):
        np.testing.assert_array_equal(
            getattr(found.trajectory, one), getattr(wanted.trajectory, one), err_msg=one
        )
    for name in ("person", "birth", "sex", "lsoa", "practice", "conditions", "frailty", "ranks"):
        a, b = (getattr(run.trajectory.people, name) for run in (found, wanted))  # type: ignore[union-attr]
        np.testing.assert_array_equal(a, b, err_msg=name)
    assert found.trajectory.events == wanted.trajectory.events


SIMPLE, RICH, WIDE = (5, (), 0, 0), (23, (2, 3, 4), 5, 3), (12, (2, 3, 4, 2), 5, 0)
"""Conditions, levels of the risk factors, quantities, programmes."""


def made_up(
    seed: int, n: int, shape: tuple[int, Sizes, int, int], steps: int
) -> tuple[People, Laws, tuple[Programme, ...]]:
    conditions, levels, quantities, programmes = shape
    draw = np.random.default_rng(seed)
    laws = made_up_laws(draw, conditions, steps, levels, quantities)
    people = made_up_people(draw, n, conditions, len(levels))
    return people, laws, made_up_programmes(draw, laws, programmes)


@settings(max_examples=40, deadline=None)
@example(seed=164, n=164, steps=1, shape=RICH, threads=1)  # all newborns die
@example(seed=6, n=0, steps=2, shape=SIMPLE, threads=2)
@given(
    seed=st.integers(0, 2**32 - 1),
    n=st.integers(0, 400),
    steps=st.integers(1, 6),
    shape=st.sampled_from([SIMPLE, RICH]),
    threads=st.sampled_from([1, 2]),
)
def test_the_kernel_simulates_the_same_lives_as_the_clear_projection(
    seed: int, n: int, steps: int, shape: tuple[int, Sizes, int, int], threads: int
) -> None:
    people, laws, does = made_up(seed, n, shape, steps)
    wanted = simulate_plainly(people, laws, programmes=does, lives=True)
    found = simulate(people, laws, programmes=does, threads=threads, lives=True)
    assert_same(found, wanted)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(1, 3000), threads=st.integers(1, 3))
def test_the_kernel_counts_the_same_whether_lives_are_asked_for_or_not(
    seed: int, n: int, threads: int
) -> None:
    people, laws, does = made_up(seed, n, RICH, 4)
    wanted = simulate_plainly(people, laws, programmes=does)
    assert_same(simulate(people, laws, programmes=does, threads=threads), wanted)


def test_a_cohort_larger_than_a_chunk_is_simulated_the_same() -> None:
    people, laws, does = made_up(5, 20_000, RICH, 3)
    same_age = replace(people, birth=np.full(len(people), 600, dtype=np.int16))
    wanted = simulate_plainly(same_age, laws, programmes=does)
    assert_same(simulate(same_age, laws, programmes=does), wanted)


@pytest.mark.parametrize("number", [1, 7])
def test_shards_add_up_to_the_whole(number: int) -> None:
    people, laws, does = made_up(3, 700, RICH, 4)
    rows = np.arange(len(people))
    shards = [
        simulate(people.take(rows[s::number]), laws, programmes=does).tally for s in range(number)
    ]
    assert_same(Run(added(shards)), simulate(people, laws, programmes=does))


def test_another_condition_changes_nobodys_luck_on_the_others() -> None:
    few, more = Lanes(("a", "b")), Lanes(("a", "b", "c"))
    assert few.keys[0] == more.keys[0]
    assert few.keys[few.death] == more.keys[more.death]
    assert len(set(more.keys.tolist())) == more.size


def test_deaths_and_onsets_of_a_closed_population_are_those_expected() -> None:
    """One age and sex, one hazard each: binomial counts around n (1 - exp(-h))."""
    people, laws, _ = made_up(9, 40_000, SIMPLE, 1)
    n = len(people)
    people = replace(
        people,
        birth=np.full(n, (1950 - 1880) * 12, dtype=np.int16),
        conditions=np.zeros(n, dtype=np.uint32),
        frailty=np.zeros(n, dtype=np.float32),
    )
    lanes = laws.lanes
    hazard = np.zeros_like(laws.hazard)
    hazard[..., lanes.death], hazard[..., 0] = 0.05, 0.2
    laws = replace(
        laws,
        hazard=hazard,
        quintile=np.ones_like(laws.quintile),
        conditions=tuple(np.ones_like(t) for t in laws.conditions),
    )
    tally = simulate(people, laws, lives=True).tally
    death = 1 - np.exp(-0.05)
    onset = np.exp(-0.05) * (1 - np.exp(-0.2))
    for found, chance in ((tally.deaths.sum(), death), (tally.onsets[..., 0].sum(), onset)):
        assert abs(found - n * chance) < 4 * np.sqrt(n * chance * (1 - chance))
    assert tally.people[1].sum() == n - tally.deaths.sum()
    assert not tally.births.any()
    assert not tally.arrivals.any()


def test_a_coverage_that_falls_is_refused() -> None:
    people, laws, does = made_up(3, 10, RICH, 4)
    falling = replace(does[0], coverage=does[0].coverage[::-1].copy())
    with pytest.raises(InputError, match="coverage of programme 0 not to fall"):
        simulate(people, laws, programmes=[falling])


def test_who_joins_a_programme_keeps_their_luck_on_all_it_does_not_touch() -> None:
    people, laws, does = made_up(4, 3000, RICH, 4)
    nothing = [
        replace(p, hazard=np.ones_like(p.hazard), expected=np.ones_like(p.expected)) for p in does
    ]
    with_them = simulate(people, laws, programmes=nothing).tally
    without = simulate_plainly(people, laws).tally
    for name in ("people", "deaths", "with_condition", "onsets", "expected", "births"):
        np.testing.assert_array_equal(getattr(with_them, name), getattr(without, name))
    assert with_them.joined.sum() > 0


def test_stored_laws_are_the_same_bytes_and_give_the_same_lives(tmp_path: Path) -> None:
    people, laws, _ = made_up(6, 300, WIDE, 3)
    save_laws(laws, tmp_path / "laws.npz", inputs="abc")
    read = load_laws(tmp_path / "laws.npz", inputs="abc")
    save_laws(read, tmp_path / "again.npz", inputs="abc")
    assert (tmp_path / "laws.npz").read_bytes() == (tmp_path / "again.npz").read_bytes()
    assert_same(simulate_plainly(people, read), simulate_plainly(people, laws))


def test_laws_fitted_to_other_inputs_are_refused(tmp_path: Path) -> None:
    _, laws, _ = made_up(6, 3, SIMPLE, 1)
    save_laws(laws, tmp_path / "laws.npz", inputs="abc")
    with pytest.raises(InputError, match="expected laws fitted to these inputs"):
        load_laws(tmp_path / "laws.npz", inputs="abd")
    (tmp_path / "torn.npz").write_bytes((tmp_path / "laws.npz").read_bytes()[:1000])
    with pytest.raises(InputError, match="expected laws that save_laws stored"):
        load_laws(tmp_path / "torn.npz")


@pytest.mark.parametrize("risks", [0, 1, 7, 8, 11])
def test_a_persons_record_has_room_for_their_ranks_and_a_few_more_at_no_length(risks: int) -> None:
    """With seven risk factors or with eight the kernel, compiled for a record, is one."""
    record = person_record(risks)
    ranks = record["ranks"]
    assert ranks.shape[0] >= risks
    assert record.itemsize == -(-(20 + 2 * max(risks, 1)) // 8) * 8
    assert person_record(7) == person_record(8)
