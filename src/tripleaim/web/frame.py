"""What stands around every page of a place: its name, the scenario, the way through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tripleaim.place import InputError, Place
from tripleaim.plan.document import PlanDocument
from tripleaim.plan.scenario import Scenario, choose, from_token
from tripleaim.web.library import Workspace, desk

SECTIONS = (
    ("Plan", ""),
    ("People", "people/"),
    ("Activity", "activity/"),
    ("Money", "money/"),
    ("Solutions", "solutions/"),
    ("Audit", "audit/"),
    ("Figures", "figures/"),
)


@dataclass(frozen=True)
class Page:
    """One page of one place under one scenario, while it is being answered."""

    request: HttpRequest
    place_id: str
    workspace: Workspace
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
        return bool(self.scenario.choices) or self.scenario.reading != "in addition"

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
        trail: Sequence[tuple[str, str]] = (),
        status: int = 200,
        **content: Any,
    ) -> HttpResponse:
        """The page made from a template, inside the frame.

        `section` is the entry of the navigation that is current, `trail` the pages above this one.
        """
        inside = self.request.get_full_path().removeprefix(self.base)
        return render(
            self.request,
            f"web/{template}",
            {
                "page": self,
                "document": self.document,
                "scenario": self.scenario,
                "years": f"{self.document.years[0]} to {self.document.years[-1]}",
                "places": desk().library.places(),
                "navigation": [
                    {"text": text, "href": self.to(path), "current": text == section}
                    for text, path in SECTIONS
                ],
                "title": title,
                "trail": [(text, self.to(path)) for text, path in trail],
                "as_printed": self.home + inside,
                **content,
            },
            status=status,
        )


View = Callable[..., HttpResponse]


def of_place(view: Callable[..., HttpResponse]) -> View:
    """Give a view the Page of the place and scenario in its address, or say there is none."""

    @wraps(view)
    def answered(request: HttpRequest, place_id: str, token: str = "", **rest: Any) -> HttpResponse:
        try:
            workspace = desk().library.workspace(place_id)
        except InputError as fault:
            return render(
                request,
                "web/out_of_date.jinja",
                {"title": "This plan is out of date", "said": str(fault)},
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
            answer = desk().document(workspace, scenario)
        except InputError as fault:
            raise Http404(f"This scenario cannot be read: {fault}") from None
        return view(Page(request, place_id, workspace, scenario, answer), **rest)

    return answered
