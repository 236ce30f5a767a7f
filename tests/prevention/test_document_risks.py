"""prevention.json says how deaths by risk factor are calibrated."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.people import People
from tripleaim.place import Place
from tripleaim.prevention.document_risks import all_cause_parts
from tripleaim.projection import all_cause_fit, fit_laws


def test_each_level_has_what_is_published_and_what_is_solved(
    somerset: Place, somerset_people: People
) -> None:
    some = somerset_people.take(np.arange(0, len(somerset_people), 20))

    parts = all_cause_parts(all_cause_fit(somerset, some, fit_laws(somerset, some, steps=1)))

    smokers = [p for p in parts if (p.risk, p.level) == ("smoking", "current")]
    assert {(p.sex, p.age_from) for p in smokers} >= {("male", 45), ("female", 65)}
    for part in parts:
        assert part.source in somerset.sources
        assert min(part.direct, part.through_conditions, part.uncalibrated) > 0
        assert part.base_year is not None
    for part in smokers:
        if 45 <= part.age_from <= 65:
            assert part.achieved == pytest.approx(part.published, rel=0.15)
            assert part.base_year == pytest.approx(part.published, rel=0.15)
            assert part.uncalibrated < part.published
