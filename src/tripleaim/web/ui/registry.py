"""The registry of pages: what each page declares about itself.

A subject (a folder below `web/pages/`) declares its pages in its `urls.py` as `PAGES`; the settings
list the subjects in the order of the navigation. Addresses, menus, breadcrumbs, downloads, and what
is shown where data are missing all follow from these declarations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from typing import Literal

from django.conf import settings
from django.http import HttpResponse

from tripleaim.web.ui.tables import PageTable

Audience = Literal["public"]
"""Who may see a page. Pages for people who sign in will name a role here."""

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Needs:
    """What a page needs before it has anything to show.

    `files` are files of the footprint; without one of them the page says so, and it is not in menus
    of that place. `job` is a kind of long job: its result is handed to the view, and as long as
    nobody has run it, a page that offers to run it is shown instead. `gap` says that it shows a
    position: where none is known, a page that asks for what is missing is shown instead.
    """

    files: Sequence[str] = ()
    job: str = ""
    gap: bool = False


@dataclass(frozen=True)
class TableDownload:
    """A table as CSV. `name` is the file's; a part in <> of it is handed to `table`.

    `table` takes the page, the result of the job that the page needs if it needs one, and what the
    parts in <> are in the address; it gives None where there is no such table.
    """

    name: str
    table: Callable[..., PageTable | None]

    @property
    def pattern(self) -> str:
        """The file's name as a regular expression, each part in <> a group."""
        parts = re.split(r"<([a-z_]+)>", self.name)
        fixed, names = map(re.escape, parts[::2]), parts[1::2]
        groups = [f"(?P<{name}>[A-Za-z0-9_-]+)" for name in names] + [""]
        return "".join(f + g for f, g in zip(fixed, groups, strict=True)) + r"\.csv"


@dataclass(frozen=True)
class PageEntry:
    """One page of a place.

    `address` is what follows the place's (and the scenario's) own; `view` takes the `PlacePage`
    asked for, the result of the job it needs if any, and what converters find in the address.
    `name` is shown in menus and breadcrumbs, `question` as heading ({place} is the place's name).
    A page with `above`, the address of another, is reached from that one and not in a menu.
    """

    address: str
    section: str
    name: str
    question: str
    view: View
    above: str | None = None
    needs: Needs = Needs()
    tables: Sequence[TableDownload] = ()
    files: Mapping[str, View] = field(default_factory=dict)
    """Other downloads than tables: each file's name with the view that gives it."""
    run_address: str = ""
    """The address of the page for one named run of the job it needs, if there is one."""
    download_folders: Sequence[str] = ("",)
    """The addresses below which its downloads are, each in `download/`."""
    audience: Audience = "public"
    scenarios: bool = True
    """Whether the page also exists below each scenario's address."""
    rests_on: Sequence[str] = ()
    """Files it is made from besides those it needs: without a place's own, it says what is used."""
    ignores_scenarios: bool = False
    """Whether it shows the same under every scenario, and so says it of itself under one."""
    slow: bool = False
    """Whether the server opens it when it starts, so that the first reader does not wait."""
    shows_jobs: bool = False
    """Whether its files also show what long jobs found, and so follow not from inputs alone."""
    takes_forms: bool = False
    """Whether it takes a form with an effect (POST)."""

    @property
    def as_printed_only(self) -> bool:
        """Whether no scenario moves it: so declared, or the kept result of a long job."""
        return self.ignores_scenarios or bool(self.needs.job)

    @property
    def addresses(self) -> Sequence[str]:
        """Its addresses, with that of a named run if it has one."""
        return (self.address, self.run_address) if self.run_address else (self.address,)


@dataclass(frozen=True)
class SitePage:
    """One page of no place: its whole address, its name at the foot of every page, its view.

    With `at_foot` False nothing but other pages leads to it. `takes_forms` says that it takes a
    form with an effect (POST), `takes_files` that this form may hold a file.
    """

    address: str
    name: str
    question: str
    view: View
    audience: Audience = "public"
    at_foot: bool = True
    takes_forms: bool = False
    takes_files: bool = False


class Registry:
    """All pages of the subjects that are served, in their order."""

    def __init__(self, subjects: Sequence[str], audiences: Sequence[str]) -> None:
        """Read the `PAGES` of each subject's `urls` and keep those for the `audiences`.

        Raises ValueError if two pages have one address or one table, or a page is below one
        that is not there.
        """
        declared = [page for name in subjects for page in import_module(f"{name}.urls").PAGES]
        shown = [page for page in declared if page.audience in audiences]
        self.site_pages = tuple(page for page in shown if isinstance(page, SitePage))
        self.pages = tuple(page for page in shown if isinstance(page, PageEntry))
        self._by_address: dict[str, PageEntry] = {}
        for page in self.pages:
            for address in page.addresses:
                if address in self._by_address:
                    raise ValueError(f"two pages have the address “{address}”")
                self._by_address[address] = page
        names = [
            (f, table.name) for p in self.pages for f in p.download_folders for table in p.tables
        ]
        for folder, name in names:
            if names.count((folder, name)) > 1:
                raise ValueError(f"two pages offer a table “{folder}{name}”")
        for page in self.pages:
            if page.above is not None and page.above not in self._by_address:
                raise ValueError(f"no page has the address “{page.above}”, above “{page.address}”")

    @cached_property
    def sections(self) -> Mapping[str, PageEntry]:
        """The entries of the navigation, each with its first page."""
        first: dict[str, PageEntry] = {}
        for page in self.pages:
            if page.section:
                first.setdefault(page.section, page)
        return first

    def at(self, address: str) -> PageEntry:
        """The page at an address below a place's. Raises KeyError where there is none."""
        return self._by_address[address]

    def beside(self, page: PageEntry) -> Sequence[PageEntry]:
        """The pages in the menu of a page's section: those that are below no other."""
        return [p for p in self.pages if p.section == page.section and p.above is None]

    def above(self, page: PageEntry) -> Sequence[PageEntry]:
        """The pages above one, from its section's first page down."""
        chain: list[PageEntry] = []
        while page.above is not None:
            page = self._by_address[page.above]
            chain.insert(0, page)
        first = self.sections.get(page.section)
        return [first, *chain] if chain and first and chain[0] is not first else chain

    def name_above(self, page: PageEntry) -> str:
        """What a page is called in breadcrumbs: the first page of a section bears its name."""
        first = self.sections.get(page.section) is page
        return page.section if first else page.name

    def for_job(self, kind: str) -> PageEntry | None:
        """The first page that shows the result of a kind of job."""
        return next((page for page in self.pages if page.needs.job == kind), None)

    @property
    def slow_pages(self) -> Sequence[PageEntry]:
        """The pages that are worth asking for before a reader comes."""
        return [page for page in self.pages if page.slow]

    def downloads(self) -> Iterator[tuple[PageEntry, TableDownload]]:
        """Every table that pages offer, with its page."""
        return ((page, table) for page in self.pages for table in page.tables)


def registry() -> Registry:
    """The pages that the settings switch on."""
    return _registry(tuple(settings.TRIPLEAIM_SUBJECTS), tuple(settings.TRIPLEAIM_AUDIENCES))


@cache
def _registry(subjects: Sequence[str], audiences: Sequence[str]) -> Registry:
    return Registry(subjects, audiences)
