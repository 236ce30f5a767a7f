"""The pound by setting, in sentences: does money move as the plan promises?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tripleaim.wording.numbers import (
    MINUS,
    NOTHING,
    capital,
    inside,
    listed,
    money,
    position_name,
)

LEAST_PENCE = 0.05
"""Pence of a pound below which a change is said to be none."""


class SettingRangeLike(Protocol):
    """A value with the range that assumed shares leave. See `plan.SettingRange`."""

    @property
    def value(self) -> float:
        """The value."""

    @property
    def low(self) -> float:
        """The least it may be."""

    @property
    def high(self) -> float:
        """The most it may be."""


class SettingChangeLike(Protocol):
    """How money in some settings changes. See `plan.SettingChange`."""

    @property
    def change_gbp_m(self) -> SettingRangeLike:
        """The change in £m."""

    @property
    def first_pence(self) -> SettingRangeLike:
        """Pence of a pound before."""

    @property
    def last_pence(self) -> SettingRangeLike:
        """Pence of a pound after."""

    @property
    def change_pence(self) -> SettingRangeLike:
        """The change in pence of a pound."""


class MoneyMoveLike(Protocol):
    """Whether money moves as one aim has it. See `plan.MoneyMove`."""

    @property
    def aim(self) -> str:
        """From where to where."""

    @property
    def from_basis(self) -> str:
        """The basis it starts from."""

    @property
    def from_year(self) -> str:
        """The year it starts from."""

    @property
    def to_basis(self) -> str:
        """The basis it ends at."""

    @property
    def to_year(self) -> str:
        """The year it ends at."""

    @property
    def given_up(self) -> SettingChangeLike:
        """Where money should leave."""

    @property
    def gained(self) -> SettingChangeLike:
        """Where it should go."""

    @property
    def moves(self) -> str:
        """yes, no or cannot be told."""


@dataclass(frozen=True, slots=True)
class _AimWords:
    """How an aim is said: as a direction, and what stands at its two ends."""

    direction: str
    away: str
    there: str
    there_short: str


_AIMS: Mapping[str, _AimWords] = {
    "bed-to-home": _AimWords(
        "from bed to home", "beds", "care at home and in the community", "spent at home"
    ),
    "treatment-to-prevention": _AimWords(
        "from treatment to prevention", "treatment and care", "prevention", "spent on prevention"
    ),
}
_VERDICTS: Mapping[str, str] = {
    "yes": "money moves, as a share of the pound",
    "no": "money does not move",
    "cannot be told": "nobody can tell",
}


def pence(value: float) -> str:
    """A part of a pound in pence: 19.3p, −0.4p."""
    shown = f"{abs(value):,.1f}p"
    return f"{MINUS}{shown}" if value < 0 and shown != "0.0p" else shown


def aim_direction(aim: str) -> str:
    """From where to where an aim wants money to move: "from bed to home"."""
    return _AIMS[aim].direction


def moves_in_short(moves: Sequence[MoneyMoveLike]) -> str:
    """Whether money moves, aim by aim and basis by basis, in a sentence for each aim.

    `moves` are between the first and the last year of each basis.
    """
    sentences = []
    for aim, words in _AIMS.items():
        by_verdict: dict[str, list[str]] = {}
        for move in moves:
            if move.aim == aim:
                by_verdict.setdefault(move.moves, []).append(_when(move.to_basis))
        if by_verdict:
            parts = [f"{listed(bases)}, {_VERDICTS[v]}." for v, bases in by_verdict.items()]
            rest = " ".join(map(capital, parts[1:]))
            sentences.append(f"{capital(words.direction)}: {parts[0]} {rest}".rstrip())
    return " ".join(sentences)


def money_move(move: MoneyMoveLike, beside_nothing: MoneyMoveLike | None = None) -> str:
    """One aim on one basis from the first year to the last, in pence of a pound.

    `beside_nothing` compares the same last year with do nothing, in pounds.
    """
    words = _AIMS[move.aim]
    text = (
        f"{capital(_when(move.to_basis))}, {_VERDICTS[move.moves]}. Of each pound from "
        f"{move.from_year} to {move.to_year}, {_pence_change(words.away, move.given_up)}. "
        f"{capital(_pence_change(words.there, move.gained))}."
    )
    if beside_nothing is None:
        return text
    away = beside_nothing.given_up.change_gbp_m
    there = beside_nothing.gained.change_gbp_m
    text += (
        f" Compared with doing nothing in {move.to_year}, {words.away} cost "
        f"{_pounds_change(away)} and {words.there} {_pounds_change(there)}."
    )
    return " ".join([text, *([saved] if (saved := saved_not_moved(beside_nothing)) else [])])


def saved_not_moved(beside_nothing: MoneyMoveLike) -> str:
    """That money only leaves where it should, if it does so, beside do nothing; else nothing."""
    away = beside_nothing.given_up.change_gbp_m
    there = beside_nothing.gained.change_gbp_m
    if away.value > -NOTHING or there.value >= NOTHING:
        return ""
    words = _AIMS[beside_nothing.aim]
    return f"In pounds, the money that leaves {words.away} is saved and not {words.there_short}."


def where_pounds_go(
    year: str, parts: Sequence[tuple[str, float]], later: str, then: Sequence[tuple[str, float]]
) -> str:
    """Pence of a pound by name in one year, and in a later one if nothing is done.

    Nothing is said where there are no parts.
    """
    if not parts:
        return ""
    (name, value), *others = parts
    now = listed(
        [f"{pence(value)} goes on {name}", *(f"{pence(v)} on {other}" for other, v in others)]
    )
    if year == later:
        return f"Of each pound in {year}, {now}."
    after = listed([pence(value) for _, value in then])
    return f"Of each pound in {year}, {now}. If nothing is done, {later} would have {after}."


def pound_notes(left_out: Sequence[str], *, prevention: bool = True) -> list[str]:
    """What a reader must know of the pound by setting.

    `left_out` names what is not in it, `prevention` says whether money of prevention is known.
    """
    notes = [
        "The pound is what the NHS spends on the people of the place and what the council spends "
        "on adult social care and public health. It does not include what trusts spend beyond "
        "their income.",
        "The shares of a point of delivery are the same in every year and on every basis, unless "
        "a solution acts in only one setting. So a change inside a point of delivery that no row "
        "names does not show.",
        "We count a provider's saving where care costs less, even if the commissioner still pays "
        "the same.",
        "Claims have no contacts. So “as claimed” is “after overlap” plus one line of accounts "
        "without activity for what is claimed beyond it. That line is not part of the pound, so "
        "the pence are the same for both.",
        "The council's spend on care follows its contacts. No saving of the plan includes what "
        "the council saves through them. Prevention is money without activity.",
        "A range puts all assumed shares at the same end at once, so it is the widest possible.",
    ]
    if not prevention:
        notes.append("We know no money for prevention here. Some may still be spent.")
    if left_out:
        notes.append(
            f"Left out, because no source states the money: {listed(list(left_out)).lower()}."
        )
    return notes


def _when(basis: str) -> str:
    return "if nothing is done" if basis == "do_nothing" else inside(position_name(basis))


def _pence_change(name: str, change: SettingChangeLike) -> str:
    first, last, by = change.first_pence.value, change.last_pence.value, change.change_pence
    if pence(first) == pence(last):
        text = f"{name} {_verb(name, 'stay')} at {pence(last)}"
    else:
        verb = _verb(name, "rise" if by.value > 0 else "fall")
        text = f"{name} {verb} from {pence(first)} to {pence(last)}"
    if by.high - by.low < LEAST_PENCE:
        return text
    return f"{text} (a change of {_signed_pence(by.low)} to {_signed_pence(by.high)})"


def _verb(name: str, verb: str) -> str:
    """The verb for one thing or for several; care at home is one, beds are many."""
    return verb if name == "beds" else f"{verb}s"


def _signed_pence(value: float) -> str:
    shown = pence(value)
    return f"+{shown}" if value >= LEAST_PENCE else shown


def _pounds_change(change: SettingRangeLike) -> str:
    text = _more_or_less(change.value)
    if change.high - change.low < NOTHING:
        return text
    low, high = _more_or_less(change.low), _more_or_less(change.high)
    word = f" {high.rpartition(' ')[2]}"
    return f"{text} ({low.removesuffix(word)} to {high})"


def _more_or_less(million: float) -> str:
    if abs(million) < NOTHING:
        return "as much"
    return f"{money(million)} {'more' if million > 0 else 'less'}"
