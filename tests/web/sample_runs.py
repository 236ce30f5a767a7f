"""The printed county with jobs done: a real document of futures, a back-test of made-up numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
from printed_county import county_in, printed_county
from pydantic import BaseModel

from tripleaim.backtest import Backtest, ForecastPart, RegisterRulePart
from tripleaim.backtest.score import findings, scores
from tripleaim.jobs import Job, order
from tripleaim.jobs.folder import Report
from tripleaim.place.estimate import CENTRAL
from tripleaim.plan import Workspace
from tripleaim.plan.futures import FuturesDocument, parameters
from tripleaim.plan.futures.assemble import Drawn, gathered_document
from tripleaim.plan.futures.document import LivesPart
from tripleaim.plan.futures.draw_outcome import Central
from tripleaim.plan.futures.run import stacked
from tripleaim.plan.overlap.scenario import choose
from tripleaim.uncertainty import KnownIntervalPart, as_matrix, draws, in_one_order, shared_cause
from tripleaim.wording import backtest_verdict

DRAWS = 16

# Group, body, series; last value, straight line, forecast, half the interval, what happened.
SERIES = (
    ("people", "somerset", "male 0-4", 100, 104, 103, 4, 103.5),
    ("people", "somerset", "female 0-4", 100, 106, 102, 4, 102.5),
    ("deaths", "somerset", "all", 100, 101, 96, 2, 104),
    ("deaths", "somerset", "under 80", 100, 101, 97, 2, 103),
    ("registers", "11X", "CHD", 100, None, 103, 3, 104),
    ("A&E", "RBA", "attendances", 100, 105, 101, 3, 105.5),
    ("A&E", "RA4", "attendances", 100, 105, 102, 3, 104.5),
)


class RunsPlans:
    """Somerset as printed, kept in a data folder in which jobs can be found and started."""

    def __init__(self, data: Path) -> None:
        folder = data / "somerset"
        folder.mkdir(parents=True, exist_ok=True)
        self._workspace = county_in(folder)

    def places(self) -> Mapping[str, str]:
        """The one place."""
        return {"somerset": "Somerset"}

    def workspace(self, place_id: str) -> Workspace | None:
        """The one workspace."""
        return self._workspace if place_id == "somerset" else None


def finished(data: Path, kind: str, document: BaseModel, *, draws_of: int) -> Job:
    """A job of `kind` as its worker leaves it, with `document` as its result."""
    job = Job.of(data, order(printed_county().place, kind, 7, {"draws": draws_of}))
    job.place_order()
    job.result.write_text(document.model_dump_json(indent=1) + "\n", encoding="utf-8")
    job.write(Report("done", "counting", 1.0, 1_000_000_000.0, 1_000_000_125.0, 0))
    return job


def with_futures(data: Path) -> Job:
    """Futures as a job leaves them: in its folder and beside the plan."""
    document = futures()
    path = data / "somerset" / "futures.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return finished(data, "futures", document, draws_of=DRAWS)


@cache
def futures() -> FuturesDocument:
    """Draws of the printed county's plan, in which people live as in the central run."""
    county = printed_county()
    place = county.place
    central = Central.of(
        place,
        nothing=county.nothing,
        money=county.money,
        calibration=county.calibration.money,
        groups=county.groups,
        scenario=choose(place, seed=7),
    )
    moving = in_one_order(parameters(place, county.nothing))
    drawn = draws(moving, DRAWS, 7, correlation=shared_cause(place))
    return gathered_document(
        central,
        "",
        Drawn(
            central.future(CENTRAL),
            stacked([central.future(draw) for draw in drawn]),
            moving,
            as_matrix(drawn, [p.id for p in moving]),
            shared_cause(place),
            {"do_nothing/last": 0.004},
        ),
        LivesPart(people=1_000, of=560_000, chance_draws=2, chance_seeds=2),
    )


def backtest() -> Backtest:
    """A back-test that does well on people, badly on deaths and on A&E."""
    place = printed_county().place
    forecasts = tuple(_forecast(one) for one in SERIES)
    parts = scores(forecasts)
    return Backtest(
        place=place.id,
        name=place.name,
        base="2013/14",
        last="2015/16",
        seed=7,
        draws=100,
        version="0.1.0",
        inputs_sha256=place.sha256_of("backtest"),
        body_names={"somerset": "Somerset", "11X": "Somerset CCG", "RBA": "Musgrove Park"},
        forecasts=forecasts,
        scores=parts,
        elsewhere=parts,
        verdict=backtest_verdict("Somerset", findings(parts)),
        method=("Every forecast used only data from before its base date.",),
        limits=("Series share causes.",),
        register_rules=(_rule(0.0, 3.5, 2.8), _rule(0.5, 3.0, 2.6)),
    )


def _rule(kept: float, elsewhere: float, own: float) -> RegisterRulePart:
    return RegisterRulePart(
        year="2015/16", kept=kept, most_pct_a_year=None, used=kept == 0.5,
        own_error_pct=own, own_registers=17,
        elsewhere_error_pct=elsewhere, elsewhere_registers=3_536,
    )  # fmt: skip


def _forecast(
    one: tuple[str, str, str, float, float | None, float, float, float],
) -> ForecastPart:
    group, body, series, last, line, ours, half, came = one
    return ForecastPart(
        group=group, body=body, series=series, base="2013/14", period="2015/16", steps=2,
        interval=KnownIntervalPart(central=ours, p10=ours - half, p50=ours, p90=ours + half),
        last_value=last, straight_line=line,
        actual=came, inside=bool(np.abs(came - ours) <= half),
    )  # fmt: skip
