"""Reading plan.json, of this version and of earlier ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tripleaim.data_folder import again, read_json
from tripleaim.place import InputError
from tripleaim.plan.basis import OF_A_SOLUTION, basis_of
from tripleaim.plan.publish.document import SCHEMA_VERSION, PlanDocument
from tripleaim.wording import claim_tag


def read_plan(path: Path) -> PlanDocument:
    """The plan in a plan.json of this version or an earlier one.

    Raises InputError for a file that is not there, is damaged or is of a version not known here.
    """
    mend = again(path.parent)
    document = read_json(path, mend)
    try:
        return PlanDocument.model_validate(current_version(document))
    except ValidationError as faults:
        fault = faults.errors()[0]
        where = ".".join(map(str, fault["loc"]))
        raise InputError(
            f"not a whole plan.json ({fault['msg'].lower()}); run tripleaim plan again",
            file=path,
            column=where,
        ) from None
    except InputError as fault:
        raise InputError(
            fault.expected, file=path, column=fault.column, value=fault.value
        ) from None


def current_version(document: object) -> Mapping[str, Any]:
    """A plan document as today's version has it; one of today's comes back as it is.

    Raises InputError for a version that is not known here, and for what is no plan document.
    """
    version = document.get("schema_version") if isinstance(document, Mapping) else None
    if not isinstance(document, Mapping) or not isinstance(version, str):
        raise InputError("expected a plan document with a schema_version")
    if version == SCHEMA_VERSION:
        return document
    if version in ("1", "2"):
        try:
            return _from_version_2(_from_version_1(document) if version == "1" else document)
        except (KeyError, TypeError, AttributeError):
            raise InputError("this file is damaged; run tripleaim plan again") from None
    raise InputError(
        f"expected schema version 1, 2 or {SCHEMA_VERSION}; read it with the version of Triple Aim "
        "that wrote it, or run tripleaim plan again",
        column="schema_version",
        value=version,
    )


def _from_version_1(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Version 2 calls the basis of a saving a basis, and each basis by one name, everywhere."""
    scenario = _renamed(document["scenario"], "reading", "period_total")
    choices = {
        solution: {**choice, "basis": basis_of(choice["basis"], OF_A_SOLUTION).value}
        for solution, choice in scenario["choices"].items()
    }
    return {
        **document,
        "schema_version": "2",
        "scenario": {**scenario, "choices": choices},
        "solutions": [
            _renamed(solution, "claim_gbp_m", "as_claimed_gbp_m")
            for solution in document["solutions"]
        ],
        "reconciliation": [
            _renamed(row, "scenario", "basis") for row in document["reconciliation"]
        ],
    }


def _from_version_2(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Version 3 says what evidence shows; of that an earlier document knows only the design."""
    return {
        **document,
        "schema_version": "3",
        "evidence": None,
        "solutions": [_solution_from_version_2(solution) for solution in document["solutions"]],
    }


def _solution_from_version_2(solution: Mapping[str, Any]) -> Mapping[str, Any]:
    unknown = {"studies": None, "directness": "not assessed", "risk_of_bias": "not assessed"}
    return {
        **solution,
        "claim_tag": claim_tag(solution["claim_status"], solution["claim_source"]),
        "evidence": [
            {**found, "measured": found["design"] != "none", **unknown}
            for found in solution["evidence"]
        ],
        "classes": [],
    }


def _renamed(part: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    """The part with one key renamed, in the same place."""
    return {new if key == old else key: value for key, value in part.items()}
