from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.people import People
from tripleaim.people.homes import SmallAreas, live_here, practice_by_area
from tripleaim.people.lists import Lists, Practice, read_practices
from tripleaim.place import Column, Place, number, read_csv


def areas_at(lons: list[float], people: list[float]) -> SmallAreas:
    n = len(lons)
    return SmallAreas(
        codes=tuple(f"E{i}" for i in range(n)),
        district=("D",) * n,
        quintile=np.ones(n, dtype=np.int8),
        lat=np.full(n, 51.0),
        lon=np.array(lons),
        people=np.array(people),
    )


def practices_at(lons: list[float]) -> tuple[Practice, ...]:
    return tuple(Practice(f"L{i}", f"Surgery {i}", "Here", 51.0, lon) for i, lon in enumerate(lons))


@settings(max_examples=50)
@given(
    lists=st.lists(st.integers(0, 20_000), min_size=2, max_size=6).filter(sum),
    areas=st.lists(st.floats(100, 3_000), min_size=2, max_size=10),
)
def test_every_list_is_housed_in_full(lists: list[int], areas: list[float]) -> None:
    fitted = practice_by_area(
        practices_at([-3 + 0.05 * i for i in range(len(lists))]),
        np.array(lists, dtype=float),
        areas_at([-3 + 0.03 * i for i in range(len(areas))], areas),
        decay_km=3.0,
    )
    assert np.allclose(fitted.sum(axis=1), lists)
    assert (fitted >= 0).all()


def test_two_villages_keep_to_their_own_surgery() -> None:
    fitted = practice_by_area(
        practices_at([-3.0, -2.0]),
        np.array([1_000.0, 1_000.0]),
        areas_at([-3.0, -2.0], [500.0, 500.0]),
        decay_km=3.0,
    )
    assert np.allclose(fitted, [[1_000, 0], [0, 1_000]], atol=0.5)


def test_residents_are_as_many_as_official_unless_fewer_are_registered() -> None:
    only = practices_at([-3.0])
    lists = Lists(
        only,
        np.zeros(30, dtype=np.int16),
        np.repeat([0, 1], 15).astype(np.int8),
        np.tile(np.repeat([0, 1, 2], 5), 2).astype(np.int16),
    )
    residents = np.array([[3.0, 5.0, 9.0], [0.0, 4.4, 1.0]])
    here = live_here(lists, residents, seed=1, year=2016)
    found = np.zeros((2, 3))
    np.add.at(found, (lists.sex, lists.age), here)
    assert found.tolist() == [[3, 5, 5], [0, 4, 1]]


def test_somerset_lives_near_its_practices(somerset: Place, somerset_people: People) -> None:
    columns = [Column(c) for c in ("lsoa", "district", "imd_rank", "quintile")]
    rows = read_csv(
        somerset.path("lsoas.csv"),
        [*columns, *(Column(c, number) for c in ("lat", "lon", "population"))],
    )
    lat, lon = (np.array([row[c] for row in rows]) for c in ("lat", "lon"))
    practices = read_practices(somerset)
    to_lat, to_lon = (
        np.array([getattr(p, c) for p in practices])[somerset_people.practice]
        for c in ("lat", "lon")
    )
    north = (lat[somerset_people.lsoa] - to_lat) * 111.2
    east = (lon[somerset_people.lsoa] - to_lon) * 70.0
    km = np.hypot(north, east)
    assert np.median(km) < 3
    assert np.percentile(km, 95) < 15


def test_each_district_of_somerset_holds_its_share(somerset_people: People) -> None:
    # Mendip, Sedgemoor, South Somerset, Taunton Deane and West Somerset in mid-2015, scaled from
    # 545,390 residents to the 562,446 registered.
    found = np.bincount(
        np.unique(somerset_people.areas.district, return_inverse=True)[1][somerset_people.lsoa]
    )
    residents = np.array([111_724, 120_260, 164_982, 114_021, 34_403])
    assert np.allclose(found, residents * 562_446 / 545_390, atol=60)
