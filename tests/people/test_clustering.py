from __future__ import annotations

import csv
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.people import People, calibrate_frailty, read_illness
from tripleaim.people.clustering import (
    by_age_and_sex_alone,
    clustering_ratios,
    if_independent,
    priority_numbers,
    read_published,
    thinned_counts,
)
from tripleaim.people.synthesis import bodies_of
from tripleaim.place import Place, PlaceFiles

counts_of_people = st.lists(st.integers(0, 10_000), min_size=2, max_size=9).filter(
    lambda c: sum(c[1:]) > 0
)


@given(counts=counts_of_people, a_head=st.floats(0.001, 3))
def test_thinning_keeps_people_and_leaves_so_many_conditions_a_head(
    counts: list[int], a_head: float
) -> None:
    people = np.array(counts, dtype=float)
    held = (np.arange(len(people)) * people).sum() / people.sum()
    thinned = thinned_counts(people, a_head)
    assert np.isclose(thinned.sum(), people.sum())
    left = (np.arange(len(people)) * thinned).sum() / people.sum()
    assert np.isclose(left, min(held, a_head))


def test_half_the_conditions_of_people_with_two_leave_a_quarter_half_and_quarter() -> None:
    assert np.allclose(thinned_counts(np.array([0.0, 0, 100]), 1.0), [25, 50, 25])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_independence_agrees_with_counting_every_combination(shares: list[float]) -> None:
    by_hand = np.zeros(len(shares) + 1)
    for who in product((0, 1), repeat=len(shares)):
        by_hand[sum(who)] += np.prod(
            [p if has else 1 - p for p, has in zip(shares, who, strict=True)]
        )
    assert np.allclose(if_independent(np.array(shares), 1000.0), 1000 * by_hand)


def test_conditions_drawn_apart_show_no_clustering() -> None:
    rng = np.random.default_rng(1)
    bits = np.zeros(400_000, dtype=np.uint32)
    for k, share in enumerate((0.1, 0.05, 0.2)):
        bits |= (rng.random(len(bits)) < share).astype(np.uint32) << np.uint32(k)
    assert np.allclose(clustering_ratios(bits, (0, 1, 2), 1.0)[:3], 1, atol=0.02)


def test_somerset_clusters_as_in_its_linked_records(
    somerset: Place, somerset_people: People
) -> None:
    published = [1.043, 0.722, 1.626, 6.73, 38]
    tolerance = [0.01, 0.06, 0.10, 0.15, 0.35]
    ratios = clustering_ratios(somerset_people.conditions, priority_numbers(somerset_people), 0.247)
    assert (np.abs(ratios[:5] / published - 1) <= tolerance).all()
    assert [p.ratio for p in read_published(somerset)] == published


def test_age_and_sex_alone_do_not_cluster_enough(somerset: Place, somerset_people: People) -> None:
    alone = by_age_and_sex_alone(
        bodies_of(somerset_people, somerset), read_illness(somerset), 0.247
    )
    assert alone[2] == pytest.approx(1.50, abs=0.03)
    assert alone[3] == pytest.approx(4.1, abs=0.15)
    misses = np.abs(alone[:5] / [1.043, 0.722, 1.626, 6.73, 38] - 1)
    assert (misses > [0.01, 0.06, 0.08, 0.15, 0.35]).all()


def test_the_loading_of_frailty_on_file_is_the_one_that_calibration_gives(
    somerset: Place, somerset_people: People
) -> None:
    fifth = bodies_of(somerset_people, somerset).take(np.arange(0, len(somerset_people), 5))
    illness = read_illness(somerset)
    found = calibrate_frailty(fifth, illness, read_published(somerset), somerset_people.seed, 2016)
    # With the whole county and seed 7 it is 0.27, with seed 11 it is 0.30; of a fifth, less sure.
    assert found.loading == pytest.approx(illness.frailty.loading, abs=0.1)


def test_the_loading_is_marked_calibrated_and_says_what_it_was_without(somerset: Place) -> None:
    text = somerset.path("frailty.csv").read_text(encoding="utf-8")
    (row,) = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    assert (row["status"], row["uncalibrated"]) == ("calibrated", "0")


def test_a_place_without_linked_records_has_nothing_to_compare_with(somerset: Place) -> None:
    elsewhere = replace(somerset, files=PlaceFiles(somerset.files.folders[1:]))
    assert read_published(elsewhere) == ()
