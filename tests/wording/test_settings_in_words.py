"""The pound by setting in sentences: direction in words, and what a share does not say."""

from __future__ import annotations

from tripleaim.plan import (
    BED_TO_HOME,
    TREATMENT_TO_PREVENTION,
    MoneyMove,
    SettingChange,
    SettingRange,
)
from tripleaim.wording import (
    money_move,
    moves_in_short,
    pence,
    pound_notes,
    saved_not_moved,
    where_pounds_go,
)


def sure(value: float) -> SettingRange:
    return SettingRange(value, value, value)


def change(
    first: float, last: float, pounds: SettingRange, by: SettingRange | None = None
) -> SettingChange:
    return SettingChange(
        sure(0), sure(0), pounds, sure(first), sure(last), by or sure(last - first)
    )


def move(
    given_up: SettingChange, gained: SettingChange, moves="yes", basis="on_evidence", **more: str
) -> MoneyMove:
    start, aim = more.get("start", "on_evidence"), more.get("aim", BED_TO_HOME)
    return MoneyMove(aim, start, "2016/17", basis, "2020/21", given_up, gained, moves)


def test_direction_is_said_in_words_and_pence() -> None:
    away = change(24.0, 22.0, sure(-10), SettingRange(-2.0, -2.5, -1.5))
    said = money_move(move(away, change(12.0, 13.0, sure(5))))
    assert said == (
        "On evidence (untested savings at zero), money moves, as a share of the pound. Of each "
        "pound from 2016/17 to 2020/21, beds fall from 24.0p to 22.0p (a change of −2.5p to "
        "−1.5p). Care at home and in the community rises from 12.0p to 13.0p."
    )


def test_what_does_not_change_stays() -> None:
    said = money_move(move(change(2.0, 2.02, sure(0)), change(3.0, 3.01, sure(0)), "no"))
    assert "money does not move" in said
    assert "beds stay at 2.0p. Care at home and in the community stays at 3.0p." in said


def test_a_share_that_rises_while_its_pounds_fall_is_called_a_saving() -> None:
    along = move(change(24.0, 20.0, sure(-9)), change(12.0, 13.0, sure(3)))
    beside = move(
        change(24.0, 20.0, SettingRange(-78.3, -81.2, -69.6)),
        change(12.0, 13.0, SettingRange(-2.3, -7.0, 1.2)),
        start="do_nothing",
    )
    said = money_move(along, beside)
    assert (
        "Compared with doing nothing in 2020/21, beds cost £78.3m less (£81.2m to £69.6m less) "
        "and care at "
        "home and in the community £2.3m less (£7.0m less to £1.2m more)." in said
    )
    assert said.endswith("In pounds, the money that leaves beds is saved and not spent at home.")


def test_money_that_arrives_is_not_called_saved() -> None:
    assert saved_not_moved(move(change(24, 20, sure(-9)), change(12, 13, sure(3)))) == ""
    assert saved_not_moved(move(change(24, 25, sure(9)), change(12, 11, sure(-3)))) == ""


def test_bases_with_the_same_answer_share_a_clause() -> None:
    here = (change(24.0, 20.0, sure(-9)), change(12.0, 13.0, sure(3)))
    said = moves_in_short(
        [
            move(*here, "no", "do_nothing"),
            move(*here, "yes", "as_claimed"),
            move(*here, "yes", "after_overlap"),
            move(*here, "cannot be told", "on_evidence", aim=TREATMENT_TO_PREVENTION),
        ]
    )
    assert said == (
        "From bed to home: if nothing is done, money does not move. As claimed and after overlap, "
        "money moves, as a share of the pound. From treatment to prevention: on evidence "
        "(untested savings at zero), nobody can tell."
    )


def test_pence_of_a_pound() -> None:
    assert (pence(19.26), pence(-0.44), pence(-0.01)) == ("19.3p", "−0.4p", "0.0p")
    parts, later = [("beds", 24.0), ("prevention", 2.0)], [("beds", 23.0), ("prevention", 1.5)]
    assert where_pounds_go("2016/17", parts, "2020/21", later) == (
        "Of each pound in 2016/17, 24.0p goes on beds and 2.0p on prevention. If nothing is done, "
        "2020/21 would have 23.0p and 1.5p."
    )
    assert where_pounds_go("2016/17", [], "2020/21", []) == ""
    assert where_pounds_go("2016/17", parts, "2016/17", parts) == (
        "Of each pound in 2016/17, 24.0p goes on beds and 2.0p on prevention."
    )


def test_what_is_left_out_is_named() -> None:
    assert "We know no money for prevention here" in pound_notes([], prevention=False)[-1]
    assert pound_notes(["Social care"])[-1] == (
        "Left out, because no source states the money: social care."
    )
    assert len(pound_notes([])) == len(pound_notes(["Social care"])) - 1
