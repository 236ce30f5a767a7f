"""The normal quantile and distribution, compiled, as SciPy's `ndtri` and `ndtr` to the last bit.

S. L. Moshier, Methods and Programs for Mathematical Functions, 1989 (Cephes). The quantile is a
rational function in the middle and two more of sqrt(-2 log y) in the tails; the distribution is a
rational function in the middle and two more times exp(-x x / 2) in the tails.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from tripleaim.compiling import compiled

LOWEST = 2.0**-53
"""The least that a uniform number in [0, 1) is taken for; 0 has no quantile."""

_ROOT_2_PI = 2.50662827463100050242
_TAIL = 0.13533528323661269189  # exp(-2)
_ROOT_HALF = 0.70710678118654752440
_LEAST_LOG = -7.09782712893383996843e2
"""Below this exp is taken for zero."""


@njit(inline="always")
def quantile(share: Any) -> Any:
    """The number below which a standard normal number lies with chance `share`, 0 < share < 1."""
    y = max(share, LOWEST)
    upper = y > 1.0 - _TAIL
    if upper:
        y = 1.0 - y
    if y > _TAIL:
        return _between(y)
    x = math.sqrt(-2.0 * math.log(y))
    x0 = x - math.log(x) / x
    z = 1.0 / x
    x = x0 - (_near(z) if x < 8.0 else _far(z))
    return x if upper else -x


@njit(inline="always")
def below(normal: Any) -> Any:
    """The chance that a standard normal number lies below `normal`, which is not NaN."""
    x = normal * _ROOT_HALF
    z = abs(x)
    if z < 1.0:
        return 0.5 + 0.5 * _error(x)
    if -z * z < _LEAST_LOG:
        y = 0.0
    else:
        e = math.exp(-z * z)
        y = 0.5 * (_near_error(z, e) if z < 8.0 else _far_error(z, e))
    return 1.0 - y if x > 0.0 else y


@compiled
def quantiles(shares: Any, out: Any) -> None:
    """`quantile` of each of `shares` into `out`.

    What processors do side by side is done for all: the middle first, as if there were no tails,
    then the tails, whose logarithms alone are taken one after the other.
    """
    for i in range(len(shares)):
        out[i] = _between(shares[i])
    rows, tails = np.empty(len(shares), np.int64), 0
    for i in range(len(shares)):
        rows[tails] = i
        tails += (shares[i] <= _TAIL) | (shares[i] > 1.0 - _TAIL)
    root, log, x = np.empty(tails), np.empty(tails), np.empty(tails)
    for t in range(tails):
        y = max(shares[rows[t]], LOWEST)
        log[t] = math.log(1.0 - y if y > 0.5 else y)
    for t in range(tails):
        root[t] = math.sqrt(-2.0 * log[t])
    for t in range(tails):
        log[t] = math.log(root[t])
    for t in range(tails):
        x[t] = root[t] - log[t] / root[t] - _near(1.0 / root[t])
    for t in range(tails):
        i = rows[t]
        if root[t] >= 8.0:
            out[i] = quantile(shares[i])
        else:
            out[i] = x[t] if shares[i] > 0.5 else -x[t]


@compiled
def shares_below_each(normals: Any, out: Any) -> None:
    """`below` of each of `normals` into `out`, in the manner of `quantiles`."""
    for i in range(len(normals)):
        out[i] = 0.5 + 0.5 * _error(normals[i] * _ROOT_HALF)
    rows, tails = np.empty(len(normals), np.int64), 0
    for i in range(len(normals)):
        rows[tails] = i
        tails += abs(normals[i] * _ROOT_HALF) >= 1.0
    z, y = np.empty(tails), np.empty(tails)
    for t in range(tails):
        z[t] = abs(normals[rows[t]] * _ROOT_HALF)
    for t in range(tails):
        y[t] = math.exp(-z[t] * z[t])
    for t in range(tails):
        y[t] = 0.5 * _near_error(z[t], y[t])
    for t in range(tails):
        i = rows[t]
        if z[t] >= 8.0:
            out[i] = below(normals[i])
        else:
            out[i] = 1.0 - y[t] if normals[i] > 0.0 else y[t]


@njit(inline="always")
def _between(share: Any) -> Any:
    y = share - 0.5
    x = y + y * _middle(y * y)
    return x * _ROOT_2_PI


@njit(inline="always")
def _middle(x: Any) -> Any:
    over = -5.99633501014107895267e1
    over = over * x + 9.80010754185999661536e1
    over = over * x - 5.66762857469070293439e1
    over = over * x + 1.39312609387279679503e1
    over = over * x - 1.23916583867381258016e0
    under = x + 1.95448858338141759834e0
    under = under * x + 4.67627912898881538453e0
    under = under * x + 8.63602421390890590575e1
    under = under * x - 2.25462687854119370527e2
    under = under * x + 2.00260212380060660359e2
    under = under * x - 8.20372256168333339912e1
    under = under * x + 1.59056225126211695515e1
    under = under * x - 1.18331621121330003142e0
    return x * over / under


@njit(inline="always")
def _near(x: Any) -> Any:
    over = 4.05544892305962419923e0
    over = over * x + 3.15251094599893866154e1
    over = over * x + 5.71628192246421288162e1
    over = over * x + 4.40805073893200834700e1
    over = over * x + 1.46849561928858024014e1
    over = over * x + 2.18663306850790267539e0
    over = over * x - 1.40256079171354495875e-1
    over = over * x - 3.50424626827848203418e-2
    over = over * x - 8.57456785154685413611e-4
    under = x + 1.57799883256466749731e1
    under = under * x + 4.53907635128879210584e1
    under = under * x + 4.13172038254672030440e1
    under = under * x + 1.50425385692907503408e1
    under = under * x + 2.50464946208309415979e0
    under = under * x - 1.42182922854787788574e-1
    under = under * x - 3.80806407691578277194e-2
    under = under * x - 9.33259480895457427372e-4
    return x * over / under


@njit(inline="always")
def _far(x: Any) -> Any:
    over = 3.23774891776946035970e0
    over = over * x + 6.91522889068984211695e0
    over = over * x + 3.93881025292474443415e0
    over = over * x + 1.33303460815807542389e0
    over = over * x + 2.01485389549179081538e-1
    over = over * x + 1.23716634817820021358e-2
    over = over * x + 3.01581553508235416007e-4
    over = over * x + 2.65806974686737550832e-6
    over = over * x + 6.23974539184983293730e-9
    under = x + 6.02427039364742014255e0
    under = under * x + 3.67983563856160859403e0
    under = under * x + 1.37702099489081330271e0
    under = under * x + 2.16236993594496635890e-1
    under = under * x + 1.34204006088543189037e-2
    under = under * x + 3.28014464682127739104e-4
    under = under * x + 2.89247864745380683936e-6
    under = under * x + 6.79019408009981274425e-9
    return x * over / under


@njit(inline="always")
def _error(x: Any) -> Any:
    """The error function where |x| < 1."""
    square = x * x
    over = 9.60497373987051638749e0
    over = over * square + 9.00260197203842689217e1
    over = over * square + 2.23200534594684319226e3
    over = over * square + 7.00332514112805075473e3
    over = over * square + 5.55923013010394962768e4
    under = square + 3.35617141647503099647e1
    under = under * square + 5.21357949780152679795e2
    under = under * square + 4.59432382970980127987e3
    under = under * square + 2.26290000613890934246e4
    under = under * square + 4.92673942608635921086e4
    return x * over / under


@njit(inline="always")
def _near_error(x: Any, e: Any) -> Any:
    """The complementary error function where 1 <= x < 8; e is exp(-x x)."""
    over = 2.46196981473530512524e-10
    over = over * x + 5.64189564831068821977e-1
    over = over * x + 7.46321056442269912687e0
    over = over * x + 4.86371970985681366614e1
    over = over * x + 1.96520832956077098242e2
    over = over * x + 5.26445194995477358631e2
    over = over * x + 9.34528527171957607540e2
    over = over * x + 1.02755188689515710272e3
    over = over * x + 5.57535335369399327526e2
    under = x + 1.32281951154744992508e1
    under = under * x + 8.67072140885989742329e1
    under = under * x + 3.54937778887819891062e2
    under = under * x + 9.75708501743205489753e2
    under = under * x + 1.82390916687909736289e3
    under = under * x + 2.24633760818710981792e3
    under = under * x + 1.65666309194161350182e3
    under = under * x + 5.57535340817727675546e2
    return e * over / under


@njit(inline="always")
def _far_error(x: Any, e: Any) -> Any:
    """The complementary error function where x >= 8; e is exp(-x x)."""
    over = 5.64189583547755073984e-1
    over = over * x + 1.27536670759978104416e0
    over = over * x + 5.01905042251180477414e0
    over = over * x + 6.16021097993053585195e0
    over = over * x + 7.40974269950448939160e0
    over = over * x + 2.97886665372100240670e0
    under = x + 2.26052863220117276590e0
    under = under * x + 9.39603524938001434673e0
    under = under * x + 1.20489539808096656605e1
    under = under * x + 1.70814450747565897222e1
    under = under * x + 9.60896809063285878198e0
    under = under * x + 3.36907645100081516050e0
    return e * over / under
