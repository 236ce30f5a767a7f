"""`make fuzz`: read bad inputs for as long as is asked, and say what broke.

python tests/fuzz --seconds 3600 --seed 1            every parser, an equal share of the time
python tests/fuzz --inputs 100000 --only expressions
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from looks import look
from parsers import parsers


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
        chosen = [p for p in parsers(Path(folder)) if given.only in p.name]
        print("| parser | inputs | read | refused | slowest | most memory | broken |")
        print("|---|---|---|---|---|---|---|", flush=True)
        for parser in chosen:
            looked = look(
                parser, given.seed, inputs=given.inputs, seconds=given.seconds / len(chosen)
            )
            print(looked.line(), flush=True)
            for at, (raw, what) in enumerate(looked.broken[:20]):
                kept = Path("fuzz-broken") / f"{parser.name}-{given.seed}-{at}"
                kept.parent.mkdir(exist_ok=True)
                kept.write_bytes(raw)
                print(f"{kept}: {what}", file=sys.stderr)
            broken += len(looked.broken)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
