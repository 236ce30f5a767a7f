"""Who gains by solutions, in words: of one solution, of many, and never of none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tripleaim.wording import RuleEffect, RulesFinding, sentence, who_gains


@pytest.mark.parametrize(
    ("solutions", "wanted", "not_wanted", "divided", "said"),
    [
        (1, 1, 0, 0, "every organisation that carries out the one solution gains."),
        (1, 0, 1, 0, "every organisation that carries out the one solution loses."),
        (1, 0, 0, 1, "some who carry out the one solution gain and others lose."),
        (1, 0, 0, 0, "nobody who carries out the one solution gains or loses."),
        (
            20,
            3,
            16,
            1,
            "3 of 20 solutions pay for all organisations that carry them out. With 16 they all "
            "lose. With 1 some gain and others lose.",
        ),
        (20, 0, 0, 0, "0 of 20 solutions pay for all organisations that carry them out."),
    ],
)
def test_with_how_many_solutions_all_gain(
    solutions: int, wanted: int, not_wanted: int, divided: int, said: str
) -> None:
    assert who_gains(solutions, wanted, not_wanted, divided) == said


def test_nothing_is_neither_better_nor_worse() -> None:
    worst, best = RuleEffect("Block", Decimal(0)), RuleEffect("Activity", Decimal(400_000))
    said = sentence(RulesFinding(Decimal(-300_000), "Commissioner", worst, best))
    assert "neither better nor worse off under “Block” and £0.4m better off under" in said
