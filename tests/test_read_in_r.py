"""The how-to for R names only files and columns that are there. No R is needed to see that."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, Union

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pydantic import BaseModel

from tripleaim.activity import PEOPLE_SCHEMA, SCHEMA
from tripleaim.backtest import Backtest
from tripleaim.core import RunContext
from tripleaim.country import country_of, project_country
from tripleaim.people import Profile, synthesise, write
from tripleaim.place import load
from tripleaim.plan import FuturesDocument, PlanDocument, audit, audit_document
from tripleaim.prevention import PreventionDocument
from tripleaim.uncertainty import RESULT_SCHEMA

HOW_TO = Path(__file__).parent.parent / "docs" / "how-to" / "read-results-in-r.md"
BLOCKS = re.findall(r"^```r\n(.*?)^```$", HOW_TO.read_text("utf-8"), re.MULTILINE | re.DOTALL)
READ = re.compile(r'(\w+) <- (?:fromJSON|read_parquet)\("run/([^"]+)"')
NAMES = re.compile(r"(?<![\w$])(\w+)((?:(?:\[\[\d+\]\])?\$\w+)+)(?:\[[^\[\]]*, c\(([^)]*)\)\])?")
PIPES = re.compile(r"^(\w+) \|>\n((?:  .*\n)+)", re.MULTILINE)
TABLE_NAMES = re.compile(r"\b(\w+) ==|\bsum\((\w+)\)|(?:group_by|select)\(([^)]*)\)")

SCHEMAS = {
    "activity.parquet": SCHEMA.names,
    "contracts.parquet": SCHEMA.names,
    "people_by_cell.parquet": PEOPLE_SCHEMA.names,
    "plan.parquet": RESULT_SCHEMA.names,
}
DOCUMENTS: dict[str, Any] = {
    "plan.json": PlanDocument,
    "futures.json": FuturesDocument,
    "prevention.json": PreventionDocument,
    "backtest.json": Backtest,
    "people.json": Profile,
}


def inner(kind: Any) -> Any:
    """What R makes of a kind: a list is a data frame of its parts, none is what else it may be."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin in (list, tuple):
        return inner(parts[0])
    if origin in (Union, types.UnionType):
        (one,) = [part for part in parts if part is not type(None)] or (str,)
        return inner(one)
    if origin is typing.Annotated:
        return inner(parts[0])
    return kind


def below(kind: Any, name: str) -> Any:
    """The kind of what a name leads to; LookupError where there is no such name."""
    kind = inner(kind)
    if isinstance(kind, Mapping):
        return kind[name]
    if typing.get_origin(kind) in (dict, Mapping):
        return typing.get_args(kind)[1]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind.model_fields[name].annotation
    if is_dataclass(kind):
        return typing.get_type_hints(kind)[name]
    raise LookupError(name)


@pytest.fixture(scope="module")
def kinds() -> dict[str, Any]:
    place = load("somerset")
    document = audit_document(place, audit(place))
    identities = document["identities"]
    assert isinstance(identities, list)
    shape = {**document, "identities": identities[0]}
    return {**DOCUMENTS, "audit.json": shape}


@pytest.fixture(scope="module")
def tables(hamlet: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The columns of every table: of two that have no schema, as they are written."""
    folder = tmp_path_factory.mktemp("tables")
    write(synthesise(load(str(hamlet)), RunContext(7)), folder / "people.parquet")
    england = country_of(load("england"), people=300)
    project_country(england, RunContext(7), years=1, shards=1, threads=1, folder=folder / "country")
    written = (folder / "people.parquet", folder / "country" / "country.parquet")
    return {**SCHEMAS, **{file.name: pq.read_schema(file).names for file in written}}


def variables() -> dict[str, str]:
    return {name: file for block in BLOCKS for name, file in READ.findall(block)}


def test_every_output_is_read(tables: dict[str, list[str]]) -> None:
    assert set(variables().values()) == {*tables, *DOCUMENTS, "audit.json"}


def test_every_name_after_a_dollar_is_in_its_file(
    kinds: dict[str, Any], tables: dict[str, list[str]]
) -> None:
    held, missing, looked_up = variables(), [], 0
    for block in BLOCKS:
        for variable, path, columns in NAMES.findall(re.sub(r"#.*", "", block)):
            if variable not in held:
                continue
            file = held[variable]
            steps = re.findall(r"\$(\w+)", path)
            looked_up += 1
            if file in tables:
                missing += [(file, name) for name in steps if name not in tables[file]]
                continue
            kind = kinds[file]
            try:
                for name in steps:
                    kind = below(kind, name)
                for name in re.findall(r'"(\w+)"', columns):
                    below(kind, name)
            except LookupError as fault:
                missing.append((file, f"{path} {columns}: {fault}"))
    assert missing == []
    assert looked_up > 30


def test_every_column_that_dplyr_asks_for_is_in_its_table(tables: dict[str, list[str]]) -> None:
    asked = 0
    held = variables()
    for block in BLOCKS:
        for variable, pipe in PIPES.findall(block):
            file = held[variable]
            for one, summed, several in TABLE_NAMES.findall(pipe):
                for name in filter(None, [one, summed, *re.split(r",\s*", several)]):
                    assert name in tables[file], (file, name)
                    asked += 1
    assert asked > 10


def test_a_name_that_is_not_there_is_found_out(kinds: dict[str, Any]) -> None:
    assert inner(list[str] | None) is str
    with pytest.raises(LookupError):
        below(below(kinds["plan.json"], "solutions"), "claim")
    assert pa.types.is_floating(SCHEMA.field("quantity").type)
