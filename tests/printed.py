"""What is printed here beside what a document says is printed."""

from __future__ import annotations

import re

NUMBER = re.compile(r"-?\d[\d,]*\.?\d*")


def alike(line: str, printed: str) -> bool:
    """The same words; numbers within a tenth, or one: another machine's last bits may differ."""
    if NUMBER.sub("#", line) not in NUMBER.sub("#", printed):
        return False
    wanted, found = (
        [float(n.replace(",", "")) for n in NUMBER.findall(text)] for text in (line, printed)
    )
    return all(abs(a - b) <= max(1, 0.1 * abs(a)) for a, b in zip(wanted, found, strict=False))
