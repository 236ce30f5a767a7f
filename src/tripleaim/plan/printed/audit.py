"""The audit of a printed plan: whether the identities between its figures hold.

The range of a figure follows from its printed digits: 8 is anything from 7.5 to 8.5, 7.58 from
7.575 to 7.585. An identity *holds* when the computed side, worked from the figures as printed,
rounds to the printed side. One that does not hold is attributed to *rounding* if the rounding of
its inputs can explain it, by interval arithmetic; otherwise it has the verdict that the footprint
declares for it. The audit decides what holds; a verdict declared for an identity that holds, or
missing for one that does not, is flagged.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal

from tripleaim.place import FIGURE_COLUMNS, Figure, InputError, Place
from tripleaim.plan.printed.bounded_numbers import BoundedNumber
from tripleaim.plan.printed.dates import dates_in_order, studies_after_start
from tripleaim.plan.printed.finding import Finding
from tripleaim.plan.printed.identities import (
    SEVERITIES,
    VERDICTS,
    Identity,
    Relation,
    Severity,
    Side,
    Verdict,
    read_identities,
)

FILE = "identities.toml"

_SLACK = 1e-9
_SERIOUSNESS: Sequence[Verdict] = (
    "fails",
    "suspected misprint",
    "official figure differs",
    "other basis, date or scope",
    "rounding",
)
_COMPARE: Mapping[Relation, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Summary:
    """How many identities there are, how many hold, and how many have each verdict and severity."""

    identities: int
    holding: int
    by_verdict: Mapping[Verdict, int]
    by_severity: Mapping[Severity, int]
    flagged: int


def audit(place: Place) -> list[Finding]:
    """Every identity of the place's `identities.toml`, compared with its figures, in file order.

    Then the order of its dates (see `dates_in_order`) and of studies of its own services (see
    `studies_after_start`). A place without that file has findings on
    dates alone. Raises InputError for a fault in the file and for a
    side that divides by zero.
    """
    dates = [*dates_in_order(place), *studies_after_start(place)]
    if not place.has(FILE):
        return dates
    units = {figure.id: figure.unit for figure in place.figures.values()}
    identities = read_identities(place.files.file(FILE), units)
    printed_numbers = printed_numbers_of(place, identities.rounded)
    return [*(_finding(place, one, printed_numbers) for one in identities.all), *dates]


def printed_numbers_of(place: Place, rounded: Mapping[str, float]) -> dict[str, BoundedNumber]:
    """The range of each figure of the place, by id.

    The range of a published figure is everything that rounds to its printed digits, or to the step
    in `rounded`; one published as a range keeps that range. Any other figure is exact.
    """
    return {
        figure.id: _printed_number(figure, texts, rounded)
        for texts in [_texts(place)]
        for figure in place.figures.values()
    }


def summary(findings: Sequence[Finding]) -> Summary:
    """The findings counted; every verdict and severity is listed, even if it is zero."""
    return Summary(
        identities=len(findings),
        holding=sum(f.holds for f in findings),
        by_verdict={v: sum(f.verdict == v for f in findings) for v in VERDICTS},
        by_severity={s: sum(f.severity == s for f in findings) for s in SEVERITIES},
        flagged=sum(bool(f.flag) for f in findings),
    )


def most_serious(findings: Sequence[Finding], number: int = 10) -> list[Finding]:
    """The `number` findings that do not hold and matter most.

    The most severe first; within a severity, failures before findings with a possible reason; then
    the largest difference relative to the larger side.
    """

    def rank(finding: Finding) -> tuple[int, int, float]:
        size = abs(finding.difference) / max(abs(finding.printed), abs(finding.computed), 1e-12)
        return -SEVERITIES.index(finding.severity), _SERIOUSNESS.index(finding.verdict), -size

    return sorted((f for f in findings if not f.holds), key=rank)[:number]


def audit_document(place: Place, findings: Sequence[Finding]) -> dict[str, object]:
    """The audit as a JSON document: footprint, hash of its inputs, counts, and the identities."""
    return {
        "footprint": place.id,
        "inputs_sha256": place.sha256_of("plan"),
        "counts": asdict(summary(findings)),
        "identities": [
            {
                "id": f.id,
                "statement": f.statement,
                "where": f.where,
                "printed": _tidy(f.printed),
                "computed": _tidy(f.computed),
                "difference": _tidy(f.difference),
                "relation": f.relation,
                "unit": f.unit,
                "holds": f.holds,
                "verdict": f.verdict,
                "severity": f.severity,
                "note": f.note,
                "flag": f.flag,
                "figures": list(f.figures),
            }
            for f in findings
        ],
    }


def _finding(
    place: Place, identity: Identity, printed_numbers: Mapping[str, BoundedNumber]
) -> Finding:
    printed = _value(identity, identity.printed, printed_numbers)
    computed = _value(identity, identity.computed, printed_numbers)
    ranges = any(
        (figure := place.figures[name]).status == "published" and figure.low is not None
        for name in identity.figures
    )
    slack = _SLACK * max(1.0, abs(printed.value), abs(computed.value))
    possible = _possible(printed, computed, identity.relation, slack)
    if identity.relation == "=":
        computed_side = computed if ranges else BoundedNumber.exactly(computed.value)
        holds = printed.meets(computed_side, slack)
    else:
        holds = _COMPARE[identity.relation](printed.value, computed.value)
    verdict, severity, flag = _judge(identity, holds, possible)
    return Finding(
        id=identity.id,
        statement=identity.says,
        where=_where(place, identity),
        printed=printed.value,
        computed=computed.value,
        difference=computed.value - printed.value,
        relation=identity.relation,
        unit=identity.unit,
        holds=holds,
        verdict=verdict,
        severity=severity,
        note="" if holds else identity.note,
        flag=flag,
        figures=identity.figures,
    )


def _possible(
    printed: BoundedNumber, computed: BoundedNumber, relation: Relation, slack: float
) -> bool:
    """Whether the identity holds for some numbers that round to the printed ones."""
    if relation == "=":
        return printed.meets(computed, slack)
    if relation in ("<", "<="):
        return _COMPARE[relation](printed.low, computed.high)
    return _COMPARE[relation](printed.high, computed.low)


def _judge(identity: Identity, holds: bool, possible: bool) -> tuple[Verdict, Severity, str]:
    declared = identity.verdict
    if holds:
        return "holds", "none", f"declared as {declared}, but it holds" if declared else ""
    if possible:
        wrong = declared not in (None, "rounding")
        flag = f"declared as {declared}, but rounding explains it" if wrong else ""
        return "rounding", "low", flag
    if declared is None:
        return "fails", "medium", "no verdict is declared"
    if declared == "rounding":
        return (
            "fails",
            identity.severity or "medium",
            "declared as rounding, which cannot explain it",
        )
    return declared, identity.severity or "medium", ""


def _value(
    identity: Identity, side: Side, printed_numbers: Mapping[str, BoundedNumber]
) -> BoundedNumber:
    try:
        return side.value(printed_numbers)
    except ZeroDivisionError:
        raise InputError(
            "expected a divisor that is not zero",
            file=identity.file,
            line=identity.line,
            value=identity.id,
        ) from None


def _texts(place: Place) -> dict[str, str]:
    """The value of every figure as it is written, by id; read in the order that `load` reads."""
    # As text: the audit reads from its digits how finely a figure is rounded.
    columns = [
        replace(c, read=str, minimum=None, maximum=None) if c.name == "value" else c
        for c in FIGURE_COLUMNS
    ]
    return {
        row["id"]: row["value"]
        for folder in reversed(place.files.folders)
        for name in folder.parts("figures")
        for row in folder.rows(name, columns)
    }


def _printed_number(
    figure: Figure, texts: Mapping[str, str], rounded: Mapping[str, float]
) -> BoundedNumber:
    if figure.status != "published":
        return BoundedNumber.exactly(figure.value)
    if figure.low is not None or figure.high is not None:
        low = figure.value if figure.low is None else figure.low
        high = figure.value if figure.high is None else figure.high
        return BoundedNumber(figure.value, low, high)
    exponent = Decimal(texts[figure.id]).as_tuple().exponent
    step = rounded.get(figure.id, 10.0 ** int(exponent))
    return BoundedNumber.rounded(figure.value, step)


def _where(place: Place, identity: Identity) -> str:
    """Where each side is printed; cells of one table are counted rather than listed when many."""
    printed, computed = (
        _cells(place, tuple(side.figures.values()))
        for side in (identity.printed, identity.computed)
    )
    if len(printed) == 1 and list(printed) == list(computed):
        (table,) = printed
        same = printed[table] == computed[table]
        cells = [printed[table]] if same else [printed[table], computed[table]]
        return f"{table}; {' against '.join(_listed(c) for c in cells)}" if any(cells) else table
    sides = [
        " and ".join(
            f"{table}; {_listed(cells)}" if cells else table for table, cells in side.items()
        )
        for side in (printed, computed)
    ]
    return " against ".join(side for side in sides if side)


def _cells(place: Place, figures: Sequence[str]) -> dict[str, list[str]]:
    """The cells that the figures are printed in, by table, section or source."""
    cells: dict[str, list[str]] = {}
    for name in figures:
        figure = place.figures[name]
        where = figure.where
        if figure.status != "published":
            where = "; ".join(t for t in (place.sources[figure.source].title, where) if t)
        table, _, cell = where.rpartition("; ")
        listed = cells.setdefault(table or cell, [])
        if table and cell not in listed:
            listed.append(cell)
    return cells


def _listed(cells: Sequence[str]) -> str:
    return " and ".join(cells) if len(cells) <= 2 else f"{len(cells)} cells"


def _tidy(number: float) -> float:
    """The number without the noise of binary arithmetic: twelve significant digits."""
    return float(f"{number:.12g}")
