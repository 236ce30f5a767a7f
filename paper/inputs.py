"""Tables that follow from the inputs alone: what stands in the footprint's files."""

from __future__ import annotations

import csv
import math
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from paper.rows import counted, markdown, number_text, ranged, short
from tripleaim import people
from tripleaim.people import (
    Disease,
    RiskFactor,
    read_diseases,
    read_illness,
    read_risk_factors,
)
from tripleaim.place import STATUSES, Place
from tripleaim.place.estimate import Z_95, Estimate, Parameter
from tripleaim.plan.futures import lives
from tripleaim.prevention import Names, read_programmes
from tripleaim.prevention import parameters as programme_parameters
from tripleaim.prevention.assemble_late_outcomes import consequence_rows
from tripleaim.prevention.consequences import read_consequences
from tripleaim.prevention.job import all_parameters
from tripleaim.prevention.official import official_life_expectancy
from tripleaim.wording import who_in_words

SHOWN_AGE = 62
"""Relative risks that differ by age are shown at this one."""


def _interval(estimate: Estimate) -> str:
    if estimate.low is None and estimate.high is None:
        return short(estimate.value)
    return f"{short(estimate.value)} ({short(estimate.low)} to {short(estimate.high)})"


def diseases(place: Place) -> str:
    """One row a disease: what it does, and on what evidence."""
    registers = read_illness(place).registers
    rows = []
    for d in read_diseases(place):
        register = registers.get(d.id)
        largest = max(d.contacts, key=lambda p: abs(math.log(d.contacts[p].value)), default="")
        contact = f"{_point(place, largest)} {short(d.contacts[largest].value)}" if largest else "–"
        rows.append(
            [
                d.name,
                "assumed" if register is None else f"{register.id}, {register.minimum_age}+",
                _interval(d.death),
                d.death.status,
                short(d.quality.value),
                contact,
                number_text(100 * d.trend, 2),
                "yes" if d.can_be_left else "no",
            ]
        )
    headers = (
        *("disease", "how common: register, ages", "hazard ratio of death (95%)", "its status"),
        *("quality of life times", "most-raised contacts", "trend, % a year", "can be left"),
    )
    return markdown(headers, rows)


def _point(place: Place, point: str) -> str:
    return next(p.name for p in place.points_of_delivery if p.id == point)


def links(place: Place) -> str:
    """What raises each disease."""
    listed = read_diseases(place)
    names = {d.id: d.name for d in listed}
    return markdown(
        ("disease", "raised by (odds ratio)", "from studies"),
        [[d.name, _raised_by(d, names), _from_studies(d)] for d in listed if d.raised_by],
    )


def _raised_by(disease: Disease, names: Mapping[str, str]) -> str:
    found = []
    for link in disease.raised_by:
        later = f", after {link.lag_years} years" if link.lag_years else ""
        name = names[link.condition]
        if link.odds_ratio.status == "evidence":
            name = f"**{name}**"
        found.append(f"{name} {_interval(link.odds_ratio)}{later}")
    return "; ".join(found)


def _from_studies(disease: Disease) -> str:
    of = sum(link.odds_ratio.status == "evidence" for link in disease.raised_by)
    return f"{of} of {len(disease.raised_by)}"


def risk_factors(place: Place) -> str:
    """The levels of each risk factor, and how they move."""
    rows = []
    for f in read_risk_factors(place):
        effects = Counter(effect.status for effect in f.effects.values())
        ties = ", ".join(f"{other} {value:g}" for other, value in f.correlation.items())
        rows.append(
            [
                f.name,
                "; ".join(f.level_names),
                number_text(100 * float(f.trend[-1]), 1),
                f"{f.gradient[0]:g} to {f.gradient[-1]:g}".replace("-", "−"),
                ties or "–",
                counted((effects[s] for s in STATUSES), STATUSES),
                f.source,
            ]
        )
    headers = (
        *("risk factor", "levels, best first", "odds of the worst level, % a year"),
        *("deprived to not: standard deviations", "correlated with", "effects", "shares from"),
    )
    return markdown(headers, rows)


def risk_effects(place: Place) -> str:
    """What the worst level of each risk factor does to each target: a row a target."""
    names = {d.id: d.name for d in read_diseases(place)}
    factors = read_risk_factors(place)
    targets = sorted({target for f in factors for target in f.effects})
    rows = [
        [names.get(t, t.replace("_", " ").capitalize()), *(_effect(f, t) for f in factors)]
        for t in targets
    ]
    return markdown(("raises", *(f.name for f in factors)), rows)


def _effect(factor: RiskFactor, target: str) -> str:
    effect = factor.effects.get(target)
    if effect is None:
        return "–"
    men, women = (short(float(effect.relative[-1, sex, SHOWN_AGE])) for sex in (0, 1))
    value = men if men == women else f"{men} men, {women} women"
    if effect.status == "evidence":
        value = f"**{value}**"
    return f"{value}; spread {100 * effect.spread:.0f}%; lag {effect.lag_years}"


def _drawn_in(parameters: Sequence[Parameter], twenty: set[str], five: set[str]) -> str:
    """Which of the two jobs move these parameters."""
    words = [
        word
        for word, ids in (("five years", five), ("twenty years", twenty))
        if any(p.id in ids for p in parameters)
    ]
    return ", ".join(words)


FAMILIES: Mapping[str, str] = {
    "death/": "hazard ratio of death, a disease",
    "link/": "odds ratio, a disease after another",
    "contacts/": "contacts with a disease, times",
    "quality/": "quality of life with a disease, times",
    "risk/": "relative risk, a risk factor",
    "trend/risk/": "trend of a risk factor",
    "trend/": "trend of a disease",
    "mortality/": "fall of mortality",
    "migration/": "net migration",
    "fertility": "births",
    "programme/*/effect": "effect of a programme",
    "programme/*/decay": "half-life of an effect",
    "programme/*/uptake": "uptake of a programme",
    "programme/*/cost": "cost of a programme",
    "late-outcome/": "what happens after a late outcome",
    "price/": "unit cost",
}


def _family(parameter: str) -> str:
    whole = re.sub(r"^programme/[^/]+/", "programme/*/", parameter)
    return max((f for f in FAMILIES if whole.startswith(f)), key=len, default=whole)


def parameters(place: Place) -> str:
    """What moves in a draw of twenty years, by family."""
    families: dict[str, dict[str, Parameter]] = defaultdict(dict)
    programmes = read_programmes(place, _names(place))
    twenty_years = all_parameters(place, programme_parameters(programmes))
    five_years = lives.parameters(place)
    twenty, five = ({p.id for p in drawn} for drawn in (twenty_years, five_years))
    for parameter in (*five_years, *twenty_years):
        families[_family(parameter.id)][parameter.id] = parameter
    rows = []
    for family in (f for f in FAMILIES if f in families):
        of_family = list(families[family].values())
        status = Counter[str](p.estimate.status for p in of_family)
        spread = statistics.median(p.estimate.spread for p in of_family)
        bare = sum(p.estimate.low is None and p.estimate.high is None for p in of_family)
        of_variants = family == "mortality/"
        causes = {p.shares for p in of_family if p.shares}
        rows.append(
            [
                FAMILIES[family],
                str(len(of_family)),
                counted((status[s] for s in STATUSES), STATUSES),
                "official variants" if of_variants else f"× ÷ {math.exp(Z_95 * spread):.2f}",
                "0" if of_variants else str(bare),
                str(len(causes)) if causes else "none",
                _drawn_in(of_family, twenty, five),
            ]
        )
    headers = (
        *("parameters", "number", "status", "middle 95% range", "without their own interval"),
        *("shared causes", "drawn in"),
    )
    return markdown(headers, rows)


def _names(place: Place) -> Names:
    return Names(
        conditions=tuple(d.id for d in read_diseases(place)),
        risk_levels=tuple((f.id, f.levels) for f in read_risk_factors(place)),
        points_of_delivery=tuple(p.id for p in place.points_of_delivery),
        outcomes=people.late_outcome_ids(place),
    )


def programmes(place: Place) -> str:
    """Whom each programme of prevention reaches and what it costs."""
    rows = []
    for p in read_programmes(place, _names(place)):
        costs = "; ".join(f"£{short(c.value)} {c.kind}" for c in p.costs if "per" in c.kind)
        fixed = sum(c.value for c in p.costs if c.kind in ("set-up", "recurrent"))
        if fixed:
            costs += f"{'; ' if costs else ''}£{fixed:g} for each registered person"
        full = [100 * share for share in p.uptake_full]
        rows.append(
            [
                p.name,
                who_in_words(p.who, place),
                f"{p.start}, {p.years_to_full} years",
                f"{full[0]:g} to {full[-1]:g}",
                costs,
                ", ".join(sorted({c.payer for c in p.costs})),
                p.uptake_status,
            ]
        )
    headers = (
        *("programme", "who", "start, roll-out", "uptake in the end, most to least deprived, %"),
        *("cost", "paid by", "status of uptake"),
    )
    return markdown(headers, rows)


def programme_effects(place: Place) -> str:
    """What each programme changes, on what evidence."""
    rows = []
    for p in read_programmes(place, _names(place)):
        for e in p.effects:
            rows.append(
                [
                    p.name,
                    f"{e.changes}, {e.target.replace('_', ' ').replace('-', ' ')}",
                    f"{short(e.value)} ({short(e.low)} to {short(e.high)})" if e.acts else "none",
                    e.unit or ("ratio" if e.is_ratio else ""),
                    "lasts" if e.half_life is None else short(e.half_life.value),
                    e.design,
                    e.status,
                    e.source,
                ]
            )
    headers = (
        *("programme", "changes", "size (95%)", "unit", "half-life, years", "design", "status"),
        "source",
    )
    return markdown(headers, rows)


def figures(place: Place) -> str:
    """Single figures by status, and the lines of tables and files."""
    status = Counter[str](f.status for f in place.figures.values())
    lines = sum((_statuses(file) for file in _files(place)), Counter[str]())
    rows = [[s, str(status[s]), str(lines[s]), MEANING[s]] for s in STATUSES]
    rows.append(["all", str(status.total()), str(lines.total()), ""])
    return markdown(("status", "figures", "lines of tables and files", "meaning"), rows)


MEANING: Mapping[str, str] = {
    "published": "the plan prints it",
    "public": "an official statistic",
    "evidence": "a study",
    "calibrated": "solved so that the model matches a published figure",
    "assumed": "our own, with its reason in the file",
}


def _folders(place: Place) -> tuple[Path, ...]:
    return tuple(folder.path for folder in place.files.folders)


def _files(place: Place) -> list[Path]:
    """Every file that the place reads, its own before one of the same name."""
    found: dict[str, Path] = {}
    for folder in _folders(place):
        for file in sorted(folder.rglob("*")):
            name = str(file.relative_to(folder))
            merged = name.startswith(("figures", "sources"))
            if file.suffix in (".csv", ".toml") and "backtest/" not in name:
                found.setdefault(str(file) if merged else name, file)
    return [f for f in found.values() if not f.name.startswith(("figures", "sources"))]


def _statuses(file: Path) -> Counter[str]:
    """How many lines of a table, or blocks of a TOML file, have each status."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".toml":
        found = re.findall(r'^(?:status|claim_status) = "(\w+)"', text, re.MULTILINE)
        return Counter(s for s in found if s in STATUSES)
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    named = re.search(r"^#.*\bstatus:? (\w+)", text, re.MULTILINE)
    if rows and "status" not in rows[0]:
        return Counter({named[1]: len(rows)}) if named and named[1] in STATUSES else Counter()
    return Counter(row["status"] for row in rows if row.get("status") in STATUSES)


def sources(place: Place) -> str:
    """Every source that a figure, a line or a file names, with what rests on it by status."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for figure in place.figures.values():
        used[figure.source][figure.status] += 1
    for file in _files(place):
        for source, status in _sourced(file):
            if source in place.sources:
                used[source][status] += 1
    rows = []
    often = [key for key in used if used[key].total() > 1]
    for key in sorted(often, key=lambda k: (-used[k].total(), k)):
        source = place.sources[key]
        uses = used[key]
        rows.append(
            [
                f"`{key}`",
                f"{source.title}. {source.publisher}, {source.edition[:4]}: {source.table}",
                counted((uses[s] for s in (*STATUSES, "")), (*STATUSES, "without a status")),
            ]
        )
    once = "; ".join(
        f"`{key}` {place.sources[key].title}, {place.sources[key].edition[:4]}"
        for key in sorted(used.keys() - set(often))
    )
    rows.append(["named once each", once, ""])
    return markdown(("source", "what", "numbers that name it"), rows)


def _sourced(file: Path) -> list[tuple[str, str]]:
    """(source, status) of each line of a table, of each block of a TOML file."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".csv":
        comment = re.search(r"^# source: (\S+)", text, re.MULTILINE)
        status = re.search(r"^# status: (\w+)", text, re.MULTILINE)
        if comment:
            return [(comment[1], status[1] if status else "")]
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        return [
            (row["source"] or "", row.get("status") or "")
            for row in csv.DictReader(lines)
            if "source" in row
        ]
    found = []
    for block in re.split(r"^\[", text, flags=re.MULTILINE):
        source = re.search(r'^source = "([^"]+)"', block, re.MULTILINE)
        status = re.search(r'^status = "(\w+)"', block, re.MULTILINE)
        if source:
            found.append((source[1], status[1] if status else ""))
    return found


def late_outcomes(place: Place) -> str:
    """What follows on late outcomes, and which of them a condition carries."""
    consequences = read_consequences(
        place, people.late_outcome_ids(place), [d.id for d in read_diseases(place)]
    )
    rows = [
        [
            row.outcome.replace("_", " "),
            row.effect + (f": {row.carried_by}" if row.carried_by else ""),
            "–" if row.value is None else ranged(row.value, row.low, row.high, 2),
            row.status,
            row.source,
        ]
        for row in consequence_rows(consequences)
    ]
    return markdown(("outcome", "what", "value (95%)", "status", "source"), rows)


NOT_PRINTED = ("nhp-life-expectancy", "ons-deaths-single-age-1961-2014")
"""Long series that steer nothing and would fill a page."""


def official_life(place: Place) -> str:
    """Official life expectancy held of the plan's time, the place's and England's."""
    by_sex: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for o in official_life_expectancy(place):
        if o.source not in NOT_PRINTED:
            key = (_measured(o.measure), o.area, o.period.replace("/", " to "), str(o.age))
            by_sex[(*key, o.source)][o.sex] = number_text(o.value)
    rows = [
        [*key[:-1], values.get("male", "–"), values.get("female", "–"), key[-1]]
        for key, values in sorted(by_sex.items())
    ]
    return markdown(("measure", "area", "years", "age", "men", "women", "source"), rows)


def _measured(measure: str) -> str:
    words = {
        "life": "life expectancy",
        "healthy": "healthy life expectancy",
        "slope-life": "slope index, life expectancy",
        "slope-healthy": "slope index, healthy life expectancy",
    }
    return words[measure]


def contacts(place: Place) -> str:
    """England's rates of contact, and what they grow by beyond size and age."""
    growth = _csv(place.path("trends.csv"))
    level = {row["point_of_delivery"]: row["level"] for row in _csv(place.path("level.csv"))}
    rows = []
    for row in growth:
        point = row["point_of_delivery"]
        rate = place.figure(f"england-contacts.{point}")
        rows.append(
            [
                _point(place, point),
                number_text(rate.value, 1),
                rate.status,
                level[point],
                number_text(float(row["pct_a_year"]), 2),
                row["status"],
            ]
        )
    headers = (
        *("point of delivery", "England, a year for 1,000", "its status", "uncalibrated level"),
        *("growth beyond size and age, % a year", "its status"),
    )
    return markdown(headers, rows)


def local_levels(place: Place) -> str:
    """Recorded deaths and births against those expected at England's rates."""
    rows = [
        [
            row["event"],
            f"{row['age_from']} to {row['age_to']}",
            row["observed"],
            row["expected"],
            number_text(float(row["ratio"]), 2),
        ]
        for row in _csv(place.path("local_levels.csv"))
    ]
    return markdown(("event", "ages", "recorded", "expected", "ratio"), rows)


def calibrated(place: Place) -> str:
    """What is solved of people and their lives; the accounts' plugs have a table of their own."""
    rows = [
        [f.id, number_text(f.value, 2), f.unit, f.cause]
        for f in sorted(place.figures.values(), key=lambda f: f.id)
        if f.status == "calibrated" and not f.id.startswith(STAFF)
    ]
    rows += [
        [
            f"frailty, {row['parameter']}",
            row["value"],
            "log-odds a standard deviation",
            f"{row['cause']} (uncalibrated: {row['uncalibrated']})",
        ]
        for row in _csv(place.path("frailty.csv"))
        if row["status"] == "calibrated"
    ]
    return markdown(("parameter", "value", "unit", "to what, and the value without"), rows)


STAFF = ("skill-mix", "contact-")
"""Figures of printed staffing tables: no part of the model of people and money."""


def _csv(file: Path) -> Sequence[Mapping[str, str]]:
    text = file.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines))


TABLES: Mapping[str, Callable[[Place], str]] = {
    "diseases": diseases,
    "links": links,
    "risk-factors": risk_factors,
    "risk-effects": risk_effects,
    "parameters": parameters,
    "programmes": programmes,
    "programme-effects": programme_effects,
    "figures": figures,
    "sources": sources,
    "late-outcomes": late_outcomes,
    "official-life": official_life,
    "contacts": contacts,
    "local-levels": local_levels,
    "calibrated": calibrated,
}
