"""The payment methods that a place may choose from, as `payment_rules.toml` declares them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from tripleaim.accounts.rules.payment import (
    Method,
    Rule,
    Terms,
    activity,
    aligned,
    at_cost,
    blended,
    block,
    capitated,
    marginal,
)
from tripleaim.place import InputError, Place

FILE = "payment_rules.toml"

METHODS: tuple[str, ...] = get_args(Method)

# Which numbers a method needs; each is the id of a figure in per cent.
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "marginal": ("above", "baseline"),
    "blended": ("variable",),
    "aligned": ("above", "below", "expected"),
}
_MAKE: Mapping[str, Callable[..., Terms]] = {
    "activity": activity,
    "marginal": marginal,
    "block": block,
    "blended": blended,
    "aligned": aligned,
    "capitated": capitated,
    "at cost": at_cost,
}


@dataclass(frozen=True)
class PaymentRules:
    """The rules a place may choose from, in the file's order, and the one its contracts follow.

    `always` names the points of delivery that are paid in one way under every rule.
    """

    rules: tuple[Rule, ...]
    default: str
    always: tuple[str, ...]
    figures: tuple[str, ...]
    folder: str

    @property
    def ids(self) -> tuple[str, ...]:
        """The rules' ids."""
        return tuple(rule.id for rule in self.rules)

    def rule(self, rule_id: str = "") -> Rule:
        """The rule called `rule_id`, or the default for an empty one. Raises InputError."""
        chosen = rule_id or self.default
        for rule in self.rules:
            if rule.id == chosen:
                return rule
        raise InputError(
            "expected the name of a payment method", file=self.folder, value=chosen, valid=self.ids
        )


def read_payment_rules(place: Place) -> PaymentRules:
    """The payment methods of `payment_rules.toml`.

    Raises InputError for a method or a point of delivery that does not exist, a number that is not
    the id of a figure, a share below zero, and a default that is not among the rules.
    """
    return _RulesReader(place).read()


class _RulesReader:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.toml = place.toml(FILE)
        self.points = [point.id for point in place.points_of_delivery]
        self.figures: list[str] = []

    def read(self) -> PaymentRules:
        toml = self.toml
        toml.only(("default", "numbers", "always", "rules"))
        terms = {method: self.terms(method) for method in METHODS}
        always = self.by_point(terms, "always")
        rules = tuple(self.rule(terms, always, i) for i in range(len(toml.take(list, "rules"))))
        ids = [rule.id for rule in rules]
        for i, name in enumerate(ids):
            if name in ids[:i]:
                raise toml.fault("the id is listed twice", "rules", i, "id", value=name)
        default = toml.take(str, "default")
        if default not in ids:
            raise toml.fault("expected the id of a rule", "default", value=default, valid=ids)
        return PaymentRules(rules, default, tuple(always), tuple(self.figures), str(toml.path))

    def terms(self, method: str) -> Terms:
        needs = _NEEDS.get(method, ())
        if not needs:
            return _MAKE[method]()
        self.toml.only(needs, "numbers", method)
        return _MAKE[method](**{name: self.share(method, name) for name in needs})

    def share(self, method: str, name: str) -> Decimal:
        at = ("numbers", method, name)
        figure_id = self.toml.take(str, *at)
        if figure_id not in self.place.figures:
            raise self.toml.fault(
                "expected the id of a figure", *at, value=figure_id, valid=list(self.place.figures)
            )
        value = self.place.value(figure_id)
        if value < 0:
            raise self.toml.fault("expected a figure of zero or more", *at, value=value)
        self.figures.append(figure_id)
        return Decimal(str(value)) / 100

    def rule(self, terms: Mapping[str, Terms], always: Mapping[str, Terms], i: int) -> Rule:
        at = ("rules", i)
        self.toml.only(("id", "name", "sentence", "otherwise", "points"), *at)
        own = self.by_point(terms, *at, "points")
        for point in own:
            if point in always:
                raise self.toml.fault(
                    "this point of delivery is always paid in one way", *at, "points", point
                )
        return Rule(
            id=self.toml.take(str, *at, "id"),
            name=self.toml.take(str, *at, "name"),
            sentence=self.toml.take(str, *at, "sentence"),
            otherwise=terms[self.choice(METHODS, *at, "otherwise")],
            points={**always, **own},
        )

    def by_point(self, terms: Mapping[str, Terms], *at: str | int) -> dict[str, Terms]:
        named = self.toml.take(dict, *at, default={})
        if named:
            self.toml.only(self.points, *at)
        return {point: terms[self.choice(METHODS, *at, point)] for point in named}

    def choice(self, valid: Sequence[str], *at: str | int) -> str:
        value: str = self.toml.take(str, *at)
        if value not in valid:
            raise self.toml.fault(
                f"expected one of {', '.join(valid)}", *at, value=value, valid=valid
            )
        return value
