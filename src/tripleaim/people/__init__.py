"""The people: everybody registered with the place's practices, synthetic, to official margins.

`synthesise` makes them, `check_people` holds them against the figures they were drawn to,
`profile` describes them in small tables, `write` and `read` store them.
"""

from tripleaim.people.ages import OLDEST, ages_of_band, by_single_year, whole_people
from tripleaim.people.checks import PopulationCheck, check_people
from tripleaim.people.clustering import calibrate_frailty, read_published
from tripleaim.people.disease import (
    AllCause,
    AllCauseRow,
    Disease,
    RaisedBy,
    RiskEffect,
    RiskFactor,
)
from tripleaim.people.disease_files import recorded_pct
from tripleaim.people.drawing import draw_each, draw_frailty, fit_illness, propensity
from tripleaim.people.homes import quintile_areas, read_small_areas
from tripleaim.people.illness import (
    Frailty,
    Illness,
    Register,
    read_diseases,
    read_frailty,
    read_illness,
)
from tripleaim.people.late_events import late_outcome_ids
from tripleaim.people.lists import (
    check_number,
    has_lists,
    read_lists,
    read_practices,
    read_residents_by_district,
)
from tripleaim.people.luck import (
    GOLDEN,
    MIX_1,
    MIX_2,
    STIR_1,
    STIR_2,
    lane_draws,
    lane_stream,
    mix,
    uniform,
)
from tripleaim.people.model import EPOCH_YEAR, SEXES, Areas, Bodies, People, joined
from tripleaim.people.normal import quantile, quantiles, shares_below_each
from tripleaim.people.people_parameters import TREND_SPREAD, parameters
from tripleaim.people.population_profile import Profile, profile, read_profile
from tripleaim.people.ranks import (
    BAND_STARTS,
    HIGHEST,
    Copula,
    calendar,
    draw_ranks,
    fit_copula,
    level_columns,
    levels,
    levels_of,
    relative_by_quintile,
)
from tripleaim.people.residents_to_come import (
    RESIDENTS_TO_COME,
    ResidentsToCome,
    read_residents_to_come,
)
from tripleaim.people.risk_files import DEATH, read_risk_factors
from tripleaim.people.store import read, write
from tripleaim.people.synthesis import bodies_of, reference_year, synthesise

__all__ = [
    "BAND_STARTS",
    "DEATH",
    "EPOCH_YEAR",
    "GOLDEN",
    "HIGHEST",
    "MIX_1",
    "MIX_2",
    "OLDEST",
    "RESIDENTS_TO_COME",
    "SEXES",
    "STIR_1",
    "STIR_2",
    "TREND_SPREAD",
    "AllCause",
    "AllCauseRow",
    "Areas",
    "Bodies",
    "Copula",
    "Disease",
    "Frailty",
    "Illness",
    "People",
    "PopulationCheck",
    "Profile",
    "RaisedBy",
    "Register",
    "ResidentsToCome",
    "RiskEffect",
    "RiskFactor",
    "ages_of_band",
    "bodies_of",
    "by_single_year",
    "calendar",
    "calibrate_frailty",
    "check_number",
    "check_people",
    "draw_each",
    "draw_frailty",
    "draw_ranks",
    "fit_copula",
    "fit_illness",
    "has_lists",
    "joined",
    "lane_draws",
    "lane_stream",
    "late_outcome_ids",
    "level_columns",
    "levels",
    "levels_of",
    "mix",
    "parameters",
    "profile",
    "propensity",
    "quantile",
    "quantiles",
    "quintile_areas",
    "read",
    "read_diseases",
    "read_frailty",
    "read_illness",
    "read_lists",
    "read_practices",
    "read_profile",
    "read_published",
    "read_residents_by_district",
    "read_residents_to_come",
    "read_risk_factors",
    "read_small_areas",
    "recorded_pct",
    "reference_year",
    "relative_by_quintile",
    "shares_below_each",
    "synthesise",
    "uniform",
    "whole_people",
    "write",
]
