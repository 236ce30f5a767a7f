"""A place small enough to check by hand: three points of delivery, three years, four solutions."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tripleaim.place import (
    Effect,
    Evidence,
    Figure,
    FolderFiles,
    Place,
    PlaceFiles,
    PointOfDelivery,
    Solution,
)
from tripleaim.plan.overlap.effects import incidence_conditions
from tripleaim.plan.overlap.groups import Groups, OnsetBook, group_year, patterns_of

YEARS = ("2016/17", "2017/18", "2018/19")
CONDITIONS = ("chd", "diabetes")
ATTRIBUTABLE = np.array([[0.5, 0.25, 0.1], [0.2, 0.4, 0.0]])
COSTS = {
    "2016/17": {"ward": 1600.0, "clinic": 120.0, "home": 50.0, "council": 30.0},
    "2017/18": {"ward": 1650.0, "clinic": 125.0, "home": 52.0, "council": 31.0},
    "2018/19": {"ward": 1700.0, "clinic": 130.0, "home": 54.0, "council": 32.0},
}


def figure(figure_id: str, value: float, low: float | None = None, high: float | None = None):
    return Figure(figure_id, value, low, high, "x", "", "", "assumed", "ours", "", "a test")


FIGURES = {
    f.id: f
    for f in (
        figure("solutions.bed-day-share", 0.5),
        figure("solutions.before-after-weight", 0.25),
        figure("solutions.no-effect-margin", 0.02),
        figure("solutions.delivered", 0.5, 0.0, 1.0),
        figure("savings.cumulative", 3.0),
        figure("population-cap.ward.year-1", -0.5, -1.0, 0.2),
        figure("population-cap.ward.year-3", -2.0, -3.0, -1.0),
    )
}


def point(point_id: str, nhs: bool = True) -> PointOfDelivery:
    return PointOfDelivery(
        point_id, point_id.title(), "visits", "x", "c", "l" if nhs else "", 0.0, nhs, "", ""
    )


def evidence(
    value: float = 0.0, low: float | None = None, high: float | None = None, design="none"
):
    low, high = value if low is None else low, value if high is None else high
    return Evidence(value, low, high, design, "study", "", measured=design != "none")


def effect(changes: str, at: str = "", **more) -> Effect:
    names = {"to": "", "contacts_each": 1.0, "condition": "", "weight": 1.0}
    return Effect(
        changes=changes,
        point_of_delivery=at,
        evidence=more.pop("evidence", evidence()),
        **{**names, **more},
    )


def solution(solution_id: str, *effects: Effect, claim=None, **more) -> Solution:
    claim = claim or {"commissioner": {}, "providers": {}}
    fields = {
        "name": solution_id,
        "summary": "",
        "priority": 1,
        "owner": "x",
        "organisations": (),
        "maturity": "idea",
        "release": "cash-releasing",
        "who": "age >= 0",
        "uptake": 0.5,
        "start": "2016/17",
        "years_to_full": 1,
        "claim_status": "assumed",
        "claim_source": "ours",
        "claim_cause": "a test",
        "recurrent": {},
        "double_running": {},
        "investment_cause": "",
        "under_population_cap": False,
        "file": Path(f"{solution_id}.toml"),
    } | more
    for key in ("recurrent", "double_running"):
        fields[key] = {year: fields[key].get(year, 0.0) for year in YEARS}
    every = {side: {y: claim[side].get(y, 0.0) for y in YEARS} for side in claim}
    return Solution(id=solution_id, effects=effects, claim=every, **fields)


def by_year(*values: float) -> dict[str, float]:
    return dict(zip(YEARS, values, strict=True))


SOLUTIONS = (
    solution(
        "cheaper",
        effect("unit cost", "ward"),
        effect("length of stay", "ward", weight=2.0),
        claim={"commissioner": {}, "providers": by_year(0.02, 0.03, 0.05)},
        uptake=1.0,
    ),
    solution(
        "fewer",
        effect("contact rate", "ward", evidence=evidence(-0.2, -0.3, -0.1, "controlled")),
        effect(
            "contact rate", "clinic", weight=0.5, evidence=evidence(-0.4, -0.4, 0.0, "before-after")
        ),
        claim={"commissioner": by_year(0.01, 0.02, 0.03), "providers": by_year(0.0, 0.01, 0.01)},
        recurrent=by_year(0.005, 0.005, 0.005),
        double_running=by_year(0.001, 0.0, 0.0),
        years_to_full=2,
        under_population_cap=True,
    ),
    solution(
        "moved",
        effect("place of contact", "ward", to="home", contacts_each=4.0),
        claim={"commissioner": by_year(0.0, 0.02, 0.04), "providers": {}},
        start="2017/18",
        uptake=0.4,
    ),
    solution(
        "prevented",
        effect(
            "incidence", condition="diabetes", evidence=evidence(-0.3, -0.4, -0.2, "controlled")
        ),
        effect("incidence", condition="chd", weight=0.5),
        effect("contact rate", "clinic", weight=0.1),
        claim={"commissioner": by_year(0.0, 0.002, 0.004), "providers": {}},
        uptake=0.8,
    ),
    solution(
        "screened",
        effect("incidence", condition="chd", evidence=evidence(-0.1, -0.2, 0.0, "controlled")),
        claim={"commissioner": by_year(0.0, 0.0005, 0.001), "providers": {}},
        uptake=0.6,
    ),
)


def small_place(solutions=SOLUTIONS) -> Place:
    return Place(
        id="small",
        name="Small",
        files=PlaceFiles((FolderFiles(Path()),)),
        base_year="2015/16",
        years=YEARS,
        priorities={1: "All"},
        organisations=(),
        points_of_delivery=(point("ward"), point("clinic"), point("home"), point("council", False)),
        sources={},
        figures=FIGURES,
        solutions=tuple(solutions),
    )


class Folk:
    """n people: whom each solution reaches, what begins when, and their contacts, year by year."""

    def __init__(self, seed: int = 1, n: int = 60, solutions: int = len(SOLUTIONS)) -> None:
        luck = np.random.default_rng(seed)
        self.n = n
        self.reached = luck.random((len(YEARS), n, solutions)) < 0.6
        self.reached_before = luck.random((len(YEARS), n, solutions)) < 0.7
        # The year of the plan in which each condition begins; beyond the last year: never.
        self.begins = luck.integers(0, 2 * len(YEARS), (n, len(CONDITIONS)))
        self.contacts = luck.gamma(2.0, 3.0, (len(YEARS), n, 4))

    def take(self, rows) -> Folk:
        taken = Folk.__new__(Folk)
        taken.n = len(rows)
        taken.reached = self.reached[:, rows]
        taken.reached_before = self.reached_before[:, rows]
        taken.begins = self.begins[rows]
        taken.contacts = self.contacts[:, rows].copy()
        return taken

    def groups(self, place: Place) -> Groups:
        conditions = incidence_conditions(place)
        book = OnsetBook(self.n, len(conditions))
        taken = []
        for y in range(len(YEARS)):
            self._begin(place, book, y)
            taken.append((patterns_of(list(self.reached[y].T)), book.sets.copy(), self.contacts[y]))
        attributable = np.zeros((len(conditions), 4))
        for c, condition in enumerate(conditions):
            attributable[c, :3] = ATTRIBUTABLE[CONDITIONS.index(condition)]
        return Groups(
            years=YEARS,
            solutions=tuple(s.id for s in place.solutions),
            points_of_delivery=tuple(p.id for p in place.points_of_delivery),
            conditions=conditions,
            onsets=tuple(book.onsets),
            attributable=attributable,
            by_year=tuple(group_year(p, o, c, len(book.onsets))[0] for p, o, c in taken),
        )

    def grouped(self, place: Place) -> list[np.ndarray]:
        """Which group each person is in, year by year."""
        conditions = incidence_conditions(place)
        book = OnsetBook(self.n, len(conditions))
        found = []
        for y in range(len(YEARS)):
            self._begin(place, book, y)
            reached = patterns_of(list(self.reached[y].T))
            found.append(group_year(reached, book.sets, self.contacts[y], len(book.onsets))[1])
        return found

    def _begin(self, place: Place, book: OnsetBook, y: int) -> None:
        before = patterns_of(list(self.reached_before[y].T))
        for c, condition in enumerate(incidence_conditions(place)):
            acting = sum(
                1 << s
                for s, sol in enumerate(place.solutions)
                if any(e.condition == condition for e in sol.effects)
            )
            new = self.begins[:, CONDITIONS.index(condition)] == y
            book.begin(c, y, new, before, acting)
