"""How far England's rates are from what every board counted: docs/background/levels-of-boards.md.

`python -m bench.board_levels` makes the place of every board, draws its people and writes the page;
about ten minutes. `python -m bench.board_levels QSL T6Y0W` prints the rows of some.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.table import messages
from tripleaim.activity import measured_contacts
from tripleaim.boards import OfficialTables, make_place
from tripleaim.boards.organisations import boards
from tripleaim.core import RunContext
from tripleaim.people import synthesise
from tripleaim.place import Place, load
from tripleaim.projection import contacts_at_england_rates

PAGE = Path(__file__).parents[1] / "docs" / "background" / "levels-of-boards.md"
SEED = 7
POINTS = {"acute-ae": "A&E", "acute-non-elective": "emergency admissions"}
_ABOVE = """# A&E and emergency admissions of every board

A made place has England's contacts per person by age, sex and deprivation, of 2015/16. This page compares them with what each board counted. `place make` sets the level to the count ([decision 55](../decisions/0055-levels-that-were-counted.md)); the error below is before that, in the base year, 2025/26. Above zero the model has too many.

"""  # noqa: E501
_BELOW = """
The error has two parts that we cannot separate. People of some boards need more or less than others of their age, sex and deprivation. And counts are made where the hospital is, so a board whose hospitals treat people from elsewhere counts more than its own people use.

`python -m bench.board_levels` makes this page.
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class LevelOfBoard:
    """One board and kind of contact: counted, and the model before calibration, base year."""

    code: str
    name: str
    point_of_delivery: str
    counted: float
    modelled: float
    last_month: str

    @property
    def error_pct(self) -> float:
        """The model against the count, per cent."""
        return 100 * (self.modelled / self.counted - 1)


def levels_of(place: Place, code: str) -> tuple[LevelOfBoard, ...]:
    """The levels of a made place; () for one without counts."""
    counts = measured_contacts(place)
    found = contacts_at_england_rates(place, synthesise(place, RunContext(SEED)))
    return tuple(
        LevelOfBoard(code, place.name, point, count.contacts, found[point], count.last_month)
        for point, count in counts.items()
    )


def levels_of_boards(codes: Sequence[str], folder: Path) -> list[LevelOfBoard]:
    """The levels of the boards with these codes; their places are made in `folder`."""
    found: list[LevelOfBoard] = []
    for code in codes:
        messages.print(code)
        made = make_place(folder / code.lower(), code)
        found += levels_of(load(made.folder), code)
    return found


def table(found: Iterable[LevelOfBoard]) -> str:
    """The rows as a table in Markdown, England last: the sum of the boards."""
    by_board: dict[str, dict[str, LevelOfBoard]] = {}
    for one in found:
        by_board.setdefault(one.name, {})[one.point_of_delivery] = one
    heads = [
        f"{name}{what}" for name in POINTS.values() for what in (", counted", ", model", ", error")
    ]
    lines = [f"| board | {' | '.join(heads)} |", "|---|" + "---|" * len(heads)]
    for name in sorted(by_board):
        lines.append(_line(name, [[by_board[name][point]] for point in POINTS]))
    lines.append(_line("**England**", [[b[point] for b in by_board.values()] for point in POINTS]))
    return "\n".join(lines) + "\n"


def summary(found: Sequence[LevelOfBoard]) -> str:
    """Mean and worst errors by kind of contact, in sentences."""
    sentences = []
    for point, name in POINTS.items():
        of_it = [one for one in found if one.point_of_delivery == point]
        mean = sum(abs(one.error_pct) for one in of_it) / len(of_it)
        most, least = max(of_it, key=_error), min(of_it, key=_error)
        sentences.append(
            f"For {name} the mean error of the {len(of_it)} boards is {mean:.1f}%, whichever the "
            f"direction: from {least.error_pct:+.1f}% ({least.name}) to {most.error_pct:+.1f}% "
            f"({most.name})."
        )
    return " ".join(sentences) + "\n\n"


def _error(one: LevelOfBoard) -> float:
    return one.error_pct


def _line(name: str, of_points: Iterable[Sequence[LevelOfBoard]]) -> str:
    cells = []
    for of_point in of_points:
        counted = sum(one.counted for one in of_point)
        modelled = sum(one.modelled for one in of_point)
        cells += [f"{counted:,.0f}", f"{modelled:,.0f}", f"{100 * (modelled / counted - 1):+.1f}%"]
    return f"| {name} | {' | '.join(cells)} |"


def main(codes: Sequence[str]) -> None:
    """Print the rows of some boards, or write the page of all."""
    with OfficialTables() as tables:
        every = [board.code for board in boards(tables)]
    with tempfile.TemporaryDirectory() as folder:
        found = levels_of_boards(codes or every, Path(folder))
    if codes:
        print(table(found))
    else:
        PAGE.write_text(_ABOVE + summary(found) + table(found) + _BELOW, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
