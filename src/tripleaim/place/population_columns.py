"""The columns of a population by age and sex, by the names that publishers print."""

from __future__ import annotations

from tripleaim.place.age_texts import read_ages
from tripleaim.tables import Column, number

_GAPS = (" ", " - ", "-", ": ")
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
    ("man", "male"),
    ("woman", "female"),
    ("boys", "male"),
    ("girls", "female"),
    *((f"{code}{gap}{sex}", sex) for code, sex in ((1, "male"), (2, "female")) for gap in _GAPS),
    ("1.0", "male"),
    ("2.0", "female"),
)
"""Other words for the sexes; 1 and 2 are the NHS's codes (and ISO 5218's)."""
BOTH, UNKNOWN = "all", "unknown"
"""Both sexes together; people whose sex is not known, or is neither."""

_NOT_KNOWN = (
    *("not known", "not specified", "indeterminate", "other", "not stated", "non-binary"),
    *("u", "i", "x", "0", "9"),
)
"""Words and codes of the NHS (0 not known, 9 not specified) for people of neither sex."""

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
        choices=(*SEXES, BOTH, UNKNOWN),
        also=("gender", "sex_name", "sex_label", "gender_name", "c_sex_name", "sexes"),
        aliases=(
            *SEX_ALIASES,
            ("persons", BOTH),
            ("both", BOTH),
            ("total", BOTH),
            ("both sexes", BOTH),
            ("all persons", BOTH),
            ("people", BOTH),
            ("p", BOTH),
            ("t", BOTH),
            ("males and females", BOTH),
            ("male and female", BOTH),
            ("males & females", BOTH),
            ("male & female", BOTH),
            *((word, UNKNOWN) for word in _NOT_KNOWN),
        ),
    ),
    Column(
        "population",
        number,
        minimum=0,
        maximum=1e8,
        unit="people",
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
