"""The five-year plan drawn many times: how far the result may differ, what makes it differ, and
what it would be worth to know.

`draw_futures(workspace, count)` writes `futures.json` (a `FuturesDocument`) into the folder of a
run; `read_futures(folder)` reads it; `parameters(place, nothing)` lists what moves.
"""

from tripleaim.plan.futures.document import FUTURES_FILE, FuturesDocument, read_futures
from tripleaim.plan.futures.run import USUAL_COUNT, draw_futures
from tripleaim.plan.futures.uncertain_parameters import parameters

__all__ = [
    "FUTURES_FILE",
    "USUAL_COUNT",
    "FuturesDocument",
    "draw_futures",
    "parameters",
    "read_futures",
]
