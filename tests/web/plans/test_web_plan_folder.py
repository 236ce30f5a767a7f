"""Pages over real runs in a folder."""

import json
from pathlib import Path

import pytest
from django.test import Client

from tripleaim.data_folder import RunAbout
from tripleaim.place import InputError
from tripleaim.web import plans

PAGES = ("", "people/", "activity/", "money/", "solutions/", "compare/", "audit/", "figures/")


def test_a_run_whose_footprint_has_changed_is_marked_out_of_date(client: Client) -> None:
    class Stale:
        def places(self) -> dict[str, str]:
            return {"somerset": "Somerset"}

        def workspace(self, _: str) -> None:
            raise InputError("the footprint somerset has changed since this run")

    plans.use(Stale())
    answer = client.get("/places/somerset/")
    assert answer.status_code == 503
    body = answer.content.decode()
    assert "This plan cannot be shown" in body
    assert "the footprint somerset has changed since this run" in body


def test_a_plan_folder_holds_whole_runs_by_the_names_of_their_places(tmp_path: Path) -> None:
    about = RunAbout(
        footprint="a", footprint_folder="", inputs_sha256="0" * 64, seed=7, version="1"
    )
    for name in ("a", "b", ".c-part"):
        (tmp_path / name).mkdir()
        plan = json.dumps({"name": f"Place {name}"})
        (tmp_path / name / "plan.json").write_text(plan, encoding="utf-8")
        if name != "b":
            (tmp_path / name / "run.json").write_text(about.model_dump_json(), encoding="utf-8")
    source = plans.PlanFolder(tmp_path)
    assert source.places() == {"a": "Place a"}
    assert source.workspace("b") is None
    assert source.workspace("nowhere") is None


@pytest.mark.slow
def test_somersets_pages_answer_from_its_run(client: Client, somerset_run: Path) -> None:
    plans.use(plans.PlanFolder(somerset_run.parent))
    for page in PAGES:
        answer = client.get(f"/places/{somerset_run.name}/{page}")
        assert answer.status_code == 200, page
    body = client.get(f"/places/{somerset_run.name}/").content.decode()
    assert "£174.6m short" in body
    people = client.get(f"/places/{somerset_run.name}/people/").content.decode()
    assert "562,446 people are registered" in people
    assert "Deprivation of small areas, by national fifth" in people


@pytest.mark.slow
def test_a_scenario_of_somerset_is_worked_out_in_time(client: Client, somerset_run: Path) -> None:
    plans.use(plans.PlanFolder(somerset_run.parent))
    home = f"/places/{somerset_run.name}/"
    printed = client.get(f"{home}download/plan.json").json()
    solution = max(printed["solutions"], key=lambda s: s["as_claimed_gbp_m"][printed["years"][-1]])
    without = client.get(f"{home}s/{solution['id']}.x/download/plan.json").json()
    last = printed["years"][-1]
    assert without["gap_gbp_m"]["as_chosen"][last] < printed["gap_gbp_m"]["as_chosen"][last]
    assert without["gap_gbp_m"]["do_nothing"] == printed["gap_gbp_m"]["do_nothing"]
