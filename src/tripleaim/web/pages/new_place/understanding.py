"""What was understood of a population file: the same as `place new` and `place check` say."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tripleaim.place import FolderFiles, new_place, people_of, place_id, refuse
from tripleaim.plan import check_footprint, what_was_understood
from tripleaim.web.pages.new_place.uploads import Upload

People = Mapping[tuple[int, str], float]


@dataclass(frozen=True)
class Understanding:
    """A place as it would be made.

    `statements` say what was understood and how the file was read, `questions` ask for a second
    look, `from_defaults` says what else the place would have. `people` are by year of age and sex.
    """

    own_id: str
    people: People
    statements: Sequence[str]
    questions: Sequence[str]
    from_defaults: Sequence[str]


def understand(upload: Upload, name: str, area: str | None, year: str | None) -> Understanding:
    """Make the place where nobody sees it, and check it. Raises InputError with every fault."""
    own_id = place_id(name)
    with tempfile.TemporaryDirectory() as folder:
        made = new_place(Path(folder) / own_id, upload.file, name, area, year)
        checked = check_footprint(made.folder)
        refuse(checked.faults)
        place = checked.place
        assert place is not None  # noqa: S101 - there are no faults
        own = what_was_understood(place)
        people = people_of(FolderFiles.read(made.folder))
    # First who the people are, then how they were read, then their money.
    messages = [*own[:1], *(note.in_public for note in made.notes), *own[1:]]
    return Understanding(
        own_id,
        people,
        [text for text in messages if not text.endswith("?")],
        [text for text in messages if text.endswith("?")],
        [text for text in checked.notes if text not in own],
    )
