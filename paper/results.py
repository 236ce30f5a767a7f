"""Tables and numbers that come from runs; each table says of which inputs, seed and version."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from paper import of_backtest, of_futures, of_people, of_plan, of_prevention
from paper.documents import Documents, Table
from paper.rows import number_text, spread_of

TABLES: Mapping[str, Table] = {
    **of_plan.TABLES,
    **of_people.TABLES,
    **of_backtest.TABLES,
    **of_prevention.TABLES,
    **of_futures.TABLES,
}


def _gap_of(way: str, year: str) -> Callable[[Documents], str]:
    return lambda d: number_text(abs(d.plan["gap_gbp_m"][way][year]))


def _unstudied(d: Documents) -> str:
    solutions = d.plan["solutions"]
    without = [s for s in solutions if not any(e["measured"] for e in s["evidence"])]
    return f"{len(without)} of {len(solutions)}"


NUMBERS: Mapping[str, Callable[[Documents], str]] = {
    "registered": lambda d: number_text(d.plan["population"][d.plan["base_year"]], 0),
    "registered.last": lambda d: number_text(d.plan["population"][d.plan["years"][-1]], 0),
    "gap.uncalibrated.2020/21": _gap_of("do_nothing_uncalibrated", "2020/21"),
    "gap.calibrated.2020/21": _gap_of("do_nothing", "2020/21"),
    "gap.calibrated.2016/17": _gap_of("do_nothing", "2016/17"),
    "gap.evidence.2020/21": _gap_of("on_evidence", "2020/21"),
    "range.low.2020/21": lambda d: number_text(abs(d.plan["evidence"]["range_gbp_m"][0])),
    "range.high.2020/21": lambda d: number_text(abs(d.plan["evidence"]["range_gbp_m"][1])),
    "claim.not-known": lambda d: number_text(d.plan["evidence"]["classes"][-1]["claim_gbp_m"]),
    "solutions.unstudied": _unstudied,
    "backtest.coverage": lambda d: f"{d.backtest['scores'][-1]['coverage_pct']:.0f}%",
    "backtest.better": lambda d: (
        f"{d.backtest['scores'][-1]['smaller_than_both']} of "
        f"{d.backtest['scores'][-1]['straight_lines']}"
    ),
    "checks": lambda d: (
        f"{sum(c['passes'] for c in d.long_run['checks'])} of {len(d.long_run['checks'])}"
    ),
    "prevention.cost": lambda d: spread_of(d.prevention["headline"]["programme_cost_gbp_m"], 0),
    "prevention.avoided": lambda d: spread_of(d.prevention["headline"]["avoided_gbp_m"], 0),
    "prevention.qalys": lambda d: spread_of(d.prevention["headline"]["qalys_discounted"], 0),
    "audit.identities": lambda d: str(d.audit["counts"]["identities"]),
    "inputs": lambda d: f"`{d.plan['inputs_sha256'][:12]}`",
    "seed": lambda d: str(d.plan["seed"]),
    "version": lambda d: str(d.plan["version"]),
}
