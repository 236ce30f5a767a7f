"""Benchmarks as tables in the terminal."""

from __future__ import annotations

from rich.console import Console

from tripleaim import wording
from tripleaim.cli.tables import justified
from tripleaim.measures import Benchmarks


def benchmarks(out: Console, result: Benchmarks) -> None:
    """Similar places, measures compared with them, the plan's peer figures, specialised spend."""
    out.print(wording.sentence(result))
    if result.peers:
        _peers(out, result)
        _comparisons(out, result)
        out.print(wording.trust_margins(result.margins))
    if result.printed:
        _printed(out, result)
    if result.specialised:
        _specialised(out, result)
    for finding in result.absent:
        out.print(f"Not known: {wording.sentence(finding)}")


def _peers(out: Console, result: Benchmarks) -> None:
    table = justified(
        f"The {len(result.peers)} places most like {result.place}",
        ("Place", "left"),
        ("Distance", "right"),
        ("Registered", "right"),
        *((variable.name, "right") for variable in result.variables),
    )
    own = (_natural(result.own_values[v.id]) for v in result.variables)
    table.add_row(result.place, "0.00", "", *own)
    for peer in result.peers:
        values = (_natural(peer.values[v.id]) for v in result.variables)
        table.add_row(peer.name, f"{peer.distance:.2f}", f"{peer.list_size:,}", *values)
    out.print(table)


def _natural(value: float) -> str:
    return f"{100 * value:.1f}%" if value < 1 else f"{value:.1f}"


def _comparisons(out: Console, result: Benchmarks) -> None:
    table = justified(
        f"{result.place} compared with them; ratios are to England, standardised for age and sex",
        ("Measure", "left"),
        ("Value", "right"),
        ("Peers", "right"),
        ("England", "right"),
        ("Ratio", "right"),
        ("Peers' ratio", "right"),
        ("After deprivation", "right"),
        ("Usual (95 of 100)", "right"),
        ("", "left"),
    )
    for row in result.comparisons:
        usual = "" if row.usual_low is None else f"{row.usual_low:.2f} to {row.usual_high:.2f}"
        table.add_row(
            f"{row.name}, {row.unit}",
            f"{row.value:,.2f}",
            f"{row.peers_value:,.2f}",
            f"{row.england_value:,.2f}",
            f"{row.ratio:.2f}",
            f"{row.peers_ratio:.2f}",
            f"{row.after_deprivation:.2f}",
            usual,
            row.verdict,
        )
    out.print(table)


def _printed(out: Console, result: Benchmarks) -> None:
    table = justified(
        "The plan's own peer figures; peers' spend and the amounts in £m are derived from printed "
        "figures",
        ("Line", "left"),
        ("£ per person", "right"),
        ("Compared with peers", "right"),
        ("Peers, £ per person", "right"),
        ("At the peers' level, £m", "right"),
        ("Rounding, £m", "right"),
    )
    for line in result.printed:
        amounts = ("", "", "")
        if line.pounds is not None and line.low is not None and line.high is not None:
            million = 1_000_000
            amounts = (
                f"{line.peers}",
                f"{line.pounds / million:+.1f}",
                f"{line.low / million:+.1f} to {line.high / million:+.1f}",
            )
        spend = "" if line.spend is None else f"{line.spend:f}"
        table.add_row(line.name, spend, f"{line.against_pct:+f}%", *amounts)
    out.print(table)
    if result.right_sizing:
        for finding in result.right_sizing.findings:
            out.print(wording.sentence(finding))


def _specialised(out: Console, result: Benchmarks) -> None:
    special = result.specialised
    if special is None:
        return
    table = justified(
        wording.sentence(special),
        ("Programme", "left"),
        ("£", "right"),
        ("Share", "right"),
        ("£ per person", "right"),
    )
    for programme in special.programmes:
        head = "" if programme.per_head is None else f"{programme.per_head}"
        share = f"{programme.share_pct:.1f}%"
        table.add_row(programme.name, f"{programme.pounds:,.0f}", share, head)
    table.add_row("Not named", f"{special.unnamed:,.0f}", f"{special.unnamed_pct:.1f}%", "")
    out.print(table)
    for check in special.sums:
        out.print(f"{check.says}: {'holds' if check.holds else 'does not hold'}.")
    for finding in special.findings:
        out.print(wording.sentence(finding))
