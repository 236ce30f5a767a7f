"""What the accounts found, in sentences that a public page can print."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.accounts.gap.calibrate import Calibrated, gap_figures
from tripleaim.accounts.gap.model import Accounts
from tripleaim.accounts.gap.stf import stf
from tripleaim.place import Place


def findings(
    place: Place, uncalibrated: Accounts, calibrated: Accounts, solved: Sequence[Calibrated]
) -> tuple[str, ...]:
    """Sentences on what was met, what was not, and where the printed figures disagree."""
    first, last = place.years[0], place.last_year
    said = [fund.note for fund in stf(place).values()]
    if not solved:
        said.append(
            f"No gap is printed for this place. From stated assumptions alone the NHS would be "
            f"{_position(uncalibrated.nhs[last])} in {last}; nothing was calibrated."
        )
        return tuple(said)
    figures = gap_figures(place)
    sides = place.value(figures["commissioner"]) + place.value(figures["providers"])
    start = {name: a.nhs[first] for name, a in (("own", uncalibrated), ("met", calibrated))}
    said.append(
        f"Before calibration the NHS would be {_position(uncalibrated.nhs[last])} in {last} "
        f"(commissioner {_position(uncalibrated.side('commissioner')[last])}, providers "
        f"{_position(uncalibrated.side('providers')[last])}) and "
        f"{_position(uncalibrated.cumulative)} over {len(place.years)} years. Printed are "
        f"{_position(sides)} and {_position(-place.value(figures['cumulative']))}."
    )
    if abs(start["met"] - start["own"]) >= 0.05:
        said.append(
            f"To meet the printed gap the accounts must start {_position(start['met'])} in "
            f"{first}. The printed table of that year, its savings undone, gives "
            f"{_position(start['own'])}. The plan's figures do not agree under our assumptions."
        )
    said.extend(
        f"To meet {value.meets}, {value.parameter} had to be {value.value:.1f} ({value.unit}), "
        f"outside its credible range of {value.low:.1f} to {value.high:.1f}."
        for value in solved
        if not value.credible
    )
    funds = stf(place)
    carried = place.figures.get("stf.carried-share")
    if carried and carried.value and first in funds and last in funds:
        said.append(
            f"The do-nothing years keep {carried.value:.0f}% of the "
            f"£{funds[first].amount:.1f}m of the fund that stands in {first}. "
            "The plan does not say whether its own do. If they do, part of the "
            f"£{funds[last].amount:.1f}m of {last} may be counted twice."
        )
    return tuple(said)


def _position(amount: float) -> str:
    return f"£{abs(amount):.1f}m {'short' if amount < 0 else 'over'}"
