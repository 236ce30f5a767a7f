"""Identities between printed figures, read from a footprint's `identities.toml`.

An identity is a sentence with two sides, `printed` and `computed`. A side is arithmetic over
figures, each named in braces, `{growth.acute-ae}`; a side that is one figure needs no braces, and
`sum` lists figures that are added. A family describes many identities: `each` lists sets of words,
`over` lists of words whose every combination is taken, and `<word>` in any text is filled in.
`[[verdict]]` says of an identity that does not hold what we make of it, and `[[rounded]]` of a
figure that it is printed more roundly than its digits show.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any, Literal, get_args

from sqlglot import exp

from tripleaim.place import Expression, File, InputError, Toml, parse
from tripleaim.plan.printed.bounded_numbers import BoundedNumber

Relation = Literal["=", "<", "<=", ">", ">="]
Verdict = Literal[
    "holds",
    "rounding",
    "fails",
    "other basis, date or scope",
    "suspected misprint",
    "official figure differs",
]
Severity = Literal["none", "low", "medium", "high"]

RELATIONS: tuple[Relation, ...] = get_args(Relation)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

_SIDES = ("id", "says", "printed", "computed", "sum", "relation", "unit")
_JUDGED = ("verdict", "severity", "note")
_OPERATIONS: Mapping[type[exp.Expr], Callable[[BoundedNumber, BoundedNumber], BoundedNumber]] = {
    exp.Add: operator.add,
    exp.Sub: operator.sub,
    exp.Mul: operator.mul,
    exp.Div: operator.truediv,
}
_ARITHMETIC = (*_OPERATIONS, exp.Neg, exp.Paren, exp.Column, exp.Identifier)
_FIGURE = re.compile(r"\{([^{}]*)\}")
_WORD = re.compile(r"<([^<>]*)>")
_YEAR = re.compile(r"\b(\d{4})_(\d{2})\b")


@dataclass(frozen=True, slots=True)
class Side:
    """Arithmetic over figures: the expression's columns are names for `figures`, id by name."""

    expression: Expression
    figures: Mapping[str, str]

    def value(self, printed_numbers: Mapping[str, BoundedNumber]) -> BoundedNumber:
        """The side's value with its bounds, from the range of each figure, by figure id.

        Raises ZeroDivisionError where it divides by a figure that is zero.
        """
        return _value(
            self.expression.tree,
            {name: printed_numbers[figure] for name, figure in self.figures.items()},
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity: the `printed` side has the `relation` to the `computed` side.

    `verdict`, `severity` and `note` are declared for an identity that is known not to hold, and
    None or empty otherwise. `file` and `line` say where it is declared.
    """

    id: str
    says: str
    printed: Side
    computed: Side
    relation: Relation
    unit: str
    verdict: Verdict | None
    severity: Severity | None
    note: str
    file: Path
    line: int

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures on both sides, each once, the printed side first."""
        return tuple(
            dict.fromkeys([*self.printed.figures.values(), *self.computed.figures.values()])
        )


@dataclass(frozen=True, slots=True)
class Identities:
    """The identities of a place, and the figures that are printed roundly, step by id."""

    all: tuple[Identity, ...]
    rounded: Mapping[str, float]


def read_identities(file: Path | File, units: Mapping[str, str]) -> Identities:
    """The identities declared in `file`; `units` are the units of the known figures, by id.

    Raises InputError, with file and line, for an unknown key, figure, word, relation or verdict,
    for anything but arithmetic, for two identities of one name, and for a verdict of an identity
    that does not exist.
    """
    toml = Toml(file)
    toml.only(("identity", "family", "verdict", "rounded"))
    identities: dict[str, Identity] = {}
    for kind in ("identity", "family"):
        for at in range(len(toml.take(list, kind, default=[]))):
            for identity in _members(toml, kind, at, units):
                if identity.id in identities:
                    raise toml.fault(
                        f"the identity is already declared on line {identities[identity.id].line}",
                        kind,
                        at,
                        "id",
                        value=identity.id,
                    )
                identities[identity.id] = identity
    for at in range(len(toml.take(list, "verdict", default=[]))):
        toml.only(("of", *_JUDGED), "verdict", at)
        identity_id = toml.take(str, "verdict", at, "of")
        if identity_id not in identities:
            raise toml.fault(
                "expected the id of an identity",
                "verdict",
                at,
                "of",
                value=identity_id,
                valid=list(identities),
            )
        if identities[identity_id].verdict is not None:
            raise toml.fault(
                "this identity already has a verdict", "verdict", at, "of", value=identity_id
            )
        identities[identity_id] = _judged(identities[identity_id], toml, "verdict", at)
    return Identities(tuple(identities.values()), _rounded(toml, units))


def _members(toml: Toml, kind: str, at: int, units: Mapping[str, str]) -> Iterator[Identity]:
    """The one identity of an `[[identity]]`, or all those of a `[[family]]`."""
    family = kind == "family"
    toml.only((*_SIDES, *_JUDGED, *(("each", "over") if family else ())), kind, at)
    entry: dict[str, Any] = toml.take(dict, kind, at)
    if ("computed" in entry) == ("sum" in entry):
        raise toml.fault("expected either computed or sum", kind, at, value=entry.get("id"))
    relation = toml.take(str, kind, at, "relation", default="=")
    if relation not in RELATIONS:
        raise toml.fault(
            f"expected one of {' '.join(RELATIONS)}", kind, at, "relation", value=relation
        )
    for words in _bindings(toml, at) if family else ({},):
        identity = _identity(toml, kind, at, words, units)
        yield _judged(identity, toml, kind, at) if "verdict" in entry else identity


def _identity(
    toml: Toml, kind: str, at: int, words: Mapping[str, str], units: Mapping[str, str]
) -> Identity:
    def filled(key: str, text: str) -> str:
        for word in _WORD.findall(text):
            if word not in words:
                expected = "expected a word from the list in each or over"
                raise toml.fault(expected, kind, at, key, value=word, valid=list(words))
        return _WORD.sub(lambda match: words[match.group(1)], text)

    def side(key: str, text: str) -> Side:
        place = {"file": toml.path, "line": toml.line_of(kind, at, key), "column": key}
        return _side(filled(key, text), units, place)

    printed = side("printed", toml.take(str, kind, at, "printed"))
    if "sum" in toml.take(dict, kind, at):
        terms = _texts(toml, kind, at, "sum").values()
        computed = side("sum", " + ".join(f"{{{term}}}" for term in terms))
    else:
        computed = side("computed", toml.take(str, kind, at, "computed"))
    figure = next(iter([*printed.figures.values(), *computed.figures.values()]), None)
    return Identity(
        id=filled("id", toml.take(str, kind, at, "id")),
        says=_YEAR.sub(r"\1/\2", filled("says", toml.take(str, kind, at, "says"))),
        printed=printed,
        computed=computed,
        relation=toml.take(str, kind, at, "relation", default="="),
        unit=toml.take(str, kind, at, "unit", default=units[figure] if figure else ""),
        verdict=None,
        severity=None,
        note="",
        file=toml.path,
        line=toml.line_of(kind, at),
    )


def _bindings(toml: Toml, at: int) -> Iterator[dict[str, str]]:
    """The words of each member: every entry of `each` with every combination of `over`."""
    listed = range(len(toml.take(list, "family", at, "each", default=[])))
    each = [_texts(toml, "family", at, "each", entry) for entry in listed] or [{}]
    names = toml.take(dict, "family", at, "over", default={})
    over = {name: list(_texts(toml, "family", at, "over", name).values()) for name in names}
    for words in each:
        for values in product(*over.values()):
            yield {**words, **dict(zip(over, values, strict=True))}


def _texts(toml: Toml, *keys: str | int) -> dict[Any, str]:
    """The texts in the table or list at `keys`, by key or position."""
    entries = toml.take((dict, list), *keys)
    return {
        key: toml.take(str, *keys, key)
        for key in (entries if isinstance(entries, dict) else range(len(entries)))
    }


def _side(text: str, units: Mapping[str, str], place: Mapping[str, Any]) -> Side:
    if text in units:
        text = "{" + text + "}"
    names: dict[str, str] = {}
    for figure in _FIGURE.findall(text) or re.findall(r"^.*[A-Za-z].*$", text):
        if figure not in units:
            raise InputError("there is no figure of this name", value=figure, valid=units, **place)
        names.setdefault(figure, f"f{len(names)}_" + re.sub(r"\W", "_", figure))
    written = _FIGURE.sub(lambda match: names[match.group(1)], text)
    fault = InputError("expected arithmetic such as {one.figure} / {another}", value=text, **place)
    try:
        expression = parse(written, list(names.values()))
    except InputError:
        raise fault from None
    for node in expression.tree.walk():
        is_number = isinstance(node, exp.Literal) and not node.is_string
        if not isinstance(node, _ARITHMETIC) and not is_number:
            raise fault
    return Side(expression, {name: figure for figure, name in names.items()})


def _value(node: exp.Expr, columns: Mapping[str, BoundedNumber]) -> BoundedNumber:
    if isinstance(node, exp.Column):
        return columns[node.name]
    if isinstance(node, exp.Literal):
        return BoundedNumber.exactly(float(node.this))
    if isinstance(node, exp.Paren):
        return _value(node.this, columns)
    if isinstance(node, exp.Neg):
        return -_value(node.this, columns)
    both = _value(node.this, columns), _value(node.expression, columns)
    return _OPERATIONS[type(node)](*both)


def _judged(identity: Identity, toml: Toml, kind: str, at: int) -> Identity:
    """The identity with the verdict declared at `kind`, `at`."""
    choices: dict[str, Sequence[str]] = {
        "verdict": [v for v in VERDICTS if v != "holds"],
        "severity": [s for s in SEVERITIES if s != "none"],
    }
    declared = {key: toml.take(str, kind, at, key) for key in _JUDGED}
    for key, valid in choices.items():
        if declared[key] not in valid:
            raise toml.fault(
                f"expected one of {'; '.join(valid)}",
                kind,
                at,
                key,
                value=declared[key],
                valid=valid,
            )
    if not declared["note"]:
        raise toml.fault("a verdict must say what it would change", kind, at, "note")
    return replace(identity, **declared)


def _rounded(toml: Toml, units: Mapping[str, str]) -> dict[str, float]:
    steps: dict[str, float] = {}
    for at in range(len(toml.take(list, "rounded", default=[]))):
        toml.only(("figure", "to", "why"), "rounded", at)
        figure = toml.take(str, "rounded", at, "figure")
        if figure not in units:
            raise toml.fault(
                "there is no figure of this name",
                "rounded",
                at,
                "figure",
                value=figure,
                valid=list(units),
            )
        step = toml.take((int, float), "rounded", at, "to")
        if step < 0:
            raise toml.fault("expected a step, or 0 for exact", "rounded", at, "to", value=step)
        toml.take(str, "rounded", at, "why")
        steps[figure] = float(step)
    return steps
