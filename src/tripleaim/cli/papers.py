"""The verbs that put a plan on paper: slides for a board, and a paper in Word or as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tripleaim.cli.kept_run import kept_run
from tripleaim.cli.process_limits import refuse_to_draw
from tripleaim.cli.terminal import out

if TYPE_CHECKING:
    from tripleaim.plan import Workspace

PlaceOrRun = Annotated[
    str,
    typer.Argument(
        metavar="PLACE|RUN",
        help="A shipped footprint (see `tripleaim place list`), the folder of a footprint, or that "
        "of a run.",
    ),
]
Data = Annotated[
    Path, typer.Option(help="The folder of runs, or of one run; made if it is missing.")
]
ScenarioFile = Annotated[
    Path | None, typer.Option(help="A scenario file (TOML) of choices that differ.")
]


def board_pack(
    name: PlaceOrRun,
    out_file: Annotated[Path, typer.Option("--out", help="The file to write: .pptx.")],
    data: Data = Path("tripleaim-data"),
    scenario: ScenarioFile = None,
) -> None:
    """Write the six main pictures of a plan as slides for a board (PowerPoint)."""
    _write(name, "board-pack", (".pptx",), out_file, data, scenario)


def paper(
    name: PlaceOrRun,
    out_file: Annotated[Path, typer.Option("--out", help="The file to write: .pdf or .docx.")],
    data: Data = Path("tripleaim-data"),
    scenario: ScenarioFile = None,
) -> None:
    """Write a plan as a paper of about ten pages, as PDF or for Word."""
    _write(name, "paper", (".pdf", ".docx"), out_file, data, scenario)


def _write(  # noqa: PLR0917 - what the two verbs are asked for
    name: str,
    kind: str,
    endings: Sequence[str],
    out_file: Path,
    data: Path,
    scenario_file: Path | None,
) -> None:
    from tripleaim.core import write_whole
    from tripleaim.place import InputError
    from tripleaim.plan import choose, read_scenario

    ending = out_file.suffix.lower()
    if ending not in endings:
        raise InputError(
            f"expected a file that ends in {' or '.join(endings)} after --out", value=out_file.name
        )
    if not out_file.parent.is_dir():
        raise InputError("there is no such folder; make it first", file=out_file.parent)
    refuse_to_draw(f"tripleaim {kind}")
    from tripleaim.web.one_file import file_of

    run = _run(name, data)
    scenario = (
        read_scenario(run.place, scenario_file)
        if scenario_file
        else choose(run.place, seed=run.seed)
    )
    why_no_gap = run.document(scenario).why_no_gap
    if why_no_gap:
        raise InputError(
            f"{why_no_gap} A {kind.replace('-', ' ')} shows the gap: write the figures into the "
            "place, or into a scenario (--scenario FILE)"
        )
    body = file_of(run, scenario, kind + ending)
    write_whole(out_file, body)
    message = f"Wrote {out_file}: {run.place.name}, scenario {scenario.sha256[:12]}."
    out.print(message, highlight=False, markup=False, soft_wrap=True)


def _run(name: str, data: Path) -> Workspace:
    """The run in the folder of that name, else the one kept of the place of that name."""
    from tripleaim.data_folder import has_run
    from tripleaim.place import load
    from tripleaim.plan import Workspace

    if has_run(Path(name)):
        return Workspace.open(Path(name))
    return kept_run(load(name), data)
