"""Plans already made: the folder of runs that pages are read from, and what was made of them."""

from tripleaim.web.plans.folder import (
    OpenPlans,
    PlacePlan,
    PlanFolder,
    PlanSource,
    open_plans,
    use,
)
from tripleaim.web.plans.kept import KeptResults

__all__ = ["KeptResults", "OpenPlans", "PlacePlan", "PlanFolder", "PlanSource", "open_plans", "use"]
