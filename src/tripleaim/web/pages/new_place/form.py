"""The form of a new place: what was typed and sent, and every fault in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.http import HttpRequest, QueryDict

from tripleaim.place import InputError, areas_of, years_of
from tripleaim.web.pages.new_place import uploads
from tripleaim.web.pages.new_place.names import fault_of_name
from tripleaim.web.pages.new_place.understanding import Understanding, understand
from tripleaim.web.pages.new_place.uploads import InMemory, Upload

LONGEST = 200
"""Letters of a typed text that are looked at."""

MOST_FAULTS = 20
"""Faults of a file that a page lists."""

MEGABYTES = f"{uploads.MOST_FILE // 1_000_000} MB"


@dataclass
class NewPlaceForm:
    """A name, a file, and where the file has several the area and the year to take.

    `faults` are by field, each with its messages; `areas` and `years` are what may be chosen.
    """

    name: str = ""
    area: str = ""
    year: str = ""
    upload: Upload | None = None
    too_large: bool = False
    faults: dict[str, list[str]] = field(default_factory=dict)
    areas: Sequence[str] = ()
    years: Sequence[str] = ()

    @classmethod
    def sent(cls, request: HttpRequest, data: Path) -> NewPlaceForm:
        """The form as it was sent, with its file or with the hash of one that is kept."""
        handler = InMemory()
        request.upload_handlers = [handler]
        texts, file = request.POST, request.FILES.get("file")
        form = cls.typed(texts, data)
        form.too_large = handler.too_large
        if file is not None and file.name:
            form.upload = Upload(uploads.shown_name(file.name), file.read())
        elif form.too_large:
            form.upload = None
        return form

    @classmethod
    def typed(cls, texts: QueryDict, data: Path) -> NewPlaceForm:
        """The form from texts alone, with the file that is kept under the hash among them."""
        name, area, year, called = (
            " ".join(texts.get(key, "")[:LONGEST].split())
            for key in ("name", "area", "year", "called")
        )
        return cls(name, area, year, uploads.kept(data, texts.get("kept", ""), called))

    @property
    def texts(self) -> dict[str, str]:
        """What a form that follows hands on."""
        texts = {"name": self.name, "area": self.area, "year": self.year}
        if self.upload:
            texts |= {"kept": self.upload.sha256, "called": self.upload.called}
        return texts

    def understood(self, data: Path) -> Understanding | None:
        """What was understood; None with every fault in `faults`."""
        fault = fault_of_name(data, self.name)
        if fault:
            self.faults["name"] = [fault]
        if self.upload is None:
            self.faults["file"] = [_no_file(self.too_large)]
            return None
        if not self.upload.raw.strip():
            self.faults["file"] = [f"{self.upload.called} is empty: choose a file with people"]
            self.upload = None
            return None
        try:
            understood = self._read(self.upload)
        except InputError as fault_of_file:
            self._show_faults(fault_of_file)
            return None
        return None if self.faults else understood

    def _read(self, upload: Upload) -> Understanding | None:
        """What was understood; None once a year or an area is asked for, which takes longer."""
        called = "A place" if "name" in self.faults else self.name
        asked = self.year, self.area
        try:
            return understand(upload, called, self.area or None, self.year or None)
        except InputError:
            self._choose(upload)
            if {"year", "area"} & set(self.faults):
                return None
            if (self.year, self.area) == asked:
                raise
        return understand(upload, called, self.area or None, self.year or None)

    def _choose(self, upload: Upload) -> None:
        """Ask for the year and the area, where the file has several and none of them is chosen."""
        years = years_of(upload.file)
        self.years = years if len(years) > 1 else ()
        if self.years and self.year not in self.years:
            self.faults["year"] = [f"The file has {len(years)} years: choose one"]
            return
        if not self.years:
            self.year = ""
        areas = areas_of(upload.file, self.year or None)
        self.areas = areas if len(areas) > 1 else ()
        if self.areas and self.area not in self.areas:
            self.faults["area"] = [f"The file has {len(areas):,} areas: choose one"]
        if not self.areas:
            self.area = ""

    def _show_faults(self, fault: InputError) -> None:
        self.upload = None  # nobody needs it again
        messages = [one.in_public for one in fault.all_faults]
        more = len(messages) - MOST_FAULTS
        self.faults["file"] = messages[:MOST_FAULTS] + (
            [f"And {more:,} more like these"] * (more > 0)
        )


def _no_file(too_large: bool) -> str:
    if too_large:
        return (
            f"The file is larger than {MEGABYTES}, the largest file that this page accepts: keep "
            "only the lines of your place, or use tripleaim place new"
        )
    return "Choose a file of your people by age and sex"
