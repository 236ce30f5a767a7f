"""Tables of twenty years of prevention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from paper.documents import Documents, Table, made_from
from paper.rows import markdown, number_text, short, spread_of
from tripleaim.people import OLDEST

BASES = ("all joiners, horizon", "first joiners, horizon", "first joiners, lifetime")
SHARED = ("avoided", "qalys", "deaths", "stroke", "hip_fracture")


def prevention_headline(d: Documents) -> str:
    """Twenty years of all programmes together."""
    head = d.prevention["headline"]
    rate = d.prevention["discount_rates_pct"][1]
    rows = [
        [f"programme cost, £m, discounted at {rate:g}%", spread_of(head["programme_cost_gbp_m"])],
        ["contacts avoided, £m", spread_of(head["avoided_gbp_m"])],
        ["net cost, £m", spread_of(head["net_cost_gbp_m"])],
        ["net cost counting only cash released, £m", spread_of(head["net_cash_gbp_m"])],
        ["breaks even", _break_even(head["break_even"])],
        [
            "avoided inside the five-year plan, £m undiscounted",
            spread_of(head["inside_plan_gbp_m"]),
        ],
        ["as a share of everything avoided, %", spread_of(head["inside_plan_pct"])],
        [f"QALYs, discounted at {rate:g}%", _with_luck_error(head["qalys_discounted"])],
        ["QALYs, undiscounted", _with_luck_error(head["qalys"])],
        [f"£ a QALY, both discounted at {rate:g}%", _per_qaly(head["gbp_per_qaly"])],
        [
            "£ a QALY, without programmes with no known effect",
            _per_qaly(head["gbp_per_qaly_acting"]),
        ],
        ["deaths averted", spread_of(head["deaths_averted"], 0)],
    ]
    names = d.prevention["conditions"]
    for key in ("stroke", "diabetes", "dementia"):
        rows.append([f"onsets averted: {names[key]}", spread_of(head["onsets_averted"][key], 0)])
    for key, spread in head["outcomes_averted"].items():
        rows.append([f"averted: {key.replace('_', ' ')}", spread_of(spread, 0)])
    for sex, spread in head["life_expectancy_gained"].items():
        rows.append([f"life expectancy gained by {sex}s in the last year", spread_of(spread, 2)])
    return markdown(("all programmes against none", "20 years"), rows) + _of_prevention(d)


def _with_luck_error(found: Mapping[str, Any]) -> str:
    """A number with its error of luck and its interval."""
    luck = "" if found["luck"] is None else f" ± {number_text(found['luck'], 0)}"
    whole = spread_of(found, 0)
    return (
        whole
        if not luck
        else whole.replace(" (", f"{luck} (", 1)
        if " (" in whole
        else whole + luck
    )


def _in_hundreds(pounds: float) -> str:
    return number_text(100 * round(pounds / 100), 0)


def _per_qaly(found: Mapping[str, Any]) -> str:
    if found["central"] is None:
        return "gains no QALYs"
    low, high = (
        "no gain" if found[end] is None else _in_hundreds(found[end]) for end in ("p10", "p90")
    )
    luck = "" if found["luck"] is None else f" ± {_in_hundreds(found['luck'])}"
    return f"{_in_hundreds(found['central'])}{luck} ({low} to {high})"


def _break_even(found: Mapping[str, Any]) -> str:
    central = found["central"] or "not within 20 years"
    return f"{central}; in {found['ever_pct']:.0f}% of draws at some time"


def prevention_programmes(d: Documents) -> str:
    """Each programme alone."""
    rate = d.prevention["discount_rates_pct"][1]
    values = {r["id"]: r for r in _values(d, rate) if r["basis"] == BASES[0]}
    rows = []
    for p in d.prevention["programmes"]:
        sums = next(s for s in p["money"]["sums"] if s["rate_pct"] == rate)
        rows.append(
            [
                p["name"],
                spread_of(p["joined_total"], 0),
                spread_of(sums["programme_cost"]),
                spread_of(sums["avoided"]),
                spread_of(sums["net_cost"]),
                _with_luck_error(sums["qalys"]),
                _per_qaly(values[p["id"]]["gbp_per_qaly"]),
                f"{sums['break_even']['ever_pct']:.0f}",
            ]
        )
    headers = (
        *("programme, alone", "join", "cost, £m", "avoided, £m", "net cost, £m", "QALYs"),
        *("£ a QALY", "breaks even in % of draws"),
    )
    return markdown(headers, rows) + _of_prevention(d)


def prevention_value(d: Documents) -> str:
    """£ a QALY of each programme on three bases, side by side."""
    rate = d.prevention["discount_rates_pct"][1]
    rows: dict[str, list[str]] = {}
    for row in _values(d, rate):
        cells = rows.setdefault(row["id"], [row["name"]])
        cells.append(_per_qaly(row["gbp_per_qaly"]))
        if row["basis"] == BASES[-1]:
            cells.append(f"{row['gbp_per_qaly']['worth_it_pct']:.0f}")
    worth = d.prevention["qaly_value_gbp"]
    headers = (
        *("programme", "all who join, 20 years", "first five years' joiners, 20 years"),
        *("the same, their lifetimes", f"worth it at £{worth:,.0f}, % of draws"),
    )
    return markdown(headers, list(rows.values())) + _of_prevention(d)


def prevention_published(d: Documents) -> str:
    """Published evaluations beside ours, and why they differ."""
    names = {p["id"]: p["name"] for p in d.prevention["programmes"]}
    rows = [
        [
            names[r["programme"]],
            f"{r['evaluation']} ({r['source']})",
            r["finding"] or f"{number_text(r['gbp_per'], 0)} a {r['per']}",
            "gains no QALYs" if r["ours_gbp_per"] is None else _in_hundreds(r["ours_gbp_per"]),
            _agreement(r),
            r["why"],
        ]
        for r in d.prevention["published"]
    ]
    headers = (
        "programme",
        "evaluation",
        "theirs, £",
        "ours, £ for the same",
        "within twice",
        "why",
    )
    return markdown(headers, rows) + _of_prevention(d)


def _agreement(row: Mapping[str, Any]) -> str:
    if row["within_twice"] is not None:
        return "yes" if row["within_twice"] else "no"
    if row["both_save"] is not None:
        return "both save" if row["both_save"] else "only theirs saves"
    return "–" if row["ours_gbp_per"] is None else "only ours saves"


def deaths_by_smoking(d: Documents) -> str:
    """How deaths of smokers against people who never smoked are calibrated, men and women."""
    fitted: dict[tuple[int, int], dict[str, Mapping[str, Any]]] = {}
    for row in d.prevention["all_cause"]:
        if (row["risk"], row["level"]) == ("smoking", "current") and row["age_from"] >= 35:
            fitted.setdefault((row["age_from"], row["age_to"]), {})[row["sex"]] = row
    columns = {
        "published": "published",
        "through conditions": "through_conditions",
        "direct, solved": "direct",
        "uncalibrated, all deaths": "uncalibrated",
        "achieved in lives led": "achieved",
        "today's people": "base_year",
        "today's, unadjusted": "unadjusted",
    }
    rows = [
        [
            f"{first} and over" if last >= OLDEST else f"{first} to {last}",
            *(f"{_two(of['male'][key])}, {_two(of['female'][key])}" for key in columns.values()),
        ]
        for (first, last), of in fitted.items()
    ]
    return markdown(("age", *columns), rows) + _of_prevention(d)


def _two(value: float | None) -> str:
    return "not known" if value is None else f"{value:.2f}"


def _values(d: Documents, rate: float) -> list[Mapping[str, Any]]:
    return [r for r in d.prevention["value"]["rows"] if r["rate_pct"] == rate]


def by_quintile(d: Documents) -> str:
    """Who gains."""
    rows = [
        [
            f"{q['quintile']}{', most deprived' if q['quintile'] == 1 else ''}",
            number_text(q["people"], 0),
            spread_of(q["joined"], 0),
            spread_of(q["qalys_per_1000"]),
            spread_of(q["deaths_averted"], 0),
        ]
        for q in d.prevention["by_quintile"]
    ]
    headers = ("quintile", "people", "join", "QALYs for 1,000 people", "deaths averted")
    return markdown(headers, rows) + _of_prevention(d)


def leading(d: Documents) -> str:
    """What early measures predict of late outcomes."""
    rows = []
    for chain in d.prevention["leading"]:
        predicted = {p["after_years"]: p for p in chain["predictions"]}
        rows.append(
            [
                chain["name"],
                str(len(chain["measures"])),
                spread_of(chain["effect"], 0),
                *(_predicted(predicted.get(year)) for year in (1, 3, 5)),
            ]
        )
    headers = (
        *("outcome", "measures", "whole effect", "after 1 year: 80% interval; explained, %"),
        *("after 3 years", "after 5 years"),
    )
    return markdown(headers, rows) + _of_prevention(d)


def _predicted(found: Mapping[str, Any] | None) -> str:
    if found is None or found["low"] is None:
        return "–"
    explained = found["explained_pct"]
    interval = f"{number_text(found['low'], 0)} to {number_text(found['high'], 0)}"
    return f"{interval}; {number_text(explained, 0)}"


def prevention_drivers(d: Documents) -> str:
    """What the intervals of twenty years are due to, and chance beside it."""
    rows = [
        [
            u["name"],
            spread_of(u["interval"]),
            short(u["standard_deviation"]),
            short(u["chance_standard_deviation"]),
            _standing_out(u["drivers"]),
            number_text(d.prevention["decision"]["perfect_information_gbp_m"], 2),
        ]
        for u in d.prevention["uncertainty"]
    ]
    headers = (
        *("outcome", "central, 10% to 90%", "sd, parameters", "sd, chance"),
        *("shares of the variance that are more than chance", "perfect information, £m"),
    )
    return markdown(headers, rows) + _of_prevention(d)


def _standing_out(drivers: Sequence[Mapping[str, Any]]) -> str:
    certain = [x for x in drivers if x["share"] is not None]
    return "; ".join(f"{x['name']} {100 * x['share']:.0f}%" for x in certain) or "none"


def attribution(d: Documents) -> str:
    """Shapley shares of what all programmes do together."""
    chosen = [a for a in d.prevention["attribution"] if a["id"] in SHARED]
    names = {p["id"]: p["name"] for p in d.prevention["programmes"]}
    shares = [{s["programme"]: s for s in a["shares"]} for a in chosen]
    rows = [[names[key], *(_share(of[key]) for of in shares)] for key in names]
    rows.append(["together", *(number_text(a["total"]) for a in chosen)])
    people = max((a["people"] for a in chosen), default=0)
    coalitions = max((a["coalitions"] for a in chosen), default=0)
    note = (
        f"shares from {coalitions} sets of programmes on {people:,} people, scaled; ± the "
        "standard error over random seeds"
    )
    headers = ("programme", *(f"{a['name'].replace('_', ' ')}, {a['unit']}" for a in chosen))
    return markdown(headers, rows) + made_from(d.prevention, note)


def _share(share: Mapping[str, Any]) -> str:
    error = f" ± {number_text(share['error'])}" if share["error"] else ""
    return f"{number_text(share['value'])}{error}"


def _of_prevention(d: Documents) -> str:
    run = d.prevention["run"]
    return made_from(
        d.prevention,
        f"{run['simulated']:,} of {run['registered']:,} people simulated with {run['seeds']} "
        f"random seeds, ± the standard error over them; {run['draws']} draws; in brackets the "
        "10th and 90th percentile",
    )


TABLES: Mapping[str, Table] = {
    "prevention-headline": prevention_headline,
    "prevention-programmes": prevention_programmes,
    "prevention-value": prevention_value,
    "prevention-published": prevention_published,
    "deaths-by-smoking": deaths_by_smoking,
    "by-quintile": by_quintile,
    "leading": leading,
    "prevention-drivers": prevention_drivers,
    "attribution": attribution,
}
