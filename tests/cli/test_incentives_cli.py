"""The incentive table and the rules of the game in the terminal."""

from __future__ import annotations

import json
import subprocess
from decimal import Decimal
from pathlib import Path

from command_line import tripleaim


def incentives(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return tripleaim("incentives", *words)


def test_the_rules_are_listed_each_with_what_it_does() -> None:
    said = incentives("somerset", "--rule", "list").stdout
    assert "contracts (default)" in said
    assert "marginal" in said
    assert "capitated" in said


def test_an_unknown_rule_is_refused_with_the_nearest() -> None:
    done = incentives("somerset", "--rule", "blok")
    assert done.returncode == 2
    assert 'Did you mean "block"?' in done.stderr


def test_an_unknown_solution_is_refused_before_anything_is_built(tmp_path: Path) -> None:
    done = incentives("somerset", "--solution", "falls-preventing", "--data", tmp_path / "none")
    assert done.returncode == 2
    assert 'Did you mean "falls-prevention"?' in done.stderr
    assert not (tmp_path / "none").exists()


def test_a_run_is_printed_in_words_and_as_json(somerset_run: Path) -> None:
    said = incentives("somerset", "--rule", "block", "--data", somerset_run)
    assert said.returncode == 0, said.stderr
    assert "A fixed sum for the year, whatever happens." in said.stdout
    told = incentives("somerset", "--rule", "block", "--data", somerset_run, "--json")
    table = json.loads(told.stdout)
    assert table["rule"] == "block"
    assert len(table["solutions"]) == 33
    last = table["years"][-1]
    nets = [Decimal(e["net"][last]) for e in table["organisations"]]
    assert sum(nets) == Decimal(table["system"][last])


def test_one_solution_is_printed_with_everybody_affected(somerset_run: Path) -> None:
    done = incentives("somerset", "--solution", "hospital-at-home", "--data", somerset_run)
    assert done.returncode == 0, done.stderr
    assert "Those who carry it out lose" in done.stdout
    assert "Somerset Partnership *" in done.stdout


def test_all_rules_are_compared_and_none_changes_the_systems_total(somerset_run: Path) -> None:
    said = incentives("somerset", "--rule", "all", "--data", somerset_run)
    assert "Under any payment method" in said.stdout, said.stderr
    told = incentives("somerset", "--rule", "all", "--data", somerset_run, "--json")
    rules = json.loads(told.stdout)["rules"]
    assert len(rules) == 7
    assert len({rule["system"] for rule in rules}) == 1
    for rule in rules:
        assert sum(map(Decimal, rule["net"].values())) == Decimal(rule["system"])
        assert sum(map(Decimal, rule["loses_income"].values())) == 0


def test_control_totals_say_who_must_reach_what_and_what_is_still_to_find() -> None:
    said = tripleaim("control-totals", "somerset").stdout
    assert "Somerset CCG is £9.5m short" in said
    assert "21,275,226" in said
    assert "So far trusts have earned" in said.replace("\n", " ")
    assert "Somerset CCG to Yeovil" in said
    told = json.loads(tripleaim("control-totals", "somerset", "--json").stdout)
    assert told["year_reported"]["turnaround"]["variance"] == "-9500000.00"
    assert told["system"] == {"2016/17": "-7000000.00"}
    assert sum(condition["share"] for condition in told["stf_conditions"]) == 100


def test_a_place_without_control_totals_says_so() -> None:
    done = tripleaim("control-totals", "northamptonshire")
    assert done.returncode == 0
    assert "Northamptonshire has no control totals in its files." in done.stdout
