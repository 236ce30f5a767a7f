"""The plan: do nothing compared with do something, on each basis.

`run_plan` does the whole job and writes its files; `Workspace` opens them and answers for any
scenario; `audit` checks a printed plan against its own numbers. `evaluate` works out one scenario,
`PlanDocument` is what is published; `read_plan` reads it back, old versions too. `Basis` says on
what evidence a saving is counted. `incentives` says who saves and who loses by each solution under
a payment method; `compare_rules` compares the rules.
"""

from tripleaim.plan.as_printed import printed_activity, prints_activity
from tripleaim.plan.assumptions import Assumption, assumptions_of, place_assuming
from tripleaim.plan.basis import (
    OF_A_SOLUTION,
    OF_INCENTIVES,
    Basis,
    PeriodTotal,
    basis_of,
)
from tripleaim.plan.by_organisation.organisation_books import OrganisationBooks, organisation_books
from tripleaim.plan.by_organisation.savings_by_organisation import net_of
from tripleaim.plan.by_organisation.staff_by_solution import (
    SolutionStaff,
    StaffBySolution,
    staff_by_solution,
)
from tripleaim.plan.by_setting.aims import BED_TO_HOME, TREATMENT_TO_PREVENTION, SettingAim
from tripleaim.plan.by_setting.done import WhatIsDone, what_is_done
from tripleaim.plan.by_setting.money import SettingMoney, SettingRange
from tripleaim.plan.by_setting.moves import MoneyMove, SettingChange
from tripleaim.plan.by_setting.pound import PoundBySetting, SettingAmount, pound_by_setting
from tripleaim.plan.by_setting.settings import SETTINGS, Setting
from tripleaim.plan.by_setting.shares import SettingShare, setting_shares
from tripleaim.plan.care_to_come import CareToCome
from tripleaim.plan.check import check_footprint
from tripleaim.plan.do_nothing import DoNothing
from tripleaim.plan.futures import FUTURES_FILE, draw_futures
from tripleaim.plan.futures.document import (
    FuturesDocument,
    HeadlinePart,
)
from tripleaim.plan.incentive.incentive_model import (
    IncentiveTable,
    OrganisationEffect,
    SolutionIncentive,
)
from tripleaim.plan.incentive.incentives import incentives, payment_rules
from tripleaim.plan.incentive.rule_comparison import RuleComparison, compare_rules
from tripleaim.plan.overlap.acceleration import earlier, most_years_earlier
from tripleaim.plan.overlap.claims import claim_tag_of, prints_period_total
from tripleaim.plan.overlap.classes import EvidenceClass
from tripleaim.plan.overlap.outcome import Outcome, evaluate
from tripleaim.plan.overlap.scenario import (
    Choice,
    Scenario,
    altered,
    choose,
    from_token,
    read_scenario,
    usual_choice,
)
from tripleaim.plan.plan_activity import (
    ACTIVITY_FILE,
    CONTRACTS_FILE,
    PEOPLE_FILE,
    read_plan_activity,
)
from tripleaim.plan.practices import (
    PRACTICES_FILE,
    CareHere,
    ConditionHere,
    PracticePart,
    PracticesDocument,
    read_practices_document,
)
from tripleaim.plan.printed.assumption_register import (
    TREATMENTS,
    PlanAssumption,
    assumption_register,
)
from tripleaim.plan.printed.audit import audit, audit_document, most_serious, summary
from tripleaim.plan.printed.finding import Finding
from tripleaim.plan.printed.identities import VERDICTS
from tripleaim.plan.publish.document import (
    AimPart,
    CalibratedPart,
    PlanDocument,
    PointOfDeliveryPart,
    ReconciliationPart,
    SolutionPart,
)
from tripleaim.plan.publish.evidence_parts import (
    EvidenceClassPart,
    EvidencePart,
    EvidenceShownPart,
    SolutionClassPart,
)
from tripleaim.plan.publish.reconcile import first_year_not_met
from tripleaim.plan.publish.versions import current_version, read_plan
from tripleaim.plan.publish.workbook import write_workbook
from tripleaim.plan.run import COPIED, is_current, run_plan
from tripleaim.plan.understood import what_was_understood
from tripleaim.plan.workspace import Workspace, footprint_of, run_about

__all__ = [
    "ACTIVITY_FILE",
    "BED_TO_HOME",
    "CONTRACTS_FILE",
    "COPIED",
    "FUTURES_FILE",
    "OF_A_SOLUTION",
    "OF_INCENTIVES",
    "PEOPLE_FILE",
    "PRACTICES_FILE",
    "SETTINGS",
    "TREATMENTS",
    "TREATMENT_TO_PREVENTION",
    "VERDICTS",
    "AimPart",
    "Assumption",
    "Basis",
    "CalibratedPart",
    "CareHere",
    "CareToCome",
    "Choice",
    "ConditionHere",
    "DoNothing",
    "EvidenceClass",
    "EvidenceClassPart",
    "EvidencePart",
    "EvidenceShownPart",
    "Finding",
    "FuturesDocument",
    "HeadlinePart",
    "IncentiveTable",
    "MoneyMove",
    "OrganisationBooks",
    "OrganisationEffect",
    "Outcome",
    "PeriodTotal",
    "PlanAssumption",
    "PlanDocument",
    "PointOfDeliveryPart",
    "PoundBySetting",
    "PracticePart",
    "PracticesDocument",
    "ReconciliationPart",
    "RuleComparison",
    "Scenario",
    "Setting",
    "SettingAim",
    "SettingAmount",
    "SettingChange",
    "SettingMoney",
    "SettingRange",
    "SettingShare",
    "SolutionClassPart",
    "SolutionIncentive",
    "SolutionPart",
    "SolutionStaff",
    "StaffBySolution",
    "WhatIsDone",
    "Workspace",
    "altered",
    "assumption_register",
    "assumptions_of",
    "audit",
    "audit_document",
    "basis_of",
    "check_footprint",
    "choose",
    "claim_tag_of",
    "compare_rules",
    "current_version",
    "draw_futures",
    "earlier",
    "evaluate",
    "first_year_not_met",
    "footprint_of",
    "from_token",
    "incentives",
    "is_current",
    "most_serious",
    "most_years_earlier",
    "net_of",
    "organisation_books",
    "payment_rules",
    "place_assuming",
    "pound_by_setting",
    "printed_activity",
    "prints_activity",
    "prints_period_total",
    "read_plan",
    "read_plan_activity",
    "read_practices_document",
    "read_scenario",
    "run_about",
    "run_plan",
    "setting_shares",
    "staff_by_solution",
    "summary",
    "usual_choice",
    "what_is_done",
    "what_was_understood",
    "write_workbook",
]
