"""Clauses reach just the people for whom the expression holds."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.people import SEXES
from tripleaim.place import InputError, parse
from tripleaim.prevention.eligibility import clauses_of, columns_of
from tripleaim.projection.programme import Clause

CONDITIONS = ("diabetes", "hypertension", "stroke")
LEVELS = (("alcohol", ("within", "above", "far_above")), ("smoking", ("never", "ex", "current")))


def random_people(n: int, seed: int) -> dict[str, npt.NDArray[Any]]:
    rng = np.random.default_rng(seed)
    has = rng.random((len(CONDITIONS), n)) < 0.4
    return {
        "age": rng.integers(0, 100, n),
        "sex": np.asarray(SEXES)[rng.integers(0, 2, n)],
        "quintile": rng.integers(1, 6, n),
        "conditions_count": has.sum(axis=0),
        **dict(zip(CONDITIONS, has, strict=True)),
        **{risk: np.asarray(levels)[rng.integers(0, 3, n)] for risk, levels in LEVELS},
    }


def reached(clauses: tuple[Clause, ...], people: dict[str, npt.NDArray[Any]]) -> Any:
    """Who is in any clause, as the contract of Clause says, written plainly."""
    bits = sum(people[c].astype(int) << k for k, c in enumerate(CONDITIONS))
    sex = np.array([SEXES.index(s) for s in people["sex"]])
    level = [np.array([names.index(v) for v in people[risk]], dtype=int) for risk, names in LEVELS]
    found = np.zeros(len(sex), dtype=bool)
    for c in clauses:
        inside = (c.age_from <= people["age"]) & (people["age"] <= c.age_to)
        inside &= (c.sexes >> sex & 1) > 0
        inside &= (c.quintiles >> (people["quintile"] - 1) & 1) > 0
        inside &= (bits & c.has) == c.has
        inside &= (bits & c.lacks) == 0
        inside &= (c.count_from <= people["conditions_count"]) & (
            people["conditions_count"] <= c.count_to
        )
        for held, mask in zip(level, c.levels, strict=False):
            inside &= (mask >> held & 1) > 0
        found |= inside
    return found


ATOMS = st.one_of(
    st.builds(
        "{} {} {}".format,
        st.sampled_from(["age", "quintile", "conditions_count", "age / 2", "age + age"]),
        st.sampled_from(["<", "<=", "=", "<>", ">=", ">"]),
        st.integers(0, 90),
    ),
    st.builds("age between {} and {}".format, st.integers(0, 90), st.integers(0, 90)),
    st.builds("quintile in ({}, {})".format, st.integers(1, 5), st.integers(1, 5)),
    st.sampled_from(
        [*CONDITIONS, "true", "sex = 'male'", "1 / (age - 40) > 0", "diabetes is null"]
    ),
    st.builds(
        "smoking {} '{}'".format, st.sampled_from(["=", "<>"]), st.sampled_from(LEVELS[1][1])
    ),
    st.builds(
        "alcohol in ('{}', '{}')".format,
        st.sampled_from(LEVELS[0][1]),
        st.sampled_from(LEVELS[0][1]),
    ),
    st.builds("case when age > {} then true else false end".format, st.integers(0, 90)),
)
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(text=EXPRESSIONS, seed=st.integers(0, 99))
def test_clauses_reach_whom_the_expression_means(text: str, seed: int) -> None:
    people = random_people(300, seed)

    meant = parse(text, columns_of(CONDITIONS, LEVELS)).on(people)

    found = reached(clauses_of(text, CONDITIONS, LEVELS), people)
    np.testing.assert_array_equal(found, np.broadcast_to(meant, found.shape))


def test_a_plain_expression_is_one_clause() -> None:
    clauses = clauses_of("age >= 18 and smoking = 'current' and not stroke", CONDITIONS, LEVELS)

    assert clauses == (Clause(age_from=18, lacks=0b100, levels=(0b111, 0b100)),)


def test_what_holds_for_nobody_has_no_clause() -> None:
    assert clauses_of("age < 18 and age > 60", CONDITIONS, LEVELS) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("age > conditions_count * 10", "one column"),
        ("diabetes = hypertension", "one column"),
        ("age > 18 and frailty > 1", "unknown column"),
        ("case when diabetes then stroke else false end", "one column"),
    ],
)
def test_an_expression_that_a_kernel_cannot_follow_is_refused(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        clauses_of(text, CONDITIONS, LEVELS)


def test_an_expression_with_too_many_alternatives_is_refused() -> None:
    pairs = [f"(age >= {k} or conditions_count <= {k})" for k in range(9)]

    with pytest.raises(InputError, match="alternatives"):
        clauses_of(" and ".join(pairs), CONDITIONS, LEVELS)
