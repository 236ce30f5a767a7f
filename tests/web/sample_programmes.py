"""Programmes of a sample of prevention, with their money."""

from __future__ import annotations

from sample_curves import PLAN, PROGRAMMES, YEARS, break_even, fan, ramp, spread
from sample_plan import POINTS

from tripleaim.prevention.document import (
    CostRow,
    Discounted,
    EvidenceRow,
    InsidePlan,
    MoneyPart,
    ProgrammePart,
    SparedPart,
)
from tripleaim.uncertainty import FanPart


def money(cost: float, avoided: float, qalys: float) -> MoneyPart:
    """Money that costs so much a year from the start, and avoids as much once it is settled."""
    spent = ramp(cost, 1.0)
    saved = ramp(avoided * 1.2)
    net = [spent(k) - saved(k) for k in range(len(YEARS))]
    total = [sum(net[: k + 1]) for k in range(len(YEARS))]
    cash = [sum(spent(j) - 0.6 * saved(j) for j in range(k + 1)) for k in range(len(YEARS))]
    spent_all = sum(map(spent, range(len(YEARS))))
    saved_all = sum(map(saved, range(len(YEARS))))
    pays = "2031/32" if total[-1] < 0 else None

    def sums(rate: float) -> Discounted:
        worth = 1 / (1 + rate / 100) ** 10
        return Discounted(
            rate_pct=rate,
            programme_cost=spread(worth * spent_all, 0.15),
            avoided=spread(worth * saved_all),
            released=spread(worth * 0.6 * saved_all),
            net_cost=spread(worth * (spent_all - saved_all), 0.9),
            net_cash=spread(worth * (spent_all - 0.6 * saved_all), 0.4),
            qalys=spread(worth * qalys, 0.3),
            qaly_value=spread(worth * qalys * 0.02, 0.3),
            break_even=break_even(pays, 70.0 if pays else 9.4),
            break_even_cash=break_even(None, 0.0),
        )

    def shared(values: FanPart) -> dict[str, FanPart]:
        def part(share: float) -> FanPart:
            held = {
                name: [None if v is None else share * v for v in line]
                for name, line in values.model_dump().items()
            }
            return FanPart(**held)

        return {"11X": part(0.7), "council": part(0.3)}

    points = [p[0] for p in POINTS]
    return MoneyPart(
        programme_cost=fan(spent, 0.15),
        avoided=fan(saved),
        released=fan(lambda k: 0.6 * saved(k)),
        net_cost=fan(lambda k: net[k], 0.5),
        net_cash=fan(lambda k: spent(k) - 0.6 * saved(k), 0.4),
        cumulative_net_cost=fan(lambda k: total[k], 0.6),
        cumulative_net_cash=fan(lambda k: cash[k], 0.4),
        programme_cost_by_payer=shared(fan(spent, 0.15)),
        avoided_by_payer=shared(fan(saved)),
        net_cost_by_payer=shared(fan(lambda k: net[k], 0.5)),
        avoided_by_point_of_delivery={
            p: fan(lambda k, i=i: saved(k) * (i + 1) / 78) for i, p in enumerate(points)
        },
        contacts_avoided={
            p: fan(lambda k, i=i: saved(k) * 100 * (i + 1)) for i, p in enumerate(points)
        },
        sums=[sums(0.0), sums(3.5), sums(1.5)],
        inside_plan=InsidePlan(
            years=PLAN,
            programme_cost=spread(sum(map(spent, range(5))), 0.15),
            avoided=spread(sum(map(saved, range(5)))),
            released=spread(0.6 * sum(map(saved, range(5)))),
            net_cost=spread(sum(net[:5])),
            avoided_share_pct=spread(9.0 if avoided else 0.0),
            qalys_share_pct=spread(4.0 if qalys else 0.0),
        ),
    )  # fmt: skip


def programme(key: str) -> ProgrammePart:
    """One programme."""
    name, cost, avoided, qalys = PROGRAMMES[key]
    covered = [[6.0 * min(k, 5) * (1 + 0.1 * (4 - q)) for q in range(5)] for k in range(len(YEARS))]
    joined = [[0.0 if k == 19 else 900.0 - 100 * q for q in range(5)] for k in range(len(YEARS))]
    rows = [
        EvidenceRow(
            effect="late outcome: hip fracture",
            value=0.85,
            low=0.76,
            high=0.96,
            unit="risk ratio",
            used=0.85,
            half_life_years=2.0,
            design="controlled",
            status="evidence",
            source="gillespie-2012",
            where="group exercise, 16 trials",
            cause="",
        ),
        EvidenceRow(
            effect="contacts at acute ae",
            value=0.9,
            low=0.8,
            high=1.0,
            unit="ratio",
            used=0.95,
            half_life_years=None,
            design="before-after",
            status="assumed",
            source="tripleaim",
            where="",
            cause="our own reckoning",
        ),
    ]
    return ProgrammePart(
        id=key,
        name=name,
        summary=f"{name}, as the plan means it.",
        solution=key if key == "falls-prevention" else None,
        who="age >= 65 and severe_frailty",
        whom="people aged 65 and over with severe frailty",
        start="2017/18",
        years_to_full=2,
        supported=bool(qalys),
        evidence=rows if qalys else [],
        costs=[
            CostRow(
                kind="per person reached",
                value=225.0,
                low=200.0,
                high=250.0,
                unit="£ once for each who joins",
                payer="council",
                status="assumed",
                source="gillespie-2012",
                cause="the middle of two offers",
            )
        ],
        coverage_pct=covered,
        joined=fan(lambda k: sum(joined[k]), 0.1),
        joined_by_quintile=joined,
        joined_total=spread(sum(map(sum, joined)), 0.1),
        money=money(cost, avoided, qalys),
        qalys=fan(ramp(qalys / 14)),
        deaths_averted=spread(qalys / 9, 0.3),
        spared=spared(120.0 if key == "falls-prevention" else 0.0),
    )


def spared(qalys: float) -> list[SparedPart]:
    """What fewer hip fractures bring."""
    return [
        SparedPart(
            outcome="hip_fracture",
            name="Hip fractures",
            averted=spread(qalys / 0.9),
            qalys=spread(qalys),
            life_years=spread(qalys / 3),
            deaths_averted=spread(qalys / 12),
        )
    ]
