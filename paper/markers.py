"""Places in a text that are filled from the code: tables between two marks, numbers in a line.

<!-- table: diseases -->          <!-- n: registered -->562,446<!-- /n -->
...
<!-- end -->
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

TABLE = re.compile(r"<!-- table: (\S+) -->\n(.*?)<!-- end -->", re.DOTALL)
NUMBER = re.compile(r"<!-- n: (\S+) -->(.*?)<!-- /n -->")
ANY = re.compile(r"<!-- (?:table:|end|n:|/n)")


def tables_in(text: str) -> dict[str, str]:
    """What stands between the marks of each table, by its name. Raises ValueError as `check`."""
    check(text)
    return dict(TABLE.findall(text))


def numbers_in(text: str) -> set[str]:
    """The names of all numbers in the text."""
    return {name for name, _ in NUMBER.findall(text)}


def check(text: str) -> None:
    """Raises ValueError for a mark without its other half, and for a table that stands twice."""
    whole = 2 * (len(TABLE.findall(text)) + len(NUMBER.findall(text)))
    if whole != len(ANY.findall(text)):
        raise ValueError("expected every mark of a table or number to be closed, on its own")
    names = [name for name, _ in TABLE.findall(text)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"expected every table once: {', '.join(twice)}")


def filled(
    text: str,
    table: Callable[[str], str],
    number: Callable[[str], str],
    *,
    only: Collection[str] | None = None,
) -> str:
    """The text with every table, or `only` those named, and, without `only`, every number anew."""
    check(text)

    def of_table(found: re.Match[str]) -> str:
        name = found[1]
        if only is not None and name not in only:
            return found[0]
        return f"<!-- table: {name} -->\n{table(name)}\n<!-- end -->"

    def of_number(found: re.Match[str]) -> str:
        return f"<!-- n: {found[1]} -->{number(found[1])}<!-- /n -->"

    text = TABLE.sub(of_table, text)
    return text if only is not None else NUMBER.sub(of_number, text)


def outside(text: str) -> str:
    """The text without what stands between marks of tables."""
    return TABLE.sub("", text)
