"""A person's luck belongs to the person.

A random number is a pure function of (seed, person, year, event): two scenarios differ only where
a solution acts, and neither threads nor order nor shards change a result.
"""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)


def uniform(
    seed: int, person: npt.NDArray[np.unsignedinteger], year: int, event: str
) -> npt.NDArray[np.float64]:
    """A number in [0, 1) for each person, for one `event` (any name) in one calendar `year`.

    The key is hashed by the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014, doi
    10.1145/2660193.2660195) over a per-event stream and the person's number, twice.
    """
    name = hashlib.blake2b(f"{seed}|{year}|{event}".encode(), digest_size=8).digest()
    stream = np.uint64(int.from_bytes(name, "little"))
    with np.errstate(over="ignore"):
        key = mix(person.astype(np.uint64) * GOLDEN + stream)
        key = mix(key ^ stream)
    return (key >> np.uint64(11)).astype(np.float64) * 2.0**-53


def mix(key: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The finaliser of SplitMix64; also compiled, for one number at a time."""
    key = (key ^ (key >> np.uint64(30))) * MIX_1
    key = (key ^ (key >> np.uint64(27))) * MIX_2
    return key ^ (key >> np.uint64(31))


STIR_1 = np.uint32(0x7FEB352D)
STIR_2 = np.uint32(0x846CA68B)
"""Multipliers of the 32-bit mixer by C. Wellons (lowbias32, 2018, public domain)."""


def lane_stream(seed: int, year: int) -> np.uint64:
    """What sets one year's lanes apart from another's."""
    name = hashlib.blake2b(f"{seed}|{year}|lanes".encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(name, "little"))


def lane_draws(
    seed: int, person: npt.NDArray[np.uint64], year: int, keys: npt.NDArray[np.uint32]
) -> npt.NDArray[np.uint32]:
    """Uniform 32-bit draws, (people, lanes): many for each person from one hash of the person.

    The person's SplitMix64 hash gives two words; each lane's key and both words then pass through
    a 32-bit mixer, which processors do side by side. `projection.random_numbers` has the same in
    scalars.
    """
    with np.errstate(over="ignore"):
        key = mix(person.astype(np.uint64) * GOLDEN + lane_stream(seed, year))
        low = key.astype(np.uint32)[:, None]
        high = (key >> np.uint64(32)).astype(np.uint32)[:, None]
        x = (low ^ keys[None, :]) * STIR_1
        x ^= x >> np.uint32(15)
        x = (x + high) * STIR_2
        x ^= x >> np.uint32(16)
    return np.asarray(x, dtype=np.uint32)
