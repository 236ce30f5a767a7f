"""Income, expenditure and flows of organisations, in words and rows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from tripleaim import wording as words
from tripleaim.accounts import FlowMatrix, OrganisationAccount
from tripleaim.place import Place
from tripleaim.plan import OrganisationBooks
from tripleaim.web.ui.charts.signed import BETTER, NOW, WHOLE, WORSE, Bar, BarLabel
from tripleaim.web.ui.tables import PageColumn, PageTable, by_year

SHORT_LINES = {"elsewhere": "Other contracts"}


def millions(pounds: Decimal | None) -> float | None:
    """Pounds as £m, for a table or a picture."""
    return None if pounds is None else float(pounds) / 1e6


def in_years(amounts: Mapping[str, Decimal]) -> dict[str, float]:
    """Pounds by year as £m by year."""
    return {year: float(amount) / 1e6 for year, amount in amounts.items()}


def savings_named(*, changed: bool) -> str:
    """Whose savings are in the books: the scenario's where it changes anything, else the claims."""
    return "with this scenario's savings" if changed else "with savings claimed"


def positions(books: OrganisationBooks, savings: str) -> PageTable:
    """Every organisation's position: recorded, if nothing is done, with savings, underlying."""
    first, plan, last = books.years[0], books.years[-5], books.years[-1]
    recorded = [PageColumn("recorded", f"{first} recorded", "account")] if first != plan else []
    return PageTable(
        "organisations",
        "Position by organisation, £m; a deficit is in brackets",
        [
            PageColumn("name", "Organisation"),
            *recorded,
            PageColumn("first", f"{plan}, nothing done", "account"),
            PageColumn("nothing", f"{last}, nothing done", "account"),
            PageColumn("planned", f"{last}, {savings}", "account"),
            PageColumn("underlying", f"{last}, underlying", "account"),
        ],
        [
            {
                "name": o.short_name,
                "href": f"money/organisations/{o.id}/",
                "recorded": millions(o.position.get(first)),
                "first": millions(o.position.get(plan)),
                "nothing": millions(o.position.get(last)),
                "planned": millions(o.planned.get(last)),
                "underlying": millions(o.underlying.get(last)),
            }
            for o in books.organisations
            if o.whole
        ],
    )


def bars(books: OrganisationBooks) -> tuple[list[Bar], list[BarLabel]]:
    """Each organisation's last year: nothing done in grey, with savings in blue."""
    last = books.years[-1]
    drawn, labels = [], []
    for o in books.organisations:
        if not o.whole:
            continue
        nothing, planned = (float(p[last]) / 1e6 for p in (o.position, o.planned))
        drawn += [
            Bar(o.short_name, 0, nothing, WHOLE, reads="if nothing is done"),
            Bar(o.short_name, 0, planned, BETTER, thin=True, reads="with savings"),
        ]
        labels.append(BarLabel(o.short_name, f"{_short(nothing)} · {_short(planned)}"))
    return drawn, labels


def _short(million: float) -> str:
    if abs(million) < words.NOTHING:
        return "in balance"
    return f"{words.tenths(abs(million))} {'short' if million < 0 else 'in surplus'}"


def bars_description(books: OrganisationBooks) -> str:
    """What the picture of positions shows, in a sentence."""
    last = books.years[-1]
    labels = [
        f"{o.short_name} {words.position(float(o.position[last]) / 1e6)} and "
        f"{words.position(float(o.planned[last]) / 1e6)}"
        for o in books.organisations
        if o.whole
    ]
    return (
        f"Bars of each organisation's position in {last}, if nothing is done and with savings: "
        f"{'; '.join(labels)}."
    )


def others(books: OrganisationBooks) -> PageTable:
    """Organisations of which only what passes between them and the place is known."""
    last = books.years[-1]
    return PageTable(
        "organisations-others",
        f"Organisations for which we know only payments with this place, £m in {last}",
        [
            PageColumn("name", "Organisation"),
            PageColumn("kind", "Kind"),
            PageColumn("paid", "Paid to it", "tenths"),
            PageColumn("pays", "Paid by it", "tenths"),
        ],
        [
            {
                "name": o.short_name,
                "href": f"money/organisations/{o.id}/",
                "kind": words.capital(o.kind),
                "paid": _sum(o.flows_in, last),
                "pays": _sum(o.flows_out, last),
            }
            for o in books.organisations
            if not o.whole
        ],
    )


def _sum(flows: Mapping[str, Mapping[str, Decimal]], year: str) -> float | None:
    return float(sum((f[year] for f in flows.values()), Decimal(0))) / 1e6 or None


def matrix(flows: FlowMatrix, place: Place, line: str = "") -> PageTable:
    """Who pays whom in a year, £m: a row for each who is paid, a column for each who pays."""
    names = {o.id: o.short_name for o in place.organisations} | {"outside": "Own staff, suppliers"}
    amounts = flows.amounts(line or None)
    payers = [p for p in flows.payers if any(a for (by, _), a in amounts.items() if by == p)]
    payees = [p for p in flows.payees if any(a for (_, to), a in amounts.items() if to == p)]
    rows = [
        {"name": names.get(payee, payee)}
        | {p: millions(amounts.get((p, payee))) for p in payers}
        | {"all": millions(sum((a for (_, to), a in amounts.items() if to == payee), Decimal(0)))}
        for payee in payees
    ]
    total = {"name": "All"} | {
        key: sum(float(str(row[key])) for row in rows if row[key] is not None)
        for key in (*payers, "all")
    }
    about = f", {line_name(line).lower()}" if line else ""
    return PageTable(
        "flows",
        f"Who pays whom in {flows.year}{about}, £m: payers in columns, payees in rows",
        [
            PageColumn("name", "Paid"),
            *(PageColumn(p, names.get(p, p), "tenths") for p in payers),
            PageColumn("all", "All", "tenths"),
        ],
        [*rows, total],
        total=True,
    )


def line_name(line: str) -> str:
    """A line of spend as pages say it."""
    return SHORT_LINES.get(line, words.capital(line.replace("-", " ")))


def every_flow(books: OrganisationBooks, place: Place) -> PageTable:
    """Every flow of every year, for download, in pounds."""
    names = {o.id: o.name for o in place.organisations}
    return PageTable(
        "flows",
        "Every payment by year and line, £",
        [PageColumn(k, k) for k in ("year", "line", "payer", "payer_name", "payee", "payee_name")]
        + [PageColumn("pounds", "Pounds", "plain")],
        [
            {
                "year": year,
                "line": flow.line,
                "payer": flow.payer,
                "payer_name": names.get(flow.payer, flow.payer),
                "payee": flow.payee,
                "payee_name": names.get(flow.payee, flow.payee),
                "pounds": float(flow.amount),
            }
            for year, flows in books.flows.items()
            for flow in flows.flows
        ],
    )


def mismatches(books: OrganisationBooks, place: Place) -> PageTable:
    """What a payer plans to pay and its payee plans to receive, where they differ."""
    names = {o.id: o.short_name for o in place.organisations}
    return PageTable(
        "mismatches",
        "Payments that partners record differently, £m",
        [
            PageColumn("line", "Line"),
            PageColumn("year", "Year"),
            PageColumn("payer", "Payer"),
            PageColumn("payee", "Paid"),
            PageColumn("paid", "Payer plans", "tenths"),
            PageColumn("received", "Payee plans", "tenths"),
            PageColumn("difference", "Counted twice", "tenths"),
        ],
        [
            {
                "line": words.capital(m.line),
                "year": m.period,
                "payer": names[m.payer],
                "payee": names[m.payee],
                "paid": millions(m.paid),
                "received": millions(m.received),
                "difference": millions(m.difference),
            }
            for m in books.mismatches
        ],
    )


def system(books: OrganisationBooks) -> PageTable:
    """The books of the partners as one, year by year."""
    rows = {
        "Income of members": "income_of_members",
        "of which from one another": "eliminated_income",
        "Income from outside": "income",
        "Cost outside": "cost",
        "Recorded by only one partner": "unmatched",
        "Position": "position",
    }
    return by_year(
        "system",
        "The partners' accounts added into one, if nothing is done, £m",
        "Item",
        [
            (name, {y: float(getattr(c, key)) / 1e6 for y, c in books.consolidations.items()})
            for name, key in rows.items()
        ],
        books.years,
        total=True,
    )


def steps(account: OrganisationAccount) -> PageTable:
    """The bridge: positions and what leads from one to the next."""
    rows = []
    if account.bridge:
        for period, amount in account.bridge.positions.items():
            for step in account.bridge.steps:
                if step.to == period:
                    rows.append({"name": step.label, "to": period, "amount": millions(step.amount)})
            rows.append({"name": f"Position of {period}", "to": period, "amount": millions(amount)})
    return PageTable(
        f"bridge-{account.id}",
        f"{account.short_name}: why the position moves, £m",
        [
            PageColumn("name", "Step"),
            PageColumn("to", "Leads to"),
            PageColumn("amount", "Amount", "account"),
        ],
        rows,
    )


def waterfall(account: OrganisationAccount) -> tuple[list[Bar], list[BarLabel]]:
    """The bridge as bars, each from where the one before ended."""
    drawn: list[Bar] = []
    labels: list[BarLabel] = []
    if not account.bridge:
        return drawn, labels
    at = 0.0
    for period, amount in account.bridge.positions.items():
        for step in account.bridge.steps:
            if step.to != period:
                continue
            change = float(step.amount) / 1e6
            # Two steps may bear one name, on the way to different years.
            name = step.label if all(s.name != step.label for s in labels) else f"{step.label} "
            drawn.append(Bar(name, at, at + change, BETTER if change > 0 else WORSE))
            labels.append(BarLabel(name, f"{'+' if change > 0 else ''}{words.tenths(change)}"))
            at += change
        at = float(amount) / 1e6
        drawn.append(Bar(f"Position of {period}", 0, at, WHOLE))
        labels.append(BarLabel(f"Position of {period}", words.position(at)))
    return drawn, labels


def waterfall_description(account: OrganisationAccount) -> str:
    """What the bridge shows, in a sentence."""
    if not account.bridge:
        return ""
    ends = [f"{words.position(float(v) / 1e6)} in {y}" for y, v in account.bridge.positions.items()]
    largest = sorted(account.bridge.steps, key=lambda s: -abs(s.amount))[:3]
    named = [f"{words.inside(s.label)} {words.signed(float(s.amount) / 1e6)}" for s in largest]
    return (
        f"Bridge of {account.name}'s position: {words.listed(ends)}. The largest steps are "
        f"{words.listed(named)}."
    )


def position(account: OrganisationAccount) -> PageTable:
    """Position, savings, underlying position and exit run-rate by year."""
    rows = [
        ("Position if nothing is done", in_years(account.position)),
        *((f"Savings, {name}", in_years(by)) for name, by in account.savings.items()),
        ("Position with savings", in_years(account.planned)),
        *([("of which in cash", in_years(account.planned_cash))] if account.savings else []),
        ("Underlying position", in_years(account.underlying)),
        ("Exit run-rate", in_years(account.exit_run_rate)),
    ]
    return by_year(
        f"position-{account.id}",
        f"{account.short_name}: position by year, £m; a deficit is in brackets",
        "Item",
        rows if account.whole else [],
        account.years,
    )


def lines(account: OrganisationAccount) -> PageTable:
    """Income and expenditure by line and year, with the position as their sum."""
    rows = [
        (line.name + ("" if line.recurrent else " (not recurrent)"), in_years(line.amounts))
        for line in account.lines
    ]
    if account.whole:
        rows.append(("Position", in_years(account.position)))
    return by_year(
        f"organisation-{account.id}",
        f"{account.short_name}: income and expenditure if nothing is done, £m; costs in brackets",
        "Line",
        rows,
        account.years,
        total=account.whole,
    )


def payments(account: OrganisationAccount, place: Place) -> PageTable:
    """Who pays it and whom it pays, by year."""
    names = {o.id: o.short_name for o in place.organisations}
    rows = [
        (f"From {names.get(other, other)}", in_years(amounts))
        for other, amounts in account.flows_in.items()
    ]
    rows += [
        (f"To {names.get(other, other)}", {y: -v for y, v in in_years(amounts).items()})
        for other, amounts in account.flows_out.items()
    ]
    return by_year(
        f"dealings-{account.id}",
        f"{account.short_name}: who pays it, and whom it pays (in brackets), £m",
        "With",
        rows,
        account.years,
    )


def flow_bars(account: OrganisationAccount, place: Place) -> tuple[list[Bar], list[BarLabel]]:
    """Dealings of the last year as bars: what comes in, what goes out."""
    last = account.years[-1]
    names = {o.id: o.short_name for o in place.organisations}
    drawn, labels = [], []
    for word, sign, flows in (("From", 1, account.flows_in), ("To", -1, account.flows_out)):
        for other, amounts in flows.items():
            value = sign * float(amounts[last]) / 1e6
            name = f"{word} {names.get(other, other)}"
            drawn.append(Bar(name, 0, value, BETTER if sign > 0 else NOW))
            labels.append(BarLabel(name, words.money(value)))
    return drawn, labels


def flow_description(account: OrganisationAccount) -> str:
    """What the bars of dealings show, in a sentence."""
    last = account.years[-1]
    return (
        f"Bars of what other organisations pay {account.name} in {last}, and of what it pays "
        f"them: {words.money(_sum(account.flows_in, last) or 0.0)} in and "
        f"{words.money(_sum(account.flows_out, last) or 0.0)} out."
    )
