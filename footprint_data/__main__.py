"""Make `footprints/official` anew: `python -m footprint_data SOURCE_FOLDER [OUT_FOLDER]`.

SOURCE_FOLDER holds the copies of official statistics by the paths that `tables/*.sql` name; one
statement makes one table. Tables of a few hundred rows are CSV, so that a change can be read;
others are Parquet. The product itself never reads SOURCE_FOLDER.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
OUT = HERE.parent / "src" / "tripleaim" / "footprints" / "official"
PAGE_HEAD = """\
# Official tables: sources

Tidy tables of all English integrated care boards, from which `tripleaim place make` makes a place.
Made by `python -m footprint_data SOURCE_FOLDER`, one statement of `footprint_data/tables` a table,
from copies of official statistics that were not compared with the original publications. Contains
public sector information licensed under the Open Government Licence v3.0. Contains OS data, Crown
copyright and database right. `sources.csv` has the same sources by id, `parts.csv` what a place is
made of.

Six boards (QE1, QK1, QKS, QMF, QMM, QT6) have no rows after March 2024 in `ae_by_board`, `beds`,
`beds_quarters`, `delays`, `delays_by_board`, `gp_staff`, `list_months`, `rtt_months` and `staff`,
fewer in `council_spend`, and after February 2026 in `ae`: what is not there is not known. All
other tables have every board. Trusts that have merged stand under their code of August 2026.
"""
_FOOTPRINTS = HERE.parent / "src" / "tripleaim" / "footprints"
_SUCCESSORS = f"""
CREATE TEMP TABLE joined_codes AS
FROM read_csv('{(_FOOTPRINTS / "england" / "successors.csv").as_posix()}', comment = '#',
              all_varchar = true, header = true);
CREATE TEMP TABLE merged AS
SELECT code, successor FROM joined_codes WHERE kind = 'trust' AND source = 'trusts-2026';
CREATE TEMP MACRO current_code(old) AS
    coalesce((SELECT any_value(successor) FROM merged WHERE merged.code = old), old);
CREATE TEMP TABLE joined AS
SELECT code, min(successor) AS successor FROM joined_codes WHERE kind = 'trust' GROUP BY code;
CREATE TEMP MACRO latest_code(old) AS
    current_code(coalesce((SELECT any_value(successor) FROM joined WHERE joined.code = old), old));
"""  # noqa: S608 - our own path
"""`current_code(code)`: the code of August 2026 of a trust that has merged since 2022, any other as
it is; `latest_code(code)`: the same for trusts that merged since 2012. Both are from the one table
of codes that changed, `footprints/england/successors.csv`."""
FIRST = "practice_homes"
"""The table that others are made with."""
CSV_UP_TO = 1_000
"""Rows of the longest table that is written as CSV."""


def make(source: Path, out: Path) -> None:
    """Write every table of `tables/` from the files in `source` to the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.execute(f"SET file_search_path = '{source.resolve().as_posix()}'")
        connection.execute(_SUCCESSORS)
        statements = sorted(
            (HERE / "tables").glob("*.sql"), key=lambda s: (s.stem != FIRST, s.stem)
        )
        for statement in statements:
            _write(connection, statement, out)
    (out / "SOURCES.md").write_text(sources_page(out), encoding="utf-8", newline="\n")


def sources_page(out: Path) -> str:
    """SOURCES.md: what every table is, and what it comes from as `sources.csv` has it."""
    with (out / "sources.csv").open(encoding="utf-8", newline="") as file:
        sources = list(csv.DictReader(file))
    parts = [PAGE_HEAD]
    for statement in sorted((HERE / "tables").glob("*.sql")):
        name = statement.stem
        (written,) = out.glob(f"{name}.[cp]*")
        parts += [f"## {written.name}", "", _about(statement), ""]
        for source in sources:
            if name in source["tables"].split(";"):
                told = f"{source['title']} ({source['table']}; {source['edition']})"
                parts.append(f"- {source['publisher']}: {told}. {source['licence']}.")
                parts += [f"  Note: {source['note']}."] if source["note"] else []
        parts.append("")
    return "\n".join(parts)


def _about(statement: Path) -> str:
    """The comment that a statement begins with."""
    lines = statement.read_text(encoding="utf-8").splitlines()
    return " ".join(line[3:] for line in lines if line.startswith("-- "))


def _write(connection: duckdb.DuckDBPyConnection, statement: Path, out: Path) -> None:
    name = statement.stem
    connection.execute(f"CREATE TEMP TABLE made AS {statement.read_text(encoding='utf-8')}")
    (rows,) = connection.execute("SELECT count(*) FROM made").fetchall()[0]
    kind = "csv" if rows <= CSV_UP_TO else "parquet"
    how = "FORMAT csv, HEADER" if kind == "csv" else "FORMAT parquet, COMPRESSION zstd"
    target = (out / f"{name}.{kind}").as_posix()
    connection.execute(f"COPY made TO '{target}' ({how})")
    connection.execute(f"ALTER TABLE made RENAME TO {name}")
    print(f"{name:18}{rows:9,} rows {(out / f'{name}.{kind}').stat().st_size / 1000:9,.0f} kB")


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else OUT)
