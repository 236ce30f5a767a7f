"""Control totals, the fund by quarter and quality payments, in words and rows."""

from __future__ import annotations

from decimal import Decimal

from tripleaim import wording as words
from tripleaim.accounts import RulesOfTheYear
from tripleaim.place import Place
from tripleaim.web.pages.money.presenters.organisations import millions
from tripleaim.web.ui.tables import PageColumn, PageTable

NO_RETURNS = (
    "No organisation has sent a monthly return, so no forecast can be compared with a control "
    "total yet."
)


def answer(rules: RulesOfTheYear | None) -> str:
    """What the rules come to, or that there is nothing yet to apply them to."""
    return NO_RETURNS if rules is None else words.sentence(rules)


def turnaround(rules: RulesOfTheYear | None) -> PageTable:
    """Each organisation's forecast against its control total, both before the fund."""
    found = rules.turnaround if rules else None
    rows = [
        {
            "name": o.name,
            "control_total": millions(o.control_total),
            "position": millions(o.position),
            "variance": millions(o.variance),
            "gives": millions(o.gives),
            "receives": millions(o.receives),
            "at_risk": millions(o.stf_at_risk),
        }
        for o in (found.organisations if found else ())
    ]
    return PageTable(
        "turnaround",
        f"Forecasts of {found.year} compared with control totals, before the fund, £m"
        if found
        else "Forecasts compared with control totals",
        [
            PageColumn("name", "Organisation"),
            PageColumn("control_total", "To reach by itself", "account"),
            PageColumn("position", "Its own forecast", "account"),
            PageColumn("variance", "Above its control total", "account"),
            PageColumn("gives", "Gives to others", "account"),
            PageColumn("receives", "Covered by others", "account"),
            PageColumn("at_risk", "Fund at risk", "account"),
        ],
        rows,
    )


def fund(rules: RulesOfTheYear | None) -> PageTable:
    """What every quarter so far earned of the fund, if access standards were met and if not."""
    rows = [
        {
            "name": one.every_standard.name,
            "quarter": best.quarter,
            "position": millions(best.position),
            "target": millions(best.target),
            "available": millions(best.available),
            "best": millions(best.earned),
            "worst": millions(worst.earned),
            "paid_in": best.paid_in,
        }
        for one in (rules.fund if rules else ())
        for best, worst in zip(one.every_standard.quarters, one.no_standard.quarters, strict=True)
    ]
    return PageTable(
        "fund-by-quarter",
        "What each quarter earned of the fund (STF), £m; positions are of the year to date",
        [
            PageColumn("name", "Trust"),
            PageColumn("quarter", "Quarter"),
            PageColumn("target", "Control total to date", "account"),
            PageColumn("position", "Position to date", "account"),
            PageColumn("available", "Of the fund", "tenths"),
            PageColumn("best", "Earned, every access standard met", "tenths"),
            PageColumn("worst", "Earned, no standard met", "tenths"),
            PageColumn("paid_in", "Paid from"),
        ],
        rows,
    )


def quality(rules: RulesOfTheYear | None, place: Place) -> PageTable:
    """Quality payment and penalties of each contract, at best and at worst."""
    names = {o.id: o.short_name for o in place.organisations}
    rows = [
        {
            "payer": names[one.payer],
            "payee": names[one.payee],
            "contract": millions(one.best.contract),
            "best": millions(one.best.net),
            "worst": millions(one.worst.net),
        }
        for one in (rules.quality if rules else ())
    ]
    return PageTable(
        "quality-payments",
        "Quality payments and penalties by contract, £m a year",
        [
            PageColumn("payer", "Payer"),
            PageColumn("payee", "Paid"),
            PageColumn("contract", "Contract, as the payer forecasts it", "tenths"),
            PageColumn("best", "All goals met, no penalty", "account"),
            PageColumn("worst", "No goal met, penalties at their cap", "account"),
        ],
        rows,
    )


def shares(place: Place) -> str:
    """What quality payments and penalties are of a contract."""
    paid, cap = (Decimal(str(place.value(f))) for f in ("cquin.share", "penalty.cap"))
    return (
        f"The quality payment is {paid:g}% of a contract, in addition to it. Penalties are "
        f"{cap:g}% of it at most."
    )
