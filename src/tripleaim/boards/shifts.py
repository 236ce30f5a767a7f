"""The three shifts, as what a place of today promises until its plan says more."""

from __future__ import annotations

from tripleaim.boards.own_tables import OwnTable

_SOURCE = "ten-year-plan-2025"
_AIMS = (
    ("bed-to-home", "Care is to move from hospitals to the community."),
    ("treatment-to-prevention", "Care is to move from sickness to prevention."),
    ("analogue-to-digital", "Care is to move from analogue to digital."),
)


def shift_table() -> OwnTable:
    """The shifts as promises of where money goes, which the pound by setting is compared with."""
    return OwnTable(
        "setting_aims.csv",
        (
            "The three shifts (source ten-year-plan-2025), in our words. The pound by setting",
            "measures the first two; nothing official measures the third by board. Replace the",
            "sentences with what your own plan promises.",
        ),
        ("id", "sentence", "figure", "status", "source", "where"),
        [
            (aim, sentence, "", "published", _SOURCE, "10 Year Health Plan for England, July 2025")
            for aim, sentence in _AIMS
        ],
    )
