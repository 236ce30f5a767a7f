"""A scenario: what differs from the plan, as a small file, a hash and an address.

The address (`token`) is readable and holds only what differs from the plan as printed:
`in~seed9~falls-prevention.x~hospital-at-home.e.u40.s2018` counts the first year's savings in the
total printed for the period, takes seed 9, leaves falls prevention out, and counts hospital at home
on evidence, with 40% uptake from 2018/19. `set.inflation.provider-cost.3-5` assumes inflation of
3.5%. Each scenario has one token and each token one scenario.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from tripleaim.place import InputError, Place, Solution, Toml
from tripleaim.plan.assumptions import checked_assumptions
from tripleaim.plan.basis import OF_A_SOLUTION, Basis, PeriodTotal, basis_of

AS_PRINTED = "As printed"
USUAL_SEED = 7
TOKEN_LIMIT = 2000

_BASIS_OF: Mapping[str, Basis] = {
    "c": Basis.AS_CLAIMED,
    "e": Basis.ON_EVIDENCE,
    "o": Basis.OWN_VALUE,
    "x": Basis.OFF,
}
_LETTER_OF = {basis: letter for letter, basis in _BASIS_OF.items()}
_NUMBER = r"[0-9]{1,3}(?:-[0-9]{1,4})?"
_SET = "set"
_ASSUMED = re.compile(rf"{_SET}\.([A-Za-z0-9_.-]+)\.(-?[0-9]{{1,7}}(?:-[0-9]{{1,4}})?)")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a scenario chooses for one solution; None keeps the plan's own uptake or start.

    `own` is the fall that the user believes in, as a share of what an effect of weight 1 acts on
    (0.05 is 5% fewer), and goes with the basis OWN_VALUE alone.
    """

    basis: Basis = Basis.AS_CLAIMED
    uptake: float | None = None
    start: str | None = None
    own: float | None = None


def usual_choice(solution: Solution) -> Choice:
    """What a scenario that says nothing of a solution does with it.

    One that is only ready to choose is left out. One that costs so much for each person, and of
    which nobody has claimed an amount, counts on evidence; any other as it is claimed.
    """
    if not solution.chosen:
        return Choice(Basis.OFF)
    if solution.cost_per_person is not None and not solution.amount_known:
        return Choice(Basis.ON_EVIDENCE)
    return Choice()


@dataclass(frozen=True)
class Scenario:
    """A place's plan with some choices changed. `choose` makes one, checked and in normal form.

    `period_total` says whether the printed saving over the period comes in addition to the first
    year's or includes it. `choices` holds only what differs from the plan, by solution in order of
    name, `assumptions` other values than the place's own, by id (`assumptions_of`). The name is a
    label: it is in neither hash nor token.
    """

    place: str
    name: str = AS_PRINTED
    period_total: PeriodTotal = "in addition"
    seed: int = USUAL_SEED
    choices: Mapping[str, Choice] = field(default_factory=dict)
    assumptions: Mapping[str, float] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Whether it differs from the plan as printed; another seed alone does not."""
        return bool(self.choices or self.assumptions) or self.period_total != "in addition"

    def choice(self, solution: Solution) -> Choice:
        """The choice for a solution with the plan's own uptake and start filled in."""
        choice = self.choices.get(solution.id, usual_choice(solution))
        return Choice(
            choice.basis,
            solution.uptake if choice.uptake is None else choice.uptake,
            solution.start if choice.start is None else choice.start,
            choice.own,
        )

    def takes_in(self, solution: Solution) -> bool:
        """Whether a solution is part of the plan: chosen, or taken in by this scenario."""
        return solution.chosen or self.choice(solution).basis is not Basis.OFF

    @property
    def token(self) -> str:
        """The address: letters, digits, `-_.~` only; empty for the plan as printed."""
        parts = ["in"] if self.period_total == "included" else []
        parts += [f"seed{self.seed}"] if self.seed != USUAL_SEED else []
        parts += [f"{_SET}.{name}.{_digits(v)}" for name, v in self.assumptions.items()]
        return "~".join(parts + [_written(s, c) for s, c in self.choices.items()])

    @property
    def sha256(self) -> str:
        """The hash of the place's name and what the scenario chooses, in hexadecimal."""
        key = json.dumps([self.place, self.token], separators=(",", ":"))
        return hashlib.sha256(key.encode()).hexdigest()

    def toml(self) -> str:
        """The scenario as the text of a TOML file that `read_scenario` reads back."""
        lines = [
            f"place = {_quoted(self.place)}",
            f"name = {_quoted(self.name)}",
            f'period_total = "{self.period_total}"',
            f"seed = {self.seed}",
        ]
        for solution, choice in self.choices.items():
            lines += ["", f"[choices.{solution}]", f'basis = "{choice.basis}"']
            lines += [f"uptake = {choice.uptake!r}"] if choice.uptake is not None else []
            lines += [f'start = "{choice.start}"'] if choice.start is not None else []
            lines += [f"own = {choice.own!r}"] if choice.own is not None else []
        if self.assumptions:
            lines += ["", "[assumptions]"]
            lines += [f"{_quoted(name)} = {value!r}" for name, value in self.assumptions.items()]
        return "\n".join(lines) + "\n"


def choose(
    place: Place,
    choices: Mapping[str, Choice] | None = None,
    *,
    assumptions: Mapping[str, float] | None = None,
    name: str = "",
    period_total: PeriodTotal = "in addition",
    seed: int = USUAL_SEED,
) -> Scenario:
    """The scenario of `place` that makes these choices; no choices is the plan as it stands.

    `assumptions` are other values for what `assumptions_of` offers, by id. Uptake is kept to 0.0001
    of a per cent, own values and assumptions to 0.0001. Raises InputError for an unknown solution,
    a year outside the plan, an uptake or own value outside 0 to 1, an own value with another basis
    than OWN_VALUE, and an assumption that is unknown or cannot be.
    """
    if period_total not in get_args(PeriodTotal):
        raise InputError(
            "expected in addition or included",
            column="period_total",
            value=period_total,
            valid=get_args(PeriodTotal),
        )
    if seed < 0 or seed > 2**32 - 1:
        raise InputError(f"expected a seed from 0 to {2**32 - 1}", column="seed", value=seed)
    kept = {}
    for solution_id, choice in sorted((choices or {}).items()):
        if not re.fullmatch(r"[A-Za-z0-9_-]+", solution_id):
            raise InputError(
                "expected a solution named in letters, digits, - and _", value=solution_id
            )
        solution = place.solution(solution_id)
        normal = _normal(place, solution, choice)
        if normal != usual_choice(solution):
            kept[solution_id] = normal
    assumed = checked_assumptions(place, assumptions or {})
    stated = place.as_stated.capitalize()
    label = name or _label(stated, len(kept), len(assumed), period_total)
    return Scenario(place.id, label, period_total, seed, kept, assumed)


def altered(
    place: Place,
    scenario: Scenario,
    *,
    choices: Mapping[str, Choice] | None = None,
    assumptions: Mapping[str, float] | None = None,
    period_total: PeriodTotal | None = None,
) -> Scenario:
    """The scenario with what is given in place of what it had, under a name of its own.

    `place` is as it was built. Raises InputError as `choose` does.
    """
    return choose(
        place,
        scenario.choices if choices is None else choices,
        assumptions=scenario.assumptions if assumptions is None else assumptions,
        period_total=period_total or scenario.period_total,
        seed=scenario.seed,
    )


def from_token(place: Place, token: str) -> Scenario:
    """The scenario of `place` that stands at the address `token`.

    Raises InputError for a token not of this form or not spelt in its one way, for an unknown
    solution and for a year outside the plan.
    """
    if len(token) > TOKEN_LIMIT:
        raise InputError(f"expected at most {TOKEN_LIMIT} characters", value=token[:40] + "…")
    period_total: PeriodTotal = "in addition"
    seed = USUAL_SEED
    choices: dict[str, Choice] = {}
    assumptions: dict[str, float] = {}
    for part in token.split("~") if token else []:
        if part == "in":
            period_total = "included"
        elif (assumed := _ASSUMED.fullmatch(part)) is not None:
            assumptions[assumed[1]] = _signed(assumed[2])
        elif re.fullmatch(r"seed[0-9]{1,10}", part):
            seed = int(part[4:])
        else:
            solution_id, *fields = part.split(".")
            choices[place.solution(solution_id).id] = _read_choice(place, fields)
    scenario = choose(place, choices, assumptions=assumptions, period_total=period_total, seed=seed)
    if scenario.token != token:
        raise InputError(
            f'expected the address in its standard form, "{scenario.token}"', value=token
        )
    return scenario


def read_scenario(place: Place, path: Path) -> Scenario:
    """The scenario in a TOML file. Raises InputError, with the line, for what cannot be used."""
    toml = Toml(path)
    # Until version 2 the period's total was called "reading".
    key = "reading" if "reading" in toml.data else "period_total"
    toml.only(("place", "name", key, "seed", "choices", "assumptions"))
    if toml.take(str, "place") != place.id:
        raise toml.fault(
            f"expected a scenario of {place.id}", "place", value=toml.take(str, "place")
        )
    period_total = toml.take(str, key, default="in addition")
    if period_total not in get_args(PeriodTotal):
        raise toml.fault(
            "expected in addition or included",
            key,
            value=period_total,
            valid=get_args(PeriodTotal),
        )
    seed = toml.take(int, "seed", default=USUAL_SEED)
    if not 0 <= seed < 2**32:
        raise toml.fault(f"expected a seed from 0 to {2**32 - 1}", "seed", value=seed)
    choices = {s: _choice_in(place, toml, s) for s in toml.take(dict, "choices", default={})}
    name = toml.take(str, "name", default="")
    assumptions = _assumptions_in(place, toml)
    return choose(
        place,
        choices,
        assumptions=assumptions,
        name=name,
        period_total=period_total,
        seed=seed,
    )


def _assumptions_in(place: Place, toml: Toml) -> dict[str, float]:
    values = {}
    for name in toml.take(dict, "assumptions", default={}):
        values[name] = float(toml.take(float, "assumptions", name))
        try:
            checked_assumptions(place, {name: values[name]})
        except InputError as fault:
            near = [fault.nearest] if fault.nearest else []
            raise toml.fault(
                fault.expected, "assumptions", name, value=fault.value, valid=near
            ) from None
    return values


def _choice_in(place: Place, toml: Toml, solution_id: str) -> Choice:
    at = ("choices", solution_id)
    ids = [s.id for s in place.solutions]
    if solution_id not in ids:
        raise toml.fault("there is no solution of this name", *at, value=solution_id, valid=ids)
    toml.only(("basis", "uptake", "start", "own"), *at)
    basis = toml.take(str, *at, "basis", default=Basis.AS_CLAIMED)
    uptake = toml.take(float, *at, "uptake", default=None)
    start = toml.take(str, *at, "start", default=None)
    own = toml.take(float, *at, "own", default=None)
    try:
        choice = Choice(basis_of(basis, OF_A_SOLUTION), uptake, start, own)
        return _normal(place, place.solution(solution_id), choice)
    except InputError as fault:
        column = fault.column or "basis"
        valid = OF_A_SOLUTION if column == "basis" else place.years
        raise toml.fault(fault.expected, *at, column, value=fault.value, valid=valid) from None


def _normal(place: Place, solution: Solution, choice: Choice) -> Choice:
    basis = basis_of(choice.basis, OF_A_SOLUTION)
    if choice.start is not None and choice.start not in place.years:
        raise InputError(
            f"expected a year of the plan, {place.years[0]} to {place.last_year}",
            column="start",
            value=choice.start,
            valid=place.years,
        )
    for column, value in (("uptake", choice.uptake), ("own", choice.own)):
        if value is not None and not (math.isfinite(value) and 0 <= value <= 1):
            raise InputError("expected a share between 0 and 1", column=column, value=value)
    if (choice.own is None) == (basis is Basis.OWN_VALUE):
        raise InputError(
            "expected an own value with the basis own_value, and with no other",
            column="own",
            value=choice.own,
        )
    if basis is Basis.OFF:
        return Choice(Basis.OFF)
    uptake = None if choice.uptake is None else round(choice.uptake, 6) + 0.0
    own = None if choice.own is None else round(choice.own, 4) + 0.0
    return Choice(
        basis,
        None if uptake == round(solution.uptake, 6) else uptake,
        None if choice.start == solution.start else choice.start,
        own,
    )


def _written(solution_id: str, choice: Choice) -> str:
    parts = [solution_id, _LETTER_OF[choice.basis]]
    if choice.uptake is not None:
        parts.append("u" + _digits(choice.uptake * 100))
    if choice.start is not None:
        parts.append("s" + choice.start[:4])
    if choice.own is not None:
        parts.append("v" + _digits(choice.own))
    return ".".join(parts)


def _signed(text: str) -> float:
    """A number as addresses have it: "3-5" is 3.5, "-3-5" is -3.5."""
    size = float(text.removeprefix("-").replace("-", "."))
    return -size if text.startswith("-") else size


def _digits(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", "-")


def _read_choice(place: Place, fields: list[str]) -> Choice:
    by_start = {year[:4]: year for year in place.years}
    basis: Basis = Basis.AS_CLAIMED
    uptake: float | None = None
    start: str | None = None
    own: float | None = None
    for text in fields:
        if text in _BASIS_OF:
            basis = _BASIS_OF[text]
        elif re.fullmatch("u" + _NUMBER, text):
            uptake = round(_value(text) / 100, 6)
        elif re.fullmatch("v" + _NUMBER, text):
            own = _value(text)
        elif text[:1] == "s" and text[1:] in by_start:
            start = by_start[text[1:]]
        else:
            raise InputError(
                "expected c, e, o or x, then u and an uptake in per cent, s and the first four "
                "digits of a year of the plan, v and a share of your own",
                value=text,
            )
    return Choice(basis, uptake, start, own)


def _value(text: str) -> float:
    return float(text[1:].replace("-", "."))


def _quoted(text: str) -> str:
    """A TOML string: as JSON has it, but that TOML has DEL escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _label(stated: str, choices: int, assumptions: int, period_total: PeriodTotal) -> str:
    parts = []
    if choices:
        parts.append(f"{choices} solution{'s' if choices > 1 else ''} changed")
    if assumptions:
        parts.append(f"{assumptions} assumption{'s' if assumptions > 1 else ''} changed")
    if period_total == "included":
        parts.append("first year included in the total")
    if not choices and not assumptions:
        return ", ".join([stated, *parts])
    return ", ".join(parts)
