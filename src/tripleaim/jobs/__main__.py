"""A job's worker: `python -m tripleaim.jobs FOLDER` carries out the order in it.

It prints a line once it holds the folder's lock, for whoever started it, and nothing after that.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from tripleaim.core import let_others_first
from tripleaim.jobs.work import work


def _say_begun() -> None:
    with suppress(OSError):  # whoever started it may have gone
        print("begun", flush=True)
    # What is printed from here on goes to the log, as errors do.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


if __name__ == "__main__":
    let_others_first()
    sys.exit(work(Path(sys.argv[1]), _say_begun))
