"""Everything that a back-test reads of a place, read without leading a life."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tripleaim.backtest.base_year_lives import registers_counting, write_place
from tripleaim.backtest.settings import FILE, read_history, read_settings
from tripleaim.place import Place, load


def check_backtest_inputs(place: Place) -> None:
    """Read a place's history, and what was known at its base as a place, where it has a history.

    Raises InputError at a fault.
    """
    registers_counting(place)
    if not place.own.has(FILE):
        return
    setting, history = read_settings(place), read_history(place)
    with TemporaryDirectory(prefix="tripleaim-check-") as name:
        folder = Path(name) / f"{place.id}-then"
        folder.mkdir()
        write_place(
            folder,
            place,
            setting,
            base=setting.base,
            known=history.record.until(setting.base.over),
            england_wales=history.england_wales.until(setting.base.over.year - 1),
            steps=setting.last.year - setting.base.year,
        )
        load(folder)
