"""What several tests of prevention start from."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tripleaim.people import late_outcome_ids, read_diseases, read_risk_factors
from tripleaim.place import Place
from tripleaim.prevention.programme_files import Names, read_programmes
from tripleaim.prevention.programmes import Prevention


@pytest.fixture(scope="session")
def somerset_programmes(somerset: Place) -> Mapping[str, Prevention]:
    """Somerset's programmes by id, of all its conditions, risk factors and late outcomes."""
    names = Names(
        conditions=tuple(d.id for d in read_diseases(somerset)),
        risk_levels=tuple((f.id, f.levels) for f in read_risk_factors(somerset)),
        points_of_delivery=tuple(p.id for p in somerset.points_of_delivery),
        outcomes=late_outcome_ids(somerset),
    )
    return {p.id: p for p in read_programmes(somerset, names)}
