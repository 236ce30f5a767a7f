"""What years to come are made of: births, deaths, moves, contacts and what drifts."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import (
    ANY_LIVES,
    CALENDAR_YEAR,
    CAUSE,
    EXPLAINED,
    OLDEST,
    SOURCED,
    DeclaredFile,
    ages,
    numbers,
    sex,
    texts,
)
from tripleaim.place.declared_files.people import ILLNESS
from tripleaim.tables import Column, number, whole

QUINTILE = Column("quintile", whole, minimum=1, maximum=5)

FILES = (
    DeclaredFile(
        "mortality.csv",
        "deaths of the national projection; age -1 is born in the year",
        ANY_LIVES,
        (
            sex(),
            Column("age", whole, minimum=-1, maximum=OLDEST),
            CALENDAR_YEAR,
            *numbers("deaths_per_100000", most=100_000),
        ),
    ),
    DeclaredFile(
        "mortality_level.csv",
        "what multiplies mortality so that it starts at the level recorded",
        ANY_LIVES,
        (
            sex(),
            Column("age_from", whole, minimum=-1, maximum=OLDEST),
            Column("age_to", whole, minimum=-1),
            *numbers("ratio", least=0.1, most=10),
            *numbers("observed", "expected"),
            *SOURCED,
        ),
    ),
    DeclaredFile(
        "mortality_variants.csv",
        "what the low and high variants multiply mortality by",
        ("futures", "prevention"),
        (
            sex(),
            Column("age", whole, minimum=-1, maximum=OLDEST),
            CALENDAR_YEAR,
            *numbers("low", "high", least=0.1, most=10),
        ),
    ),
    DeclaredFile(
        "fertility.csv",
        "births by age of woman",
        ANY_LIVES,
        (
            Column("age", whole, minimum=0, maximum=OLDEST),
            CALENDAR_YEAR,
            *numbers("births_per_1000", most=1000),
        ),
    ),
    DeclaredFile(
        "migration.csv",
        "net migration by age and sex, the same every year",
        ANY_LIVES,
        (sex(), *ages(), *numbers("net_per_1000", least=-1000, most=1000)),
    ),
    DeclaredFile(
        "local_levels.csv",
        "what multiplies the national rates of death and birth here",
        ANY_LIVES,
        (
            Column("event", choices=("death", "birth")),
            *ages(),
            *numbers("ratio", least=0.1, most=10),
            *numbers("observed", "expected"),
            *SOURCED,
        ),
    ),
    DeclaredFile(
        "quintile_mortality.csv",
        "what multiplies the hazard of death by deprivation",
        ANY_LIVES,
        (
            QUINTILE,
            sex(),
            *numbers("ratio", least=0.01, most=100),
            *numbers("uncalibrated", least=0.01, most=100, may_be_empty=True),
            *SOURCED,
            CAUSE,
        ),
    ),
    DeclaredFile(
        "condition_trends.csv",
        "the place's own trends of conditions",
        ILLNESS,
        (
            *texts("condition"),
            *numbers("pct_a_year", least=-20, most=20),
            Column("recording_pct_a_year", number, minimum=-20, maximum=20, may_be_missing=True),
            *numbers(
                "england_register_pct",
                "place_register_pct",
                "ageing_pct",
                least=None,
                may_be_empty=True,
            ),
            *SOURCED,
            CAUSE,
        ),
    ),
    DeclaredFile(
        "contact_rates.csv",
        "England's contacts a person a year by age and sex",
        (*ANY_LIVES, "benchmarks"),
        (*texts("point_of_delivery"), sex(), *ages(), *numbers("rate"), *SOURCED),
    ),
    DeclaredFile(
        "quintile_contacts.csv",
        "the gradient of contacts by deprivation",
        ANY_LIVES,
        (
            *texts("point_of_delivery"),
            QUINTILE,
            *numbers("ratio", least=0.01, most=100),
            *EXPLAINED,
        ),
    ),
    DeclaredFile(
        "trends.csv",
        "growth of contacts beyond people and conditions",
        ANY_LIVES,
        (
            *texts("point_of_delivery"),
            Column("pct_a_year", number, minimum=-20, maximum=20),
            *SOURCED,
            CAUSE,
        ),
    ),
    DeclaredFile(
        "level.csv",
        "whether the uncalibrated level of contacts is England's or the first printed year's",
        ANY_LIVES,
        (*texts("point_of_delivery"), Column("level", choices=("england", "printed")), CAUSE),
    ),
    DeclaredFile(
        "outcome_rates.csv",
        "late outcomes in a year by age and sex",
        (*ANY_LIVES, "benchmarks"),
        (
            *texts("outcome"),
            sex(),
            *ages(),
            *numbers("per_100000", most=100_000),
            *EXPLAINED,
        ),
    ),
    DeclaredFile(
        "quality_norms.csv",
        "quality of life of people of an age, all conditions included",
        ANY_LIVES,
        (sex(), *ages(), *numbers("index", most=1), *EXPLAINED),
    ),
    DeclaredFile(
        "official_projection.csv",
        "the official projection that a country's is printed beside; it steers nothing",
        (),
        (
            CALENDAR_YEAR,
            *numbers("people"),
            *numbers("births", "deaths", may_be_empty=True),
        ),
    ),
)
