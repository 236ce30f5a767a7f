"""Who does the work: staff groups, their minutes, their supply, and primary care as printed."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import (
    EXPLAINED,
    SOURCED,
    WITHIN,
    DeclaredFile,
    Result,
    Sum,
    maybe,
    naming,
    numbers,
    periods,
    texts,
)
from tripleaim.tables import Column

STAFF: tuple[Result, ...] = ("staff",)
_GROUP = Column("group", refers_to="staff_groups.csv:id")

FILES = (
    DeclaredFile(
        "staff_groups.csv",
        "who does the work, their hours with patients and cost",
        STAFF,
        (
            *texts("id", "name", "band", "setting"),
            *numbers("hours", "hours_low", "hours_high", unit="hours a week", least=1, most=80),
            *numbers("cost", "cost_low", "cost_high", unit="£ a year", most=500_000),
            Column("price_year", may_be_empty=True, may_be_missing=True),
            *SOURCED,
        ),
        ("id",),
        ordered=(
            ("hours_low", "hours", "hours_high"),
            ("cost_low", "cost", "cost_high"),
        ),
    ),
    DeclaredFile(
        "staff.csv",
        "staff minutes for one unit of activity",
        STAFF,
        (
            *texts("point_of_delivery"),
            _GROUP,
            # A year of one nurse is 100,000 minutes: no contact takes as much.
            *numbers("minutes", "low", "high", unit="minutes", most=100_000),
            *SOURCED,
        ),
        ("point_of_delivery", "group"),
        ordered=(("low", "minutes", "high"),),
    ),
    DeclaredFile(
        "staff_shares.csv",
        "which organisation's staff do the work of each point of delivery",
        STAFF,
        (
            *texts("point_of_delivery"),
            *naming("staff_groups.csv:id", "group", may_be_empty=True),
            *maybe("organisation"),
            *numbers("share", unit="share", most=1),
            *SOURCED,
        ),
        ("point_of_delivery", "group", "organisation"),
        (Sum("share", 1, ("point_of_delivery", "group")),),
    ),
    DeclaredFile(
        "staff_supply.csv",
        "leavers, retirement, filling of posts",
        STAFF,
        (
            *naming("staff_groups.csv:id", "group", or_else=("*",)),
            Column(
                "item",
                choices=(
                    *("leavers", "retirement", "wave"),
                    *("fill", "agency", "vacancy", "returning", "premium"),
                ),
            ),
            # Percentages, but for waves of people in a round of recruitment.
            *numbers("value", "low", "high", unit="%, or people of a wave", most=100_000),
            *numbers("years", unit="years", least=1, most=50, may_be_empty=True),
            *maybe("figure"),
            *EXPLAINED,
        ),
        ("group", "item"),
        ordered=(WITHIN,),
    ),
    DeclaredFile(
        "staff_levels.csv",
        "staff at work as counted, by group and kind of employer",
        STAFF,
        (
            _GROUP,
            *texts("employers", "period"),
            *numbers("fte", unit="full-time equivalents", most=1_000_000),
            *EXPLAINED,
        ),
        ("group", "employers"),
    ),
    DeclaredFile(
        "skill_mix.csv",
        "printed staffing tables, as names of figures",
        STAFF,
        (
            *texts("point_of_delivery"),
            _GROUP,
            *texts("wte"),
            *maybe("returning", "unrounded", "minutes", "slot", "contacts", "hours"),
            Column("already_there", choices=("yes", "no")),
            *maybe("paid_by_others", "partners_pay_from"),
        ),
        ("point_of_delivery", "group"),
    ),
    DeclaredFile(
        "primary_care.csv",
        "primary care year by year",
        STAFF,
        (
            *naming("primary_care_measures.csv:measure", "measure"),
            *periods("period"),
            *numbers("value", unit="of the measure", most=1e9),
            *numbers("low", "high", unit="of the measure", most=1e9, may_be_empty=True),
            *maybe("figure"),
            *SOURCED,
            *maybe("where", "cause"),
        ),
        ("measure", "period"),
        ordered=(WITHIN,),
    ),
    DeclaredFile(
        "primary_care_measures.csv",
        "the measures of primary care that are tracked, and in which direction each should move",
        STAFF,
        (
            *texts("measure", "name", "unit"),
            Column("kind", choices=("form", "among", "roll-out", "count", "share", "cost")),
            Column("direction", choices=("increase", "decrease")),
            Column("direction_printed", choices=("yes", "no")),
        ),
        ("measure",),
    ),
)
