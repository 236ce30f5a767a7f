"""The workforce: staff needed for activity, staff available, and the primary care tables.

`skill_mix` reproduces the printed primary care tables from staff, hours and minutes and lists the
cells that cannot be reproduced. `staffing_checks` says whether such a table can be staffed, given
the retirement and vacancies that the plan expects. `workforce` compares the staff needed for any
activity with the staff there will be, by group, organisation and year; of money it knows only what
a post costs. `primary_care` tracks practices, roll-out, costs and capacity in the directions that a
plan prints.
"""

from tripleaim.capacity.counted_level import StaffLevel
from tripleaim.capacity.counted_staff import StaffCount
from tripleaim.capacity.extra_cost import ExtraCost, GroupCost, extra_cost
from tripleaim.capacity.inputs import StaffInputs, staff_inputs
from tripleaim.capacity.need import Need, staff_needs, wte_needed, wte_per_contact
from tripleaim.capacity.primary_care_tracker import (
    CapacityYear,
    MoneyYear,
    TrackedMeasure,
    TrackedValue,
    Tracker,
    primary_care,
)
from tripleaim.capacity.skill_mix_tables import (
    Cell,
    SkillMix,
    SkillMixRow,
    has_skill_mix,
    skill_mix,
)
from tripleaim.capacity.staff import (
    ELSEWHERE,
    Range,
    StaffGroup,
    StaffShares,
    staff_groups,
    staff_minutes,
    staff_shares,
)
from tripleaim.capacity.staffing_table_checks import (
    AssumptionSwing,
    StaffingCheck,
    StaffingYear,
    staffing_checks,
)
from tripleaim.capacity.supply import (
    Rates,
    StaffFlow,
    Supply,
    staff_flows,
    supply,
    supply_assumptions,
)
from tripleaim.capacity.workforce_need import GroupYear, StaffLine, Workforce, workforce

__all__ = [
    "ELSEWHERE",
    "AssumptionSwing",
    "CapacityYear",
    "Cell",
    "ExtraCost",
    "GroupCost",
    "GroupYear",
    "MoneyYear",
    "Need",
    "Range",
    "Rates",
    "SkillMix",
    "SkillMixRow",
    "StaffCount",
    "StaffFlow",
    "StaffGroup",
    "StaffInputs",
    "StaffLevel",
    "StaffLine",
    "StaffShares",
    "StaffingCheck",
    "StaffingYear",
    "Supply",
    "TrackedMeasure",
    "TrackedValue",
    "Tracker",
    "Workforce",
    "extra_cost",
    "has_skill_mix",
    "primary_care",
    "skill_mix",
    "staff_flows",
    "staff_groups",
    "staff_inputs",
    "staff_minutes",
    "staff_needs",
    "staff_shares",
    "staffing_checks",
    "supply",
    "supply_assumptions",
    "workforce",
    "wte_needed",
    "wte_per_contact",
]
