"""The verb for incentives: who saves and who loses by each solution under a payment method."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tripleaim.cli.arguments import AsJson, PlaceName
from tripleaim.cli.json_output import print_json
from tripleaim.cli.kept_run import kept_run
from tripleaim.cli.terminal import out

if TYPE_CHECKING:
    from tripleaim.place import Place


def incentives(
    name: PlaceName,
    rule: Annotated[
        str,
        typer.Option(
            help="A payment method, such as block; 'list' shows all, 'all' compares them."
        ),
    ] = "",
    data: Annotated[
        Path, typer.Option(help="The folder of runs, or of one run; made if it is missing.")
    ] = Path("tripleaim-data"),
    solution: Annotated[
        str, typer.Option(help="One solution, with its effect on each organisation.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show who saves and who loses income by each solution under a payment method."""
    from tripleaim.cli import show_incentives
    from tripleaim.place import load
    from tripleaim.plan import incentives as table_of
    from tripleaim.plan import payment_rules

    place = load(name)
    rules = payment_rules(place)
    if rule == "list":
        show_incentives.rules(out, rules)
        return
    if rule == "all":
        _compare(place, data, as_json=as_json)
        return
    chosen = rules.rule(rule)
    if solution:
        place.solution(solution)
    table = table_of(kept_run(place, data), chosen.id)
    if as_json:
        document = show_incentives.as_data(table.of(solution) if solution else table)
        print_json(document)
    elif solution:
        show_incentives.solution(out, table, table.of(solution))
    else:
        show_incentives.table(out, place, table)


def _compare(place: Place, data: Path, *, as_json: bool) -> None:
    from tripleaim.cli import show_incentives
    from tripleaim.plan import compare_rules

    compared = compare_rules(kept_run(place, data))
    if as_json:
        print_json(show_incentives.as_data(compared))
    else:
        show_incentives.comparison(out, place, compared)
