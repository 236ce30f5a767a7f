"""What follows late outcomes, from stored results into the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tripleaim.prevention.assemble_money import Results
from tripleaim.prevention.consequences import (
    DEATHS,
    QALYS,
    YEARS,
    Carried,
    Consequence,
    Piece,
    counted,
)
from tripleaim.prevention.document import ConsequenceRow, SparedPart
from tripleaim.prevention.document_numbers import interval
from tripleaim.prevention.health import outcome_names
from tripleaim.prevention.scenarios import NOTHING, TOGETHER
from tripleaim.wording import late_outcome_notes, months_after


def spared(
    results: Results, scenario: int, outcomes: tuple[str, ...], late: tuple[str, ...]
) -> list[SparedPart]:
    """What one scenario spares of each of the outcomes `late` over the horizon; `outcomes`
    are all of them, in the order of the arrays."""
    lost = results.arrays["lost"]
    less = (lost[:, :, NOTHING] - lost[:, :, scenario]).sum(axis=(2, 3))
    events = results.arrays["outcomes"][:, :, 1:].sum(axis=(2, 3))
    averted = events[:, NOTHING] - events[:, scenario]
    return [
        SparedPart(
            outcome=outcome,
            name=name,
            averted=interval(averted[:, outcomes.index(outcome)]),
            qalys=interval(less[:, QALYS, c]),
            life_years=interval(less[:, YEARS, c]),
            deaths_averted=interval(less[:, DEATHS, c]),
        )
        for c, (outcome, name) in enumerate(outcome_names(late).items())
    ]


def consequence_rows(consequences: Sequence[Consequence | Carried]) -> list[ConsequenceRow]:
    """The evidence on each late outcome, in words and numbers."""
    rows = []
    for one in consequences:
        if isinstance(one, Carried):
            rows.append(_carried(one))
            continue
        rows.append(_row(one, "share of the excess deaths that it causes", one.caused, "share"))
        rows += [_row(one, f"hazard of death after it{_when(p)}", p, "ratio") for p in one.death]
        rows += [
            _row(one, f"loss of quality of life{_when(p)}", p, "QALYs a year") for p in one.quality
        ]
    return rows


def spared_note(
    results: Results, consequences: Sequence[Consequence | Carried], conditions: Mapping[str, str]
) -> list[str]:
    """What a reader must know of how late outcomes count, with the size of what is left out."""
    own = counted(consequences)
    if not own:
        return []
    names = outcome_names([c.outcome for c in consequences])
    lost = results.arrays["lost"][0, YEARS]
    return late_outcome_notes(
        counted=[names[c.outcome] for c in own],
        carried=[
            (names[c.outcome], conditions[c.condition])
            for c in consequences
            if isinstance(c, Carried)
        ],
        years_lost=float((lost[NOTHING] - lost[TOGETHER]).sum()),
        years_lived=float(results.arrays["registered"][0, TOGETHER, 1:].sum()),
    )


def _carried(one: Carried) -> ConsequenceRow:
    return ConsequenceRow(
        outcome=one.outcome,
        effect="carried by a condition, and so not counted again",
        value=None,
        low=None,
        high=None,
        unit="",
        carried_by=one.condition,
        status=one.status,
        source=one.source,
        where="",
        cause=one.cause,
    )


def _row(one: Consequence, effect: str, piece: Piece, unit: str) -> ConsequenceRow:
    estimate = piece.estimate
    return ConsequenceRow(
        outcome=one.outcome,
        effect=effect,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        unit=unit,
        carried_by=None,
        status=estimate.status,
        source=estimate.source,
        where=piece.where,
        cause=estimate.cause,
    )


def _when(piece: Piece) -> str:
    return months_after(piece.sex, piece.from_month, piece.to_month)
