"""How A&E attendances grew in the years before the plan, recorded, to set beside its forecast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tripleaim.backtest.activity import KINDS, ActivityKind
from tripleaim.backtest.observations import Observations, Period, read_observations
from tripleaim.place import Place

SOURCE = "nhse-ae-backtest"


@dataclass(frozen=True, slots=True)
class RecordedGrowth:
    """Growth of one kind of care, from the first whole year known to the last before the plan.

    `who` is the country's name, or "" for the place's own trusts together.
    """

    point_of_delivery: str
    who: str
    first_year: str
    last_year: str
    first: float
    last: float
    source: str = SOURCE

    @property
    def pct_a_year(self) -> float:
        """The same percentage each year that leads from the first to the last, %."""
        steps = int(self.last_year[:4]) - int(self.first_year[:4])
        return float(100 * ((self.last / self.first) ** (1 / steps) - 1))


def recorded_growth(place: Place) -> tuple[RecordedGrowth, ...]:
    """A&E attendances of the place's own trusts, and of the country, before the plan's first year.

    Empty where no table holds any of them for two whole years.
    """
    kind = KINDS[0]
    if not place.has(f"backtest/{kind.table}"):
        return ()
    record = read_observations(place)
    own = {o.id for o in place.organisations} & set(record.bodies(kind.table))
    country = str(place.files.folders[-1].toml("place.toml").data.get("name", ""))
    before = int(place.years[0][:4])
    growths = (
        _growth(record, kind, bodies, who, before)
        for who, bodies in (("", sorted(own)), (country, (country,)))
    )
    return tuple(growth for growth in growths if growth)


def _growth(
    record: Observations, kind: ActivityKind, bodies: Iterable[str], who: str, before: int
) -> RecordedGrowth | None:
    """Over the whole financial years that all of the bodies have."""
    series = [_whole_years(record.series(kind.table, b, kind.series), before) for b in bodies]
    years = sorted(set.intersection(*(set(s) for s in series))) if series else []
    if len(years) < 2:
        return None
    first, last = years[0], years[-1]
    return RecordedGrowth(
        point_of_delivery=kind.contacts,
        who=who,
        first_year=first,
        last_year=last,
        first=sum(s[first] for s in series),
        last=sum(s[last] for s in series),
    )


def _whole_years(values: Mapping[Period, float], before: int) -> dict[str, float]:
    return {
        p.label: value
        for p, value in values.items()
        if p.kind == "financial year" and p.year < before
    }
