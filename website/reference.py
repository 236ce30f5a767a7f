"""docs/reference/api.md, made from the docstrings of the API.

python -m website.reference
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

from tripleaim import api

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "api.md"
ORDER = (
    "load",
    "synthesise",
    "project",
    "account",
    "plan",
    "futures",
    "prevention",
    "backtest",
    "activity",
)

HEAD = """\
# The API

```python
import tripleaim as ta
```

Nine verbs, from a place to its plan and beyond. Each takes a place, or its name, and gives a typed
value that has `.to_arrow()`, a table that pandas, polars, DuckDB and R's arrow read. Importing the
package imports nothing else: a verb loads its rooms when it is first named.

`activity`, `backtest`, `plan` and `prevention` are also rooms. `ta.plan(place)` and
`from tripleaim.plan import Workspace` both work, in any order
([why](../decisions/0017-verbs-that-are-rooms.md)). Whoever needs more than a verb gives
imports the room ([the rooms](../architecture.md)).

In the examples `village` is the folder of a place of 2,000 people, made by `tripleaim place new`.
They are run by the tests. This page is made from the code (`python -m website.reference`).
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD, *(entry(getattr(api, name)) for name in ORDER), entry(api.Projection)]
    return "\n".join(parts)


def entry(of: Any) -> str:
    """One verb or kind of value: how it is called, what it does, and its example."""
    words = inspect.cleandoc(of.__doc__)
    prose, _, example = words.partition(">>> ")
    parts = [f"## {of.__name__}\n", f"```python\n{signature(of)}\n```\n", prose.strip() + "\n"]
    if example:
        parts.append(f"```pycon\n>>> {example.strip()}\n```\n")
    return "\n".join(parts)


def signature(of: Any) -> str:
    """How it is called, on one line where that fits."""
    found = inspect.signature(of)
    name = of.__name__ if inspect.isclass(of) else f"ta.{of.__name__}"
    result = "" if inspect.isclass(of) else f" -> {found.return_annotation}"
    words = [str(p).replace("'", "") for p in found.parameters.values()]
    keywords = [
        i
        for i, p in enumerate(found.parameters.values())
        if p.kind is inspect.Parameter.KEYWORD_ONLY
    ]
    if keywords:
        words.insert(keywords[0], "*")
    line = f"{name}({', '.join(words)}){result}"
    if len(line) <= 100:
        return line
    return f"{name}(\n    " + ",\n    ".join(words) + f",\n){result}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
