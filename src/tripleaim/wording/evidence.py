"""What evidence shows, in sentences: four classes, the range they leave, whose split a claim is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tripleaim.wording.numbers import NOTHING, counted, listed, money, position, signed

CLASS_MEANING: Mapping[str, str] = {
    "shown to pay": "a controlled study measured it, and its saving minus its cost is"
    " positive over the whole interval",
    "shown to work and cost more than it saves": "a controlled study found an effect, and at the"
    " best end of the interval it still costs more than it saves",
    "shown not to work": "a controlled study leaves no room for an effect that matters",
    "not known": (
        "no controlled study settles it: there is a before-and-after study, a study of something "
        "else, an inconclusive study, or no study. It may save nothing or its whole claim"
    ),
}
"""What each class of evidence means."""

MANAGEMENT_NAMES: Mapping[str, str] = {
    "commissioner": "Savings by management of the commissioner (QIPP)",
    "providers": "Cost improvement of the providers",
}

RECORD_NOT_FOUND = (
    "How much of the QIPP of clinical commissioning groups was delivered, by scheme, is not "
    "public: the financial returns of each group to NHS England would show it."
)

UNTESTED_AT_ZERO = (
    "It includes only savings that studies support. It counts untested savings at zero, and"
    " their whole cost. So it is a lower end, not a forecast."
)
"""What the basis “on evidence” counts: shown wherever its numbers are."""

SPLIT_ASSUMED = "split assumed"
CLAIM_ASSUMED = "claim assumed"
CLAIM_TAGS = (SPLIT_ASSUMED, CLAIM_ASSUMED)
"""Tags that numbers of a claim may have."""
SPLIT_MEANS = (
    "The plan prints only totals. We assume how they are split among its solutions, so every "
    "number of a single solution's claim is assumed."
)


def tagged(amount: str, tag: str) -> str:
    """An amount with its tag: £6.0m (split assumed)."""
    return f"{amount} ({tag})" if tag else amount


def claim_tag(status: str, source: str) -> str:
    """The tag that any number of one solution's claim must have; empty if it needs no tag.

    A claim that is assumed of a printed plan is our split of that plan's total; one without such a
    source is assumed altogether.
    """
    if status != "assumed":
        return ""
    return CLAIM_ASSUMED if source == "tripleaim" else SPLIT_ASSUMED


def class_in_plan(classes: Sequence[str], year: str) -> str:
    """What evidence shows of a programme as a solution of the plan, beside its twenty years."""
    if not classes:
        return ""
    shown = " and in part ".join(dict.fromkeys(classes))
    return (
        f"As a solution of the five-year plan it is {shown}. That judges whether it saves more "
        f"than it costs in {year}, by what controlled studies measured. The evidence is the same "
        "in both places, but the years are not."
    )


def most_serious_tag(tags: Iterable[str]) -> str:
    """The tag of several claims together: the first of CLAIM_TAGS that one of them bears."""
    met = set(tags)
    return next((tag for tag in CLAIM_TAGS if tag in met), "")


NO_SOLUTIONS_YET = "No solution is in the plan yet."
"""Where solutions are ready to choose."""

NO_SOLUTIONS = (
    "No solution has been entered. Each is a small file in the place's folder “solutions”. The "
    "folder has an example: rename it, fill it in, and build the plan again."
)


def evidence_note(
    *,
    year: str,
    saved_gbp_m: float,
    spent_gbp_m: float,
    solutions: int,
    measured: int,
    controlled: int,
) -> str:
    """What solutions save with untested savings at zero, and why that is no forecast.

    Studies measured an effect of `measured` of the solutions, and of `controlled` of those a
    controlled study did.
    """
    return (
        f"If untested solutions save nothing, all solutions save {money(saved_gbp_m)} in {year} "
        f"and cost {money(spent_gbp_m)} of investment. We count that investment in full, so the "
        f"net saving on evidence is {signed(saved_gbp_m - spent_gbp_m)}. "
        f"{_measured(solutions, measured, controlled)}This is a lower end, not a forecast."
    )


def _measured(solutions: int, measured: int, controlled: int) -> str:
    others = solutions - measured
    unknown = f"so we do not know what {'it saves' if others == 1 else 'they save'}. "
    if not measured:
        which = "the one solution" if solutions == 1 else f"any of the {solutions} solutions"
        return f"No study measured an effect of {which}, {unknown}"
    by_study = (
        f"Studies measured an effect of {measured} of {counted(solutions, 'solution')}. "
        f"For {controlled} they were controlled studies. "
    )
    return f"{by_study}No study measured the other {others}, {unknown}" if others else by_study


def evidence_sum(*, year: str, one_by_one_gbp_m: float, cap_gbp_m: float) -> str:
    """Why solutions on evidence do not add up to what they come to together; empty if they do.

    `cap_gbp_m` is negative: what is taken off because of findings for whole populations.
    """
    if -cap_gbp_m < NOTHING:
        return ""
    return (
        f"On evidence the solutions one by one add up to {signed(one_by_one_gbp_m)} in {year}. "
        f"Studies of whole populations reduce that by {money(-cap_gbp_m)}. That leaves "
        f"{signed(one_by_one_gbp_m + cap_gbp_m)} for all together."
    )


def no_amount_note(solutions: Sequence[str]) -> str:
    """Which solutions are named without an amount, and that no total holds any of them."""
    named, they = (
        ("one change", "it") if len(solutions) == 1 else (f"{len(solutions)} changes", "they")
    )
    return (
        f"The plan names {named} without an amount: {listed(list(solutions))}. What {they} would "
        "save is not known, so no total here includes it."
    )


def evidence_range(*, low: float, high: float, year: str) -> str:
    """The range that evidence leaves, in a sentence: both ends are positions, £m."""
    return (
        f"Evidence leaves this range for {year}. If no untested solution works and its investment "
        f"is still spent, the NHS is {position(low)}. If every untested solution saves what is "
        f"claimed, the NHS is {position(high)}."
    )
