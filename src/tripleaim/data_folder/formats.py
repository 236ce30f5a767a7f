"""JSON, documents and arrays from files on disk."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel

from tripleaim.data_folder.faults import taking_apart
from tripleaim.data_folder.reading import read_bytes

D = TypeVar("D", bound=BaseModel)


def read_json(path: Path, mend: str) -> dict[str, Any]:
    """The object in a JSON file. Raises DamagedFileError for anything else."""
    raw = read_bytes(path, mend)
    with taking_apart(path, mend):
        content = json.loads(raw, parse_constant=_no_number)
        if not isinstance(content, dict):
            raise TypeError("not a JSON object")
        return content


def read_document(path: Path, shape: type[D], mend: str) -> D:
    """The document of this shape in a JSON file. Raises DamagedFileError for anything else."""
    raw = read_bytes(path, mend)
    with taking_apart(path, mend, "is damaged or is something else"):
        return shape.model_validate_json(raw)


def read_arrays(path: Path, mend: str) -> Mapping[str, npt.NDArray[Any]]:
    """All arrays in an .npz file, by name. Raises DamagedFileError for anything else."""
    raw = read_bytes(path, mend)
    with taking_apart(path, mend), np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a number")
