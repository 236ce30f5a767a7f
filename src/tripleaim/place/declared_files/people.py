"""Who the people are: lists, residents, small areas, diseases, risk factors, registers."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import (
    ANY_LIVES,
    CAUSE,
    EXPLAINED,
    LIVES,
    OLDEST,
    PLAN,
    SOURCED,
    DeclaredFile,
    Result,
    maybe,
    numbers,
    sex,
    texts,
)
from tripleaim.place.population_columns import POPULATION_COLUMNS
from tripleaim.tables import Column, number, whole

ILLNESS: tuple[Result, ...] = (*ANY_LIVES, "benchmarks")

FILES = (
    DeclaredFile(
        "population.csv",
        "people by single year of age and sex, where there is no registered.csv",
        ILLNESS,
        POPULATION_COLUMNS,
    ),
    DeclaredFile(
        "registered.csv",
        "practices' lists, exact",
        (*LIVES, "backtest"),
        (
            *texts("practice"),
            sex(),
            *texts("age_band"),
            Column("patients", whole, minimum=0),
        ),
    ),
    DeclaredFile(
        "practices.csv",
        "practices and where they stand",
        LIVES,
        (
            *texts("practice", "name"),
            *maybe("postcode"),
            *texts("locality"),
            Column("lat", number, minimum=49, maximum=61),
            Column("lon", number, minimum=-9, maximum=3),
            *texts("location_status"),
        ),
    ),
    DeclaredFile(
        "localities.csv",
        "localities that practices belong to",
        LIVES,
        (*texts("locality", "status", "source", "cause"),),
    ),
    DeclaredFile(
        "residents.csv",
        "people living in each district by single year of age",
        LIVES,
        (
            *texts("district"),
            sex(),
            Column("age", whole, minimum=0, maximum=OLDEST),
            *numbers("residents"),
        ),
    ),
    DeclaredFile(
        "lsoas.csv",
        "small areas with their deprivation",
        LIVES,
        (
            *texts("lsoa", "district"),
            Column("imd_rank", whole, minimum=1),
            Column("quintile", whole, minimum=1, maximum=5),
            Column("lat", number, minimum=49, maximum=61),
            Column("lon", number, minimum=-9, maximum=3),
            *numbers("population"),
        ),
    ),
    DeclaredFile("lsoa_outlines.json", "outlines of small areas for the map", ()),
    DeclaredFile(
        "quintile_shares.csv",
        "people by quintile where small areas are not known",
        ANY_LIVES,
        (Column("quintile", whole, minimum=1, maximum=5), *numbers("share", most=1)),
    ),
    DeclaredFile(
        "oldest.csv",
        "how an open last age is split into single years",
        ANY_LIVES,
        (Column("age", whole, minimum=0, maximum=OLDEST), sex(), *numbers("population")),
    ),
    DeclaredFile("diseases/*.toml", "one long-term condition each", ILLNESS),
    DeclaredFile("risk_factors/*.toml", "a risk factor and its levels", ILLNESS),
    DeclaredFile(
        "risk_factors/*~all_cause.csv",
        "published ratios of all deaths at each level, which the direct effect on death meets",
        ILLNESS,
        (
            sex(("both",)),
            Column("age_from", whole, minimum=0, maximum=OLDEST),
            Column("age_to", whole, minimum=0, maximum=OLDEST),
            *texts("level"),
            *numbers("relative_risk"),
            *numbers("low", "high", may_be_empty=True),
            *SOURCED,
            *texts("where"),
        ),
    ),
    DeclaredFile(
        "risk_factors/*~*.csv",
        "what each level does to a condition, a late outcome or death",
        ILLNESS,
        (
            sex(("both",)),
            Column("age_from", whole, minimum=0, maximum=OLDEST),
            Column("age_to", whole, minimum=0, maximum=OLDEST),
            *texts("level"),
            *numbers("relative_risk", least=None),
            *numbers("low", "high", least=None, may_be_empty=True),
        ),
    ),
    DeclaredFile(
        "risk_factors/*.csv",
        "how people are spread over the levels",
        ILLNESS,
        (
            sex(("both",)),
            Column("age_from", whole, minimum=0, maximum=OLDEST),
            Column("age_to", whole, minimum=0, maximum=OLDEST),
            *texts("level"),
            *numbers("pct", most=100),
        ),
    ),
    DeclaredFile(
        "registers.csv",
        "disease registers, which set the level of conditions",
        ILLNESS,
        (
            *texts("register", "condition"),
            Column("minimum_age", whole, minimum=0, maximum=OLDEST),
            *numbers("list_size", "all_ages", least=1),
            *numbers("register_count"),
            *numbers("england_pct", most=100),
            *texts("source"),
        ),
    ),
    DeclaredFile(
        "frailty.csv",
        "how strongly the shared frailty enters",
        ILLNESS,
        (
            Column("parameter", choices=("loading",)),
            *numbers("value"),
            *numbers("uncalibrated", least=None, may_be_empty=True),
            *SOURCED,
            CAUSE,
        ),
    ),
    DeclaredFile(
        "clustering.csv",
        "recorded clustering of conditions, to check against",
        PLAN,
        (
            Column("conditions", whole, minimum=0),
            *numbers("people"),
            *numbers("if_independent", may_be_empty=True),
            *numbers("ratio", "tolerance"),
            *numbers("a_head", least=0.001),
            *texts("source"),
        ),
    ),
    DeclaredFile(
        "registered_bands.csv",
        "the country's registered people",
        ("country", "backtest"),
        (
            sex(),
            *texts("age_band"),
            Column("patients", whole, minimum=0),
            *texts("area"),
            *EXPLAINED,
        ),
    ),
)
