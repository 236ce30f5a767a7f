"""What a place is made of: its outline, sources, figures, partners, kinds of contact, solutions."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import (
    MOST_A_PERSON,
    MOST_MONEY,
    MOST_RISE,
    MOST_STUDIES,
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
    texts,
    years,
)
from tripleaim.place.figures import FIGURE_COLUMNS, SOURCE_COLUMNS
from tripleaim.tables import Column, yes_no

FILES = (
    DeclaredFile("place.toml", "what the place is called, its horizon and its priorities", RESULTS),
    DeclaredFile("sources*.csv", "documents and data sets", RESULTS, SOURCE_COLUMNS, ("id",)),
    DeclaredFile(
        "figures*.csv",
        "single numbers, each with its source",
        RESULTS,
        FIGURE_COLUMNS,
        ("id",),
        ordered=(WITHIN,),
    ),
    DeclaredFile(
        "organisations.csv",
        "partners: who commissions, provides or decides",
        RESULTS,
        (
            *texts("id", "name", "short_name", "kind"),
            Column("side", choices=("commissioner", "provider", "council", "other")),
            *SOURCED,
            Column("cause", may_be_empty=True, may_be_missing=True),
        ),
        ("id",),
    ),
    DeclaredFile(
        "points_of_delivery.csv",
        "kinds of contact, as the plan counts them",
        RESULTS,
        (
            *texts("id", "name", "unit", "group"),
            *naming("figure", "unit_cost"),
            *naming("spend_lines.csv:id", "spend_line", may_be_empty=True),
            *numbers("bed_days", unit="days", most=365),
            Column("nhs", yes_no),
            *naming("figure", "printed_base", "printed_last", may_be_empty=True),
        ),
        ("id",),
    ),
    DeclaredFile(
        "solutions/*.toml",
        "what partners propose, one file each",
        RESULTS,
        key_ranges=(
            KeyRange("priority", "number of a priority", 0, 999),
            KeyRange("reach.uptake", "share", 0, 1),
            KeyRange("reach.years_to_full", "years", 1, MOST_YEARS),
            *(
                KeyRange(f"{table}.*", "£m in the year", -MOST_MONEY, MOST_MONEY)
                for table in (
                    *("claim.commissioner", "claim.providers"),
                    *("investment.recurrent", "investment.double_running"),
                )
            ),
            *(
                KeyRange(f"investment.per_person.{key}", "£ a person a year", 0, MOST_A_PERSON)
                for key in ("value", "low", "high")
            ),
            KeyRange("effects.*.weight", "ratio", 0, TIMES),
            KeyRange("effects.*.contacts_each", "contacts", 0, TIMES),
            *(
                KeyRange(f"effects.*.evidence.{key}", "change as a share", -1, MOST_RISE)
                for key in ("value", "low", "high")
            ),
            KeyRange("effects.*.evidence.studies", "studies", 0, MOST_STUDIES),
        ),
    ),
    DeclaredFile(
        "sites.csv",
        "hospital sites; only a check counts them",
        (),
        (
            *texts("id", "name", "organisation", "kind"),
            *maybe("postcode"),
            *numbers("lon", least=-9, most=3, unit="degrees east", may_be_empty=True),
            *numbers("lat", least=49, most=61, unit="degrees north", may_be_empty=True),
            *SOURCED,
            *maybe("cause"),
        ),
        ("id",),
        is_kept=True,
    ),
    DeclaredFile(
        "beds.csv",
        "average daily overnight beds, kept for bed planning",
        (),
        (
            *texts("organisation"),
            *years("year"),
            Column("quarter", choices=("Q1", "Q2", "Q3", "Q4")),
            *texts("group"),
            # The largest trust of England has under 2,500.
            *numbers("available", "occupied", unit="beds", most=10_000),
            *SOURCED,
        ),
        ("organisation", "year", "quarter", "group"),
        is_kept=True,
    ),
)
