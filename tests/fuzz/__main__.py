"""`make fuzz`: read bad inputs for as long as is asked, and say what broke.

python tests/fuzz --seconds 3600 --seed 1            every parser, quick ones longer
python tests/fuzz --inputs 100000 --only expressions
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from looks import look
from parsers import parsers

from tripleaim.core import RunContext
from tripleaim.place import load, new
from tripleaim.plan import run_plan


def main() -> int:
    """0 where nothing broke; else what broke is printed, and its inputs are kept in a folder."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=3600.0, help="of processor, in all")
    asked.add_argument("--inputs", type=int, default=1 << 60, help="for each parser, at most")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="", help="parsers whose name holds this")
    given = asked.parse_args()
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        chosen = [p for p in parsers(Path(folder), _run(Path(folder))) if given.only in p.name]
        shares = sum(parser.share for parser in chosen)
        print("| parser | inputs | read | refused | slowest | most memory | growth | broken |")
        print("|---|---|---|---|---|---|---|---|", flush=True)
        for parser in chosen:
            looked = look(
                parser,
                given.seed,
                inputs=given.inputs,
                seconds=given.seconds * parser.share / shares,
            )
            print(looked.line(), flush=True)
            for at, (raw, what) in enumerate(looked.broken[:20]):
                kept = Path("fuzz-broken") / f"{parser.name}-{given.seed}-{at}"
                kept.parent.mkdir(exist_ok=True)
                kept.write_bytes(raw)
                print(f"{kept}: {what}", file=sys.stderr)
            broken += len(looked.broken)
    return 1 if broken else 0


def _run(folder: Path) -> Path:
    """The folder of the run of a small place, made for this."""
    lines = [f"{age},{sex},{14 - age // 10}" for age in range(91) for sex in ("male", "female")]
    (folder / "hamlet.csv").write_text("\n".join(["age,sex,population", *lines, ""]), "utf-8")
    run_plan(load(new(folder / "hamlet", folder / "hamlet.csv")), RunContext(7), folder / "run")
    return folder / "run"


if __name__ == "__main__":
    sys.exit(main())
