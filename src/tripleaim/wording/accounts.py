"""Every organisation's money, returns and control totals, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tripleaim.accounts import (
    CheckedReturn,
    Consolidation,
    FlowFinding,
    OpenBook,
    OrganisationAccount,
    Position,
    QualityPayments,
    RulesOfTheYear,
    SavingsToFind,
    Schemes,
    StfQuarter,
    StfYear,
    Turnaround,
)
from tripleaim.wording.numbers import booked, listed, position, pounds
from tripleaim.wording.sentences import sentence

MILLION = 1_000_000

OUTTURN_METHOD = (
    "Remaining months are assumed to equal the mean of the months so far, without seasonal "
    "effects or new savings. The interval is 95% (Student's t) from the variation between months."
)


@sentence.register
def _(finding: FlowFinding) -> str:
    return (
        f"Of {pounds(finding.whole)} paid between organisations in {finding.year}, "
        f"{pounds(finding.to_own_trusts)} went to {finding.place}'s own trusts. Of the whole, "
        f"{finding.payer} paid {pounds(finding.paid)}."
    )


@sentence.register
def _(group: Consolidation) -> str:
    unmatched = (
        f"; {pounds(group.unmatched)} is recorded by only one of the two" if group.unmatched else ""
    )
    return (
        f"{pounds(group.eliminated_income)} of what {len(group.members)} partners earned "
        f"in {group.period} came from one another and is eliminated{unmatched}."
    )


@sentence.register
def _(account: OrganisationAccount) -> str:
    first, last = account.years[0], account.years[-1]
    if not account.whole:
        into = sum((by_year[last] for by_year in account.flows_in.values()), Decimal(0))
        out = sum((by_year[last] for by_year in account.flows_out.values()), Decimal(0))
        what = "this place pays it" if into else "it pays this place"
        return f"{account.name}: we know only what {what}, {pounds(into or out)} in {last}."
    was = f" was {_position(account.position[first])} in {first} and" if account.stated else ""
    assumed = (
        f" (its position of {first} is not stated; we assume balance)"
        if not account.stated and not account.position[first]
        else ""
    )
    planned = (
        f" With the plan's savings it would be {_position(account.planned[last])}{assumed}."
        if account.savings
        else ""
    )
    return (
        f"{account.short_name}{was} would be {_position(account.position[last])} in {last} if "
        f"nothing is done{'' if planned else assumed}.{planned}"
    )


def _position(amount: Decimal) -> str:
    return position(float(amount) / 1e6)


@sentence.register
def _(result: QualityPayments) -> str:
    lost = (
        f" and {pounds(result.penalties_taken)} is lost to penalties"
        if result.penalties_taken
        else ""
    )
    beyond = result.penalties_charged - result.penalties_taken
    above = f", with a further {pounds(beyond)} above the cap" if beyond > 0 else ""
    return (
        f"{pounds(result.cquin_earned)} of {pounds(result.cquin_available)} is earned for quality"
        f"{lost}{above}."
    )


@sentence.register
def _(result: SavingsToFind) -> str:
    years = result.from_year
    if result.to_year != result.from_year:
        years = f"{result.from_year} to {result.to_year}"
    least = "at least " if result.at_least else ""
    relied = (
        f" If the {pounds(result.relied_on)} that it relies on does not arrive, it is "
        f"{pounds(result.at_worst)} short."
        if result.relied_on
        else ""
    )
    plan = (
        f" A recovery plan of {pounds(result.recovery_plan)} would leave at worst "
        f"{pounds(result.left)} to find."
        if result.recovery_plan
        else ""
    )
    return (
        f"{result.name or 'The system'} is {least}{pounds(result.short)} short of its target in "
        f"{years}.{relied}{plan}"
    )


@sentence.register
def _(quarter: StfQuarter) -> str:
    nth = quarter.quarter[-1]
    if not quarter.failed:
        return f"Quarter {nth}: all conditions met, {pounds(quarter.earned)} earned."
    missed = [f[0].lower() + f[1:] if f.startswith("The ") else f for f in quarter.failed]
    return (
        f"Quarter {nth}: {pounds(quarter.earned)} earned and {pounds(quarter.lost)} lost; not met: "
        f"{listed(missed)}."
    )


@sentence.register
def _(year: StfYear) -> str:
    rest = f" {pounds(year.undecided)} can still be earned." if year.undecided else ""
    return (
        f"{year.name} has earned {pounds(year.earned)} of {pounds(year.allocation)} of the "
        f"transformation fund in {year.year} and lost {pounds(year.lost)}.{rest}"
    )


@sentence.register
def _(rules: RulesOfTheYear) -> str:
    """What a year's rules come to: the system against its control total, the fund, quality."""
    parts = []
    if rules.turnaround:
        parts.append(
            f"As partners forecast {rules.year}, {sentence(rules.turnaround)[0].lower()}"
            f"{sentence(rules.turnaround)[1:]}"
        )
    elif rules.missing:
        parts.append(
            f"No forecast of {rules.year} came from {listed(list(rules.missing))}, so the system "
            "cannot be compared with its control total."
        )
    else:
        parts.append(f"No organisation has a control total for {rules.year}.")
    if rules.fund:
        most = sum((f.every_standard.earned for f in rules.fund), Decimal(0))
        least = sum((f.no_standard.earned for f in rules.fund), Decimal(0))
        whole = sum((f.every_standard.allocation for f in rules.fund), Decimal(0))
        parts.append(
            f"So far trusts have earned {pounds(most)} of the fund's {pounds(whole)} if"
            f" every access standard was met, and {pounds(least)} if none was."
        )
    if rules.quality:
        best = sum((q.best.net for q in rules.quality), Decimal(0))
        worst = sum((q.worst.net for q in rules.quality), Decimal(0))
        parts.append(
            f"Quality payments and penalties together are between {pounds(worst)} lost and"
            f" {pounds(best)} earned."
        )
    return " ".join(parts)


@sentence.register
def _(result: Turnaround) -> str:
    if not result.organisations:
        return f"No organisation has a control total for {result.year}."
    variance = result.variance
    if variance < 0:
        verdict = f"misses its control total of {result.year} by {pounds(variance)}"
    else:
        spare = f" and is {pounds(variance)} better than it" if variance else ""
        verdict = f"meets its control total of {result.year}{spare}"
    offset = ""
    if result.offset:
        givers = listed([result.name for result in result.organisations if result.gives])
        offset = (
            f", after a surplus of {pounds(result.offset)} at {givers} offset shortfalls elsewhere"
        )
    return f"The system {verdict}{offset}{_at_risk(result)}."


def _at_risk(result: Turnaround) -> str:
    losers = [r.name for r in result.organisations if r.variance < 0 and r.stf_at_risk]
    if not losers:
        return ""
    miss = "misses its" if len(losers) == 1 else "miss their"
    return (
        f"; {pounds(result.stf_at_risk)} of the transformation fund is at risk, because "
        f"{listed(losers)} {miss} own total and each organisation earns the fund separately"
    )


@sentence.register
def _(schemes: Schemes) -> str:
    if not schemes.schemes:
        return f"No savings schemes are listed for {schemes.year}."
    return (
        f"Schemes of {schemes.year} are meant to save {pounds(schemes.value)}; "
        f"{100 * schemes.undeveloped_share:.0f}% of that is not developed yet, and weighted by "
        f"maturity they are worth {pounds(schemes.weighted)}."
    )


@sentence.register
def _(position: Position) -> str:
    heading = f"heading for a {_kind(position.outturn)} of {pounds(position.outturn)}"
    start = f"After {len(position.months)} months {position.name} is {heading}"
    target, needed = position.target, position.needed_a_month
    if target is None:
        return f"{start}; no target is stated for it."
    goal = f"a {_kind(target)} of {pounds(target)}"
    if needed is None:
        return f"{start}, against {goal}."
    if needed == 0:
        return f"{start}, which meets {goal}."
    return f"{start}; to reach {goal} each remaining month must be {pounds(needed)} better."


def _kind(amount: Decimal) -> str:
    return "surplus" if amount >= 0 else "deficit"


@sentence.register
def _(book: OpenBook) -> str:
    return sentence(book.system if book.system else book.schemes)


def open_book_notes(book: OpenBook) -> tuple[str, ...]:
    """What to look at in the returns: odd lines, missing months, payments booked differently."""
    return tuple(_book_notes(book))


def _book_notes(book: OpenBook) -> Iterator[str]:
    for one in book.organisations:
        yield from (f"{one.name}, {flag}" for flag in one.flags)
        if one.missing:
            months = ", ".join(one.missing)
            yield f"{one.name}: no return for {months}; no value is assumed for it"
    for mismatch in book.mismatches:
        yield (
            f"{mismatch.period}: {mismatch.payer} records {booked(mismatch.paid)} paid to "
            f"{mismatch.payee} on {mismatch.line}, which records {booked(mismatch.received)}: "
            f"a difference of {booked(mismatch.difference)}"
        )


@sentence.register
def _(checked: CheckedReturn) -> str:
    agree = (
        f"{len(checked.mismatches)} payments differ from counterparties' returns"
        if checked.mismatches
        else "counterparties' returns of the same months agree"
    )
    return (
        f"{len(checked.lines)} lines can be imported, {len(checked.unchanged)} were imported "
        f"before, {len(checked.refused)} are refused; {agree}."
    )
