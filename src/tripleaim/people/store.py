"""People to and from Parquet: the same people are the same bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tripleaim.core import made_folder, whole_file, with_version
from tripleaim.people.model import Areas, People
from tripleaim.place import InputError

COLUMNS = {
    "person": np.uint64,
    "birth": np.int16,
    "sex": np.int8,
    "lsoa": np.int16,
    "practice": np.int16,
    "resident": np.bool_,
    "conditions": np.uint32,
    "frailty": np.float32,
}
RANK = "rank of "
METADATA = b"tripleaim.people"


def write(people: People, path: Path) -> None:
    """Store people in one Parquet file (zstd), with areas, condition ids and seed in its metadata.

    The file appears whole or not at all: it is written under another name and then renamed.
    """
    areas = people.areas
    about = {
        "seed": people.seed,
        "condition_ids": people.condition_ids,
        "priority_ids": people.priority_ids,
        "risk_ids": people.risk_ids,
        "lsoas": areas.lsoas,
        "quintile": areas.quintile.tolist(),
        "district": areas.district,
        "practices": areas.practices,
        "locality": areas.locality,
    }
    columns = {name: pa.array(getattr(people, name)) for name in COLUMNS}
    ranks = zip(people.risk_ids, people.ranks, strict=True)
    table = pa.table({**columns, **{RANK + risk: pa.array(rank) for risk, rank in ranks}})
    table = table.replace_schema_metadata({METADATA: json.dumps(about, sort_keys=True).encode()})
    with made_folder(path.parent), whole_file(path) as unfinished:
        pq.write_table(with_version(table), unfinished, compression="zstd", version="2.6")


def read(path: Path) -> People:
    """The people that `write` stored.

    Raises InputError if the file is missing, is not Parquet or does not hold people.
    """
    if not path.is_file():
        raise InputError("expected people stored in Parquet; the file is missing", file=path)
    try:
        table = pq.read_table(path)
    except pa.ArrowException as fault:
        raise InputError(
            f"expected a Parquet file ({str(fault).splitlines()[0]})", file=path
        ) from None
    metadata = (table.schema.metadata or {}).get(METADATA)
    about = json.loads(metadata) if metadata else {}
    risks = tuple(about.get("risk_ids", ()))
    if set(table.column_names) != {*COLUMNS, *(RANK + risk for risk in risks)} or not about:
        raise InputError(
            f"expected stored people, with columns {', '.join(COLUMNS)}",
            file=path,
            value=", ".join(table.column_names)[:60],
        )
    if "priority_ids" not in about:
        raise InputError(
            "expected people stored by this version; make them again with tripleaim people",
            file=path,
        )
    columns: dict[str, Any] = {
        name: np.ascontiguousarray(table[name].to_numpy(), dtype=kind)
        for name, kind in COLUMNS.items()
    }
    ranks = [table[RANK + risk].to_numpy().astype(np.uint16) for risk in risks]
    return People(
        **columns,
        ranks=np.array(ranks, dtype=np.uint16).reshape(len(risks), table.num_rows),
        areas=Areas(
            lsoas=tuple(about["lsoas"]),
            quintile=np.array(about["quintile"], dtype=np.int8),
            district=tuple(about["district"]),
            practices=tuple(about["practices"]),
            locality=tuple(about["locality"]),
        ),
        condition_ids=tuple(about["condition_ids"]),
        priority_ids=tuple(about["priority_ids"]),
        risk_ids=risks,
        seed=about["seed"],
    )
