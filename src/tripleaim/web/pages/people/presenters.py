"""Who are we? The profile of the synthetic people as sentences and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tripleaim import wording as words
from tripleaim.measures import small_number, small_share
from tripleaim.place import READING_NOTE, Place
from tripleaim.plan import PlanDocument
from tripleaim.web.pages.people.pictures import MapArea
from tripleaim.web.ui.tables import Kind, PageColumn, PageTable

Profile = Mapping[str, Any]


def answer(document: PlanDocument, *, lists: bool) -> str:
    """How many people there are, and how old, now and in the last year of the plan.

    `lists` says whether practices' lists are held; without them the place has one population,
    which counts as registered and as living there.
    """
    base, last = document.base_year, document.years[-1]
    people = words.count(document.population[base])
    old = document.aged_75_and_over_pct
    counted = (
        f"{people} people are registered with {document.name}'s practices "
        f"and {words.count(document.resident_population[base])} live there. "
        f"{words.percent(old[base])} of the registered are"
        if lists
        else (
            f"{document.name} has {people} people, by the population in its files. We have no "
            f"practice lists. {words.percent(old[base])} are"
        )
    )
    return (
        f"{counted} 75 or over in {base}; by {last} it "
        f"will be {words.percent(old[last])} of {words.count(document.population[last])}."
    )


def registers(place: Place) -> str:
    """What the registers are that the model's conditions are held to."""
    if place.own.has("registers.csv"):
        return (
            "People in the model have conditions as often as the practices' registers say. "
            "“Register” is the official register of the practices here and “England” the same for "
            "England."
        )
    return (
        f"We have no registers of {place.name}'s practices and use England's. People in the model "
        "have conditions as often as people of their age and sex have them in England. So "
        "“Register” and “England” are the same, and say nothing about the place."
    )


def provenance(place: Place) -> list[tuple[str, str]]:
    """What each file of the place's people says of itself above its header: name and words."""
    texts = [(name, place.own.text(name)) for name in _OF_PEOPLE if place.own.has(name)]
    if len(texts) > 1:
        texts = [(name, text) for name, text in texts if name != "population.csv"]
    heads = [
        (name, [line[1:].strip() for line in text.splitlines() if _is_of_source(line)])
        for name, text in texts
    ]
    return [(name, " ".join(head)) for name, head in heads if head]


def _is_of_source(line: str) -> bool:
    """Whether a comment says where a file comes from; how it was read is shown with figures."""
    return line.startswith("#") and not line.startswith(READING_NOTE)


_OF_PEOPLE = (
    "registered.csv",
    "population.csv",
    "residents.csv",
    "practices.csv",
    "localities.csv",
    "lsoas.csv",
    "registers.csv",
)


def pyramid_description(profile: Profile) -> str:
    """What the pyramid shows, in a sentence."""
    bands = profile["pyramid"]

    def share(key: str, bands_of: tuple[str, ...]) -> float:
        return float(sum(b[key] for b in bands if b["age_band"] in bands_of))

    old = ("75-79", "80-84", "85-89", "90+")
    young = ("20-24", "25-29", "30-34", "35-39")
    return (
        "Age pyramid, men to the left and women to the right. Of the registered, "
        f"{words.percent(share('registered_pct', old))} are 75 or over, in England "
        f"{words.percent(share('england_pct', old))}; "
        f"{words.percent(share('registered_pct', young))} are from 20 to 39, in England "
        f"{words.percent(share('england_pct', young))}."
    )


def pyramid(profile: Profile) -> PageTable:
    """People by age band and sex, counts and shares."""
    return PageTable(
        "people-pyramid",
        "People by age and sex",
        [
            PageColumn("age_band", "Age"),
            PageColumn("sex", "Sex"),
            PageColumn("registered", "Registered", "count"),
            PageColumn("resident", "Resident", "count"),
            PageColumn("registered_pct", "Registered, share", "percent"),
            PageColumn("resident_pct", "Resident, share", "percent"),
            PageColumn("england_pct", "England, share", "percent"),
        ],
        profile.get("pyramid", []),
    )


def _with_luck(rows: list[dict[str, Any]]) -> tuple[list[PageColumn], list[dict[str, Any]]]:
    """Columns of limits, and rows with them, where a count of people is small."""
    small = [small_number(float(row["people"]), float(row["people"])) for row in rows]
    if not any(small):
        return [], rows
    limits = [
        {"low": one.interval.low, "high": one.interval.high} if one else {"low": None, "high": None}
        for one in small
    ]
    columns = [PageColumn("low", "By chance, from", "count"), PageColumn("high", "to", "count")]
    return columns, [row | limit for row, limit in zip(rows, limits, strict=True)]


def has_small_numbers(profile: Profile) -> bool:
    """Whether a table of this page shows a count of so few people that luck moves it."""
    tables = (make(profile) for make in TABLES.values())
    return any(c.key == "low" or c.key.endswith("_low") for t in tables for c in t.columns)


def conditions(profile: Profile) -> PageTable:
    """How common each condition is, beside the register and England."""
    limits, rows = _with_luck(sorted(profile.get("conditions", []), key=lambda r: -r["people"]))
    return PageTable(
        "people-conditions",
        "Long-term conditions, in per cent of those old enough to be on the register",
        [
            PageColumn("name", "Condition"),
            PageColumn("people", "People", "count"),
            *limits,
            PageColumn("pct", "Here", "percent"),
            PageColumn("register_pct", "Register", "percent"),
            PageColumn("england_pct", "England", "percent"),
        ],
        rows,
    )


def clustering(profile: Profile) -> PageTable:
    """People by how many of the eight conditions they have, against independence."""
    limits, rows = _with_luck(
        [r for r in profile.get("priority_counts", []) if r["conditions"] <= 4]
    )
    return PageTable(
        "people-clustering",
        "People by number of the eight conditions, compared with chance",
        [
            PageColumn("conditions", "Conditions", "count"),
            PageColumn("people", "People", "count"),
            *limits,
            PageColumn("ratio", "Ratio to chance", "plain"),
            PageColumn("published_ratio", "Published", "plain"),
            PageColumn("age_and_sex_alone", "Age and sex alone", "plain"),
            PageColumn("without_frailty", "Before calibration", "plain"),
        ],
        [
            {**r, **{k: _two(r.get(k)) for k in ("ratio", "age_and_sex_alone", "without_frailty")}}
            for r in rows
        ],
    )


def _two(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _limits_of_shares(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Limits of luck in each row's shares and in its conditions a head, in their units.

    Ages are those of the lists and no luck. None where many carry a number.
    """
    limits = []
    for row in rows:
        people = float(row["people"])
        of_row: dict[str, Any] = {}
        for key in ("most_deprived_pct", "two_or_more_pct"):
            share = small_share(row[key] * people / 100, people)
            of_row[f"{key}_low"] = 100 * share.low if share else None
            of_row[f"{key}_high"] = 100 * share.high if share else None
        small = small_number(row["conditions_a_head"], row.get("conditions_alike", 0.0))
        of_row["conditions_a_head_low"] = _two(small.interval.low) if small else None
        of_row["conditions_a_head_high"] = _two(small.interval.high) if small else None
        limits.append(of_row)
    return limits


def groups(profile: Profile, which: str, label: str, caption: str) -> PageTable:
    """People by quintile, locality or practice; where few carry a number, with limits of luck."""
    rows = profile.get(which, [])
    limits = _limits_of_shares(rows)

    def by_luck(key: str, kind: Kind) -> list[PageColumn]:
        if all(of_row[f"{key}_low"] is None for of_row in limits):
            return []
        return [
            PageColumn(f"{key}_low", "By chance, from", kind),
            PageColumn(f"{key}_high", "to", kind),
        ]

    has_england = any(r.get("england_pct") is not None for r in rows)
    has_within = any(r.get("within") for r in rows)
    return PageTable(
        f"people-{which}",
        caption,
        [
            PageColumn("name", label),
            *([PageColumn("within", "Part of")] if has_within else []),
            PageColumn("people", "People", "count"),
            PageColumn("pct", "Share", "percent"),
            *([PageColumn("england_pct", "England", "percent")] if has_england else []),
            PageColumn("aged_75_pct", "75 and over", "percent"),
            *(
                []
                if which == "quintiles"
                else [
                    PageColumn("most_deprived_pct", "In most deprived fifth", "percent"),
                    *by_luck("most_deprived_pct", "percent"),
                ]
            ),
            PageColumn("conditions_a_head", "Conditions per person", "plain"),
            *by_luck("conditions_a_head", "plain"),
            PageColumn("two_or_more_pct", "Two or more of the eight", "percent"),
            *by_luck("two_or_more_pct", "percent"),
        ],
        [
            {
                **r,
                **of_row,
                "name": words.capital(str(r["name"])),
                "conditions_a_head": _two(r["conditions_a_head"]),
            }
            for r, of_row in zip(rows, limits, strict=True)
        ],
    )


FIFTHS = ("most deprived", "second", "third", "fourth", "least deprived")


def areas_of_map(profile: Profile) -> dict[str, MapArea]:
    """Each small area by code: its deprivation fifth, from the name that the profile gives it."""
    shown = {}
    for row in profile.get("areas", []):
        if str(row.get("name", "")).startswith("quintile "):
            quintile = int(row["name"].removeprefix("quintile "))
            where = f", {row['within']}" if row.get("within") else ""
            people = f", {words.count(row['people'])} people" if "people" in row else ""
            shown[row["id"]] = MapArea(
                quintile, f"{row['id']}{where}: {FIFTHS[quintile - 1]} fifth{people}"
            )
    return shown


def map_description(areas: Mapping[str, MapArea]) -> str:
    """What the map shows, in a sentence."""
    most = sum(area.quintile == 1 for area in areas.values())
    return (
        f"Map of {len(areas)} small areas in five shades. The darkest is the most deprived fifth "
        f"of England's areas, which has {most} of them."
    )


TABLES: Mapping[str, Callable[[Profile], PageTable]] = {
    "people-pyramid": pyramid,
    "people-conditions": conditions,
    "people-clustering": clustering,
    "people-quintiles": lambda p: groups(
        p, "quintiles", "Fifth of England's areas", "People by deprivation"
    ),
    "people-localities": lambda p: groups(p, "localities", "Locality", "People by locality"),
    "people-practices": lambda p: groups(p, "practices", "Practice", "People by practice"),
}
