"""Two small boards, compared with few people in few draws."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tripleaim.board_comparison import ComparisonDocument, SampleSettings, compare_boards
from tripleaim.core import RunContext

SMALL = SampleSettings(people=2_000, draws=4, years=8)
BOARDS = ("NHS Somerset", "QOC")


@dataclass(frozen=True)
class Compared:
    """The folder of a comparison, the files it had when it was stopped, and what came out."""

    folder: Path
    when_stopped: frozenset[str]
    document: ComparisonDocument


def compare(folder: Path, context: RunContext) -> ComparisonDocument:
    """The two boards in this process."""
    return compare_boards(folder, context, settings=SMALL, only=BOARDS, processes=1)
