"""Plans already made: the folder of runs that pages are read from, and what was made of them."""

from tripleaim.web.plans.folder import (
    OpenPlans,
    PlacePlan,
    PlanFolder,
    PlanSource,
    open_plans,
    use,
)

__all__ = ["OpenPlans", "PlacePlan", "PlanFolder", "PlanSource", "open_plans", "use"]
