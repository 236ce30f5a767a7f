"""What is not known: joint draws of parameters, their results kept, their spread and its causes.

    parameters = in_one_order(projection.parameters(place), prevention.parameters(place))
    drawn = draws(parameters, 256, seed, correlation=shared_cause(place))
    kept = keep(folder, DrawOrigin(job, inputs_sha256, seed, version), drawn, work, context=...)

`draws` numbers from 1 (0 is CENTRAL); draw i does not depend on the count, nor a parameter's
values on the other parameters. `work(batch of draws)` returns arrays by name, one row a draw.
`between(z, value, low, high)` puts a figure inside its stated range.

Then, of results by draw: `fan` (10%, 50%, 90%), `split` (parameters apart from chance),
`rank_correlation` (with one parameter), `significant_drivers` (of many parameters and few draws
those that chance does not explain), `driving_units(units(parameters), z, result)` (each
parameter's share of the variance, parameters of one cause together), `perfect_information` and
`partial_information` (worth of knowing more for a choice among options). `as_matrix(drawn, ids)`
gives the numbers behind draws.

Documents of such results are made of the same parts (`IntervalPart`, `FanPart`, `DriverPart`,
`ParameterPart`, `DecisionPart`), and `read_result` reads them back;
`result_table` puts their numbers into one table of the same columns.
"""

from tripleaim.uncertainty.causes import Unit, UnitShare, driving_units, index_of, units
from tripleaim.uncertainty.driver_shares import Driver, rank_correlation, significant_drivers
from tripleaim.uncertainty.fans import Fan, Split, fan, split
from tripleaim.uncertainty.information import (
    Worth,
    best_option,
    partial_information,
    perfect_information,
)
from tripleaim.uncertainty.ranges import Z_80, between
from tripleaim.uncertainty.result_documents import read_result
from tripleaim.uncertainty.result_parts import (
    DecisionPart,
    DriverPart,
    FanPart,
    IntervalByYear,
    IntervalPart,
    KnownIntervalPart,
    OptionPart,
    ParameterPart,
    UncertainNumberPart,
    WorthPart,
    parameter_part,
)
from tripleaim.uncertainty.result_tables import (
    RESULT_SCHEMA,
    ResultRow,
    ResultSeries,
    result_table,
)
from tripleaim.uncertainty.sampling import (
    SHARED_CAUSE,
    as_matrix,
    draws,
    in_one_order,
    rounded_up,
    shared_cause,
)
from tripleaim.uncertainty.store import DRAWS_SUFFIX, DrawOrigin, Kept, keep, refuse_damaged_batch

__all__ = [
    "DRAWS_SUFFIX",
    "RESULT_SCHEMA",
    "SHARED_CAUSE",
    "Z_80",
    "DecisionPart",
    "DrawOrigin",
    "Driver",
    "DriverPart",
    "Fan",
    "FanPart",
    "IntervalByYear",
    "IntervalPart",
    "Kept",
    "KnownIntervalPart",
    "OptionPart",
    "ParameterPart",
    "ResultRow",
    "ResultSeries",
    "Split",
    "UncertainNumberPart",
    "Unit",
    "UnitShare",
    "Worth",
    "WorthPart",
    "as_matrix",
    "best_option",
    "between",
    "draws",
    "driving_units",
    "fan",
    "in_one_order",
    "index_of",
    "keep",
    "parameter_part",
    "partial_information",
    "perfect_information",
    "rank_correlation",
    "read_result",
    "refuse_damaged_batch",
    "result_table",
    "rounded_up",
    "shared_cause",
    "significant_drivers",
    "split",
    "units",
]
