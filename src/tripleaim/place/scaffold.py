"""A new place's folder from a population alone; the rest comes from the defaults it builds on."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from tripleaim.core import made_folder, patiently, write_whole
from tripleaim.place.addresses import refuse_folder
from tripleaim.place.editions import name_old_defaults
from tripleaim.place.england_ages import DEFAULTS
from tripleaim.place.how_files_were_read import kept_in_comments
from tripleaim.place.people_shape import bands_of, unlike_any_place
from tripleaim.place.population import Population, read_people
from tripleaim.place.population_columns import SEXES
from tripleaim.place.toml import Toml
from tripleaim.tables import File, InputError, Note, is_year, path_of, refuse

_TEMPLATE = Path(__file__).parent / "template"
_POPULATION_HEAD = """\
# People by single year of age and sex; the last age means that age and over.
# Source: see sources.csv (source <id>-population).
age,sex,population"""


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A footprint folder that was made, and what had to be understood in its population file."""

    folder: Path
    notes: tuple[Note, ...]


def new(folder: Path | str, population_file: Path | str, name: str | None = None) -> Path:
    """Make the footprint `folder` for the people in `population_file`, and return it.

    As `new_place`, which says what was understood too.
    """
    return new_place(folder, population_file, name).folder


def new_place(
    folder: Path | str,
    population_file: Path | str | File,
    name: str | None = None,
    area: str | None = None,
    year: str | None = None,
    *,
    base_year: str | None = None,
) -> NewPlace:
    """Make the footprint `folder` for the people in `population_file`.

    `population_file` is a CSV file or workbook (its path, or what was read of it) of people by age
    and sex, with the columns `age`
    (single years from 0 or bands, the last may be "90+"), `sex` and `population` by these or by
    publishers' names; `area` and `year` are those to take where it has several. `base_year` is the
    year before the plan's first, "2025/26" say; that of England's defaults unless given. Defaults
    that are old for it are named in the place's `old_defaults.csv`. The place's id is
    the folder's name; `name` is how people call it. Nothing is left behind when something is wrong:
    the folder appears whole or not at all.

    Raises InputError for a population with a fault, a name that an address cannot carry, or a
    folder that already holds something.
    """
    folder = Path(folder).absolute()
    file = Path(population_file) if isinstance(population_file, str) else population_file
    refuse_new_place(folder)
    own_id, population = folder.name, read_people(file, area, year)
    refuse(unlike_any_place(bands_of(population.people), path_of(file), "population"))
    name = (name or folder.name.replace("-", " ").replace("_", " ").title()).strip()
    if not name.isprintable() or not name:
        raise InputError("expected a name on one line", value=name)
    with place_folder(folder) as making:
        _write(making, own_id, name, population, _years_from(base_year))
        name_old_defaults(making)
    return NewPlace(folder, population.notes)


@contextmanager
def place_folder(folder: Path) -> Iterator[Path]:
    """A folder to write a place's files to, which becomes `folder` when all of them are written.

    Nothing is left behind when something goes wrong. Raises InputError for a folder that cannot be
    made, and where another has taken its name meanwhile.
    """
    with ExitStack() as made:
        try:
            made.enter_context(made_folder(folder.parent))
            making = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        except OSError as refusal:
            raise InputError(
                f"expected a folder that can be made ({refusal.strerror})", value=folder
            ) from None
        try:
            yield making
            making.chmod(0o755)
            _put_in_place(making, folder)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise


def refuse_new_place(folder: Path) -> None:
    """Raise InputError unless a place can be made of the name `folder`, which holds nothing yet."""
    refuse_to_overwrite(folder)
    refuse_folder(folder)


def _put_in_place(making: Path, folder: Path) -> None:
    """Give what was made its name. Raises InputError where another has taken that meanwhile."""
    try:
        if folder.exists():
            folder.rmdir()
        patiently(lambda: making.replace(folder))
    except OSError:
        refuse_to_overwrite(folder)
        raise


def refuse_to_overwrite(folder: Path) -> None:
    """Raise InputError unless `folder` is new or an empty folder."""
    if folder.is_dir():
        names = sorted(path.name for path in folder.iterdir())
        if names:
            raise InputError(
                f"expected a new or an empty folder; it holds {', '.join(names[:5])}", value=folder
            )
    elif folder.exists() or folder.is_symlink():
        raise InputError("expected a folder; there is already a file of this name", value=folder)


def _years_from(base_year: str | None) -> tuple[str, ...]:
    """The base year and the years of a new plan: as many as England's defaults have."""
    defaults = Toml(Path(str(files("tripleaim"))) / "footprints" / DEFAULTS / "place.toml")
    years = (defaults.take(str, "base_year"), *defaults.take(list, "years"))
    if base_year is None:
        return years
    if not is_year(base_year):
        raise InputError("expected a financial year such as 2025/26", value=base_year)
    first = int(base_year[:4])
    return tuple(f"{y}/{(y + 1) % 100:02}" for y in range(first, first + len(years)))


def _write(
    folder: Path, own_id: str, name: str, population: Population, years: tuple[str, ...]
) -> None:
    words = {
        "id": own_id,
        "name": name.replace("\\", "\\\\").replace('"', '\\"'),
        "plain_name": name,
        "defaults": DEFAULTS,
        "base_year": years[0],
        "years": ", ".join(f'"{year}"' for year in years[1:]),
        "first_year": years[1],
        "last_year": years[-1],
    }
    for file in sorted(path for path in _TEMPLATE.rglob("*") if path.is_file()):
        target = folder / file.relative_to(_TEMPLATE)
        target.parent.mkdir(exist_ok=True)
        text = re.sub(r"<(\w+)>", lambda word: words[word[1]], file.read_text("utf-8"))
        write_whole(target, text)
    lines = [f"{age},{sex},{number:.15g}" for (age, sex), number in _in_order(population.people)]
    head = _POPULATION_HEAD.replace("<id>", own_id).split("\n")
    comments = kept_in_comments(population.notes)
    text = "\n".join([*head[:-1], *comments, head[-1], *lines, ""])
    write_whole(folder / "population.csv", text)


def _in_order(people: Mapping[tuple[int, str], float]) -> list[tuple[tuple[int, str], float]]:
    return sorted(people.items(), key=lambda item: (item[0][0], SEXES.index(item[0][1])))
