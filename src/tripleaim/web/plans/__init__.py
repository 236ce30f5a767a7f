"""The plans that pages show: a folder of finished runs, and results worked out from them."""

from tripleaim.web.plans.folder import (
    OpenPlans,
    PlacePlan,
    PlanFolder,
    PlanSource,
    files_of,
    open_plans,
    use,
)
from tripleaim.web.plans.kept import KeptResults

__all__ = [
    "KeptResults",
    "OpenPlans",
    "PlacePlan",
    "PlanFolder",
    "PlanSource",
    "files_of",
    "open_plans",
    "use",
]
