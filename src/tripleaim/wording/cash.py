"""Care avoided at average cost, and the cash in it."""

from __future__ import annotations

from tripleaim.wording.numbers import money, position


def cash_sentence(
    *, year: str, average_gbp_m: float, cash_gbp_m: float, position_gbp_m: float
) -> str:
    """What part of the care avoided is cash, and what the position comes to in cash."""
    return (
        f"Savings after overlap count care avoided at its average cost: {money(average_gbp_m)} in "
        f"{year}. But staff, wards and premises stay for a while or for good. So by then "
        f"providers' cost falls by only {money(cash_gbp_m)}. The rest is capacity for other "
        f"patients. In cash the NHS is {position(position_gbp_m)}."
    )
