"""What a plan takes for granted, and what nobody has told us of a place."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import DeclaredFile, texts
from tripleaim.tables import Column

FILES = (
    DeclaredFile(
        "assumption_register.csv",
        "what the printed plan takes for granted, and what the model does with each",
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
    ),
    DeclaredFile(
        "not_known.csv",
        "files that a place may lack: what is used instead, and who would know",
        (),
        texts("file", "what", "instead", "who_would_know"),
    ),
)
