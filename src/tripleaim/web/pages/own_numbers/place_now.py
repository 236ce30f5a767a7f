"""The place's files as they are now, which may be newer than its plan, and whether a page may
change them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tripleaim.place import (
    OWN_NUMBERS,
    InPlace,
    InputError,
    OwnNumber,
    Place,
    entries_of,
    is_shipped,
    load,
    numbers_in_use,
)
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.long_jobs.form_checks import uploads_open


@dataclass(frozen=True)
class PlaceNow:
    """A place as its files are now; `fault` says why they cannot be read, then there is no place.

    `shown` is the place as it is now, else as its plan was built. `why_not` says why pages may not
    change them; empty where they may.
    """

    folder: Path
    place: Place | None
    shown: Place
    fault: str
    why_not: str

    @classmethod
    def of(cls, page: PlacePage) -> PlaceNow:
        """The place of a page."""
        folder = page.built.place.folder
        place, fault = None, ""
        try:
            place = load(folder)
        except InputError as refusal:
            fault = refusal.in_public
        return cls(folder, place, place or page.built.place, fault, _why_not(page, folder))

    @property
    def entries(self) -> Sequence[OwnNumber]:
        """Every entry, those too that are undone, the newest first."""
        return sorted(entries_of(self.shown.files), key=lambda entry: -entry.number)

    @property
    def in_use(self) -> Mapping[int, InPlace]:
        """Those in use, by number."""
        return {one.entry.number: one for one in numbers_in_use(self.shown.files)}


def _why_not(page: PlacePage, folder: Path) -> str:
    if is_shipped(folder):
        return "shipped"
    if not uploads_open(page.request):
        return "closed"
    file = folder / OWN_NUMBERS
    if not os.access(folder, os.W_OK) or (file.exists() and not os.access(file, os.W_OK)):
        return "read-only"
    return ""
