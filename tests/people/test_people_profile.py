from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tripleaim.core import RunContext
from tripleaim.people import People, Profile, profile, synthesise
from tripleaim.place import Place


@pytest.fixture(scope="module")
def somerset_profile(somerset: Place, somerset_people: People) -> Profile:
    return profile(somerset_people, somerset)


def test_every_grouping_holds_everybody(somerset_profile: Profile) -> None:
    p = somerset_profile
    assert p.people == 562_446
    for table in (p.quintiles, p.localities, p.practices, p.areas):
        assert sum(row.people for row in table) == 562_446
        assert sum(row.pct for row in table) == pytest.approx(100)
    assert [len(t) for t in (p.quintiles, p.localities, p.practices, p.areas)] == [5, 9, 75, 327]
    assert sum(row.people for row in p.priority_counts) == 562_446


def test_the_pyramid_adds_up_and_somerset_is_older_than_england(somerset_profile: Profile) -> None:
    pyramid = somerset_profile.pyramid
    assert sum(bar.registered for bar in pyramid) == 562_446
    assert sum(bar.resident for bar in pyramid) == somerset_profile.residents == 544_643
    for share in ("registered_pct", "resident_pct", "england_pct"):
        assert sum(getattr(bar, share) for bar in pyramid) == pytest.approx(100)
    old = [bar for bar in pyramid if int(bar.age_band.split("-")[0].rstrip("+")) >= 75]
    assert sum(bar.registered_pct for bar in old) == pytest.approx(10.463, abs=0.001)
    assert sum(bar.england_pct for bar in old) == pytest.approx(8.08, abs=0.02)


def test_each_condition_is_shown_with_its_register(somerset_profile: Profile) -> None:
    rows = {row.id: row for row in somerset_profile.conditions}
    assert rows["dementia"].pct == pytest.approx(rows["dementia"].register_pct, rel=0.001)
    assert rows["dementia"].england_pct == pytest.approx(0.759, abs=0.001)
    assert rows["severe_frailty"].register_pct is None
    assert rows["diabetes"].minimum_age == 17


def test_counts_show_model_published_age_alone_and_uncalibrated(somerset_profile: Profile) -> None:
    three = somerset_profile.priority_counts[3]
    assert three.published_ratio == 6.73
    assert three.ratio == pytest.approx(three.thinned / three.if_independent)
    assert three.age_and_sex_alone < three.without_frailty < three.ratio
    assert somerset_profile.priority_counts[5].published_ratio is None


def test_the_poorest_fifth_is_the_sickest(somerset_profile: Profile) -> None:
    first, *_, last = somerset_profile.quintiles
    assert (first.most_deprived_pct, last.most_deprived_pct) == (100, 0)
    assert first.conditions_a_head > last.conditions_a_head


def test_a_place_of_a_population_alone_has_a_profile_too(
    village: Callable[..., Place], thousand: str
) -> None:
    place = village(thousand)
    found = profile(synthesise(place, RunContext(1)), place)
    assert [row.name for row in found.practices] == ["Village"]
    assert [row.people for row in found.localities] == [1_000]
    assert all(row.published_ratio is None for row in found.priority_counts)


def test_the_map_has_an_outline_for_every_small_area(
    somerset: Place, somerset_people: People
) -> None:
    outlines = json.loads(somerset.path("lsoa_outlines.json").read_text(encoding="utf-8"))
    assert set(outlines["lsoas"]) == set(somerset_people.areas.lsoas)
    assert outlines["source"] in somerset.sources
    for rings in outlines["lsoas"].values():
        for ring in rings:
            assert len(ring) >= 4
            assert ring[0] == ring[-1]
            assert all(-4 < lon < -2 and 50.5 < lat < 51.5 for lon, lat in ring)
