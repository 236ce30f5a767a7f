"""What is not known: joint draws of parameters, their results kept, their spread and its causes.

    parameters = gathered(projection.parameters(place), prevention.parameters(place))
    drawn = draws(parameters, 256, seed, correlation=shared_cause(place))
    kept = keep(folder, Origin(job, inputs_sha256, seed, version), drawn, work, progress=...)

`draws` numbers from 1 (0 is CENTRAL); draw i does not depend on the count, nor a parameter's
values on the other parameters. `work(batch of draws)` returns arrays by name, one row a draw.
"""

from tripleaim.uncertainty.sampling import (
    SHARED_CAUSE,
    as_matrix,
    draws,
    gathered,
    rounded_up,
    shared_cause,
)
from tripleaim.uncertainty.store import Kept, Origin, Stopped, keep

__all__ = [
    "SHARED_CAUSE",
    "Kept",
    "Origin",
    "Stopped",
    "as_matrix",
    "draws",
    "gathered",
    "keep",
    "rounded_up",
    "shared_cause",
]
