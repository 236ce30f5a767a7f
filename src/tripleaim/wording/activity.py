"""How a cut of activity is told: its title, how it is known, and what its sums leave out."""

from __future__ import annotations

from tripleaim.activity import ALL, Activity, Answer, Question
from tripleaim.place import Place
from tripleaim.wording.numbers import capital, inside, listed, position_name

MEASURE_NAMES = {"quantity": "Quantity", "bed_days": "Bed days", "cost": "Cost, £"}
"""Names of what is summed; quantity is in each point of delivery's own unit."""

KNOWN_BY = {
    "people": (
        "Known by people: this says who receives the care (locality, age, sex, deprivation, "
        "number of conditions). Which provider gives it is known only for the whole place."
    ),
    "contract": (
        "Known by contract: this says who pays and who is paid, for the whole place. No source "
        "says how much care a provider gives to each locality or age."
    ),
    "": "Every row of this table knows all of its dimensions at once.",
}
"""Which rows answered, and what they cannot say."""


RATES_NOTE = (
    "Rates are per 1,000 registered people of each group. The standardised rate says what the "
    "rate would be if the group had the ages and sexes of all people of the place in that year. "
    "We do not know it where a group has nobody in some age band and sex. Intervals are 95% and "
    "treat every contact as separate. People who come often make them wider."
)
"""What a rate of activity is, and how far to trust its interval."""


def column_name(name: str) -> str:
    """A dimension or a column of numbers as a head: "Point of delivery"."""
    return MEASURE_NAMES.get(name) or capital(name.replace("_", " "))


def cut_title(place: Place, question: Question) -> str:
    """What a question asks for, such as "Quantity by locality, 2020/21, do nothing", by names."""
    years = f", {question.years[0]}" if len(question.years) == 1 else ""
    of = "" if "scenario" in question.by else f", {inside(position_name(question.scenario))}"
    against = f" and {inside(position_name(question.compare))}" if question.compare else ""
    by = listed([column_name(name).lower() for name in question.dimensions])
    where = "".join(
        f", {column_name(name).lower()} {listed([label(place, name, one) for one in values])}"
        for name, values in question.where.items()
    )
    return f"{MEASURE_NAMES[question.measure]} by {by}{where}{years}{of}{against}"


def label(place: Place, dimension: str, value: object) -> str:
    """A value of a dimension as it is shown: the names of organisations and points of delivery."""
    if value is None:
        return "not known"
    if value == ALL:
        return "not divided"
    if dimension == "point_of_delivery":
        return next((p.name for p in place.points_of_delivery if p.id == value), str(value))
    if dimension in ("commissioner", "provider"):
        return next((o.short_name for o in place.organisations if o.id == value), str(value))
    if dimension == "scenario":
        return position_name(str(value))
    return str(value)


def cut_units(place: Place, activity: Activity, question: Question) -> list[str]:
    """The units that the numbers of a cut are in, such as ["attendances"]."""
    if question.measure != "quantity":
        return ["bed days" if question.measure == "bed_days" else "£"]
    points = question.where.get("point_of_delivery") or activity.values("point_of_delivery")
    return list(dict.fromkeys(p.unit for p in place.points_of_delivery if p.id in points))


def cut_notes(place: Place, activity: Activity, answer: Answer) -> list[str]:
    """How the answer is known; whether its sums mix units; which points have no cost."""
    notes = [KNOWN_BY[answer.known_by]]
    question = answer.question
    points = question.where.get("point_of_delivery") or activity.values("point_of_delivery")
    units = cut_units(place, activity, question)
    if len(units) > 1 and "point_of_delivery" not in question.dimensions:
        notes.append(
            f"These sums add up different things ({listed(units)}). Show them by point of "
            "delivery, choose one of them, or show cost."
        )
    if question.measure == "cost":
        sums = activity.by(
            "point_of_delivery", scenario=question.scenario, point_of_delivery=list(points)
        )
        unknown = [
            label(place, "point_of_delivery", point)
            for point, cost in zip(
                sums["point_of_delivery"].to_pylist(), sums["cost"].to_pylist(), strict=True
            )
            if cost is None
        ]
        if unknown:
            notes.append(
                f"What {listed(unknown)} costs is not known here, so the sums leave it out."
            )
    return notes
