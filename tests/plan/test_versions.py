"""A plan.json of an earlier version is read as today's, and what cannot be read says what to do."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tripleaim.place import InputError, load
from tripleaim.plan import Basis, PlanDocument, choose, current_version, read_plan
from tripleaim.plan.publish.versions import _from_version_1

PUBLISHED = Path(__file__).with_name("published")
PLACES = ("somerset", "northamptonshire")


def published(place: str) -> Any:
    """The plan of a place as version 0.2.0 published it, in version 1 of the document."""
    return json.loads(gzip.decompress((PUBLISHED / f"{place}-0.2.0.json.gz").read_bytes()))


@pytest.mark.parametrize("place", PLACES)
def test_a_published_plan_of_version_1_is_read(tmp_path: Path, place: str) -> None:
    old = published(place)
    assert old["schema_version"] == "1"
    (tmp_path / "plan.json").write_text(json.dumps(old), encoding="utf-8")
    plan = read_plan(tmp_path / "plan.json")
    assert plan.schema_version == "3"
    assert plan.evidence is None
    assert {s.claim_tag for s in plan.solutions} == {"split assumed"}
    assert all(e.measured == (e.design != "none") for s in plan.solutions for e in s.evidence)
    assert plan.scenario.period_total == old["scenario"]["reading"]
    assert plan.scenario.sha256 == choose(load(place)).sha256
    assert plan.gap_gbp_m == old["gap_gbp_m"]
    assert [s.as_claimed_gbp_m for s in plan.solutions] == [
        s["claim_gbp_m"] for s in old["solutions"]
    ]
    assert [r.basis for r in plan.reconciliation] == [r["scenario"] for r in old["reconciliation"]]


@pytest.mark.parametrize("place", PLACES)
def test_a_plan_of_version_2_is_read(tmp_path: Path, place: str) -> None:
    """Version 2 is what version 1 becomes on its way, so an old plan gives one to read."""
    old = _from_version_1(published(place))
    assert old["schema_version"] == "2"
    (tmp_path / "plan.json").write_text(json.dumps(old), encoding="utf-8")
    assert read_plan(tmp_path / "plan.json") == PlanDocument.model_validate(
        current_version(published(place))
    )


def test_choices_of_version_1_are_counted_on_the_same_basis() -> None:
    old = published("somerset")
    choices = {
        solution: {"basis": basis, "uptake": 0.4, "start": None, "own": None}
        for solution, basis in (("a", "claim"), ("b", "evidence"), ("c", "own"), ("d", "off"))
    }
    old["scenario"]["choices"] = choices
    plan = PlanDocument.model_validate(current_version(old))
    assert [choice.basis for choice in plan.scenario.choices.values()] == [
        Basis.AS_CLAIMED,
        Basis.ON_EVIDENCE,
        Basis.OWN_VALUE,
        Basis.OFF,
    ]


def test_a_plan_of_today_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    plan = PlanDocument.model_validate(current_version(published("somerset")))
    (tmp_path / "plan.json").write_text(plan.model_dump_json(), encoding="utf-8")
    assert read_plan(tmp_path / "plan.json") == plan


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "this file is damaged; run tripleaim plan .* again"),
        ("[]", "this file is damaged; run tripleaim plan .* again"),
        ('{"schema_version": 1}', "expected a plan document with a schema_version"),
        ('{"schema_version": "1"}', "this file is damaged; run tripleaim plan again"),
        ('{"schema_version": "2"}', "this file is damaged; run tripleaim plan again"),
        ('{"schema_version": "3"}', "not a whole plan.json .*; run tripleaim plan again"),
        ('{"schema_version": "4"}', '"4": expected schema version 1, 2 or 3; read it with'),
        ('{"schema_version": "0"}', '"0": expected schema version 1, 2 or 3; read it with'),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    tmp_path: Path, text: str, expected: str
) -> None:
    (tmp_path / "plan.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=expected) as fault:
        read_plan(tmp_path / "plan.json")
    assert fault.value.file == str(tmp_path / "plan.json")


def test_a_plan_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this file is missing"):
        read_plan(tmp_path / "plan.json")
