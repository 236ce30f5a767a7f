"""Who does the work: staff groups, their minutes, their supply, and primary care as printed."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import (
    EXPLAINED,
    SOURCED,
    DeclaredFile,
    Result,
    maybe,
    numbers,
    periods,
    texts,
)
from tripleaim.tables import Column, number

STAFF: tuple[Result, ...] = ("staff",)

FILES = (
    DeclaredFile(
        "staff_groups.csv",
        "who does the work, their hours with patients and cost",
        STAFF,
        (
            *texts("id", "name", "band", "setting"),
            *numbers("hours", "hours_low", "hours_high", least=1),
            *numbers("cost", "cost_low", "cost_high"),
            *SOURCED,
        ),
    ),
    DeclaredFile(
        "staff.csv",
        "staff minutes for one unit of activity",
        STAFF,
        (*texts("point_of_delivery", "group"), *numbers("minutes", "low", "high"), *SOURCED),
    ),
    DeclaredFile(
        "staff_shares.csv",
        "whose staff do the work of each point of delivery",
        STAFF,
        (
            *texts("point_of_delivery"),
            *maybe("group", "organisation"),
            *numbers("share", most=1),
            *SOURCED,
        ),
    ),
    DeclaredFile(
        "staff_supply.csv",
        "leavers, retirement, filling of posts",
        STAFF,
        (
            *texts("group"),
            Column(
                "item",
                choices=(
                    *("leavers", "retirement", "wave"),
                    *("fill", "agency", "vacancy", "returning", "premium"),
                ),
            ),
            *numbers("value", "low", "high"),
            Column("years", number, minimum=1, may_be_empty=True),
            *maybe("figure"),
            *EXPLAINED,
        ),
    ),
    DeclaredFile(
        "skill_mix.csv",
        "printed staffing tables, as names of figures",
        STAFF,
        (
            *texts("point_of_delivery", "group", "wte"),
            *maybe("returning", "unrounded", "minutes", "slot", "contacts", "hours"),
            Column("already_there", choices=("yes", "no")),
            *maybe("paid_by_others", "partners_pay_from"),
        ),
    ),
    DeclaredFile(
        "primary_care.csv",
        "primary care year by year",
        STAFF,
        (
            *texts("measure"),
            *periods("period"),
            *numbers("value"),
            *numbers("low", "high", may_be_empty=True),
            *maybe("figure"),
            *SOURCED,
            *maybe("where", "cause"),
        ),
    ),
    DeclaredFile(
        "primary_care_measures.csv",
        "what is tracked of primary care and which way it should go",
        STAFF,
        (
            *texts("measure", "name", "unit"),
            Column("kind", choices=("form", "among", "roll-out", "count", "share", "cost")),
            Column("direction", choices=("increase", "decrease")),
            Column("direction_printed", choices=("yes", "no")),
        ),
    ),
)
