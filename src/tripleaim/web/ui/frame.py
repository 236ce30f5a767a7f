"""What stands around every page of a place: its name, the scenario, the way through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tripleaim.place import InputError, Place
from tripleaim.plan import PlanDocument, Scenario, choose, from_token
from tripleaim.web.plans import PlacePlan, open_plans

T = TypeVar("T")

SECTIONS = (
    ("Plan", ""),
    ("People", "people/"),
    ("Activity", "activity/"),
    ("Money", "money/"),
    ("Staff", "staff/"),
    ("Solutions", "solutions/"),
    ("Outcomes", "outcomes/"),
    ("Audit", "audit/"),
    ("Figures", "figures/"),
)

# Pages under one entry of the navigation, each with the files without which it has nothing to show.
WITHIN: Mapping[str, Sequence[tuple[str, str, Sequence[str]]]] = {
    "Plan": (
        ("On a page", "", ()),
        ("Its range", "futures/", ()),
    ),
    "Money": (
        ("Who is short", "money/", ()),
        ("Organisations", "money/organisations/", ("flows.csv", "organisations.csv")),
        ("Incentives", "money/incentives/", ("payment_rules.toml",)),
        ("Open book", "money/open-book/", ("schemes.csv",)),
        ("Benchmarks", "money/benchmarks/", ("peers.csv",)),
    ),
    "Staff": (
        ("Need and supply", "staff/", ("staff.csv",)),
        ("Primary care", "staff/primary-care/", ("primary_care.csv", "skill_mix.csv")),
    ),
    "Outcomes": (
        ("Twenty years", "outcomes/", ()),
        ("By deprivation", "outcomes/inequality/", ()),
        ("Early signs", "outcomes/leading/", ()),
        ("Whose effect", "outcomes/attribution/", ()),
        ("What drives it", "outcomes/uncertainty/", ()),
        ("Back-test", "outcomes/backtest/", ("backtest/backtest.toml",)),
    ),
}


@dataclass(frozen=True)
class Page:
    """One page of one place under one scenario, while it is being answered."""

    request: HttpRequest
    place_id: str
    workspace: PlacePlan
    scenario: Scenario
    document: PlanDocument

    @property
    def place(self) -> Place:
        """The footprint."""
        return self.workspace.place

    @property
    def seed(self) -> int:
        """The seed of the people that the plan was made with."""
        return self.workspace.seed

    @property
    def changed(self) -> bool:
        """Whether the scenario differs from the plan as printed."""
        return bool(self.scenario.choices) or self.scenario.period_total != "in addition"

    @property
    def home(self) -> str:
        """The address of the plan as printed."""
        return f"/{self.place_id}/"

    @property
    def base(self) -> str:
        """The address of the plan under this scenario; every page's address starts with it."""
        return self.under(self.scenario)

    def under(self, scenario: Scenario) -> str:
        """The address of the plan under another scenario."""
        return f"{self.home}s/{scenario.token}/" if scenario.token else self.home

    def to(self, path: str) -> str:
        """The address of another page of this plan."""
        return self.base + path

    def show(
        self,
        template: str,
        *,
        section: str,
        title: str,
        under: str | None = None,
        trail: Sequence[tuple[str, str]] = (),
        status: int = 200,
        **content: Any,
    ) -> HttpResponse:
        """The page made from a template, inside the frame.

        `section` is the entry of the navigation that is current, `under` the address of the entry
        below it if there are any, `trail` the pages above this one.
        """
        inside = self.request.get_full_path().removeprefix(self.base)
        return render(
            self.request,
            template,
            {
                "page": self,
                "document": self.document,
                "scenario": self.scenario,
                "years": f"{self.document.years[0]} to {self.document.years[-1]}",
                "places": open_plans().source.places(),
                "navigation": [
                    {
                        "text": text,
                        "href": self.to(path),
                        "current": text == section,
                        "exact": not trail and under in (None, path),
                    }
                    for text, path in SECTIONS
                ],
                "within": self._within(section, under, exact=not trail),
                "section": section,
                "title": title,
                "trail": [(text, self.to(path)) for text, path in trail],
                "as_printed": self.home + inside,
                **content,
            },
            status=status,
        )

    def _within(self, section: str, under: str | None, *, exact: bool) -> list[dict[str, Any]]:
        """The pages beside this one under one entry of the navigation, if there are two or more."""
        found = [
            {
                "text": text,
                "href": self.to(path),
                "current": ("page" if exact else "true") if path == under else "",
            }
            for text, path, files in WITHIN.get(section, ())
            if path == under or all(self.place.has(name) for name in files)
        ]
        return found if under is not None and len(found) > 1 else []

    def once(self, what: str, make: Callable[[], T]) -> T:
        """What `make` gives, worked out once for this place."""
        return open_plans().once(self.workspace, what, make)

    def once_for_scenario(self, what: str, make: Callable[[], T]) -> T:
        """What `make` gives, worked out once for this scenario."""
        return self.once(f"{what} {self.scenario.token}", make)


View = Callable[..., HttpResponse]


def of_place(view: Callable[..., HttpResponse]) -> View:
    """Give a view the Page of the place and scenario in its address, or say there is none."""

    @wraps(view)
    def answered(request: HttpRequest, place_id: str, token: str = "", **rest: Any) -> HttpResponse:
        try:
            workspace = open_plans().source.workspace(place_id)
        except InputError as fault:
            return render(
                request,
                "ui/out_of_date.jinja",
                {"title": "This plan is out of date", "said": fault.in_public},
                status=503,
            )
        if workspace is None:
            raise Http404(f"There is no plan of a place called “{place_id}” here.")
        try:
            scenario = (
                from_token(workspace.place, token)
                if token
                else choose(workspace.place, seed=workspace.seed)
            )
            answer = open_plans().document(workspace, scenario)
        except InputError as fault:
            raise Http404(f"This scenario cannot be read: {fault.in_public}") from None
        return view(Page(request, place_id, workspace, scenario, answer), **rest)

    return answered
