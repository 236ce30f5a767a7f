"""What the files of a comparison are, in words: README.md of its folder."""

from __future__ import annotations

from tripleaim.board_comparison.document import ComparisonDocument

_TEXT = """\
# Boards of England, compared

Every board by the same method: Triple Aim {version}, begun on {made_on}, seed {seed}.

- `comparison.csv`: a row for each board and measure: the number, its interval, its rank with the
  range that the interval leaves. `comparison.json` has the same.
- `boards/`: what each board's sample gave, draw by draw. `comparison-run.json`: what the result
  depends on. `tripleaim compare-places --out` with this folder goes on where a run was stopped.

## The sample

We follow at most {most_people:,} people of a board, every n-th on its lists, and each stands for n.
`sample_error` is the standard error of the board's own sample, from ten parts of it: about two
samples in three are off by less.

## The intervals

Drawn numbers are means of {draws} draws; the parameters are the same in every board. An interval
runs from 10% to 90% of the draws. It covers the parameters, the luck of lives and who is in the
sample; luck counts twice, so that intervals are too wide rather than too narrow. It does not cover
what the model leaves out, nor what is borrowed from England (`completeness.csv` of a place).

The interval of need runs over four parts of the formula of need. It is not a standard error.

## The ranks

1 is the highest number. A range leaves out at most a tenth of the draws at each end. Two boards
whose ranges overlap cannot be told apart.

## What is not known

No board publishes its opening position, or the growth of its allocation after 2025/26. So the gap
before savings is not known. Beside it is what care costs more from {first_year} to {last_year}
if nothing changes, at the prices of the first year.
"""


def read_me(document: ComparisonDocument) -> str:
    """The text of README.md."""
    return _TEXT.format(**document.model_dump(exclude={"measures", "boards"}))
