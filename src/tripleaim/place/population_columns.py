"""The columns of a population by age and sex, by the names that publishers print."""

from __future__ import annotations

from tripleaim.place.age_texts import read_ages
from tripleaim.tables import Column, number

SEXES = ("male", "female")
SEX_ALIASES = (
    ("m", "male"),
    ("f", "female"),
    ("1", "male"),
    ("2", "female"),
    ("males", "male"),
    ("females", "female"),
    ("men", "male"),
    ("women", "female"),
    ("boys", "male"),
    ("girls", "female"),
)
"""Other words for the sexes; 1 and 2 are the NHS's codes (and ISO 5218's)."""
BOTH = "all"
"""Both sexes together."""

POPULATION_COLUMNS = (
    Column(
        "age",
        read_ages,
        also=(
            "ages",
            "age_*",
            "ageband",
            "agegroup",
            "aged",
            "single_year_of_age",
            "c_age_name",
            "syoa",
        ),
    ),
    Column(
        "sex",
        choices=(*SEXES, BOTH),
        also=("gender", "sex_name", "sex_label", "gender_name", "c_sex_name", "sexes"),
        aliases=(
            *SEX_ALIASES,
            ("persons", BOTH),
            ("both", BOTH),
            ("total", BOTH),
            ("both sexes", BOTH),
            ("all persons", BOTH),
            ("people", BOTH),
        ),
    ),
    Column(
        "population",
        number,
        minimum=0,
        also=(
            "population_*",
            "number_of_patients",
            "number_of_people",
            "patients",
            "people",
            "persons",
            "residents",
            "registered_patients",
            "count",
            "counts",
            "value",
            "values",
            "number",
            "obs_value",
            "observation",
            "list_size",
            "total_population",
            "estimate",
            "mid_year_population",
        ),
    ),
)
