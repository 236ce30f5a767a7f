"""From activity to money: the accounts of doing nothing, of each organisation and of each month.

`account` turns contacts by point of delivery and year into the accounts of the commissioner and of
the providers; `calibrate` solves at most three stated parameters so that the printed gap is met,
and says what that added; `bridge` explains the change of a position; `contact_costs` prices a
contact; `swings` says which stated figures matter most; `stf` says whether a printed position is
before or after the fund; `aims` holds the measures of health and quality shown with the money;
`open_book` compares every partner's months with plan and control total, from returns that
`check_return` has checked. `pay` pays for the same flows under any of `read_payment_rules`, in two
books; `turnaround`, `stf_earned` and `quality_payments` apply the financial rules: control totals
and how surpluses offset shortfalls, and what is earned by meeting conditions. All are functions of
a Place and their arguments.
"""

from tripleaim.accounts.books.consolidation import Consolidation, consolidate
from tripleaim.accounts.books.contract_activity import (
    Contracts,
    by_contract,
    contracts,
    priced,
)
from tripleaim.accounts.books.cost_structure import (
    ANY,
    CostPart,
    CostStructure,
    cost_structure,
    read_cost_structures,
    released,
)
from tripleaim.accounts.books.flow_table import has_flows, own_trusts, read_flow_seeds
from tripleaim.accounts.books.flows import (
    Flow,
    FlowFinding,
    FlowMatrix,
    by_point_of_delivery,
    council_spend,
    flow_matrix,
    parts_of_whole,
)
from tripleaim.accounts.books.inputs import (
    BookInputs,
    CouncilLine,
    FlowInputs,
    book_inputs,
    council_line,
    flow_inputs,
)
from tripleaim.accounts.books.ledger import OUTSIDE, Entry, Ledger, Mismatch, pounds, split
from tripleaim.accounts.books.organisation_account import (
    AccountLine,
    OrganisationAccount,
    account_json,
    organisation_account,
    organisation_accounts,
)
from tripleaim.accounts.books.organisation_bridge import (
    SAVINGS,
    BridgeStep,
    OrganisationBridge,
    organisation_bridge,
)
from tripleaim.accounts.books.organisations import NATIONAL, commissioners, organisation_ledger
from tripleaim.accounts.books.positions import differing_books, read_positions, stated_positions
from tripleaim.accounts.control.control_totals import (
    ControlTotal,
    Turnaround,
    read_control_totals,
    system_control_total,
    turnaround,
)
from tripleaim.accounts.control.quality_payments import QualityPayments, quality_payments
from tripleaim.accounts.control.recovery import Grant, SavingsToFind, grants, savings_to_find
from tripleaim.accounts.control.rules_of_the_year import (
    ContractQuality,
    FundEarned,
    RulesOfTheYear,
    rules_of_the_year,
)
from tripleaim.accounts.control.stf_conditions import (
    StfQuarter,
    StfYear,
    read_stf_conditions,
    stf_earned,
)
from tripleaim.accounts.gap.account import account
from tripleaim.accounts.gap.aims import Aim, aims
from tripleaim.accounts.gap.bridge import Bridge, bridge
from tripleaim.accounts.gap.calibrate import (
    NOT_CALIBRATED,
    Calibrated,
    MoneyCalibration,
    calibrate,
)
from tripleaim.accounts.gap.costs import contact_costs, costs_by_year
from tripleaim.accounts.gap.findings import (
    BeforeCalibration,
    FundKept,
    GapFinding,
    NoGapPrinted,
    NotCredible,
    StartDiffers,
    findings,
)
from tripleaim.accounts.gap.inputs import (
    AccountInputs,
    LineInputs,
    account_inputs,
    gap_figures,
    has_printed_gap,
)
from tripleaim.accounts.gap.limits import LIMITS, within_limits
from tripleaim.accounts.gap.model import DRIVERS, SIDES, Accounts, Line, Merged, Side
from tripleaim.accounts.gap.parameters import Parameters, uncalibrated
from tripleaim.accounts.gap.price_years import (
    PriceOfAnotherYear,
    PricesOfAnotherYear,
    prices_of_another_year,
)
from tripleaim.accounts.gap.sensitivity import Swing, interval, swings
from tripleaim.accounts.gap.spend_lines import read_spend_lines
from tripleaim.accounts.gap.stf import Stf, stf
from tripleaim.accounts.monthly.open_book import OpenBook, Position, open_book
from tripleaim.accounts.monthly.return_checks import CheckedReturn, check_return
from tripleaim.accounts.monthly.return_files import import_return, write_template
from tripleaim.accounts.monthly.returns import ReturnLine, months, read_returns
from tripleaim.accounts.monthly.schemes import Scheme, Schemes, read_schemes, schemes_of
from tripleaim.accounts.rules.payment import ContractFlow, Rule, Terms, pay, payable
from tripleaim.accounts.rules.payment_rules import PaymentRules, read_payment_rules

__all__ = [
    "ANY",
    "DRIVERS",
    "LIMITS",
    "NATIONAL",
    "NOT_CALIBRATED",
    "OUTSIDE",
    "SAVINGS",
    "SIDES",
    "AccountInputs",
    "AccountLine",
    "Accounts",
    "Aim",
    "BeforeCalibration",
    "BookInputs",
    "Bridge",
    "BridgeStep",
    "Calibrated",
    "CheckedReturn",
    "Consolidation",
    "ContractFlow",
    "ContractQuality",
    "Contracts",
    "ControlTotal",
    "CostPart",
    "CostStructure",
    "CouncilLine",
    "Entry",
    "Flow",
    "FlowFinding",
    "FlowInputs",
    "FlowMatrix",
    "FundEarned",
    "FundKept",
    "GapFinding",
    "Grant",
    "Ledger",
    "Line",
    "LineInputs",
    "Merged",
    "Mismatch",
    "MoneyCalibration",
    "NoGapPrinted",
    "NotCredible",
    "OpenBook",
    "OrganisationAccount",
    "OrganisationBridge",
    "Parameters",
    "PaymentRules",
    "Position",
    "PriceOfAnotherYear",
    "PricesOfAnotherYear",
    "QualityPayments",
    "ReturnLine",
    "Rule",
    "RulesOfTheYear",
    "SavingsToFind",
    "Scheme",
    "Schemes",
    "Side",
    "StartDiffers",
    "Stf",
    "StfQuarter",
    "StfYear",
    "Swing",
    "Terms",
    "Turnaround",
    "account",
    "account_inputs",
    "account_json",
    "aims",
    "book_inputs",
    "bridge",
    "by_contract",
    "by_point_of_delivery",
    "calibrate",
    "check_return",
    "commissioners",
    "consolidate",
    "contact_costs",
    "contracts",
    "cost_structure",
    "costs_by_year",
    "council_line",
    "council_spend",
    "differing_books",
    "findings",
    "flow_inputs",
    "flow_matrix",
    "gap_figures",
    "grants",
    "has_flows",
    "has_printed_gap",
    "import_return",
    "interval",
    "months",
    "open_book",
    "organisation_account",
    "organisation_accounts",
    "organisation_bridge",
    "organisation_ledger",
    "own_trusts",
    "parts_of_whole",
    "pay",
    "payable",
    "pounds",
    "priced",
    "prices_of_another_year",
    "quality_payments",
    "read_control_totals",
    "read_cost_structures",
    "read_flow_seeds",
    "read_payment_rules",
    "read_positions",
    "read_returns",
    "read_schemes",
    "read_spend_lines",
    "read_stf_conditions",
    "released",
    "rules_of_the_year",
    "savings_to_find",
    "schemes_of",
    "split",
    "stated_positions",
    "stf",
    "stf_earned",
    "swings",
    "system_control_total",
    "turnaround",
    "uncalibrated",
    "within_limits",
    "write_template",
]
