"""Who does the work: staff needed for activity, staff there will be, and primary care's own tables.

`skill_mix` makes the printed primary care tables again from staff, hours and minutes and says which
cells do not come out. `supply_tests` holds such a table against what is said of retirement and
vacancies. `workforce` sets staff needed for any activity against staff there will be, by group,
organisation and year; it knows no money but what a post costs. `primary_care` tracks practices,
roll-out, costs and capacity in the directions that a plan prints.
"""

from tripleaim.capacity.extra_cost import ExtraCost, GroupCost, extra_cost
from tripleaim.capacity.need import Need, staff_needs, wte_needed, wte_per_contact
from tripleaim.capacity.primary_care_tracker import (
    CapacityYear,
    Measure,
    MoneyYear,
    Point,
    Tracker,
    primary_care,
)
from tripleaim.capacity.skill_mix_tables import Cell, Row, SkillMix, has_skill_mix, skill_mix
from tripleaim.capacity.staff import (
    ELSEWHERE,
    Range,
    StaffGroup,
    StaffShares,
    staff_groups,
    staff_minutes,
    staff_shares,
)
from tripleaim.capacity.supply import Flow, Rates, Supply, roll, supply, supply_assumptions
from tripleaim.capacity.supply_checks import SupplySwing, SupplyTest, SupplyYear, supply_tests
from tripleaim.capacity.workforce_need import GroupYear, StaffLine, Workforce, workforce

__all__ = [
    "ELSEWHERE",
    "CapacityYear",
    "Cell",
    "ExtraCost",
    "Flow",
    "GroupCost",
    "GroupYear",
    "Measure",
    "MoneyYear",
    "Need",
    "Point",
    "Range",
    "Rates",
    "Row",
    "SkillMix",
    "StaffGroup",
    "StaffLine",
    "StaffShares",
    "Supply",
    "SupplySwing",
    "SupplyTest",
    "SupplyYear",
    "Tracker",
    "Workforce",
    "extra_cost",
    "has_skill_mix",
    "primary_care",
    "roll",
    "skill_mix",
    "staff_groups",
    "staff_minutes",
    "staff_needs",
    "staff_shares",
    "supply",
    "supply_assumptions",
    "supply_tests",
    "workforce",
    "wte_needed",
    "wte_per_contact",
]
