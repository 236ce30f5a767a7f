"""Where the built front-end files are, and which hashed name each one has."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[1] / "assets"


@cache
def names() -> dict[str, str]:
    """Hashed file names by plain name.

    Raises FileNotFoundError, saying what to do, if the files have not been built.
    """
    manifest = ASSETS / "manifest.json"
    if not manifest.is_file():
        raise FileNotFoundError("the front-end files are not built: run `make install` first")
    addresses: dict[str, str] = json.loads(manifest.read_text("utf-8"))
    return addresses


def address(name: str) -> str:
    """The address of a front-end file, which changes whenever its content does."""
    return f"/assets/{names()[name]}"


def documents_address(elsewhere: str, assets: Path = ASSETS) -> str:
    """Where the documents are: `elsewhere` if set, the site that `make docs` built, or nowhere."""
    built = assets / "docs" / "index.html"
    return elsewhere or ("/assets/docs/index.html" if built.is_file() else "")
