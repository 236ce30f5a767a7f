"""Exact amounts in two books: nothing made, nothing lost, whatever is paid and however grouped."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.accounts.books.consolidation import consolidate
from tripleaim.accounts.books.ledger import Entry, Ledger, ledger_of, payment, split
from tripleaim.wording import sentence

BODIES = ("11X", "RBA", "RA4", "RH5", "council")
PENCE = st.integers(-(10**9), 10**9).map(lambda pence: Decimal(pence) / 100)
PAYMENTS = st.lists(
    st.tuples(
        st.sampled_from(("2016/17", "2017/18")),
        st.sampled_from(BODIES),
        st.sampled_from(BODIES),
        st.sampled_from(("acute", "specialised")),
        PENCE,
    ).filter(lambda p: p[1] != p[2]),
    max_size=20,
).map(lambda held: ledger_of(payment(*one) for one in held))
ENTRIES = st.lists(
    st.builds(
        Entry,
        period=st.just("2016/17"),
        organisation=st.sampled_from(BODIES),
        counterparty=st.sampled_from((*BODIES, "outside")),
        line=st.sampled_from(("acute", "pay")),
        amount=PENCE,
        recurrent=st.booleans(),
    ).filter(lambda e: e.organisation != e.counterparty),
    max_size=20,
).map(lambda held: Ledger(tuple(held)))
GROUPINGS = st.dictionaries(st.sampled_from(BODIES), st.sampled_from(("A", "B")))
GROUPED_AGAIN = st.dictionaries(
    st.sampled_from((*BODIES, "A", "B")), st.sampled_from(("X", "Y")), max_size=7
)
FIELDS = ("period", "organisation", "counterparty", "line", "solution", "recurrent")


def sums(ledger: Ledger) -> dict[tuple[object, ...], Decimal]:
    return {key: amount for key, amount in ledger.by(*FIELDS).items() if amount}


@given(PAYMENTS)
def test_payments_conserve_money_and_are_in_two_books(ledger):
    assert ledger.total() == 0
    assert ledger.mismatches() == ()


@given(ENTRIES, GROUPINGS)
def test_consolidation_changes_no_position(ledger, groups):
    together = ledger.consolidated(groups)
    assert together.total() == ledger.total()
    for group in ("A", "B"):
        members = [body for body in BODIES if groups.get(body) == group]
        alone = sum((ledger.total(organisation=body) for body in members), Decimal(0))
        assert together.total(organisation=group) == alone


@given(ENTRIES, GROUPINGS, GROUPED_AGAIN)
def test_a_grouping_of_a_grouping_is_the_grouping_at_once(ledger, first, second):
    at_once = {body: second.get(first.get(body, body), first.get(body, body)) for body in BODIES}
    twice = ledger.consolidated(first).consolidated(second)
    assert sums(twice) == sums(ledger.consolidated(at_once))


@given(ENTRIES, st.sets(st.sampled_from(BODIES)))
def test_the_system_is_the_sum_of_its_organisations_less_eliminations(ledger, members):
    group = consolidate(ledger, sorted(members), "2016/17")
    positions = sum((ledger.total(organisation=body) for body in members), Decimal(0))
    assert group.position == positions
    assert group.income == sum(
        (
            e.amount
            for e in ledger.entries
            if e.organisation in members and e.counterparty not in members and e.amount > 0
        ),
        Decimal(0),
    )
    assert group.unmatched == group.eliminated_income + group.eliminated_cost


@given(PAYMENTS, st.sets(st.sampled_from(BODIES)))
def test_payments_that_partners_record_equally_leave_nothing_unmatched(ledger, members):
    assert consolidate(ledger, sorted(members), "2016/17").unmatched == 0


@given(PENCE, st.lists(st.floats(0, 1e6), min_size=1, max_size=9).filter(lambda w: sum(w) > 0))
def test_parts_of_an_amount_add_up_to_it_and_no_part_is_a_penny_out(amount, weights):
    parts = split(amount, weights)
    assert sum(parts) == amount
    whole = sum(map(Decimal, map(str, weights)))
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - amount * Decimal(str(weight)) / whole) < Decimal("0.0100001")


def test_a_payee_who_expects_more_than_is_paid_is_a_mismatch():
    books = ledger_of([payment("2016/17", "11X", "RBA", "acute", Decimal(100))])
    books += Ledger((Entry("2016/17", "RBA", "11X", "acute", Decimal("7.90")),))
    (found,) = books.mismatches()
    assert (found.payer, found.payee, found.difference) == ("11X", "RBA", Decimal("7.90"))
    group = consolidate(books, ("11X", "RBA"), "2016/17")
    assert (group.unmatched, group.position) == (Decimal("7.90"), Decimal("7.90"))
    assert "recorded by only one of the two" in sentence(group)


@pytest.mark.parametrize("weights", [[], [0.0, 0.0], [1.0, -1.0]])
def test_an_amount_cannot_be_split_by_such_weights(weights):
    with pytest.raises(ValueError, match="zero or more"):
        split(Decimal(1), weights)
