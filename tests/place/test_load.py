"""A folder becomes a place, its own files before the defaults it builds on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripleaim.place import InputError, load, new, person_columns, person_kinds

ORGANISATIONS = "id,name,short_name,kind,side,status,source\n"
POINTS = (
    "id,name,unit,group,unit_cost,spend_line,bed_days,nhs,printed_base,printed_last\n"
    "acute-ae,A&E,attendances,Acute,{},acute,0,yes,,\n"
)


def test_somerset_has_its_partners_sites_and_beds() -> None:
    place = load("somerset")
    assert [o.id for o in place.organisations if o.kind == "acute trust"] == ["RBA", "RA4"]
    assert [o.side for o in place.organisations].count("commissioner") == 2
    sites = place.path("sites.csv").read_text(encoding="utf-8")
    assert sites.count(",district general hospital,") == 2
    assert sites.count(",community hospital,") == 13
    assert "RA4,2015/16,Q4,maternity,23," in place.path("beds.csv").read_text(encoding="utf-8")


def test_what_a_place_lacks_is_taken_from_its_defaults(arden: Path) -> None:
    place = load(arden)
    assert place.path("organisations.csv") == arden / "organisations.csv"
    assert place.path("diseases/chd.toml").parent.parent.name == "england"
    assert place.has("diseases/chd.toml")
    assert not place.has("practices.csv")
    assert place.path("practices.csv") == arden / "practices.csv"


def test_a_disease_of_the_place_stands_before_that_of_its_defaults_and_others_join(
    arden: Path,
) -> None:
    (arden / "diseases").mkdir()
    for name in ("chd", "gout"):
        (arden / "diseases" / f"{name}.toml").write_text("", encoding="utf-8")
    place = load(arden)
    names = place.names("diseases", ".toml")
    assert list(names) == sorted(names)
    paths = {stem: place.path(name) for stem, name in names.items()}
    assert paths["chd"].parent == paths["gout"].parent == arden / "diseases"
    assert paths["stroke"].parent.parent.name == "england"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("heart-failure", "expected a file named in lower-case letters"),
        ("age", "already has this name"),
    ],
)
@pytest.mark.parametrize("folder", ["diseases", "risk_factors"])
def test_a_file_whose_name_no_expression_could_use_is_refused(
    arden: Path, folder: str, name: str, expected: str
) -> None:
    (arden / folder).mkdir()
    (arden / folder / f"{name}.toml").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=expected):
        load(arden)


def test_any_change_of_an_input_changes_the_hash_of_the_inputs(arden: Path) -> None:
    before = load(arden).sha256
    (arden / ".cache").write_text("hidden files are no inputs", encoding="utf-8")
    assert load(arden).sha256 == before
    (arden / "organisations.csv").write_text(
        (arden / "organisations.csv").read_text(encoding="utf-8") + "\n", encoding="utf-8"
    )
    assert load(arden).sha256 != before


def test_every_condition_is_a_column_that_an_expression_may_name() -> None:
    kinds = person_kinds(("diabetes", "heart_failure"))
    assert kinds["age"] == "number"
    assert kinds["sex"] == "text"
    assert kinds["heart_failure"] == "condition"
    assert tuple(kinds) == person_columns(("diabetes", "heart_failure"))
    assert person_kinds((), ("smoking",))["smoking"] == "text"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "organisations.csv",
            ORGANISATIONS + "a,A,A,trust,provider,public,tripleaim\n" * 2,
            'line 3, column "id": "a": the id is listed twice.',
        ),
        (
            "organisations.csv",
            ORGANISATIONS + "a,A,A,trust,providers,public,tripleaim\n",
            'line 2, column "side": "providers": expected one of commissioner, provider, council, '
            'other. Did you mean "provider"?',
        ),
        (
            "organisations.csv",
            ORGANISATIONS + "a,A,A,trust,provider,assumed,tripleaim\n",
            'line 2, column "cause": nothing (an empty cell): '
            "expected a cause: say why this is assumed.",
        ),
        (
            "points_of_delivery.csv",
            POINTS.format("unit-cost.acuteae"),
            'line 2, column "unit_cost": "unit-cost.acuteae": expected the id of a figure. '
            'Did you mean "unit-cost.acute-ae"?',
        ),
    ],
)
def test_a_fault_in_a_table_of_the_place_is_reported(
    arden: Path, name: str, text: str, message: str
) -> None:
    (arden / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        load(arden)
    assert str(refusal.value) == f"{arden / name}, {message}"


def test_a_default_of_a_year_that_the_plan_does_not_have_is_no_figure_of_it(
    tmp_path: Path, population: Path
) -> None:
    folder = new(tmp_path / "arden", population)
    assert "growth.allocation.2016_17" in load(folder).figures
    outline = folder / "place.toml"
    later = outline.read_text(encoding="utf-8")
    for year in range(2020, 2014, -1):
        later = later.replace(f"{year}/{year - 1999}", f"{year + 10}/{year - 1989}")
    outline.write_text(later, encoding="utf-8")
    place = load(folder)
    assert place.years[0] == "2026/27"
    assert not [name for name in place.figures if name.startswith("growth.allocation.")]
    assert "growth.allocation" in place.figures
