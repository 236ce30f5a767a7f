"""The county as its plan prints it, with a finished run of prevention beside its plan."""

from __future__ import annotations

from pathlib import Path

from printed_county import CountyPlans, county_in
from sample_prevention import keep_run, sample_document

from tripleaim.jobs import Job
from tripleaim.plan import Workspace


class PreventionPlans(CountyPlans):
    """The sample has no run of prevention; the county has one, kept in `folder`."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.county = county_in(folder / "county")
        document = sample_document(self.county.place.sha256_of("prevention"))
        self.job: Job = keep_run(folder / "county", self.county.place, document)

    def workspace(self, place_id: str) -> Workspace | None:
        """The county with its run; the sample as ever."""
        return self.county if place_id == "county" else super().workspace(place_id)
