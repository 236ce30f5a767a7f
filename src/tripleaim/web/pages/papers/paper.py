"""The plan as a paper, section by section, with the words, tables and pictures of the pages."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim import wording as words
from tripleaim.place import not_known
from tripleaim.plan import assumption_register
from tripleaim.web.pages.activity import presenters as of_activity
from tripleaim.web.pages.figures.presenters import audit as of_audit
from tripleaim.web.pages.figures.presenters import figures as of_figures
from tripleaim.web.pages.figures.presenters import unknown as of_unknown
from tripleaim.web.pages.money.presenters import money as of_money
from tripleaim.web.pages.money.presenters import settings as of_settings
from tripleaim.web.pages.outcomes.presenters import prevention as of_prevention
from tripleaim.web.pages.papers import exhibits as exhibit
from tripleaim.web.pages.papers.about import about, title
from tripleaim.web.pages.papers.material import Material
from tripleaim.web.pages.papers.parts import Bullets, Exhibit, Heading, Paper, PaperPart, Paragraph
from tripleaim.web.pages.papers.unknown import NO_PREVENTION, SYNTHETIC
from tripleaim.web.pages.plan import tables as of_plan
from tripleaim.web.pages.plan.presenters import evidence as of_evidence
from tripleaim.web.pages.plan.presenters import plan as words_of_plan
from tripleaim.web.pages.solutions import presenters as of_solutions
from tripleaim.web.pages.solutions.tables import solutions
from tripleaim.web.ui.tables import PageColumn, PageTable

Section = Sequence[PaperPart]


def paper(known: Material) -> Paper:
    """The paper of a plan under a scenario: the gap first, what is not known before the sources."""
    sections = (
        in_short(known),
        gap(known),
        if_nothing_changes(known),
        by_evidence(known),
        by_organisation(known),
        staff(known),
        prevention(known),
        printed(known),
        unknown(known),
        method(known),
        sources(known),
    )
    parts = [part for section in sections for part in section]
    return Paper(title(known), about(known), parts)


def in_short(known: Material) -> Section:
    """The answer of the plan's page."""
    document = known.document
    first = [Paragraph(known.change)] if known.change else []
    cash = words_of_plan.cash_sentence(document)
    return [
        Heading("In short"),
        *first,
        Paragraph(words_of_plan.answer(document)),
        *([Paragraph(cash)] if cash else []),
    ]


def gap(known: Material) -> Section:
    """The gap by year."""
    document = known.document
    cash = of_plan.cash(document)
    return [
        Heading("The gap"),
        *_shown(exhibit.gap(known)),
        *([cash] if cash.rows else []),
    ]


def if_nothing_changes(known: Material) -> Section:
    """What will be needed if nothing changes, and what it costs."""
    document = known.document
    return [
        Heading("If nothing changes"),
        Paragraph(of_activity.answer(document)),
        *_shown(exhibit.activity(known)),
        *[Paragraph(finding) for finding in of_activity.findings(document)],
        Paragraph(of_money.answer(document)),
    ]


def by_evidence(known: Material) -> Section:
    """The solutions by the class of what evidence shows of them."""
    document = known.document
    table = solutions(document).only("name", "claim", "overlap", "class", "band")
    studied = of_evidence.studied_sentence(document)
    meanings = [f"{name}: {text}" for name, text in of_evidence.meanings()]
    classes: Section = [
        Paragraph(studied),
        Heading("What the classes mean", 2),
        Bullets(meanings),
    ]
    listed: Section = [Heading("Every solution", 2), table]
    return [
        Heading("Solutions by what evidence shows"),
        Paragraph(of_solutions.answer(document, document.solutions)),
        *_shown(exhibit.evidence(known)),
        *(classes if studied else ()),
        *(listed if table.rows else ()),
    ]


def by_organisation(known: Material) -> Section:
    """Who is short, and in which setting each pound is spent."""
    books, shown = known.books, exhibit.organisations(known)
    if books is None or shown is None:
        return []
    return [
        Heading("Money by organisation"),
        Paragraph(words.sentence(books.finding)),
        *_shown(shown),
        *by_setting(known),
    ]


def by_setting(known: Material) -> Section:
    """In which setting each pound is spent, where the place says so."""
    if known.pound is None:
        return []
    return [
        Heading("The pound by setting", 2),
        Paragraph(of_settings.answer(known.pound)),
        *_shown(exhibit.settings(known)),
    ]


def staff(known: Material) -> Section:
    """Who does the work."""
    shown = exhibit.staff(known)
    if shown is None or known.workforce is None:
        return []
    moved = known.moved
    return [
        Heading("Staff"),
        Paragraph(words.sentence(known.workforce)),
        *_shown(shown, "name", "needed", "supplied", "gap", "cost"),
        *([Paragraph(words.sentence(moved.finding))] if moved else []),
    ]


def prevention(known: Material) -> Section:
    """Prevention over twenty years, where it was worked out."""
    document = known.prevention
    heading = Heading("Prevention over twenty years")
    if document is None:
        return [heading, Paragraph(NO_PREVENTION)]
    programmes = of_prevention.programmes(document)
    return [
        heading,
        Paragraph(of_prevention.answer(document)),
        *_shown(exhibit.prevention(known), "rate", "cost", "avoided", "net", "even", "qalys"),
        programmes.only("name", "cost", "avoided", "net", "even", "qalys", "evidence"),
        Paragraph(of_prevention.inside(document)),
    ]


def printed(known: Material) -> Section:
    """Whether the printed plan adds up, and where it and we differ most."""
    differ = words_of_plan.disagreements(known.document, known.findings)
    if not known.findings and not differ:
        return []
    return [
        Heading("The printed plan"),
        Paragraph(of_audit.answer(known.findings, known.document.name)),
        Bullets([f"{one.heading}. {one.sentence}" for one in differ]),
    ]


def unknown(known: Material) -> Section:
    """What is not known, what is used instead, and who would know."""
    document = known.document
    notes = [*document.notes, *document.warnings]
    return [
        Heading("What is not known"),
        Paragraph(of_unknown.not_known_answer(known.place)),
        *([of_unknown.not_known_table(known.place)] if not_known(known.place) else []),
        Bullets([*notes, SYNTHETIC]),
    ]


def method(known: Material) -> Section:
    """How the numbers were made, in a few sentences."""
    document = known.document
    return [
        Heading("How the numbers were made"),
        Paragraph(
            f"We make a synthetic person for everybody registered in {document.name}, so that "
            "numbers by age, sex, place and illness match official statistics. They age, fall ill "
            "and die at official rates. We count and price the contacts that they need. Where the "
            "plan prints a figure, we solve the model so that it matches the figure, and we also "
            "show the result before that."
        ),
        Paragraph(
            "Solutions affect people and contacts, so each contact is avoided only once. We show "
            "what partners claim, what is left after removing double counting, and what "
            "controlled studies support. A saving that nobody has studied is a range from zero to "
            "the claim."
        ),
        *(
            [Paragraph(of_unknown.assumptions_answer(known.place))]
            if assumption_register(known.place)
            else []
        ),
    ]


def sources(known: Material) -> Section:
    """How figures are known, and the documents that they come from."""
    place = known.place
    used = [place.sources[s] for s in dict.fromkeys(f.source for f in place.figures.values())]
    return [
        Heading("Sources"),
        Paragraph(of_figures.answer(place)),
        PageTable(
            "sources",
            "The sources of the figures",
            [
                PageColumn("title", "Document"),
                PageColumn("publisher", "Publisher"),
                PageColumn("edition", "Edition"),
                PageColumn("licence", "Licence"),
            ],
            [
                {
                    "title": one.title,
                    "publisher": one.publisher,
                    "edition": one.edition,
                    "licence": one.licence,
                }
                for one in used
            ],
        ),
    ]


def _shown(one: Exhibit | None, *columns: str) -> Section:
    """A picture, its numbers and how they are known; of a wide table only these `columns`."""
    if one is None:
        return []
    return [one.picture, one.table.only(*columns) if columns else one.table, Paragraph(one.status)]
