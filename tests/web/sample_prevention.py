"""A document of prevention with plausible numbers, for looking at pages: nothing is a result."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sample_curves import (
    CONDITIONS,
    LATE,
    PAYERS,
    PLAN,
    PROGRAMMES,
    YEARS,
    fan,
    ramp,
    spread,
)
from sample_plan import POINTS
from sample_programmes import money, programme, spared
from sample_value import all_cause, cost_per_qaly, published, value

from tripleaim.jobs import Job, order
from tripleaim.jobs.folder import Report
from tripleaim.place import Place
from tripleaim.prevention.document import (
    AttributionPart,
    Chain,
    ConsequenceRow,
    Headline,
    HealthPart,
    HealthRow,
    LeadingMeasure,
    MeasurePart,
    OfficialRow,
    Prediction,
    PreventionDocument,
    QuintileBenefit,
    RunPart,
    Share,
    UncertaintyPart,
)
from tripleaim.uncertainty import (
    DecisionPart,
    DriverPart,
    FanPart,
    KnownIntervalPart,
    OptionPart,
    ParameterPart,
    WorthPart,
)


def health() -> HealthPart:
    """Expectancies by sex and quintile, slopes, events."""
    ahead = {"life": ("Life expectancy", 80.5), "healthy": ("Healthy life expectancy", 63.0),
             "quality": ("Quality-adjusted life expectancy", 68.0)}  # fmt: skip
    slopes = {"slope": "Slope index of inequality in life expectancy",
              "healthy_slope": "Slope index of inequality in healthy life expectancy",
              "relative": "Relative index of inequality in life expectancy"}  # fmt: skip
    measures, rows = [], []

    def row(measure: str, sex: str, quintile: int, start: float, gain: float) -> None:
        before = fan(lambda k: start + 0.1 * k, 0.002)
        after = fan(lambda k: start + 0.1 * k + ramp(gain)(k), 0.002)
        rows.append(
            HealthRow(
                measure=measure,
                sex=sex,
                quintile=quintile,
                nothing=before,
                something=after,
                difference=fan(ramp(gain), 0.4),
            )
        )

    for age, when in ((0, "at birth"), (65, "at 65")):
        for key, (name, start) in ahead.items():
            measures.append(
                MeasurePart(id=f"{key}-{age}", name=f"{name} {when}", unit="years",
                            kind="expectancy", better="higher")
            )  # fmt: skip
            for s, sex in enumerate(("male", "female")):
                for q in range(6):
                    first = (start + 3.5 * s) * (1 if age == 0 else 0.24) + 0.8 * (q - 3) * (q > 0)
                    row(f"{key}-{age}", sex, q, first, 0.06 - 0.008 * q)
        for key, name in slopes.items():
            unit = "ratio" if key == "relative" else "years"
            measures.append(
                MeasurePart(id=f"{key}-{age}", name=f"{name} {when}", unit=unit,
                            kind="inequality", better="lower")
            )  # fmt: skip
            for s, sex in enumerate(("male", "female")):
                row(f"{key}-{age}", sex, 0, 6.1 - s, -0.04)
    events = {"deaths": ("Deaths", 5600.0, -0.006)}
    events |= {f"new-{c}": (f"New: {n}", 900.0, -0.03) for c, n in CONDITIONS.items()}
    events |= {o: (n, 700.0, -0.02) for o, n in LATE.items()}
    for key, (name, level, share) in events.items():
        measures.append(
            MeasurePart(id=key, name=name, unit="a year", kind="events", better="lower")
        )
        row(key, "persons", 0, level, level * share)
    measures.append(
        MeasurePart(id="qalys", name="Quality-adjusted years of life", unit="QALYs a year",
                    kind="years", better="higher")
    )  # fmt: skip
    row("qalys", "persons", 0, 420_000.0, 330.0)
    unknown = [None] * len(YEARS)
    nobody = FanPart(central=unknown, p10=unknown, p50=unknown, p90=unknown)
    rows = [
        r.model_copy(update={"nothing": nobody, "something": nobody, "difference": nobody})
        if (r.measure, r.sex, r.quintile) == ("life-0", "male", 1)
        else r
        for r in rows
    ]
    return HealthPart(
        measures=measures,
        rows=rows,
        totals={key: spread(v[1] * v[2] * 14) for key, v in events.items()}
        | {"qalys": spread(4550.0)},
        beside_official=[
            OfficialRow(measure="life-0", name="Life expectancy at birth", sex=sex, unit="years",
                        computed=ours, computed_year="2016/17", published=theirs,
                        published_year=year, area=area, basis=basis, status=status, source=source,
                        figure=figure)
            for sex, ours, theirs, year, area, basis, status, source, figure in (
                ("male", 81.2, 80.0, "2009/11", "Somerset", "at birth", "published",
                 "somerset-stp-2016", "life-expectancy.male"),
                ("female", 85.1, 83.8, "2009/11", "Somerset", "at birth", "published",
                 "somerset-stp-2016", "life-expectancy.female"),
                ("male", 81.2, 80.4, "2016/18", "Somerset", "abridged life table", "public",
                 "ons-hsle-2016-18", ""),
            )
        ],
    )  # fmt: skip


def chains() -> list[Chain]:
    """Strokes led by blood pressure and smoking; hip fractures led by classes."""

    def measure(key: str, name: str, generation: int, acts_on: str, share: float) -> LeadingMeasure:
        kind = key.partition("/")[0]
        return LeadingMeasure(
            id=key,
            kind=kind,
            name=name,
            unit="people",
            generation=generation,
            acts_on=[acts_on],
            lag_years=5 - generation,
            moves=fan(ramp((900.0 if kind == "programme" else -700.0) / (1 + generation))),
            explains_pct=[None] + [ramp(share)(k) for k in range(1, len(YEARS))],
        )

    def led(key: str, name: str, total: float, measures: list[LeadingMeasure]) -> Chain:
        return Chain(
            id=key,
            name=name,
            unit="people over the horizon",
            effect=spread(total),
            measures=measures,
            rest_pct=[None]
            + [100 - sum(m.explains_pct[k] or 0.0 for m in measures) for k in range(1, len(YEARS))],
            predictions=[
                Prediction(
                    after_years=y,
                    predicted=total * 0.95,
                    low=total * (1.2 - 0.02 * y),
                    high=total * (0.7 + 0.02 * y),
                    narrowed_pct=4.0 * y,
                    explained_pct=8.0 * y,
                )
                for y in (1, 3, 5)
            ],
        )

    treated = "blood-pressure-and-atrial-fibrillation"
    pressure = measure(
        "risk/systolic_pressure", "Systolic pressure, above 140", 1, "condition/stroke", 34.0
    )
    measured = measure(
        f"programme/{treated}", PROGRAMMES[treated][0], 0, "risk/systolic_pressure", 21.0
    )
    quit_ = measure("programme/smoking-cessation", "Stop-smoking support", 0, "risk/smoking", 15.0)
    classes = measure("programme/falls-prevention", "Falls prevention", 0, "hip_fracture", 60.0)
    return [
        led("stroke", "New: Stroke", -310.0, [measured, quit_, pressure]),
        led("hip_fracture", "Hip fractures", -120.0, [classes]),
    ]


def uncertainty() -> list[UncertaintyPart]:
    """What drives QALYs and net cost."""

    def driver(k: int) -> DriverPart:
        key = list(PROGRAMMES)[k]
        what = "effect" if k % 2 else "cost"
        return DriverPart(
            id=f"programme/{key}/{what}",
            name=f"{PROGRAMMES[key][0]}: {what}",
            parameters=[f"programme/{key}/{what}"],
            share=round(0.42 / (k + 1), 4) if k < 6 else None,
            rank=0.6 / (k + 1),
        )

    return [
        UncertaintyPart(
            id=key,
            name=name,
            unit=unit,
            interval=total,
            standard_deviation=abs(total.central or 0) * 0.2,
            chance_standard_deviation=abs(total.central or 0) * 0.02,
            draw_error=abs(total.central or 0) * 0.04,
            spread_error=abs(total.central or 0) * 0.01,
            drivers=[driver(k) for k in range(10)],
        )
        for key, name, unit, total in (
            ("qalys", "QALYs gained over the horizon", "QALYs", spread(4550.0)),
            ("net_cost", "Net cost over the horizon, discounted", "£m", spread(22.0, 0.9)),
        )
    ]


def parameters(drivers: list[DriverPart]) -> list[ParameterPart]:
    """What the drivers name."""
    return [
        ParameterPart(
            id=driver.id,
            name=driver.name,
            value=0.85,
            low=0.7,
            high=1.0,
            status="evidence" if k % 2 else "assumed",
            source="gillespie-2012",
            cause="",
            shares="",
        )
        for k, driver in enumerate(drivers)
    ]


def decision(drivers: list[DriverPart]) -> DecisionPart:
    """What to fund, and what knowing each driver is worth."""
    options = {"none": "Fund none", "all": "Fund all"}
    options |= {key: held[0] for key, held in PROGRAMMES.items()}
    return DecisionPart(
        question="What is it best to fund over 20 years?",
        options=[
            OptionPart(
                id=key,
                name=name,
                expected_gbp_m=0.0,
                interval=KnownIntervalPart(central=0.0, p10=0.0, p50=0.0, p90=0.0),
                best_in=float(key == "all"),
            )
            for key, name in options.items()
        ],
        best="all",
        perfect_information_gbp_m=6.4,
        worth=[
            WorthPart(
                id=driver.id,
                name=driver.name,
                gbp_m=max(0.0, 1.4 - 0.3 * k),
                error_gbp_m=0.1,
                excess_gbp_m=0.0,
            )
            for k, driver in enumerate(drivers)
        ],
    )


def attribution() -> list[AttributionPart]:
    """QALYs, strokes and net cost shared out."""
    weights = {key: held[3] for key, held in PROGRAMMES.items()}
    whole = sum(weights.values())

    def part(key: str, name: str, unit: str, nothing: float, total: float) -> AttributionPart:
        return AttributionPart(
            id=key,
            name=name,
            unit=unit,
            nothing=nothing,
            something=nothing + total,
            total=total,
            shares=[
                Share(programme=p, value=total * w / whole, error=abs(total) * w / whole / 30,
                      alone=total * w / whole * 1.05, way="exact")
                for p, w in weights.items()
            ],
            coalitions=24,
            permutations=0,
            people=20_000,
            corrected=total / 5000,
        )  # fmt: skip

    return [
        part("qalys", "QALYs", "QALYs", 8_400_000.0, 4550.0),
        part("stroke", "New: stroke", "people", 18_000.0, -310.0),
        part("net", "Net cost", "£m", 0.0, 22.0),
    ]


@cache
def sample_document(inputs_sha256: str = "0" * 64) -> PreventionDocument:
    """The whole document."""
    parts = [programme(key) for key in PROGRAMMES]
    together = money(
        sum(p[1] for p in PROGRAMMES.values()),
        sum(p[2] for p in PROGRAMMES.values()) * 0.96,
        4550.0,
    )
    discounted = together.sums[1]
    return PreventionDocument(
        footprint="somerset",
        name="Somerset",
        seed=7,
        version="0.1.0",
        inputs_sha256=inputs_sha256,
        run=RunPart(
            registered=562_446,
            simulated=20_000,
            draws=64,
            draws_asked=64,
            complete=True,
            seeds=8,
            draws_simulated=64,
        ),
        base_year="2015/16",
        years=YEARS,
        plan_years=PLAN,
        price_year="2016/17",
        discount_rates_pct=[0.0, 3.5, 1.5],
        qaly_value_gbp=20_000.0,
        conditions=CONDITIONS,
        payers=PAYERS,
        points_of_delivery={p[0]: p[1] for p in POINTS},
        headline=Headline(
            programme_cost_gbp_m=discounted.programme_cost,
            avoided_gbp_m=discounted.avoided,
            net_cost_gbp_m=discounted.net_cost,
            net_cash_gbp_m=discounted.net_cash,
            break_even=discounted.break_even,
            inside_plan_gbp_m=together.inside_plan.avoided,
            inside_plan_pct=together.inside_plan.avoided_share_pct,
            qalys=spread(4550.0),
            qalys_discounted=spread(3100.0),
            gbp_per_qaly=cost_per_qaly(50_000.0),
            gbp_per_qaly_acting=cost_per_qaly(31_600.0),
            deaths_averted=spread(470.0),
            onsets_averted={c: spread(310.0 / (k + 1)) for k, c in enumerate(CONDITIONS)},
            outcomes_averted={o: spread(160.0 / (k + 1)) for k, o in enumerate(LATE)},
            life_expectancy_gained={"male": spread(0.06, 0.4), "female": spread(0.05, 0.4)},
        ),
        programmes=parts,
        together=together,
        meeting=spread(1.9),
        health=health(),
        spared=spared(130.0),
        consequences=[
            ConsequenceRow(
                outcome="hip_fracture",
                effect="hazard of death after it, women, months 0 to 3",
                value=5.75,
                low=4.94,
                high=6.67,
                unit="ratio",
                carried_by=None,
                status="evidence",
                source="haentjens-2010",
                where="first 3 months, women",
                cause="",
            ),
            ConsequenceRow(
                outcome="heart_attack",
                effect="carried by a condition, and so not counted again",
                value=None,
                low=None,
                high=None,
                unit="",
                carried_by="chd",
                status="assumed",
                source="tripleaim",
                where="",
                cause="a mean of people who have had one",
            ),
        ],
        leading=chains(),
        uncertainty=uncertainty(),
        parameters=parameters(uncertainty()[0].drivers),
        decision=decision(uncertainty()[0].drivers),
        attribution=attribution(),
        value=value(),
        published=published(),
        all_cause=all_cause(),
        by_quintile=[
            QuintileBenefit(
                quintile=q,
                people=60_000 + 30_000 * q,
                joined=spread(3000.0 * q),
                qalys=spread(1100.0 - 80 * q),
                qalys_per_1000=spread(13.0 - 1.6 * q),
                deaths_averted=spread(120.0 - 9 * q),
                avoided_gbp_m=spread(9.0 + q),
            )
            for q in range(1, 6)
        ],
        notes=["People are synthetic: this shows what the evidence would mean."],
    )


def keep_run(
    folder: Path, place: Place, document: PreventionDocument | None = None, *, state: str = "done",
    settings: Mapping[str, int] | None = None, written: float = 1.0,
) -> Job:  # fmt: skip
    """A run of prevention as a worker leaves it, in the run folder of a place's plan."""
    asked = order(place, "prevention", 7, settings or {})
    job = Job(asked, folder / "runs" / asked.id)
    job.place_order()
    if document is not None:
        job.result.write_text(document.model_dump_json(), encoding="utf-8")
    job.write(Report(state, "drawing futures", 0.4, 0.0, written, 0))
    return job
