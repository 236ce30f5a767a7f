"""A small place that asks for figures which nobody has published."""

from __future__ import annotations

import shutil
from pathlib import Path

ASKED = """\
id,what,unit,who_would_know,until_then
opening.commissioner,Opening position of the commissioner,£m,the board,no gap is shown
opening.providers,Opening position of the providers,£m,the trusts,no gap is shown
growth.allocation,Growth of the allocation,% a year,NHS England,no gap is shown
"""
ENTERED = {"opening.commissioner": -0.1, "opening.providers": -0.05, "growth.allocation": 2.0}
FIGURES = """\
id,value,low,high,unit,year,basis,status,source,where,cause
allocation.commissioner,4.2,,,£m,2016/17,,public,test-source,,
"""
SOURCE = "test-source,A test,Nobody,whole document,2026,none,\n"


def asking_hamlet(hamlet: Path, folder: Path) -> Path:
    """A copy of a hamlet that states its allocation and asks for the rest of its money."""
    copied = Path(shutil.copytree(hamlet, folder / "hamlet"))
    (copied / "asked_for.csv").write_text(ASKED, encoding="utf-8")
    (copied / "figures_money.csv").write_text(FIGURES, encoding="utf-8")
    with (copied / "sources.csv").open("a", encoding="utf-8", newline="\n") as sources:
        sources.write(SOURCE)
    return copied
