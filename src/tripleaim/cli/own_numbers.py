"""The verbs of own numbers: list them, set one, undo one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from tripleaim.cli.arguments import PlaceName
from tripleaim.cli.terminal import out

if TYPE_CHECKING:
    from tripleaim.place import OwnNumber, Place

own_app = typer.Typer(
    help="Put own numbers in place of official ones, list them, undo them.",
    invoke_without_command=True,
    subcommand_metavar="[set FILE ROW COLUMN VALUE | undo NUMBER]",
)


@own_app.callback()
def place_own(context: typer.Context, name: PlaceName) -> None:
    """List the own numbers of a place beside the official ones; `set` and `undo` change them."""
    context.obj = name
    if context.invoked_subcommand is None:
        from tripleaim.place import load

        for line in _listed(load(name)):
            out.print(line, highlight=False, markup=False, soft_wrap=True)


@own_app.command("set", context_settings={"ignore_unknown_options": True})
def own_set(  # noqa: PLR0917 - the command line names them
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="The table, such as registered.csv.")],
    row: Annotated[
        str, typer.Argument(help="Its row, such as 'practice=L85001; sex=male; age_band=0-4'.")
    ],
    column: Annotated[str, typer.Argument(help="The column, such as patients.")],
    value: Annotated[str, typer.Argument(help="Your number.")],
    source: Annotated[str, typer.Option(help="Where it comes from, in words.")],
    who: Annotated[str, typer.Option(help="Who enters it.")],
    why: Annotated[str, typer.Option(help="Why it is better than the official one.")],
    status: Annotated[
        str, typer.Option(help="published, public, evidence, calibrated or assumed.")
    ] = "assumed",
) -> None:
    """Put your number in place of the official one, and write down source, who and why."""
    from tripleaim.place import set_own_number

    place = str(context.obj)
    made = set_own_number(
        place, file, row, column, value, source=source, who=who, why=why, status=status
    )
    told = (
        f"{made.entry.number}: {made.entry.file}, {made.entry.row}, {made.entry.column}: "
        f"{made.entry.value} in place of {made.official or 'no value'}.",
        f"To undo it: tripleaim place own {place} undo {made.entry.number}",
    )
    for line in told:
        out.print(line, highlight=False, markup=False, soft_wrap=True)


@own_app.command("undo")
def own_undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The number of the entry, as the list has it.")],
) -> None:
    """Use the official number again; the entry stays in the file with the day."""
    from tripleaim.place import undo_own_number

    entry = undo_own_number(str(context.obj), number)
    out.print(
        f"{entry.number}: {entry.file}, {entry.row}, {entry.column}: {entry.value} is not used any "
        f"more (undone {entry.undone}).",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )


def _listed(place: Place) -> Iterator[str]:
    from tripleaim.place import OWN_NUMBERS, entries_of, numbers_in_use

    entries = entries_of(place.files)
    if not entries:
        yield f"{place.name} has no own numbers ({OWN_NUMBERS})."
    in_use = {one.entry.number: one for one in numbers_in_use(place.files)}
    for entry in entries:
        one = in_use.get(entry.number)
        yield f"{entry.number}: {entry.file}, {entry.row}, {entry.column}: {entry.value}"
        if one is None:
            yield f"   undone {entry.undone}; it was in place of {entry.replaces or 'no value'}"
        else:
            yield f"   the official value is {one.official or 'not known'}"
            if one.official_changed:
                yield (
                    f"   It was {entry.replaces or 'not known'} when yours was written: set yours "
                    "again to keep it, or undo it."
                )
        yield from _said(entry)


def _said(entry: OwnNumber) -> Iterator[str]:
    yield f"   {entry.source}; {entry.who}, {entry.when}: {entry.why}"
