"""The command line as it is typed, in this process: a new one takes seconds to import everything.

That the command starts as a process of its own is seen in tests/cli/test_start_up.py and in the
tests of the wheel and the tutorial.
"""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from pathlib import Path

from tripleaim.cli import main


def tripleaim(*words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What the command prints, and the code that it leaves with."""
    typed = ["tripleaim", *map(str, words)]
    before, code = sys.argv, 0
    with (
        contextlib.redirect_stdout(io.StringIO()) as printed,
        contextlib.redirect_stderr(io.StringIO()) as said,
        contextlib.chdir(cwd or Path.cwd()),
    ):
        sys.argv = typed
        try:
            main()
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else int(left.code is not None)
        finally:
            sys.argv = before
    return subprocess.CompletedProcess(typed, code, printed.getvalue(), said.getvalue())
