"""Benchmarks as tables in the terminal."""

from __future__ import annotations

from rich.console import Console

from tripleaim.cli.tables import justified
from tripleaim.measures import Benchmarks


def benchmarks(out: Console, found: Benchmarks) -> None:
    """Similar places, measures beside them, the plan's own peer figures, specialised spend."""
    out.print(found.headline)
    if found.peers:
        _peers(out, found)
        _comparisons(out, found)
        out.print(found.margins_sentence)
    if found.printed:
        _printed(out, found)
    if found.specialised:
        _specialised(out, found)
    for sentence in found.absent:
        out.print(f"Not held: {sentence}")


def _peers(out: Console, found: Benchmarks) -> None:
    table = justified(
        f"The {len(found.peers)} places most like {found.place}",
        ("Place", "left"),
        ("Distance", "right"),
        ("Registered", "right"),
        *((variable.name, "right") for variable in found.variables),
    )
    own = (_natural(found.own_values[v.id]) for v in found.variables)
    table.add_row(found.place, "0.00", "", *own)
    for peer in found.peers:
        told = (_natural(peer.values[v.id]) for v in found.variables)
        table.add_row(peer.name, f"{peer.distance:.2f}", f"{peer.list_size:,}", *told)
    out.print(table)


def _natural(value: float) -> str:
    return f"{100 * value:.1f}%" if value < 1 else f"{value:.1f}"


def _comparisons(out: Console, found: Benchmarks) -> None:
    table = justified(
        f"{found.place} beside them; ratios are to England, ages and sexes alike",
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
    for row in found.comparisons:
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


def _printed(out: Console, found: Benchmarks) -> None:
    table = justified(
        "The plan's own peer figures; peers' spend and the pounds are derived from print",
        ("Line", "left"),
        ("£ a head", "right"),
        ("Against peers", "right"),
        ("Peers, £ a head", "right"),
        ("At their level, £m", "right"),
        ("Rounding, £m", "right"),
    )
    for line in found.printed:
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
    if found.right_sizing:
        for sentence in found.right_sizing.findings:
            out.print(sentence)


def _specialised(out: Console, found: Benchmarks) -> None:
    special = found.specialised
    if special is None:
        return
    table = justified(
        special.sentence,
        ("Programme", "left"),
        ("£", "right"),
        ("Share", "right"),
        ("£ a head", "right"),
    )
    for programme in special.programmes:
        head = "" if programme.per_head is None else f"{programme.per_head}"
        share = f"{programme.share_pct:.1f}%"
        table.add_row(programme.name, f"{programme.pounds:,.0f}", share, head)
    table.add_row("Not named", f"{special.unnamed:,.0f}", f"{special.unnamed_pct:.1f}%", "")
    out.print(table)
    for check in special.sums:
        out.print(f"{check.says}: {'holds' if check.holds else 'does not hold'}.")
    for sentence in special.findings:
        out.print(sentence)
