"""What a plan assumes, and what nobody has told us of a place."""

from __future__ import annotations

from collections import Counter

from tripleaim import wording as words
from tripleaim.boards import Completeness
from tripleaim.place import OLD_DEFAULTS, Place, not_known, old_defaults_of
from tripleaim.plan import TREATMENTS, assumption_register
from tripleaim.web.ui.tables import PageColumn, PageTable


def assumptions_answer(place: Place) -> str:
    """How many assumptions are held, and how many the model follows."""
    counts = Counter(one.treatment for one in assumption_register(place))
    treatments = [_HOW[t].format(words.count(counts[t])) for t in TREATMENTS if counts[t]]
    things = words.counted(counts.total(), "assumption")
    return f"{place.name}'s printed plan makes {things}. The model {words.listed(treatments)}."


_HOW = {
    "followed": "follows {}",
    "followed in part": "follows {} in part",
    "not followed": "does not follow {}",
    "not modelled": "does not model {}",
}


def assumptions(place: Place) -> PageTable:
    """Each assumption of the printed plan, and what the model does with it."""
    return PageTable(
        "assumptions",
        "What the plan assumes, in our words, and what the model does with it",
        [
            PageColumn("says", "The plan assumes"),
            PageColumn("area", "Part"),
            PageColumn("treatment", "Here"),
            PageColumn("model", "What the model does"),
            PageColumn("where", "Where printed"),
            PageColumn("source", "Source"),
        ],
        [
            {
                "says": one.says,
                "href": one.page,
                "area": one.area,
                "treatment": one.treatment.capitalize(),
                "model": one.model,
                "where": one.where,
                "source": place.sources[one.source].title,
            }
            for one in assumption_register(place)
        ],
    )


def completeness_answer(place: Place, found: Completeness) -> str:
    """How much of the place is measured, modelled, borrowed or not known."""
    parts = found.parts
    counts = [
        f"{words.count(parts.get('measured', 0))} are measured here",
        f"{words.count(parts.get('modelled', 0))} modelled from what is measured",
        f"{words.count(parts.get('borrowed', 0))} borrowed from England",
        f"{words.count(parts.get('not known', 0))} not known",
    ]
    return (
        f"{place.name} is {words.percent(100 * found.score)} complete. Of its "
        f"{words.count(sum(parts.values()))} parts {words.listed(counts)}. A measured part counts "
        "as one, a modelled one as half."
    )


def completeness(place: Place) -> PageTable:
    """Every part of the place: its standing, what is used instead, the file that replaces it."""
    return PageTable(
        "completeness",
        f"What is measured in {place.name}",
        [
            PageColumn("part", "Part"),
            PageColumn("what", "What"),
            PageColumn("standing", "Standing"),
            PageColumn("period", "Date"),
            PageColumn("instead", "Used instead"),
            PageColumn("replaced_by", "File that replaces it"),
            PageColumn("file", "File of the place"),
        ],
        [
            {
                **{name: row[name] for name in ("part", "period", "replaced_by", "file")},
                "what": words.capital(row["what"]),
                "standing": words.capital(row["standing"]),
                "instead": words.capital(row["instead"]) if row["instead"] else "",
            }
            for row in place.rows("completeness.csv")
        ],
    )


def not_known_answer(place: Place) -> str:
    """How much is not known of the place."""
    unknown = not_known(place)
    if not unknown:
        return f"The model has every file that it looks for, for {place.name}."
    number = len(unknown)
    files = "One file" if number == 1 else f"{words.count(number)} files"
    return (
        f"{files} that a place can have {'is' if number == 1 else 'are'} missing for "
        f"{place.name}. Each line says what is used instead, and who would know."
    )


def not_known_table(place: Place) -> PageTable:
    """What is not known, what is used instead, and who would know."""
    return PageTable(
        "not-known",
        f"Not known for {place.name}",
        [
            PageColumn("what", "Not known"),
            PageColumn("instead", "Used instead"),
            PageColumn("who_would_know", "Who would know"),
            PageColumn("file", "File that would contain it"),
        ],
        [
            {
                "what": words.capital(one.what),
                "instead": words.capital(one.instead),
                "who_would_know": one.who_would_know,
                "file": one.file,
            }
            for one in not_known(place)
        ],
    )


def old_defaults_answer(place: Place) -> str:
    """How many of England's tables are old for the place."""
    number = len(old_defaults_of(place.files, place.base_year))
    return (
        f"{words.capital(words.counted(number, 'table'))} of England that {place.name} uses "
        f"{'is' if number == 1 else 'are'} more than three years older than {place.base_year}. "
        "Each line says what would replace it."
    )


def old_defaults(place: Place) -> PageTable:
    """England's tables that are old for the place: of what year, why used, what replaces them."""
    named = place.own.rows(OLD_DEFAULTS) if place.own.has(OLD_DEFAULTS) else ()
    why = {row["file"]: row["why"] for row in named}
    return PageTable(
        "old-defaults",
        f"Old tables of England that {place.name} uses",
        [
            PageColumn("what", "What"),
            PageColumn("edition", "Years"),
            PageColumn("why", "Why it is used"),
            PageColumn("replaced_by", "What would replace it"),
            PageColumn("file", "File"),
        ],
        [
            {
                "what": words.capital(one.what),
                "edition": one.edition,
                "why": words.capital(why.get(one.file, "Not said")),
                "replaced_by": one.replaced_by,
                "file": one.file,
            }
            for one in old_defaults_of(place.files, place.base_year)
        ],
    )
