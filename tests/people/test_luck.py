from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.people import uniform

EVERYBODY = np.arange(200_000, dtype=np.uint32)


@given(
    seed=st.integers(0, 2**40),
    people=st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=30, unique=True),
    year=st.integers(1900, 2100),
    event=st.text(max_size=20),
)
def test_a_persons_luck_does_not_depend_on_other_people(
    seed: int, people: list[int], year: int, event: str
) -> None:
    together = uniform(seed, np.array(people, dtype=np.uint32), year, event)
    apart = [uniform(seed, np.array([p], dtype=np.uint32), year, event)[0] for p in people]
    assert together.tolist() == apart
    assert ((together >= 0) & (together < 1)).all()


def by_hand(seed: int, person: int, year: int, event: str) -> float:
    """The same numbers from Python's own whole numbers, as the SplitMix64 paper writes them."""

    def mix(key: int) -> int:
        key = (key ^ key >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        key = (key ^ key >> 27) * 0x94D049BB133111EB % 2**64
        return key ^ key >> 31

    name = hashlib.blake2b(f"{seed}|{year}|{event}".encode(), digest_size=8).digest()
    stream = int.from_bytes(name, "little")
    key = mix((person * 0x9E3779B97F4A7C15 + stream) % 2**64)
    return (mix(key ^ stream) >> 11) / 2**53


@pytest.mark.parametrize("person", [0, 1, 562_445, 2**32 - 1])
def test_luck_is_what_the_published_generator_gives(person: int) -> None:
    found = uniform(7, np.array([person], dtype=np.uint32), 2016, "home")[0]
    assert found == by_hand(7, person, 2016, "home")


def test_luck_is_spread_evenly() -> None:
    counts = np.bincount((uniform(7, EVERYBODY, 2016, "death") * 100).astype(int), minlength=100)
    expected = len(EVERYBODY) / 100
    chi_square = float(((counts - expected) ** 2 / expected).sum())
    # 99 degrees of freedom: below 50 or above 170 less often than once in 50,000.
    assert 50 < chi_square < 170


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((7, 2016, "death"), (7, 2016, "onset of stroke")),
        ((7, 2016, "death"), (7, 2017, "death")),
        ((7, 2016, "death"), (8, 2016, "death")),
    ],
    ids=["between events", "between years", "between seeds"],
)
def test_luck_is_unrelated(one: tuple[int, int, str], other: tuple[int, int, str]) -> None:
    a, b = (uniform(seed, EVERYBODY, year, event) for seed, year, event in (one, other))
    # The standard error of a correlation among 200,000 is 0.0022.
    assert abs(np.corrcoef(a, b)[0, 1]) < 0.0112
    assert abs(np.corrcoef(a > 0.99, b > 0.99)[0, 1]) < 0.0112


@pytest.mark.parametrize("apart", [1, 2, 75, 65_536])
def test_neighbours_do_not_share_their_luck(apart: int) -> None:
    luck = uniform(7, EVERYBODY, 2016, "death")
    assert abs(np.corrcoef(luck[:-apart], luck[apart:])[0, 1]) < 0.0137
