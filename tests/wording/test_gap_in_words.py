"""What the accounts found, as a public page prints it."""

from __future__ import annotations

import pytest

from tripleaim import wording
from tripleaim.accounts import (
    BeforeCalibration,
    FundKept,
    GapFinding,
    NoGapPrinted,
    StartDiffers,
    Stf,
)

INSIDE = Stf("2016/17", 13.6, inside=True, conditional=False, figure="stf.2016_17")
ON_TOP = Stf("2020/21", 37.0, inside=False, conditional=True, figure="stf.2020_21")


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        (INSIDE, "The printed position of 2016/17 is after £13.6m of the fund."),
        (
            ON_TOP,
            "The printed do-nothing position of 2020/21 is before £37.0m of the fund, which is "
            "paid only if its conditions are met.",
        ),
        (
            NoGapPrinted("2020/21", -12.34),
            "No gap is printed for this place. From our stated assumptions alone, the NHS would "
            "be £12.3m short in 2020/21; nothing was calibrated.",
        ),
        (
            BeforeCalibration("2020/21", 5, -3.0, -1.0, -2.0, -9.0, -2.5, -8.0),
            "Before calibration the NHS would be £3.0m short in 2020/21 (commissioner £1.0m short, "
            "providers £2.0m short) and £9.0m short over 5 years. The plan prints £2.5m short and "
            "£8.0m short.",
        ),
        (
            StartDiffers("2016/17", -60.5, -75.4),
            "To match the printed gap, the accounts must start £60.5m short in 2016/17. The "
            "printed table of that year, without its savings, gives £75.4m short. The plan's "
            "figures do not agree under our assumptions.",
        ),
        (
            FundKept(100.0, INSIDE, ON_TOP),
            "The do-nothing position keeps 100% of the £13.6m of the fund paid in 2016/17. The "
            "plan does not say whether its own position does. If it does, part of the £37.0m of "
            "2020/21 may be counted twice.",
        ),
    ],
)
def test_each_finding_has_its_sentence(finding: GapFinding, sentence: str) -> None:
    assert wording.sentence(finding) == sentence


def test_what_has_no_wording_is_refused() -> None:
    with pytest.raises(TypeError, match="no wording for float"):
        wording.sentence(1.5)


def test_a_result_as_data_has_each_finding_with_its_sentence() -> None:
    kept = FundKept(100.0, INSIDE, ON_TOP)
    data = wording.with_sentences({"findings": (kept,), "years": ["2016/17"]})
    [finding] = data["findings"]
    assert finding["sentence"] == wording.sentence(kept)
    assert finding["first"]["sentence"] == wording.sentence(INSIDE)
    assert finding["first"]["amount"] == 13.6
    assert data["years"] == ["2016/17"]
