"""What is not known of a plan, for the end of a paper and of a board pack."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.place import not_known
from tripleaim.web.pages.papers.material import Material
from tripleaim.web.pages.plan.presenters import evidence as of_evidence

NO_PREVENTION = (
    "We have not computed what prevention costs and gains over twenty years from these inputs. "
    "Start that on the page on outcomes, or with the command tripleaim prevention."
)

SYNTHETIC = "People are synthetic: what they show is a demonstration and not a finding."

MOST_ON_A_SLIDE = 4
"""Things that a place lacks for which a slide has room; of more it says how many there are."""


def in_short(known: Material) -> Sequence[str]:
    """What is not known, in as many lines as a slide has room for, the largest first."""
    document = known.document
    lines = []
    if document.evidence:
        lines.append(of_evidence.evidence_sentence(document.evidence, document.claim_tag))
    if known.prevention is None:
        lines.append(NO_PREVENTION)
    missing = not_known(known.place)
    shown = missing[:MOST_ON_A_SLIDE]
    lines += [f"Not known: {one.what}. Used instead: {one.instead}." for one in shown]
    more = len(missing) - len(shown)
    if more:
        lines.append(f"The page “What is not known” lists {more} more.")
    return [*lines, SYNTHETIC]
