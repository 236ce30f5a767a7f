"""A country projected in shards, here or on a cluster, into one tally."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from tripleaim import __version__
from tripleaim.core import RunContext
from tripleaim.country import run_folder
from tripleaim.country.drawing import distribution_of, draw
from tripleaim.country.hashing import sha256_of
from tripleaim.country.job import CountryJob
from tripleaim.country.local import run_locally
from tripleaim.country.memory import MemoryNeed, available, check_memory, fitting_shards
from tripleaim.country.model import Country, sample_of
from tripleaim.country.on_spark import check_master, run_on_spark
from tripleaim.place import InputError
from tripleaim.projection import Tally, fit_laws, simulate

SOLVED_ON, FITTED_ON = 1_000_000, 300_000
"""People whom levels are solved on, and whom laws are fitted to, whatever the number of shards."""

USUAL_SHARD = 1_000_000
"""People of a shard where nobody asks for another number."""


def project_country(
    country: Country,
    context: RunContext,
    *,
    years: int = 20,
    shards: int | None = None,
    threads: int | None = None,
    memory: int | None = None,
    folder: Path | None = None,
    on: str | None = None,
) -> Tally:
    """The summed tally of everybody in `country` over `years` years; the same bytes in any shards.

    `threads` workers at a time (all cores unless said) may use `memory` bytes together (what is
    free unless said); `on` names a Spark cluster instead. Finished shards are kept in `folder`, and
    a run that was interrupted goes on with those that are missing or damaged; the result appears
    in it, whole, when all are there. Raises InputError before it starts if the run does not fit
    into memory or the folder holds another run, and if a shard cannot be finished.
    """
    workers = threads or os.cpu_count() or 1
    room = available() if memory is None else memory
    with _folder(folder) as place_of_run:
        shards = (
            shards or run_folder.shards_begun(place_of_run) or usual_shards(country, workers, room)
        )
        if shards > country.people:
            raise InputError(
                f"expected no more shards than people ({country.people:,})",
                column="shards",
                value=shards,
            )
        if on is None:
            check_memory(MemoryNeed(country.people, shards, min(workers, shards)), room)
        else:
            check_master(on)
        run = run_of(country, context.seed, years, shards)
        run_folder.claim(place_of_run, run)
        job = job_of(country, years, run, context)
        unfinished = run_folder.unfinished_shards(place_of_run, job.run)
        finished = shards - len(unfinished)

        def done(shard: int, data: bytes) -> None:
            nonlocal finished
            run_folder.store_shard(place_of_run, job.run, shard, data)
            finished += 1
            context.report("projecting people", finished / shards)

        context.report("projecting people", finished / shards)
        if on is None:
            run_locally(job, unfinished, workers, done)
        else:
            run_on_spark(job, unfinished, on, done)
        return run_folder.publish(place_of_run, job.run)


def run_of(country: Country, seed: int, years: int, shards: int) -> run_folder.Run:
    """What identifies a run: its people, luck, inputs and version."""
    return {
        "place": country.place.id,
        "inputs_sha256": country.place.sha256_of("country"),
        "counted": country.counted,
        "people": country.people,
        "seed": seed,
        "years": years,
        "version": __version__,
        "shards": shards,
    }


def job_of(country: Country, years: int, run: run_folder.Run, context: RunContext) -> CountryJob:
    """Levels solved and laws fitted, once, on samples that depend on the country alone."""
    context.report("solving levels", 0.0)
    distribution = distribution_of(country, sample_of(country, SOLVED_ON), context.seed)
    context.report("solving levels", 1.0)
    fitted_to = draw(distribution, sample_of(country, FITTED_ON))
    laws = fit_laws(country.place, fitted_to, steps=years, context=context)
    # What is compiled is kept on disk: once here, so that workers need not do it all at once.
    simulate(fitted_to.take(np.arange(min(8, len(fitted_to)))), laws, threads=1)
    return CountryJob(distribution, laws, {**run, "laws_sha256": sha256_of((distribution, laws))})


def usual_shards(country: Country, workers: int, memory: int) -> int:
    """Shards of a usual size, as many for each worker; smaller ones if memory asks for it."""
    wanted = -(-country.people // USUAL_SHARD)
    fitting = fitting_shards(country.people, workers, memory) or wanted
    each = -(-max(wanted, fitting) // workers)
    return min(each * workers, country.people)


@contextmanager
def _folder(folder: Path | None) -> Iterator[Path]:
    """The folder of a run; one that is gone afterwards where none is named."""
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="tripleaim-country-") as name:
        yield Path(name)
