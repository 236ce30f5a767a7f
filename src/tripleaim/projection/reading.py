"""Everything that a projection reads of a place, read and checked without leading a life."""

from __future__ import annotations

from tripleaim.people import read_diseases, read_residents_to_come, read_risk_factors
from tripleaim.place import Place
from tripleaim.projection.contact_tables import contact_inputs
from tripleaim.projection.expected import outcome_rates, quality_norms
from tripleaim.projection.projection_parameters import parameters
from tripleaim.projection.relatives import read_sources
from tripleaim.projection.vitals import read_variant, read_vitals


def check_projection_inputs(place: Place) -> None:
    """Read what lives and contacts of the plan's years follow. Raises InputError at a fault."""
    read_vitals(place)
    read_residents_to_come(place)
    steps = len(place.years)
    for low in (True, False):
        read_variant(place, steps, low=low)
    conditions = tuple(disease.id for disease in read_diseases(place))
    risks = tuple(factor.id for factor in read_risk_factors(place))
    read_sources(place, conditions, risks)
    outcome_rates(place)
    quality_norms(place)
    contact_inputs(place)
    parameters(place)
