"""Tables in Parquet that say which version of Triple Aim wrote them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import pyarrow as pa

    Described = TypeVar("Described", pa.Schema, pa.Table)

VERSION_KEY = b"tripleaim.version"
"""Where the metadata of a Parquet file's schema has the version."""


def with_version(described: Described) -> Described:
    """A table or a schema whose metadata say the version, beside what they said before."""
    schema = getattr(described, "schema", described)
    metadata = {**(schema.metadata or {}), VERSION_KEY: _version().encode()}
    if schema is described:
        return schema.with_metadata(metadata)
    return described.replace_schema_metadata(metadata)


def _version() -> str:
    # Asked for by name: the types of the package import every room, and this room imports none.
    return str(import_module("tripleaim").__version__)
