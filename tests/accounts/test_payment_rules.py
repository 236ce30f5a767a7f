"""Payment rules come from a file, with every number a figure, and say in words what they do."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest

from tripleaim.accounts.rules.payment import block, capitated, marginal
from tripleaim.accounts.rules.payment_rules import FILE, PaymentRules, read_payment_rules
from tripleaim.place import InputError, Place

POINTS = ("acute-ae", "acute-non-elective", "acute-elective", "community", "gp", "prescribing")


@pytest.fixture(scope="module")
def rules(somerset: Place) -> PaymentRules:
    return read_payment_rules(somerset)


@pytest.fixture
def changed(
    somerset: Place, altered: Callable[[Place, str, str, str], Place]
) -> Callable[[str, str], Place]:
    """Somerset with one text of its rules replaced by another."""
    return partial(altered, somerset, FILE)


def test_the_six_rules_and_the_contracts_of_the_day_can_be_chosen(rules: PaymentRules) -> None:
    assert rules.ids == (
        "contracts",
        "activity",
        "marginal",
        "block",
        "blended",
        "aligned",
        "capitated",
    )
    assert rules.rule().id == rules.default == "contracts"


def test_every_rule_has_a_sentence(rules: PaymentRules) -> None:
    assert all(rule.name and rule.sentence.endswith(".") for rule in rules.rules)
    assert len({rule.sentence for rule in rules.rules}) == len(rules.rules)


def test_the_marginal_rate_is_for_emergency_admissions_alone(rules: PaymentRules) -> None:
    methods = {point: rules.rule("marginal").terms(point).method for point in POINTS}
    assert methods == {
        "acute-ae": "activity",
        "acute-non-elective": "marginal",
        "acute-elective": "activity",
        "community": "activity",
        "gp": "capitated",
        "prescribing": "at cost",
    }
    terms = rules.rule("marginal").terms("acute-non-elective")
    assert terms == marginal(Decimal("0.7"), Decimal("0.9"))


def test_aligned_payment_varies_for_planned_care_alone(rules: PaymentRules) -> None:
    aligned = rules.rule("aligned")
    assert aligned.terms("acute-non-elective") == block()
    assert aligned.terms("acute-elective").above == Decimal("0.75")


def test_practices_are_paid_by_the_head_and_medicines_at_cost_under_every_rule(
    rules: PaymentRules,
) -> None:
    for rule in rules.rules:
        assert rule.terms("gp") == capitated()
        assert rule.terms("prescribing").at_cost


def test_every_number_is_a_figure_of_the_place(somerset: Place, rules: PaymentRules) -> None:
    assert len(rules.figures) == 6
    for name in rules.figures:
        figure = somerset.figure(name)
        assert figure.cause or figure.status != "assumed"


def test_a_rule_that_does_not_exist_is_named_with_those_that_do(rules: PaymentRules) -> None:
    with pytest.raises(InputError, match="payment method") as refused:
        rules.rule("blok")
    assert refused.value.value == "blok"
    assert refused.value.nearest == "block"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('default = "contracts"', 'default = "habit"', "expected the id of a rule"),
        ('"payment.blended.variable"', '"payment.blended.varied"', "expected the id of a figure"),
        ('otherwise = "blended"', 'otherwise = "mixed"', "expected one of activity, marginal"),
        ('id = "activity"', 'id = "contracts"', "the id is listed twice"),
        ('acute-elective = "aligned"', 'gp = "aligned"', "always paid in one way"),
        ('acute-elective = "aligned"', 'dentistry = "aligned"', "unknown key"),
        ('above = "payment.marginal.above", ', "", "this key is required"),
    ],
)
def test_a_fault_in_the_file_is_refused_and_named(
    changed: Callable[[str, str], Place], old: str, new: str, said: str
) -> None:
    with pytest.raises(InputError, match=said) as refused:
        read_payment_rules(changed(old, new))
    assert str(refused.value.file).endswith(FILE)
    assert refused.value.line
