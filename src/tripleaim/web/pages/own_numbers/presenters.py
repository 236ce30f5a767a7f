"""Own numbers beside the official ones, in words and as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from tripleaim import wording as words
from tripleaim.place import OwnNumber, columns_of_numbers, declared, row_of
from tripleaim.tables import read_table
from tripleaim.web.pages.own_numbers.place_now import PlaceNow
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.own_number_links import OWN_NUMBER_FORM, own_number_form
from tripleaim.web.ui.tables import PageColumn, PageTable

ROWS = 20
"""Rows of a table on one page."""
_UNKNOWN = "not known"


def answer(now: PlaceNow) -> str:
    """How many own numbers are in use."""
    if now.place is None:
        return "The files of this place cannot be read. Its own numbers are as its plan has them."
    used, all_of_them = len(now.in_use), len(now.entries)
    if not used:
        undone = f" {words.count(all_of_them)} were used before." if all_of_them else ""
        return f"{now.place.name} uses official numbers and our defaults only.{undone}"
    changed = sum(one.official_changed for one in now.in_use.values())
    note = (
        f" The official number under {words.count(changed)} of them has changed since."
        if changed
        else ""
    )
    many = "1 own number" if used == 1 else f"{words.count(used)} own numbers"
    return f"{now.place.name} uses {many} in place of official ones.{note}"


def rows(now: PlaceNow) -> list[Mapping[str, Any]]:
    """Each entry with the official value of today."""
    return [_row(entry, now) for entry in now.entries]


def _row(entry: OwnNumber, now: PlaceNow) -> Mapping[str, Any]:
    one = now.in_use.get(entry.number)
    official = one.official if one else entry.replaces
    return {
        "number": entry.number,
        "file": entry.file,
        "row": entry.row,
        "column": entry.column,
        "official": official or _UNKNOWN,
        "value": entry.value,
        "status": one.status if one else entry.status or "assumed",
        "source": entry.source,
        "who": entry.who,
        "when": entry.when,
        "why": entry.why,
        "undone": entry.undone,
        "changed_from": (entry.replaces or _UNKNOWN) if one and one.official_changed else "",
        "href": own_number_form(entry.file, entry.row, entry.column),
    }


def as_file(page: PlacePage) -> PageTable:
    """All entries as a table."""
    names = (
        *("number", "file", "row", "column", "official", "value", "status"),
        *("source", "who", "when", "why", "undone"),
    )
    columns = [PageColumn(name, name.capitalize()) for name in names]
    return PageTable("own-numbers", "Own numbers", columns, rows(PlaceNow.of(page)))


def tables(now: PlaceNow) -> list[tuple[str, str, str]]:
    """The tables of the place that may have own numbers: name, what it is, address."""
    if now.place is None:
        return []
    return [
        (name, words.capital(file.purpose), f"{OWN_NUMBER_FORM}?{urlencode({'file': name})}")
        for name in now.place.own.as_written.files
        if columns_of_numbers(name) and (file := declared(name)) is not None
    ]


def asked(figures: Sequence[str]) -> list[tuple[str, str]]:
    """Figures that the place asks for: id, address."""
    return [(one, own_number_form("figures.csv", row_of({"id": one}), "value")) for one in figures]


def rows_of_table(now: PlaceNow, name: str, text: str) -> list[Mapping[str, Any]]:
    """The rows of a table that have a text somewhere: how each is named, and its numbers.

    Raises InputError where the table cannot be read.
    """
    file = declared(name)
    if now.place is None or file is None:
        return []
    table = read_table(now.place.own.as_written.files[name], file.columns)
    numeric = [column.name for column in columns_of_numbers(name) if column.name in table.header]
    wanted = text.casefold()
    found: list[Mapping[str, Any]] = []
    for _, texts in table.texts:
        if wanted and not any(wanted in cell.casefold() for cell in texts.values()):
            continue
        row = row_of({key: texts[key] for key in file.key})
        cells = [(column, texts[column], own_number_form(name, row, column)) for column in numeric]
        found.append({"row": row, "cells": cells})
    return found
