"""A plan whose gap nobody can know yet, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tripleaim.wording.numbers import inside, listed, money, percent


def gap_not_known(wanted: Sequence[str]) -> str:
    """Why no gap is shown, with what is to be entered.

    >>> gap_not_known(["Opening position of the commissioner"])
    'The gap is not known: opening position of the commissioner is not public. Enter it first.'
    """
    named = listed([inside(one) for one in wanted])
    return (
        f"The gap is not known: {named} {'is' if len(wanted) == 1 else 'are'} not public. "
        f"Enter {'it' if len(wanted) == 1 else 'them'} first."
    )


def care_without_gap(years: Sequence[str], care_gbp_m: Mapping[str, float]) -> str:
    """What care will cost more if nothing changes, at the prices of the first year.

    >>> care_without_gap(["2026/27", "2030/31"], {"2026/27": 1000.0, "2030/31": 1100.0})
    'If nothing changes, care will cost £100.0m (10.0%) more in 2030/31 than in 2026/27, at the \
prices of 2026/27.'
    """
    first, last = years[0], years[-1]
    more = care_gbp_m[last] - care_gbp_m[first]
    way = "more" if more >= 0 else "less"
    return (
        f"If nothing changes, care will cost {money(abs(more))} "
        f"({percent(abs(100 * more / care_gbp_m[first]))}) {way} in {last} than in {first}, at the "
        f"prices of {first}."
    )


def openings_note(*, year: str, not_said: bool, not_known: Sequence[str]) -> str:
    """What trusts' published openings are, and whose are not published.

    >>> openings_note(year="2025/26", not_said=False, not_known=["Kent Community Health"])
    'The trusts start from their published plans of 2025/26. No plan is published for Kent \
Community Health: we count it as in balance until its position is entered.'
    """
    said = [f"The trusts start from their published plans of {year}."]
    if not_said:
        said.append("The source does not say whether these are before or after deficit support.")
    if not_known:
        it = "it" if len(not_known) == 1 else "them"
        its = "its position is" if len(not_known) == 1 else "their positions are"
        said.append(
            f"No plan is published for {listed(list(not_known))}: we count {it} as in balance "
            f"until {its} entered."
        )
    return " ".join(said)
