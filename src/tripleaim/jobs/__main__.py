"""A job's worker: `python -m tripleaim.jobs FOLDER [LOCK]` works off the order that stands there.

LOCK is the descriptor of the folder's lock, where whoever started the worker took it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tripleaim.jobs.work import work

POLITE = 10
"""How far a worker stands back for other work on the machine: added to its niceness."""

if __name__ == "__main__":
    os.nice(POLITE)
    sys.exit(work(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None))
