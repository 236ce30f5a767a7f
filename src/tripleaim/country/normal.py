"""The normal quantile, compiled, as SciPy's `ndtri` has it to the last bit.

S. L. Moshier, Methods and Programs for Mathematical Functions, 1989 (Cephes): a rational function
in the middle, two more of sqrt(-2 log y) in the tails.
"""

from __future__ import annotations

import math
from typing import Any

from numba import njit

LOWEST = 2.0**-53
"""The least that a uniform number in [0, 1) is taken for; 0 has no quantile."""

_ROOT_2_PI = 2.50662827463100050242
_TAIL = 0.13533528323661269189  # exp(-2)


@njit(inline="always")
def quantile(share: Any) -> Any:
    """The number below which a standard normal number lies with chance `share`, 0 < share < 1."""
    y = max(share, LOWEST)
    upper = y > 1.0 - _TAIL
    if upper:
        y = 1.0 - y
    if y > _TAIL:
        y = y - 0.5
        x = y + y * _middle(y * y)
        return x * _ROOT_2_PI
    x = math.sqrt(-2.0 * math.log(y))
    x0 = x - math.log(x) / x
    z = 1.0 / x
    x = x0 - (_near(z) if x < 8.0 else _far(z))
    return x if upper else -x


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
