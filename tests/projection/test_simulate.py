"""Lives led by the clear step and by the fast kernel, under small laws made up at random."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.people import Areas, People
from tripleaim.projection import (
    Clause,
    Expected,
    Lanes,
    Laws,
    Programme,
    Run,
    added,
    simulate,
    simulate_plainly,
)
from tripleaim.projection.tally import BANDS
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
        symphony_ids=(),
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
        quintile=floats(0.5, 1.5, 5, size),
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


@pytest.mark.parametrize("threads", [1, 2])
@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    n=st.integers(1, 400),
    conditions=st.sampled_from([0, 3, 5, 12, 23]),
    steps=st.integers(1, 6),
    levels=st.sampled_from([(), (3,), (2, 3, 4)]),
    quantities=st.sampled_from([0, 5]),
    programmes=st.integers(0, 3),
)
def test_the_kernel_leads_the_very_lives_of_the_clear_step(
    threads: int,
    seed: int,
    n: int,
    conditions: int,
    steps: int,
    levels: Sizes,
    quantities: int,
    programmes: int,
) -> None:
    draw = np.random.default_rng(seed)
    laws = made_up_laws(draw, conditions, steps, levels, quantities)
    people = made_up_people(draw, n, conditions, len(levels))
    does = made_up_programmes(draw, laws, programmes)
    wanted = simulate_plainly(people, laws, programmes=does, lives=True)
    found = simulate(people, laws, programmes=does, threads=threads, lives=True)
    assert_same(found, wanted)
    counted = simulate(people, laws, programmes=does, threads=threads)
    assert_same(counted, Run(wanted.tally))


def test_seven_shards_add_up_to_the_whole() -> None:
    draw = np.random.default_rng(3)
    laws = made_up_laws(draw, 5, 4, (2, 3), 3)
    people = made_up_people(draw, 700, 5, 2)
    shards = [simulate(people.take(np.arange(s, 700, 7)), laws).tally for s in range(7)]
    assert_same(Run(added(shards)), simulate(people, laws))
