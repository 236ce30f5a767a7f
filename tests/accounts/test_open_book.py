"""The open book: months against plan and control total, outturn, movement, schemes."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.accounts import open_book, read_returns, read_schemes, schemes_of
from tripleaim.accounts.monthly.open_book import OpenBook
from tripleaim.accounts.monthly.outturn import needed_a_month, outturn
from tripleaim.accounts.monthly.returns import ReturnLine
from tripleaim.place import InputError, Place, Solution, load
from tripleaim.wording import open_book_notes, sentence, with_sentences

PENCE = st.integers(-(10**11), 10**11).map(lambda pence: Decimal(pence) / 100)


@pytest.fixture(scope="module")
def book(somerset: Place) -> OpenBook:
    return open_book(somerset)


def claims(solution: Solution) -> list[float]:
    return [amount for side in solution.claim.values() for amount in side.values()]


def line(period: str, name: str, actual: str, organisation: str = "RBA") -> ReturnLine:
    amount = Decimal(actual)
    return ReturnLine(organisation, f"2016/17-{period}", name, "outside", amount, amount, None)


def test_six_months_of_five_partners_are_shown_together(book: OpenBook) -> None:
    assert book.year == "2016/17"
    assert [p.organisation for p in book.organisations] == ["11X", "RBA", "RA4", "RH5", "E10000027"]
    assert {len(p.months) for p in book.organisations} == {6}
    assert book.system is not None
    assert book.system.actual_to_date == sum(p.actual_to_date for p in book.organisations)
    assert book.system.variance == sum(p.variance for p in book.organisations)


def test_partners_are_compared_with_the_positions_that_the_plan_prints(book: OpenBook) -> None:
    assert {p.organisation: (p.target, p.held_to) for p in book.organisations} == {
        "11X": (Decimal("6500000.00"), "control total"),
        "RBA": (Decimal("-1100000.00"), "control total"),
        "RA4": (Decimal("-15300000.00"), "control total"),
        "RH5": (Decimal("2900000.00"), "control total"),
        "E10000027": (Decimal("-7100000.00"), "position planned"),
    }
    assert book.system is not None
    assert book.system.target == Decimal("-14100000.00")


def test_the_ccg_forecasts_a_deficit_of_three_million_and_runs_at_twelve(book: OpenBook) -> None:
    ccg = book.organisations[0]
    assert ccg.own_forecast == Decimal("-3000000.00")
    assert round(ccg.outturn / 1_000_000, 1) == Decimal("-12.1")
    assert sentence(ccg) == (
        "After 6 months Somerset CCG is heading for a deficit of £12.1m; to reach a surplus of"
        " £6.5m each remaining month must be £3.1m better."
    )


def test_what_moved_a_month_adds_up_to_the_penny(book: OpenBook) -> None:
    for position in (*book.organisations, book.system):
        assert position is not None
        for before, now in zip(position.months, position.months[1:], strict=False):
            assert sum(m.amount for m in now.movement) == now.actual - before.actual
        assert sum(one.variance for one in position.lines) == position.variance


def test_a_bill_that_is_disputed_is_noted(book: OpenBook) -> None:
    assert [m.difference for m in book.mismatches] == [Decimal("250000.00")]
    assert "a difference of £250,000" in open_book_notes(book)[0]


def test_a_missing_month_is_named_and_not_filled_in(somerset: Place) -> None:
    lines = [line("M01", "pay", "-100"), line("M03", "pay", "-130")]
    made = open_book(somerset, lines, ())
    (trust,) = made.organisations
    assert trust.missing == ("2016/17-M02",)
    assert trust.actual_to_date == Decimal("-230")
    assert trust.outturn == Decimal("-1380.00")  # twelve times the mean of the two reported
    assert any("no return for 2016/17-M02" in note for note in open_book_notes(made))


def test_a_line_in_thousands_among_the_kept_returns_is_noted(somerset: Place) -> None:
    odd = replace(line("M01", "pay", "-100000"), actual=Decimal("-100"), where="line 9")
    made = open_book(somerset, [odd], ())
    assert open_book_notes(made) == (
        "Taunton & Somerset, line 9, actual: -100 is far from -100000.00, known of this line;"
        " in thousands?",
    )


def test_the_system_counts_only_months_that_everyone_reported(somerset: Place) -> None:
    lines = [
        line("M01", "pay", "-100"),
        line("M02", "pay", "-100"),
        line("M01", "pay", "-50", "RA4"),
    ]
    made = open_book(somerset, lines, ())
    assert made.system is not None
    assert [m.period for m in made.system.months] == ["2016/17-M01"]
    assert made.system.actual_to_date == Decimal("-150")


def test_a_new_line_moves_the_month_by_all_of_it(somerset: Place) -> None:
    lines = [line("M01", "pay", "-100"), line("M02", "pay", "-90"), line("M02", "agency", "-30")]
    (trust,) = open_book(somerset, lines, ()).organisations
    moved = {m.line: m.amount for m in trust.months[1].movement}
    assert moved == {"agency": Decimal("-30"), "pay": Decimal("10")}


def test_the_outturn_is_the_run_rate_with_students_interval() -> None:
    months = [Decimal(x) for x in ("-100", "-110", "-90", "-100", "-120", "-80")]
    made = outturn(months)
    assert made.value == Decimal("-1200.00")
    # s = sqrt(200) = 14.142; six months to come after six: s x sqrt(6 + 36/6); t of 5 is 2.571.
    half = 2.571 * math.sqrt(200) * math.sqrt(12)
    assert made.low == Decimal(str(round(-1200 - half, 2)))
    assert made.high == Decimal(str(round(-1200 + half, 2)))


def test_one_month_has_no_interval_and_twelve_no_uncertainty() -> None:
    assert outturn([Decimal("-10")]).low is None
    twelve = outturn([Decimal("-10")] * 11 + [Decimal("-40")])
    assert (twelve.value, twelve.low, twelve.high) == (Decimal("-150.00"),) * 3


@given(st.lists(PENCE, min_size=1, max_size=11), PENCE)
def test_what_is_needed_a_month_reaches_the_target_and_no_more(
    months: list[Decimal], target: Decimal
) -> None:
    needed = needed_a_month(months, target)
    assert needed is not None
    left, so_far = 12 - len(months), sum(months)
    reached = so_far + left * (so_far / len(months) + needed)
    tolerance = Decimal("0.01")  # of thirds of a penny in the mean
    assert reached >= target - tolerance
    if needed > Decimal("0.01"):
        assert reached - left * Decimal("0.02") < target


def test_needed_is_nothing_when_the_year_is_over() -> None:
    assert needed_a_month([Decimal(1)] * 12, Decimal(50)) is None


def test_somersets_schemes_add_up_to_what_the_plan_prints(somerset: Place) -> None:
    schemes = schemes_of(somerset, "2016/17")
    assert schemes.value == Decimal(str(somerset.value("savings.2016_17"))) * 1_000_000
    assert schemes.recovery_plan == 10_000_000
    assert sum(schemes.by_maturity.values()) == schemes.value
    assert schemes.weighted == Decimal("34960000.00")
    assert schemes.weighted_low < schemes.weighted < schemes.weighted_high < schemes.value


def test_northamptonshire_has_116_million_of_which_three_quarters_are_undeveloped() -> None:
    place = load("northamptonshire")
    made = open_book(place)
    assert (made.organisations, made.system) == ((), None)
    assert made.schemes.value == Decimal("116000000.00")
    assert made.schemes.undeveloped_share == place.value("savings.undeveloped-share") == 0.75
    assert made.schemes.weighted == Decimal("34650000.00")  # 8.7 + 6.0 + 19.95
    assert sentence(made) == (
        "Schemes of 2020/21 are meant to save £116.0m; 75% of that is not developed yet, and"
        " weighted by maturity they are worth £34.6m."
    )


def test_schemes_agree_with_the_solutions_of_the_same_name() -> None:
    place = load("northamptonshire")
    by_id = {s.id: s for s in read_schemes(place)}
    assert set(by_id) == {s.id for s in place.solutions if sum(claims(s))}
    for solution in (s for s in place.solutions if s.id in by_id):
        claim = sum(years["2020/21"] for years in solution.claim.values())
        assert float(by_id[solution.id].value) == pytest.approx(claim * 1e6)
        assert by_id[solution.id].maturity == solution.maturity


def test_the_116_million_are_decommissioning_cost_improvement_and_qipp_alone() -> None:
    place = load("northamptonshire")
    by_kind: Counter[str] = Counter()
    for scheme in read_schemes(place):
        by_kind[scheme.kind] += int(scheme.value / 1_000_000)
    assert by_kind == {"CIP": 68, "QIPP": 24, "decommissioning": 24}
    assert by_kind.total() == place.value("savings.total") == 116
    unnamed = {s.id for s in place.solutions if not sum(claims(s))}
    assert unnamed == {
        "ten-acute-specialties", "urgent-and-emergency-care", "four-community-providers",
    }  # fmt: skip
    assert not any(sum(place.solution(name).recurrent.values()) for name in unnamed)


def test_the_end_of_an_interface_service_is_no_saving_of_the_first_year(somerset: Place) -> None:
    assert not [s.id for s in read_schemes(somerset) if "msk" in s.id or "interface" in s.id]
    pathway = somerset.solution("msk-pathway")
    assert pathway.start == "2017/18"
    assert not sum(years["2016/17"] for years in pathway.claim.values())
    assert not sum(pathway.recurrent.values())


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        (",RBA,CIP,", ",RBB,CIP,", "organisation"),
        (",CIP,2016/17,7500000.00", ",CIP,2026/27,7500000.00", "year"),
        (",7500000.00,", ",-7500000.00,", "value"),
        (",7500000.00,", ",£7.5m,", "value"),
        (",in delivery,", ",nearly,", "maturity"),
        ("cip-rba-planned", "cip-rba-under-way", "id"),
    ],
)
def test_a_scheme_with_a_fault_is_refused_by_line_and_column(
    somerset: Place, altered, old: str, new: str, column: str
) -> None:
    with pytest.raises(InputError) as fault:
        read_schemes(altered(somerset, "schemes.csv", old, new))
    assert fault.value.column == column


def test_a_place_with_nothing_says_so(hamlet) -> None:
    made = open_book(load(hamlet))
    assert made.organisations == ()
    assert sentence(made) == "No savings schemes are listed for 2016/17."


def test_the_book_is_json_that_keeps_every_penny(book: OpenBook, somerset: Place) -> None:
    data = json.loads(json.dumps(with_sentences(book)))
    assert data["organisations"][0]["own_forecast"] == "-3000000.00"
    again = sum(Decimal(m["actual"]) for m in data["organisations"][0]["months"])
    mine = [r.actual for r in read_returns(somerset) if r.organisation == "11X"]
    assert again == sum(mine)
