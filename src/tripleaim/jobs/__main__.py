"""A job's worker: `python -m tripleaim.jobs FOLDER [LOCK]` carries out the order in it.

LOCK is the descriptor of the folder's lock, if the process that started the worker took it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tripleaim.jobs.work import work

POLITE = 10
"""Added to a worker's niceness, so that other work on the machine goes first."""

if __name__ == "__main__":
    os.nice(POLITE)
    sys.exit(work(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None))
