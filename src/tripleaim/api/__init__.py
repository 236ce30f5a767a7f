"""What `import tripleaim as ta` offers: nine verbs, from a place to its plan and beyond.

A verb takes and gives values of the rooms below, which hold the details: whoever needs more
imports the room. Whatever a verb gives has `to_arrow()`.
"""

from tripleaim.api.verbs import (
    Projection,
    account,
    activity,
    backtest,
    futures,
    load,
    plan,
    prevention,
    project,
    synthesise,
)

__all__ = [
    "Projection",
    "account",
    "activity",
    "backtest",
    "futures",
    "load",
    "plan",
    "prevention",
    "project",
    "synthesise",
]
