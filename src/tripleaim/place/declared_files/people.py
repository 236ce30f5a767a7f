"""Who the people are: lists, residents, small areas, diseases, risk factors, registers."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import (
    AGE,
    AGES_IN_ORDER,
    ANY_LIVES,
    CAUSE,
    EXPLAINED,
    LIVES,
    OLDEST,
    PEOPLE_OF_A_COUNTRY,
    PEOPLE_OF_A_PLACE,
    PLACED,
    PLAN,
    QUINTILE,
    SOURCED,
    TIMES,
    DeclaredFile,
    KeyRange,
    Result,
    Sum,
    ages,
    maybe,
    naming,
    numbers,
    people,
    sex,
    texts,
    wholes,
)
from tripleaim.place.population_columns import POPULATION_COLUMNS
from tripleaim.tables import FIRST_YEAR, LAST_YEAR, Column

ILLNESS: tuple[Result, ...] = (*ANY_LIVES, "benchmarks")

_RANGE = ("low", "high")

FILES = (
    DeclaredFile(
        "population.csv",
        "people by single year of age and sex, where there is no registered.csv",
        ILLNESS,
        POPULATION_COLUMNS,
        ("age", "sex"),
    ),
    DeclaredFile(
        "registered.csv",
        "practices' lists, exact",
        (*LIVES, "backtest"),
        (
            *texts("practice"),
            sex(),
            *texts("age_band"),
            *wholes("patients", unit="people", most=PEOPLE_OF_A_PLACE),
        ),
        ("practice", "sex", "age_band"),
    ),
    DeclaredFile(
        "practices.csv",
        "practices and where they are",
        LIVES,
        (
            *texts("practice", "name"),
            *maybe("postcode"),
            *texts("locality"),
            *PLACED,
            *texts("location_status"),
        ),
        ("practice",),
    ),
    DeclaredFile(
        "localities.csv",
        "localities that practices belong to",
        LIVES,
        (*texts("locality"), *SOURCED, CAUSE),
        ("locality",),
    ),
    DeclaredFile(
        "residents.csv",
        "people living in each district by single year of age",
        LIVES,
        (
            *texts("district"),
            sex(),
            AGE,
            *people("residents"),
        ),
        ("district", "sex", "age"),
    ),
    DeclaredFile(
        "lsoas.csv",
        "small areas and their deprivation",
        LIVES,
        (
            *texts("lsoa"),
            *naming("residents.csv:district", "district"),
            # England has 32,844 small areas (2011) and 33,755 (2021).
            *wholes("imd_rank", unit="rank", least=1, most=40_000),
            QUINTILE,
            *PLACED,
            # An area is drawn for 1,000 to 3,000 people; new towns have grown to 20,000 in one.
            *numbers("population", unit="people", most=100_000),
        ),
        ("lsoa",),
    ),
    DeclaredFile("lsoa_outlines.json", "boundaries of small areas for the map", ()),
    DeclaredFile(
        "quintile_shares.csv",
        "people by quintile where small areas are not known",
        ANY_LIVES,
        (QUINTILE, *numbers("share", unit="share", most=1)),
        ("quintile",),
        (Sum("share", 1),),
    ),
    DeclaredFile(
        "oldest.csv",
        "how an open last age is split into single years",
        ANY_LIVES,
        (AGE, sex(), *people("population", of_a_country=True)),
        ("age", "sex"),
    ),
    DeclaredFile(
        "diseases/*.toml",
        "one long-term condition each",
        ILLNESS,
        key_ranges=(
            KeyRange("prevalence.*.*", "%", 0, 100),
            KeyRange("deprivation.odds_ratios.*", "ratio", 0, TIMES),
            *(KeyRange(f"death.{key}", "ratio", 0, TIMES) for key in ("hazard_ratio", *_RANGE)),
            *(KeyRange(f"quality.{key}", "ratio", 0, 1) for key in ("multiplier", *_RANGE)),
            # What always follows another condition has odds without a natural bound.
            *(KeyRange(f"raised_by.*.{key}", "ratio", 0, 1e6) for key in ("odds_ratio", *_RANGE)),
            # A year's hazards depend on what people have on its 1 January and on nothing before.
            KeyRange(
                "raised_by.*.lag_years",
                "years: 0 also affects today's people, 1 affects only new cases",
                0,
                1,
            ),
            KeyRange("contacts.multipliers.*", "ratio", 0, TIMES),
            *(
                KeyRange(f"contacts.multipliers.*.{key}", "ratio", 0, TIMES)
                for key in ("value", *_RANGE)
            ),
            KeyRange("outcomes.multipliers.*", "ratio", 0, TIMES),
            KeyRange("trend.pct_a_year", "% a year", -20, 20),
            KeyRange("trend.england_register_pct", "% a year", -100, 100),
            KeyRange("trend.ageing_pct", "% a year", -100, 100),
        ),
    ),
    DeclaredFile(
        "risk_factors/*.toml",
        "a risk factor and its levels",
        ILLNESS,
        key_ranges=(
            KeyRange("base_year", "year", FIRST_YEAR, LAST_YEAR),
            KeyRange("correlation.with.*", "correlation", -1, 1),
            KeyRange("gradient.standard_deviations.*", "standard deviations", -5, 5),
            KeyRange("trend.pct_a_year.*", "% a year", -20, 20),
        ),
    ),
    DeclaredFile(
        "risk_factors/*~all_cause.csv",
        "published ratios of all deaths at each level; the direct effect on death is solved to "
        "match them",
        ILLNESS,
        (
            sex(("both",)),
            *ages(most=OLDEST),
            *texts("level"),
            *numbers("relative_risk", unit="ratio", most=TIMES),
            *numbers("low", "high", unit="ratio", most=TIMES, may_be_empty=True),
            *SOURCED,
            *texts("where"),
        ),
        ("sex", "age_from", "level"),
        ordered=(("low", "relative_risk", "high"), AGES_IN_ORDER),
    ),
    DeclaredFile(
        "risk_factors/*~*.csv",
        "what each level does to a condition, a late outcome or death",
        ILLNESS,
        (
            sex(("both",)),
            *ages(most=OLDEST),
            *texts("level"),
            *numbers("relative_risk", unit="ratio", most=TIMES),
            *numbers("low", "high", unit="ratio", most=TIMES, may_be_empty=True),
        ),
        ("sex", "age_from", "level"),
        ordered=(("low", "relative_risk", "high"), AGES_IN_ORDER),
    ),
    DeclaredFile(
        "risk_factors/*.csv",
        "how people are spread over the levels",
        ILLNESS,
        (
            sex(("both",)),
            *ages(most=OLDEST),
            *texts("level"),
            *numbers("pct", unit="%", most=100),
        ),
        ("sex", "age_from", "level"),
        (Sum("pct", 100, ("sex", "age_from", "age_to")),),
        (AGES_IN_ORDER,),
    ),
    DeclaredFile(
        "registers.csv",
        "disease registers, which set the level of conditions",
        ILLNESS,
        (
            *texts("register", "condition"),
            *wholes("minimum_age", unit="years", most=OLDEST),
            *numbers("list_size", "all_ages", unit="people", least=1, most=PEOPLE_OF_A_COUNTRY),
            *people("register_count", of_a_country=True),
            *numbers("england_pct", unit="%", most=100),
            *texts("source"),
        ),
        ("register",),
        ordered=(("register_count", "list_size", "all_ages"),),
    ),
    DeclaredFile(
        "frailty.csv",
        "how much the shared frailty matters",
        ILLNESS,
        (
            Column("parameter", choices=("loading",)),
            # Above 3 one person's frailty would decide whatever happens to everybody.
            *numbers("value", unit="loading", most=3),
            *numbers("uncalibrated", unit="loading", least=-3, most=3, may_be_empty=True),
            *SOURCED,
            CAUSE,
        ),
        ("parameter",),
    ),
    DeclaredFile(
        "clustering.csv",
        "recorded clustering of conditions, to check against",
        PLAN,
        (
            *wholes("conditions", unit="conditions", most=28),
            *people("people"),
            *numbers("if_independent", unit="people", most=PEOPLE_OF_A_PLACE, may_be_empty=True),
            *numbers("ratio", "tolerance", unit="ratio", most=TIMES),
            *numbers("a_head", unit="conditions per person", least=0.001, most=28),
            *texts("source"),
        ),
        ("conditions",),
    ),
    DeclaredFile(
        "registered_bands.csv",
        "the country's registered people",
        ("country", "backtest"),
        (
            sex(),
            *texts("age_band"),
            *wholes("patients", unit="people", most=PEOPLE_OF_A_COUNTRY),
            *texts("area"),
            *EXPLAINED,
        ),
        ("sex", "age_band", "area"),
    ),
)
