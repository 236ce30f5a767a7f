"""What a QALY costs, over the horizon and over lifetimes, and published evaluations beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tripleaim import wording as words
from tripleaim.place import Place
from tripleaim.prevention import AcceptabilityRow, Basis, PreventionDocument, PublishedRow, ValueRow
from tripleaim.web.pages.outcomes.presenters import spreads
from tripleaim.web.pages.outcomes.presenters.prevention import (
    headline_rate,
    horizon,
    per_qaly,
    qaly_cells,
    qaly_columns,
    value_row,
)
from tripleaim.web.ui.charts.fan import SEVEN
from tripleaim.web.ui.charts.series import ChartLine
from tripleaim.web.ui.tables import PageColumn, PageTable

ALL: Basis = "all joiners, horizon"
FIRST: Basis = "first joiners, horizon"
LIFETIME: Basis = "first joiners, lifetime"

SORTS = {
    "order": "As listed",
    "per": "£ a QALY",
    "net": "Net cost",
    "qalys": "QALYs",
    "name": "Name",
}
PUBLISHED_SORTS = {"order": "As listed", "ratio": "Ours divided by theirs", "name": "Name"}
TOGETHER = ("together", "acting")


def basis_in_words(document: PreventionDocument, basis: Basis) -> str:
    """Who joins and how long they are followed: "All who join, twenty years"."""
    return {
        ALL: f"All who join, {horizon(document)}",
        FIRST: f"People who join in the plan's years, {horizon(document)}",
        LIFETIME: "People who join in the plan's years, over their lifetimes",
    }[basis]


def answer(document: PreventionDocument) -> str:
    """The first sentence of the page."""
    short, long = (value_row(document, "acting", basis) for basis in (ALL, LIFETIME))
    if short is None:
        return "This run is older than the common basis for money and health: run it again."
    rate = f"{headline_rate(document):g}%"
    first = (
        f"A quality-adjusted year of life costs {per_qaly(short.gbp_per_qaly)} over "
        f"{horizon(document)}. Money and health are both discounted at {rate}"
    )
    if long is None:
        return f"{first}."
    return (
        f"{first}. Over the lifetimes of those who join in the plan's years, it costs "
        f"{per_qaly(long.gbp_per_qaly)}. Programmes without a known effect are left out of both."
    )


def why_two(document: PreventionDocument) -> str:
    """Why both bases are shown, as a sentence."""
    first, last = document.plan_years[0], document.plan_years[-1]
    return (
        "People who join late cost as much as others but gain little before "
        f"{document.years[-1]}. So a programme looks expensive if we count all joiners over "
        f"{horizon(document)}. The lifetime basis follows people who join from {first} to {last} "
        "until they die. It counts the care that they need in the years they gain. Nobody is "
        "born, moves in or moves out."
    )


def side_by_side(document: PreventionDocument) -> PageTable:
    """Each programme once, the three bases beside each other, at the rate of headlines."""
    rate = headline_rate(document)
    found = {(r.id, r.basis): r for r in _rows(document) if r.rate_pct == rate}
    keys = list(dict.fromkeys(r.id for r in _rows(document)))
    bases = [b for b in (ALL, FIRST, LIFETIME) if any(of == b for _, of in found)]
    columns = [PageColumn("name", "Programme")]
    for basis in bases:
        short = _SHORT[basis]
        columns += [
            PageColumn(f"per_{short}", f"£ a QALY: {_BRIEF[basis]}", "worded"),
            PageColumn(f"per_{short}_interval", "10% to 90%", "worded"),
        ]
    columns += [
        *spreads.columns("net", "Net cost, lifetime" if LIFETIME in bases else "Net cost"),
        *spreads.columns("qalys", "QALYs, lifetime" if LIFETIME in bases else "QALYs"),
        PageColumn("luck", "Standard error of chance", "worded"),
        PageColumn(
            "worth", f"Worth it at {words.price(document.qaly_value_gbp)}, % of draws", "plain"
        ),
        PageColumn("even", "Breaks even, % of draws", "plain"),
    ]
    return PageTable(
        "outcomes-value",
        f"£ a QALY on each basis, money (£m) and QALYs both discounted at {rate:g}% a year",
        columns,
        [
            _side(k, [found[key, basis] for basis in bases if (key, basis) in found])
            for k, key in enumerate(keys)
        ],
    )


_SHORT: Mapping[Basis, str] = {ALL: "all", FIRST: "first", LIFETIME: "life"}
_BRIEF: Mapping[Basis, str] = {
    ALL: "all who join, within the horizon",
    FIRST: "first joiners, within the horizon",
    LIFETIME: "first joiners, lifetime",
}


def _side(k: int, rows: Sequence[ValueRow]) -> dict[str, object]:
    last = rows[-1]
    cells: dict[str, object] = {"order": -k, "name": last.name}
    for row in rows:
        for key, value in qaly_cells(row.gbp_per_qaly).items():
            cells[key.replace("per", f"per_{_SHORT[row.basis]}", 1)] = value
    luck = last.qalys.luck
    return {
        **cells,
        "per": last.gbp_per_qaly.central,
        **spreads.cells("net", last.net_cost, "£m"),
        **spreads.cells("qalys", last.qalys),
        "luck": None if luck is None else spreads.Worded(luck, f"± {words.plain(luck)}"),
        "worth": last.gbp_per_qaly.worth_it_pct,
        "even": last.breaks_even_pct,
    }


def every_rate(document: PreventionDocument) -> PageTable:
    """Every line of money and QALYs: each basis, undiscounted and at each rate."""
    return PageTable(
        "outcomes-value-rates",
        "Cost, care avoided and QALYs on each basis, undiscounted and at each rate, £m; money and "
        "QALYs have the same rate",
        [PageColumn("rate", "Discounted at, %", "plain"), *_columns()],
        [
            {"rate": row.rate_pct, **_cells(document, k, row)}
            for k, row in enumerate(_rows(document))
        ],
    )


def without_effect(document: PreventionDocument) -> str:
    """Which programmes have a cost and no effect, and what they cost, as a sentence."""
    value = document.value
    if value is None or not value.without_effect:
        return ""
    names = {p.id: p.name for p in document.programmes}
    whole, acting = (value_row(document, key) for key in TOGETHER)
    cost = ""
    if whole and acting:
        less = (whole.programme_cost.central or 0.0) - (acting.programme_cost.central or 0.0)
        cost = f" and cost {words.money(less)}"
    idle = words.listed([words.inside(names[p]) for p in value.without_effect])
    return (
        f"No controlled study shows the effect of these programmes, so we count none here{cost}: "
        f"{idle}. Their effect is not known; it need not be zero. All programmes together are "
        "shown with and without them."
    )


def curves(document: PreventionDocument, basis: Basis) -> list[ChartLine]:
    """Lines of acceptability: programmes with an effect, and all of them together."""
    shown = _shown_curves(document, basis)
    along = labels(document)
    return [
        ChartLine(
            _two_lines(row.name),
            SEVEN[k % len(SEVEN)],
            dict(zip(along, row.pct, strict=True)),
            dashed=row.id in TOGETHER,
        )
        for k, row in enumerate(shown)
    ]


def labels(document: PreventionDocument) -> list[str]:
    """What a QALY may be worth, as the axis says it: £20k."""
    thresholds = document.value.thresholds_gbp if document.value else []
    return [f"£{t / 1000:g}k" if t else "£0" for t in thresholds]


def curves_description(document: PreventionDocument, basis: Basis) -> str:
    """What the picture shows, in a sentence."""
    at = document.qaly_value_gbp
    thresholds = document.value.thresholds_gbp if document.value else []
    if at not in thresholds:
        at = thresholds[len(thresholds) // 2] if thresholds else 0.0
    k = list(thresholds).index(at) if thresholds else 0
    labels = [f"{row.name} {row.pct[k]:.0f}%" for row in _shown_curves(document, basis)]
    return (
        "Lines of the share of draws in which each programme is worth what it costs, by the value "
        f"of a QALY; {basis_in_words(document, basis).lower()}. At {words.price(at)}: "
        f"{words.listed(labels)}."
    )


def acceptability(document: PreventionDocument) -> PageTable:
    """The share of draws in which each is worth it, by what a QALY is worth, on every basis."""
    value = document.value
    thresholds = value.thresholds_gbp if value else []
    columns = [PageColumn(f"at_{t:.0f}", f"At {words.price(t)}, %", "plain") for t in thresholds]
    return PageTable(
        "outcomes-acceptability",
        "Draws in which it is worth its cost, %, by the value of a QALY; both discounted at "
        f"{headline_rate(document):g}%",
        [PageColumn("name", "Programme"), PageColumn("basis", "Basis"), *columns],
        [
            {
                "name": row.name,
                "basis": basis_in_words(document, row.basis),
                **{f"at_{t:.0f}": pct for t, pct in zip(thresholds, row.pct, strict=True)},
            }
            for row in (value.acceptability if value else [])
        ],
    )


def published_answer(document: PreventionDocument) -> str:
    """The first sentence of the page of published evaluations."""
    rows = document.published
    if not rows:
        return "We know no published evaluation of this place's programmes."
    if all(row.ours_basis is None for row in rows):
        return (
            "This run did not follow people over their lifetimes, so no evaluation is compared "
            "with ours."
        )
    near = sum(bool(row.within_twice) for row in rows)
    alike = sum(bool(row.both_save) for row in rows)
    numbers = sum(row.within_twice is not None for row in rows)
    savings = sum(row.both_save is not None for row in rows)
    return (
        f"{words.capital(spreads.counted(len(rows)))} published evaluations are compared with "
        f"ours, each on its own basis. Of {spreads.counted(numbers)} with two costs to compare "
        f"{spreads.counted(near)} are within a factor of two. Of {spreads.counted(savings)} that "
        f"found a saving {spreads.counted(alike)} {'is' if alike == 1 else 'are'} a saving here "
        "too. For each one that differs, we give the reason and its effect in pounds."
    )


def published(document: PreventionDocument, place: Place | None = None) -> PageTable:
    """Each published evaluation beside ours, with why they differ."""
    names = {p.id: p.name for p in document.programmes}
    return PageTable(
        "outcomes-published",
        "Published evaluations and ours on the same basis; theirs at their own prices, ours at "
        f"those of {document.price_year}",
        [
            PageColumn("name", "Programme"),
            PageColumn("evaluation", "Evaluation"),
            PageColumn("theirs", "Theirs", "worded"),
            PageColumn("ours", "Ours, on the same basis", "worded"),
            PageColumn("ratio", "Ours divided by theirs", "plain"),
            PageColumn("near", "Within twice"),
            PageColumn("why", "Why ours differs"),
            PageColumn("pays", "Theirs pays back after, years", "plain"),
            PageColumn("ours_pays", "Ours pays back after, years", "plain"),
            PageColumn("gain", "QALYs a person, theirs", "plain"),
            PageColumn("ours_gain", "QALYs a person, ours", "plain"),
            PageColumn("basis", "What is compared with it"),
            PageColumn("setting", "People, years and payer"),
            PageColumn("status", "Status", "status"),
            PageColumn("source", "Source"),
        ],
        [
            {
                "order": -k,
                "name": names.get(row.programme, row.programme),
                "evaluation": row.evaluation,
                "theirs": _published_cost(row),
                "theirs_all": row.gbp_per if row.gbp_per is not None else row.finding,
                "ours": _our_cost(row),
                "ours_all": row.ours_gbp_per,
                "ratio": row.ratio,
                "near": _agreement(row),
                "pays": row.pays_back_after,
                "ours_pays": row.ours_pays_back_after,
                "gain": row.qalys_per_person,
                "ours_gain": row.ours_qalys_per_person,
                "basis": _basis(row),
                "setting": row.setting,
                "why": row.why,
                "status": row.status,
                "source": _source(row, place),
            }
            for k, row in enumerate(document.published)
        ],
    )


def _rows(document: PreventionDocument) -> Sequence[ValueRow]:
    return document.value.rows if document.value else []


def _columns() -> list[PageColumn]:
    return [
        PageColumn("name", "Programme"),
        PageColumn("basis", "Basis"),
        PageColumn("joined", "People who join", "worded"),
        PageColumn("cost", "Cost", "worded"),
        PageColumn("avoided", "Care avoided", "worded"),
        *spreads.columns("net", "Net cost"),
        *spreads.columns("qalys", "QALYs"),
        PageColumn("luck", "Standard error of chance in QALYs", "worded"),
        *qaly_columns(),
        PageColumn("worth", "Worth it, % of draws", "plain"),
        PageColumn("even", "Breaks even, % of draws", "plain"),
        PageColumn("back", "Pays back after, years"),
    ]


def _cells(document: PreventionDocument, k: int, row: ValueRow) -> dict[str, object]:
    luck = row.qalys.luck
    return {
        "order": -k,
        "name": row.name,
        "basis": basis_in_words(document, row.basis),
        **spreads.cells("joined", row.joined),
        **spreads.cells("cost", row.programme_cost, "£m"),
        **spreads.cells("avoided", row.avoided, "£m"),
        **spreads.cells("net", row.net_cost, "£m"),
        **spreads.cells("qalys", row.qalys),
        "luck": None if luck is None else spreads.Worded(luck, f"± {words.plain(luck)}"),
        **qaly_cells(row.gbp_per_qaly),
        "worth": row.gbp_per_qaly.worth_it_pct,
        "even": row.breaks_even_pct,
        "back": "never" if row.pays_back_after is None else f"{row.pays_back_after}",
    }


def _shown_curves(document: PreventionDocument, basis: Basis) -> list[AcceptabilityRow]:
    value = document.value
    if value is None:
        return []
    kept = [
        row
        for row in value.acceptability
        if row.basis == basis and row.id not in value.without_effect and row.id != "together"
    ]
    return sorted(kept, key=lambda row: -sum(row.pct))[: len(SEVEN)]


def _two_lines(name: str) -> tuple[str, ...]:
    parts = name.split(" ")
    half = (len(parts) + 1) // 2
    return tuple(" ".join(part) for part in (parts[:half], parts[half:]) if part)


def _published_cost(row: PublishedRow) -> str:
    if row.gbp_per is None:
        return row.finding
    between = ""
    if row.low is not None and row.high is not None:
        between = f" ({words.price(row.low)} to {words.price(row.high)})"
    return f"{words.price(row.gbp_per)} a {row.per}{between}"


def _our_cost(row: PublishedRow) -> str:
    if row.ours_basis is None:
        return "not followed for so long"
    if row.ours_gbp_per is None:
        return "gains no QALYs"
    cost = f"{words.price(row.ours_gbp_per)} a {row.per}"
    if row.ours_p10 is None:
        return cost
    high = "no gain" if row.ours_p90 is None else words.price(row.ours_p90)
    return f"{cost} ({words.price(row.ours_p10)} to {high})"


def _agreement(row: PublishedRow) -> str:
    """Whether the two are near, where they can be compared."""
    if row.within_twice is not None:
        return "yes" if row.within_twice else "no"
    if row.both_save is not None:
        return "both save" if row.both_save else "only theirs saves"
    if row.ours_gbp_per is not None:
        return "only ours saves"
    return "nothing to compare"


def _basis(row: PublishedRow) -> str:
    """What of ours is compared with it: "net cost over 30 years, discounted at 3.5%"."""
    how_long = "lifetimes" if row.ours_years is None else _years(row.ours_years)
    return f"{row.ours_counts} over {how_long}, discounted at {row.ours_rate_pct:g}%"


def _years(count: int) -> str:
    return "one year" if count == 1 else f"{count} years"


def _source(row: PublishedRow, place: Place | None) -> str:
    known = place.sources.get(row.source) if place else None
    title = f"{known.title}, {known.publisher}" if known else row.source
    return f"{title}: {row.where}"
