"""Money and QALYs on one basis, and published evaluations, of a sample of prevention."""

from __future__ import annotations

from sample_curves import PLAN, PROGRAMMES, spread

from tripleaim.prevention import (
    AcceptabilityRow,
    AllCausePart,
    Basis,
    CostPerQaly,
    PublishedRow,
    ValuePart,
    ValueRow,
)

BASES: tuple[Basis, ...] = (
    "all joiners, horizon",
    "first joiners, horizon",
    "first joiners, lifetime",
)
THRESHOLDS = [0.0, 10_000.0, 20_000.0, 30_000.0, 60_000.0]
IDLE = "early-diagnosis-of-cancer"


def cost_per_qaly(central: float | None) -> CostPerQaly:
    """£ a QALY with an interval that in one draw of ten is no gain."""
    low = None if central is None else 0.6 * central
    return CostPerQaly(
        central=central,
        p10=low,
        p50=central,
        p90=None,
        luck=None if central is None else 100.0,
        gains_pct=0.0 if central is None else 93.8,
        worth_it_pct=0.0 if central is None else 62.5,
    )


def value() -> ValuePart:
    """Every programme, all together and those that act, on three bases."""
    names = {key: held[0] for key, held in PROGRAMMES.items()}
    names |= {"together": "All together", "acting": "All that have an effect"}

    def row(key: str, basis: Basis, rate: float) -> ValueRow:
        gains = 0.0 if key == IDLE else 400.0 / (1 + rate / 5)
        cost, avoided = 12.0, 0.0 if key == IDLE else 5.0
        return ValueRow(
            id=key,
            name=names[key],
            basis=basis,
            rate_pct=rate,
            joined=spread(9000.0),
            programme_cost=spread(cost),
            avoided=spread(avoided),
            net_cost=spread(cost - avoided),
            qalys=spread(gains),
            gbp_per_qaly=cost_per_qaly(1e6 * (cost - avoided) / gains if gains else None),
            breaks_even_pct=14.1,
            pays_back_after=None if gains == 0 else 17,
        )

    return ValuePart(
        lifetime_years=90,
        joining_years=PLAN,
        rows=[
            row(key, basis, rate) for basis in BASES for key in names for rate in (0.0, 3.5, 1.5)
        ],
        thresholds_gbp=THRESHOLDS,
        acceptability=[
            AcceptabilityRow(
                id=key,
                name=name,
                basis=basis,
                rate_pct=3.5,
                pct=[0.0] * 5 if key == IDLE else [14.1, 40.6, 62.5, 79.7, 93.8],
            )
            for basis in BASES
            for key, name in names.items()
        ],
        without_effect=[IDLE],
    )


def published() -> list[PublishedRow]:
    """One evaluation that ours is near to, one with a finding in words alone."""
    return [
        PublishedRow(
            programme="falls-prevention",
            evaluation="A trial of classes",
            setting="older people against usual care; lifetime; NHS cost",
            per="QALY",
            gbp_per=20_000.0,
            low=11_000.0,
            high=35_000.0,
            finding="",
            pays_back_after=None,
            qalys_per_person=0.03,
            ours_basis="first joiners, lifetime",
            ours_rate_pct=3.5,
            ours_gbp_per=29_750.0,
            ours_p10=18_200.0,
            ours_p90=None,
            ours_qalys_per_person=0.0261,
            ours_pays_back_after=None,
            ratio=1.49,
            within_twice=True,
            why="Theirs had fallen before.",
            status="evidence",
            source="gillespie-2012",
            where="table 2",
        ),
        PublishedRow(
            programme="falls-prevention",
            evaluation="A model",
            setting="older people; lifetime; NHS cost",
            per="QALY",
            gbp_per=None,
            low=None,
            high=None,
            finding="saves: £1.20 for each £1",
            pays_back_after=3.0,
            qalys_per_person=None,
            ours_basis="first joiners, horizon",
            ours_years=20,
            ours_rate_pct=3.5,
            ours_gbp_per=-410.0,
            ours_qalys_per_person=0.0102,
            ours_pays_back_after=14,
            ratio=None,
            within_twice=None,
            both_save=True,
            why="Theirs counts social care.",
            status="evidence",
            source="gillespie-2012",
            where="abstract",
        ),
    ]


def all_cause() -> list[AllCausePart]:
    """A ratio that meets what is published, one below its interval, one without an interval."""
    rows = (
        ("smoking", "Smoking", "current", "Smokes", "male", 45, 64, 2.8, 2.4, 3.3, 2.75),
        ("smoking", "Smoking", "current", "Smokes", "female", 65, 105, 2.97, 2.7, 3.2, 2.0),
        ("bmi", "Weight", "obese", "BMI of 35 and over", "male", 65, 74, 1.5, None, None, 1.5),
    )
    return [
        AllCausePart(
            risk=risk, name=name, level=level, level_name=level_name, sex=sex,
            age_from=first, age_to=last, people=1_000,
            published=published, low=low, high=high,
            status="evidence", source="pirie-2013", where="abstract",
            through_conditions=1.1, direct=2.5, uncalibrated_direct=1.41,
            uncalibrated=1.55, achieved=achieved, unadjusted=3.1,
        )
        for risk, name, level, level_name, sex, first, last, published, low, high, achieved in rows
    ]  # fmt: skip
