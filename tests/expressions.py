"""Random expressions over a few columns of a person, for whatever reads expressions."""

from __future__ import annotations

import re

from hypothesis import strategies as st

KINDS = {
    "age": "number",
    "frailty": "number",
    "score": "number",
    "sex": "text",
    "resident": "condition",
    "diabetes": "condition",
}
NUMBERS = ("age", "frailty", "score", "0", "1", "2", "75", "0.1", "2.25", "-3", "1e2", "null")
CONDITIONS = ("resident", "diabetes", "true", "false")
TEXTS = ("sex", "'female'", "'o''neil'", "'a\\b'", "''")
COMPARE = ("=", "<>", "<", "<=", ">", ">=", "!=")
NUMBER_FORMS = (
    "n + n",
    "n - n",
    "n * n",
    "n / n",
    "(n)",
    "-n",
    "case when c then n else n end",
    "case when c then n when c then n end",
    "case n when n then n end",
)
CONDITION_FORMS = (
    "n ~ n",
    "t ~ t",
    "n between n and n",
    "n not between n and n",
    "n in (n, n)",
    "t not in (t, null)",
    "n is null",
    "n is not null",
    "(n ~ n) is not true",
    "(c) is false",
    "c and c",
    "c or c",
    "(c or c)",
    "not c",
    "(c) = (c)",
    "case when c then c else c end",
    "case t when t then c end",
)
WORDS = {"n": (NUMBERS, NUMBER_FORMS), "c": (CONDITIONS, CONDITION_FORMS), "t": (TEXTS, ())}


@st.composite
def written(draw: st.DrawFn, kind: str, depth: int = 3) -> str:
    """A random text of the language: forms filled with forms, down to names and literals."""
    leaves, forms = WORDS[kind]
    if depth == 0 or not forms or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(leaves))
    parts = []
    for part in re.split(r"\b([nct])\b|(~)", draw(st.sampled_from(forms))):
        if part == "~":
            parts.append(draw(st.sampled_from(COMPARE)))
        elif part in WORDS:
            inner = draw(written(part, depth - 1))
            # With brackets forms stay apart; without them precedence is tried too.
            parts.append(inner if draw(st.booleans()) else f"({inner})")
        elif part:
            parts.append(part)
    return "".join(parts)
