"""What to say of a plan whose money nobody has entered yet."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.wording.numbers import listed


def unknown_money_note(
    name: str, allocated_in: str, openings: Sequence[str], growth: Sequence[str]
) -> str:
    """That the position is no finding, and which figures to enter.

    `openings` and `growth` are ids of figures that are not known; one of them may be empty.
    """
    asked = [
        *([f"where {name} starts"] if openings else []),
        *([f"what it is allocated after {allocated_in}"] if growth else []),
    ]
    return (
        f"The position is no finding yet: {listed(asked)} {'is' if len(asked) == 1 else 'are'} not "
        f"known. Until then spend equals the allocation of {allocated_in}, and no allocation "
        f"grows. Enter {listed([*openings, *growth])} in the figures of the place."
    )
