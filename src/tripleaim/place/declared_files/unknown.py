"""What a plan assumes, what nobody has told us of a place, and codes that changed."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import LIVES, DeclaredFile, maybe, texts
from tripleaim.place.own_numbers.entries import COLUMNS, OWN_NUMBERS
from tripleaim.tables import FIRST_YEAR, LAST_YEAR, Column, whole

FILES = (
    DeclaredFile(
        "assumption_register.csv",
        "what the printed plan assumes, and what the model does with each assumption",
        (),
        (
            *texts("id", "area", "says", "source", "where"),
            Column(
                "treatment",
                choices=("followed", "followed in part", "not followed", "not modelled"),
            ),
            *texts("model"),
            Column("page", may_be_empty=True),
        ),
        ("id",),
    ),
    DeclaredFile(
        "not_known.csv",
        "files that a place may lack: what is used instead, and who would know",
        (),
        texts("file", "what", "instead", "who_would_know"),
        ("file",),
    ),
    DeclaredFile(
        "editions.csv",
        "England's defaults alone: of what year each of their files is",
        (),
        (
            *texts("file", "what"),
            Column("edition", may_be_empty=True),
            Column(
                "year",
                whole,
                minimum=FIRST_YEAR,
                maximum=LAST_YEAR,
                may_be_empty=True,
                unit="year",
            ),
            *maybe("lasting"),
            *texts("source"),
            *maybe("replaced_by"),
        ),
        ("file",),
    ),
    DeclaredFile(
        "old_defaults.csv",
        "defaults that are more than three years older than the base year: why they are used, and "
        "what would replace them",
        (),
        (*texts("file", "edition", "why"), *maybe("replaced_by")),
        ("file",),
    ),
    DeclaredFile(
        "asked_for.csv",
        "figures that nobody has published: who would know them, and what is done until then",
        LIVES,
        texts("id", "what", "unit", "who_would_know", "until_then"),
        ("id",),
    ),
    DeclaredFile(
        OWN_NUMBERS,
        "numbers of the place's own people in place of official ones",
        (),
        COLUMNS,
        ("number",),
    ),
    DeclaredFile(
        "successors.csv",
        "organisations whose code was replaced by another: only messages use it",
        (),
        (
            *texts("code", "successor"),
            Column("since", may_be_empty=True),
            Column("kind", choices=("trust", "commissioner", "council")),
            *texts("source"),
            Column("where", may_be_empty=True),
        ),
        ("code", "successor"),
    ),
    DeclaredFile(
        "closed_practices.csv",
        "general practices that have closed, and when: only messages use it",
        (),
        texts("practice", "closed"),
        ("practice",),
    ),
)
