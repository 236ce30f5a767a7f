"""A place beside similar ones and beside its plan's own peer figures, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tripleaim.measures import (
    AlreadyBelowPeers,
    AreaNotListed,
    Benchmarks,
    ClaimBelowPeers,
    Comparison,
    LinesBeyondTotal,
    LinesNotProgrammes,
    ListsNotAvailable,
    Margin,
    OfficialBelowPeers,
    Peer,
    PeersNotKnown,
    PrintedPeer,
    RightSizing,
    Specialised,
    SpendNotPrinted,
    UnnamedSpend,
)
from tripleaim.wording.evidence import SPLIT_ASSUMED, tagged
from tripleaim.wording.numbers import inside, millions
from tripleaim.wording.sentences import sentence


@sentence.register
def _(peer: Peer) -> str:
    return (
        f"{peer.name} is {peer.distance:.2f} standard deviations away; it differs most in "
        f"{peer.differs_most_in}, and stays among the {peer.among} in {peer.stays} of "
        f"{peer.trials} trials that leave out one variable."
    )


@sentence.register
def _(row: Comparison) -> str:
    space = "" if row.unit.startswith("%") else " "
    against_peers = "; no figure is available for similar places"
    if row.peers:
        many = len(row.peers)
        places = "the one similar place" if many == 1 else f"{many} similar places"
        more = _more(row.ratio / row.peers_ratio)
        against_peers = f"; standardised for age and sex, {more} {places}"
    left = f"{_more(row.after_deprivation)} England after allowing for deprivation too"
    value = f"{row.value:.{_digits(row.value)}f}{space}{row.unit}"
    return f"{row.name}: {value}{against_peers}, and {left}{_usual(row.verdict)}"


def _usual(verdict: str) -> str:
    if verdict == "not tested":
        return "."
    if verdict == "as expected":
        return ", within the usual spread of areas."
    side = "above" if verdict.endswith("high") else "below"
    many = "998 of 1,000" if verdict.startswith("very") else "95 of 100"
    return f", {side} the limits that should contain {many} areas."


def area_spread(row: Comparison) -> str:
    """How much a measure varies among areas, and what explains it."""
    spread = row.spread
    tail = (
        "" if spread.chance_pct is None else f"; chance alone would give {spread.chance_pct:.1f}%"
    )
    return (
        f"{row.name} varies by {spread.crude_pct:.0f}% among {spread.areas} areas of England, "
        f"by {spread.age_and_sex_pct:.0f}% after standardising for age and sex, and by "
        f"{spread.deprivation_pct:.0f}% after allowing for deprivation too{tail}."
    )


@sentence.register
def _(line: PrintedPeer) -> str:
    compared_with = "the average that the plan names" if line.pounds is None else "its peers"
    side = "above" if line.against_pct > 0 else "below"
    level = (
        f"{abs(line.against_pct):f}% {side} {compared_with}"
        if line.against_pct
        else f"level with {compared_with}"
    )
    tail = f" ({line.caution})" if line.caution else ""
    if line.pounds is None:
        return f"{line.name}: {level}{tail}."
    if line.pounds == 0:
        return (
            f"{line.name}: £{line.spend:f} per person, {level}, so there is nothing to "
            f"release{tail}."
        )
    does = "release" if line.pounds > 0 else "cost"
    return (
        f"{line.name}: £{line.spend:f} per person, {level}. They spend £{line.peers:f}. Their "
        f"level would {does} {millions(abs(line.pounds))} a year{tail}."
    )


@sentence.register
def _(sized: RightSizing) -> str:
    if not sized.priced:
        return "The plan prints no comparison of its spend with peers."
    gap = sized.gap
    share = f", {_percent(sized.net / gap)} of the gap of {millions(gap)}" if gap else ""
    return (
        f"If the place spent what its peers spend for each person, it would release "
        f"{millions(sized.released)} a year and spend {millions(-sized.cost)} more. That is "
        f"{millions(sized.net)} net{share}."
    )


@sentence.register
def _(finding: AlreadyBelowPeers) -> str:
    return (
        f"{finding.line} already costs {millions(finding.below)} a year less than at its peers' "
        f"level, and {_claims(finding)} more."
    )


@sentence.register
def _(finding: ClaimBelowPeers) -> str:
    does = f"releases {millions(finding.released)}" if finding.released else "releases nothing"
    return (
        f"{finding.line} at its peers' level {does}. But {_claims(finding)} in {finding.year}. To "
        "save that, it must spend less than its peers."
    )


def _claims(finding: AlreadyBelowPeers | ClaimBelowPeers) -> str:
    many = len(finding.solutions)
    who = finding.solutions[0] if many == 1 else f"{many} solutions that affect only this line"
    claimed = tagged(millions(finding.claimed), SPLIT_ASSUMED if finding.split_is_ours else "")
    return f"{who} claim{'s' if many == 1 else ''} {claimed}"


@sentence.register
def _(finding: OfficialBelowPeers) -> str:
    fewer = ", ".join(f"{name} {share * 100:.0f}%" for name, share in finding.fewer.items())
    return (
        f"The plan says that {inside(finding.line)} costs {finding.against_pct:f}% more than at "
        "its peers. Official figures, standardised for age and sex, are lower than at similar "
        f"places ({fewer} fewer). Prices, or care that these figures do not count, may explain "
        "this. Or the plan may use other peers."
    )


@sentence.register
def _(spend: Specialised) -> str:
    largest, lines = spend.programmes[0], len(spend.programmes)
    return (
        f"{millions(spend.total)} is spent on specialised services for {spend.place}. The largest "
        f"programme is {inside(largest.name)}: {millions(largest.pounds)}, or "
        f"{largest.share_pct:.0f}%. The {lines} lines together are "
        f"{_percent((spend.total - spend.unnamed) / spend.total)}."
    )


@sentence.register
def _(finding: LinesNotProgrammes) -> str:
    return (
        f"{len(finding.names)} of the {finding.lines} lines are not programmes "
        f"({', '.join(finding.names)}: {millions(finding.amount)}), so "
        f"{finding.lines - len(finding.names)} programmes are named."
    )


@sentence.register
def _(finding: UnnamedSpend) -> str:
    return (
        f"{millions(finding.amount)}, or {_percent(finding.share)}, is not in these lines. If no "
        f"part of it is larger than the smallest line ({millions(finding.smallest)}), it is at "
        f"least {finding.least_programmes} programmes."
    )


@sentence.register
def _(finding: LinesBeyondTotal) -> str:
    return f"The lines are {millions(finding.amount)} more than the printed total."


@sentence.register
def _(finding: AreaNotListed) -> str:
    return f"The file peers.csv has no commissioner of {finding.place}."


@sentence.register
def _(finding: ListsNotAvailable) -> str:
    return (
        f"The lists of {finding.area} by age and sex are not available, so we cannot find similar "
        "places or compare anything. Its deprivation and rural share are known."
    )


@sentence.register
def _(finding: PeersNotKnown) -> str:
    return (
        f"{finding.measure}: not known for {', '.join(finding.peers)} (too many of their beds are "
        "in trusts for which the source has no figures)."
    )


@sentence.register
def _(finding: SpendNotPrinted) -> str:
    return f"The plan of {finding.place} prints no comparison of its spend with peers."


def trust_margins(margins: Sequence[Margin]) -> str:
    """The margin of the place's trusts beside those of its similar places."""
    own = [m for m in margins if m.kind == "place"]
    near = [m for m in margins if m.kind == "peer"]
    if not own or not near:
        return "No similar place's trusts can be compared with this place's."
    worse = sum(m.margin_pct < own[0].margin_pct for m in near)
    peers_pct = 100 * sum(m.position for m in near) / sum(m.income for m in near)
    return (
        f"The acute trusts that treat {own[0].name} had a margin of {own[0].margin_pct:.1f}% of "
        f"income, those of its {len(near)} similar places {peers_pct:.1f}%; {worse} were worse."
    )


@sentence.register
def _(result: Benchmarks) -> str:
    if result.peers:
        tested = [c for c in result.comparisons if c.verdict != "not tested"]
        outside = len(result.unwarranted)
        compared = (
            f"Compared with {len(result.peers)} similar places, {outside} of "
            f"{len(tested)} measures of {result.place} {'is' if outside == 1 else 'are'} outside "
            "the usual spread after allowing for age, sex and deprivation."
        )
    else:
        compared = f"Our data has no similar places for {result.place}."
    return f"{compared} {sentence(result.right_sizing)}" if result.right_sizing else compared


def benchmarks_method(result: Benchmarks) -> tuple[str, ...]:
    """How similar places are found and how measures are compared."""
    weights = ", ".join(f"{variable.name} {variable.weight:g}" for variable in result.variables)
    return (
        "Similar places: each variable is standardised over England's areas; distance is the "
        "square root of the weighted mean of squared differences. We chose the weights: "
        f"{weights}. We do not know the plan's own peers; they may be different.",
        "Activity and beds are those of acute trusts, by where their patients live. Community "
        "hospitals, minor injury units and walk-in centres are not included, and the intervals "
        "allow only for chance, not for errors in where patients live.",
        "The expected number is what each area's ages and sexes would give at the rates of all "
        "areas. If the source has no ages, we use this project's own pattern by age. If it has "
        "ages, we also standardise the rate directly (Dobson's limits). Crude rates have Byar's "
        "limits, shares Wilson's.",
        "We allow for deprivation with a straight line of that ratio on the area's score, "
        "weighted by the expected number. The usual spread is a funnel with over-dispersion added "
        f"to chance (Spiegelhalter 2005), {result.winsorised_pct:g}% of areas winsorised at each "
        "end. A value outside it is a question to ask, not a fault, because recording also "
        "differs.",
    )


def sentences(findings: Sequence[object]) -> list[str]:
    """Each finding in its sentence."""
    return [sentence(finding) for finding in findings]


def _more(ratio: float) -> str:
    pct = round(100 * (ratio - 1))
    if pct == 0:
        return "the same as"
    return f"{abs(pct)}% {'more' if pct > 0 else 'less'} than"


def _digits(value: float) -> int:
    return 0 if value >= 100 else 1 if value >= 10 else 2


def _percent(share: Decimal) -> str:
    return f"{100 * share:.0f}%"
