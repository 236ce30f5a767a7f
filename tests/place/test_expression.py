"""One expression means the same on NumPy, on DuckDB and as Spark SQL, and can do no harm."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
import sqlglot
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from expressions import KINDS, written
from tripleaim.place import Expression, InputError, parse

AGE = [0, 17, 40, 75, 75, 90]
FRAILTY = [-1.5, 0.1, 0.0, 2.25, -0.25, 1.0]
SCORE = [None, 0.0, 2.0, None, -3.0, 75.0]
SEX = ["male", "female", "female", "male", "o'neil", "a\\b"]
RESIDENT = [True, True, False, True, False, False]
DIABETES = [False, True, False, True, True, False]
COLUMNS: dict[str, np.ndarray[Any, Any]] = {
    "age": np.array(AGE, dtype=np.int16),
    "frailty": np.array(FRAILTY, dtype=np.float32),
    "score": np.array([np.nan if s is None else s for s in SCORE]),
    "sex": np.array(SEX),
    "resident": np.array(RESIDENT),
    "diabetes": np.array(DIABETES),
}
DATABASE = duckdb.connect()
PEOPLE = DATABASE.from_arrow(
    pa.table(
        {
            "row": pa.array(range(6)),
            "age": pa.array(AGE, pa.int16()),
            "frailty": pa.array(FRAILTY, pa.float32()),
            "score": pa.array(SCORE, pa.float64()),
            "sex": SEX,
            "resident": RESIDENT,
            "diabetes": DIABETES,
        }
    ),
)


def on_duckdb(sql: str) -> list[Any]:
    rows = PEOPLE.project(f"row, ({sql}) as found").order("row").fetchall()
    return [value for _, value in rows]


def parsed(text: str) -> Expression:
    try:
        expression = parse(text, KINDS)
    except InputError:  # a random text may mix kinds or nest too deep
        reject()
    assume(expression.names)
    return expression


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written("c"))
def test_a_condition_holds_for_the_same_people_on_every_engine(text: str) -> None:
    expression = parsed(text)
    expected = [bool(value) for value in on_duckdb(expression.sql())]
    assert expression.on(COLUMNS).tolist() == expected
    spark = sqlglot.parse_one(expression.sql("spark"), dialect="spark")
    assert [bool(value) for value in on_duckdb(spark.sql("duckdb"))] == expected


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written("n"))
def test_a_number_is_the_same_on_every_engine(text: str) -> None:
    expression = parsed(text)
    found = [None if np.isnan(v) else v for v in expression.on(COLUMNS).astype(float)]
    assert on_duckdb(expression.sql()) == found
    spark = sqlglot.parse_one(expression.sql("spark"), dialect="spark")
    assert on_duckdb(spark.sql("duckdb")) == found


def value_of(text: str) -> list[Any]:
    return parse(text, KINDS).on(COLUMNS).tolist()


def test_whole_numbers_divide_to_fractions() -> None:
    assert value_of("age / 2")[1:3] == [8.5, 20.0]


def test_dividing_by_zero_gives_null_and_not_infinity() -> None:
    assert value_of("(75 / age) is null") == [True, False, False, False, False, False]
    assert np.isnan(parse("75 / age", KINDS).on(COLUMNS)[0])
    assert on_duckdb(parse("75 / age", KINDS).sql())[0] is None


def test_a_comparison_with_a_null_is_unknown_and_counts_as_not_met() -> None:
    assert value_of("score >= 0") == [False, True, True, False, False, True]
    assert value_of("not score >= 0") == [False, False, False, False, True, False]
    assert value_of("score >= 0 or resident") == [True, True, True, True, False, True]


def test_not_in_a_list_that_holds_a_null_is_never_met() -> None:
    assert value_of("sex not in ('male', null)") == [False] * 6


def test_a_case_without_else_gives_null() -> None:
    found = parse("case when age > 80 then 2 when age > 70 then 1 end", KINDS).on(COLUMNS)
    assert [None if np.isnan(v) else v for v in found] == [None, None, None, 1.0, 1.0, 2.0]
    texts = parse("case when resident then sex end", KINDS).on(COLUMNS)
    assert texts.tolist() == ["male", "female", None, "male", None, None]


def test_not_binds_less_than_comparison_and_more_than_and() -> None:
    assert value_of("not age > 40 and resident") == value_of("(not (age > 40)) and resident")
    assert value_of("resident or diabetes and age > 80") == value_of(
        "resident or (diabetes and (age > 80))"
    )
    assert value_of("1 + 2 * 3 = 7 and resident") == RESIDENT


def test_small_integer_columns_do_not_overflow() -> None:
    quintile = {"quintile": np.array([1, 5], dtype=np.int8)}
    assert parse("quintile * 100", ["quintile"]).on(quintile).tolist() == [100.0, 500.0]
    assert parse("quintile < 1000", ["quintile"]).on(quintile).tolist() == [True, True]


def test_a_decimal_is_a_double_on_every_engine() -> None:
    assert parse("frailty >= 0.1", KINDS).sql() == "frailty >= 1.00000000000000006e-01"
    assert parse("age / 2 > 1", KINDS).sql("spark") == "CAST(age AS DOUBLE) / NULLIF(2, 0) > 1"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("agee >= 75", 'Did you mean "age"?'),
        ("AGE >= 75", 'Did you mean "age"?'),
        ("sex = female", '"female": unknown column'),
        ('sex = "female"', "put a text in single quotes"),
        ("age >= '75'", "expected numbers on every side, found a text"),
        ("sex = 1", "expected texts on every side, found a number"),
        ("resident = 1", "expected conditions on every side, found a number"),
        ("resident > diabetes", "true and false have no order"),
        ("age and resident", "expected a condition here"),
        ("resident + diabetes >= 2", "expected a number here"),
        ("null", "this is null"),
        ("age >= 75 and", "expected a condition such as"),
        ("age >= 75 resident", 'it cannot be read near "resident"'),
        ("", "it is empty"),
        ("age > 1e300", "expected a number of at most 1e+15"),
    ],
)
def test_a_typo_is_reported_with_what_was_expected(text: str, message: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse(text, KINDS, file="plan.toml", line=4, column="reach.who")
    assert str(refusal.value).startswith('plan.toml, line 4, column "reach.who": ')
    assert message in str(refusal.value)


@pytest.mark.parametrize(
    "text",
    [
        "age > 1; drop table people",
        "age > 1) or (1=1); --",
        "age in (select age from people)",
        "exists (select 1)",
        "(select max(age) from people) > 1",
        "age > 1 union select 2",
        "read_csv('/etc/passwd')",
        "getenv('HOME') = 'x'",
        "age > all (1)",
        "people.age > 1",
        "age::text = '1'",
        "age % 2 = 0",
        "age || 'x'",
        "age in resident",
        "age between symmetric 3 and 1",
        "if(resident, 1, 2) = 1",
        "age = $1",
        "age = ?",
        "*",
        "row_number() over ()",
        "case when resident then pragma_version() end",
        "sex like '%a'",
        "E'\\x41' = sex",
    ],
)
def test_nothing_outside_the_language_gets_through(text: str) -> None:
    with pytest.raises(InputError):
        parse(text, KINDS)


def test_a_comment_is_not_carried_into_sql() -> None:
    assert parse("age > 1 -- */ ; drop table people", KINDS).sql() == "age > 1"


@pytest.mark.parametrize(
    "text",
    [
        "(" * 400 + "age > 1" + ")" * 400,
        "not " * 240 + "resident",
        "- " * 400 + "1 > 1",
        "case when resident then " * 40 + "1",
        "a" * 1001,
        "(" * 21 + "resident" + ")" * 21,
    ],
)
def test_what_is_too_deep_or_too_long_is_refused_as_input(text: str) -> None:
    with pytest.raises(InputError):
        parse(text, KINDS)


def test_a_long_plain_list_of_conditions_is_not_too_deep() -> None:
    text = " or ".join(["age = 40"] * 80)
    assert value_of(text) == [False, False, True, False, False, False]


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            [
                "age",
                "sex",
                "(",
                ")",
                "and",
                "or",
                "not",
                "in",
                "is",
                "null",
                "between",
                "case",
                "when",
                "then",
                "else",
                "end",
                ",",
                "'",
                "=",
                "<",
                "1",
                "select",
                "from",
                ";",
                "--",
                "/*",
                "*/",
                ".",
                "::",
                "[",
                "]",
                "{",
                "}",
                "$",
                "@",
                "like",
                "x'",
            ]
        ),
        max_size=20,
    ).map(" ".join)
)
def test_any_text_is_an_expression_or_a_fault_of_input(text: str) -> None:
    try:
        expression = parse(text, KINDS)
    except InputError:
        return
    assert expression.on(COLUMNS).shape == (6,)
    assert len(on_duckdb(expression.sql())) == 6


@pytest.mark.parametrize("number", ["1e", "1E", "1e2.5", "1e999.5", "2e-", "1e2-1e"])
def test_a_number_that_stops_half_way_is_refused_as_input(number: str) -> None:
    with pytest.raises(InputError):
        parse(f"age >= {number}", KINDS)
