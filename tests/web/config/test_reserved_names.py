"""Names that a place may not have are those that addresses of the site itself begin with."""

from __future__ import annotations

from tripleaim.data_folder import FOOTPRINTS
from tripleaim.place.addresses import RESERVED
from tripleaim.web.config.addresses import urlpatterns


def test_names_that_addresses_of_the_site_begin_with_are_reserved() -> None:
    first = {str(pattern.pattern).split("/")[0] for pattern in urlpatterns}
    fixed = {name for name in first if name and not name.startswith("<")}
    assert fixed | {FOOTPRINTS} == set(RESERVED)
