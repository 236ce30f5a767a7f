"""Who gains: life and health by sex and deprivation, the slope between, and official numbers."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim import wording as words
from tripleaim.place import Place
from tripleaim.prevention import HealthRow, PreventionDocument, official_life_expectancy
from tripleaim.uncertainty import IntervalPart
from tripleaim.web.pages.outcomes.presenters import spreads
from tripleaim.web.pages.outcomes.presenters.prevention import horizon
from tripleaim.web.ui.charts.fan import LIGHT, PLUM, Panel
from tripleaim.web.ui.charts.ranges import RangeRow
from tripleaim.web.ui.tables import PageColumn, PageTable

SEXES = {"male": "men", "female": "women", "persons": "everybody"}
QUINTILES = {
    0: "all",
    1: "most deprived fifth",
    2: "second fifth",
    3: "middle fifth",
    4: "fourth fifth",
    5: "least deprived fifth",
}
LIFE, SLOPE = "life-0", "slope-0"
MOST_NAMED = 3
MANY = 200_000
"""People from which on luck no longer moves a life expectancy by a tenth of a year."""
OFFICIAL = "2016/18"


def answer(document: PreventionDocument) -> str:
    """The first sentence of the page."""
    first, last = document.by_quintile[0], document.by_quintile[-1]
    way = _beside(first.qalys_per_1000, last.qalys_per_1000)
    slopes = [
        f"{_change(row)} for {SEXES[row.sex]}"
        for row in rows_of(document, SLOPE)
        if row.difference.central[-1] is not None
    ]
    finding = (
        f" By {document.years[-1]} the slope of life expectancy from the most to the least "
        f"deprived is {words.listed(slopes)}."
        if slopes
        else ""
    )
    return (
        f"Over {horizon(document)} a thousand people in the most deprived fifth gain "
        f"{spreads.with_interval(first.qalys_per_1000)} quality-adjusted years of life. A thousand "
        f"in the least deprived fifth gain {spreads.with_interval(last.qalys_per_1000)}. The most "
        f"deprived gain {way} the least deprived." + finding
    )


def rows_of(document: PreventionDocument, measure: str) -> list[HealthRow]:
    """The rows of one measure."""
    return [row for row in document.health.rows if row.measure == measure]


def dots(document: PreventionDocument) -> list[RangeRow]:
    """QALYs gained for each 1,000 people by quintile, the most deprived first."""
    return [
        RangeRow(
            words.capital(QUINTILES[part.quintile]),
            part.qalys_per_1000.central,
            part.qalys_per_1000.p10,
            part.qalys_per_1000.p90,
            f"{spreads.in_words(part.qalys_per_1000)} for 1,000",
        )
        for part in document.by_quintile
        if part.qalys_per_1000.central is not None
    ]


def description(document: PreventionDocument) -> str:
    """What the picture shows, in a sentence."""
    gains = words.listed([f"{row.name.lower()} {row.text}" for row in dots(document)])
    return (
        f"Dots with bands of 10% to 90% of quality-adjusted years of life gained over "
        f"{horizon(document)} for each thousand people, by deprivation of where they live: {gains}."
    )


def gained(document: PreventionDocument) -> list[Panel]:
    """Years of life expectancy gained by sex and quintile, men first."""
    return [
        Panel(
            f"{words.capital(SEXES[row.sex])}, {QUINTILES[row.quintile]}",
            _gained(row),
            row.difference,
            PLUM if row.sex == "female" else LIGHT,
        )
        for row in rows_of(document, LIFE)
        if row.quintile
    ]


def _gained(row: HealthRow) -> tuple[str, ...]:
    difference = spreads.at(row.difference, -1)
    if difference.central is None:
        return ("too few people",)
    return (spreads.in_words(difference, "years"), *filter(None, [spreads.interval(difference)]))


def gained_description(panels: Sequence[Panel]) -> str:
    """What the small pictures show, in a sentence."""
    gains = words.listed([f"{p.name.lower()} {p.label}" for p in panels])
    return (
        "Years of life expectancy at birth gained by the programmes, by year, with bands of 10% "
        f"to 90%: {gains}."
    )


def without_programmes(document: PreventionDocument) -> str:
    """How the slope moves by itself, with its interval, and why; empty where there is none."""
    first, last = document.years[0], document.years[-1]
    ends = []
    for row in rows_of(document, SLOPE):
        begins, ends_at = spreads.at(row.nothing, 0), spreads.at(row.nothing, -1)
        if begins.central is not None and ends_at.central is not None:
            ends.append(
                f"For {SEXES[row.sex]} it is {spreads.with_interval(begins, 'years')} in {first} "
                f"and {spreads.with_interval(ends_at, 'years')} in {last}."
            )
    if not ends:
        return ""
    return (
        f"This is the slope without programmes. {' '.join(ends)} Each fifth has few deaths. So "
        "chance alone moves the slope by half a year among half a million people, and by more "
        "than a year among a hundred thousand. Beyond chance it narrows a little. The ratio of "
        "death rates between fifths stays the same, and the rates fall for everybody. So the "
        "fifths are fewer years apart. The model has no rule that would widen the slope."
    )


def unknown(document: PreventionDocument) -> str:
    """Which groups are too few for a life expectancy; empty where all can be told."""
    groups = [row for row in rows_of(document, LIFE) if row.quintile]
    missing = [
        f"{SEXES[row.sex]} in the {QUINTILES[row.quintile]}"
        for row in groups
        if row.difference.central[-1] is None
    ]
    if not missing:
        return ""
    who = (
        words.listed(missing)
        if len(missing) <= MOST_NAMED
        else f"{spreads.counted(len(missing))} of the {spreads.counted(len(groups))} groups"
    )
    return (
        f"For {who} too few people were simulated to give a life expectancy by the rules of "
        "official statistics. A run with more people would give one."
    )


def by_quintile(document: PreventionDocument) -> PageTable:
    """What each fifth gains."""
    return PageTable(
        "outcomes-quintiles",
        f"What all programmes together gain over {horizon(document)}, by deprivation",
        [
            PageColumn("name", "Deprivation, national fifths"),
            PageColumn("people", "People", "count"),
            *spreads.columns("joined", "Join"),
            *spreads.columns("rate", "QALYs for 1,000"),
            *spreads.columns("qalys", "QALYs"),
            *spreads.columns("deaths", "Deaths averted"),
            *spreads.columns("avoided", "Care avoided"),
        ],
        [
            {
                "name": words.capital(QUINTILES[part.quintile]),
                "people": part.people,
                **spreads.cells("joined", part.joined),
                **spreads.cells("rate", part.qalys_per_1000),
                **spreads.cells("qalys", part.qalys),
                **spreads.cells("deaths", part.deaths_averted),
                **spreads.cells("avoided", part.avoided_gbp_m, "£m"),
            }
            for part in document.by_quintile
        ],
    )


def slopes(document: PreventionDocument) -> PageTable:
    """Measures of inequality in the first and the last year, without and with programmes."""
    return _measures(document, "outcomes-inequality", "inequality", "Inequality")


def expectancies(document: PreventionDocument) -> PageTable:
    """Life, healthy life and quality-adjusted life ahead, by sex and fifth."""
    return _measures(document, "outcomes-expectancy", "expectancy", "Years ahead")


def _measures(document: PreventionDocument, name: str, kind: str, caption: str) -> PageTable:
    known = {m.id: m for m in document.health.measures if m.kind == kind}
    first, last = document.years[0], document.years[-1]
    rows = []
    for row in document.health.rows:
        measure = known.get(row.measure)
        if measure is None or row.nothing.central[0] is row.nothing.central[-1] is None:
            continue
        unit = "years" if measure.unit == "years" else ""
        rows.append(
            {
                "name": measure.name,
                "sex": words.capital(SEXES[row.sex]),
                "quintile": words.capital(QUINTILES[row.quintile]),
                "first": _tenth(row.nothing.central[0], unit),
                "last": _tenth(row.nothing.central[-1], unit),
                **spreads.cells("change", spreads.at(row.difference, -1), unit),
            }
        )
    by_group = [PageColumn("quintile", "Deprivation")] if kind == "expectancy" else []
    return PageTable(
        name,
        f"{caption} without programmes, and the change that programmes make by {last}",
        [
            PageColumn("name", "Measure"),
            PageColumn("sex", "Sex"),
            *by_group,
            PageColumn("first", f"{first}", "worded"),
            PageColumn("last", f"{last}", "worded"),
            *spreads.columns("change", "Programmes change it by"),
        ],
        rows,
    )


def beside_official(document: PreventionDocument, place: Place, base: str = "") -> PageTable:
    """The model's first year beside what is printed and what official statistics say.

    `base` is the address of the plan, under which figures stand.
    """
    rows = []
    for row in document.health.beside_official:
        known = place.sources.get(row.source)
        rows.append(
            {
                "name": row.name,
                "sex": words.capital(SEXES[row.sex]),
                "published": _tenth(row.published, row.unit),
                "of": f"{row.area}, {row.published_year}",
                "status": row.status,
                "status_href": f"{base}figures/{row.figure}/" if row.figure else "",
                "computed": _tenth(row.computed, row.unit),
                "above": _tenth(row.computed - row.published, row.unit),
                "source": f"{known.title if known else row.source}: {row.basis}",
            }
        )
    return PageTable(
        "outcomes-official",
        f"The model's first year{_first_year(document)} compared with printed and official numbers",
        [
            PageColumn("name", "What"),
            PageColumn("sex", "Sex"),
            PageColumn("published", "Printed or official", "worded"),
            PageColumn("of", "People and years"),
            PageColumn("status", "Status", "status"),
            PageColumn("computed", "The model's", "worded"),
            PageColumn("above", "Model minus official", "worded"),
            PageColumn("source", "Source"),
        ],
        rows,
    )


def _first_year(document: PreventionDocument) -> str:
    rows = document.health.beside_official
    return f", {rows[0].computed_year}," if rows else ""


def differs(document: PreventionDocument, place: Place) -> str:
    """Why modelled and printed lives differ, with by how much."""
    later = _later(place)
    lives = {r.sex: r.computed for r in document.health.beside_official if r.measure == LIFE}
    above = sorted(computed - later[sex] for sex, computed in lives.items() if sex in later)
    if not above:
        return ""
    ends = sorted({f"{value:.1f}" for value in above})
    longer = f"{ends[0]} to {ends[-1]}" if len(ends) > 1 else ends[0]
    luck = (
        f" With {document.run.simulated:,} people simulated, chance also changes it."
        if document.run.simulated < MANY
        else ""
    )
    if above[0] <= 0:
        return (
            f"The model's life expectancy differs from the official one of {OFFICIAL} by {longer} "
            f"years. Both are for other years and people than the printed one.{luck}"
        )
    return (
        f"The printed life expectancy is for residents in 2009 to 2011. The model's is {longer} "
        f"years longer than the official one of {OFFICIAL}. The reason is that the model uses the "
        f"official projection of 2014, which treated the many deaths of 2014/15 as chance.{luck}"
    )


def _later(place: Place) -> dict[str, float]:
    """The place's own official life expectancy at birth by sex, of the period beside the model."""
    return {
        difference.sex: difference.value
        for difference in official_life_expectancy(place)
        if (difference.measure, difference.age, difference.period) == ("life", 0, OFFICIAL)
        and not difference.area.startswith("England")
    }


def _tenth(value: float | None, unit: str) -> spreads.Worded | None:
    if value is None:
        return None
    last = 1.0 if unit == "deaths" else 0.1 if unit else 0.001
    return spreads.Worded(value, words.to_digit(value, unit, last))


def _beside(first: IntervalPart, second: IntervalPart) -> str:
    """Whether the first is more than the second, as far as their intervals tell."""
    if (first.p10 or 0.0) > (second.p90 or 0.0):
        return "more than"
    if (first.p90 or 0.0) < (second.p10 or 0.0):
        return "less than"
    return "not clearly more or less than"


def _change(row: HealthRow) -> str:
    difference = spreads.at(row.difference, -1)
    way = {-1: "narrower", 1: "wider"}.get(spreads.clear(difference))
    if way:
        size = spreads.size(difference)
        between = f" ({between})" if (between := spreads.interval(size)) else ""
        return f"{spreads.in_words(size, 'years')} {way}{between}"
    change = spreads.interval(difference, "years") or spreads.in_words(difference, "years")
    return f"not clearly changed ({change})"
