"""Exactly what is to be worked out: its hash is the address of the result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from tripleaim import __version__
from tripleaim.jobs.kinds import KINDS
from tripleaim.place import InputError, Place, shipped_places


@dataclass(frozen=True)
class Order:
    """A kind of work on one place's inputs, with its seed, its settings and our version.

    `inputs_sha256` is the hash of the files that this kind of work reads, and of no others.
    """

    kind: str
    place: str
    inputs_sha256: str
    seed: int
    version: str
    settings: Mapping[str, int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits that only this order has."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()[:12]

    @property
    def can_be(self) -> bool:
        """Whether it is of a known kind, with settings of that kind within their ranges.

        Earlier versions knew fewer settings.
        """
        known = KINDS[self.kind].settings if self.kind in KINDS else None
        return known is not None and all(
            name in known and known[name].least <= value <= known[name].most
            for name, value in self.settings.items()
        )

    def is_of(self, place: Place) -> bool:
        """Whether the files that this kind of work reads are as they were when it was asked for."""
        return self.inputs_sha256 == place.sha256_of(self.kind)

    def as_json(self) -> str:
        """The order as text, the same for the same order."""
        return json.dumps(asdict(self), sort_keys=True)


def order(place: Place, kind: str, seed: int, settings: Mapping[str, int]) -> Order:
    """The order of a `kind` of work on `place`; settings that are left out take their usual value.

    Raises InputError for an unknown kind or setting, or a value outside its range.
    """
    if kind not in KINDS:
        raise InputError("expected a kind of job", value=kind, valid=list(KINDS))
    known = KINDS[kind].settings
    for name, value in settings.items():
        if name not in known:
            raise InputError(f"expected a setting of the job {kind}", value=name, valid=list(known))
        if not known[name].least <= value <= known[name].most:
            raise InputError(
                f"expected a whole number from {known[name].least:,} to {known[name].most:,}",
                column=name,
                value=value,
            )
    return Order(
        kind=kind,
        place=place.id if place.id in shipped_places() else str(place.folder.resolve()),
        inputs_sha256=place.sha256_of(kind),
        seed=seed,
        version=__version__,
        settings={name: settings.get(name, one.usual) for name, one in known.items()},
    )
