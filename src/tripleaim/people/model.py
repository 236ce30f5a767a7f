"""Residents and registered patients as columns, one row a person."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tripleaim.place import person_columns

SEXES = ("male", "female")
EPOCH_YEAR = 1880
COLUMNS = ("person", "birth", "sex", "lsoa", "practice", "resident", "conditions", "frailty")


@dataclass(frozen=True)
class Areas:
    """What the small codes in People's columns stand for: LSOAs and practices of the place.

    `quintile` is 1 (most deprived) to 5, by national rank; arrays run along `lsoas` or `practices`.
    """

    lsoas: tuple[str, ...]
    quintile: npt.NDArray[np.int8]
    district: tuple[str, ...]
    practices: tuple[str, ...]
    locality: tuple[str, ...]


@dataclass(frozen=True)
class Bodies:
    """What a person's conditions depend on: columns of one length, as in People.

    `age` is in whole years; `levels` (R, n) are the levels of the risk factors, 0 the lowest.
    """

    person: npt.NDArray[np.uint64]
    sex: npt.NDArray[np.int8]
    age: npt.NDArray[np.int16]
    quintile: npt.NDArray[np.int8]
    frailty: npt.NDArray[np.float32]
    levels: npt.NDArray[np.uint8]

    def take(self, rows: npt.NDArray[np.intp] | slice) -> Bodies:
        """The bodies in `rows`, in that order."""
        return Bodies(
            person=self.person[rows],
            sex=self.sex[rows],
            age=self.age[rows],
            quintile=self.quintile[rows],
            frailty=self.frailty[rows],
            levels=self.levels[:, rows],
        )


@dataclass(frozen=True)
class People:
    """n people as NumPy columns of length n.

    person      uint64, the identity that a person's luck depends on; never reused
    birth       int16, months since January 1880
    sex         int8, index into SEXES
    lsoa        int16, index into areas.lsoas
    practice    int16, index into areas.practices
    resident    bool, lives in the place (else registered only)
    conditions  uint32, bit k set where the person has condition_ids[k]
    frailty     float32, standard normal; what makes conditions and need cluster in a person
    ranks       uint16, (R, n), a person's rank in each risk factor, for life; R may be 0
    """

    person: npt.NDArray[np.uint64]
    birth: npt.NDArray[np.int16]
    sex: npt.NDArray[np.int8]
    lsoa: npt.NDArray[np.int16]
    practice: npt.NDArray[np.int16]
    resident: npt.NDArray[np.bool_]
    conditions: npt.NDArray[np.uint32]
    frailty: npt.NDArray[np.float32]
    ranks: npt.NDArray[np.uint16]
    areas: Areas
    condition_ids: tuple[str, ...]
    priority_ids: tuple[str, ...]
    risk_ids: tuple[str, ...]
    seed: int

    def __len__(self) -> int:
        return len(self.person)

    def take(self, rows: npt.NDArray[np.intp]) -> People:
        """The people in `rows`, in that order."""
        columns: dict[str, Any] = {name: getattr(self, name)[rows] for name in COLUMNS}
        return replace(self, **columns, ranks=self.ranks[:, rows])

    def age_in(self, year: str) -> npt.NDArray[np.int16]:
        """Whole years of age on 1 January inside the financial `year` ("2015/16": 1 January 2016).

        Negative for people not yet born.
        """
        months = (int(year[:4]) + 1 - EPOCH_YEAR) * 12
        return np.floor_divide(months - self.birth.astype(np.int32) - 1, 12).astype(np.int16)

    @cached_property
    def quintile(self) -> npt.NDArray[np.int8]:
        """Deprivation quintile of each person's LSOA, 1 the most deprived."""
        return self.areas.quintile[self.lsoa]

    def columns(
        self,
        year: str,
        conditions: npt.NDArray[np.uint32] | None = None,
        levels: Mapping[str, npt.NDArray[Any]] | None = None,
        only: Collection[str] | None = None,
    ) -> Mapping[str, npt.NDArray[Any]]:
        """The columns that expressions may name (see `person_columns`), in `year`.

        `conditions` replaces the people's own where a projection has moved them on; `levels`
        (see `level_columns`) are the ids of people's levels in that year, by risk factor. `only`
        names the columns that are wanted; all of them unless given.
        """
        bits = self.conditions if conditions is None else conditions
        makers: dict[str, Callable[[], npt.NDArray[Any]]] = {
            "age": lambda: self.age_in(year),
            "sex": lambda: np.asarray(SEXES)[self.sex],
            "quintile": lambda: self.quintile,
            "district": lambda: np.asarray(self.areas.district)[self.lsoa],
            "locality": lambda: np.asarray(self.areas.locality)[self.practice],
            "practice": lambda: np.asarray(self.areas.practices)[self.practice],
            "resident": lambda: self.resident,
            "conditions_count": lambda: np.bitwise_count(bits),
            "priority_conditions_count": lambda: np.bitwise_count(
                bits & self.mask(self.priority_ids)
            ),
            "frailty": lambda: self.frailty,
        }
        named = levels or {}
        columns = {}
        for name in person_columns(self.condition_ids, [*named]):
            if only is not None and name not in only:
                continue
            if name in makers:
                columns[name] = makers[name]()
            elif name in named:
                columns[name] = named[name]
            else:
                bit = np.uint32(self.condition_ids.index(name))
                columns[name] = (bits >> bit) & np.uint32(1) > 0
        return columns

    def mask(self, ids: tuple[str, ...]) -> np.uint32:
        """The bit mask of the named conditions."""
        return np.uint32(sum(1 << self.condition_ids.index(c) for c in ids))

    def to_arrow(self) -> pa.Table:
        """One row a person, in words: month of birth, sex, where they live, and each condition.

        `birth` is the first of the month; the columns after `frailty` are named by condition and
        are true for whoever has it. Ranks in risk factors are left out.
        """
        areas = self.areas
        born = np.datetime64(f"{EPOCH_YEAR}-01", "M") + self.birth.astype("timedelta64[M]")
        coded = {
            "sex": _words(SEXES, self.sex),
            "lsoa": _words(areas.lsoas, self.lsoa),
            "district": _words(areas.district, self.lsoa),
            "practice": _words(areas.practices, self.practice),
            "locality": _words(areas.locality, self.practice),
        }
        has = {
            c: (self.conditions >> np.uint32(k)) & np.uint32(1) > 0
            for k, c in enumerate(self.condition_ids)
        }
        return pa.table(
            {
                "person": self.person,
                "birth": pa.array(born.astype("datetime64[D]")),
                **coded,
                "quintile": self.quintile,
                "resident": self.resident,
                "frailty": self.frailty,
                **has,
            }
        )


def _words(words: Sequence[str], codes: npt.NDArray[Any]) -> pa.DictionaryArray:
    """Small codes as the words they stand for; of words that occur twice, one is kept."""
    distinct, place = np.unique(np.asarray(words), return_inverse=True)
    return pa.DictionaryArray.from_arrays(place.astype(np.int16)[codes], distinct.tolist())


def joined(*parts: People) -> People:
    """The people of every part, one part after the other; areas and ids are those of the first."""
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS
    }
    return replace(
        parts[0],
        **columns,
        ranks=np.concatenate([part.ranks for part in parts], axis=1),
    )
