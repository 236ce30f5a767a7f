"""Make `footprints/england-2026` anew: `python -m footprint_data.edition SOURCE_FOLDER [OUT]`.

One statement of `england_2026/*.sql` makes one table from the official tables that come with the
product; its first comments become those of the table. SOURCE_FOLDER has the scores of deprivation.
Two tables need the model's own patterns: trends of conditions, and smoking. `place.toml`,
`editions.csv` and `benchmark_measures.csv` are written by hand.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from footprint_data.__main__ import HERE
from footprint_data.__main__ import OUT as OFFICIAL
from footprint_data.smoking_now import smoking_lines
from footprint_data.trends_now import trend_lines
from tripleaim.place import load

OUT = OFFICIAL.parent / "england-2026"
_SOURCE_COLUMNS = ("id", "title", "publisher", "table", "edition", "licence", "note")


def make(source: Path, out: Path) -> None:
    """Write every table of the edition that is not written by hand to the folder `out`."""
    (out / "risk_factors").mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.execute(f"SET file_search_path = '{source.resolve().as_posix()}'")
        _open(connection)
        for statement in sorted((HERE / "england_2026").glob("*.sql")):
            text = statement.read_text(encoding="utf-8")
            about = [line[3:] for line in text.splitlines() if line.startswith("-- ")]
            made = connection.execute(text)
            header = [column[0] for column in made.description or ()]
            _write(out / f"{statement.stem}.csv", about, header, made.fetchall())
    _write(
        out / "condition_trends.csv", *trend_lines(out / "registers.csv", out / "population.csv")
    )
    _write(out / "risk_factors" / "smoking.csv", *smoking_lines())
    _write(out / "sources.csv", (), _SOURCE_COLUMNS, _sources(out))


def _open(connection: duckdb.DuckDBPyConnection) -> None:
    """The official tables as views, names of boards, acute trusts, the model's conditions."""
    for file in sorted(OFFICIAL.glob("*.[cp]*")):
        read = "read_csv" if file.suffix == ".csv" else "read_parquet"
        connection.execute(f"CREATE VIEW {file.stem} AS FROM {read}('{file.as_posix()}')")
    connection.execute("CREATE TABLE conditions (register VARCHAR, condition VARCHAR)")
    connection.executemany(
        "INSERT INTO conditions VALUES (?, ?)",
        [(row["register"], row["condition"]) for row in load("england").rows("registers.csv")],
    )
    connection.execute(
        "CREATE MACRO short_name_of(name) AS "
        "regexp_replace(regexp_replace(name, '^NHS ', ''), ' Integrated Care Board$', '')"
    )
    connection.execute(
        "CREATE TABLE acute AS "
        "SELECT trust, regexp_replace(name, ' NHS (Foundation )?Trust$', '') AS name "
        "FROM trusts WHERE kind IN "
        "('Acute and Acute & Community Trusts', 'Acute Specialist Trusts') "
        "AND trust IN (SELECT provider FROM waiting)"
    )


def _sources(out: Path) -> list[tuple[str, ...]]:
    """The official sources that the tables name."""
    texts = (file.read_text(encoding="utf-8") for file in out.rglob("*.csv"))
    named = {word for text in texts for word in re.findall(r"[\w-]+", text)}
    with (OFFICIAL / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["id"] in named]
    return [tuple(row[name] for name in _SOURCE_COLUMNS) for row in rows]


def _write(
    path: Path, about: Iterable[str], header: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"# {line}\n" for line in about)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else OUT)
