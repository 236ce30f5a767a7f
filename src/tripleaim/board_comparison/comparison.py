"""What samples and official tables gave, put side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from tripleaim.board_comparison.document import ComparedBoard, ComparedMeasurePart, ComparedValue
from tripleaim.board_comparison.measures import MEASURES, ComparedMeasure
from tripleaim.board_comparison.official_measures import KnownValue
from tripleaim.board_comparison.one_board import BoardDraws
from tripleaim.board_comparison.ranks import RankRange, rank_ranges
from tripleaim.people import uniform
from tripleaim.uncertainty import fan

Floats = npt.NDArray[np.float64]

DIGITS = 5
"""Significant digits that are kept: samples carry fewer."""

ASKED_FOR = ["opening.commissioner", "growth.allocation"]
"""What a gap waits for (`asked_for.csv` of every place that is made of a board)."""

STATUS = {"official": "public", "drawn": "assumed", "asked for": "not known"}
"""Of the numbers of each kind; what is drawn rests on assumptions beside public statistics."""


def compared_boards(
    samples: Sequence[BoardDraws],
    names: Mapping[str, str],
    official: Mapping[str, Mapping[str, KnownValue]],
    seed: int,
) -> list[ComparedBoard]:
    """Every board of `samples`, in their order, with its number, interval and rank by measure."""
    by_measure = {
        measure.id: _compared(measure, samples, official.get(measure.id, {}), seed)
        for measure in MEASURES
    }
    return [
        ComparedBoard(
            code=one.board,
            name=names[one.board],
            people=one.people,
            sampled=one.sampled,
            values={measure: values[b] for measure, values in by_measure.items()},
        )
        for b, one in enumerate(samples)
    ]


def measure_parts() -> list[ComparedMeasurePart]:
    """The measures as a document has them."""
    return [
        ComparedMeasurePart(
            id=one.id,
            title=one.title,
            unit=one.unit,
            kind=one.kind,
            covers=one.covers,
            status=STATUS[one.kind],
            source=one.source,
        )
        for one in MEASURES
    ]


def _compared(
    measure: ComparedMeasure,
    samples: Sequence[BoardDraws],
    known: Mapping[str, KnownValue],
    seed: int,
) -> list[ComparedValue]:
    if measure.kind == "asked for":
        return [ComparedValue(value=None, asks_for=ASKED_FOR) for _ in samples]
    if measure.kind == "official":
        return _of_tables(measure, [known[one.board] for one in samples])
    return _of_draws(measure, samples, seed)


def _of_tables(measure: ComparedMeasure, known: Sequence[KnownValue]) -> list[ComparedValue]:
    """Official numbers; where they have parts, an interval and ranks from part to part."""
    values = np.array([one.value for one in known])
    if not measure.ranked:
        return [ComparedValue(value=float(value)) for value in values]
    parts = np.array([one.parts for one in known])
    by_part = np.stack([_ranks_of(row) for row in parts.T])
    own = _ranks_of(values)
    return [
        ComparedValue(
            value=float(value),
            low=float(min(value, *row)),
            high=float(max(value, *row)),
            rank=int(rank),
            rank_low=int(min(rank, *ranks)),
            rank_high=int(max(rank, *ranks)),
        )
        for value, row, rank, ranks in zip(values, parts, own, by_part.T, strict=True)
    ]


def _ranks_of(values: Floats) -> list[int]:
    return [one.rank for one in rank_ranges(values, values[None, :])]


def _of_draws(
    measure: ComparedMeasure, samples: Sequence[BoardDraws], seed: int
) -> list[ComparedValue]:
    drawn = np.array([one.drawn[measure.id] for one in samples]).T
    errors = np.array([sample_error(one.parts[measure.id]) for one in samples])
    codes = [one.board for one in samples]
    spread = drawn + errors * _normal(len(drawn), codes, measure.id, seed)
    values, ends = drawn.mean(axis=0), fan(spread)
    ranks: Sequence[RankRange | None] = (
        rank_ranges(values, spread) if measure.ranked else [None] * len(codes)
    )
    return [
        ComparedValue(
            value=_kept(values[b]),
            low=_kept(min(values[b], ends.p10[b])),
            high=_kept(max(values[b], ends.p90[b])),
            sample_error=_kept(errors[b]),
            rank=rank.rank if rank else None,
            rank_low=rank.low if rank else None,
            rank_high=rank.high if rank else None,
        )
        for b, rank in enumerate(ranks)
    ]


def sample_error(parts: Sequence[float]) -> float:
    """The standard error of a sample's number, from those of its parts (random groups).

    It holds who is in the sample and the luck of their lives.
    """
    return float(np.std(parts, ddof=1) / np.sqrt(len(parts)))


def _normal(draws: int, boards: Sequence[str], measure: str, seed: int) -> Floats:
    """(D, B) standard normal numbers, of each draw, board and measure its own."""
    numbers = np.arange(draws, dtype=np.uint64)
    middle = 2.0**-54  # `uniform` may be 0, whose normal number is infinite
    columns = [
        ndtri(uniform(seed, numbers, 0, f"sample of {b}, {measure}") + middle) for b in boards
    ]
    return np.stack(columns, axis=1)


def _kept(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
