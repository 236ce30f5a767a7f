"""Who does the work: staff needed for activity, staff there will be, and primary care's own tables.

`skill_mix` makes the printed primary care tables again from staff, hours and minutes and says which
cells do not come out. It knows no money but what a post costs.
"""

from tripleaim.capacity.skill_mix import Cell, Row, SkillMix, has_skill_mix, skill_mix

__all__ = ["Cell", "Row", "SkillMix", "has_skill_mix", "skill_mix"]
