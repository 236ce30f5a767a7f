"""Solutions, each a small TOML file in the field's words, read and checked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from tripleaim.place.declared_files.declaration import (
    MOST_A_PERSON,
    MOST_MONEY,
    MOST_RISE,
    MOST_STUDIES,
    MOST_YEARS,
    TIMES,
)
from tripleaim.place.expression import parse
from tripleaim.place.figures import STATUSES
from tripleaim.place.files import FolderFiles
from tripleaim.place.model import (
    Change,
    CostPerPerson,
    Design,
    Directness,
    Effect,
    Evidence,
    Maturity,
    Release,
    RiskOfBias,
    Solution,
)
from tripleaim.place.plan_years import COUNTED, year_written
from tripleaim.place.printed_lines import read_printed
from tripleaim.place.toml import Toml
from tripleaim.tables import File, InputError, is_year

SIDES = ("commissioner", "providers")

_FOUND = ("value", "low", "high")
_STRENGTH = ("studies", "directness", "risk_of_bias", "of_this_service")
_KEYS = (
    "name",
    "summary",
    "priority",
    "owner",
    "organisations",
    "maturity",
    "release",
    "under_population_cap",
    "chosen",
    "reach",
    "effects",
    "claim",
    "investment",
    "printed",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a solution may name: the plan's years, and the place's own words.

    `columns` are what its `who` may read: names, or names with their kinds. `programmes` are the
    programmes of prevention by id with the design of their evidence: a solution of the same id
    takes its own from there.
    """

    years: Sequence[str]
    priorities: Collection[int]
    points_of_delivery: Sequence[str]
    conditions: Sequence[str]
    organisations: Sequence[str]
    sources: Collection[str]
    columns: Iterable[str]
    programmes: Mapping[str, Design] = field(default_factory=dict)


def solution_files(own: FolderFiles) -> list[File]:
    """The place's own solution files, in the order of their names."""
    return [own.file(name) for name in own.names("solutions", ".toml").values()]


def read_solutions(own: FolderFiles, known: Known) -> tuple[Solution, ...]:
    """Every solution of a place (one TOML file each; the file's name is the solution's id).

    Raises InputError, naming file and line, for a year outside the plan, an unknown point of
    delivery, condition or source, an expression with a typo, or an uptake outside 0 to 1.
    """
    solutions = tuple(read_solution(file, known) for file in solution_files(own))
    check_unique(solutions)
    return solutions


def read_solution(file: Path | File, known: Known) -> Solution:
    """The solution in one TOML file. Raises InputError at its first fault."""
    return _Reader(known).read(file)


_ADDRESS = re.compile(r"[A-Za-z0-9_-]+")


class _Reader:
    def __init__(self, known: Known) -> None:
        self.years, self.priorities, self.columns = known.years, known.priorities, known.columns
        self.points_of_delivery, self.conditions = known.points_of_delivery, known.conditions
        self.organisations, self.sources = known.organisations, sorted(known.sources)
        self.programmes = known.programmes

    def read(self, file: Path | File) -> Solution:
        toml = Toml(file)
        if not _ADDRESS.fullmatch(toml.path.stem):
            raise InputError(
                "expected a file named in letters, digits, hyphens and underscores, because the "
                "name is part of page addresses",
                file=toml.path,
                value=toml.path.stem,
            )
        toml.only(_KEYS)
        toml.only(("who", "uptake", "start", "years_to_full"), "reach")
        toml.only((*SIDES, "status", "source", "cause", "prices"), "claim")
        toml.only(("recurrent", "double_running", "per_person", "cause", "prices"), "investment")
        who = toml.take(str, "reach", "who")
        self._check_condition(toml, who)
        effects = toml.take(list, "effects")
        if not effects:
            raise toml.fault("expected at least one effect", "effects")
        printed_source, printed = read_printed(toml, self.sources)
        return Solution(
            id=toml.path.stem,
            name=toml.take(str, "name"),
            summary=toml.take(str, "summary"),
            priority=self._choice(toml, int, sorted(self.priorities), "priority"),
            owner=toml.take(str, "owner"),
            organisations=self._organisations(toml),
            maturity=self._choice(toml, str, get_args(Maturity), "maturity"),
            release=self._choice(toml, str, get_args(Release), "release"),
            who=who,
            uptake=self._share(toml, "reach", "uptake"),
            start=self._start(toml),
            years_to_full=self._at_least_one(toml, "reach", "years_to_full"),
            effects=tuple(self._effect(toml, i) for i in range(len(effects))),
            claim={side: self._by_year(toml, "claim", side) for side in SIDES},
            claim_status=self._choice(toml, str, STATUSES, "claim", "status"),
            claim_source=self._choice(toml, str, self.sources, "claim", "source"),
            claim_cause=toml.take(str, "claim", "cause"),
            recurrent=self._by_year(toml, "investment", "recurrent"),
            double_running=self._by_year(toml, "investment", "double_running"),
            investment_cause=toml.take(str, "investment", "cause", default=""),
            under_population_cap=toml.take(bool, "under_population_cap", default=False),
            claim_prices=self._prices(toml, "claim"),
            investment_prices=self._prices(toml, "investment"),
            printed_source=printed_source,
            printed=printed,
            chosen=toml.take(bool, "chosen", default=True),
            cost_per_person=self._cost_per_person(toml),
            file=toml.path,
        )

    def _effect(self, toml: Toml, i: int) -> Effect:
        at = ("effects", i)
        toml.only(
            (
                "changes",
                "point_of_delivery",
                "to",
                "contacts_each",
                "condition",
                "weight",
                "evidence",
            ),
            *at,
        )
        changes = self._choice(toml, str, get_args(Change), *at, "changes")
        pod = condition = to = ""
        if changes == "incidence":
            condition = self._choice(toml, str, self.conditions, *at, "condition")
        else:
            pod = self._choice(toml, str, self.points_of_delivery, *at, "point_of_delivery")
        if changes == "place of contact":
            to = self._choice(toml, str, self.points_of_delivery, *at, "to")
            if to == pod:
                raise toml.fault("expected another point of delivery", *at, "to", value=to)
        return Effect(
            changes=changes,
            point_of_delivery=pod,
            to=to,
            contacts_each=self._not_negative(toml, *at, "contacts_each"),
            condition=condition,
            weight=self._not_negative(toml, *at, "weight"),
            evidence=self._evidence(toml, i),
        )

    def _check_condition(self, toml: Toml, who: str) -> None:
        line = toml.line_of("reach", "who")
        reaches = parse(who, self.columns, file=toml.path, line=line, column="reach.who")
        if reaches.kind not in ("condition", None):
            raise toml.fault(
                "expected a condition that is true or false, such as age >= 75",
                "reach",
                "who",
                value=who,
            )

    def _organisations(self, toml: Toml) -> tuple[str, ...]:
        count = len(toml.take(list, "organisations"))
        return tuple(
            self._choice(toml, str, self.organisations, "organisations", i) for i in range(count)
        )

    def _evidence(self, toml: Toml, i: int) -> Evidence:
        at = ("effects", i, "evidence")
        toml.only((*_FOUND, "design", "source", "where", *_STRENGTH), *at)
        design = self._design(toml, *at)
        given = [key in toml.take(dict, *at) for key in _FOUND]
        measured = any(given) and design != "none"
        value, low, high = (
            toml.take(float, *at, key, **({} if any(given) else {"default": 0.0})) for key in _FOUND
        )
        if not low <= value <= high:
            raise toml.fault(
                f"expected an interval that holds {value:g}", *at, value=f"{low:g} to {high:g}"
            )
        if high > MOST_RISE:
            expected = f"expected a rise of at most {MOST_RISE:.0%} ({MOST_RISE})"
            raise toml.fault(expected, *at, "high", value=high)
        if low < -1:
            raise toml.fault("expected a fall of at most 100% (-1)", *at, "low", value=low)
        studies = toml.take(int, *at, "studies", default=None)
        if studies is not None and not 0 <= studies <= MOST_STUDIES:
            raise toml.fault("expected a number of studies", *at, "studies", value=studies)
        strength = {
            "directness": self._choice_or_not(toml, get_args(Directness), *at, "directness"),
            "risk_of_bias": self._choice_or_not(toml, get_args(RiskOfBias), *at, "risk_of_bias"),
        }
        return Evidence(
            value,
            low,
            high,
            design=design,
            source=self._choice(toml, str, self.sources, *at, "source"),
            where=toml.take(str, *at, "where", default=""),
            measured=measured,
            studies=studies,
            of_this_service=toml.take(bool, *at, "of_this_service", default=False),
            **strength,
        )

    def _design(self, toml: Toml, *at: str | int) -> Design:
        """The design as stated, or that of the programme of prevention of the same id."""
        programme = self.programmes.get(toml.path.stem)
        if programme is None:
            stated: Design = self._choice(toml, str, get_args(Design), *at, "design")
            return stated
        if "design" in toml.take(dict, *at):
            raise toml.fault(
                f"its evidence is in prevention/{toml.path.name}: leave the design out",
                *at,
                "design",
                value=toml.take(str, *at, "design"),
            )
        return programme

    def _choice_or_not(self, toml: Toml, valid: Sequence[str], *keys: str | int) -> Any:
        """One of `valid`; "not assessed" where the file does not say."""
        if keys[-1] not in toml.take(dict, *keys[:-1]):
            return "not assessed"
        return self._choice(toml, str, valid, *keys)

    def _cost_per_person(self, toml: Toml) -> CostPerPerson | None:
        at = ("investment", "per_person")
        if not toml.take(dict, *at, default={}):
            return None
        toml.only(("value", "low", "high", "year", "status", "source", "cause"), *at)
        value, low, high = (toml.take(float, *at, key) for key in _FOUND)
        for key, cost in zip(_FOUND, (value, low, high), strict=True):
            if not 0 <= cost <= MOST_A_PERSON:
                expected = f"expected £ a person a year, from 0 to {MOST_A_PERSON:,}"
                raise toml.fault(expected, *at, key, value=cost)
        if not low <= value <= high:
            expected = f"expected an interval that holds {value:g}"
            raise toml.fault(expected, *at, value=f"{low:g} to {high:g}")
        year = toml.take(str, *at, "year")
        if not is_year(year):
            raise toml.fault("expected a financial year such as 2024/25", *at, "year", value=year)
        return CostPerPerson(
            value,
            low,
            high,
            year,
            status=self._choice(toml, str, STATUSES, *at, "status"),
            source=self._choice(toml, str, self.sources, *at, "source"),
            cause=toml.take(str, *at, "cause"),
        )

    def _start(self, toml: Toml) -> str:
        text: str = toml.take(str, "reach", "start")
        year = year_written(text, self.years[0])
        if year is None or year not in self.years:
            expected = f"expected one of {', '.join(self.years)}, or a year such as {COUNTED}"
            raise toml.fault(expected, "reach", "start", value=text, valid=self.years)
        return year

    def _prices(self, toml: Toml, table: str) -> str:
        year: str = toml.take(str, table, "prices", default="")
        if year and not is_year(year):
            raise toml.fault("expected a year such as 2023/24", table, "prices", value=year)
        return year

    def _by_year(self, toml: Toml, *keys: str) -> Mapping[str, float]:
        amounts = dict.fromkeys(self.years, 0.0)
        written: dict[str, str] = {}
        for text in toml.take(dict, *keys, default={}):
            year = year_written(text, self.years[0])
            if year is None or year not in amounts:
                expected = f"expected a year of the plan, {self.years[0]} to {self.years[-1]}, or a"
                expected += f" year such as {COUNTED}"
                raise toml.fault(expected, *keys, text, value=text, valid=self.years)
            if year in written:
                expected = f"expected each year once; {written[year]} is the same year"
                raise toml.fault(expected, *keys, text, value=text)
            written[year] = text
            amounts[year] = amount = toml.take(float, *keys, text)
            if abs(amount) > MOST_MONEY:
                expected = f"expected £m, at most {MOST_MONEY:,} (are these pounds?)"
                raise toml.fault(expected, *keys, text, value=amount)
        return amounts

    def _not_negative(self, toml: Toml, *keys: str | int) -> float:
        value: float = toml.take(float, *keys, default=1.0)
        if not 0 <= value <= TIMES:
            raise toml.fault(f"expected a number from 0 to {TIMES:,}", *keys, value=value)
        return value

    def _share(self, toml: Toml, *keys: str) -> float:
        value: float = toml.take(float, *keys)
        if not 0 <= value <= 1:
            raise toml.fault("expected a share between 0 and 1", *keys, value=value)
        return value

    def _at_least_one(self, toml: Toml, *keys: str) -> int:
        value: int = toml.take(int, *keys)
        if not 1 <= value <= MOST_YEARS:
            raise toml.fault(
                f"expected a whole number of years, 1 to {MOST_YEARS}", *keys, value=value
            )
        return value

    def _choice(self, toml: Toml, kind: type, valid: Sequence[Any], *keys: str | int) -> Any:
        value = toml.take(kind, *keys)
        if value not in valid:
            names = [str(v) for v in valid]
            raise toml.fault(
                f"expected one of {', '.join(names[:12])}", *keys, value=value, valid=names
            )
        return value


def check_unique(solutions: Sequence[Solution]) -> None:
    """Raise InputError if two solutions bear the same name."""
    seen: dict[str, Path] = {}
    for solution in solutions:
        if solution.name in seen:
            raise Toml(solution.file).fault(
                f"the name is already used in {seen[solution.name].name}",
                "name",
                value=solution.name,
            )
        seen[solution.name] = solution.file
