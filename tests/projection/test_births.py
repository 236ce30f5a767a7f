"""Children made in one compiled pass and in clear, under small laws made up at random."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tripleaim.people import Areas, People
from tripleaim.people.ranks import HIGHEST
from tripleaim.projection import Expected, Lanes, Laws
from tripleaim.projection.births import BLOCK, LEAST_RANDOM, PIECE, children_of
from tripleaim.projection.newcomers import TODAY_BITS
from tripleaim.projection.plain_births import newborns

COLUMNS = (
    *("person", "birth", "sex", "lsoa", "practice", "resident"),
    *("conditions", "frailty", "ranks"),
)
Mothers = tuple[People, np.ndarray, np.ndarray, np.ndarray]


def made_up_laws(seed: int, conditions: int, risks: int, steps: int, *, tied: bool = True) -> Laws:
    """Laws in which nothing happens but births."""
    draw, lanes = np.random.default_rng(seed), Lanes(tuple(f"c{k}" for k in range(conditions)))
    nothing = np.zeros((steps, 2, 1, lanes.size), dtype=np.float32)
    loose = draw.normal(size=(risks, risks + 2))
    shares = draw.uniform(0, 0.3, (conditions, 2)) * draw.integers(0, 2, (conditions, 1))
    return Laws(
        years=tuple(f"{y}/{(y + 1) % 100:02}" for y in range(2015, 2016 + steps)),
        lanes=lanes,
        risk_levels=tuple((f"r{r}", ("low", "high")) for r in range(risks)),
        hazard=nothing,
        ending=nothing,
        conditions=(),
        quintile=np.ones((2, 5, lanes.size), dtype=np.float32),
        risk=(),
        frail=np.zeros(lanes.size, dtype=np.float32),
        frailty_power=0.4,
        thresholds=(),
        at_birth=shares,
        newborn_death=draw.uniform(0, 0.2, (steps, 2)),
        male_share=float(draw.uniform(0.3, 0.7)),
        expected=Expected((), np.zeros((steps + 1, 2, 5, 1, 0), dtype=np.float32), (), ()),
        rank_gradient=draw.normal(size=(risks, 5)) if tied else np.zeros((0, 5)),
        rank_ties=np.linalg.cholesky(np.corrcoef(loose)) if tied and risks > 1 else np.eye(0),
    )


def made_up_mothers(seed: int, n: int, laws: Laws) -> Mothers:
    """People, and n numbers, rows and steps of births, in no order."""
    draw, here = np.random.default_rng(seed), 400
    people = People(
        person=np.arange(here, dtype=np.uint64),
        birth=draw.integers(1100, 1400, here).astype(np.int16),
        sex=np.ones(here, dtype=np.int8),
        lsoa=draw.integers(0, 7, here).astype(np.int16),
        practice=draw.integers(0, 2, here).astype(np.int16),
        resident=draw.random(here) < 0.9,
        conditions=draw.integers(0, 8, here).astype(np.uint32),
        frailty=draw.normal(size=here).astype(np.float32),
        ranks=draw.integers(0, 65536, (len(laws.risk_levels), here)).astype(np.uint16),
        areas=Areas(
            lsoas=tuple(f"E{i}" for i in range(7)),
            quintile=np.array([1, 2, 3, 4, 5, 1, 3], dtype=np.int8),
            district=("d",) * 7,
            practices=("p", "q"),
            locality=("l", "m"),
        ),
        condition_ids=laws.lanes.conditions,
        priority_ids=(),
        risk_ids=tuple(name for name, _ in laws.risk_levels),
        seed=seed % 1000,
    )
    number = draw.integers(0, 2**TODAY_BITS, n).astype(np.uint64)
    number += draw.integers(0, 3**5, n).astype(np.uint64) << np.uint64(TODAY_BITS)
    return people, number, draw.integers(0, here, n), draw.integers(0, laws.steps, n)


def in_clear(mothers: Mothers, laws: Laws) -> tuple[People, np.ndarray, np.ndarray]:
    """By step: `newborns`, who of them survive, and the rows of their mothers."""
    people, number, root, step = mothers
    born, alive, rows = [], [], []
    for y in range(laws.steps):
        rows.append(np.flatnonzero(step == y))
        those = replace(people.take(root[rows[-1]]), person=number[rows[-1]])
        children, survived = newborns(those, y, laws)
        born.append(children)
        alive.append(survived)
    columns = {n: np.concatenate([getattr(c, n) for c in born], axis=-1) for n in COLUMNS}
    return replace(people, **columns), np.concatenate(alive), np.concatenate(rows)


def assert_same(found: People, wanted: People) -> None:
    for name in COLUMNS:
        mine, theirs = getattr(found, name), getattr(wanted, name)
        assert (mine.dtype, mine.shape) == (theirs.dtype, theirs.shape), name
        assert mine.tobytes() == theirs.tobytes(), name
    assert found.areas is wanted.areas
    assert (found.condition_ids, found.risk_ids) == (wanted.condition_ids, wanted.risk_ids)
    assert (found.seed, found.priority_ids) == (wanted.seed, wanted.priority_ids)


def assert_as_in_clear(mothers: Mothers, laws: Laws, threads: int) -> People:
    found, survived = children_of(*mothers, laws, threads=threads)
    wanted, alive, rows = in_clear(mothers, laws)
    assert_same(found.take(rows), wanted)
    assert survived.dtype == np.bool_
    assert np.array_equal(survived[rows], alive)
    return found


@settings(max_examples=60, deadline=None)
@example(seed=0, n=0, shape=(0, 0), steps=1, threads=2, tied=True)
@example(seed=1, n=1, shape=(20, 6), steps=20, threads=1, tied=True)
@example(seed=2, n=BLOCK, shape=(3, 1), steps=3, threads=1, tied=True)
@example(seed=3, n=BLOCK + 1, shape=(3, 2), steps=3, threads=2, tied=True)
@given(
    seed=st.integers(0, 2**32 - 1),
    n=st.integers(0, 1500),
    shape=st.sampled_from([(0, 0), (1, 0), (0, 1), (4, 3), (31, 8)]),
    steps=st.integers(1, 20),
    threads=st.sampled_from([1, 2, 3]),
    tied=st.booleans(),
)
def test_children_of_a_generation_are_the_newborns_of_its_steps(
    seed: int, n: int, shape: tuple[int, int], steps: int, *, threads: int, tied: bool
) -> None:
    laws = made_up_laws(seed, *shape, steps, tied=tied)
    assert_as_in_clear(made_up_mothers(seed, n, laws), laws, threads)


@pytest.mark.parametrize("n", [PIECE - 1, PIECE, PIECE + 1, 5 * PIECE + 17])
@pytest.mark.parametrize("threads", [1, 2, 3])
def test_more_children_than_a_thread_takes_on_at_once_are_the_same(n: int, threads: int) -> None:
    laws = made_up_laws(5, 12, 4, 20)
    children = assert_as_in_clear(made_up_mothers(5, n, laws), laws, threads)
    assert set(children.quintile.tolist()) == {1, 2, 3, 4, 5}
    assert np.isfinite(children.frailty).all()
    assert children.ranks.max() <= HIGHEST


def test_a_place_has_no_births_in_laws_of_no_step() -> None:
    laws = made_up_laws(1, 3, 2, 1)
    none = made_up_mothers(1, 0, laws)
    without = replace(laws, years=laws.years[:1], newborn_death=laws.newborn_death[:0])
    children, survived = children_of(*none, without, threads=2)
    assert (len(children), len(survived), children.ranks.shape) == (0, 0, (2, 0))


def test_a_child_is_the_same_in_any_chunk_and_any_order() -> None:
    laws = made_up_laws(8, 6, 3, 4)
    people, number, root, step = made_up_mothers(8, 900, laws)
    together, survived = children_of(people, number, root, step, laws, threads=1)
    order = np.random.default_rng(1).permutation(900)[:700]
    some, alive = children_of(people, number[order], root[order], step[order], laws, threads=1)
    assert_same(some, together.take(order))
    assert np.array_equal(alive, survived[order])


def test_read_only_columns_and_numbers_of_other_types_are_accepted() -> None:
    laws = made_up_laws(9, 3, 2, 4)
    people, number, root, step = made_up_mothers(9, 300, laws)
    wanted, _ = children_of(people, number, root, step, laws, threads=1)
    for column in (people.lsoa, people.practice, number, root, laws.at_birth, laws.newborn_death):
        column.flags.writeable = False
    across = replace(laws, newborn_death=np.asfortranarray(laws.newborn_death))
    twice = np.repeat(step.astype(np.int32), 2)[::2]
    found, _ = children_of(people, number, root, twice, across, threads=1)
    assert_same(found, wanted)


@pytest.mark.parametrize(("share", "wanted"), [(0.0, False), (1.0, True)])
def test_a_certain_event_happens_to_every_child_and_an_impossible_one_to_no_child(
    share: float, wanted: bool
) -> None:
    laws = made_up_laws(3, 3, 2, 2)
    sure = replace(
        laws,
        at_birth=np.full((3, 2), share),
        newborn_death=np.full((2, 2), share),
        male_share=share,
    )
    children, survived = children_of(*made_up_mothers(3, 2000, laws), sure, threads=1)
    assert (children.conditions == (7 if wanted else 0)).all()
    assert (survived != wanted).all()
    assert (children.sex == (0 if wanted else 1)).all()


@pytest.mark.parametrize(
    "share", [1e-300, LEAST_RANDOM, float(np.nextafter(LEAST_RANDOM, 1)), 1e-9]
)
def test_a_very_rare_condition_does_not_change_the_others(share: float) -> None:
    """Of these only those above the least random are drawn for."""
    laws = made_up_laws(4, 5, 2, 3)
    rare = laws.at_birth.copy()
    rare[2], rare[4] = (share, 0), (0, share)
    mothers = made_up_mothers(4, 3000, laws)
    assert_as_in_clear(mothers, replace(laws, at_birth=rare), 1)


def test_children_are_their_mothers_neighbours_but_themselves() -> None:
    laws = made_up_laws(6, 4, 3, 5)
    people, number, root, step = made_up_mothers(6, 5000, laws)
    children, _ = children_of(people, number, root, step, laws, threads=2)
    for name in ("lsoa", "practice", "resident"):
        assert np.array_equal(getattr(children, name), getattr(people, name)[root])
    born_in = 1880 + children.birth // 12
    assert np.array_equal(born_in, 2016 + step)
    assert set((children.birth % 12).tolist()) == set(range(12))
    assert abs(np.corrcoef(children.frailty, people.frailty[root])[0, 1]) < 0.07


def test_ranks_are_even_over_all_quintiles_and_differ_between_them() -> None:
    laws = replace(
        made_up_laws(7, 0, 2, 1),
        rank_gradient=np.array([[0.4, 0.2, 0.0, -0.2, -0.4], [0.0] * 5]),
        rank_ties=np.array([[1.0, 0.0], [0.6, 0.8]]),
    )
    people, number, root, step = made_up_mothers(7, 200_000, laws)
    evenly = replace(people, lsoa=np.arange(len(people), dtype=np.int16) % 5)
    children, _ = children_of(evenly, number, root, step, laws, threads=2)
    share = children.ranks / 65536
    # Five quintiles of normal numbers side by side are all but normal: chi-square of 50 cells.
    for r, most in ((0, 140), (1, 100)):
        counts = np.bincount((share[r] * 50).astype(np.int64), minlength=50)
        assert ((counts - 4000) ** 2 / 4000).sum() < most
    means = [share[0, children.quintile == q].mean() for q in (1, 2, 3, 4, 5)]
    assert means == sorted(means, reverse=True)
    # 0.4 standard deviations of 1.0392 in all: Phi(0.4 / sqrt(1.08 + 1)) on average.
    assert means[0] == pytest.approx(0.6092, abs=0.006)
    # Normal numbers correlated by 0.6 / 1.0392 are so by 6 / pi asin(half of it) in their ranks.
    assert np.corrcoef(share[0], share[1])[0, 1] == pytest.approx(0.559, abs=0.01)
