"""Tables of the five-year plan, and of its audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from paper.documents import Document, Documents, Table, made_from
from paper.rows import counted, markdown, number_text

WAYS = {
    "do_nothing_uncalibrated": "do nothing, uncalibrated",
    "do_nothing": "do nothing",
    "as_claimed": "as claimed",
    "after_overlap": "after overlap",
    "on_evidence": "on evidence (untested savings at zero)",
}


def population(d: Documents) -> str:
    """Registered people and those of 75 and over, by year."""
    years = list(d.plan["population"])
    rows = [
        ["registered", *(number_text(d.plan["population"][y], 0) for y in years)],
        ["of 75 and over, %", *(number_text(d.plan["aged_75_and_over_pct"][y], 2) for y in years)],
    ]
    return markdown(("people on 1 January", *years), rows) + made_from(d.plan)


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
                number_text(p["growth_pct"]),
                number_text(p["growth_uncalibrated_pct"]),
                *(number_text(100 * p[part] / first) for part in parts),
                number_text(p["calibration_adds"], 0),
                number_text(p["calibration_adds_pct_a_year"], 2),
                number_text(first / uncalibrated, 2),
            ]
        )
    headers = (
        *("point of delivery", "printed growth, %", "uncalibrated", "size and age", "morbidity"),
        *("trend", "the rest", "calibration adds, contacts in the last year", "% a year"),
        "printed level against ours",
    )
    return markdown(headers, rows) + made_from(d.plan)


def plugs(d: Documents) -> str:
    """What is solved of the accounts."""
    rows = [
        [
            f"{c['parameter']}, {c['unit']}",
            number_text(c["uncalibrated"], 2),
            number_text(c["value"], 2),
            f"{number_text(c['low'])} to {number_text(c['high'])}",
            c["meets"],
            number_text(c["adds"] / 1e6),
        ]
        for c in d.plan["calibrated"]
    ]
    headers = ("parameter", "stated", "solved", "credible range", "meets", "adds in 2020/21, £m")
    return markdown(headers, rows) + made_from(d.plan)


def gap(d: Documents) -> str:
    """The position by way of telling it, and by side in the last year."""
    years = [*d.plan["years"], "cumulative"]
    last = d.plan["years"][-1]
    rows = []
    for way, name in WAYS.items():
        of = d.plan["gap_gbp_m"][way]
        sides = [
            number_text(d.plan["sides"][side][way][last]) for side in ("commissioner", "providers")
        ]
        rows.append([name, *(number_text(of[year]) for year in years), *sides])
    headers = ("£m, negative is a deficit", *years, f"commissioner {last}", f"providers {last}")
    return markdown(headers, rows) + made_from(d.plan)


def losses(d: Documents) -> str:
    """What becomes of the claims."""
    years = d.plan["years"]
    claimed = {y: sum(s["as_claimed_gbp_m"].get(y, 0) for s in d.plan["solutions"]) for y in years}
    invested = {y: sum(s["investment_gbp_m"].get(y, 0) for s in d.plan["solutions"]) for y in years}
    nothing, evidence = (d.plan["gap_gbp_m"][way] for way in ("do_nothing", "on_evidence"))
    kinds: Mapping[str, Callable[[str], float]] = {
        "claimed, net of investment": lambda y: claimed[y],
        "lost in overlap": lambda y: d.plan["overlap_gbp_m"][y],
        "of which no size of effect would reach": lambda y: d.plan["impossible_gbp_m"][y],
        "saved on evidence (untested savings at zero), before investment": lambda y: (
            evidence[y] - nothing[y] + invested[y]
        ),
        "of which taken off by the population cap": lambda y: d.plan["evidence_cap_gbp_m"][y],
        "investment, counted in full": lambda y: invested[y],
    }
    rows = [[name, *(number_text(value(y)) for y in years)] for name, value in kinds.items()]
    return markdown(("£m", *years), rows) + made_from(d.plan)


def classes(d: Documents) -> str:
    """What evidence shows of the solutions, and the positions that it leaves open."""
    shown = d.plan["evidence"]
    rows = []
    for part in shown["classes"]:
        rows.append(_class_row(part["class"], part, part["net_gbp_m"], part["net_range_gbp_m"]))
    for part in shown["management"]:
        ends = (-part["investment_gbp_m"], part["claim_gbp_m"])
        rows.append(_class_row(f"of the not known: {part['name']}", part, None, ends))
    headers = ("evidence", "solutions", "claim, £m", "investment", "net", "from", "to")
    return markdown(headers, rows) + made_from(d.plan, "claims by solution: split assumed")


def _class_row(name: str, part: Document, net: float | None, ends: Sequence[float]) -> list[str]:
    return [
        name,
        str(len(part["solutions"])),
        number_text(part["claim_gbp_m"]),
        number_text(part["investment_gbp_m"]),
        "no verdict" if net is None else number_text(net),
        *(number_text(end) for end in ends),
    ]


def evidence_range(d: Documents) -> str:
    """The NHS position that evidence leaves open in the last year, and how its end is narrowed."""
    shown = d.plan["evidence"]
    drawn = d.plan["gap_interval_gbp_m"]
    kinds = {
        "no untested solution works; each saves its whole claim, added up": shown[
            "range_before_overlap_gbp_m"
        ],
        "the same, without overlap": shown["range_before_cap_gbp_m"],
        "the same, limited by studies of whole populations": shown["range_gbp_m"],
        "eight draws of ten, untested savings at zero": drawn["on_evidence"][shown["year"]],
        "eight draws of ten, untested savings drawn at random": drawn["not_known_drawn"][
            shown["year"]
        ],
        "only what studies measured; all else left out, with its cost": [
            shown["studied_alone_gbp_m"]
        ]
        * 2,
    }
    rows = [[name, *(number_text(end) for end in ends)] for name, ends in kinds.items()]
    return markdown((f"NHS position in {shown['year']}, £m", "from", "to"), rows) + made_from(
        d.plan
    )


def reconciliation(d: Documents) -> str:
    """Published figures that are compared with a computed one, and are not met by construction."""
    rows = [
        [
            r["name"],
            f"{number_text(r['published'], 1)} {r['unit']}",
            number_text(r["computed"], 1),
            number_text(r["uncalibrated"], 1),
            number_text(r["difference_pct"], 1),
            r["status"],
        ]
        for r in d.plan["reconciliation"]
        if r["status"] != "met by calibration"
    ]
    headers = ("figure", "published", "computed", "uncalibrated", "difference, %", "status")
    counts = Counter(r["status"] for r in d.plan["reconciliation"])
    said_of_all = counted(counts.values(), counts.keys())
    return markdown(headers, rows) + made_from(
        d.plan, f"of all figures compared with the document {said_of_all}"
    )


def audit(d: Documents) -> str:
    """The printed plan compared with itself."""
    counts = d.audit["counts"]
    rows = [[verdict, str(number)] for verdict, number in counts["by_verdict"].items()]
    rows.append(["all identities", str(counts["identities"])])
    return markdown(("verdict", "identities"), rows) + made_from({**d.plan, **_inputs(d.audit)})


def _inputs(document: Document) -> Mapping[str, Any]:
    return {"inputs_sha256": document["inputs_sha256"]}


TABLES: Mapping[str, Table] = {
    "population": population,
    "growth": growth,
    "plugs": plugs,
    "gap": gap,
    "losses": losses,
    "classes": classes,
    "evidence-range": evidence_range,
    "reconciliation": reconciliation,
    "audit": audit,
}
