"""Areas to be compared with, and what the plan prints about its own peers."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import (
    EXPLAINED,
    DeclaredFile,
    Result,
    maybe,
    numbers,
    texts,
)
from tripleaim.tables import Column, age_band, number, whole, yes_no

BENCHMARKS: tuple[Result, ...] = ("benchmarks",)

FILES = (
    DeclaredFile(
        "peers.csv",
        "areas to be compared with",
        BENCHMARKS,
        (
            *texts("area", "name"),
            *numbers("imd_score"),
            *numbers("rural_share", most=1),
            Column("rural_status", choices=("public", "assumed")),
        ),
    ),
    DeclaredFile(
        "peer_lists.csv",
        "their registered people",
        BENCHMARKS,
        (
            *texts("area"),
            Column("sex", choices=("female", "male")),
            Column("age_band", age_band),
            Column("patients", whole, minimum=0),
        ),
    ),
    DeclaredFile(
        "peer_registers.csv",
        "their disease registers",
        BENCHMARKS,
        (
            *texts("area", "register", "condition"),
            Column("minimum_age", whole, minimum=0),
            Column("list_size", whole, minimum=1),
            Column("register_count", whole, minimum=0),
        ),
    ),
    DeclaredFile(
        "peer_trusts.csv",
        "trusts with a known catchment",
        BENCHMARKS,
        (
            *texts("trust", "name"),
            *numbers(
                *("beds", "admissions_0_14", "admissions_15_29", "admissions_30_44"),
                *("admissions_45_59", "admissions_60_74", "admissions_75_89", "admissions_90"),
                *("ae_attendances", "ae_admissions", "income", "position"),
                least=None,
                may_be_empty=True,
            ),
        ),
    ),
    DeclaredFile(
        "peer_catchments.csv",
        "where the patients of those trusts live",
        BENCHMARKS,
        (*texts("trust", "area"), *numbers("share", most=1)),
    ),
    DeclaredFile(
        "similarity.csv",
        "what makes two areas alike",
        BENCHMARKS,
        (*texts("variable", "name"), *numbers("weight"), *EXPLAINED),
    ),
    DeclaredFile(
        "benchmark_measures.csv",
        "measures that areas are compared by",
        BENCHMARKS,
        (
            *texts("id", "name", "column"),
            Column("per", number, minimum=1),
            *texts("unit", "period"),
            Column("counts", yes_no),
            *maybe("age_pattern"),
            *EXPLAINED,
        ),
    ),
    DeclaredFile(
        "benchmarks.csv",
        "the plan's own peer figures",
        BENCHMARKS,
        (
            *texts("id", "name"),
            *maybe("spend"),
            *texts("against", "registered"),
            Column("beside", may_be_empty=True, may_be_missing=True),
            *maybe("caution"),
        ),
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
    ),
)
