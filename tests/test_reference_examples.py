"""Examples in the reference can be used as they stand."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tripleaim.people import late_outcome_ids, read_diseases, read_risk_factors
from tripleaim.place import load
from tripleaim.prevention import Names, read_programmes

REFERENCE = Path(__file__).parent.parent / "docs" / "reference" / "footprint.md"


def test_the_programme_of_the_reference_is_read(hamlet: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(hamlet, tmp_path / "hamlet"))
    section = REFERENCE.read_text(encoding="utf-8").split("## A programme of prevention")[1]
    found = re.search(r"```toml\n(.*?)```", section, re.DOTALL)
    assert found is not None
    (folder / "prevention").mkdir()
    (folder / "prevention" / "ours.toml").write_text(found[1], encoding="utf-8")
    place = load(str(folder))
    names = Names(
        conditions=tuple(d.id for d in read_diseases(place)),
        risk_levels=tuple((f.id, f.levels) for f in read_risk_factors(place)),
        points_of_delivery=tuple(p.id for p in place.points_of_delivery),
        outcomes=late_outcome_ids(place),
    )
    ours = next(p for p in read_programmes(place, names) if p.id == "ours")
    assert ours.acts
    assert (ours.name, ours.costs[0].value) == ("Stop-smoking support", 120)
