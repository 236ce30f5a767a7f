"""Money in words."""

from sample_plan import SampleWorkspace, document, place

from tripleaim.plan import choose, first_year_not_met
from tripleaim.plan.publish.document import PlanDocument
from tripleaim.web.pages.money.presenters import money
from tripleaim.web.pages.plan.presenters.plan import plan_page

WORKSPACE = SampleWorkspace()


def test_money_says_who_is_short_of_what(printed: PlanDocument) -> None:
    assert money.answer(printed) == (
        "If nothing changes, in 2020/21 the commissioner is £80.7m short and the providers are "
        "£94.0m short. Together that is £174.6m short, and £596.0m short over the 5 years."
    )


def test_where_print_and_line_differ_the_first_sentence_says_which_we_believe() -> None:
    """A position printed for the first year that three solved values cannot meet as well."""
    plan = document(choose(place()))
    first = plan.years[0]
    row = plan.reconciliation[1].model_copy(
        update={"basis": "as_claimed", "year": first, "published": -33.0, "computed": -19.6}
    )
    differing = plan.model_copy(update={"reconciliation": [row]})
    start = (
        f"For {first} as claimed the plan prints £33.0m short, and our line has £19.6m short. "
        "For that year we trust the plan"
    )
    assert money.answer(differing).startswith(start)
    assert start in plan_page(differing, place(), [], {}).caption
    met = plan.model_copy(update={"reconciliation": [row.model_copy(update={"status": "met"})]})
    assert money.answer(met) == money.answer(plan)
    assert first_year_not_met(met) is None
    uncalibrated = differing.model_copy(update={"calibrated": []})
    assert first_year_not_met(uncalibrated) is None
