"""What will be needed if nothing changes, in words."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim import wording as words
from tripleaim.backtest import RecordedGrowth
from tripleaim.plan import PlanDocument, PointOfDeliveryPart
from tripleaim.web.ui.tables import PageColumn, PageTable


def answer(document: PlanDocument) -> str:
    """How much more will be needed, by which kinds of contact most and least."""
    points = sorted(document.points_of_delivery, key=lambda p: -p.growth_pct)
    if not points:
        return "No point of delivery is listed for this place."
    first, last = document.years[0], document.years[-1]
    population = document.population
    who = "the plan prints" if is_printed(document) else "we expect"
    people = 100 * (population[last] / population[first] - 1)
    return (
        f"From {first} to {last} {who} growth from {_growth(points[-1])} "
        f"to {_growth(points[0])}. "
        f"From {first} to {last} the number registered grows by {words.percent(people)}, and the "
        f"share aged 75 and over from {words.percent(document.aged_75_and_over_pct[first])} to "
        f"{words.percent(document.aged_75_and_over_pct[last])}."
    )


def is_printed(document: PlanDocument) -> bool:
    """Whether the plan prints any activity that a forecast can be held to."""
    return any(p.printed for p in document.points_of_delivery)


def is_measured(document: PlanDocument) -> bool:
    """Whether the level of any contacts is set to what was counted here."""
    return any(p.measured for p in document.points_of_delivery)


def measured_sentence(document: PlanDocument) -> str:
    """How far the model was from what was counted here, before calibration; "" without counts."""
    found = [(p, p.measured) for p in document.points_of_delivery if p.measured]
    if not found:
        return ""
    parts = [
        f"{words.count(m.uncalibrated)} {words.inside(p.name)} against {words.count(m.contacts)} "
        f"counted ({words.percent(abs(m.error_pct))} too {'many' if m.error_pct > 0 else 'few'})"
        for p, m in found
    ]
    return (
        f"Before calibration the model had, for {found[0][1].year}, {' and '.join(parts)}. "
        "We multiply these contacts by one factor in every year, so their level is what was "
        "counted and their growth is the model's."
    )


def measured(document: PlanDocument) -> PageTable:
    """What was counted here, what the model had before, and what the count includes."""
    return PageTable(
        "activity-measured",
        "Contacts counted here, and the model before it was calibrated to them",
        [
            PageColumn("name", "Point of delivery"),
            PageColumn("year", "Year"),
            PageColumn("contacts", "Counted", "count"),
            PageColumn("uncalibrated", "Model before calibration", "count"),
            PageColumn("error_pct", "Error before calibration", "percent"),
            PageColumn("months", "Months counted"),
            PageColumn("status", "Status of the count"),
            PageColumn("source", "Source"),
            PageColumn("includes", "What the count includes"),
        ],
        [
            {
                **p.measured.model_dump(),
                "name": f"{p.name} ({p.unit})",
                "months": f"{p.measured.first_month} to {p.measured.last_month}",
            }
            for p in document.points_of_delivery
            if p.measured
        ],
    )


def _growth(point: PointOfDeliveryPart) -> str:
    return f"{words.percent(point.growth_pct)} ({words.inside(point.name)})"


def findings(document: PlanDocument) -> list[str]:
    """Where people, morbidity and trends do not explain what is printed: both ways."""
    sentences = []
    points = [p for p in document.points_of_delivery if p.printed]
    more = [p for p in points if p.growth_pct - p.growth_uncalibrated_pct > 0.5]
    less = [p for p in points if p.growth_uncalibrated_pct - p.growth_pct > 0.5]
    if more:
        worst = max(more, key=lambda p: p.growth_pct - p.growth_uncalibrated_pct)
        sentences.append(
            f"For {len(more)} of {len(points)} kinds of contact the plan prints more growth than "
            "population, morbidity and official trends explain. The difference is largest for "
            f"{words.inside(worst.name)}, {words.percent(worst.growth_pct)} against "
            f"{words.percent(worst.growth_uncalibrated_pct)}."
        )
    if less:
        worst = max(less, key=lambda p: p.growth_uncalibrated_pct - p.growth_pct)
        sentences.append(
            f"For {len(less)} it prints less growth than we expect. The difference is largest for "
            f"{words.inside(worst.name)}, {words.percent(worst.growth_pct)} against "
            f"{words.percent(worst.growth_uncalibrated_pct)}."
        )
    return sentences


def recorded(document: PlanDocument, growths: Sequence[RecordedGrowth]) -> PageTable:
    """Growth a year that was recorded before the plan, and what is expected in it."""
    rows: list[dict[str, object]] = [
        {
            "name": f"Recorded, {g.who or 'trusts here'}",
            "years": f"{g.first_year} to {g.last_year}",
            "first": g.first,
            "last": g.last,
            "growth": g.pct_a_year,
        }
        for g in growths
    ]
    years = f"{document.years[0]} to {document.years[-1]}"
    for point in {g.point_of_delivery for g in growths}:
        for basis in ("do_nothing", "do_nothing_uncalibrated"):
            by_year = document.activity[basis][point]
            first, last = by_year[document.years[0]], by_year[document.years[-1]]
            rows.append(
                {
                    "name": words.position_name(basis),
                    "years": years,
                    "first": first,
                    "last": last,
                    "growth": _a_year(document, point, basis),
                }
            )
    return PageTable(
        "activity-recorded",
        "A&E attendances: growth recorded before the plan, and growth expected in the plan",
        [
            PageColumn("name", "What"),
            PageColumn("years", "Years"),
            PageColumn("first", "First year", "count"),
            PageColumn("last", "Last year", "count"),
            PageColumn("growth", "Growth a year", "percent"),
        ],
        rows,
    )


def recorded_sentence(document: PlanDocument, growths: Sequence[RecordedGrowth]) -> str:
    """The same in words; "" where nothing was recorded."""
    if not growths:
        return ""
    point = next(p for p in document.points_of_delivery if p.id == growths[0].point_of_delivery)
    return words.recorded_growth_sentence(
        point.name,
        growths,
        calibrated=_a_year(document, point.id, "do_nothing"),
        uncalibrated=_a_year(document, point.id, "do_nothing_uncalibrated"),
        printed=bool(point.printed),
    )


def _a_year(document: PlanDocument, point: str, basis: str) -> float:
    by_year = document.activity[basis][point]
    first, last = document.years[0], document.years[-1]
    steps = max(len(document.years) - 1, 1)
    return float(100 * ((by_year[last] / by_year[first]) ** (1 / steps) - 1))


def by_luck(document: PlanDocument) -> PageTable:
    """Kinds of contact that few people carry in the last year, each with its own noise."""
    last = document.years[-1]
    rows = [
        {
            "name": p.name,
            "unit": p.unit,
            "value": document.activity["do_nothing"][p.id][last],
            "low": p.by_luck[0],
            "high": p.by_luck[1],
        }
        for p in document.points_of_delivery
        if p.by_luck
    ]
    return PageTable(
        "activity-by-luck",
        f"Contacts of few people: do nothing in {last}, and the range over other random draws of "
        "people",
        [
            PageColumn("name", "Point of delivery"),
            PageColumn("unit", "Unit"),
            PageColumn("value", "Quantity", "count"),
            PageColumn("low", "By chance, from", "count"),
            PageColumn("high", "to", "count"),
        ],
        rows,
    )


def description(document: PlanDocument) -> str:
    """What the small multiples show, in a sentence."""
    what = "what was counted here" if is_measured(document) else "the plan"
    return (
        f"{len(document.points_of_delivery)} small line charts, one for each kind of contact, on "
        f"one scale where the plan's figure for {document.years[0]} is 100. A solid line is the "
        f"forecast calibrated to {what}, a broken line is the forecast before calibration, and "
        "open circles are printed figures. "
        + "; ".join(
            f"{p.name} {words.percent(p.growth_pct)} calibrated and "
            f"{words.percent(p.growth_uncalibrated_pct)} uncalibrated"
            for p in document.points_of_delivery
        )
        + "."
    )


def split(document: PlanDocument) -> PageTable:
    """Growth over the plan in per cent of its first year, by what explains it."""
    first = document.years[0]
    rows = []
    for p in document.points_of_delivery:
        base = p.printed.get(first) or document.activity.get("do_nothing", {}).get(p.id, {}).get(
            first, 0.0
        )
        rows.append(
            {
                "name": p.name,
                "size_and_age": _share(p.size_and_age, base),
                "morbidity": _share(p.morbidity, base),
                "trend": _share(p.trend, base),
                "rest": _share(p.rest, base),
                "growth": p.growth_pct,
                "uncalibrated": p.growth_uncalibrated_pct,
                "adds": p.calibration_adds_pct_a_year,
            }
        )
    return PageTable(
        "growth",
        f"Growth from {first} to {document.years[-1]}, in per cent, by what explains it",
        [
            PageColumn("name", "Point of delivery"),
            PageColumn("size_and_age", "Size and age", "percent"),
            PageColumn("morbidity", "Morbidity", "percent"),
            PageColumn("trend", "Official trend", "percent"),
            PageColumn("rest", "Unexplained", "percent"),
            PageColumn("growth", "Calibrated", "percent"),
            PageColumn("uncalibrated", "Uncalibrated", "percent"),
            PageColumn("adds", "Calibration adds, a year", "percent"),
        ],
        rows,
    )


def _share(part: float, base: float) -> float | None:
    return 100 * part / base if base else None
