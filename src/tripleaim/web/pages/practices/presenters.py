"""Practices in words and rows: the table of all of them, and the profile of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tripleaim import wording as words
from tripleaim.measures import FEW_ALIKE, Interval
from tripleaim.place import SEXES, Place
from tripleaim.plan import CareHere, PracticePart, PracticesDocument
from tripleaim.web.pages.practices.practice_facts import PracticeFacts, nearest
from tripleaim.web.ui.charts.ranges import RangeRow
from tripleaim.web.ui.tables import PageColumn, PageTable

Facts = Mapping[str, PracticeFacts]
Row = dict[str, Any]

NEIGHBOURS = 5
HOME = "people/practices/"
MORE, FEWER, ALIKE = "more than expected", "fewer than expected", "no clear difference"


def every_practice(
    document: PracticesDocument, facts: Facts, profile: Mapping[str, Any]
) -> PageTable:
    """A row for each practice; also the file practices.csv."""
    described = {row["id"]: row for row in profile.get("practices", [])}
    return PageTable(
        "practices",
        "Practices",
        [
            PageColumn("name", "Practice"),
            PageColumn("code", "Code"),
            PageColumn("locality", "Locality"),
            PageColumn("people", "People on the list", "count"),
            PageColumn("aged_75_pct", "75 and over", "percent"),
            PageColumn("most_deprived_pct", "In most deprived fifth", "percent"),
            PageColumn("two_or_more_pct", "Two or more of the eight conditions", "percent"),
            PageColumn("cost_a_head", f"Cost in {document.year}, £ per person", "count"),
            *_limits("cost_a_head", "count"),
            PageColumn("against_pct", "Cost, % of expected", "tenths"),
        ],
        [
            _row(facts[code], part, described.get(code, {}))
            for code, part in document.practices.items()
        ],
    )


def _limits(key: str, kind: Any) -> list[PageColumn]:
    return [PageColumn(f"{key}_low", "From", kind), PageColumn(f"{key}_high", "To", kind)]


def _row(facts: PracticeFacts, part: PracticePart, described: Mapping[str, Any]) -> Row:
    keys = ("aged_75_pct", "most_deprived_pct", "two_or_more_pct")
    return {
        "name": facts.name,
        "href": f"{HOME}{facts.code}/",
        "code": facts.code,
        "locality": facts.locality,
        "people": facts.people,
        **{key: described.get(key) for key in keys},
        **_a_head("cost_a_head", part.cost, part.people_then),
        "against_pct": _against(part.cost),
    }


def _a_head(key: str, care: CareHere, people: int, per: float = 1.0) -> Row:
    interval = care.interval
    if not people or interval is None:
        return dict.fromkeys((key, f"{key}_low", f"{key}_high"))
    each = interval.times(per / people)
    return {key: each.value, f"{key}_low": each.low, f"{key}_high": each.high}


def _against(care: CareHere) -> float | None:
    return 100 * care.amount / care.expected if care.expected else None


def list_answer(document: PracticesDocument, facts: Facts, name: str) -> str:
    """How many practices there are, how large, and how their cost differs."""
    sizes = sorted(one.people for one in facts.values())
    against = sorted(a for p in document.practices.values() if (a := _against(p.cost)) is not None)
    sentence = (
        f"{name} has {len(sizes)} practices, with {words.count(sizes[0])} to "
        f"{words.count(sizes[-1])} people each."
    )
    if not against:
        return sentence
    return (
        f"{sentence} For people of the same age and sex, care costs from "
        f"{_percent_of(against[0])} to {_percent_of(against[-1])} of the average."
    )


def _percent_of(value: float) -> str:
    return f"{value:.0f}%"


def answer(part: PracticePart, facts: PracticeFacts, document: PracticesDocument, name: str) -> str:
    """How many are registered, and what their care costs beside what is expected."""
    sentence = (
        f"{facts.name} in {facts.locality} has {words.count(facts.people)} people on its list."
    )
    each = _a_head("cost", part.cost, part.people_then)
    against = _against(part.cost)
    if each["cost"] is None or against is None:
        return sentence
    return (
        f"{sentence} In {document.year} their care costs £{each['cost']:,.0f} per person "
        f"(£{each['cost_low']:,.0f} to £{each['cost_high']:,.0f}), {_beside(against)} people of "
        f"their age and sex in {name}."
    )


def _beside(against: float) -> str:
    change = round(against - 100)
    if not change:
        return "as much as that of"
    return f"{abs(change)}% {'more' if change > 0 else 'less'} than that of"


def ages(facts: PracticeFacts, every: Facts, name: str) -> PageTable:
    """The list by age band beside all lists; also the file practice-ages-<practice>.csv."""
    bands = list(dict.fromkeys(band for _, band in facts.lists))
    whole = sum(one.people for one in every.values())
    rows = []
    for band in bands:
        here = {sex: facts.lists.get((sex, band), 0) for sex in SEXES}
        everywhere = sum(one.lists.get((sex, band), 0) for one in every.values() for sex in SEXES)
        rows.append(
            {
                "band": band,
                **here,
                "pct": 100 * sum(here.values()) / max(facts.people, 1),
                "place_pct": 100 * everywhere / max(whole, 1),
            }
        )
    return PageTable(
        f"practice-ages-{facts.code}",
        "People on the list by age and sex (official)",
        [
            PageColumn("band", "Age"),
            *(PageColumn(sex, sex.capitalize(), "count") for sex in SEXES),
            PageColumn("pct", "Share here", "percent"),
            PageColumn("place_pct", name, "percent"),
        ],
        rows,
    )


_FIFTHS = ("Most deprived fifth", "Second", "Third", "Fourth", "Least deprived fifth")


def deprivation(part: PracticePart, code: str, document: PracticesDocument, name: str) -> PageTable:
    """People by fifth of England's areas; also the file practice-deprivation-<practice>.csv."""
    everybody = [p.quintiles for p in document.practices.values()]
    whole = sum(map(sum, everybody))
    return PageTable(
        f"practice-deprivation-{code}",
        "People by deprivation of the area where they live (modelled)",
        [
            PageColumn("name", "Fifth of England’s areas"),
            PageColumn("people", "People", "count"),
            PageColumn("pct", "Share here", "percent"),
            PageColumn("place_pct", name, "percent"),
        ],
        [
            {
                "name": fifth,
                "people": part.quintiles[q],
                "pct": 100 * part.quintiles[q] / max(part.people, 1),
                "place_pct": 100 * sum(one[q] for one in everybody) / max(whole, 1),
            }
            for q, fifth in enumerate(_FIFTHS)
        ],
    )


def conditions(part: PracticePart, code: str, document: PracticesDocument) -> PageTable:
    """People with each condition against expected; also practice-conditions-<practice>.csv."""
    return PageTable(
        f"practice-conditions-{code}",
        "People with each condition, and how many are expected (modelled)",
        [
            PageColumn("name", "Condition"),
            PageColumn("people", "People", "count"),
            PageColumn("expected", "Expected", "tenths"),
            PageColumn("ratio_pct", "% of expected", "tenths"),
            *_limits("ratio_pct", "tenths"),
            PageColumn("verdict", "More than chance?"),
        ],
        [
            {
                "name": document.condition_names[condition],
                "people": here.people,
                "expected": here.expected,
                **_in_percent(here.ratio),
                "verdict": verdict(here.ratio),
            }
            for condition, here in part.conditions.items()
        ],
    )


def _in_percent(ratio: Interval | None) -> Row:
    keys = ("ratio_pct", "ratio_pct_low", "ratio_pct_high")
    if ratio is None:
        return dict.fromkeys(keys)
    return dict(zip(keys, (100 * ratio.value, 100 * ratio.low, 100 * ratio.high), strict=True))


def verdict(ratio: Interval | None) -> str:
    """Whether the interval of a ratio leaves room for 1."""
    if ratio is None:
        return "no people are expected"
    return MORE if ratio.low > 1 else FEWER if ratio.high < 1 else ALIKE


def dots(part: PracticePart, document: PracticesDocument) -> list[RangeRow]:
    """The conditions with their intervals, in per cent of expected, the highest first."""
    rows = [
        RangeRow(
            document.condition_names[condition],
            100 * ratio.value,
            100 * ratio.low,
            100 * ratio.high,
            f"{words.count(here.people)} people",
        )
        for condition, here in part.conditions.items()
        if (ratio := here.ratio) is not None
    ]
    return sorted(rows, key=lambda row: -row.value)


def description(part: PracticePart, document: PracticesDocument) -> str:
    """What the picture shows, in a sentence."""
    ratios = {document.condition_names[c]: here.ratio for c, here in part.conditions.items()}
    more = [words.inside(c) for c, ratio in ratios.items() if verdict(ratio) == MORE]
    fewer = [words.inside(c) for c, ratio in ratios.items() if verdict(ratio) == FEWER]
    return (
        "Dots are people with a condition, in per cent of the number expected. Bands are 95% "
        f"intervals. More than chance explains: {words.listed(more) or 'none'}. Fewer: "
        f"{words.listed(fewer) or 'none'}."
    )


def caption(name: str) -> str:
    """What dots, bands and the line of the picture are."""
    return (
        f"Dots are people in per cent of the number expected at the average of {name} for their "
        "age and sex. Bands are 95% intervals (Byar’s method). The line is the expected number."
    )


def contacts(part: PracticePart, code: str, document: PracticesDocument, place: Place) -> PageTable:
    """Contacts for each 1,000 people, and cost; also practice-contacts-<practice>.csv."""
    return PageTable(
        f"practice-contacts-{code}",
        f"Care of its people in {document.year} (modelled)",
        [
            PageColumn("name", "Care"),
            PageColumn("unit", "Counted in"),
            PageColumn("rate", "Here", "tenths"),
            *_limits("rate", "tenths"),
            PageColumn("expected", "Expected", "tenths"),
            PageColumn("against_pct", "% of expected", "tenths"),
        ],
        [
            _care("All care", "£ per person", part.cost, part.people_then, 1.0),
            *(
                _care(
                    point.name,
                    f"{point.unit} for 1,000 people",
                    part.contacts[point.id],
                    part.people_then,
                    1000.0,
                )
                for point in place.points_of_delivery
            ),
        ],
    )


def _care(name: str, unit: str, care: CareHere, people: int, per: float) -> Row:
    return {
        "name": name,
        "unit": unit,
        **_a_head("rate", care, people, per),
        "expected": per * care.expected / people if people else None,
        "against_pct": _against(care),
    }


def luck_note(cares: Iterable[CareHere]) -> str:
    """What is said of small numbers, where there are any; else what the limits are."""
    if any(0 < care.alike < FEW_ALIKE for care in cares):
        return words.SMALL_NUMBERS_NOTE
    return "“From” and “to” are the 10% and the 90% over other people drawn at the same rates."


def neighbours(facts: PracticeFacts, every: Facts, document: PracticesDocument) -> PageTable:
    """The nearest practices; also the file practice-neighbours-<practice>.csv."""
    return PageTable(
        f"practice-neighbours-{facts.code}",
        f"The {NEIGHBOURS} nearest practices",
        [
            PageColumn("name", "Practice"),
            PageColumn("locality", "Locality"),
            PageColumn("km", "Kilometres in a straight line", "tenths"),
            PageColumn("people", "People on the list", "count"),
            PageColumn("against_pct", "Cost, % of expected", "tenths"),
        ],
        [
            {
                "name": other.name,
                "href": f"{HOME}{other.code}/",
                "locality": other.locality,
                "km": km,
                "people": other.people,
                "against_pct": _against(document.practices[other.code].cost),
            }
            for km, other in nearest(facts, every, NEIGHBOURS)
        ],
    )


def official(place: Place) -> Sequence[tuple[str, str]]:
    """What the official files of practices say of themselves above their header."""
    heads = []
    for name in ("registered.csv", "practices.csv", "localities.csv"):
        lines = place.text(name).splitlines()
        heads.append((name, " ".join(x[1:].strip() for x in lines if x.startswith("#"))))
    return heads
