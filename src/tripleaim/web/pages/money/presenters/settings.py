"""The pound by setting: what its page says, and the rows of its tables and its picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tripleaim import wording as words
from tripleaim.place import Place
from tripleaim.plan import Basis, PoundBySetting, SettingAim
from tripleaim.web.ui.tables import PageColumn, PageTable

DO_NOTHING = "do_nothing"

_Value = Callable[[str, str, str], float]
"""A number of one basis, year and setting."""


@dataclass(frozen=True)
class AimInWords:
    """One promise of the plan, whether a number is printed for it, and the result."""

    aim: SettingAim | None
    heading: str
    sentences: Sequence[str]


def bases(pound: PoundBySetting) -> list[tuple[str, str]]:
    """The bases on which something is done, with their names."""
    return [(b, words.position_name(b)) for b in pound.bases if b != DO_NOTHING]


def usual_basis(pound: PoundBySetting) -> str:
    """The basis shown unless another is asked for: the scenario's own, else as claimed."""
    doing = [basis for basis, _ in bases(pound)]
    for basis in (Basis.AS_CHOSEN, Basis.AS_CLAIMED):
        if basis in doing:
            return basis
    return doing[0] if doing else pound.bases[0]


def answer(pound: PoundBySetting) -> str:
    """Whether money moves, and where pounds go in the first and the last year."""
    first, last = pound.years[0], pound.years[-1]
    named = {
        "beds": ("acute-bed", "community-bed"),
        "care at home": ("home-and-community-contact",),
        "prevention": ("prevention",),
    }

    def parts(year: str) -> list[tuple[str, float]]:
        basis = DO_NOTHING if DO_NOTHING in pound.bases else pound.bases[0]
        return [
            (name, sum(pound.amount(basis, year, s).pence.value for s in settings))
            for name, settings in named.items()
            if any(map(pound.holds, settings))
        ]

    sentences = [
        words.moves_in_short([move for move, _ in pound.directions]),
        *(
            words.saved_not_moved(beside)
            for _, beside in pound.directions
            if beside and beside.to_basis == usual_basis(pound)
        ),
        words.where_pounds_go(first, parts(first), last, parts(last)),
    ]
    return " ".join(filter(None, sentences))


def aims(pound: PoundBySetting, basis: str) -> list[AimInWords]:
    """Each aim, with its result if nothing is done and on one basis."""
    promised = {aim.id: aim for aim in pound.aims}
    by_aim: dict[str, list[str]] = {}
    for move, beside in pound.directions:
        if move.to_basis in (DO_NOTHING, basis):
            by_aim.setdefault(move.aim, []).append(words.money_move(move, beside))
    return [
        AimInWords(promised.get(aim), words.capital(words.aim_direction(aim)), sentences)
        for aim, sentences in by_aim.items()
    ]


def description(pound: PoundBySetting, basis: str) -> str:
    """What the picture shows, in a sentence."""
    last = pound.years[-1]
    ends = [
        f"{name.lower()} {words.pence(nothing)} and {words.pence(done)}"
        for name, (_, nothing), (_, done) in _ends(pound, basis)
    ]
    return (
        f"For each setting, two lines from {pound.years[0]} to {last}: do nothing and "
        f"{words.inside(words.position_name(basis))}. Of each pound in {last}: "
        f"{words.listed(ends)}."
    )


Ends = tuple[str, tuple[float, float], tuple[float, float]]
"""A setting's name, and its pence in the first and the last year: do nothing, and a basis."""


def caption(pound: PoundBySetting, basis: str) -> str:
    """What the marks of the picture are."""
    first, last = pound.years[0], pound.years[-1]
    numbers = (
        "The upper line of each setting (grey) is do nothing, the lower one is "
        f"{words.position_name(basis).lower()}. The numbers are the pence of {last}, in that order."
        if bases(pound)
        else f"The number is the pence of {last}."
    )
    return f"A ring is {first}, a dot is {last}. {numbers}"


def rows(pound: PoundBySetting, basis: str) -> list[Ends]:
    """The rows of the picture."""
    return list(_ends(pound, basis))


def _ends(pound: PoundBySetting, basis: str) -> Iterator[Ends]:
    first, last = pound.years[0], pound.years[-1]
    nothing = DO_NOTHING if DO_NOTHING in pound.bases else basis
    for setting in pound.settings:
        before, after = (
            (
                pound.amount(b, first, setting.id).pence.value,
                pound.amount(b, last, setting.id).pence.value,
            )
            for b in (nothing, basis)
        )
        if any(map(abs, (*before, *after))):
            yield setting.name, before, after


def by_pence(pound: PoundBySetting, shown: Sequence[str] | None = None) -> PageTable:
    """Pence of a pound by setting and basis, year by year; of the bases `shown`, else of all."""
    return _by_year(
        pound,
        "settings-pence",
        "Pence of each pound by setting, basis and year",
        lambda basis, year, setting: pound.amount(basis, year, setting).pence.value,
        shown,
    )


def by_money(pound: PoundBySetting) -> PageTable:
    """£m by setting and basis, year by year."""
    return _by_year(
        pound,
        "settings-money",
        "£m by setting, basis and year",
        lambda basis, year, setting: pound.amount(basis, year, setting).gbp_m.value,
    )


def _by_year(
    pound: PoundBySetting,
    name: str,
    caption: str,
    value: _Value,
    shown: Sequence[str] | None = None,
) -> PageTable:
    last = pound.years[-1]
    in_pence = name == "settings-pence"
    records = []
    for setting in pound.settings:
        for basis in [b for b in pound.bases if shown is None or b in shown]:
            amount = pound.amount(basis, last, setting.id)
            ends = amount.pence if in_pence else amount.gbp_m
            records.append(
                {
                    "setting": setting.name,
                    "basis": words.position_name(basis),
                    **{year: value(basis, year, setting.id) for year in pound.years},
                    "low": ends.low,
                    "high": ends.high,
                }
            )
    return PageTable(
        name,
        caption,
        [
            PageColumn("setting", "Setting"),
            PageColumn("basis", "Basis"),
            *(PageColumn(year, year, "tenths") for year in pound.years),
            PageColumn("low", f"{last}, least", "tenths"),
            PageColumn("high", f"{last}, most", "tenths"),
        ],
        records,
    )


def sums(pound: PoundBySetting) -> PageTable:
    """Every sum that is split, in the last year, and whether it is the cost of contacts."""
    last = pound.years[-1]
    known = {"activity": "cost of contacts", "accounts": "money without activity"}
    return PageTable(
        "settings-sums",
        f"Money that is split into settings, £m in {last}",
        [
            PageColumn("name", "Money"),
            PageColumn("known_from", "What it is"),
            *(PageColumn(b, words.position_name(b), "tenths") for b in pound.bases),
            PageColumn("settings", "Settings"),
        ],
        [
            {
                "name": money.name,
                "known_from": known[money.known_from],
                **{b: money.amount(b, last) / 1e6 for b in pound.bases},
                "settings": ", ".join(_names(pound)[part.setting] for part in money.parts),
            }
            for money in pound.money
        ],
    )


def shares(pound: PoundBySetting, place: Place) -> PageTable:
    """The share of each kind of money in each setting, and on what evidence."""
    records = [
        {
            "money": money.name,
            "setting": _names(pound)[part.setting],
            "share": 100 * part.share,
            "range": f"{100 * part.low:.0f}% to {100 * part.high:.0f}%"
            if part.high - part.low > 0.001
            else "",
            "status": part.status,
            "source": place.sources[part.source].title if part.source in place.sources else "",
            "where": part.where,
            "cause": part.cause,
        }
        for money in pound.money
        if money.of != "claim"
        for part in money.parts
    ]
    return PageTable(
        "settings-shares",
        "The share of each kind of money in each setting",
        [
            PageColumn("money", "Money"),
            PageColumn("setting", "Setting"),
            PageColumn("share", "Part", "percent"),
            PageColumn("range", "Range"),
            PageColumn("status", "Status", "status"),
            PageColumn("source", "Source"),
            PageColumn("where", "Where"),
            PageColumn("cause", "Reason"),
        ],
        records,
    )


def not_known(pound: PoundBySetting, basis: str) -> list[str]:
    """What no footprint places, in £m of the last year; then what a reader must know."""
    last = pound.years[-1]
    lines = []
    for setting in pound.settings:
        amount = pound.amount(basis, last, setting.id)
        if setting.kind == "not known" and abs(amount.gbp_m.value) >= words.NOTHING:
            lines.append(
                f"{setting.name}: {words.signed(amount.gbp_m.value)} in {last}, "
                f"{words.pence(amount.pence.value)} of each pound."
            )
    measured = {move.aim for move, _ in pound.directions}
    lines += [
        f"{aim.sentence} No official number measures this here."
        for aim in pound.aims
        if aim.id not in measured
    ]
    return [*lines, *words.pound_notes(pound.left_out, prevention=pound.holds("prevention"))]


def _names(pound: PoundBySetting) -> dict[str, str]:
    return {setting.id: setting.name for setting in pound.settings}
