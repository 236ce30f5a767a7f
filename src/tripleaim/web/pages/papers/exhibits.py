"""The main pictures of a plan, each with what it shows in a sentence, as its page says it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tripleaim import wording as words
from tripleaim.web.pages.activity import presenters as of_activity
from tripleaim.web.pages.activity.pictures import small_multiples
from tripleaim.web.pages.money.pictures.organisations import positions
from tripleaim.web.pages.money.pictures.settings import pence_by_setting
from tripleaim.web.pages.money.presenters import organisations as of_organisations
from tripleaim.web.pages.money.presenters import settings as of_settings
from tripleaim.web.pages.outcomes.pictures import net_cost
from tripleaim.web.pages.outcomes.presenters import prevention as of_prevention
from tripleaim.web.pages.papers.material import Material
from tripleaim.web.pages.papers.parts import Exhibit
from tripleaim.web.pages.plan import tables as of_plan
from tripleaim.web.pages.plan.pictures.classes import classes
from tripleaim.web.pages.plan.pictures.gap import gap_by_year
from tripleaim.web.pages.plan.presenters import evidence as of_evidence
from tripleaim.web.pages.plan.presenters import plan as words_of_plan
from tripleaim.web.pages.staff.pictures import cover
from tripleaim.web.pages.staff.presenters import staff as of_staff

_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z£0-9“])")


def first_sentence(text: str) -> str:
    """The first sentence of a text, with its full stop."""
    return _END.split(text, maxsplit=1)[0]


def exhibits(known: Material) -> Sequence[Exhibit]:
    """The six main pictures: gap, activity, organisations, staff, evidence, prevention.

    One that the place lacks is left out; for prevention stands the pound by setting, where no run
    of it was made from these inputs.
    """
    made = (
        gap(known),
        activity(known),
        organisations(known),
        staff(known),
        evidence(known),
        prevention(known) or settings(known),
    )
    return [one for one in made if one is not None]


def gap(known: Material) -> Exhibit:
    """The gap by year."""
    document = known.document
    picture = gap_by_year(
        document,
        words_of_plan.description(document),
        known.intervals.get("not_known_drawn", {}),
        words_of_plan.caption(document, known.intervals),
    )
    start = "calibrated to the printed plan" if document.calibrated else "assumed: not calibrated"
    return Exhibit(
        known.change or words_of_plan.finding(document),
        picture,
        of_plan.gap(document),
        f"If nothing changes: {start}. Claims: {_claims(known)}. Range: evidence.",
    )


def activity(known: Material) -> Exhibit | None:
    """Activity if nothing changes."""
    document = known.document
    if not document.points_of_delivery:
        return None
    status = (
        "Printed points are published, and the lines are calibrated to them. The rates and trends "
        "of both are public or assumed."
        if of_activity.is_printed(document)
        else "This place has no printed activity: rates and trends are public or assumed."
    )
    return Exhibit(
        first_sentence(of_activity.answer(document)),
        small_multiples(document, of_activity.description(document)),
        of_activity.split(document),
        status,
    )


def organisations(known: Material) -> Exhibit | None:
    """The position of every organisation."""
    if known.books is None:
        return None
    return Exhibit(
        first_sentence(words.sentence(known.books.finding)),
        positions(known.books, known.savings),
        of_organisations.positions(known.books, known.savings),
        "Totals are published or public, and the model matches them to the penny. The split "
        "between two organisations is assumed if no source prints it.",
    )


def staff(known: Material) -> Exhibit | None:
    """Staff at work beside the staff that are needed."""
    picture = cover(known.workforce) if known.workforce else None
    if known.workforce is None or picture is None:
        return None
    return Exhibit(
        first_sentence(words.sentence(known.workforce)),
        picture,
        of_staff.groups(known.workforce),
        "Minutes a contact, hours and rates of leaving are assumed or public.",
    )


def evidence(known: Material) -> Exhibit | None:
    """What each class of evidence may come to."""
    document = known.document
    shown, tag = document.evidence, document.claim_tag
    if shown is None:
        return None
    return Exhibit(
        of_evidence.evidence_sentence(shown, tag),
        classes(shown, of_evidence.classes_description(shown, tag), tag),
        of_plan.classes(document),
        f"Claims: {_claims(known)}. What they save: evidence.",
    )


def prevention(known: Material) -> Exhibit | None:
    """What prevention costs over twenty years; None where no run was made of these inputs."""
    document = known.prevention
    if document is None:
        return None
    return Exhibit(
        first_sentence(of_prevention.answer(document)),
        net_cost(document, document.together, of_prevention.description(document), alone=False),
        of_prevention.sums(document, document.together, "prevention-sums"),
        f"{of_prevention.made(document)} Effects are evidence; reach and costs are assumed if no "
        "study or tariff gives them.",
    )


def settings(known: Material) -> Exhibit | None:
    """In which setting each pound is spent."""
    pound = known.pound
    if pound is None:
        return None
    basis = of_settings.usual_basis(pound)
    return Exhibit(
        first_sentence(of_settings.answer(pound)),
        pence_by_setting(pound, basis),
        of_settings.by_pence(pound, (of_settings.DO_NOTHING, basis)),
        "Sums are published or calibrated. The share of each setting is assumed if no source "
        "prints it.",
    )


def _claims(known: Material) -> str:
    """How the claims are known."""
    tag = known.document.claim_tag
    return f"published, {tag}" if tag == words.SPLIT_ASSUMED else tag or "published"
