"""A whole country in shards, on one small machine or many.

`country_of` says who lives there, `project_country` projects everybody's life, in worker processes
that may be killed or as tasks of Spark; any number of shards gives the same bytes. Finished shards
are kept, and the memory needed is checked before anything starts.
"""

from tripleaim.country.drawing import PeopleDistribution, distribution_of, draw
from tripleaim.country.local import run_locally
from tripleaim.country.memory import GIB, MemoryNeed, available, check_memory, fitting_shards
from tripleaim.country.model import Country, country_of, sample_of, shard_numbers
from tripleaim.country.official import OfficialYear, read_official
from tripleaim.country.run import project_country
from tripleaim.country.run_folder import read_result
from tripleaim.country.shard_file import DamagedError, from_bytes, tally_sha256, to_bytes

__all__ = [
    "GIB",
    "Country",
    "DamagedError",
    "MemoryNeed",
    "OfficialYear",
    "PeopleDistribution",
    "available",
    "check_memory",
    "country_of",
    "distribution_of",
    "draw",
    "fitting_shards",
    "from_bytes",
    "project_country",
    "read_official",
    "read_result",
    "run_locally",
    "sample_of",
    "shard_numbers",
    "tally_sha256",
    "to_bytes",
]
