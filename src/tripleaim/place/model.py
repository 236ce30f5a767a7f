"""The footprint in memory: who is accountable for whom, and every figure held about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tripleaim.place.declared_files import RESULTS
from tripleaim.place.figures import Figure, Source, Status
from tripleaim.place.files import FolderFiles, PlaceFiles
from tripleaim.place.toml import Toml
from tripleaim.tables import InputError, Row

if TYPE_CHECKING:
    import pyarrow as pa

Maturity = Literal["idea", "outline", "developed", "in delivery"]
Release = Literal["cash-releasing", "cost-avoiding", "capacity only"]
Change = Literal["incidence", "contact rate", "place of contact", "length of stay", "unit cost"]
Design = Literal["controlled", "before-after", "none"]
Directness = Literal["direct", "indirect", "not assessed"]
RiskOfBias = Literal["low", "some concerns", "high", "not assessed"]
Thing = Literal["solution", "start", "owner", "amount", "investment", "reach"]
PrintedStatus = Literal["published", "assumed"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that commissions, provides or decides; `id` is its ODS code where it has one.

    `cause` says why we hold what is assumed about it.
    """

    id: str
    name: str
    short_name: str
    kind: str
    side: str
    status: str
    source: str
    cause: str = ""


@dataclass(frozen=True, slots=True)
class PointOfDelivery:
    """A kind of contact, as the place's own plan counts it.

    `spend_line` is the line of NHS money that pays for it; contacts of one line share its spend in
    proportion to quantity x `unit_cost` (pounds a contact, a figure id). `bed_days` is the mean
    length of stay in days where it has beds, else 0. `nhs` is False where the NHS gap leaves it
    out.
    """

    id: str
    name: str
    unit: str
    group: str
    unit_cost: str
    spend_line: str
    bed_days: float
    nhs: bool
    printed_base: str
    printed_last: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a study found for an effect, as a proportional change (-0.07 is 7% fewer).

    `measured` is False where no study measured this very effect: the value is then not known, and
    the zeros that stand for it are no finding. `design` is that of the study behind it, for a
    solution that is a programme of prevention too that of the programme. `studies` counts them,
    None where our sources do not say. `directness` says whether they watched this outcome in
    people like those reached, `risk_of_bias` how far their design may mislead. `of_this_service`
    says that they watched this very service, so that none of it can be older than the service.
    """

    value: float
    low: float
    high: float
    design: Design
    source: str
    where: str
    measured: bool = True
    studies: int | None = None
    directness: Directness = "not assessed"
    risk_of_bias: RiskOfBias = "not assessed"
    of_this_service: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing a solution changes among those it reaches.

    `weight` is the effect's share in the solution's claim relative to its other effects: the
    claim is met by weight x a common size. `evidence` is what studies support.
    """

    changes: Change
    point_of_delivery: str
    to: str
    contacts_each: float
    condition: str
    weight: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CostPerPerson:
    """What a year of a solution costs for each person who takes part, £ at the prices of `year`.

    `low` and `high` bound what is credible; `cause` says what it is made of, or why it is assumed.
    """

    value: float
    low: float
    high: float
    year: str
    status: Status
    source: str
    cause: str


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """What the printed plan says of one thing that a solution holds.

    `says` is in our words, `where` the heading and line; both are empty for what is not printed.
    A value held as printed is published; else it is assumed and `cause` says why it is as it is.
    """

    thing: Thing
    status: PrintedStatus
    says: str
    where: str
    cause: str


@dataclass(frozen=True, slots=True)
class Solution:
    """What partners propose: the people it reaches, when, how fast, what it changes, on what
    evidence.

    `uptake` is the share of those reached when fully rolled out (0 to 1), `years_to_full` the
    length of the straight ramp from `start`. `claim` is the in-year saving in £m by side and
    year, `recurrent` and `double_running` the investment in £m by year. `claim_prices` and
    `investment_prices` are the years at whose prices the file states them, empty for those of
    each year; a place's solutions have all amounts at the prices of their year. `printed` is
    what the document `printed_source` says of it; both are empty where nobody has checked. A
    solution that is not `chosen` is ready to choose: it is no part of the plan until a scenario
    takes it in. `cost_per_person` is part of the recurrent investment once the people it reaches
    are known.
    """

    id: str
    name: str
    summary: str
    priority: int
    owner: str
    organisations: tuple[str, ...]
    maturity: Maturity
    release: Release
    who: str
    uptake: float
    start: str
    years_to_full: int
    effects: tuple[Effect, ...]
    claim: Mapping[str, Mapping[str, float]]
    claim_status: Status
    claim_source: str
    claim_cause: str
    recurrent: Mapping[str, float]
    double_running: Mapping[str, float]
    investment_cause: str
    under_population_cap: bool
    file: Path
    printed_source: str = ""
    printed: tuple[PrintedLine, ...] = ()
    claim_prices: str = ""
    investment_prices: str = ""
    chosen: bool = True
    cost_per_person: CostPerPerson | None = None

    @property
    def amount_known(self) -> bool:
        """Whether anybody has said what it saves, in any year."""
        return any(amount for side in self.claim.values() for amount in side.values())

    def printed_line(self, thing: Thing) -> PrintedLine | None:
        """What the printed plan says of one thing; None where nobody has checked."""
        return next((line for line in self.printed if line.thing == thing), None)


@dataclass(frozen=True)
class Place:
    """A footprint: `load` makes it from a folder, and every room starts from it.

    `files` are its own and, for what it lacks, those of its defaults (England), read by `load`.
    `base_year` is the last recorded year, `years` the years of the plan, both as "2016/17".
    """

    id: str
    name: str
    files: PlaceFiles
    base_year: str
    years: tuple[str, ...]
    priorities: Mapping[int, str]
    organisations: tuple[Organisation, ...]
    points_of_delivery: tuple[PointOfDelivery, ...]
    sources: Mapping[str, Source]
    figures: Mapping[str, Figure]
    solutions: tuple[Solution, ...]

    def figure(self, figure_id: str) -> Figure:
        """The figure called `figure_id`; else an InputError with the nearest name."""
        try:
            return self.figures[figure_id]
        except KeyError:
            raise InputError(
                "there is no figure of this name",
                file=self.folder,
                value=figure_id,
                valid=self.figures,
            ) from None

    def is_own(self, figure: Figure) -> bool:
        """Whether the place itself holds the figure, and not the defaults it builds on."""
        return figure.held_by in ("", self.folder.name)

    @property
    def is_printed(self) -> bool:
        """Whether it has anything of a printed plan: a figure or a claim that is published."""
        return any(
            figure.status == "published" and self.is_own(figure) for figure in self.figures.values()
        ) or any(solution.claim_status == "published" for solution in self.solutions)

    @property
    def as_stated(self) -> str:
        """How its plan stands before anybody changes it, in words."""
        return "as printed" if self.is_printed else "as it is"

    def value(self, figure_id: str) -> float:
        """The value of the figure called `figure_id`."""
        return self.figure(figure_id).value

    @property
    def sha256(self) -> str:
        """The hash of every file of the place and of its defaults."""
        return self.files.sha256_of("")

    def sha256_of(self, result: str) -> str:
        """The hash of the files that change with a result, such as "plan", as declared.

        It is the result's key wherever it is kept. Raises InputError for an unknown result.
        """
        if result not in RESULTS:
            raise InputError("expected a result", value=result, valid=RESULTS)
        return self.files.sha256_of(result)

    @property
    def folder(self) -> Path:
        """Where the place's own files were read from."""
        return self.files.own.path

    @property
    def own(self) -> FolderFiles:
        """The place's own files, without those of its defaults."""
        return self.files.own

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of the table called `name`, each cell read and checked as declared, once.

        Raises InputError at the first fault.
        """
        return self.files.rows(name)

    def toml(self, name: str) -> Toml:
        """The TOML file called `name`. Raises InputError when it is missing or not TOML."""
        return self.files.toml(name)

    def text(self, name: str) -> str:
        """The text of the file called `name`. Raises InputError if it is missing or not UTF-8."""
        return self.files.text(name)

    def has(self, name: str) -> bool:
        """Whether the place, or the defaults it builds on, holds a file called `name`."""
        return self.files.has(name)

    def path(self, name: str) -> Path:
        """Where the file called `name` is, for messages: nothing reads it again."""
        return self.files.path(name)

    def names(self, folder: str, suffix: str) -> dict[str, str]:
        """The files ending in `suffix` in a folder of the place or its defaults, by stem, sorted.

        The place's own stands before a default of the same name.
        """
        return self.files.names(folder, suffix)

    @property
    def last_year(self) -> str:
        """The last year of the plan."""
        return self.years[-1]

    def solution(self, solution_id: str) -> Solution:
        """The solution called `solution_id`; else an InputError with the nearest name."""
        for solution in self.solutions:
            if solution.id == solution_id:
                return solution
        raise InputError(
            "there is no solution of this name",
            file=self.folder / "solutions",
            value=solution_id,
            valid=[s.id for s in self.solutions],
        )

    def to_arrow(self) -> pa.Table:
        """Every figure of the place, one row each, with unit, year, status, source and cause."""
        import pyarrow as pa  # noqa: PLC0415 - reading a place needs no Arrow, and starts sooner

        names = [field.name for field in fields(Figure)]
        kinds = {"value": pa.float64(), "low": pa.float64(), "high": pa.float64()}
        return pa.table(
            {
                name: pa.array(
                    [getattr(figure, name) for figure in self.figures.values()],
                    kinds.get(name, pa.string()),
                )
                for name in names
            }
        )
