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
        f"Uptake above the plan's own: claim and investment of {names} are scaled with uptake"
        f" without limit, to {money(claim_gbp_m)} and {money(investment_gbp_m)} a year in {year}."
        " What people cost does not grow with that, so what is left after overlap may be worse for"
        " a higher uptake."
    )
    if beyond_gbp_m > 0:
        note += (
            f" {money(beyond_gbp_m)} of the claim is more than all care costs on which"
            f" {'it acts' if one else 'they act'} among the people whom"
            f" {'it reaches' if one else 'they reach'}: nothing can save it. The position as"
            " claimed counts it all the same; the one after overlap does not."
        )
    return note
