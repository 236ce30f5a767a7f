"""The same verbs in the terminal: place, people, audit, plan, demo, serve."""

from tripleaim.cli.main import main

__all__ = ["main"]
