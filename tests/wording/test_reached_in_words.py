"""Whom an expression means, in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, reject

from expressions import KINDS, written
from tripleaim.place import InputError, Place, parse
from tripleaim.wording import PersonNames, people_reached, who_in_words

NAMED = {
    "age": "age",
    "frailty": "frailty",
    "score": "score",
    "sex": "sex",
    "resident": "liv(e|ing) in the place",
    "diabetes": "diabetes",
}


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("age >= 0", "people of any age"),
        (
            "age >= 75 and conditions_count >= 1",
            "people aged 75 and over with one or more conditions",
        ),
        (
            "conditions_count >= 1 and age >= 75",
            "people aged 75 and over with one or more conditions",
        ),
        ("age between 40 and 79", "people aged 40 to 79"),
        ("age < 18", "people aged under 18"),
        (
            "age >= 18 and conditions_count <= 2",
            "people aged 18 and over with at most two conditions",
        ),
        (
            "age >= 65 and (severe_frailty or osteoporosis or conditions_count >= 2)",
            "people aged 65 and over with severe frailty, osteoporosis or two or more conditions",
        ),
        (
            "(hypertension or age >= 60) and not stroke",
            "people (with high blood pressure, or aged 60 and over) and without stroke or TIA",
        ),
        (
            "(age >= 18 and depression) or (age >= 65 and dementia)",
            "people aged 18 and over with depression, or aged 65 and over with dementia",
        ),
        (
            "bmi in ('from_30', 'from_35')",
            "people at the level “30 to 35 kg/m²” or “35 kg/m² or more” of body mass index",
        ),
        (
            "age >= 65 and quintile = 1",
            "people aged 65 and over in the most deprived fifth of areas",
        ),
        ("not resident", "people who do not live in the place"),
        ("not (age >= 75 and diabetes)", "people who are not (aged 75 and over with diabetes)"),
        (
            "conditions_count >= case when age >= 85 then 1 else 3 end",
            "people whose number of conditions is at least (1 for people aged 85 and over, else 3)",
        ),
        ("18 <= age", "people whose age is at least 18"),
        ("frailty is not null", "people whose frailty is not unknown"),
    ],
)
def test_an_expression_is_written_as_people_would_say_it(
    who: str, said: str, somerset: Place
) -> None:
    assert who_in_words(who, somerset) == said


@given(written("c"))
def test_words_name_every_column_that_an_expression_reads(text: str) -> None:
    try:
        expression = parse(text, KINDS)
    except InputError:  # a random text may mix kinds or nest too deep
        reject()
    said = people_reached(expression, PersonNames())
    assert said.startswith("people ")
    assert [n for n in expression.names if not re.search(NAMED[n], said)] == []
    assert said.count("(") == said.count(")") or "'" in text
    assert not re.search(r"<|>|=|\bnull\b|  ", said) or "'" in text


def test_every_shipped_solution_and_programme_is_described_without_code(somerset: Place) -> None:
    for solution in somerset.solutions:
        said = who_in_words(solution.who, somerset)
        assert not re.search(r"[_=<>]", said), said


def test_what_is_no_expression_is_refused(somerset: Place) -> None:
    with pytest.raises(InputError, match="unknown column"):
        who_in_words("agee >= 75", somerset)
