"""Measures: activity into rates that can be compared, with their intervals.

Intervals and standardisation are named as public health names them; `benchmarks` sets a place
beside the most similar ones and beside what its own plan prints about its peers.
"""

from tripleaim.measures.areas import Area, area_of, read_areas
from tripleaim.measures.benchmarks import Benchmarks, Margin, benchmarks, benchmarks_document
from tripleaim.measures.compare import (
    Comparison,
    FunnelPoint,
    PeerValue,
    Spread,
    compare,
    funnel_points,
)
from tripleaim.measures.funnel import Funnel, Verdict, funnel
from tripleaim.measures.intervals import Interval, byars, rate, wilson
from tripleaim.measures.printed import PrintedPeer, RightSizing, printed_peers, right_sizing
from tripleaim.measures.similarity import Peer, Variable, peers
from tripleaim.measures.specialised import Programme, Specialised, specialised
from tripleaim.measures.standardise import (
    directly_standardised_rate,
    indirectly_standardised_ratio,
)

__all__ = [
    "Area",
    "Benchmarks",
    "Comparison",
    "Funnel",
    "FunnelPoint",
    "Interval",
    "Margin",
    "Peer",
    "PeerValue",
    "PrintedPeer",
    "Programme",
    "RightSizing",
    "Specialised",
    "Spread",
    "Variable",
    "Verdict",
    "area_of",
    "benchmarks",
    "benchmarks_document",
    "byars",
    "compare",
    "directly_standardised_rate",
    "funnel",
    "funnel_points",
    "indirectly_standardised_ratio",
    "peers",
    "printed_peers",
    "rate",
    "read_areas",
    "right_sizing",
    "specialised",
    "wilson",
]
