"""What stands under a picture or in front of a paper once it has left its page."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.plan import PlanDocument


def source_lines(document: PlanDocument) -> Sequence[str]:
    """Where the numbers of a picture or a paper are from, and what made them."""
    return (
        f"Source: Triple Aim’s plan of {document.name}, which names the source of every figure. "
        "Its people are synthetic: what they show is a demonstration and not a finding.",
        made_by(document),
    )


def made_by(document: PlanDocument) -> str:
    """The version, the seed, the inputs and the scenario that a picture or a paper is of."""
    return (
        f"Made by Triple Aim {document.version}, seed {document.seed}, from inputs "
        f"{document.inputs_sha256[:12]}, scenario {document.scenario.sha256[:12]}. Official "
        "statistics are used under the Open Government Licence v3.0."
    )
