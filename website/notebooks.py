"""The notebooks: run anew, and shown as pages.

    python -m website.notebooks        run all of them and keep what they print

A test runs them too and holds what they print to what is kept.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "notebooks"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebooks() -> list[Path]:
    """Every notebook, by name."""
    return sorted(FOLDER.glob("*.ipynb"))


def read(path: Path) -> Any:
    """A notebook as it is kept. Raises ValueError for one that is damaged."""
    return nbformat.read(path, as_version=4)


def run(path: Path) -> Any:
    """The notebook with what it prints here, run from the top in an empty folder.

    Raises CellExecutionError for a cell that fails, with its traceback.
    """
    notebook = read(path)
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    with tempfile.TemporaryDirectory(prefix="tripleaim-notebook-") as folder:
        NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=600,
            resources={"metadata": {"path": folder}},
            extra_arguments=["--log-level=ERROR"],
        ).execute()
    return tidied(notebook)


def tidied(notebook: Any) -> Any:
    """The notebook without what differs from one run to the next: times, counts, machines."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for n, cell in enumerate(notebook.cells):
        cell.metadata, cell.id = nbformat.from_dict({}), f"cell-{n}"
        if cell.cell_type == "code":
            cell.execution_count = None
            printed = printed_by(cell)
            cell.outputs = (
                [nbformat.v4.new_output("stream", name="stdout", text=printed)] if printed else []
            )
    return notebook


def printed_by(cell: Any) -> str:
    """What a cell prints, and its last value as text."""
    parts = []
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stdout":
            parts.append(output.text)
        elif output.output_type == "execute_result":
            parts.append(output.data["text/plain"] + "\n")
    return "".join(parts)


def as_page(notebook: Any) -> str:
    """The notebook as Markdown: its words, its code, and what that prints."""
    parts = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        parts.append(f"```python\n{cell.source}\n```")
        printed = printed_by(cell).rstrip()
        if printed:
            parts.append(f"```text\n{printed}\n```")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    for file in notebooks():
        nbformat.write(run(file), file)
        print(f"{file.name}: run")
