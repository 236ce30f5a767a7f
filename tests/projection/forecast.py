"""A forecast put together as the main job does it: counted, calibrated, its growth by cause."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.activity import Activity
from tripleaim.place import Place
from tripleaim.projection import (
    ContactModel,
    CountedContacts,
    Growth,
    Trajectory,
    contact_factors,
    contact_inputs,
    count_contacts,
    fit_contacts,
    growth_by_cause,
)


@dataclass(frozen=True)
class Forecast:
    """Contacts of the years to come before and after calibration."""

    counted: CountedContacts
    factor: dict[str, dict[str, float]]
    uncalibrated: Activity
    calibrated: Activity
    growth: tuple[Growth, ...]
    growth_uncalibrated: tuple[Growth, ...]

    @classmethod
    def of(
        cls, place: Place, trajectory: Trajectory, model: ContactModel | None = None
    ) -> Forecast:
        """The forecast of a trajectory."""
        model = model or fit_contacts(contact_inputs(place), trajectory)
        counted = count_contacts(place, trajectory, model=model)
        factor = contact_factors(place, counted)
        return cls(
            counted,
            factor,
            counted.activity("0" * 64),
            counted.activity("0" * 64, factor),
            growth_by_cause(trajectory, model, counted, factor),
            growth_by_cause(trajectory, model, counted),
        )
