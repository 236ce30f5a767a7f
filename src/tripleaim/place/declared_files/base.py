"""What a place is made of: its outline, sources, figures, partners, kinds of contact, solutions."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import (
    RESULTS,
    SOURCED,
    DeclaredFile,
    maybe,
    numbers,
    texts,
    years,
)
from tripleaim.place.figures import FIGURE_COLUMNS, SOURCE_COLUMNS
from tripleaim.tables import Column, number, yes_no

FILES = (
    DeclaredFile("place.toml", "what the place is called, its horizon and its priorities", RESULTS),
    DeclaredFile("sources*.csv", "documents and data sets", RESULTS, SOURCE_COLUMNS),
    DeclaredFile("figures*.csv", "single numbers, each with its source", RESULTS, FIGURE_COLUMNS),
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
    ),
    DeclaredFile(
        "points_of_delivery.csv",
        "kinds of contact, as the plan counts them",
        RESULTS,
        (
            *texts("id", "name", "unit", "group", "unit_cost"),
            *maybe("spend_line"),
            Column("bed_days", number, minimum=0),
            Column("nhs", yes_no),
            *maybe("printed_base", "printed_last"),
        ),
    ),
    DeclaredFile("solutions/*.toml", "what partners propose, one file each", RESULTS),
    DeclaredFile(
        "sites.csv",
        "hospital sites, counted by a check alone",
        (),
        (
            *texts("id", "name", "organisation", "kind"),
            *maybe("postcode"),
            *numbers("lon", least=-9, most=3, may_be_empty=True),
            *numbers("lat", least=49, most=61, may_be_empty=True),
            *SOURCED,
            *maybe("cause"),
        ),
        ("id",),
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
            *numbers("available", "occupied"),
            *SOURCED,
        ),
        ("organisation", "year", "quarter", "group"),
    ),
)
