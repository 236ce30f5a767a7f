"""The basis of a saving: on what evidence it is counted, and which bases are allowed where."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Literal

from tripleaim.place import InputError

PeriodTotal = Literal["in addition", "included"]
"""Whether the period's printed saving comes in addition to the first year's or includes it."""


class Basis(StrEnum):
    """On what evidence a saving is counted. Members are strings, as files and documents have them.

    AS_CLAIMED     what partners claim, added up
    AFTER_OVERLAP  effects sized for the claims, once they meet in the same people and contacts
    ON_EVIDENCE    what studies support, met, less the whole investment, what nobody has tested
                   counted at zero: a lower end, never a forecast
    AS_CHOSEN      every solution on the basis that the scenario chose for it, met
    OWN_VALUE      for one solution: the fall that the user believes in
    OFF            for one solution: not done, and so nothing saved
    """

    AS_CLAIMED = "as_claimed"
    AFTER_OVERLAP = "after_overlap"
    ON_EVIDENCE = "on_evidence"
    AS_CHOSEN = "as_chosen"
    OWN_VALUE = "own_value"
    OFF = "off"


OF_A_SOLUTION = (Basis.AS_CLAIMED, Basis.ON_EVIDENCE, Basis.OWN_VALUE, Basis.OFF)
"""What a scenario may choose for one solution."""

OF_RESULTS = (Basis.AS_CLAIMED, Basis.AFTER_OVERLAP, Basis.ON_EVIDENCE, Basis.AS_CHOSEN)
"""The bases on which all solutions together are shown."""

OF_INCENTIVES = (Basis.AS_CHOSEN, Basis.AFTER_OVERLAP, Basis.ON_EVIDENCE)
"""The bases of incentives; not AS_CLAIMED, because a claim says nothing about contacts."""

OF_STAFF = (Basis.AFTER_OVERLAP, Basis.ON_EVIDENCE)
"""The bases of staff by solution."""

_UNTIL_VERSION_1 = {
    "claim": Basis.AS_CLAIMED,
    "evidence": Basis.ON_EVIDENCE,
    "own": Basis.OWN_VALUE,
}


def basis_of(word: str, allowed: Sequence[Basis] = tuple(Basis)) -> Basis:
    """The basis named by a word; words used in scenario files before version 2 are read too.

    Raises InputError for a word that is not one of those `allowed`.
    """
    word = _UNTIL_VERSION_1.get(word, word)
    if word not in allowed:
        raise InputError(
            f"expected one of {', '.join(allowed)}", column="basis", value=word, valid=allowed
        )
    return Basis(word)
