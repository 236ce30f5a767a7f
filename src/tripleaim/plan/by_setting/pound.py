"""In which setting each pound is spent, year by year and on each basis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tripleaim.accounts import Accounts, council_line, council_spend, grants
from tripleaim.activity import Activity
from tripleaim.place import InputError, Place, PointOfDelivery
from tripleaim.plan.basis import Basis
from tripleaim.plan.by_setting.aims import SettingAim, setting_aims
from tripleaim.plan.by_setting.done import PlacedEffect, WhatIsDone
from tripleaim.plan.by_setting.money import SettingMoney, SettingRange, in_settings
from tripleaim.plan.by_setting.moves import MoneyMove, money_moves
from tripleaim.plan.by_setting.settings import (
    CLAIM_BEYOND_OVERLAP,
    SETTINGS,
    WITHOUT_SETTING,
    Setting,
)
from tripleaim.plan.by_setting.shares import (
    GRANT,
    INVESTMENT,
    LINE,
    POINT,
    SOLUTION,
    UNPLACED,
    SettingShares,
    setting_shares,
    whole,
)
from tripleaim.projection import DO_NOTHING, UNCALIBRATED

ByYear = Mapping[str, float]
ByBasis = dict[str, dict[str, float]]

COUNCIL = "council"
CLAIM = "claim"

_MILLION = 1_000_000
_ORDER = (DO_NOTHING, *Basis)


@dataclass(frozen=True, slots=True)
class SettingAmount:
    """What is spent in one setting in a year, £m, and pence of each pound spent.

    What is only claimed is no part of the pound, so that as claimed has the pence of after overlap.
    Ranges are what assumed shares leave open. `of_activity` is the part, £m, that is the cost of
    contacts; the rest is money without activity.
    """

    basis: str
    year: str
    setting: str
    gbp_m: SettingRange
    pence: SettingRange
    of_activity: float


@dataclass(frozen=True)
class PoundBySetting:
    """The pound of a place by setting.

    `bases` are do nothing and the bases on which something is done, or whatever scenario the
    activity is of. `money` are the sums that are split, `amounts` what they come to by setting,
    `total_gbp_m` by basis and year. `moves` say whether money goes from where to where the plan
    promises in `aims`. `left_out` names points of delivery whose money is not known.
    """

    place: str
    years: tuple[str, ...]
    bases: tuple[str, ...]
    settings: tuple[Setting, ...]
    money: tuple[SettingMoney, ...]
    amounts: tuple[SettingAmount, ...]
    total_gbp_m: Mapping[str, ByYear]
    moves: tuple[MoneyMove, ...]
    aims: tuple[SettingAim, ...]
    left_out: tuple[str, ...]

    def amount(self, basis: str, year: str, setting: str) -> SettingAmount:
        """What is spent in one setting. Raises InputError where there is no such amount."""
        for each in self.amounts:
            if (each.basis, each.year, each.setting) == (basis, year, setting):
                return each
        raise InputError("expected a setting, a year and a basis of this pound", value=setting)

    def holds(self, setting: str) -> bool:
        """Whether any money is known to be spent in one setting, in some year on some basis."""
        return any(part.setting == setting for each in self.money for part in each.parts)

    @property
    def directions(self) -> tuple[tuple[MoneyMove, MoneyMove | None], ...]:
        """Each aim on each basis, first year to last, with the same last year beside do nothing.

        There is nothing to set beside do nothing itself, and beside activity that has no other.
        """
        beside = {(m.aim, m.to_basis): m for m in self.moves if m.from_basis != m.to_basis}
        return tuple(
            (move, beside.get((move.aim, move.to_basis)))
            for move in self.moves
            if move.from_basis == move.to_basis
        )


def pound_by_setting(
    place: Place,
    activity: Activity,
    accounts: Accounts,
    *,
    residents: ByYear | None = None,
    done: WhatIsDone | None = None,
) -> PoundBySetting:
    """Where each pound goes that the NHS and the council spend on care, and on preventing it.

    `activity` says how much care there is and what it costs (£), recorded or projected, of one or
    several scenarios. `accounts` add the spend lines without contacts; the council's spend on care
    follows `residents` by year, the base year first. `done` adds what solutions invest, where the
    footprint says that they act, and what is claimed but has no contacts.

    The settings add up to the cost of the activity and the money without activity. Raises
    InputError where the place does not say which setting is which, and for activity without cost.
    """
    shares = setting_shares(place)
    scenarios = [s for s in activity.scenarios if s != UNCALIBRATED]
    years = tuple(year for year in place.years if year in activity.years)
    contacts = _Contacts.of(activity, scenarios, years)
    left_out = [p.name for p in place.points_of_delivery if not _is_priced(place, p)]
    money = [
        *_of_activity(place, contacts, shares, residents, done.placed if done else ()),
        *_of_accounts(place, accounts, shares, scenarios, years),
        *(_of_solutions(done, scenarios, years) if done else ()),
    ]
    if done and Basis.AFTER_OVERLAP in scenarios:
        money = [*map(_with_claims, money), _claimed_beyond(done, years)]
        scenarios.append(Basis.AS_CLAIMED)
    spent = tuple(each for each in money if any(any(v.values()) for v in each.amounts.values()))
    bases = tuple(sorted(scenarios, key=lambda s: _ORDER.index(s) if s in _ORDER else -1))
    totals = _totals(spent, bases, years)
    pounds_spent = _totals([m for m in spent if m.of != CLAIM], bases, years)
    settings = _settings_shown(spent)
    return PoundBySetting(
        place=place.id,
        years=years,
        bases=bases,
        settings=settings,
        money=spent,
        amounts=tuple(_amounts(spent, settings, pounds_spent)),
        total_gbp_m={b: {y: t / _MILLION for y, t in by.items()} for b, by in totals.items()},
        moves=money_moves(spent, pounds_spent) if years else (),
        aims=setting_aims(place),
        left_out=tuple(left_out),
    )


@dataclass(frozen=True)
class _Contacts:
    """Quantity and cost (£, None where it is not known) by scenario, year and point of delivery."""

    scenarios: Sequence[str]
    years: Sequence[str]
    quantity: Mapping[tuple[str, str, str], float]
    cost: Mapping[tuple[str, str, str], float | None]

    @classmethod
    def of(cls, activity: Activity, scenarios: Sequence[str], years: Sequence[str]) -> _Contacts:
        rows = activity.by(
            "scenario", "year", "point_of_delivery", scenario=scenarios, year=years
        ).to_pylist()
        keys = [(r["scenario"], r["year"], r["point_of_delivery"]) for r in rows]
        return cls(
            scenarios,
            years,
            {key: row["quantity"] for key, row in zip(keys, rows, strict=True)},
            {key: row["cost"] for key, row in zip(keys, rows, strict=True)},
        )

    def pounds(self, point: str) -> ByBasis:
        """The cost of one point of delivery, £. Raises InputError where it is not known."""
        costs: ByBasis = {}
        for scenario in self.scenarios:
            for year in self.years:
                key = (scenario, year, point)
                pounds = self.cost.get(key, 0.0)
                if pounds is None:
                    raise InputError(
                        f"expected activity with its cost, in {year} ({scenario})", value=point
                    )
                costs.setdefault(scenario, {})[year] = pounds
        return costs

    def shared_spend(self, point: str, spend: ByYear) -> ByBasis:
        """£ by quantity, where `spend` is what the first scenario's contacts cost."""
        return {
            scenario: {
                year: spend[year] * self._ratio(scenario, year, point) for year in self.years
            }
            for scenario in self.scenarios
        }

    def _ratio(self, scenario: str, year: str, point: str) -> float:
        known = DO_NOTHING if DO_NOTHING in self.scenarios else self.scenarios[0]
        before = self.quantity.get((known, year, point), 0.0)
        now = self.quantity.get((scenario, year, point), 0.0)
        return now / before if before else 1.0


def _is_priced(place: Place, point: PointOfDelivery) -> bool:
    return point.nhs or f"council-spend.{point.id}" in place.figures


def _of_activity(
    place: Place,
    contacts: _Contacts,
    shares: SettingShares,
    residents: ByYear | None,
    placed: Sequence[PlacedEffect],
) -> Iterator[SettingMoney]:
    """The cost of contacts by point of delivery, and apart from it what solutions change there."""
    for point in place.points_of_delivery:
        if not _is_priced(place, point):
            continue
        if point.nhs:
            pounds = contacts.pounds(point.id)
        else:
            line, years = council_line(place, point.id), (place.base_year, *place.years)
            spend = {
                year: float(council_spend(line, years, year, residents)) for year in contacts.years
            }
            pounds = contacts.shared_spend(point.id, spend)
        here = [effect for effect in placed if effect.point_of_delivery == point.id]
        for effect in here:
            adds = {s: dict(effect.adds[s]) for s in contacts.scenarios if s in effect.adds}
            for scenario, by_year in adds.items():
                for year in contacts.years:
                    pounds[scenario][year] -= by_year[year]
            name = f"{effect.name}: {point.name.lower()}"
            yield SettingMoney(SOLUTION, effect.solution, name, "activity", adds, effect.parts)
        parts = shares.of(POINT, point.id) or UNPLACED
        if point.nhs:
            yield SettingMoney(POINT, point.id, point.name, "activity", pounds, parts)
        else:
            yield SettingMoney(COUNCIL, point.id, point.name, "accounts", pounds, parts)


def _of_accounts(
    place: Place,
    accounts: Accounts,
    shares: SettingShares,
    scenarios: Sequence[str],
    years: Sequence[str],
) -> Iterator[SettingMoney]:
    """Money without contacts: the commissioner's other lines, and grants."""
    with_contacts = {point.spend_line for point in place.points_of_delivery if point.nhs}
    costs = {
        line.line: line.name
        for line in accounts.lines
        if (line.side, line.kind) == ("commissioner", "cost") and line.line not in with_contacts
    }
    for line, name in costs.items():
        spend = {year: accounts.spend(line, year) * _MILLION for year in years}
        parts = shares.of(LINE, line) or UNPLACED
        yield SettingMoney(LINE, line, name, "accounts", _alike(spend, scenarios), parts)
    by_name: dict[str, dict[str, float]] = {}
    for grant in grants(place):
        if grant.year in years:
            of_grant = by_name.setdefault(grant.name, dict.fromkeys(years, 0.0))
            of_grant[grant.year] += float(grant.amount)
    for name, amounts in by_name.items():
        parts = shares.of(GRANT, name) or UNPLACED
        yield SettingMoney(GRANT, name, name, "accounts", _alike(amounts, scenarios), parts)


def _of_solutions(
    done: WhatIsDone, scenarios: Sequence[str], years: Sequence[str]
) -> Iterator[SettingMoney]:
    """What solutions cost, on every basis on which something is done."""
    doing = [scenario for scenario in scenarios if scenario != DO_NOTHING]
    for solution, investment in done.investment.items():
        spend = {year: investment[year] for year in years}
        name = f"Investment: {done.names[solution]}"
        yield SettingMoney(
            INVESTMENT,
            solution,
            name,
            "accounts",
            _alike(spend, doing),
            done.investment_parts[solution],
        )


def _alike(amounts: dict[str, float], bases: Sequence[str]) -> ByBasis:
    return {basis: dict(amounts) for basis in bases}


def _with_claims(money: SettingMoney) -> SettingMoney:
    """The same money with claims: they have no contacts, and so what is left after overlap."""
    left = money.amounts.get(Basis.AFTER_OVERLAP, {})
    amounts = {**money.amounts, str(Basis.AS_CLAIMED): left}
    return SettingMoney(money.of, money.id, money.name, money.known_from, amounts, money.parts)


def _claimed_beyond(done: WhatIsDone, years: Sequence[str]) -> SettingMoney:
    saved = {year: -done.claim_beyond[year] for year in years}
    line = next(setting for setting in WITHOUT_SETTING if setting.id == CLAIM_BEYOND_OVERLAP)
    cause = "a claim has no contacts, so the part lost in overlap has no setting"
    return SettingMoney(
        CLAIM,
        line.id,
        line.name,
        "accounts",
        {str(Basis.AS_CLAIMED): saved},
        whole(line.id, cause),
    )


def _totals(
    money: Sequence[SettingMoney], bases: Sequence[str], years: Sequence[str]
) -> dict[str, dict[str, float]]:
    return {b: {y: sum(m.amount(b, y) for m in money) for y in years} for b in bases}


def _settings_shown(money: Sequence[SettingMoney]) -> tuple[Setting, ...]:
    """All settings, and of the lines without one those that hold any money."""
    named = {part.setting for each in money for part in each.parts}
    return (*SETTINGS, *(line for line in WITHOUT_SETTING if line.id in named))


def _amounts(
    money: Sequence[SettingMoney], settings: Sequence[Setting], totals: Mapping[str, ByYear]
) -> Iterator[SettingAmount]:
    with_contacts = [each for each in money if each.known_from == "activity"]
    for basis, by_year in totals.items():
        for year, total in by_year.items():
            for setting in settings:

                def spent(each: SettingMoney, basis: str = basis, year: str = year) -> float:
                    return each.amount(basis, year)

                pounds = in_settings(money, [setting.id], spent)
                yield SettingAmount(
                    basis,
                    year,
                    setting.id,
                    pounds.scaled(1 / _MILLION),
                    pounds.scaled(100 / total if total else 0.0),
                    in_settings(with_contacts, [setting.id], spent).value / _MILLION,
                )
