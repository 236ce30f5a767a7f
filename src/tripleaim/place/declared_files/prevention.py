"""Programmes of prevention, what follows on late outcomes, and official health beside ours."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import (
    EXPLAINED,
    MOST_YEARS,
    RESULTS,
    SOURCED,
    TIMES,
    WITHIN,
    DeclaredFile,
    KeyRange,
    maybe,
    naming,
    numbers,
    periods,
    sex,
    texts,
    wholes,
)
from tripleaim.tables import Column

FILES = (
    # A solution of the same id takes the design of its evidence from there.
    DeclaredFile(
        "prevention/*.toml",
        "a programme over twenty years each",
        RESULTS,
        key_ranges=(
            KeyRange("reach.years_to_full", "years", 1, MOST_YEARS),
            KeyRange("reach.uptake_a_year.*", "share", 0, 1),
            KeyRange("reach.uptake_full.*", "share", 0, 1),
            KeyRange("reach.uptake_range.*", "ratio", 0, TIMES),
            # A shift of a risk is in its own unit: minutes a week, kg/m², mmHg.
            *(
                KeyRange(f"effects.*.{key}", "as the key unit says", -TIMES, TIMES)
                for key in ("value", "low", "high")
            ),
            KeyRange("effects.*.level_widths.*", "as the key unit says", 0, 10_000),
            KeyRange("effects.*.part", "share", 0, 1),
            KeyRange("effects.*.lag_years", "years", 0, 90),
            *(
                KeyRange(f"effects.*.half_life_{key}", "years", 0, 200)
                for key in ("years", "low", "high")
            ),
            KeyRange("effects.*.excess_left.*.after_10_years", "share", 0, 1),
            KeyRange("effects.*.excess_left.*.after_20_years", "share", 0, 1),
            # The dearest care of one person for a year costs under a million pounds.
            *(KeyRange(f"costs.*.{key}", "£", 0, 1_000_000) for key in ("value", "low", "high")),
        ),
    ),
    DeclaredFile(
        "late_outcomes.csv",
        "what happens after a late outcome, by months since",
        ("prevention",),
        (
            *texts("outcome"),
            Column("measure", choices=("carried", "caused", "death", "quality")),
            *naming("condition", "carried_by", may_be_empty=True),
            sex(("persons",)),
            *wholes("from_month", unit="months", most=1_200),
            *wholes("to_month", unit="months", least=1, most=1_200, may_be_empty=True),
            *numbers("value", "low", "high", unit="ratio", most=TIMES, may_be_empty=True),
            *SOURCED,
            *maybe("where", "cause"),
        ),
        ("outcome", "measure", "sex", "from_month"),
        ordered=(WITHIN, ("from_month", "to_month")),
    ),
    DeclaredFile(
        "prevention_evaluations.csv",
        "published evaluations of programmes, to compare with ours",
        ("prevention",),
        (
            *texts("programme", "evaluation", "setting"),
            *wholes("years", unit="years", least=1, most=90, may_be_empty=True),
            *numbers("rate_pct", unit="%", most=20, may_be_empty=True),
            Column("counts", choices=("net cost", "programme cost")),
            Column("per", choices=("QALY", "life year")),
            *numbers("gbp_per", "low", "high", unit="£", least=-1e8, most=1e8, may_be_empty=True),
            *maybe("finding"),
            *numbers("pays_back_after", unit="years", most=100, may_be_empty=True),
            *numbers("qalys_per_person", unit="QALYs", most=100, may_be_empty=True),
            *SOURCED,
            *texts("where", "why"),
        ),
        ("programme", "evaluation"),
        ordered=(("low", "gbp_per", "high"),),
    ),
    DeclaredFile(
        "early_signs.csv",
        "conditions whose new cases follow a series of early signs",
        ("prevention",),
        texts("condition"),
        ("condition",),
    ),
    DeclaredFile(
        "life_expectancy*.csv",
        "official life expectancy, healthy life expectancy and slope indices, to compare with ours",
        ("prevention",),
        (
            *texts("area"),
            *periods("period"),
            sex(),
            *wholes("age", unit="years", most=90),
            Column("measure", choices=("life", "healthy", "slope-life", "slope-healthy")),
            *numbers("value", unit="years", most=120),
            *texts("basis"),
            *EXPLAINED,
        ),
        ("area", "period", "sex", "age", "measure"),
    ),
)
