"""Everything that twenty years of prevention read of a place, read without leading a life."""

from __future__ import annotations

from tripleaim.people import late_outcome_ids, read_diseases, read_risk_factors
from tripleaim.place import Place
from tripleaim.prevention.assemble_leading_measures import conditions_with_early_signs
from tripleaim.prevention.consequences import read_consequences
from tripleaim.prevention.job import all_parameters
from tripleaim.prevention.money import discount_rates, price_parameters
from tripleaim.prevention.official import official_life_expectancy
from tripleaim.prevention.programme_files import Names, read_programmes
from tripleaim.prevention.programmes import parameters
from tripleaim.prevention.published import FILE


def check_prevention_inputs(place: Place) -> None:
    """Read programmes, and what their health and money depend on. Raises InputError at a fault."""
    conditions = tuple(disease.id for disease in read_diseases(place))
    outcomes = late_outcome_ids(place)
    names = Names(
        conditions=conditions,
        risk_levels=tuple((factor.id, factor.levels) for factor in read_risk_factors(place)),
        points_of_delivery=tuple(point.id for point in place.points_of_delivery),
        outcomes=outcomes,
    )
    programmes = read_programmes(place, names)
    read_consequences(place, outcomes, conditions)
    all_parameters(place, parameters(programmes))
    price_parameters(place)
    discount_rates(place)
    conditions_with_early_signs(place, conditions)
    official_life_expectancy(place)
    if place.has(FILE):
        place.rows(FILE)
