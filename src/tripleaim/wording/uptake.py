"""What a higher uptake does to claims, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.wording.numbers import listed, money

FEW = 4
"""So many solutions are named; more are counted."""


def scaled_uptake_note(
    *,
    year: str,
    solutions: Sequence[str],
    claim_gbp_m: float,
    investment_gbp_m: float,
    beyond_gbp_m: float,
) -> str:
    """What a scenario does that raises the uptake of some solutions above the plan's own.

    `claim_gbp_m` and `investment_gbp_m` are those of these solutions in the year, and
    `beyond_gbp_m` the part of the claim that care of the people they reach does not cost.
    """
    one = len(solutions) == 1
    names = listed(list(solutions)) if len(solutions) <= FEW else f"{len(solutions)} solutions"
    note = (
        f"Uptake above the plan's own: claim and investment of {names} are scaled with uptake "
        f"without limit, to {money(claim_gbp_m)} and {money(investment_gbp_m)} a year in {year}. "
        "The cost of people's care does not grow with uptake, so a higher uptake may give a worse "
        "position after overlap."
    )
    if beyond_gbp_m > 0:
        note += (
            f" {money(beyond_gbp_m)} of the claim is impossible: it is more than the whole cost "
            f"of the care that {'it affects' if one else 'they affect'} for the people "
            f"{'it reaches' if one else 'they reach'}. The position as claimed still counts it; "
            "the position after overlap does not."
        )
    return note
