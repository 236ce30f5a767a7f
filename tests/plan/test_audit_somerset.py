"""What the audit finds in Somerset's plan of October 2016, number by number."""

from __future__ import annotations

import pytest

from tripleaim.place import Place, load
from tripleaim.plan.printed.audit import FILE, audit, most_serious, summary
from tripleaim.plan.printed.finding import Finding
from tripleaim.plan.printed.identities import VERDICTS, read_identities


@pytest.fixture(scope="module")
def findings(somerset: Place) -> dict[str, Finding]:
    """Somerset's findings by id."""
    return {finding.id: finding for finding in audit(somerset)}


@pytest.fixture(scope="module")
def northamptonshire_findings() -> list[Finding]:
    """The findings of the second footprint that ships."""
    return audit(load("northamptonshire"))


def test_at_least_150_identities_are_declared_and_no_two_say_the_same(somerset, findings):
    identities = read_identities(
        somerset.path(FILE), {f.id: f.unit for f in somerset.figures.values()}
    ).all
    claims = {
        (
            tuple(i.printed.figures.values()),
            i.printed.expression.text,
            tuple(i.computed.figures.values()),
            i.computed.expression.text,
            i.relation,
        )
        for i in identities
    }
    sums = [f for f in findings if not f.startswith("date.")]
    assert len(identities) == len(sums) == len(claims) >= 250


def test_every_verdict_is_used_and_none_is_flagged(findings):
    counts = summary(list(findings.values()))
    assert list(counts.by_verdict) == list(VERDICTS)
    assert all(counts.by_verdict.values())
    assert counts.by_verdict["holds"] == counts.holding
    assert [f.id for f in findings.values() if f.flag] == []
    assert counts.flagged == 0


def test_what_does_not_hold_says_what_it_would_change_unless_rounding_explains_it(findings):
    silent = [
        f.id for f in findings.values() if not f.holds and f.verdict != "rounding" and not f.note
    ]
    assert silent == []


def test_every_named_figure_exists_and_every_finding_says_where_it_is_printed(somerset, findings):
    named = {figure for finding in findings.values() for figure in finding.figures}
    assert named <= set(somerset.figures)
    assert all(finding.where for finding in findings.values())


@pytest.mark.parametrize(
    ("identity", "printed", "computed", "verdict"),
    [
        ("position.2015_16.nhs", -29.9, 6.5 - 9.8 + 0.5 - 18.6, "fails"),
        ("position.2016_17.net.system", -40.1, -14.1 - 6 - 1.7 - 0.4 - 15, "fails"),
        ("position.2016_17.ccg-forecast", 6.5, -3, "other basis, date or scope"),
        ("gap.2020_21.prose", 100, 174.626, "other basis, date or scope"),
        ("summary.2020_21.column.solutions", 153.763, 153.764, "rounding"),
        ("summary.2020_21.commissioner", -11.666, -11.665, "rounding"),
        ("savings.cumulative.close-gap-once", 431.4, 596, "other basis, date or scope"),
        ("growth.years", 5, 4, "fails"),
        ("emergency-admissions.growth.twice", 8, 7.4, "other basis, date or scope"),
        ("dtoc.saving.both", 150, 198.75, "fails"),
        ("dtoc.cost.twice", 350, 300, "other basis, date or scope"),
        ("public-health.cut.2017_18", 538_000, 545_519, "suspected misprint"),
        ("public-health.cut.cumulative", 1_630_000, 1_637_449, "suspected misprint"),
        ("skill-mix.gp-headcount.even.2019_20", 379, 369, "suspected misprint"),
        ("skill-mix.gp-wte.even.2019_20", 267, 268, "rounding"),
        ("skill-mix.total.2018_19", 1551, 1549, "rounding"),
        ("gp.retiring-and-over-55", 31, 15.1, "other basis, date or scope"),
        ("press.deficit", 596, 175, "other basis, date or scope"),
        ("press.primary-care-rise", 43, 100 * (1905 / 1256 - 1), "other basis, date or scope"),
        ("official.position.taunton-and-somerset", -9.8, -10.634, "official figure differs"),
        ("official.practices", 74, 75, "official figure differs"),
        ("official.beds.general", 852, 784.7, "official figure differs"),
        ("official.beds.maternity", 53, 62.75, "official figure differs"),
        ("official.over-75.registered", 10.4, 10.46, "official figure differs"),
        ("official.over-75.england.resident", 7.8, 8.078, "official figure differs"),
        ("official.life-expectancy.male", 80, 80.7, "other basis, date or scope"),
        ("official.life-expectancy.female", 83.8, 84.27, "other basis, date or scope"),
    ],
)
def test_a_known_contradiction_is_found(findings, identity, printed, computed, verdict):
    finding = findings[identity]
    assert not finding.holds
    assert finding.printed == pytest.approx(printed)
    assert finding.computed == pytest.approx(computed)
    assert finding.difference == pytest.approx(computed - printed)
    assert finding.verdict == verdict


@pytest.mark.parametrize(
    ("identity", "computed"),
    [
        ("growth.acute-ae", 100 * (259_558 / 226_564 - 1)),
        ("growth.continuing-health-care", 100 * (489_458 / 417_255 - 1)),
        ("specialised.top-ten", 73_596_136),
        ("specialised.top-ten-share", 100 * 73_596_136 / 111_231_086),
        ("dtoc.cost.acute", 300),
        ("dtoc.saving.acute", 150),
        ("gap.in-year.foreword", 174.626),
        ("position.2016_17.net.nhs", -33),
        ("summary.2020_21.after-stf", 16.138),
        ("skill-mix.gp-headcount.even.2018_19", 384),
        ("contact-hours.growth.2018_19", 100 * (20_680 / 17_698 - 1)),
        ("press.gp-fall", 100 * (1 - 254 / 310)),
        ("press.primary-care-rise.without-therapists", 100 * ((1905 - 112) / 1256 - 1)),
        ("official.position.yeovil", -18.605),
        ("official.population.registered", 562_446),
        ("official.minor-injury-growth", 100 * (89_223 / 85_077 - 1)),
    ],
)
def test_a_sum_that_comes_out_as_printed_holds(findings, identity, computed):
    finding = findings[identity]
    assert finding.holds
    assert finding.verdict == "holds"
    assert finding.computed == pytest.approx(computed)


def test_all_twelve_growth_rates_hold(somerset, findings):
    rates = [findings[f"growth.{point.id}"] for point in somerset.points_of_delivery]
    assert len(rates) == 12
    assert all(rate.holds for rate in rates)


def test_the_most_serious_are_those_that_a_finance_lead_would_ask_about_first(findings):
    first = [finding.id for finding in most_serious(list(findings.values()), 14)]
    assert first[:3] == ["position.2015_16.nhs", "dtoc.saving.both", "position.2016_17.net.system"]
    assert {"press.deficit", "gap.2020_21.prose", "position.2016_17.ccg-forecast"} <= set(first)


def test_northamptonshire_has_a_handful(northamptonshire_findings):
    found = {finding.id: finding for finding in northamptonshire_findings}
    assert len(found) == 5
    assert [f.flag for f in found.values()] == [""] * 5
    developed = found["savings.developed-cover-deficits"]
    assert developed.printed == pytest.approx(29)
    assert developed.computed == pytest.approx(11.170 + 20.151 + 1.986)
    assert not developed.holds


def test_where_says_where_each_side_is_printed(findings):
    assert findings["gap.2020_21.prose"].where == (
        "Priorities for closing the triple aim gaps; affordability sentence against "
        "Expected impact: financial balance; 2020/21 summary; footprint NHS, do nothing"
    )
    assert findings["official.practices"].where.startswith("Service provision; fourth line against")
