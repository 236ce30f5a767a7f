"""Measures: comparable rates from activity, with their intervals.

Intervals, standardisation, life tables, healthy life expectancy and the slope index of inequality
are named as public health names them; `benchmarks` compares a place with the most similar ones and
with the peer figures in its own plan.
"""

from tripleaim.measures.access import (
    AccessTarget,
    MeasuredShare,
    SetTarget,
    access_targets,
    within_four_hours,
    within_weeks,
)
from tripleaim.measures.activity_rates import RATES_BY, ActivityRate, activity_rates, rates_table
from tripleaim.measures.age_at_death import deaths_by_age_at_death
from tripleaim.measures.areas import Area, area_of, read_areas
from tripleaim.measures.compare import (
    AreaSpread,
    Comparison,
    FunnelPoint,
    PeerValue,
    compare,
    funnel_points,
)
from tripleaim.measures.funnel import Funnel, Verdict, funnel
from tripleaim.measures.healthy_life import (
    HealthyLife,
    healthy_life_expectancy,
    quality_adjusted_life_expectancy,
)
from tripleaim.measures.inputs import BenchmarkInputs, Variable, benchmark_inputs
from tripleaim.measures.intervals import Interval, byars, rate, wilson
from tripleaim.measures.life_tables import (
    BAND_STARTS,
    BANDS,
    WHY_NOT,
    LifeTable,
    band_from,
    life_table,
)
from tripleaim.measures.luck import (
    CONFIDENCE,
    FEW_ALIKE,
    MANY_PEOPLE,
    SmallNumber,
    by_luck,
    luck_share,
    people_alike,
    small_number,
    small_numbers,
    small_share,
)
from tripleaim.measures.need import NeedOfPlace, NeedRow, need_of
from tripleaim.measures.peer_benchmarks import (
    AreaNotListed,
    Benchmarks,
    ListsNotAvailable,
    Margin,
    PeersNotKnown,
    SpendNotPrinted,
    benchmarks,
)
from tripleaim.measures.printed import (
    AlreadyBelowPeers,
    ClaimBelowPeers,
    OfficialBelowPeers,
    PrintedPeer,
    RightSizing,
    printed_peers,
    right_sizing,
)
from tripleaim.measures.similarity import Peer, peers
from tripleaim.measures.slope_indices import SlopeIndex, slope_index
from tripleaim.measures.specialised import (
    LinesBeyondTotal,
    LinesNotProgrammes,
    Specialised,
    SpecialisedProgramme,
    UnnamedSpend,
    specialised,
)
from tripleaim.measures.standardise import (
    directly_standardised_rate,
    indirectly_standardised_ratio,
)
from tripleaim.measures.then_and_now import Since, SinceRow, is_same_place, since
from tripleaim.measures.waiting import TrustWait, Waiting, WaitingList, trust_waits, waiting_list

__all__ = [
    "BANDS",
    "BAND_STARTS",
    "CONFIDENCE",
    "FEW_ALIKE",
    "MANY_PEOPLE",
    "RATES_BY",
    "WHY_NOT",
    "AccessTarget",
    "ActivityRate",
    "AlreadyBelowPeers",
    "Area",
    "AreaNotListed",
    "AreaSpread",
    "BenchmarkInputs",
    "Benchmarks",
    "ClaimBelowPeers",
    "Comparison",
    "Funnel",
    "FunnelPoint",
    "HealthyLife",
    "Interval",
    "LifeTable",
    "LinesBeyondTotal",
    "LinesNotProgrammes",
    "ListsNotAvailable",
    "Margin",
    "MeasuredShare",
    "NeedOfPlace",
    "NeedRow",
    "OfficialBelowPeers",
    "Peer",
    "PeerValue",
    "PeersNotKnown",
    "PrintedPeer",
    "RightSizing",
    "SetTarget",
    "Since",
    "SinceRow",
    "SlopeIndex",
    "SmallNumber",
    "Specialised",
    "SpecialisedProgramme",
    "SpendNotPrinted",
    "TrustWait",
    "UnnamedSpend",
    "Variable",
    "Verdict",
    "Waiting",
    "WaitingList",
    "access_targets",
    "activity_rates",
    "area_of",
    "band_from",
    "benchmark_inputs",
    "benchmarks",
    "by_luck",
    "byars",
    "compare",
    "deaths_by_age_at_death",
    "directly_standardised_rate",
    "funnel",
    "funnel_points",
    "healthy_life_expectancy",
    "indirectly_standardised_ratio",
    "is_same_place",
    "life_table",
    "luck_share",
    "need_of",
    "peers",
    "people_alike",
    "printed_peers",
    "quality_adjusted_life_expectancy",
    "rate",
    "rates_table",
    "read_areas",
    "right_sizing",
    "since",
    "slope_index",
    "small_number",
    "small_numbers",
    "small_share",
    "specialised",
    "trust_waits",
    "waiting_list",
    "wilson",
    "within_four_hours",
    "within_weeks",
]
