"""Where verbs print: results to standard output, progress and errors beside it."""

from __future__ import annotations

import sys

from rich.console import Console

WIDTH_AWAY_FROM_A_TERMINAL = 140
"""Columns of a table in a file or a pipe, where nothing says how wide the reader's window is."""

out = Console(width=None if sys.stdout.isatty() else WIDTH_AWAY_FROM_A_TERMINAL)
err = Console(stderr=True)
