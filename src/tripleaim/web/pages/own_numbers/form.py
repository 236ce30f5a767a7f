"""The form of an own number: what was typed, the official value beside it, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.http import QueryDict

from tripleaim.place import InPlace, InputError, OfficialCell, Place, official_cell, set_own_number

LONGEST = 500
"""Letters of a typed text that are taken."""
TYPED = ("value", "source", "who", "why", "status")
CELL = ("file", "row", "column")


@dataclass
class OwnNumberForm:
    """A cell and what was typed for it; `faults` are messages by field."""

    texts: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def sent(cls, texts: QueryDict) -> OwnNumberForm:
        """The form as it was sent, or as an address asks for it."""
        names = (*CELL, *TYPED)
        form = cls({name: " ".join(texts.get(name, "")[:LONGEST].split()) for name in names})
        form.texts["status"] = form.texts["status"] or "assumed"
        return form

    @property
    def names_a_cell(self) -> bool:
        """Whether it says which cell it is for."""
        return all(self.texts[name] for name in CELL)

    def cell(self, place: Place) -> OfficialCell | None:
        """The cell with its official value; None with a fault where there is no such cell."""
        try:
            return official_cell(place.files, *(self.texts[name] for name in CELL))
        except InputError as fault:
            self.faults["cell"] = fault.in_public
            return None

    def put(self, folder: Path) -> InPlace | None:
        """Write the own number; None with every fault in `faults`."""
        for name, missing in _MISSING.items():
            if not self.texts[name]:
                self.faults[name] = missing
        if self.faults:
            return None
        try:
            return set_own_number(
                folder,
                self.texts["file"],
                self.texts["row"],
                self.texts["column"],
                self.texts["value"],
                source=self.texts["source"],
                who=self.texts["who"],
                why=self.texts["why"],
                status=self.texts["status"],
            )
        except InputError as fault:
            known = fault.column in TYPED and fault.column
            self.faults[known or "value"] = fault.in_public
            return None


_MISSING = {
    "value": "Type your number",
    "source": "Say where your number comes from",
    "who": "Say who enters it",
    "why": "Say why it is better than the official number",
}
