"""What the printed plan says of a solution, thing by thing, and what of it is ours."""

from __future__ import annotations

from tripleaim import wording as words
from tripleaim.place import Place
from tripleaim.plan import SolutionPart
from tripleaim.web.ui.tables import PageColumn, PageTable

PRINTED = {
    "solution": "What it is",
    "start": "Start",
    "owner": "Owner",
    "amount": "Saving",
    "investment": "Cost",
    "reach": "Who it reaches",
}
NOT_PRINTED = "Not printed"


def printed(solution: SolutionPart, place: Place) -> PageTable:
    """What the printed plan says of each thing, and why what it does not say is held so."""
    known = place.sources.get(solution.printed_source)
    title = known.title if known else solution.printed_source
    return PageTable(
        f"printed-{solution.id}",
        f"What is printed, and where: {title}",
        [
            PageColumn("thing", "Of what"),
            PageColumn("says", "Printed"),
            PageColumn("where", "Where"),
            PageColumn("status", "Status"),
            PageColumn("cause", "Why we say so"),
        ],
        [
            {
                "thing": PRINTED[line.thing],
                "says": line.says or NOT_PRINTED,
                "where": line.where,
                "status": words.capital(line.status),
                "cause": words.capital(line.cause),
            }
            for line in solution.printed
        ],
    )


def is_printed(solution: SolutionPart, thing: str) -> bool:
    """Whether a thing is held as the plan prints it."""
    return any(line.thing == thing and line.status == "published" for line in solution.printed)
