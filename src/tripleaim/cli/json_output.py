"""Results as JSON on the terminal, each with the version that it was made by."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from tripleaim import __version__


def print_json(
    document: Mapping[str, object], default: Callable[[object], object] | None = None
) -> None:
    """Print a document with the key `version` first; one that states its version keeps it.

    `default` makes of a value what JSON can hold.
    """
    content = {"version": __version__, **document}
    print(json.dumps(content, indent=1, ensure_ascii=False, default=default))
