"""The rules of a year reported: who meets its control total, what the fund pays, quality."""

from __future__ import annotations

from decimal import Decimal

from tripleaim.accounts import read_returns, rules_of_the_year
from tripleaim.place import Place, load
from tripleaim.wording import sentence

D = Decimal


def test_the_ccg_is_9_5_below_what_it_must_reach_and_the_trusts_forecast_theirs(
    somerset: Place,
) -> None:
    """-3.0 forecast where 6.5 is planned; the trusts forecast what they are held to."""
    rules = rules_of_the_year(somerset)
    assert rules is not None
    assert rules.turnaround is not None
    variances = {o.organisation: o.variance for o in rules.turnaround.organisations}
    assert variances == {"11X": D(-9_500_000), "RBA": D(0), "RA4": D(0), "RH5": D(0)}
    assert "misses its control total of 2016/17 by £9.5m" in sentence(rules)


def test_a_quarter_below_its_control_total_earns_nothing_and_access_is_thirty_per_cent(
    somerset: Place,
) -> None:
    rules = rules_of_the_year(somerset)
    assert rules is not None
    best = {f.every_standard.organisation: f.every_standard for f in rules.fund}
    worst = {f.no_standard.organisation: f.no_standard for f in rules.fund}
    assert {o: y.earned for o, y in best.items()} == {"RBA": 0, "RA4": 0, "RH5": D(750_000)}
    assert worst["RH5"].earned == D("0.7") * best["RH5"].earned
    for year in (*best.values(), *worst.values()):
        assert year.earned + year.lost + year.undecided == year.allocation
        assert [q.quarter for q in year.quarters] == ["2016/17-Q1", "2016/17-Q2"]


def test_quality_payments_and_penalties_are_their_shares_of_each_contract(somerset: Place) -> None:
    rules = rules_of_the_year(somerset)
    assert rules is not None
    contracts = {q.payee: q.best.contract for q in rules.quality}
    assert contracts == {"RBA": D(197_500_000), "RA4": D(96_500_000), "RH5": D(139_800_000)}
    for one in rules.quality:
        assert one.best.net == D("0.025") * one.best.contract == -one.worst.net


def test_a_system_without_every_forecast_is_not_compared_with_its_control_total(
    somerset: Place,
) -> None:
    some = [line for line in read_returns(somerset) if line.organisation != "RA4"]
    rules = rules_of_the_year(somerset, some)
    assert rules is not None
    assert rules.turnaround is None
    assert rules.missing == ("Yeovil",)
    assert "No forecast of 2016/17 came from Yeovil" in sentence(rules)


def test_a_place_without_returns_has_no_rules_to_apply() -> None:
    assert rules_of_the_year(load("northamptonshire")) is None
