"""Tables and numbers that come from runs; each table says of which inputs, seed and version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from paper.documents import Document, Documents
from paper.rows import counted, markdown, ranged, said, short

Table = Callable[[Documents], str]
WAYS = {
    "do_nothing_uncalibrated": "do nothing, uncalibrated",
    "do_nothing": "do nothing",
    "as_claimed": "as claimed",
    "after_overlap": "after overlap",
    "on_evidence": "on evidence",
}


def _from(document: Document, *more: str) -> str:
    """The line under a table that says what made it."""
    made = (
        f"inputs `{document['inputs_sha256'][:12]}`, seed {document['seed']}, "
        f"version {document['version']}"
    )
    return f"\n\n*{'; '.join([made, *more])}.*"


def population(d: Documents) -> str:
    """Registered people and those of 75 and over, by year."""
    years = list(d.plan["population"])
    rows = [
        ["registered", *(said(d.plan["population"][y], 0) for y in years)],
        ["of 75 and over, %", *(said(d.plan["aged_75_and_over_pct"][y], 2) for y in years)],
    ]
    return markdown(("people on 1 January", *years), rows) + _from(d.plan)


def growth(d: Documents) -> str:
    """Why activity grows, and what calibration had to add."""
    rows = []
    for p in d.plan["points_of_delivery"]:
        first = p["printed"][d.plan["years"][0]]
        uncalibrated = d.plan["activity"]["do_nothing_uncalibrated"][p["id"]][d.plan["years"][0]]
        parts = ("size_and_age", "morbidity", "trend", "rest")
        rows.append(
            [
                p["name"],
                said(p["growth_pct"]),
                said(p["growth_uncalibrated_pct"]),
                *(said(100 * p[part] / first) for part in parts),
                said(p["calibration_adds"], 0),
                said(p["calibration_adds_pct_a_year"], 2),
                said(first / uncalibrated, 2),
            ]
        )
    headers = (
        *("point of delivery", "printed growth, %", "uncalibrated", "size and age", "morbidity"),
        *("trend", "the rest", "calibration adds, contacts in the last year", "% a year"),
        "printed level against ours",
    )
    return markdown(headers, rows) + _from(d.plan)


def plugs(d: Documents) -> str:
    """What is solved of the accounts."""
    rows = [
        [
            f"{c['parameter']}, {c['unit']}",
            said(c["uncalibrated"], 2),
            said(c["value"], 2),
            f"{said(c['low'])} to {said(c['high'])}",
            c["meets"],
            said(c["adds"] / 1e6),
        ]
        for c in d.plan["calibrated"]
    ]
    headers = ("parameter", "stated", "solved", "credible range", "meets", "adds in 2020/21, £m")
    return markdown(headers, rows) + _from(d.plan)


def gap(d: Documents) -> str:
    """The position by way of telling it, and by side in the last year."""
    years = [*d.plan["years"], "cumulative"]
    last = d.plan["years"][-1]
    rows = []
    for way, name in WAYS.items():
        of = d.plan["gap_gbp_m"][way]
        sides = [said(d.plan["sides"][side][way][last]) for side in ("commissioner", "providers")]
        rows.append([name, *(said(of[year]) for year in years), *sides])
    headers = ("£m, negative is a deficit", *years, f"commissioner {last}", f"providers {last}")
    return markdown(headers, rows) + _from(d.plan)


def losses(d: Documents) -> str:
    """What becomes of the claims."""
    years = d.plan["years"]
    claimed = {y: sum(s["claim_gbp_m"].get(y, 0) for s in d.plan["solutions"]) for y in years}
    invested = {y: sum(s["investment_gbp_m"].get(y, 0) for s in d.plan["solutions"]) for y in years}
    nothing, evidence = (d.plan["gap_gbp_m"][way] for way in ("do_nothing", "on_evidence"))
    kinds: Mapping[str, Callable[[str], float]] = {
        "claimed, net of investment": lambda y: claimed[y],
        "lost in overlap": lambda y: d.plan["overlap_gbp_m"][y],
        "of which no size of effect would reach": lambda y: d.plan["impossible_gbp_m"][y],
        "saved on evidence before investment": lambda y: evidence[y] - nothing[y] + invested[y],
        "of which taken off by the population cap": lambda y: d.plan["evidence_cap_gbp_m"][y],
        "investment, counted in full": lambda y: invested[y],
    }
    rows = [[name, *(said(value(y)) for y in years)] for name, value in kinds.items()]
    return markdown(("£m", *years), rows) + _from(d.plan)


def reconciliation(d: Documents) -> str:
    """Published figures that stand beside a computed one, and are not met by construction."""
    rows = [
        [
            r["name"],
            f"{said(r['published'], 1)} {r['unit']}",
            said(r["computed"], 1),
            said(r["uncalibrated"], 1),
            said(r["difference_pct"], 1),
            r["status"],
        ]
        for r in d.plan["reconciliation"]
        if r["status"] != "met by calibration"
    ]
    headers = ("figure", "published", "computed", "uncalibrated", "difference, %", "status")
    counts = Counter(r["status"] for r in d.plan["reconciliation"])
    said_of_all = counted(counts.values(), counts.keys())
    return markdown(headers, rows) + _from(
        d.plan, f"of all figures beside the document {said_of_all}"
    )


def audit(d: Documents) -> str:
    """The printed plan held against itself."""
    counts = d.audit["counts"]
    rows = [[verdict, str(number)] for verdict, number in counts["by_verdict"].items()]
    rows.append(["all identities", str(counts["identities"])])
    return markdown(("verdict", "identities"), rows) + _from({**d.plan, **_inputs(d.audit)})


def _inputs(document: Document) -> Mapping[str, Any]:
    return {"inputs_sha256": document["inputs_sha256"]}


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
        for row in d.people["symphony_counts"]
        if row["published_ratio"] is not None
    ]
    headers = (
        *("conditions of the eight", "recorded", "model", "without shared frailty (uncalibrated)"),
        "age and sex alone",
    )
    return markdown(headers, rows) + _from(d.plan)


def levels(d: Documents) -> str:
    """Adults at the worst level of each risk factor."""
    worst = {row["id"]: row for row in d.people["risks"]}
    rows = [
        [
            f"{row['name']}: {row['level_name'][:1].lower()}{row['level_name'][1:]}",
            said(row["expected_pct"]),
            said(row["pct"]),
            said(row["most_deprived_pct"]),
            said(row["least_deprived_pct"]),
        ]
        for row in worst.values()
    ]
    headers = (
        *("worst level, people of 16 and over", "table, %", "model, %", "most deprived fifth"),
        "least deprived fifth",
    )
    return markdown(headers, rows) + _from(d.plan)


def checks(d: Documents) -> str:
    """The people beside the figures they were drawn to."""
    rows = []
    for name, chosen in KINDS_OF_CHECK.items():
        held = [c for c in d.long_run["checks"] if chosen(c)]
        off = max(
            held, key=lambda c: abs(c["difference"]) / max(c["tolerance"], 1e-9), default=None
        )
        rows.append(
            [
                name,
                f"{sum(c['passes'] for c in held)} of {len(held)}",
                "–" if off is None else off["name"],
                "–" if off is None else short(off["expected"]),
                "–" if off is None else short(off["found"]),
            ]
        )
    headers = ("people against", "within tolerance", "furthest off", "official", "model")
    return markdown(headers, rows) + _from(d.long_run)


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
            said(c["trend_pct_a_year"], 2),
            *(said(c["share_pct"][y], 2) for y in shown[:2]),
            said(c["stated_pct"], 2),
            *(said(c["share_pct"][y], 2) for y in shown[2:]),
            said(100 * (c["share_pct"][5] / c["stated_pct"] - 1)),
        ]
        for c in d.long_run["conditions"]
    ]
    headers = (
        *("condition", "trend, % a year", f"{years[0]}, %", years[5], f"stated for {years[5]}"),
        *(years[10], years[20], f"{years[5]} against stated, %"),
    )
    return markdown(headers, rows) + _from(d.long_run, _simulated(d.long_run))


def _simulated(document: Document) -> str:
    return f"{document['people']:,} people led for twenty years, one seed"


def deaths(d: Documents) -> str:
    """Deaths drawn, beside those that official rates expect of the same people."""
    rows = []
    for first, last in ((0, 5), (5, 10), (10, 15), (15, 20)):
        held = d.long_run["deaths"][first:last]
        drawn, expected = (sum(row[k] for row in held) for k in ("drawn", "expected"))
        rows.append(
            [
                f"{held[0]['year']} to {held[-1]['year']}",
                said(drawn, 0),
                said(expected, 0),
                said(100 * (drawn / expected - 1)),
                said(100 * 1.96 / expected**0.5),
            ]
        )
    headers = ("years", "drawn", "official rates", "difference, %", "95% of chance, ± %")
    return markdown(headers, rows) + _from(d.long_run, _simulated(d.long_run))


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
                said(row["modelled"]),
                said(row["printed"]),
                _of(row["place"], row["place_period"]),
                _of(row["england"], row["england_period"]),
                "–" if row["modelled"] is None else said(row["modelled"] - official),
            ]
        )
    headers = (
        *("years", "model, 2016/17", "printed, 2009 to 2011", "Somerset, official"),
        *("England, official", "model less official"),
    )
    return markdown(headers, rows) + _from(d.long_run, _simulated(d.long_run))


def _of(value: float | None, period: str | None) -> str:
    return "–" if value is None else f"{said(value)} ({(period or '').replace('/', ' to ')})"


def _scores(scores: Iterable[Mapping[str, Any]]) -> str:
    rows = [
        [
            s["group"],
            str(s["series"]),
            said(s["error_pct"]),
            said(s["bias_pct"]),
            said(s["last_value_error_pct"]),
            said(s["straight_line_error_pct"]),
            said(s["coverage_pct"], 0),
            f"{s['smaller_than_both']} of {s['straight_lines']}" if s["straight_lines"] else "–",
        ]
        for s in scores
    ]
    headers = (
        *("group", "series", "error, %", "bias, %", "error of the last value", "of a line"),
        *("held by 80%, %", "better than both"),
    )
    return markdown(headers, rows)


def backtest(d: Documents) -> str:
    """Forecasts of the place, its trusts and England from the early base."""
    about = f"base {d.backtest['base']}, {d.backtest['draws']} draws"
    return _scores(d.backtest["scores"]) + _from(d.backtest, about)


def backtest_elsewhere(d: Documents) -> str:
    """The same methods for everybody else held."""
    return _scores(d.backtest["elsewhere"]) + _from(d.backtest)


def backtest_verdict(d: Documents) -> str:
    """What came of it, in the document's own sentences."""
    return "\n".join(f"- {line}" for line in d.backtest["verdict"])


def backtest_limits(d: Documents) -> str:
    """What weakens it, in the document's own sentences."""
    return "\n".join(f"- {line}" for line in d.backtest["limits"])


def _spread(spread: Mapping[str, Any], digits: int = 1) -> str:
    return ranged(spread["central"], spread["p10"], spread["p90"], digits)


def _of_prevention(d: Documents) -> str:
    run = d.prevention["run"]
    return _from(
        d.prevention,
        f"{run['simulated']:,} of {run['registered']:,} people simulated, {run['draws']} draws; "
        "in brackets the 10th and 90th percentile",
    )


def prevention_headline(d: Documents) -> str:
    """Twenty years of all programmes together."""
    head = d.prevention["headline"]
    rate = d.prevention["discount_rates_pct"][1]
    rows = [
        [f"programme cost, £m, discounted at {rate:g}%", _spread(head["programme_cost_gbp_m"])],
        ["contacts avoided, £m", _spread(head["avoided_gbp_m"])],
        ["net cost, £m", _spread(head["net_cost_gbp_m"])],
        ["net cost counting only cash released, £m", _spread(head["net_cash_gbp_m"])],
        ["breaks even", _break_even(head["break_even"])],
        ["avoided inside the five-year plan, £m undiscounted", _spread(head["inside_plan_gbp_m"])],
        ["which is of all that is avoided, %", _spread(head["inside_plan_pct"])],
        ["QALYs, undiscounted", _spread(head["qalys"], 0)],
        ["deaths averted", _spread(head["deaths_averted"], 0)],
    ]
    names = d.prevention["conditions"]
    for key in ("stroke", "diabetes", "dementia"):
        rows.append([f"onsets averted: {names[key]}", _spread(head["onsets_averted"][key], 0)])
    for key, spread in head["outcomes_averted"].items():
        rows.append([f"averted: {key.replace('_', ' ')}", _spread(spread, 0)])
    for sex, spread in head["life_expectancy_gained"].items():
        rows.append([f"life expectancy gained by {sex}s in the last year", _spread(spread, 2)])
    return markdown(("all programmes against none", "20 years"), rows) + _of_prevention(d)


def _break_even(found: Mapping[str, Any]) -> str:
    central = found["central"] or "not within 20 years"
    return f"{central}; in {found['ever_pct']:.0f}% of draws at some time"


def prevention_programmes(d: Documents) -> str:
    """Each programme alone."""
    rate = d.prevention["discount_rates_pct"][1]
    rows = []
    for p in d.prevention["programmes"]:
        sums = next(s for s in p["money"]["sums"] if s["rate_pct"] == rate)
        rows.append(
            [
                p["name"],
                _spread(p["joined_total"], 0),
                _spread(sums["programme_cost"]),
                _spread(sums["avoided"]),
                _spread(sums["net_cost"]),
                _spread(sums["qalys"], 0),
                sums["break_even"]["central"] or "never",
            ]
        )
    headers = (
        *("programme, alone", "join", "cost, £m", "avoided, £m", "net cost, £m", "QALYs"),
        "breaks even",
    )
    return markdown(headers, rows) + _of_prevention(d)


def by_quintile(d: Documents) -> str:
    """Who gains."""
    rows = [
        [
            f"{q['quintile']}{', most deprived' if q['quintile'] == 1 else ''}",
            said(q["people"], 0),
            _spread(q["joined"], 0),
            _spread(q["qalys_per_1000"]),
            _spread(q["deaths_averted"], 0),
        ]
        for q in d.prevention["by_quintile"]
    ]
    headers = ("quintile", "people", "join", "QALYs for 1,000 people", "deaths averted")
    return markdown(headers, rows) + _of_prevention(d)


def leading(d: Documents) -> str:
    """What early measures foretell of late outcomes."""
    rows = []
    for chain in d.prevention["leading"]:
        foretold = {p["after_years"]: p for p in chain["predictions"]}
        rows.append(
            [
                chain["name"],
                str(len(chain["measures"])),
                _spread(chain["effect"], 0),
                *(_foretold(foretold.get(year)) for year in (1, 3, 5)),
            ]
        )
    headers = (
        *("outcome", "measures", "whole effect", "after 1 year: 80% interval; explained, %"),
        *("after 3 years", "after 5 years"),
    )
    return markdown(headers, rows) + _of_prevention(d)


def _foretold(found: Mapping[str, Any] | None) -> str:
    if found is None or found["low"] is None:
        return "–"
    explained = found["explained_pct"]
    interval = f"{said(found['low'], 0)} to {said(found['high'], 0)}"
    return f"{interval}; {said(explained, 0)}"


FEWEST_DRAWS = 256
"""With fewer draws a share of the variance is mostly noise and is not printed."""


def _drivers(
    document: Mapping[str, Any],
    drivers: Sequence[Mapping[str, Any]],
    share: Callable[[Any], float],
) -> str:
    draws = document["draws"] if "draws" in document else document["run"]["draws"]
    if draws < FEWEST_DRAWS:
        return f"not told by fewer than {FEWEST_DRAWS} draws"
    return "; ".join(f"{x['name']} {share(x):.0f}%" for x in drivers[:5])


def prevention_drivers(d: Documents) -> str:
    """What the intervals of twenty years are due to, and chance beside it."""
    rows = [
        [
            u["name"],
            _spread(u["spread"]),
            short(u["parameter_sd"]),
            short(u["chance_sd"]),
            _drivers(d.prevention, u["drivers"], lambda x: x["variance_share_pct"]),
            said(u["perfect_information_gbp_m"], 2),
        ]
        for u in d.prevention["uncertainty"]
    ]
    headers = (
        *("outcome", "central, 10% to 90%", "sd, parameters", "sd, chance"),
        *("five largest shares of the variance", "perfect information, £m"),
    )
    return markdown(headers, rows) + _of_prevention(d)


def attribution(d: Documents) -> str:
    """Shapley shares of what all programmes do together."""
    chosen = [a for a in d.prevention["attribution"] if a["outcome"] in SHARED]
    names = {p["id"]: p["name"] for p in d.prevention["programmes"]}
    shares = [{s["programme"]: s for s in a["shares"]} for a in chosen]
    rows = [[names[key], *(_share(of[key]) for of in shares)] for key in names]
    rows.append(["together", *(said(a["total"]) for a in chosen)])
    people = max((a["people"] for a in chosen), default=0)
    coalitions = max((a["coalitions"] for a in chosen), default=0)
    note = f"shares from {coalitions} sets of programmes on {people:,} people, scaled"
    headers = ("programme", *(f"{a['name'].replace('_', ' ')}, {a['unit']}" for a in chosen))
    return markdown(headers, rows) + _from(d.prevention, note)


SHARED = ("avoided", "qalys", "deaths", "stroke", "hip_fracture")


def _share(share: Mapping[str, Any]) -> str:
    error = f" ± {said(share['error'])}" if share["error"] else ""
    return f"{said(share['value'])}{error}"


def _of_futures(d: Documents) -> str:
    return _from(d.futures, f"{d.futures['draws']} draws; brackets: 10th and 90th percentile")


def futures(d: Documents) -> str:
    """Headlines of the five-year plan over draws, and what drives them."""
    rows = []
    for h in d.futures["headlines"]:
        chance = h["chance_share"]
        rows.append(
            [
                h["name"],
                _spread(h["fan"]),
                _drivers(d.futures, h["drivers"], lambda x: 100 * x["share"]),
                "–" if chance is None else f"{100 * chance:.1f}",
            ]
        )
    headers = ("£m", "central (10% to 90%)", "five largest shares of the variance", "chance, %")
    return markdown(headers, rows) + _of_futures(d)


def decision(d: Documents) -> str:
    """Options of the plan by net benefit, best first."""
    held = d.futures["decision"]
    best = sorted(held["options"], key=lambda o: -o["expected_gbp_m"])
    rows = [
        [o["name"], said(o["expected_gbp_m"]), _spread(o["fan"]), said(100 * o["best_in"], 0)]
        for o in best[:6]
    ]
    headers = (
        "option",
        "expected, £m over five years",
        "central (10% to 90%)",
        "best in, % of draws",
    )
    worth = f"perfect information is worth £{held['perfect_information_gbp_m']:.2f}m"
    return markdown(headers, rows) + _from(d.futures, f"best on average: {_named(held)}", worth)


def _named(decision: Mapping[str, Any]) -> str:
    names = {o["id"]: str(o["name"]) for o in decision["options"]}
    return names.get(decision["best"], str(decision["best"]))


def worth(d: Documents) -> str:
    """What knowing more would be worth to that choice."""
    rows = [
        [w["name"], said(w["gbp_m"], 3), said(w["error_gbp_m"], 3), said(w["excess_gbp_m"], 3)]
        for w in d.futures["decision"]["worth"]
    ]
    headers = ("what would be known", "worth, £m", "standard error", "excess that noise gives")
    return markdown(headers, rows) + _of_futures(d)


def assumptions(d: Documents) -> str:
    """Assumptions by how much the headlines move with them, the larger of five and twenty years."""
    found: dict[str, dict[str, float]] = {}
    for h in d.futures["headlines"]:
        if h["id"] in ("do_nothing/last", "on_evidence/last"):
            for x in h["drivers"]:
                found.setdefault(x["name"], {})[h["id"]] = 100 * x["share"]
    rows = [
        [name, *(said(of.get(key), 1) for key in ("do_nothing/last", "on_evidence/last"))]
        for name, of in sorted(found.items(), key=lambda pair: -max(pair[1].values()))
    ]
    headers = ("what is assumed", "do nothing, 2020/21, %", "on evidence, 2020/21, %")
    return markdown(headers, rows) + _of_futures(d)


TABLES: Mapping[str, Table] = {
    "population": population,
    "growth": growth,
    "plugs": plugs,
    "gap": gap,
    "losses": losses,
    "reconciliation": reconciliation,
    "audit": audit,
    "clustering": clustering,
    "levels": levels,
    "checks": checks,
    "stationary": stationary,
    "deaths": deaths,
    "life-expectancy": life_expectancy,
    "backtest": backtest,
    "backtest-elsewhere": backtest_elsewhere,
    "backtest-verdict": backtest_verdict,
    "backtest-limits": backtest_limits,
    "prevention-headline": prevention_headline,
    "prevention-programmes": prevention_programmes,
    "by-quintile": by_quintile,
    "leading": leading,
    "prevention-drivers": prevention_drivers,
    "attribution": attribution,
    "futures": futures,
    "decision": decision,
    "worth": worth,
    "assumptions": assumptions,
}


def _gap_of(way: str, year: str) -> Callable[[Documents], str]:
    return lambda d: said(abs(d.plan["gap_gbp_m"][way][year]))


def _unstudied(d: Documents) -> str:
    held = d.plan["solutions"]
    without = [s for s in held if all(e["design"] == "none" for e in s["evidence"])]
    return f"{len(without)} of {len(held)}"


NUMBERS: Mapping[str, Callable[[Documents], str]] = {
    "registered": lambda d: said(d.plan["population"][d.plan["base_year"]], 0),
    "registered.last": lambda d: said(d.plan["population"][d.plan["years"][-1]], 0),
    "gap.uncalibrated.2020/21": _gap_of("do_nothing_uncalibrated", "2020/21"),
    "gap.calibrated.2020/21": _gap_of("do_nothing", "2020/21"),
    "gap.calibrated.2016/17": _gap_of("do_nothing", "2016/17"),
    "gap.evidence.2020/21": _gap_of("on_evidence", "2020/21"),
    "solutions.unstudied": _unstudied,
    "backtest.coverage": lambda d: f"{d.backtest['scores'][-1]['coverage_pct']:.0f}%",
    "backtest.better": lambda d: (
        f"{d.backtest['scores'][-1]['smaller_than_both']} of "
        f"{d.backtest['scores'][-1]['straight_lines']}"
    ),
    "checks": lambda d: (
        f"{sum(c['passes'] for c in d.long_run['checks'])} of {len(d.long_run['checks'])}"
    ),
    "prevention.cost": lambda d: _spread(d.prevention["headline"]["programme_cost_gbp_m"], 0),
    "prevention.avoided": lambda d: _spread(d.prevention["headline"]["avoided_gbp_m"], 0),
    "prevention.qalys": lambda d: _spread(d.prevention["headline"]["qalys"], 0),
    "audit.identities": lambda d: str(d.audit["counts"]["identities"]),
    "inputs": lambda d: f"`{d.plan['inputs_sha256'][:12]}`",
    "seed": lambda d: str(d.plan["seed"]),
    "version": lambda d: str(d.plan["version"]),
}
