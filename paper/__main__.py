"""`make paper`: the tables and numbers of the methods paper, from the code.

The paper is docs/background/model.md and the chapters in docs/background/model/.

    python -m paper               all, from documents in tripleaim-data; made where they lack
    python -m paper --data DIR    from documents in DIR/somerset
    python -m paper --inputs      only tables that follow from the inputs; takes a few seconds

Documents: plan.json, people.json, audit.json, backtest.json, futures.json, prevention.json and
long-run.json. One that is there is taken as it is; take it away to have it made anew.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console

from paper import inputs, results
from paper.chapters import CHAPTERS, read_chapters
from paper.documents import Documents, Size
from paper.markers import filled
from tripleaim.cli.progress import progress_bars
from tripleaim.place import Place, load

FOOTPRINT = "somerset"


def main() -> int:
    """Fill the paper; 0 when it is written."""
    parser = argparse.ArgumentParser(prog="python -m paper")
    parser.add_argument("--data", type=Path, default=Path("tripleaim-data"), help="where runs are")
    parser.add_argument("--inputs", action="store_true", help="only what follows from inputs")
    parser.add_argument("--people", type=int, default=Size.prevention_people)
    parser.add_argument("--draws", type=int, default=Size.prevention_draws)
    asked = parser.parse_args()
    place = load(FOOTPRINT)
    texts = read_chapters()
    if asked.inputs:
        filled_in = {name: with_inputs(text, place) for name, text in texts.items()}
    else:
        size = Size(prevention_people=asked.people, prevention_draws=asked.draws)
        with progress_bars(Console(stderr=True)) as report:
            documents = Documents(place, asked.data / FOOTPRINT, size, progress=report)
            filled_in = {name: with_everything(text, documents) for name, text in texts.items()}
    for name, text in filled_in.items():
        (CHAPTERS / name).write_text(text, encoding="utf-8")
    return 0


def with_inputs(text: str, place: Place) -> str:
    """The text with every table that follows from the inputs made anew."""
    return filled(text, lambda name: inputs.TABLES[name](place), str, only=inputs.TABLES)


def with_everything(text: str, documents: Documents) -> str:
    """The text with every table and number made anew."""

    def table(name: str) -> str:
        if name in inputs.TABLES:
            return inputs.TABLES[name](documents.place)
        return results.TABLES[name](documents)

    return filled(text, table, lambda name: results.NUMBERS[name](documents))


if __name__ == "__main__":
    sys.exit(main())
