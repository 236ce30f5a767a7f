"""What official statistics measure of a board today, kept for the models that will read it."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import (
    EXPLAINED,
    MOST_MONEY,
    OLDEST,
    PEOPLE_OF_A_PLACE,
    PLAN,
    SOURCED,
    STATUS,
    DeclaredFile,
    numbers,
    people,
    periods,
    texts,
    wholes,
    years,
)
from tripleaim.tables import Column, yes_no

_POUNDS = 1e11
"""More than England's whole NHS spends in half a year."""
_PRACTICE = Column("practice")
"""One that may have closed since."""
_WEIGHTS = (
    *("core", "general_and_acute", "community", "mental_health", "maternity"),
    *("health_inequalities", "prescribing", "primary_medical"),
)

ACCESS_TARGETS = ("four hours", "18 weeks", "62 days", "31 days")
"""What the planning round sets targets for, and this program knows how to measure or who would."""

FILES = (
    DeclaredFile(
        "practice_registers.csv",
        "disease registers by practice",
        (),
        (
            _PRACTICE,
            *texts("register"),
            *wholes("minimum_age", unit="years", most=OLDEST),
            *people("list_size", "register_count"),
            *SOURCED,
        ),
        ("practice", "register"),
        is_kept=True,
    ),
    DeclaredFile(
        "need_weights.csv",
        "people weighted by need, by practice, as allocations count them",
        (),
        (_PRACTICE, *people("people", *_WEIGHTS), *SOURCED),
        ("practice",),
    ),
    DeclaredFile(
        "allocations.csv",
        "what the commissioner is allocated, an input: by stream, and from which board of before",
        (),
        (
            *texts("stream", "from_board"),
            *years("year"),
            *numbers("pounds", unit="£", most=_POUNDS),
            *numbers("share", unit="share", most=1),
            *numbers("distance_from_target", unit="share", least=-1, most=1, may_be_empty=True),
            *EXPLAINED,
        ),
        ("stream", "from_board", "year"),
    ),
    DeclaredFile(
        "openings.csv",
        "position of each organisation before the plan; an empty one is not known and is asked for",
        PLAN,
        (
            *texts("organisation"),
            *years("year"),
            *numbers("position", unit="£m", least=-MOST_MONEY, most=MOST_MONEY, may_be_empty=True),
            Column("deficit_support", choices=("before", "after", "not said")),
            *EXPLAINED,
        ),
        ("organisation", "year"),
    ),
    DeclaredFile(
        "provider_shares.csv",
        "who treats the place's people",
        (),
        (
            *texts("provider", "name"),
            *people("waiting"),
            *numbers("of_provider", "of_board", unit="share", most=1),
            Column("own", yes_no),
            *SOURCED,
        ),
        ("provider",),
        is_kept=True,
    ),
    DeclaredFile(
        "waiting_list.csv",
        "the place's people who wait, by provider, specialty and weeks",
        (),
        (
            *texts("provider", "specialty"),
            *wholes("weeks_from", unit="weeks", most=1_000),
            *people("waiting"),
            *SOURCED,
        ),
        ("provider", "specialty", "weeks_from"),
    ),
    DeclaredFile(
        "waiting_weeks.csv",
        "everybody who waits at the place's own trusts, by specialty and week",
        (),
        (
            *texts("organisation", "specialty"),
            *wholes("week", unit="weeks", most=1_000),
            *people("waiting"),
            *SOURCED,
        ),
        ("organisation", "specialty", "week"),
    ),
    DeclaredFile(
        "ae_months.csv",
        "A&E at the place's own trusts by month",
        (),
        (
            *texts("organisation"),
            *periods("month"),
            *numbers(
                *("attendances", "type1", "over_4_hours", "admitted_through_ae"),
                *("emergency_admissions",),
                unit="people",
                most=PEOPLE_OF_A_PLACE,
                may_be_empty=True,
            ),
            *SOURCED,
        ),
        ("organisation", "month"),
    ),
    DeclaredFile(
        "access_targets.csv",
        "waiting-time targets of the planning round by year; a year without a row was not found",
        (),
        (
            Column("target", choices=ACCESS_TARGETS),
            *texts("what"),
            *years("year"),
            *numbers("value", unit="%", most=100),
            *texts("due"),
            STATUS,
            *texts("source", "where"),
        ),
        ("target", "year"),
    ),
    DeclaredFile(
        "delays.csv",
        "patients who no longer need to be in hospital",
        (),
        (
            *texts("organisation"),
            *periods("period"),
            *numbers("patients_a_day", unit="patients", most=100_000),
            *numbers("discharged_a_day", unit="patients", most=100_000, may_be_empty=True),
            *SOURCED,
        ),
        ("organisation", "period"),
        is_kept=True,
    ),
    DeclaredFile(
        "staff_in_post.csv",
        "staff in post by employer and group",
        (),
        (
            *texts("employer"),
            *periods("period"),
            *texts("group"),
            *numbers("fte", unit="full-time equivalents", most=1_000_000),
            *SOURCED,
        ),
        ("employer", "period", "group"),
    ),
    DeclaredFile(
        "council_spend.csv",
        "what councils spend on care, children and public health",
        (),
        (
            *texts("organisation"),
            *years("year"),
            *texts("service"),
            *numbers("pounds", unit="£", least=-_POUNDS, most=_POUNDS),
            *SOURCED,
        ),
        ("organisation", "year", "service"),
        is_kept=True,
    ),
    DeclaredFile(
        "completeness.csv",
        "what is measured here, what is modelled, what is borrowed from England",
        (),
        (
            *texts("part", "what"),
            Column("standing", choices=("measured", "modelled", "borrowed", "not known")),
            Column("period", may_be_empty=True),
            *texts("file"),
            Column("instead", may_be_empty=True),
            Column("replaced_by", may_be_empty=True),
        ),
        ("part", "what"),
        is_kept=True,
    ),
)
