"""A plan with plausible numbers, for looking at pages: nothing here is a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tripleaim.place import (
    Effect,
    Evidence,
    Figure,
    FolderFiles,
    InputError,
    Place,
    PlaceFiles,
    PointOfDelivery,
    Solution,
    Source,
)
from tripleaim.place.model import Organisation
from tripleaim.plan.assumptions import place_assuming
from tripleaim.plan.overlap.classes import EvidenceClass
from tripleaim.plan.overlap.scenario import Scenario
from tripleaim.plan.printed.finding import Finding
from tripleaim.plan.publish.document import (
    AimPart,
    BeliefPart,
    CalibratedPart,
    ChoicePart,
    LinePart,
    PlanDocument,
    PointOfDeliveryPart,
    ReconciliationPart,
    ScenarioPart,
    SolutionPart,
)
from tripleaim.plan.publish.evidence_parts import (
    EvidenceClassPart,
    EvidencePart,
    EvidenceShownPart,
    ManagementPart,
    SolutionClassPart,
)
from tripleaim.wording import SPLIT_ASSUMED

BASE = "2015/16"
YEARS = ("2016/17", "2017/18", "2018/19", "2019/20", "2020/21")
CLAIMED = (42.4, 51.7, 74.6, 108.9, 153.8)
DO_NOTHING = (-75.4, -98.0, -118.0, -130.0, -174.6)
UNCALIBRATED = (-52.0, -70.1, -88.2, -104.9, -121.3)

POINTS = [
    ("acute-ae", "A&E", "attendances", "Acute", 226_564, 259_558, 3.1),
    ("acute-non-elective", "Emergency admissions", "admissions", "Acute", 72_991, 83_230, 8.9),
    ("acute-elective", "Planned admissions", "admissions", "Acute", 90_162, 98_277, 6.1),
    ("acute-outpatient", "Outpatients", "attendances", "Acute", 760_303, 824_705, 5.0),
    ("acute-other", "Other acute", "units", "Acute", 317_155, 334_489, 4.1),
    ("mental-health", "Mental health", "contacts", "Community", 212_426, 228_907, 2.9),
    ("community", "Community services", "contacts", "Community", 902_781, 1_035_124, 9.8),
    (
        "continuing-health-care",
        "Continuing health care",
        "days",
        "Community",
        417_255,
        489_458,
        9.9,
    ),
    ("gp", "General practice", "contacts", "Primary care", 3_352_311, 3_606_412, 4.7),
    ("prescribing", "Prescribing", "items", "Primary care", 11_425_586, 12_291_632, 6.0),
    ("social-care", "Social care", "contacts", "Social care", 673_706, 730_289, 8.5),
    ("other-programme", "Other programme", "units", "Other", 443_130, 458_118, 3.4),
]

PROJECTS = [
    ("provider-efficiency", "Provider efficiency programmes", 1, "Chief finance officers", 0.21),
    ("medicines", "Safer and cheaper medicines", 1, "Clinical commissioning group", 0.05),
    ("back-office", "Shared back office and estate", 1, "Chief finance officers", 0.06),
    (
        "continuing-care-review",
        "Reviews of continuing care",
        1,
        "Clinical commissioning group",
        0.03,
    ),
    ("smoking", "Stopping smoking", 2, "Director of public health", 0.02),
    ("hypertension", "Finding and treating high blood pressure", 2, "Public health", 0.03),
    ("diabetes-prevention", "Diabetes prevention programme", 2, "Public health", 0.02),
    ("falls", "Preventing falls", 2, "Public health", 0.03),
    ("social-prescribing", "Social prescribing", 2, "Voluntary sector forum", 0.02),
    ("complex-care", "Complex care teams", 3, "Symphony programme", 0.09),
    ("enhanced-primary-care", "Enhanced primary care", 3, "General practice", 0.06),
    ("community-beds", "Community hospital beds", 3, "Somerset Partnership", 0.08),
    ("delayed-transfers", "Home first: fewer delays", 3, "County council", 0.05),
    ("hospital-at-home", "Hospital at home", 3, "Somerset Partnership", 0.03),
    ("care-homes", "Better health in care homes", 3, "Clinical commissioning group", 0.02),
    ("acute-configuration", "One acute service on two sites", 4, "Acute trusts", 0.09),
    ("ambulatory-care", "Same-day emergency care", 4, "Acute trusts", 0.04),
    ("outpatients", "Fewer outpatient follow-ups", 4, "Acute trusts", 0.03),
    ("specialised", "Specialised services", 4, "NHS England", 0.02),
    ("accountable-care", "Accountable care organisation", 5, "Provider board", 0.02),
]

SOURCES = {
    "plan": Source(
        "plan", "The printed plan", "STP partners", "finance", "2016-10-21", "facts only", ""
    ),
    "statistics": Source(
        "statistics", "Registered patients", "NHS Digital", "totals", "2016-01", "OGL", ""
    ),
    "trial": Source("trial", "A controlled trial", "A journal", "table 2", "2018", "cited", ""),
    "tripleaim": Source(
        "tripleaim", "Our own assumption", "Triple Aim", "whole document", "2026", "Apache-2.0", ""
    ),
}


def place() -> Place:
    """A small footprint that looks like the shipped one, made without reading a file."""
    figures = {}
    for identity, name, unit, _, first, last, _ in POINTS:
        for year, value in (("2016/17", first), ("2020/21", last)):
            key = f"activity.{identity}.{year.replace('/', '_')}"
            figures[key] = Figure(
                key, value, None, None, unit, year, name, "published", "plan", "activity table", ""
            )
    figures["gap.2020_21"] = Figure(
        "gap.2020_21", -174.6, None, None, "£m", "2020/21", "", "published", "plan", "finance", ""
    )
    figures["effect.complex-care"] = Figure(
        "effect.complex-care",
        -0.03,
        -0.08,
        0.02,
        "change",
        "",
        "",
        "evidence",
        "trial",
        "table 2",
        "",
    )
    figures["opening.commissioner"] = Figure(
        "opening.commissioner", -34.0, -45.0, -20.0, "£m", BASE, "", "assumed", "tripleaim", "",
        "Solved so that the printed position is met.",
    )  # fmt: skip
    for i in range(60):
        key = f"list.practice-{i:02d}"
        figures[key] = Figure(
            key, 5000 + 97 * i, None, None, "people", "2016", "", "public", "statistics", "csv", ""
        )
    return Place(
        id="somerset",
        name="Somerset",
        files=PlaceFiles((FolderFiles(Path()),)),
        base_year=BASE,
        years=YEARS,
        priorities={
            1: "Better financial position and performance",
            2: "Prevention",
            3: "Out-of-hospital services",
            4: "Acute services",
            5: "Accountable care",
        },
        organisations=(
            Organisation("11X", "NHS Somerset CCG", "CCG", "ccg", "commissioner", "public", "plan"),
        ),
        points_of_delivery=tuple(
            PointOfDelivery(
                identity, name, unit, group, "", "", 0, identity != "social-care",
                f"activity.{identity}.2016_17", f"activity.{identity}.2020_21",
            )
            for identity, name, unit, group, *_ in POINTS
        ),
        sources=SOURCES,
        figures=figures,
        solutions=tuple(_solution(*project) for project in PROJECTS),
    )  # fmt: skip


def _solution(identity: str, name: str, priority: int, owner: str, share: float) -> Solution:
    evidence = Evidence(-0.03, -0.08, 0.02, "controlled", "trial", "table 2")
    by_year = {y: round(share * c, 3) for y, c in zip(YEARS, CLAIMED, strict=True)}
    return Solution(
        identity, name, f"{name}, in a sentence.", priority, owner, (owner,), "outline",
        "cost-avoiding", "age >= 75", 0.6, "2017/18", 3,
        (Effect("contact rate", "acute-non-elective", "", 1.0, "", 1.0, evidence),),
        {"commissioner": by_year, "providers": dict.fromkeys(YEARS, 0.0)},
        "assumed", "tripleaim", "The plan prints no split.", dict.fromkeys(YEARS, 0.4),
        dict.fromkeys(YEARS, 0.1), "", True, Path("x.toml"),
    )  # fmt: skip


def years(*values: float) -> dict[str, float]:
    """Values by year of the plan."""
    return dict(zip(YEARS, values, strict=True))


def _total(values: Sequence[float]) -> dict[str, float]:
    return {**years(*values), "cumulative": round(sum(values), 3)}


def document(scenario: Scenario) -> PlanDocument:
    """The sample plan; a solution that is off or on evidence saves less."""
    solutions = [_solution_part(i, project, scenario) for i, project in enumerate(PROJECTS)]
    saved = {
        kind: [sum(getattr(s, kind)[y] for s in solutions) for y in YEARS]
        for kind in ("as_claimed_gbp_m", "after_overlap_gbp_m", "on_evidence_gbp_m")
    }

    def with_savings(kind: str, extra: float = 0.0) -> dict[str, float]:
        added = [g + s for g, s in zip(DO_NOTHING, saved[kind], strict=True)]
        added[-1] += extra
        return _total([round(v, 3) for v in added])

    gap = {
        "do_nothing_uncalibrated": _total(UNCALIBRATED),
        "do_nothing": _total(DO_NOTHING),
        "as_claimed": with_savings("as_claimed_gbp_m"),
        "as_claimed_after_stf": with_savings("as_claimed_gbp_m", 37.0),
        "after_overlap": with_savings("after_overlap_gbp_m"),
        "on_evidence": with_savings("on_evidence_gbp_m"),
        "as_chosen": with_savings("after_overlap_gbp_m"),
    }
    return PlanDocument(
        footprint="somerset",
        name="Somerset",
        seed=7,
        version="0.1.0",
        inputs_sha256="ab" * 32,
        scenario=ScenarioPart(
            name=scenario.name, sha256=scenario.sha256, token=scenario.token,
            period_total=scenario.period_total,
            choices={
                k: ChoicePart(basis=c.basis, uptake=c.uptake, start=c.start, own=c.own)
                for k, c in scenario.choices.items()
            },
        ),
        base_year=BASE,
        years=list(YEARS),
        population={BASE: 562_446, **years(565_800, 569_200, 572_500, 575_700, 578_900)},
        resident_population={BASE: 547_800, **years(551_000, 554_200, 557_300, 560_400, 563_400)},
        aged_75_and_over_pct={BASE: 10.46, **years(10.6, 10.9, 11.3, 11.7, 12.1)},
        points_of_delivery=[_point(p) for p in POINTS],
        activity=_activity(),
        gap_gbp_m=gap,
        gap_interval_gbp_m={
            name: {
                y: (gap["on_evidence"][y] - 6 * (i + 1), gap["on_evidence"][y] + up * (i + 1))
                for i, y in enumerate(YEARS)
            }
            for name, up in (("on_evidence", 5), ("not_known_drawn", 20))
        },
        sides={
            "commissioner": {"do_nothing": _total([-34, -44, -55, -62, -80.7])},
            "providers": {"do_nothing": _total([-41.4, -54, -63, -68, -94.0])},
        },
        lines=_lines(),
        solutions=solutions,
        impossible_gbp_m=dict.fromkeys(YEARS, 0.0),
        overlap_gbp_m=years(4.1, 6.0, 9.8, 15.2, 22.6),
        evidence=_evidence(solutions, DO_NOTHING[-1]),
        evidence_cap_gbp_m=years(0, 0, 4, 7, 9),
        stf_gbp_m=years(13.6, 0, 0, 0, 37.0),
        calibrated=[
            CalibratedPart(
                parameter="Commissioner's opening position", unit="£m", value=-34.2,
                uncalibrated=-21.0, low=-45.0, high=-20.0, credible=True,
                meets="the printed (80.7) in 2020/21", adds=-13.2, adds_unit="£m",
            ),
        ],
        reconciliation=[
            ReconciliationPart(
                figure="activity.acute-ae.2020_21", name="A&E attendances in 2020/21",
                unit="attendances", published=259_558, computed=259_558, uncalibrated=233_000.0,
                difference_pct=0.0,
                status="met by calibration",
                part="activity", basis="do_nothing", year="2020/21",
            ),
            ReconciliationPart(
                figure="gap.2020_21", name="Do-nothing gap in 2020/21, before calibration",
                unit="£m", published=-174.6, computed=-121.3, uncalibrated=None,
                difference_pct=-30.5, status="not met",
                part="gap", basis="do_nothing", year="2020/21",
            ),
        ],
        aims=[
            AimPart(
                aim="health", name="Gap in life expectancy, men", value=5.6, target=None,
                unit="years", year="2011-13", figure="gap.2020_21",
                sentence="Men in the poorest fifth of neighbourhoods die 5.6 years earlier.",
            ),
            AimPart(
                aim="quality", name="Seen in A&E within four hours", value=93.8, target=95.0,
                unit="%", year="Aug 2016", figure="gap.2020_21",
                sentence="93.8% of people are seen in A&E within four hours; the standard is 95%.",
            ),
        ],
        notes=["The split of claims by solution is assumed: the plan does not print it."],
        warnings=[
            f"{identity} is taken up by more than in the plan."
            for identity, choice in scenario.choices.items()
            if (choice.uptake or 0.0) > 0.6
        ],
    )  # fmt: skip


def _point(point: tuple[str, str, str, str, int, int, float]) -> PointOfDeliveryPart:
    identity, name, unit, _, first, last, uncalibrated = point
    change = float(last - first)
    rest = change - first * uncalibrated / 100
    return PointOfDeliveryPart(
        id=identity, name=name, unit=unit, printed={"2016/17": first, "2020/21": last},
        growth_pct=100 * change / first, growth_uncalibrated_pct=uncalibrated,
        size_and_age=first * 0.04, morbidity=first * 0.01,
        trend=first * uncalibrated / 100 - first * 0.05, rest=rest, calibration_adds=rest,
        calibration_adds_pct_a_year=100 * rest / first / 4,
    )  # fmt: skip


def _activity() -> dict[str, dict[str, dict[str, float]]]:
    made: dict[str, dict[str, dict[str, float]]] = {}
    for scenario, scale in (
        ("do_nothing_uncalibrated", None), ("do_nothing", 1.0), ("after_overlap", 0.93),
        ("on_evidence", 0.98),
    ):  # fmt: skip
        made[scenario] = {}
        for identity, _, _, _, first, last, uncalibrated in POINTS:
            end = first * (1 + uncalibrated / 100) if scale is None else last * scale
            made[scenario][identity] = {BASE: first * 0.985} | years(
                *(first + (end - first) * i / 4 for i in range(5))
            )
    return made


def _lines() -> list[LinePart]:
    def by_year(first: float, growth: float) -> dict[str, float]:
        return years(*(round(first * (1 + growth) ** i, 1) for i in range(5)))

    return [
        LinePart(
            side=side, line=line, kind=kind,
            uncalibrated=by_year(v, g), calibrated=by_year(v, c),
        )
        for side, line, kind, v, g, c in (
            ("commissioner", "Programme allocation", "income", 690.0, 0.021, 0.019),
            ("commissioner", "Acute", "cost", -372.0, 0.035, 0.041),
            ("commissioner", "Community and mental health", "cost", -150.0, 0.03, 0.036),
            ("providers", "Income from commissioners", "income", 560.0, 0.021, 0.02),
            ("providers", "Pay", "cost", -410.0, 0.03, 0.034),
        )
    ]  # fmt: skip


def _solution_part(
    i: int, project: tuple[str, str, int, str, float], scenario: Scenario
) -> SolutionPart:
    identity, name, priority, owner, share = project
    choice = scenario.choices.get(identity)
    keep = 0.0 if choice and choice.basis == "off" else 1.0
    if choice and choice.uptake is not None:
        keep *= choice.uptake / 0.6
    claim = years(*(share * c * keep for c in CLAIMED))
    overlap = {y: v * (0.82 + 0.005 * i) for y, v in claim.items()}
    evidence = {y: v * (0.05 + 0.03 * (i % 5)) for y, v in claim.items()}
    return SolutionPart(
        id=identity, name=name, summary=f"{name}, in a sentence that says what changes for whom.",
        priority=priority, owner=owner, organisations=[owner],
        maturity=("idea", "outline", "developed", "in delivery")[i % 4],
        release=("cash-releasing", "cost-avoiding", "capacity only")[i % 3],
        who="age >= 75 and conditions_count >= 2",
        whom="people aged 75 and over with two or more conditions",
        uptake=0.6, start="2017/18", years_to_full=3,
        reached=years(0, 9000, 18_000, 24_000, 25_500),
        as_claimed_gbp_m=claim, claim_status="assumed", claim_source="tripleaim",
        claim_cause="The plan prints the total and not the split.",
        claim_tag=SPLIT_ASSUMED,
        investment_gbp_m=years(0.2, 0.5, 0.5, 0.5, 0.5),
        after_overlap_gbp_m=overlap, on_evidence_gbp_m=evidence,
        on_evidence_low_gbp_m={y: v - 1 for y, v in evidence.items()},
        on_evidence_high_gbp_m={y: v + 2 for y, v in evidence.items()},
        beliefs=[
            BeliefPart(
                sentence="18% fewer emergency admissions among 24,000 people by 2019/20.",
                effect="contact rate: acute-non-elective", people=24_000,
                change=-0.18, possible=True,
            ),
            BeliefPart(
                sentence="140% fewer bed days among 800 people, which cannot be.",
                effect="length of stay: community", people=800, change=-1.4, possible=False,
            ),
        ][: 1 + i % 2],
        evidence=[
            EvidencePart(
                effect="contact rate: acute-non-elective", value=-0.03, low=-0.08, high=0.02,
                design=("controlled", "before-after", "none")[i % 3], used=-0.03 / (1 + i % 3),
                source="trial", where="table 2", measured=i % 3 < 2, studies=i,
                directness=("direct", "indirect")[i % 2], risk_of_bias="not assessed",
            )
        ],
        classes=[_class_part(i, claim[YEARS[-1]])],
    )  # fmt: skip


def _class_part(i: int, claim: float) -> SolutionClassPart:
    shown = i == 0
    return SolutionClassPart(
        evidence_class=EvidenceClass.COSTS_MORE if shown else EvidenceClass.NOT_KNOWN,
        effects=["emergency admissions"], share=1.0, claim_gbp_m=claim, investment_gbp_m=0.5,
        net_gbp_m=-0.3 if shown else None, net_range_gbp_m=(-0.4, -0.2) if shown else (-0.5, claim),
    )  # fmt: skip


def _evidence(solutions: Sequence[SolutionPart], nothing: float) -> EvidenceShownPart:
    """The parts of the solutions by class; after overlap nine in ten of the unknown are left."""
    classes = []
    for one in EvidenceClass:
        parts = [(s.id, p) for s in solutions for p in s.classes if p.evidence_class is one]
        claim = sum(p.claim_gbp_m for _, p in parts)
        invested = sum(p.investment_gbp_m for _, p in parts)
        net = sum(p.net_gbp_m or 0.0 for _, p in parts)
        open_ = one is EvidenceClass.NOT_KNOWN
        classes.append(
            EvidenceClassPart(
                evidence_class=one, solutions=[s for s, _ in parts], claim_gbp_m=claim,
                investment_gbp_m=invested, net_gbp_m=None if open_ else net,
                net_range_gbp_m=(-invested, claim) if open_ else (net - 0.1, net + 0.1),
            )
        )  # fmt: skip
    least = nothing + sum(p.net_gbp_m or 0.0 for p in classes) - classes[-1].investment_gbp_m
    most = nothing + 0.9 * classes[-1].claim_gbp_m
    return EvidenceShownPart(
        year=YEARS[-1], margin=0.02, classes=classes,
        management=[
            ManagementPart(
                side="providers", name="Cost improvement of the providers",
                solutions=[solutions[-1].id], claim_gbp_m=solutions[-1].classes[0].claim_gbp_m,
                investment_gbp_m=0.5, record=[],
            )
        ],
        range_gbp_m=(least, most),
        range_by_year_gbp_m={y: (least * (i + 1) / 5, most) for i, y in enumerate(YEARS)},
        range_before_cap_gbp_m=(least, most + 5), range_before_overlap_gbp_m=(least, most + 10),
        studied_alone_gbp_m=nothing - 0.3,
    )  # fmt: skip


FINDINGS = [
    Finding(
        id=f"identity-{i:03d}",
        statement=f"The rows of table {i} add up to its total.",
        where=f"finance; table {i}",
        printed=100.0 + i,
        computed=100.0 + i + (0 if verdict == "holds" else 2.5),
        difference=0.0 if verdict == "holds" else 2.5,
        relation="=",
        unit="£m",
        holds=verdict == "holds",
        verdict=verdict,
        severity="none" if verdict == "holds" else ("high", "medium", "low")[i % 3],
        note="" if verdict == "holds" else "The total leaves out one row.",
        flag="",
        figures=("gap.2020_21",),
    )
    for i, verdict in enumerate(
        ["holds"] * 30
        + ["fails"] * 6
        + ["other basis, date or scope"] * 4
        + ["suspected misprint"] * 2
        + ["rounding"] * 5
        + ["official figure differs"] * 3
    )
]


class SampleWorkspace:
    """A workspace over the sample plan."""

    folder = None
    seed = 7
    changed_since = ""

    def __init__(self) -> None:
        self.place = place()
        self.audit = FINDINGS
        self.people: Mapping[str, Any] = {}

    def document(self, scenario: Scenario) -> PlanDocument:
        """The sample plan under a scenario; as in a real run, of the run's own seed."""
        if scenario.seed != self.seed:
            raise InputError("this run was made with seed 7", value=scenario.seed)
        return document(scenario)

    def under(self, scenario: Scenario) -> SampleWorkspace:
        """The same with what the scenario assumes otherwise."""
        other = SampleWorkspace()
        other.place = place_assuming(self.place, scenario.assumptions)
        return other


class SamplePlans:
    """The plan of one place, and another place that is on the list alone."""

    def __init__(self) -> None:
        self._workspace = SampleWorkspace()

    def places(self) -> Mapping[str, str]:
        """The place, and the other, so that pages offer a way from one to the other."""
        return {"somerset": "Somerset", "atlantis": "Atlantis"}

    def workspace(self, place_id: str) -> SampleWorkspace | None:
        """The one workspace."""
        return self._workspace if place_id == "somerset" else None
