"""Empty tables of the tidy layout for later official figures: what to fill in, and as what."""

from __future__ import annotations

from pathlib import Path

from tripleaim.backtest.base_year_lives import OLD_BANDS, registers_counting
from tripleaim.backtest.observations import TABLES, financial
from tripleaim.backtest.score import SINGLE_YEARS
from tripleaim.backtest.settings import read_settings
from tripleaim.core import made_folder, write_whole
from tripleaim.people import SEXES
from tripleaim.place import InputError, Place


def write_template(place: Place, folder: Path) -> tuple[Path, ...]:
    """Tables with a row for each value of the plan's years that has a forecast, each
    behind a `#`: take it away where the figure is known. Raises InputError at a file that exists.
    """
    setting = read_settings(place)
    first, last = int(place.years[0][:4]), int(place.years[-1][:4])
    years = range(first, last + 1)
    old = [f"{sex} {band}" for sex in SEXES for band in OLD_BANDS]
    bodies = (*setting.trusts, setting.country)
    rows = {
        "population.csv": [
            (setting.people, s, str(y)) for y in years for names in SINGLE_YEARS for s in names
        ],
        "deaths.csv": [(setting.people, s, str(y)) for y in years for s in ("all", *old)],
        "registers.csv": [
            (setting.registers, r.id, financial(y))
            for y in years
            for r in registers_counting(place)
        ],
        "ae.csv": [(b, "attendances", financial(y)) for y in years for b in bodies],
        "beds.csv": [
            (b, s, financial(y)) for y in years for b in bodies for s in ("available", "occupied")
        ],
    }
    files = {folder / name: lines for name, lines in rows.items()}
    for path in files:
        if path.exists():
            raise InputError("expected a file that does not exist yet", file=path)
    with made_folder(folder):
        for path, lines in files.items():
            text = [f"# {TABLES[path.name]}", "body,series,period,value"]
            text += [f"# {body},{series},{when}," for body, series, when in lines]
            write_whole(path, "\n".join(text) + "\n")
    return tuple(files)
