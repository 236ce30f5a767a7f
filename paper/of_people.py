"""Tables of the people, of their lives over twenty years, and of the figures beside both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from paper.documents import Document, Documents, Table, made_from
from paper.rows import markdown, number_text, short


def clustering(d: Documents) -> str:
    """How conditions cluster, beside the county's linked records."""
    rows = [
        [
            str(row["conditions"]),
            short(row["published_ratio"]),
            short(row["ratio"]),
            short(row["without_frailty"]),
            short(row["age_and_sex_alone"]),
        ]
        for row in d.people["priority_counts"]
        if row["published_ratio"] is not None
    ]
    headers = (
        *("conditions of the eight", "recorded", "model", "without shared frailty (uncalibrated)"),
        "age and sex alone",
    )
    return markdown(headers, rows) + made_from(d.plan)


def levels(d: Documents) -> str:
    """Adults at the worst level of each risk factor."""
    worst = {row["id"]: row for row in d.people["risks"]}
    rows = [
        [
            f"{row['name']}: {row['level_name'][:1].lower()}{row['level_name'][1:]}",
            number_text(row["expected_pct"]),
            number_text(row["pct"]),
            number_text(row["most_deprived_pct"]),
            number_text(row["least_deprived_pct"]),
        ]
        for row in worst.values()
    ]
    headers = (
        *("worst level, people of 16 and over", "table, %", "model, %", "most deprived fifth"),
        "least deprived fifth",
    )
    return markdown(headers, rows) + made_from(d.plan)


def checks(d: Documents) -> str:
    """The people beside the figures they were drawn to."""
    rows = []
    for name, chosen in KINDS_OF_CHECK.items():
        compared = [c for c in d.long_run["checks"] if chosen(c)]
        off = max(
            compared, key=lambda c: abs(c["difference"]) / max(c["tolerance"], 1e-9), default=None
        )
        rows.append(
            [
                name,
                f"{sum(c['passes'] for c in compared)} of {len(compared)}",
                "–" if off is None else off["name"],
                "–" if off is None else short(off["expected"]),
                "–" if off is None else short(off["found"]),
            ]
        )
    headers = ("people against", "within tolerance", "largest difference", "official", "model")
    return markdown(headers, rows) + made_from(d.long_run)


def _register(check: Mapping[str, Any]) -> bool:
    return bool(check["note"].startswith("register "))


def _level(check: Mapping[str, Any]) -> bool:
    return bool(check["note"].startswith("shares by age and sex"))


def _ratio(check: Mapping[str, Any]) -> bool:
    return bool(check["unit"] == "ratio")


KINDS_OF_CHECK: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "list sizes, residents, ages": lambda c: not (_register(c) or _level(c) or _ratio(c)),
    "disease registers": _register,
    "levels of risk factors": _level,
    "clustering of conditions": _ratio,
}


def stationary(d: Documents) -> str:
    """Shares of conditions at the ages of the base year, over twenty years."""
    years = d.long_run["years"]
    shown = (0, 5, 10, 20)
    rows = [
        [
            c["name"],
            number_text(c["trend_pct_a_year"], 2),
            *(number_text(c["share_pct"][y], 2) for y in shown[:2]),
            number_text(c["stated_pct"], 2),
            *(number_text(c["share_pct"][y], 2) for y in shown[2:]),
            number_text(100 * (c["share_pct"][5] / c["stated_pct"] - 1)),
        ]
        for c in d.long_run["conditions"]
    ]
    headers = (
        *("condition", "trend, % a year", f"{years[0]}, %", years[5], f"stated for {years[5]}"),
        *(years[10], years[20], f"{years[5]} against stated, %"),
    )
    return markdown(headers, rows) + made_from(d.long_run, _simulated(d.long_run))


def courses(d: Documents) -> str:
    """Drift of shares without trends, in exact expectation, with and without what is calibrated."""
    rows = [
        [
            c["name"],
            *(number_text(drift) for drift in c["drift_pct"]),
            number_text(c["leaving_pct"], 2),
            c["status"],
            *(number_text(drift) for drift in c["uncalibrated_pct"]),
        ]
        for c in d.long_run["courses"]
    ]
    headers = (
        *(
            "condition",
            "in 5 years, %",
            "in 20 years, %",
            "who lose it, % a year",
            "status of that",
        ),
        *("uncalibrated, in 5 years, %", "uncalibrated, in 20 years, %"),
    )
    return markdown(headers, rows) + made_from(d.long_run, "everybody, no disease with a trend")


def _simulated(document: Document) -> str:
    return f"{document['people']:,} people led for twenty years, one seed"


def deaths(d: Documents) -> str:
    """Deaths drawn, beside those that official rates expect of the same people."""
    rows = []
    for first, last in ((0, 5), (5, 10), (10, 15), (15, 20)):
        years = d.long_run["deaths"][first:last]
        drawn, expected = (sum(row[k] for row in years) for k in ("drawn", "expected"))
        rows.append(
            [
                f"{years[0]['year']} to {years[-1]['year']}",
                number_text(drawn, 0),
                number_text(expected, 0),
                number_text(100 * (drawn / expected - 1)),
                number_text(100 * 1.96 / expected**0.5),
            ]
        )
    headers = ("years", "drawn", "official rates", "difference, %", "95% of chance, ± %")
    return markdown(headers, rows) + made_from(d.long_run, _simulated(d.long_run))


def life_expectancy(d: Documents) -> str:
    """The model's first year beside official life expectancy."""
    words = {
        "life": "life expectancy",
        "healthy": "healthy life expectancy",
        "slope-life": "slope index",
        "slope-healthy": "slope index, healthy life",
    }
    rows = []
    for row in d.long_run["official"]:
        official = row["place"] if row["place"] is not None else row["england"]
        rows.append(
            [
                f"{words[row['measure']]}, {row['sex']}, at {row['age']}",
                number_text(row["modelled"]),
                number_text(row["printed"]),
                _of(row["place"], row["place_period"]),
                _of(row["england"], row["england_period"]),
                "–" if row["modelled"] is None else number_text(row["modelled"] - official),
            ]
        )
    headers = (
        *("years", "model, 2016/17", "printed, 2009 to 2011", "Somerset, official"),
        *("England, official", "model less official"),
    )
    return markdown(headers, rows) + made_from(d.long_run, _simulated(d.long_run))


def _of(value: float | None, period: str | None) -> str:
    return "–" if value is None else f"{number_text(value)} ({(period or '').replace('/', ' to ')})"


TABLES: Mapping[str, Table] = {
    "clustering": clustering,
    "levels": levels,
    "checks": checks,
    "stationary": stationary,
    "courses": courses,
    "deaths": deaths,
    "life-expectancy": life_expectancy,
}
