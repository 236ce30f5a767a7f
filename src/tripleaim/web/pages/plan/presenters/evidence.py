"""What evidence shows of the plan, in words: four classes and the range that they leave."""

from __future__ import annotations

from collections.abc import Mapping

from tripleaim import wording as words
from tripleaim.place import Place
from tripleaim.plan import EvidenceShownPart, FuturesDocument, PlanDocument


def intervals(
    document: PlanDocument, futures: FuturesDocument | None
) -> Mapping[str, Mapping[str, tuple[float, float]]]:
    """10% and 90% of draws by position and year: of futures where there are any of this plan.

    They are followed from end to end, with lives, so that they go before the plan's own.
    """
    if futures is None:
        return document.gap_interval_gbp_m
    return {
        name: {year: (fan.p10, fan.p90) for year, fan in sides["nhs"].items()}
        for name, sides in futures.position_gbp_m.items()
    }


def evidence_sentence(shown: EvidenceShownPart, tag: str) -> str:
    """How much of the claims is not known, and the range that this leaves."""
    open_ = shown.classes[-1]
    whole = sum(part.claim_gbp_m for part in shown.classes)
    low, high = shown.range_gbp_m
    return (
        f"Of {words.money(whole)} claimed, {words.tagged(words.money(open_.claim_gbp_m), tag)} is "
        "not known, because no controlled study measured it. If no untested solution works, the "
        f"NHS is {words.position(low)}. If all of them work, the NHS is {words.position(high)}."
    )


def studied_sentence(document: PlanDocument) -> str:
    """What is studied alone, beside the range; and where the range ends before it is narrowed."""
    shown = document.evidence
    if shown is None:
        return ""
    overlap, cap = shown.range_before_overlap_gbp_m[1], shown.range_before_cap_gbp_m[1]
    met = (
        f"The better end would be {words.position(overlap)} if claims were added up. After "
        f"removing double counting it is {words.position(cap)}. Studies of whole populations "
        f"limit it to {words.position(shown.range_gbp_m[1])}."
    )
    return (
        "If partners do only what studies measured, and do not pay for the rest, the NHS is "
        f"{words.position(shown.studied_alone_gbp_m)}. {met}"
    )


def classes_description(shown: EvidenceShownPart, tag: str) -> str:
    """What the chart of classes shows, in a sentence."""
    bars = [
        f"{part.evidence_class} {words.tenths(part.net_range_gbp_m[0])} to "
        f"{words.tenths(part.net_range_gbp_m[1])}"
        for part in shown.classes
        if part.solutions
    ]
    return (
        f"{words.tagged(f'Bars of what each class of evidence may save in {shown.year}', tag)}, "
        f"£m net of investment: {words.listed(bars)}."
    )


def meanings() -> list[tuple[str, str]]:
    """Each class of evidence and what it means."""
    return [
        (words.capital(name), f"{words.capital(text)}.")
        for name, text in words.CLASS_MEANING.items()
    ]


def records(document: PlanDocument, place: Place) -> list[str]:
    """How much of savings by management was delivered elsewhere, a sentence a figure."""
    if document.evidence is None:
        return []
    sentences = [
        f"{managed.name}: {words.percent(100 * record.value, 0)}, {record.unit} ({record.year}; "
        f"{record.of}). Source: {_title(place, record.source)}."
        for managed in document.evidence.management
        if managed.claim_gbp_m
        for record in managed.record
    ]
    return [*sentences, f"{words.RECORD_NOT_FOUND}"] if sentences else []


def _title(place: Place, source: str) -> str:
    known = place.sources.get(source)
    return f"{known.title}, {known.publisher}" if known else source
