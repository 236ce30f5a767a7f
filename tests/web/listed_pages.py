"""Pages that are looked at in several tests, with the heading that each must bear."""

from __future__ import annotations

import re
from collections.abc import Iterable

OF_MONEY_AND_STAFF = {
    "money/organisations/": "Which organisation is short, and who pays whom?",
    "money/organisations/?year=2020/21&line=acute": "Which organisation is short",
    "money/organisations/RBA/": "Taunton and Somerset NHS Foundation Trust",
    "money/organisations/11X/": "NHS Somerset CCG",
    "money/organisations/care-market/": "Care homes and home care",
    "money/settings/": "Where does each pound go, and does it move as the plan promises?",
    "money/settings/?basis=on_evidence": "Where does each pound go",
    "money/incentives/": "Who gains and who loses by each solution?",
    "money/incentives/?rule=block&basis=on_evidence&solution=falls-prevention": "Who gains",
    "money/incentives/rules/": "What does the payment method change?",
    "money/open-book/": "Will this year end on plan?",
    "money/control-totals/": "Who reaches its control total, and what does the fund pay?",
    "money/benchmarks/": "Do we spend more, and use more care, than places like ours?",
    "money/benchmarks/?measure=copd": "Do we spend more, and use more care, than places like ours?",
    "staff/": "Who does the work?",
    "staff/primary-care/": "Is primary care moving as the plan says?",
}
MISSING_DATA = (
    *("money/organisations/", "money/settings/", "money/incentives/"),
    *("money/open-book/", "money/control-totals/", "money/benchmarks/"),
    *("staff/", "staff/primary-care/"),
)
OF_PREVENTION = {
    "outcomes/": "Does prevention pay, and when?",
    "outcomes/?sort=qalys": "Does prevention pay, and when?",
    "outcomes/value/": "Is it worth what it costs?",
    "outcomes/value/?sort=per": "Is it worth what it costs?",
    "outcomes/published/": "Does it agree with published evaluations?",
    "outcomes/risks/": "Do people at risk die as often as studies say?",
    "outcomes/risks/?sort=far": "Do people at risk die as often as studies say?",
    "outcomes/inequality/": "Does it reach those who need it most?",
    "outcomes/leading/": "Which early signs should change first?",
    "outcomes/leading/?outcome=hip_fracture&sort=name": "Which early signs should change first?",
    "outcomes/attribution/": "Which programme has which effect?",
    "outcomes/attribution/?outcome=net": "Which programme has which effect?",
    "outcomes/uncertainty/": "What makes it uncertain?",
    "outcomes/uncertainty/?outcome=net_cost&sort=worth": "What makes it uncertain?",
    "outcomes/programmes/falls-prevention/": "Falls prevention",
    "outcomes/programmes/early-diagnosis-of-cancer/": "Early diagnosis of cancer",
}


def answer_under(heading: str, body: str) -> str:
    """What a page answers to its question; no sentence of it ends in two full stops."""
    [said] = re.findall(r"<h1.*?</h1>", body, re.DOTALL)
    assert heading in said
    assert not re.search(r"[^.]\.\.[^.]", re.sub(r'\shref="[^"]*"', "", body))
    [answer] = re.findall(r'<p class="nhsuk-lede-text ta-answer">(.*?)</p>', body, re.DOTALL)
    assert answer.endswith(".")
    return str(answer)


def is_new(path: str, seen: Iterable[str], most: int = 3) -> bool:
    """Whether a link is worth following: it has not been, nor have three that differ in an id."""
    like = re.compile(ID.sub(lambda m: f"{m[1]}[^/]+/", re.escape(path)))
    return path not in seen and sum(like.fullmatch(one) is not None for one in seen) < most


ID = re.compile(r"((?:solutions|figures|organisations|programmes)/)[^/?]+/")
