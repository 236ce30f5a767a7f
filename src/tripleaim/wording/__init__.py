"""The one room that writes English about numbers: amounts, units, intervals, and sentences.

Other rooms give typed findings, which hold kinds and numbers. This one turns them into sentences
for pages, for the terminal, and for the documents that hold sentences.
"""

from tripleaim.wording.accounts import OUTTURN_METHOD, open_book_notes
from tripleaim.wording.activity import (
    KNOWN_BY,
    MEASURE_NAMES,
    RATES_NOTE,
    column_name,
    cut_notes,
    cut_title,
    cut_units,
    label,
)
from tripleaim.wording.backtest import BACKTEST_LIMITS, BACKTEST_METHOD, backtest_verdict
from tripleaim.wording.beliefs import belief, head_count, share_in_per_cent
from tripleaim.wording.benchmarks import area_spread, benchmarks_method, sentences, trust_margins
from tripleaim.wording.by_organisation import (
    BooksFinding,
    SolutionStaffFinding,
    StaffMovedFinding,
    StaffSum,
)
from tripleaim.wording.futures import futures_notes, which_is_best
from tripleaim.wording.gap import evidence_note
from tripleaim.wording.incentives import (
    Gain,
    IncentivesFinding,
    MainLoss,
    RuleEffect,
    RulesFinding,
    WantedFinding,
)
from tripleaim.wording.numbers import (
    MINUS,
    NOTHING,
    POSITION_NAMES,
    account,
    amount,
    between,
    capital,
    count,
    inside,
    listed,
    millions,
    money,
    money_range,
    percent,
    plain,
    position,
    position_name,
    pounds,
    quantity,
    saves,
    signed,
    tenths,
)
from tripleaim.wording.prevention import (
    late_outcome_notes,
    months_after,
    prevention_notes,
    programme_effect,
    why_official_differs,
)
from tripleaim.wording.sentences import sentence, with_sentences
from tripleaim.wording.staff import primary_care_notes, staffing_needs, workforce_notes

__all__ = [
    "BACKTEST_LIMITS",
    "BACKTEST_METHOD",
    "KNOWN_BY",
    "MEASURE_NAMES",
    "MINUS",
    "NOTHING",
    "OUTTURN_METHOD",
    "POSITION_NAMES",
    "RATES_NOTE",
    "BooksFinding",
    "Gain",
    "IncentivesFinding",
    "MainLoss",
    "RuleEffect",
    "RulesFinding",
    "SolutionStaffFinding",
    "StaffMovedFinding",
    "StaffSum",
    "WantedFinding",
    "account",
    "amount",
    "area_spread",
    "backtest_verdict",
    "belief",
    "benchmarks_method",
    "between",
    "capital",
    "column_name",
    "count",
    "cut_notes",
    "cut_title",
    "cut_units",
    "evidence_note",
    "futures_notes",
    "head_count",
    "inside",
    "label",
    "late_outcome_notes",
    "listed",
    "millions",
    "money",
    "money_range",
    "months_after",
    "open_book_notes",
    "percent",
    "plain",
    "position",
    "position_name",
    "pounds",
    "prevention_notes",
    "primary_care_notes",
    "programme_effect",
    "quantity",
    "saves",
    "sentence",
    "sentences",
    "share_in_per_cent",
    "signed",
    "staffing_needs",
    "tenths",
    "trust_margins",
    "which_is_best",
    "why_official_differs",
    "with_sentences",
    "workforce_notes",
]
