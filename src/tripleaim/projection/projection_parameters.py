"""What the projection leaves uncertain, as parameters to be drawn together."""

from __future__ import annotations

import math

from tripleaim.people import parameters as of_people
from tripleaim.place import Z_95, Estimate, Parameter, Place
from tripleaim.projection.contact_tables import read_trends
from tripleaim.projection.expected import GROWTH_SPREAD
from tripleaim.projection.vitals import FERTILITY, NET_MIGRATION

MORTALITY = Estimate(
    1.0,
    0.92,
    1.08,
    cause="we use the official variants as its 95% interval: about 8% either way after ten years",
)


def parameters(place: Place) -> tuple[Parameter, ...]:
    """The uncertain numbers of diseases and risk factors, of vital rates, and of contacts' growth.

    A draw of `mortality/improvement` above zero is lower mortality.
    """
    growth = read_trends(place)
    return (
        *of_people(place),
        Parameter("mortality/improvement", "Improvement of mortality", MORTALITY),
        Parameter("migration/net", "Net migration", NET_MIGRATION),
        Parameter("fertility", "Fertility", FERTILITY),
        *(
            Parameter(
                f"growth/{point.id}",
                f"Growth of {point.name}",
                _growth(1 + float(growth[p])),
                "growth of contacts",
            )
            for p, point in enumerate(place.points_of_delivery)
        ),
    )


def _growth(value: float) -> Estimate:
    half = Z_95 * GROWTH_SPREAD
    return Estimate(
        value,
        value * math.exp(-half),
        value * math.exp(half),
        cause="as far as growth of four years predicted the next four (uncertainty.contact-growth)",
    )
