"""Every English board by the same method: need, growth, what care will cost, prevention.

`compare_boards` follows a sample of each board's people and writes the comparison to a folder,
where a run that was stopped goes on; `shipped_comparison` reads the one that comes along.
"""

from tripleaim.board_comparison.comparison import compared_boards
from tripleaim.board_comparison.document import (
    COLUMNS,
    ComparedBoard,
    ComparedMeasurePart,
    ComparedValue,
    ComparisonDocument,
    as_csv,
)
from tripleaim.board_comparison.measures import MEASURES, ComparedMeasure
from tripleaim.board_comparison.official_measures import KnownValue, official_measures
from tripleaim.board_comparison.one_board import BoardDraws, SampleSettings, board_draws
from tripleaim.board_comparison.ranks import RankRange, rank_ranges
from tripleaim.board_comparison.run import compare_boards
from tripleaim.board_comparison.shipped import SHIPPED, shipped_comparison

__all__ = [
    "COLUMNS",
    "MEASURES",
    "SHIPPED",
    "BoardDraws",
    "ComparedBoard",
    "ComparedMeasure",
    "ComparedMeasurePart",
    "ComparedValue",
    "ComparisonDocument",
    "KnownValue",
    "RankRange",
    "SampleSettings",
    "as_csv",
    "board_draws",
    "compare_boards",
    "compared_boards",
    "official_measures",
    "rank_ranges",
    "shipped_comparison",
]
