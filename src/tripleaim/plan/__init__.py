"""Do nothing against do something: on whose word, and with what left when effects meet.

`run` does the whole job and writes its files; `Workspace` opens them and answers for any scenario;
`audit` holds a printed plan against itself. `evaluate` works out one scenario, `PlanDocument` is
what is published. `incentives` says who saves and who loses by each solution under a rule of
payment, and whether its doers would want it; `compare_rules` sets the rules side by side.
"""

from tripleaim.plan.by_organisation.staff_by_solution import (
    SolutionStaff,
    StaffBySolution,
    staff_by_solution,
)
from tripleaim.plan.check import check_footprint
from tripleaim.plan.incentive.incentive_model import IncentiveTable, SolutionIncentive
from tripleaim.plan.incentive.incentives import incentives, payment_rules
from tripleaim.plan.incentive.rule_comparison import RuleComparison, compare_rules
from tripleaim.plan.overlap.outcome import Outcome, evaluate
from tripleaim.plan.overlap.scenario import Choice, Scenario, choose, from_token, read_scenario
from tripleaim.plan.printed.audit import Finding, audit, audit_document, loudest, summary
from tripleaim.plan.publish.document import PlanDocument
from tripleaim.plan.run import is_current, run
from tripleaim.plan.workspace import Workspace

__all__ = [
    "Choice",
    "Finding",
    "IncentiveTable",
    "Outcome",
    "PlanDocument",
    "RuleComparison",
    "Scenario",
    "SolutionIncentive",
    "SolutionStaff",
    "StaffBySolution",
    "Workspace",
    "audit",
    "audit_document",
    "check_footprint",
    "choose",
    "compare_rules",
    "evaluate",
    "from_token",
    "incentives",
    "is_current",
    "loudest",
    "payment_rules",
    "read_scenario",
    "run",
    "staff_by_solution",
    "summary",
]
