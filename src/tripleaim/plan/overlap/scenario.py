"""A scenario: what differs from the plan, as a small file, a hash and an address.

The address (`token`) is readable and holds only what differs from the plan as printed:
`in~seed9~falls-prevention.x~hospital-at-home.e.u40.s2018` takes the other reading of the plan's
total and seed 9, leaves falls prevention out, and believes evidence of hospital at home, with 40%
uptake from 2018/19. Each scenario has one token and each token one scenario.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from tripleaim.place import InputError, Place, Solution, Toml

Basis = Literal["claim", "evidence", "own", "off"]
Reading = Literal["in addition", "included"]

AS_PRINTED = "As printed"
USUAL_SEED = 7
TOKEN_LIMIT = 2000

_BASIS_OF: Mapping[str, Basis] = {"c": "claim", "e": "evidence", "o": "own", "x": "off"}
_LETTER_OF = {basis: letter for letter, basis in _BASIS_OF.items()}
_NUMBER = r"[0-9]{1,3}(?:-[0-9]{1,4})?"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a scenario chooses for one solution; None keeps the plan's own uptake or start.

    `own` is the fall that the user believes in, as a share of what an effect of weight 1 acts on
    (0.05 is 5% fewer), and goes with the basis "own" alone.
    """

    basis: Basis = "claim"
    uptake: float | None = None
    start: str | None = None
    own: float | None = None


@dataclass(frozen=True)
class Scenario:
    """A place's plan with some choices changed. `choose` makes one, checked and in normal form.

    `reading` says whether the printed saving over the period comes in addition to the first year's
    or includes it. `choices` holds only what differs from the plan, by solution in order of name.
    The name is a label: it is in neither hash nor token.
    """

    place: str
    name: str = AS_PRINTED
    reading: Reading = "in addition"
    seed: int = USUAL_SEED
    choices: Mapping[str, Choice] = field(default_factory=dict)

    def choice(self, solution: Solution) -> Choice:
        """The choice for a solution with the plan's own uptake and start filled in."""
        made = self.choices.get(solution.id, Choice())
        return Choice(
            made.basis,
            solution.uptake if made.uptake is None else made.uptake,
            solution.start if made.start is None else made.start,
            made.own,
        )

    @property
    def token(self) -> str:
        """The address: letters, digits, `-`, `.` and `~` only; empty for the plan as printed."""
        parts = ["in"] if self.reading == "included" else []
        parts += [f"seed{self.seed}"] if self.seed != USUAL_SEED else []
        return "~".join(parts + [_written(s, c) for s, c in self.choices.items()])

    @property
    def sha256(self) -> str:
        """The hash of the place's name and what the scenario chooses, in hexadecimal."""
        said = json.dumps([self.place, self.token], separators=(",", ":"))
        return hashlib.sha256(said.encode()).hexdigest()

    def toml(self) -> str:
        """The scenario as the text of a TOML file that `read_scenario` reads back."""
        lines = [
            f"place = {_quoted(self.place)}",
            f"name = {_quoted(self.name)}",
            f'reading = "{self.reading}"',
            f"seed = {self.seed}",
        ]
        for solution, made in self.choices.items():
            lines += ["", f"[choices.{solution}]", f'basis = "{made.basis}"']
            lines += [f"uptake = {made.uptake!r}"] if made.uptake is not None else []
            lines += [f'start = "{made.start}"'] if made.start is not None else []
            lines += [f"own = {made.own!r}"] if made.own is not None else []
        return "\n".join(lines) + "\n"


def choose(
    place: Place,
    choices: Mapping[str, Choice] | None = None,
    *,
    name: str = "",
    reading: Reading = "in addition",
    seed: int = USUAL_SEED,
) -> Scenario:
    """The scenario of `place` that makes these choices; no choices is the plan as printed.

    Uptake is kept to 0.0001 of a per cent and own values to 0.0001. Raises InputError for an
    unknown solution, a year outside the plan, an uptake or own value outside 0 to 1, and an own
    value with another basis than "own".
    """
    if seed < 0 or seed > 2**32 - 1:
        raise InputError(f"expected a seed from 0 to {2**32 - 1}", column="seed", value=seed)
    kept = {}
    for solution_id, made in sorted((choices or {}).items()):
        if not re.fullmatch(r"[A-Za-z0-9_-]+", solution_id):
            raise InputError(
                "expected a solution named in letters, digits, - and _", value=solution_id
            )
        normal = _normal(place, place.solution(solution_id), made)
        if normal != Choice():
            kept[solution_id] = normal
    return Scenario(place.id, name or _label(len(kept), reading), reading, seed, kept)


def from_token(place: Place, token: str) -> Scenario:
    """The scenario of `place` that stands at the address `token`.

    Raises InputError for a token not of this form or not spelt in its one way, for an unknown
    solution and for a year outside the plan.
    """
    if len(token) > TOKEN_LIMIT:
        raise InputError(f"expected at most {TOKEN_LIMIT} characters", value=token[:40] + "…")
    reading: Reading = "in addition"
    seed = USUAL_SEED
    choices: dict[str, Choice] = {}
    for part in token.split("~") if token else []:
        if part == "in":
            reading = "included"
        elif re.fullmatch(r"seed[0-9]{1,10}", part):
            seed = int(part[4:])
        else:
            solution_id, *fields = part.split(".")
            choices[place.solution(solution_id).id] = _read_choice(place, fields)
    scenario = choose(place, choices, reading=reading, seed=seed)
    if scenario.token != token:
        raise InputError(
            f'expected the address in its one spelling, "{scenario.token}"', value=token
        )
    return scenario


def read_scenario(place: Place, path: Path) -> Scenario:
    """The scenario in a TOML file. Raises InputError, with the line, for what cannot be used."""
    toml = Toml(path)
    toml.only(("place", "name", "reading", "seed", "choices"))
    if toml.take(str, "place") != place.id:
        raise toml.fault(
            f"expected a scenario of {place.id}", "place", value=toml.take(str, "place")
        )
    reading = toml.take(str, "reading", default="in addition")
    if reading not in get_args(Reading):
        raise toml.fault(
            "expected in addition or included", "reading", value=reading, valid=get_args(Reading)
        )
    seed = toml.take(int, "seed", default=USUAL_SEED)
    if not 0 <= seed < 2**32:
        raise toml.fault(f"expected a seed from 0 to {2**32 - 1}", "seed", value=seed)
    choices = {s: _choice_in(place, toml, s) for s in toml.take(dict, "choices", default={})}
    name = toml.take(str, "name", default="")
    return choose(place, choices, name=name, reading=reading, seed=seed)


def _choice_in(place: Place, toml: Toml, solution_id: str) -> Choice:
    at = ("choices", solution_id)
    ids = [s.id for s in place.solutions]
    if solution_id not in ids:
        raise toml.fault("no solution of this name", *at, value=solution_id, valid=ids)
    toml.only(("basis", "uptake", "start", "own"), *at)
    basis = toml.take(str, *at, "basis", default="claim")
    if basis not in get_args(Basis):
        raise toml.fault(
            f"expected one of {', '.join(get_args(Basis))}",
            *at,
            "basis",
            value=basis,
            valid=get_args(Basis),
        )
    made = Choice(
        basis,
        toml.take(float, *at, "uptake", default=None),
        toml.take(str, *at, "start", default=None),
        toml.take(float, *at, "own", default=None),
    )
    try:
        _normal(place, place.solution(solution_id), made)
    except InputError as fault:
        raise toml.fault(
            fault.expected, *at, fault.column or "basis", value=fault.value, valid=place.years
        ) from None
    return made


def _normal(place: Place, solution: Solution, made: Choice) -> Choice:
    if made.basis not in get_args(Basis):
        raise InputError(
            f"expected one of {', '.join(get_args(Basis))}", column="basis", value=made.basis
        )
    if made.start is not None and made.start not in place.years:
        raise InputError(
            f"expected a year of the plan, {place.years[0]} to {place.last_year}",
            column="start",
            value=made.start,
            valid=place.years,
        )
    for column, value in (("uptake", made.uptake), ("own", made.own)):
        if value is not None and not (math.isfinite(value) and 0 <= value <= 1):
            raise InputError("expected a share between 0 and 1", column=column, value=value)
    if (made.own is None) == (made.basis == "own"):
        raise InputError(
            'expected an own value with the basis "own", and with no other',
            column="own",
            value=made.own,
        )
    if made.basis == "off":
        return Choice("off")
    uptake = None if made.uptake is None else round(made.uptake, 6) + 0.0
    own = None if made.own is None else round(made.own, 4) + 0.0
    return Choice(
        made.basis,
        None if uptake == round(solution.uptake, 6) else uptake,
        None if made.start == solution.start else made.start,
        own,
    )


def _written(solution_id: str, made: Choice) -> str:
    parts = [solution_id, _LETTER_OF[made.basis]]
    if made.uptake is not None:
        parts.append("u" + _digits(made.uptake * 100))
    if made.start is not None:
        parts.append("s" + made.start[:4])
    if made.own is not None:
        parts.append("v" + _digits(made.own))
    return ".".join(parts)


def _digits(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", "-")


def _read_choice(place: Place, fields: list[str]) -> Choice:
    by_start = {year[:4]: year for year in place.years}
    basis: Basis = "claim"
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


def _label(changed: int, reading: Reading) -> str:
    other = "other reading of the total" if reading == "included" else ""
    if not changed:
        return f"As printed, {other}" if other else AS_PRINTED
    count = f"{changed} solution{'s' if changed > 1 else ''} changed"
    return f"{count}, {other}" if other else count
