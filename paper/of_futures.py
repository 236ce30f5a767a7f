"""Tables of the plan drawn many times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paper.documents import Documents, Table, made_from
from paper.rows import largest, markdown, number_text, spread_of


def futures(d: Documents) -> str:
    """Headlines of the five-year plan over draws, and what drives them."""
    rows = []
    for h in d.futures["headlines"]:
        chance = h["chance_share"]
        rows.append(
            [
                h["name"],
                spread_of(h["interval"]),
                largest(d.futures, h["drivers"], lambda x: 100 * x["share"]),
                "–" if chance is None else f"{100 * chance:.1f}",
            ]
        )
    headers = ("£m", "central (10% to 90%)", "five largest shares of the variance", "chance, %")
    return markdown(headers, rows) + _of_futures(d)


def decision(d: Documents) -> str:
    """Options of the plan by net benefit, best first."""
    choice = d.futures["decision"]
    best = sorted(choice["options"], key=lambda o: -o["expected_gbp_m"])
    rows = [
        [
            o["name"],
            number_text(o["expected_gbp_m"]),
            spread_of(o["interval"]),
            number_text(100 * o["best_in"], 0),
        ]
        for o in best[:6]
    ]
    headers = (
        "option",
        "expected, £m over five years",
        "central (10% to 90%)",
        "best in, % of draws",
    )
    worth = f"perfect information is worth £{choice['perfect_information_gbp_m']:.2f}m"
    return markdown(headers, rows) + made_from(
        d.futures, f"best on average: {_named(choice)}", worth
    )


def _named(decision: Mapping[str, Any]) -> str:
    names = {o["id"]: str(o["name"]) for o in decision["options"]}
    return names.get(decision["best"], str(decision["best"]))


def worth(d: Documents) -> str:
    """What knowing more would be worth to that choice."""
    rows = [
        [
            w["name"],
            number_text(w["gbp_m"], 3),
            number_text(w["error_gbp_m"], 3),
            number_text(w["excess_gbp_m"], 3),
        ]
        for w in d.futures["decision"]["worth"]
    ]
    headers = ("what would be known", "worth, £m", "standard error", "excess that noise gives")
    return markdown(headers, rows) + _of_futures(d)


def worth_of_solutions(d: Documents) -> str:
    """What knowing each solution's saving would be worth, the ten largest."""
    rows = [
        [
            w["name"],
            number_text(w["expected_gbp_m"]),
            number_text(100 * w["pays_in"], 0),
            number_text(w["worth_gbp_m"], 2),
        ]
        for w in d.futures["worth_of_solutions"][:10]
    ]
    headers = ("solution", "expected, £m over five years", "pays in, % of draws", "worth, £m")
    return markdown(headers, rows) + _of_futures(d)


def assumptions(d: Documents) -> str:
    """Assumptions by how much the headlines move with them, the larger of five and twenty years."""
    found: dict[str, dict[str, float]] = {}
    for h in d.futures["headlines"]:
        if h["id"] in ("do_nothing/last", "on_evidence/last"):
            for x in h["drivers"]:
                found.setdefault(x["name"], {})[h["id"]] = 100 * x["share"]
    rows = [
        [name, *(number_text(of.get(key), 1) for key in ("do_nothing/last", "on_evidence/last"))]
        for name, of in sorted(found.items(), key=lambda pair: -max(pair[1].values()))
    ]
    headers = (
        "what is assumed",
        "do nothing, 2020/21, %",
        "on evidence (untested savings at zero), 2020/21, %",
    )
    return markdown(headers, rows) + _of_futures(d)


def _of_futures(d: Documents) -> str:
    return made_from(d.futures, f"{d.futures['draws']} draws; brackets: 10th and 90th percentile")


TABLES: Mapping[str, Table] = {
    "futures": futures,
    "decision": decision,
    "worth": worth,
    "worth-of-solutions": worth_of_solutions,
    "assumptions": assumptions,
}
