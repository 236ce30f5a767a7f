"""Whom an expression means, in words: "people aged 75 and over with one or more conditions"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from tripleaim.people import read_diseases, read_risk_factors
from tripleaim.place import Expression, Place, parse
from tripleaim.wording.numbers import inside, listed, plain

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS = {
    "conditions_count": ("condition", "conditions"),
    "priority_conditions_count": ("priority condition", "priority conditions"),
}
_OWN = {
    "age": "age",
    "sex": "sex",
    "quintile": "fifth of deprivation",
    "district": "district",
    "locality": "locality",
    "practice": "practice",
    "resident": "living in the place",
    "frailty": "frailty",
}
_SIDES: Mapping[type[exp.Expr], str] = {
    exp.EQ: "is",
    exp.NEQ: "is not",
    exp.GT: "is more than",
    exp.GTE: "is at least",
    exp.LT: "is less than",
    exp.LTE: "is at most",
}
_TURNED: Mapping[type[exp.Expr], type[exp.Expr]] = {
    exp.GT: exp.LT,
    exp.GTE: exp.LTE,
    exp.LT: exp.GT,
    exp.LTE: exp.GTE,
}
_ARITHMETIC: Mapping[type[exp.Expr], str] = {
    exp.Add: "plus",
    exp.Sub: "less",
    exp.Mul: "times",
    exp.Div: "divided by",
}


@dataclass(frozen=True, slots=True)
class PersonNames:
    """What the columns of a person are called: conditions and risk factors, and their levels.

    `levels` is by risk factor and id of the level. A column without a name keeps its own, with
    spaces.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of(self, column: str) -> str:
        """The name of a column, as it stands inside a sentence."""
        if column in _COUNTS:
            return f"number of {_COUNTS[column][1]}"
        return inside(self.columns.get(column, _OWN.get(column, column.replace("_", " "))))

    def level(self, column: str, level: str) -> str:
        """The name of a risk factor's level, or any other text, in quotation marks."""
        name = self.levels.get((column, level))
        return f"“{inside(name) if name else level}”"


def names_of_people(place: Place) -> PersonNames:
    """The names of the conditions and risk factors that the place's people have."""
    factors = read_risk_factors(place)
    columns = {d.id: d.name for d in read_diseases(place)} | {f.id: f.name for f in factors}
    levels = {
        (factor.id, level): name
        for factor in factors
        for level, name in zip(factor.levels, factor.level_names, strict=True)
    }
    return PersonNames(columns, levels)


def who_in_words(who: str, place: Place) -> str:
    """The expression `who` of a solution or a programme of the place, in words.

    Raises InputError where it is no expression over a person's columns.
    """
    names = names_of_people(place)
    known = {*names.columns, *_OWN, *_COUNTS}
    return people_reached(parse(who, sorted(known)), names)


def people_reached(expression: Expression, names: PersonNames) -> str:
    """The people for whom a condition holds, in words; every column that it reads is named.

    >>> people_reached(parse("age >= 75 and conditions_count >= 1", ["age", "conditions_count"]),
    ...     PersonNames())
    'people aged 75 and over with one or more conditions'
    """
    if _is_everybody(expression.tree):
        return "people of any age"
    return f"people {_Writer(names).phrase(expression.tree)}"


def _is_everybody(tree: exp.Expr) -> bool:
    return isinstance(tree, exp.GTE) and _column(tree.this) == "age" and _number(tree) == 0


def _column(node: exp.Expr) -> str:
    return node.name if isinstance(node, exp.Column) else ""


def _number(comparison: exp.Expr) -> float | None:
    """The number at the right of a comparison; None for anything else."""
    right = comparison.args.get("expression")
    if isinstance(right, exp.Literal) and not right.is_string:
        return float(right.this)
    return None


@dataclass(frozen=True, slots=True)
class _Writer:
    names: PersonNames

    def phrase(self, node: exp.Expr) -> str:
        """What people are, as it follows the word "people"."""
        match node:
            case exp.Paren():
                text = self.phrase(node.this)
            case exp.And():
                text = self._all_of(_flat(node, exp.And))
            case exp.Or():
                text = _any_of([self.phrase(part) for part in _flat(node, exp.Or)])
            case exp.Not():
                text = self._negated(_bare(node.this))
            case exp.Column() if node.name == "resident":
                text = "who live in the place"
            case exp.Column():
                text = f"with {self.value(node)}"
            case _:
                text = self._age(node) or self._count(node) or self._deprivation(node)
        return text or self._in_general(node)

    def value(self, node: exp.Expr) -> str:
        """A number, a text or a condition inside a phrase."""
        match node:
            case exp.Paren():
                text = f"({self.value(node.this)})"
            case exp.Column():
                text = self.names.of(node.name)
            case exp.Literal():
                text = f"“{node.this}”" if node.is_string else plain(float(node.this))
            case exp.Null():
                text = "unknown"
            case exp.Boolean():
                text = "true" if node.this else "false"
            case exp.Neg():
                text = f"minus {self.value(node.this)}"
            case exp.Add() | exp.Sub() | exp.Mul() | exp.Div():
                left, right = self.value(node.this), self.value(node.expression)
                text = f"{left} {_ARITHMETIC[type(node)]} {right}"
            case exp.Case():
                text = self._choice(node)
            case _:
                text = f"whether people are {self.phrase(node)}"
        return text

    def _all_of(self, parts: Sequence[exp.Expr]) -> str:
        """Phrases that all hold: age first, and what has an "or" in it in brackets."""
        ordered = sorted(parts, key=lambda part: not self._age(_bare(part)))
        texts = [self._one_of_all(part) for part in ordered]
        if self._age(_bare(ordered[0])):
            return f"{texts[0]} {' and '.join(texts[1:])}"
        return " and ".join(texts)

    def _one_of_all(self, part: exp.Expr) -> str:
        text, bare = self.phrase(part), _bare(part)
        together = isinstance(bare, exp.Or) and not _with_list(text)
        return f"({text})" if together else text

    def _negated(self, node: exp.Expr) -> str:
        if isinstance(node, exp.Column):
            if node.name == "resident":
                return "who do not live in the place"
            return f"without {self.value(node)}"
        if isinstance(node, exp.Is):
            return f"whose {self.value(node.this)} is not {_what(node)}"
        return f"who are not ({self.phrase(node)})"

    def _age(self, node: exp.Expr) -> str:
        if _column(node.args.get("this") or node) != "age":
            return ""
        if isinstance(node, exp.Between):
            low, high = node.args["low"], node.args["high"]
            if isinstance(low, exp.Literal) and isinstance(high, exp.Literal):
                return f"aged {self.value(low)} to {self.value(high)}"
            return ""
        number = _number(node)
        if number is None:
            return ""
        shown = plain(number)
        words: Mapping[type[exp.Expr], str] = {
            exp.GTE: f"aged {shown} and over",
            exp.GT: f"aged over {shown}",
            exp.LT: f"aged under {shown}",
            exp.LTE: f"aged {shown} and under",
            exp.EQ: f"aged {shown}",
            exp.NEQ: f"of any age but {shown}",
        }
        return words.get(type(node), "")

    def _count(self, node: exp.Expr) -> str:
        one, many = _COUNTS.get(_column(node.args.get("this") or node), ("", ""))
        number = _number(node)
        if not one or number is None or number < 0 or not number.is_integer():
            return ""

        def of(count: float) -> str:
            size = _SMALL[int(count)] if count < len(_SMALL) else plain(count)
            return f"{size} {one if count == 1 else many}"

        several = of(number).rsplit(" ", len(many.split()))[0]
        words: Mapping[type[exp.Expr], str] = {
            exp.GTE: f"with {several} or more {many}",
            exp.GT: f"with more than {of(number)}",
            exp.LT: f"with fewer than {of(number)}",
            exp.LTE: f"with at most {of(number)}",
            exp.EQ: f"with exactly {of(number)}",
        }
        return words.get(type(node), "")

    def _deprivation(self, node: exp.Expr) -> str:
        if _column(node.args.get("this") or node) != "quintile":
            return ""
        if isinstance(node, exp.EQ) and _number(node) in (1, 5):
            which = "most" if _number(node) == 1 else "least"
            return f"in the {which} deprived fifth of areas"
        return ""

    def _in_general(self, node: exp.Expr) -> str:
        match node:
            case exp.EQ() | exp.NEQ() | exp.GT() | exp.GTE() | exp.LT() | exp.LTE():
                text = self._compared(node)
            case exp.Between():
                low, high = self.value(node.args["low"]), self.value(node.args["high"])
                text = f"whose {self.value(node.this)} is from {low} to {high}"
            case exp.In():
                text = self._listed(node)
            case exp.Is():
                text = f"whose {self.value(node.this)} is {_what(node)}"
            case exp.Boolean():
                text = "of any kind" if node.this else "of no kind"
            case _:
                text = f"for whom {self.value(node)}"
        return text

    def _listed(self, node: exp.In) -> str:
        items = _or([self._item(_column(node.this), item) for item in node.expressions])
        if self._are_levels(node.this, node.expressions):
            return f"at the level {items} of {self.value(node.this)}"
        return f"whose {self.value(node.this)} is {items}"

    def _compared(self, node: exp.Expr) -> str:
        left, right, side = node.this, node.expression, type(node)
        if isinstance(left, (exp.Literal, exp.Null)) and not isinstance(right, exp.Literal):
            left, right, side = right, left, _TURNED.get(side, side)
        shown = self._item(_column(left), right)
        if _column(left) == "sex" and side is exp.EQ and isinstance(right, exp.Literal):
            return f"of {shown} sex"
        if side in (exp.EQ, exp.NEQ) and self._are_levels(left, [right]):
            which = "the level" if side is exp.EQ else "any level but"
            return f"at {which} {shown} of {self.value(left)}"
        return f"whose {self.value(left)} {_SIDES[side]} {shown}"

    def _are_levels(self, of: exp.Expr, items: Sequence[exp.Expr]) -> bool:
        return all((_column(of), item.name) in self.names.levels for item in items)

    def _item(self, column: str, item: exp.Expr) -> str:
        if isinstance(item, exp.Literal) and item.is_string:
            return self.names.level(column, item.this)
        return self.value(item)

    def _choice(self, node: exp.Case) -> str:
        subject = f"where {self.value(node.this)} is " if node.this else "for people "
        write = self.value if node.this else self.phrase
        parts = [
            f"{self.value(branch.args['true'])} {subject}{write(branch.this)}"
            for branch in node.args["ifs"]
        ]
        default = node.args.get("default")
        parts.append(f"else {self.value(default) if default else 'unknown'}")
        return f"({', '.join(parts)})"


def _what(node: exp.Is) -> str:
    right = node.expression
    return "unknown" if isinstance(right, exp.Null) else "true" if right.this else "false"


def _bare(node: exp.Expr) -> exp.Expr:
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def _flat(node: exp.Expr, kind: type[exp.Expr]) -> list[exp.Expr]:
    """The parts of a chain of `and`, or of `or`, from left to right."""
    bare = _bare(node)
    if not isinstance(bare, kind):
        return [node]
    return [*_flat(bare.this, kind), *_flat(bare.expression, kind)]


def _any_of(texts: list[str]) -> str:
    """Phrases of which one must hold: "with a, b or c" where each begins with "with"."""
    if all(text.startswith("with ") and " and " not in text for text in texts):
        return f"with {_or([text.removeprefix('with ') for text in texts])}"
    mixed = any(" and " in text or " with " in text for text in texts)
    return (", or " if mixed else " or ").join(texts)


def _with_list(text: str) -> bool:
    """Whether alternatives are one list after one "with", which needs no brackets."""
    return text.startswith("with ") and " or with" not in text and ", or " not in text


def _or(items: list[str]) -> str:
    return " or ".join(listed(items).rsplit(" and ", 1)) if len(items) > 1 else items[0]
