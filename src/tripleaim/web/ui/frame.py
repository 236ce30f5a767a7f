"""The frame around every page of a place: its name, the scenario, menus and breadcrumbs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.http import HttpRequest, QueryDict
from django.template.response import TemplateResponse

from tripleaim.place import NotKnown, Place, not_known
from tripleaim.plan import PlanDocument, Scenario
from tripleaim.web.plans import PlacePlan, open_plans
from tripleaim.web.ui.charts import Picture
from tripleaim.web.ui.completeness_here import CompletenessHere, completeness_here
from tripleaim.web.ui.registry import PageEntry, registry
from tripleaim.web.ui.strip import WAS, strip

T = TypeVar("T")


PLACES = "/places"
"""The address below which all places are."""


PICTURES = "pictures"
"""The folder below a page's address in which the files of its pictures are."""


class ShownPage(TemplateResponse):  # type: ignore[misc]
    """A page with its content, not yet written as HTML."""

    @property
    def pictures(self) -> Mapping[str, Picture]:
        """The pictures of the page by name, in its order.

        Raises ValueError where one has no name of its own, since it then has no address.
        """
        shown: dict[str, Picture] = {}
        for picture in _pictures_in((self.context_data or {}).values()):
            if not picture.name or picture.name in shown:
                raise ValueError(f"the picture “{picture.title}” needs a name of its own")
            shown[picture.name] = picture
        return shown


def _pictures_in(content: Iterable[object]) -> Iterable[Picture]:
    for one in content:
        if isinstance(one, Picture):
            yield one
        elif isinstance(one, list):
            yield from _pictures_in(one)


def place_address(place_id: str) -> str:
    """The address of a place's plan as printed."""
    return f"{PLACES}/{place_id}/"


@dataclass(frozen=True)
class PlacePage:
    """One page of one place under one scenario, while it is being answered.

    `entry` is what the registry says of it, `run_id` the run of a long job that the address names,
    empty where it names none. `built` is the plan as it was run, `workspace` the same with what the
    scenario assumes otherwise.
    """

    request: HttpRequest
    entry: PageEntry
    place_id: str
    built: PlacePlan
    workspace: PlacePlan
    scenario: Scenario
    document: PlanDocument
    run_id: str = ""

    @property
    def place(self) -> Place:
        """The footprint, with what the scenario assumes otherwise."""
        return self.workspace.place

    @property
    def seed(self) -> int:
        """The seed of the people that the plan was made with."""
        return self.workspace.seed

    @property
    def building(self) -> str:
        """Where the plan of a place that pages made can be built again; "" for any other."""
        return open_plans().building(self.place_id)

    @property
    def changed(self) -> bool:
        """Whether the scenario differs from the plan as printed."""
        return self.scenario.changed

    @property
    def question(self) -> str:
        """The question that the page answers."""
        return self.entry.question.format(place=self.document.name)

    @property
    def home(self) -> str:
        """The address of the plan as printed."""
        return place_address(self.place_id)

    @property
    def base(self) -> str:
        """The address of the plan under this scenario; every page's address starts with it."""
        return self.address_under(self.scenario)

    def address_under(self, scenario: Scenario) -> str:
        """The address of the plan under another scenario."""
        return f"{self.home}s/{scenario.token}/" if scenario.token else self.home

    def under(self, scenario: Scenario) -> PlacePage:
        """The same page under another scenario of the place."""
        opened = open_plans()
        return replace(
            self,
            scenario=scenario,
            workspace=opened.under(self.built, scenario),
            document=opened.document(self.built, scenario),
        )

    def to(self, path: str) -> str:
        """The address of another page of this plan."""
        return self.base + path

    def to_entry(self, entry: PageEntry) -> str:
        """The address of a page of the registry; of the same run, where this page is of a run."""
        if self.run_id and entry.run_address:
            return self.to(entry.run_address.replace("<run:run_id>", self.run_id))
        return self.to(entry.address) if entry.scenarios else self.home + entry.address

    def download(self, name: str, *, as_asked: bool = False) -> str:
        """The address of a file that this page offers; of the same run, where it is of a run.

        `as_asked` hands on the query of the page, for a file that follows what was chosen on it.
        """
        *_, folder = self.entry.download_folders[: 2 if self.run_id else 1]
        query = self.request.GET.copy() if as_asked else QueryDict(mutable=True)
        if self.run_id and not self.entry.run_address:
            query["run"] = self.run_id
        address = self.to(f"{folder.replace('<run:run_id>', self.run_id)}download/{name}")
        return f"{address}?{query.urlencode()}" if query else address

    def picture_address(self, name: str, ending: str) -> str:
        """The address of one of this page's pictures as a file, as what is asked for shows it."""
        query = self.request.GET.copy()
        query.pop(WAS, None)
        address = f"{self.request.path}{PICTURES}/{name}.{ending}"
        return f"{address}?{query.urlencode()}" if query else address

    def missing_files(self) -> Sequence[str]:
        """The files that this page needs and the place does not have."""
        return missing_files(self.entry, self.place)

    @property
    def borrowed(self) -> Sequence[NotKnown]:
        """What this page is made from that is not the place's own."""
        files = {*self.entry.needs.files, *self.entry.rests_on}
        return [one for one in not_known(self.place) if one.file in files]

    @property
    def completeness(self) -> CompletenessHere | None:
        """What this page rests on, for a place that declares what it has."""
        section = self.entry.section
        return self.once(
            f"completeness of {section}", lambda: completeness_here(self.place, section)
        )

    def show(
        self, template: str, *, title: str, below: bool = False, status: int = 200, **content: Any
    ) -> ShownPage:
        """The page made from a template, inside the frame.

        `below` says that this is a page below its own registry entry, which is then added to the
        breadcrumb.
        """
        entry, pages = self.entry, registry()
        above = [*pages.above(entry), *([entry] if below else [])]
        inside = self.request.get_full_path().removeprefix(self.base)
        return ShownPage(
            self.request,
            template,
            {
                "page": self,
                "document": self.document,
                "scenario": self.scenario,
                "years": f"{self.document.years[0]} to {self.document.years[-1]}",
                "places": open_plans().places(),
                "navigation": [
                    {
                        "text": section,
                        "href": self.to(first.address),
                        "current": _current(section == entry.section, exact=first is entry),
                    }
                    for section, first in pages.sections.items()
                ],
                "menu": self._menu(),
                "section": entry.section,
                "question": self.question,
                "title": title,
                "trail": [(pages.name_above(one), self.to_entry(one)) for one in above],
                "as_printed": self.home + inside,
                "strip": None if entry.as_printed_only else strip(self),
                "inside": self.request.path.removeprefix(self.base),
                **content,
            },
            status=status,
        )

    def _menu(self) -> Sequence[dict[str, Any]]:
        """The pages beside this one in its section, if there are two or more."""
        entry, pages = self.entry, registry()
        top = next((one for one in pages.above(entry)[::-1] if one.above is None), entry)
        shown = [
            {
                "text": one.name,
                "href": self.to_entry(one),
                "current": _current(one is top, exact=top is entry),
            }
            for one in pages.beside(entry)
            if one is top or not missing_files(one, self.place)
        ]
        return shown if entry.section and len(shown) > 1 else []

    def once(self, name: str, work_out: Callable[[], T]) -> T:
        """What `work_out` gives, worked out once for this place and what is assumed of it."""
        assumed = self.scenario.assumptions
        name = f"{name} assuming {dict(assumed)}" if assumed else name
        return open_plans().once(self.built, name, work_out)

    def once_for_scenario(self, name: str, work_out: Callable[[], T]) -> T:
        """What `work_out` gives, worked out once for this scenario."""
        return self.once(f"{name} {self.scenario.token}", work_out)


def missing_files(entry: PageEntry, place: Place) -> Sequence[str]:
    """The files that a page needs and a place does not have."""
    return [name for name in entry.needs.files if not place.has(name)]


def _current(here: bool, *, exact: bool) -> str:
    """The value of `aria-current`: "page" for this page, "true" for the section it is in."""
    return ("page" if exact else "true") if here else ""
