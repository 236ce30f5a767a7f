"""The tidy official tables that come with the product, asked in SQL."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

FOLDER = Path(str(files("tripleaim"))) / "footprints" / "official"

Record = dict[str, Any]


class OfficialTables:
    """Every table of a folder by the name of its file, CSV or Parquet, open until it is left.

    >>> with OfficialTables() as tables:
    ...     tables.value("SELECT count(*) FROM areas")
    33755
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._connection = duckdb.connect()
        for file in sorted(folder.iterdir()):
            if file.suffix in (".csv", ".parquet"):
                path = file.as_posix().replace("'", "''")
                kind = "TABLE" if file.suffix == ".csv" else "VIEW"
                self._connection.execute(f"CREATE {kind} {file.stem} AS FROM '{path}'")

    def records(self, sql: str, **values: Any) -> list[Record]:
        """The rows that a statement gives, each by column; `values` are its $names."""
        answer = self._connection.execute(sql, values or None)
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def value(self, sql: str, **values: Any) -> Any:
        """The one value of a statement that gives one row of one column."""
        ((value,),) = self._connection.execute(sql, values or None).fetchall()
        return value

    def __enter__(self) -> OfficialTables:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
