"""Programmes of prevention, what follows on late outcomes, and official health beside ours."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import (
    EXPLAINED,
    RESULTS,
    SOURCED,
    DeclaredFile,
    maybe,
    numbers,
    periods,
    sex,
    texts,
)
from tripleaim.tables import Column, whole

FILES = (
    # A solution of the same id takes the design of its evidence from there.
    DeclaredFile("prevention/*.toml", "a programme over twenty years each", RESULTS),
    DeclaredFile(
        "late_outcomes.csv",
        "what follows on a late outcome, by months since",
        ("prevention",),
        (
            *texts("outcome"),
            Column("measure", choices=("carried", "caused", "death", "quality")),
            *maybe("carried_by"),
            sex(("persons",)),
            Column("from_month", whole, minimum=0),
            Column("to_month", whole, minimum=1, may_be_empty=True),
            *numbers("value", "low", "high", may_be_empty=True),
            *SOURCED,
            *maybe("where", "cause"),
        ),
    ),
    DeclaredFile(
        "prevention_evaluations.csv",
        "published evaluations of programmes, set beside ours",
        ("prevention",),
        (
            *texts("programme", "evaluation", "setting"),
            Column("years", whole, minimum=1, maximum=90, may_be_empty=True),
            *numbers("rate_pct", most=20, may_be_empty=True),
            Column("counts", choices=("net cost", "programme cost")),
            Column("per", choices=("QALY", "life year")),
            *numbers("gbp_per", "low", "high", least=None, may_be_empty=True),
            *maybe("finding"),
            *numbers("pays_back_after", "qalys_per_person", may_be_empty=True),
            *SOURCED,
            *texts("where", "why"),
        ),
    ),
    DeclaredFile(
        "early_signs.csv",
        "conditions whose new cases have a chain of early signs",
        ("prevention",),
        texts("condition"),
    ),
    DeclaredFile(
        "life_expectancy*.csv",
        "official life expectancy, in good health, and slope indices, set beside ours",
        ("prevention",),
        (
            *texts("area"),
            *periods("period"),
            sex(),
            Column("age", whole, minimum=0, maximum=90),
            Column("measure", choices=("life", "healthy", "slope-life", "slope-healthy")),
            *numbers("value", most=120),
            *texts("basis"),
            *EXPLAINED,
        ),
    ),
)
