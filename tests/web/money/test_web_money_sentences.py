"""Money in words."""

from sample_plan import SampleWorkspace

from tripleaim.plan.publish.document import PlanDocument
from tripleaim.web.pages.money.presenters import money

WORKSPACE = SampleWorkspace()


def test_money_says_who_is_short_of_what(printed: PlanDocument) -> None:
    assert money.answer(printed) == (
        "If nothing changes, in 2020/21 the commissioner is £80.7m short and the providers are "
        "£94.0m short. Together that is £174.6m short, and £596.0m short over the 5 years."
    )
