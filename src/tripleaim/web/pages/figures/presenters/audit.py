"""Does the printed plan add up? Counts by verdict, then every contradiction, worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from tripleaim import wording as words
from tripleaim.plan import VERDICTS, Finding
from tripleaim.web.ui.tables import PageColumn, PageTable

ITEMS = 15
"""Identities on one page of the list."""

SEVERITY = {"high": 3, "medium": 2, "low": 1, "none": 0}

MEANING = {
    "holds": "The sum is as printed.",
    "rounding": "The sum differs from the printed number, but rounding explains it.",
    "fails": "The sum differs from the printed number, and nothing in the plan explains it.",
    "other basis, date or scope": "Both are right, but each is for another date, basis or scope.",
    "suspected misprint": "A digit or a sign looks wrong.",
    "official figure differs": "The plan prints one number, and official statistics have another.",
}
COLOURS = {
    "holds": "green",
    "rounding": "grey",
    "fails": "red",
    "other basis, date or scope": "blue",
    "suspected misprint": "orange",
    "official figure differs": "purple",
}


@dataclass(frozen=True)
class AuditFilters:
    """What a reader asked for: a verdict, a severity; empty for any."""

    verdict: str = ""
    severity: str = ""

    @staticmethod
    def of(verdict: str, severity: str) -> AuditFilters:
        """The filters as an address has them; what is not known is left out."""
        return AuditFilters(
            verdict if verdict in VERDICTS else "", severity if severity in SEVERITY else ""
        )

    @property
    def asked(self) -> dict[str, str]:
        """The filters that are set, as an address has them."""
        both = {"verdict": self.verdict, "severity": self.severity}
        return {name: value for name, value in both.items() if value}


@dataclass(frozen=True)
class Group:
    """Items of one severity, under a heading; no heading for "none"."""

    id: str
    heading: str
    items: Sequence[Item]


@dataclass(frozen=True)
class Item:
    """One identity as the page shows it."""

    id: str
    statement: str
    printed: str
    computed: str
    difference: str
    where: str
    note: str
    verdict: str
    colour: str
    severity: str
    figures: Sequence[str]


def answer(findings: Sequence[Finding], name: str) -> str:
    """Whether the print adds up, in words."""
    if not findings:
        return (
            f"No printed plan of {name} has been entered to check. Enter its figures in "
            "figures.csv, and the sums that should hold in identities.toml. Then this page says "
            "which of them hold."
        )
    wrong = [f for f in findings if not f.holds]
    if not wrong:
        return f"Yes. All {len(findings)} sums and rates that we checked are as printed."
    bad = [f for f in wrong if contradicts(f)]
    return (
        f"Mostly. Of {len(findings)} sums, rates and repeated numbers that we checked, "
        f"{len(findings) - len(wrong)} are as printed, {len(wrong) - len(bad)} differ by no more "
        f"than rounding, and {len(bad)} contradict another number."
    )


def counts(findings: Sequence[Finding]) -> PageTable:
    """How many identities bear each verdict, and what a verdict means."""
    return PageTable(
        "audit-counts",
        "Identities by verdict",
        [
            PageColumn("name", "Verdict"),
            PageColumn("count", "Identities", "count"),
            PageColumn("means", "What it means"),
        ],
        [
            {
                "name": words.capital(v),
                "count": n,
                "means": MEANING[v],
                "verdict": v,
            }
            for v in VERDICTS
            if (n := sum(f.verdict == v for f in findings))
        ],
    )


def items(findings: Sequence[Finding], verdict: str = "", severity: str = "") -> list[Item]:
    """The identities of a verdict, or every contradiction, the most serious first.

    One that rounding explains contradicts nothing. `severity` keeps those of one severity.
    """
    kept = [f for f in _of_verdict(findings, verdict) if severity in ("", f.severity)]
    kept.sort(key=lambda f: (-SEVERITY[f.severity], f.verdict == "rounding", -_relative(f)))
    return [_item(f) for f in kept]


def _of_verdict(findings: Sequence[Finding], verdict: str) -> list[Finding]:
    return [f for f in findings if (f.verdict == verdict if verdict else contradicts(f))]


def severities(findings: Sequence[Finding], verdict: str) -> list[tuple[str, str]]:
    """The severities that identities of a verdict have, each with how many have it."""
    kept = _of_verdict(findings, verdict)
    return [
        (severity, f"{words.capital(severity)} ({n})")
        for severity in SEVERITY
        if (n := sum(f.severity == severity for f in kept))
    ]


def page_with(items: Sequence[Item], item_id: str) -> str:
    """The number of the page of the list that shows an identity; empty if none does."""
    found = (k for k, item in enumerate(items) if item.id == item_id)
    return next((str(k // ITEMS + 1) for k in found), "")


def groups(items: Sequence[Item]) -> list[Group]:
    """Items by severity, the most serious first; all together where none has any."""
    if all(item.severity == "none" for item in items):
        return [Group("severity-none", "", items)] if items else []
    return [
        Group(
            f"severity-{severity}",
            f"{words.capital(severity)} severity",
            of_severity,
        )
        for severity in SEVERITY
        if (of_severity := [item for item in items if item.severity == severity])
    ]


def contradicts(finding: Finding) -> bool:
    """Whether a finding is a contradiction: it does not hold, and rounding does not explain it."""
    return not finding.holds and finding.verdict != "rounding"


def address(finding: Finding) -> str:
    """Where in the plan's pages a finding is shown."""
    query = urlencode({"verdict": finding.verdict, "at": finding.id})
    return f"audit/?{query}#{finding.id}"


def _relative(finding: Finding) -> float:
    return abs(finding.difference) / (abs(finding.printed) or 1.0)


def _item(finding: Finding) -> Item:
    return Item(
        id=finding.id,
        statement=finding.statement,
        printed=words.amount(finding.printed, finding.unit),
        computed=words.amount(finding.computed, finding.unit),
        difference=words.quantity(finding.difference, finding.unit),
        where=finding.where,
        note=finding.note or finding.flag,
        verdict=finding.verdict,
        colour=COLOURS[finding.verdict],
        severity=finding.severity,
        figures=finding.figures[:8],
    )


def table(findings: Sequence[Finding]) -> PageTable:
    """Every identity, for download."""
    keys = (
        "id", "statement", "verdict", "severity", "printed", "computed", "difference", "relation",
        "unit", "holds", "where", "note",
    )  # fmt: skip
    return PageTable(
        "audit",
        "Every identity checked",
        [PageColumn(k, words.capital(k)) for k in keys],
        [{k: getattr(f, k) for k in keys} for f in findings],
    )
