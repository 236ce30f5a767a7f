"""Names in the code: one class, one name."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

CODE = Path(__file__).parents[1] / "src" / "tripleaim"


def test_no_two_classes_have_the_same_name() -> None:
    """A private class (_Row) is known in its own module alone, so it may be called like another."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted(CODE.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(f"{file.relative_to(CODE)}:{node.lineno}")
    assert len(places) > 100
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
