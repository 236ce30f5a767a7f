"""The documents that the paper's results are read from, made where a folder lacks them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from paper import long_run
from tripleaim import __version__
from tripleaim.backtest import run_backtest
from tripleaim.core import Progress, RunContext, silent, write_whole
from tripleaim.people import People, synthesise
from tripleaim.place import Place
from tripleaim.plan import Workspace, current_version, is_current, run_plan
from tripleaim.plan.futures import draw_futures
from tripleaim.prevention import run_prevention

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Size:
    """How much is run for results; the defaults are the paper's."""

    prevention_people: int = 1_000_000
    prevention_draws: int = 256
    futures_draws: int = 256
    backtest_draws: int = 2000
    long_run_people: int = 1_000_000


@dataclass(frozen=True)
class Documents:
    """Documents of one place in `folder`; each is made when first asked for, if it is not there.

    One that is there is taken as it is, whatever its inputs: each table says which they were.
    Without `may_make`, one that is missing raises FileNotFoundError.
    """

    place: Place
    folder: Path
    size: Size = Size()
    seed: int = 7
    may_make: bool = True
    progress: Progress = silent

    @cached_property
    def plan(self) -> Document:
        """plan.json"""
        return dict(current_version(self._read("plan.json", self._plan)))

    @cached_property
    def people(self) -> Document:
        """people.json, of the same run as the plan"""
        return self._read("people.json", self._plan)

    @cached_property
    def audit(self) -> Document:
        """audit.json, of the same run as the plan"""
        return self._read("audit.json", self._plan)

    @cached_property
    def backtest(self) -> Document:
        """backtest.json"""
        return self._read("backtest.json", self._backtest)

    @cached_property
    def futures(self) -> Document:
        """futures.json"""
        return self._read("futures.json", self._futures)

    @cached_property
    def prevention(self) -> Document:
        """prevention.json"""
        return self._read("prevention.json", self._prevention)

    @cached_property
    def long_run(self) -> Document:
        """long-run.json: checks of the people, and lives over twenty years if nothing is done"""
        return self._read("long-run.json", self._long_run)

    @cached_property
    def _everybody(self) -> People:
        return synthesise(self.place, self._context)

    @property
    def _context(self) -> RunContext:
        return RunContext(self.seed, self.progress)

    def _read(self, name: str, make: Callable[[], None]) -> Document:
        path = self.folder / name
        if not path.exists() and self.may_make:
            make()
        found: Document = json.loads(path.read_text(encoding="utf-8"))
        return found

    def _plan(self) -> None:
        run_plan(self.place, self._context, self.folder)

    def _backtest(self) -> None:
        made = run_backtest(self.place, self._context, self.size.backtest_draws)
        self._write("backtest.json", made.model_dump_json(indent=1))

    def _futures(self) -> None:
        if not is_current(self.place, self.folder, self.seed):
            self._plan()
        workspace = Workspace.open(self.folder, str(self.place.folder))
        draw_futures(workspace, self.size.futures_draws, context=self._context)

    def _prevention(self) -> None:
        run_prevention(
            self.place,
            self._everybody,
            self._context,
            draws=self.size.prevention_draws,
            sample=min(self.size.prevention_people, len(self._everybody)),
            folder=self.folder,
        )

    def _long_run(self) -> None:
        made = long_run.run(
            self.place,
            self._everybody,
            min(self.size.long_run_people, len(self._everybody)),
            context=self._context,
        )
        about = {
            "inputs_sha256": self.place.sha256_of("prevention"),
            "seed": self.seed,
            "version": __version__,
        }
        self._write("long-run.json", json.dumps({**about, **made}, indent=1, ensure_ascii=False))

    def _write(self, name: str, text: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(self.folder / name, text + "\n")


def made_from(document: Document, *more: str) -> str:
    """The line under a table that says what made it."""
    made = (
        f"inputs `{document['inputs_sha256'][:12]}`, seed {document['seed']}, "
        f"version {document['version']}"
    )
    return f"\n\n*{'; '.join([made, *more])}.*"


Table = Callable[[Documents], str]
