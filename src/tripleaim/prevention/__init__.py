"""Prevention over twenty years: the people it reaches, what it changes, what it costs and whom, and
how soon that shows.

`read_programmes` reads the programme files, `compile_programmes` turns them into arrays for a
projection, `flows` and `break_even` work out their money, `health_outcomes` their health,
`read_consequences` reads what follows late outcomes, `shares_of` attributes what they do together,
and `run_prevention` is the whole job, from people to `prevention.json` (a `PreventionDocument`).
"""

from tripleaim.prevention.attributed_effects import shares_of
from tripleaim.prevention.compiled_programmes import compile_programmes, coverage
from tripleaim.prevention.consequences import read_consequences
from tripleaim.prevention.document import (
    AttributionPart,
    BreakEven,
    Chain,
    Discounted,
    HealthRow,
    LeadingMeasure,
    MoneyPart,
    Prediction,
    PreventionDocument,
    ProgrammePart,
    UncertaintyPart,
)
from tripleaim.prevention.document_risks import AllCausePart
from tripleaim.prevention.document_value import (
    AcceptabilityRow,
    Basis,
    CostPerQaly,
    LuckyInterval,
    PublishedRow,
    ValuePart,
    ValueRow,
)
from tripleaim.prevention.eligibility import clauses_of
from tripleaim.prevention.health import HealthOutcomes, health_outcomes
from tripleaim.prevention.job import run_prevention
from tripleaim.prevention.money import Flows, Prices, break_even, flows, prices
from tripleaim.prevention.official import official_life_expectancy
from tripleaim.prevention.potential import DrawnPotential, PreventionSample
from tripleaim.prevention.programme_files import Names, programme_files, read_programmes
from tripleaim.prevention.programmes import Prevention, parameters
from tripleaim.prevention.reading import check_prevention_inputs
from tripleaim.prevention.versions import read_document

__all__ = [
    "AcceptabilityRow",
    "AllCausePart",
    "AttributionPart",
    "Basis",
    "BreakEven",
    "Chain",
    "CostPerQaly",
    "Discounted",
    "DrawnPotential",
    "Flows",
    "HealthOutcomes",
    "HealthRow",
    "LeadingMeasure",
    "LuckyInterval",
    "MoneyPart",
    "Names",
    "Prediction",
    "Prevention",
    "PreventionDocument",
    "PreventionSample",
    "Prices",
    "ProgrammePart",
    "PublishedRow",
    "UncertaintyPart",
    "ValuePart",
    "ValueRow",
    "break_even",
    "check_prevention_inputs",
    "clauses_of",
    "compile_programmes",
    "coverage",
    "flows",
    "health_outcomes",
    "official_life_expectancy",
    "parameters",
    "prices",
    "programme_files",
    "read_consequences",
    "read_document",
    "read_programmes",
    "run_prevention",
    "shares_of",
]
