"""The main job: everything forecast from the base with what was known then, then one look."""

from __future__ import annotations

from tripleaim import __version__
from tripleaim.activity import Activity
from tripleaim.backtest.base_year_forecasts import (
    a_year_later,
    ageing_of_others,
    base_year_of,
    forecasts_elsewhere,
    own_ageing,
    own_forecasts,
)
from tripleaim.backtest.document import Backtest
from tripleaim.backtest.forecast import Sampler
from tripleaim.backtest.later_figures import against_later
from tripleaim.backtest.observations import Observations, check_scale, financial, period
from tripleaim.backtest.plan_projection import PlanProjection
from tripleaim.backtest.register_rules import judge_rules
from tripleaim.backtest.score import compared, findings, scores, what_happened
from tripleaim.backtest.settings import read_history, read_settings
from tripleaim.core import RunContext
from tripleaim.place import Place
from tripleaim.wording import BACKTEST_LIMITS, BACKTEST_METHOD, backtest_verdict

SEED = 7
DRAWS = 2000


def run_backtest(
    place: Place,
    context: RunContext,
    draws: int = DRAWS,
    *,
    actuals: Observations | None = None,
    projection: Activity | None = None,
    plan: PlanProjection | None = None,
) -> Backtest:
    """The place's forecasts from its early base, compared with what the shipped tables say came.

    With `actuals` forecasts from the plan's own base year are compared with these as well, by the
    back-test's rules; beside them the plan's `projection`, an activity of its years as printed, and
    `plan`, what its own run projects, where they are given.
    The same inputs, seed and draws give the same document. Raises InputError if the place ships
    no history.
    """
    seed = context.seed
    setting, history = read_settings(place), read_history(place)
    if actuals is not None:
        check_scale(actuals, history.record)
    sampler = Sampler(seed, draws)
    base_year = base_year_of(
        place,
        setting,
        history,
        base=setting.base,
        last=setting.last,
        context=context,
    )
    context.report("comparing forecasts with what happened", 0.0)
    next_year = period(financial(setting.base.year + 1))
    own = [
        *own_forecasts(base_year, sampler),
        *a_year_later(base_year, history.record.until(next_year.over), next_year, sampler),
    ]
    happened = what_happened(history.record, setting)
    comparisons = compared(own, happened)
    elsewhere = scores(compared(forecasts_elsewhere(base_year, sampler), happened))
    parts = scores(comparisons)
    context.report("comparing forecasts with what happened", 1.0)
    return Backtest(
        place=place.id,
        name=place.name,
        base=setting.base.label,
        last=setting.last.label,
        seed=seed,
        draws=draws,
        version=__version__,
        inputs_sha256=place.sha256_of("backtest"),
        body_names=dict(setting.names),
        forecasts=comparisons,
        scores=parts,
        elsewhere=elsewhere,
        verdict=(
            *backtest_verdict(f"{place.name}, its trusts and England", findings(parts)),
            *backtest_verdict("Every other CCG and trust with data", findings(elsewhere)),
        ),
        method=BACKTEST_METHOD,
        limits=BACKTEST_LIMITS,
        register_rules=judge_rules(
            history.record,
            setting,
            own=own_ageing(base_year),
            elsewhere=ageing_of_others(base_year),
        ),
        later=None
        if actuals is None
        else against_later(
            place, setting, history, actuals, sampler, projection=projection, plan=plan
        ),
    )
