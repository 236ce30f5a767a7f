"""Areas to be compared with, and what the plan prints about its own peers."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import (
    EXPLAINED,
    OLDEST,
    PEOPLE_OF_A_PLACE,
    DeclaredFile,
    Result,
    Sum,
    maybe,
    naming,
    numbers,
    texts,
    wholes,
)
from tripleaim.tables import Column, age_band, yes_no

BENCHMARKS: tuple[Result, ...] = ("benchmarks",)

FILES = (
    DeclaredFile(
        "peers.csv",
        "areas to compare the place with",
        BENCHMARKS,
        (
            *texts("area", "name"),
            *numbers("imd_score", unit="score", most=100),
            *numbers("rural_share", unit="share", most=1),
            Column("rural_status", choices=("public", "assumed")),
        ),
        ("area",),
    ),
    DeclaredFile(
        "peer_lists.csv",
        "registered people of those areas",
        BENCHMARKS,
        (
            *naming("peers.csv:area", "area"),
            Column("sex", choices=("female", "male")),
            Column("age_band", age_band),
            *wholes("patients", unit="people", most=PEOPLE_OF_A_PLACE),
        ),
        ("area", "sex", "age_band"),
    ),
    DeclaredFile(
        "peer_registers.csv",
        "disease registers of those areas",
        BENCHMARKS,
        (
            *naming("peers.csv:area", "area"),
            *texts("register", "condition"),
            *wholes("minimum_age", unit="years", most=OLDEST),
            *wholes("list_size", unit="people", least=1, most=PEOPLE_OF_A_PLACE),
            *wholes("register_count", unit="people", most=PEOPLE_OF_A_PLACE),
        ),
        ("area", "register"),
        ordered=(("register_count", "list_size"),),
    ),
    DeclaredFile(
        "peer_trusts.csv",
        "trusts with a known catchment",
        BENCHMARKS,
        (
            *texts("trust", "name"),
            *numbers("beds", unit="beds", most=10_000, may_be_empty=True),
            *numbers(
                *("admissions_0_14", "admissions_15_29", "admissions_30_44"),
                *("admissions_45_59", "admissions_60_74", "admissions_75_89", "admissions_90"),
                unit="admissions a year",
                most=1_000_000,
                may_be_empty=True,
            ),
            *numbers(
                "ae_attendances",
                "ae_admissions",
                unit="contacts in the period",
                most=2_000_000,
                may_be_empty=True,
            ),
            *numbers("income", unit="£m a year", most=20_000, may_be_empty=True),
            *numbers("position", unit="£m a year", least=-5_000, most=5_000, may_be_empty=True),
        ),
        ("trust",),
        ordered=(("ae_admissions", "ae_attendances"),),
    ),
    DeclaredFile(
        "peer_catchments.csv",
        "where the patients of those trusts live",
        BENCHMARKS,
        (
            *naming("peer_trusts.csv:trust", "trust"),
            *naming("peers.csv:area", "area"),
            *numbers("share", unit="share", most=1),
        ),
        ("trust", "area"),
        (Sum("share", 1, ("trust",), tolerance=0.01),),
    ),
    DeclaredFile(
        "similarity.csv",
        "what makes two areas alike",
        BENCHMARKS,
        (*texts("variable", "name"), *numbers("weight", unit="ratio", most=100), *EXPLAINED),
        ("variable",),
    ),
    DeclaredFile(
        "benchmark_measures.csv",
        "measures by which areas are compared",
        BENCHMARKS,
        (
            *texts("id", "name", "column"),
            *numbers("per", unit="people", least=1, most=PEOPLE_OF_A_PLACE),
            *texts("unit", "period"),
            Column("counts", yes_no),
            *maybe("age_pattern"),
            *EXPLAINED,
        ),
        ("id",),
    ),
    DeclaredFile(
        "benchmarks.csv",
        "the plan's own peer figures",
        BENCHMARKS,
        (
            *texts("id", "name"),
            *naming("figure", "spend", may_be_empty=True),
            *naming("figure", "against", "registered"),
            Column("beside", may_be_empty=True, may_be_missing=True),
            *maybe("caution"),
        ),
        ("id",),
    ),
    DeclaredFile(
        "specialised_programmes.csv",
        "specialised services as the plan lists them",
        BENCHMARKS,
        (
            Column("part", choices=("total", "line", "sum", "share")),
            *texts("name"),
            Column("kind", choices=("programme", "rest"), may_be_empty=True),
            *texts("figure"),
        ),
        ("part", "name"),
    ),
)
