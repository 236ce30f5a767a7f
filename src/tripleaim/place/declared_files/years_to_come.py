"""What years to come are made of: births, deaths, moves, contacts and what drifts."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import (
    AGE,
    AGES_IN_ORDER,
    ANY_LIVES,
    CALENDAR_YEAR,
    CAUSE,
    EXPLAINED,
    OLDEST,
    PEOPLE_OF_A_COUNTRY,
    QUINTILE,
    SOURCED,
    TIMES,
    DeclaredFile,
    ages,
    numbers,
    people,
    sex,
    texts,
)
from tripleaim.place.declared_files.people import ILLNESS
from tripleaim.tables import Column, number, whole

_AGE_OR_BORN = Column("age", whole, minimum=-1, maximum=OLDEST, unit="years")

FILES = (
    DeclaredFile(
        "mortality.csv",
        "deaths of the national projection; age -1 is born in the year",
        ANY_LIVES,
        (
            sex(),
            _AGE_OR_BORN,
            CALENDAR_YEAR,
            *numbers("deaths_per_100000", unit="deaths per 100,000", most=100_000),
        ),
        ("sex", "age", "year"),
    ),
    DeclaredFile(
        "mortality_level.csv",
        "factors that multiply mortality, so that it starts at the recorded level",
        ANY_LIVES,
        (
            sex(),
            *ages(least=-1),
            *numbers("ratio", unit="ratio", least=0.1, most=10),
            *numbers("observed", "expected", unit="deaths", most=PEOPLE_OF_A_COUNTRY),
            *SOURCED,
        ),
        ("sex", "age_from"),
        ordered=(AGES_IN_ORDER,),
    ),
    DeclaredFile(
        "mortality_variants.csv",
        "factors by which the low and high variants multiply mortality",
        ("futures", "prevention"),
        (
            sex(),
            _AGE_OR_BORN,
            CALENDAR_YEAR,
            *numbers("low", "high", unit="ratio", least=0.1, most=10),
        ),
        ("sex", "age", "year"),
        ordered=(("low", "high"),),
    ),
    DeclaredFile(
        "fertility.csv",
        "births by age of woman",
        ANY_LIVES,
        (
            AGE,
            CALENDAR_YEAR,
            *numbers("births_per_1000", unit="births per 1,000 women", most=1000),
        ),
        ("age", "year"),
    ),
    DeclaredFile(
        "migration.csv",
        "net migration by age and sex, the same every year",
        ANY_LIVES,
        (sex(), *ages(), *numbers("net_per_1000", unit="per 1,000", least=-1000, most=1000)),
        ("sex", "age_from"),
        ordered=(AGES_IN_ORDER,),
    ),
    DeclaredFile(
        "residents_to_come.csv",
        "official residents to come, which births and migration are solved to meet",
        ANY_LIVES,
        (
            CALENDAR_YEAR,
            sex(),
            *texts("age_band"),
            *people("residents"),
            *SOURCED,
        ),
        ("year", "sex", "age_band"),
    ),
    DeclaredFile(
        "local_levels.csv",
        "factors that multiply the national rates of death and birth in this place",
        ANY_LIVES,
        (
            Column("event", choices=("death", "birth")),
            *ages(),
            *numbers("ratio", unit="ratio", least=0.1, most=10),
            *numbers("observed", "expected", unit="events", most=PEOPLE_OF_A_COUNTRY),
            *SOURCED,
        ),
        ("event", "age_from"),
        ordered=(AGES_IN_ORDER,),
    ),
    DeclaredFile(
        "quintile_mortality.csv",
        "factors that multiply the hazard of death, by deprivation",
        ANY_LIVES,
        (
            QUINTILE,
            sex(),
            *numbers("ratio", unit="ratio", least=0.01, most=100),
            *numbers("uncalibrated", unit="ratio", least=0.01, most=100, may_be_empty=True),
            *SOURCED,
            CAUSE,
        ),
        ("quintile", "sex"),
    ),
    DeclaredFile(
        "condition_trends.csv",
        "the place's own trends of conditions",
        ILLNESS,
        (
            *texts("condition"),
            *numbers("pct_a_year", unit="% a year", least=-20, most=20),
            Column(
                "recording_pct_a_year",
                number,
                minimum=-20,
                maximum=20,
                may_be_missing=True,
                unit="% a year",
            ),
            *numbers(
                "england_register_pct",
                "place_register_pct",
                "ageing_pct",
                unit="% a year",
                least=-100,
                most=100,
                may_be_empty=True,
            ),
            *SOURCED,
            CAUSE,
        ),
        ("condition",),
    ),
    DeclaredFile(
        "contact_rates.csv",
        "England's contacts a person a year by age and sex",
        (*ANY_LIVES, "benchmarks"),
        (
            *texts("point_of_delivery"),
            sex(),
            *ages(),
            # A contact a day is 365; the most we hold is 97, of care at home.
            *numbers("rate", unit="contacts per person a year", most=TIMES),
            *SOURCED,
        ),
        ("point_of_delivery", "sex", "age_from"),
        ordered=(AGES_IN_ORDER,),
    ),
    DeclaredFile(
        "quintile_contacts.csv",
        "the gradient of contacts by deprivation",
        ANY_LIVES,
        (
            *texts("point_of_delivery"),
            QUINTILE,
            *numbers("ratio", unit="ratio", least=0.01, most=100),
            *EXPLAINED,
        ),
        ("point_of_delivery", "quintile"),
    ),
    DeclaredFile(
        "trends.csv",
        "growth of contacts beyond people and conditions",
        ANY_LIVES,
        (
            *texts("point_of_delivery"),
            *numbers("pct_a_year", unit="% a year", least=-20, most=20),
            *SOURCED,
            CAUSE,
        ),
        ("point_of_delivery",),
    ),
    DeclaredFile(
        "level.csv",
        "whether the uncalibrated level of contacts is England's or the first printed year's",
        ANY_LIVES,
        (*texts("point_of_delivery"), Column("level", choices=("england", "printed")), CAUSE),
        ("point_of_delivery",),
    ),
    DeclaredFile(
        "outcome_rates.csv",
        "late outcomes in a year by age and sex",
        (*ANY_LIVES, "benchmarks"),
        (
            *texts("outcome"),
            sex(),
            *ages(),
            *numbers("per_100000", unit="per 100,000", most=100_000),
            *EXPLAINED,
        ),
        ("outcome", "sex", "age_from"),
        ordered=(AGES_IN_ORDER,),
    ),
    DeclaredFile(
        "quality_norms.csv",
        "quality of life by age, with all conditions included",
        ANY_LIVES,
        (sex(), *ages(), *numbers("index", unit="quality of life, 0 to 1", most=1), *EXPLAINED),
        ("sex", "age_from"),
        ordered=(AGES_IN_ORDER,),
    ),
    DeclaredFile(
        "official_projection.csv",
        "the official projection, shown for comparison; no result uses it",
        (),
        (
            CALENDAR_YEAR,
            *people("people", of_a_country=True),
            *numbers(
                "births", "deaths", unit="people", most=PEOPLE_OF_A_COUNTRY, may_be_empty=True
            ),
        ),
        ("year",),
    ),
)
