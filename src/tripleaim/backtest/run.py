"""The main job: everything forecast from the base with what was known then, then one look."""

from __future__ import annotations

from tripleaim import __version__
from tripleaim.backtest.document import Backtest
from tripleaim.backtest.forecast import Sampler
from tripleaim.backtest.later import against_later
from tripleaim.backtest.observations import Observations, financial, period
from tripleaim.backtest.observed import (
    a_year_later,
    forecasts_elsewhere,
    known_then,
    own_forecasts,
)
from tripleaim.backtest.score import findings, held_against, scores, what_came
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
) -> Backtest:
    """The place's forecasts from its early base, held against what the shipped tables say came.

    With `actuals` the forecasts from the plan's own base year are held against these as well.
    The same inputs, seed and draws give the same document. Raises InputError if the place ships
    no history.
    """
    seed = context.seed
    setting, history = read_settings(place), read_history(place)
    sampler = Sampler(seed, draws)
    then = known_then(
        place,
        setting,
        history,
        base=setting.base,
        last=setting.last,
        context=context,
    )
    context.report("holding forecasts against what came", 0.0)
    next_year = period(financial(setting.base.year + 1))
    own = [
        *own_forecasts(then, sampler),
        *a_year_later(then, history.record.until(next_year.over), next_year, sampler),
    ]
    came = what_came(history.record, setting)
    held = held_against(own, came)
    elsewhere = scores(held_against(forecasts_elsewhere(then, sampler), came))
    parts = scores(held)
    context.report("holding forecasts against what came", 1.0)
    return Backtest(
        place=place.id,
        name=place.name,
        base=setting.base.label,
        last=setting.last.label,
        seed=seed,
        draws=draws,
        version=__version__,
        inputs_sha256=place.inputs_sha256,
        body_names=dict(setting.names),
        forecasts=held,
        scores=parts,
        elsewhere=elsewhere,
        verdict=(
            *backtest_verdict(f"{place.name}, its trusts and England", findings(parts)),
            *backtest_verdict("Every other CCG and trust held", findings(elsewhere)),
        ),
        method=BACKTEST_METHOD,
        limits=BACKTEST_LIMITS,
        later=None if actuals is None else against_later(place, setting, history, actuals, sampler),
    )
