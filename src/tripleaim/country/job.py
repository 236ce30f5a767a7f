"""What one shard needs, wherever it is projected, and its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tripleaim.country.drawing import PeopleDistribution, draw
from tripleaim.country.model import shard_numbers
from tripleaim.country.shard_file import to_bytes
from tripleaim.projection import Laws, simulate


@dataclass(frozen=True)
class CountryJob:
    """Everything that shards have in common; it is pickled and sent to the workers.

    `run` says what run it is (see `run.project_country`); with a shard's number it is part of the
    bytes of its result.
    """

    distribution: PeopleDistribution
    laws: Laws
    run: Mapping[str, Any]

    def __call__(self, shard: int) -> bytes:
        """The tally of one shard as bytes, worked out in one thread."""
        numbers = shard_numbers(self.run["people"], shard, self.run["shards"])
        people = draw(self.distribution, numbers)
        tally = simulate(people, self.laws, threads=1).tally
        return to_bytes(tally, {**self.run, "shard": shard})
