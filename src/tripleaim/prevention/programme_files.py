"""The files of programmes, read: `prevention/<id>.toml` in the place's folder or England's.

The id is that of the plan's solution where there is one. What a file lacks or gets wrong is told
with its line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from tripleaim.place import (
    COUNTED,
    STATUSES,
    Estimate,
    File,
    Place,
    Status,
    Toml,
    is_year,
    parse,
    price_factor,
    year_written,
)
from tripleaim.prevention.eligibility import clauses_of, columns_of
from tripleaim.prevention.programmes import (
    ANY_TARGET,
    Change,
    Cost,
    CostKind,
    Design,
    ExcessLeft,
    PayerRole,
    Prevention,
    ProgrammeEffect,
)
from tripleaim.projection import Clause

FOLDER = "prevention"


@dataclass(frozen=True, slots=True)
class Names:
    """What a programme file may name, in the order of the laws."""

    conditions: tuple[str, ...]
    risk_levels: tuple[tuple[str, tuple[str, ...]], ...]
    points_of_delivery: tuple[str, ...]
    outcomes: tuple[str, ...]


def programme_files(place: Place) -> tuple[File, ...]:
    """The programme files of a place, by id; a place's own goes before England's."""
    return tuple(place.files.file(name) for name in place.names(FOLDER, ".toml").values())


def read_programmes(place: Place, names: Names) -> tuple[Prevention, ...]:
    """Every programme of the place, by id. Raises InputError, with file and line, at a fault."""
    return tuple(read_programme(file, place, names) for file in programme_files(place))


def read_programme(file: Path | File, place: Place, names: Names) -> Prevention:
    """The programme in one TOML file.

    Raises InputError for an unknown key or name, a share outside 0 to 1, a ratio that is not above
    0, an interval that excludes its point, an expression that no kernel can follow, an effect
    without a study that is not zero, and what is assumed without a cause.
    """
    return _ProgrammeReader(file, place, names).read()


_EFFECT_KEYS = (
    *("changes", "target", "value", "low", "high", "unit", "level_widths", "part", "part_cause"),
    *("lag_years", "half_life_years", "half_life_low", "half_life_high", "half_life_cause"),
    *("design", "status", "source", "where", "cause", "excess_left"),
)
_COST_KEYS = (
    *("kind", "value", "low", "high", "price_year", "payer", "status", "source", "cause"),
)
_REACH_KEYS = (
    *("who", "start", "years_to_full", "uptake_a_year", "uptake_full", "uptake_range"),
    *("status", "source", "cause"),
)


class _ProgrammeReader:
    def __init__(self, file: Path | File, place: Place, names: Names) -> None:
        self.toml, self.place, self.names = Toml(file), place, names

    def read(self) -> Prevention:
        toml = self.toml
        toml.only(("name", "summary", "reach", "effects", "costs"))
        toml.only(_REACH_KEYS, "reach")
        who = toml.take(str, "reach", "who")
        written = toml.take(str, "reach", "start")
        start = year_written(written, self.place.years[0])
        if start is None:
            expected = f"expected a year such as 2017/18 or {COUNTED}"
            raise toml.fault(expected, "reach", "start", value=written)
        clauses = self.clauses(who)
        a_year, full = self.quintiles("uptake_a_year"), self.quintiles("uptake_full")
        low, high = (self.positive("reach", "uptake_range", i) for i in (0, 1))
        if not low <= 1 <= high:
            raise toml.fault("expected a range that holds 1", "reach", "uptake_range", value=low)
        status, source, cause = self.standing("reach")
        ramp = toml.take(int, "reach", "years_to_full")
        if ramp < 1:
            raise toml.fault("expected 1 or more years", "reach", "years_to_full", value=ramp)
        effects = tuple(self.effect(i) for i in range(len(toml.take(list, "effects"))))
        if not effects:
            raise toml.fault("expected at least one effect", "effects")
        return Prevention(
            id=toml.path.stem,
            name=toml.take(str, "name"),
            summary=toml.take(str, "summary"),
            who=who,
            clauses=clauses,
            start=start,
            years_to_full=ramp,
            uptake_a_year=a_year,
            uptake_full=full,
            uptake_range=(low, high),
            uptake_status=status,
            uptake_source=source,
            uptake_cause=cause,
            effects=effects,
            costs=tuple(self.cost(i) for i in range(len(toml.take(list, "costs")))),
            file=toml.path,
        )

    def clauses(self, who: str) -> tuple[Clause, ...]:
        toml, names = self.toml, self.names
        line = toml.line_of("reach", "who")
        columns = columns_of(names.conditions, names.risk_levels)
        expression = parse(who, columns, file=toml.path, line=line, column="reach.who")
        if expression.kind not in ("condition", None):
            raise toml.fault("expected a condition, such as age >= 40", "reach", "who", value=who)
        return clauses_of(
            who,
            names.conditions,
            names.risk_levels,
            lambda expected, value: toml.fault(expected, "reach", "who", value=value),
        )

    def quintiles(self, key: str) -> tuple[float, ...]:
        values = self.toml.take(list, "reach", key)
        if len(values) != 5:
            raise self.toml.fault(
                "expected five shares, of the most deprived quintile first",
                *("reach", key),
                value=values,
            )
        return tuple(self.share("reach", key, q) for q in range(5))

    def effect(self, i: int) -> ProgrammeEffect:
        toml, at = self.toml, ("effects", i)
        toml.only(_EFFECT_KEYS, *at)
        changes: Change = self.choice(get_args(Change), *at, "changes")
        target = self.choice(self.targets(changes), *at, "target")
        value, low, high = (toml.take(float, *at, key) for key in ("value", "low", "high"))
        if not low <= value <= high:
            raise toml.fault(
                f"expected an interval that holds {value:g}", *at, "low", value=f"{low:g}, {high:g}"
            )
        ratio = changes in ("incidence", "outcome", "contacts")
        if ratio and low <= 0:
            raise toml.fault("expected a ratio above 0", *at, "low", value=low)
        if changes == "risk level" and not -1 <= low <= high <= 1:
            raise toml.fault("expected a share", *at, "value", value=value)
        design: Design = self.choice(get_args(Design), *at, "design")
        if design == "none" and not low == value == high == (1.0 if ratio else 0.0):
            raise toml.fault(
                "expected no effect: it has no study to rest on", *at, "value", value=value
            )
        status, source, cause = self.standing(*at)
        half_life = self.half_life(i)
        widths = self.widths(i, target) if changes == "risk shift" else ()
        part = self.share(*at, "part") if "part" in toml.take(dict, *at) else 1.0
        if part < 1 and not toml.take(str, *at, "part_cause", default=""):
            raise toml.fault("expected a part_cause: why this part of it", *at, "part")
        lag = toml.take(int, *at, "lag_years", default=0)
        if lag < 0:
            raise toml.fault("expected 0 or more years", *at, "lag_years", value=lag)
        return ProgrammeEffect(
            changes=changes,
            target=target,
            value=value,
            low=low,
            high=high,
            unit=toml.take(str, *at, "unit", default="ratio" if ratio else "share"),
            level_widths=widths,
            part=part,
            lag_years=lag,
            half_life=half_life,
            excess_left=self.excess_left(i),
            design=design,
            status=status,
            source=source,
            where=toml.take(str, *at, "where", default=""),
            cause=cause,
        )

    def targets(self, changes: Change) -> tuple[str, ...]:
        names = self.names
        return {
            "risk level": tuple(risk for risk, _ in names.risk_levels),
            "risk shift": tuple(risk for risk, _ in names.risk_levels),
            "incidence": names.conditions,
            "outcome": names.outcomes,
            "contacts": names.points_of_delivery,
        }[changes]

    def widths(self, i: int, risk: str) -> tuple[float, ...]:
        """How far each level of a risk factor lies above the one below it."""
        toml, at = self.toml, ("effects", i, "level_widths")
        levels = dict(self.names.risk_levels)[risk]
        if len(toml.take(list, *at)) != len(levels) - 1:
            raise toml.fault(
                f"expected {len(levels) - 1} numbers, how far apart neighbouring levels of {risk}"
                " lie in the unit of the shift",
                *at,
            )
        return tuple(self.positive(*at, k) for k in range(len(levels) - 1))

    def half_life(self, i: int) -> Estimate | None:
        toml, at = self.toml, ("effects", i)
        if "half_life_years" not in toml.take(dict, *at):
            return None
        keys = ("half_life_low", "half_life_years", "half_life_high")
        low, value, high = (self.positive(*at, key) for key in keys)
        if not low <= value <= high:
            raise toml.fault("expected a range that holds it", *at, keys[1], value=value)
        cause = toml.take(str, *at, "half_life_cause")
        return Estimate(value, low, high, "assumed", "tripleaim", cause)

    def excess_left(self, i: int) -> tuple[ExcessLeft, ...]:
        toml = self.toml
        count = len(toml.take(list, "effects", i, "excess_left", default=[]))
        targets = []
        for k in range(count):
            at = ("effects", i, "excess_left", k)
            toml.only(("target", "after_10_years", "after_20_years", "source", "where"), *at)
            valid = (ANY_TARGET, "death", *self.names.conditions, *self.names.outcomes)
            first, second = (self.share(*at, f"after_{n}_years") for n in (10, 20))
            if not 0 < second <= first:
                raise toml.fault("expected less and less to be left", *at, value=second)
            targets.append(
                ExcessLeft(
                    target=self.choice(valid, *at, "target"),
                    after_10_years=first,
                    after_20_years=second,
                    source=self.choice(sorted(self.place.sources), *at, "source"),
                    where=toml.take(str, *at, "where"),
                )
            )
        return tuple(targets)

    def cost(self, i: int) -> Cost:
        toml, at = self.toml, ("costs", i)
        toml.only(_COST_KEYS, *at)
        value, low, high = (toml.take(float, *at, key) for key in ("value", "low", "high"))
        if not 0 <= low <= value <= high:
            raise toml.fault(f"expected a range that holds {value:g}", *at, "low", value=low)
        status, source, cause = self.standing(*at)
        year = toml.take(str, *at, "price_year", default="") or price_year(self.place, toml.path)
        if not is_year(year):
            raise toml.fault("expected a year such as 2016/17", *at, "price_year", value=year)
        factor = price_factor(self.place, year, self.place.years[0])
        times = 1.0 if factor is None else factor
        return Cost(
            kind=self.choice(get_args(CostKind), *at, "kind"),
            value=value * times,
            low=low * times,
            high=high * times,
            price_year=year,
            price_factor=factor,
            payer=self.choice(get_args(PayerRole), *at, "payer"),
            status=status,
            source=source,
            cause=cause,
        )

    def standing(self, *at: str | int) -> tuple[Status, str, str]:
        status: Status = self.choice(STATUSES, *at, "status")
        source = self.choice(sorted(self.place.sources), *at, "source")
        cause = self.toml.take(str, *at, "cause", default="")
        if status == "assumed" and not cause:
            raise self.toml.fault("expected a cause: what is assumed says why", *at, "status")
        return status, source, cause

    def share(self, *at: str | int) -> float:
        value: float = self.toml.take(float, *at)
        if not 0 <= value <= 1:
            raise self.toml.fault("expected a share between 0 and 1", *at, value=value)
        return value

    def positive(self, *at: str | int) -> float:
        value: float = self.toml.take(float, *at)
        if value <= 0:
            raise self.toml.fault("expected a number above 0", *at, value=value)
        return value

    def choice(self, valid: Sequence[str], *at: str | int) -> Any:
        value = self.toml.take(str, *at)
        if value not in valid:
            raise self.toml.fault(
                f"expected one of {', '.join(valid[:12])}", *at, value=value, valid=valid
            )
        return value


def price_year(place: Place, file: Path) -> str:
    """The year at whose prices a programme's file has costs that state no year.

    The place's first year for a file of its own, that of the defaults for one of theirs.
    """
    return place.years[0] if place.own.path in file.parents else _first_of_defaults(place)


def _first_of_defaults(place: Place) -> str:
    years: list[str] = place.files.folders[-1].toml("place.toml").take(list, "years")
    return years[0]
