"""Who are we?"""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim import wording as words
from tripleaim.web.pages.people import presenters as words_of
from tripleaim.web.pages.people.pictures import deprivation_map, pyramid
from tripleaim.web.pages.people.since import earlier_place
from tripleaim.web.ui.frame import PlacePage


def people(page: PlacePage) -> HttpResponse:
    """The age pyramid against England, conditions and how they cluster, deprivation, localities."""
    profile = page.workspace.people
    areas = words_of.areas_of_map(profile)
    has_map = areas and page.place.has("lsoa_outlines.json")
    return page.show(
        "people/people.jinja",
        title="People",
        answer=words_of.answer(page.document, lists=page.place.own.has("registered.csv")),
        registers=words_of.registers(page.place),
        provenance=words_of.provenance(page.place),
        published_clusters=page.place.own.has("clustering.csv"),
        luck_note=words.SMALL_NUMBERS_NOTE if words_of.has_small_numbers(profile) else "",
        picture=pyramid(profile["pyramid"], words_of.pyramid_description(profile))
        if profile.get("pyramid")
        else None,
        map=page.once(
            "deprivation map",
            lambda: deprivation_map(
                page.place.text("lsoa_outlines.json"),
                areas,
                "Deprivation of small areas, by national fifth",
                words_of.map_description(areas),
            ),
        )
        if has_map
        else None,
        earlier=earlier_place(page),
        tables={
            name.removeprefix("people-"): make(profile) for name, make in words_of.TABLES.items()
        },
    )
