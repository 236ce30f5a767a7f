"""What the simple model expects exactly, and how far a run's counts lie from it."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.simple_inputs import AGES, CONDITIONS, SEXES, chances, cohorts, prevalence

Floats = npt.NDArray[np.float64]
COUNTED = ("alive", *(condition.id for condition in CONDITIONS), "no condition")


@dataclass(frozen=True)
class Expectation:
    """Of each count in each year, shape (years + 1, 7): its mean and its standard deviation."""

    mean: Floats
    deviation: Floats

    def z(self, counts: npt.ArrayLike) -> Floats:
        """Standard deviations between `counts` and the mean, of the columns that `counts` has.

        0 where nothing can vary; raises ValueError if something did.
        """
        found = np.asarray(counts, dtype=np.float64)
        mean, deviation = self.mean[:, : found.shape[1]], self.deviation[:, : found.shape[1]]
        off, still = found - mean, deviation == 0
        if np.any(np.abs(off[still]) > 1e-6):
            raise ValueError(f"expected exactly {mean[still]}, found {off[still]} more")
        return np.divide(off, deviation, out=np.zeros_like(off), where=~still)


def expected(people: int, years: int, *, ages_drawn: bool = False) -> Expectation:
    """The closed form, cohort by cohort.

    A person of a cohort is alive and has condition k with the chance S(t) P_k(t), where
    S(t + 1) = S(t) (1 - q) and P_k(t + 1) = P_k(t) + (1 - P_k(t)) i_k, q and i_k the chances of the
    age reached: conditions are independent of death and of each other. A count is a sum of
    independent draws of chance p, so its variance is the sum of p (1 - p).

    Where `ages_drawn`, each person's age and sex are drawn too, and all have the same mean chance.
    """
    size = cohorts(people).astype(np.float64)
    chance, has = chances(), prevalence()
    alive = np.ones((len(SEXES), AGES))
    mean, variance = np.empty((2, years + 1, len(COUNTED)))
    age = np.arange(AGES)
    for year in range(years + 1):
        none = np.prod(1 - has, axis=2, keepdims=True)
        p = alive[..., None] * np.concatenate([np.ones_like(none), has, none], axis=2)
        mean[year] = np.einsum("sa,sac->c", size, p)
        variance[year] = np.einsum("sa,sac->c", size, p * (1 - p))
        if ages_drawn:
            variance[year] = mean[year] * (1 - mean[year] / people)
        now = chance[:, np.minimum(age + year, AGES - 1)]
        alive = alive * (1 - now[..., 0])
        has = has + (1 - has) * now[..., 1:]
    # Sums that cannot vary leave dust below the last digit of a double.
    return Expectation(mean, np.sqrt(np.where(variance < 1e-6, 0.0, variance)))


if __name__ == "__main__":
    found = expected(int(sys.argv[1]), int(sys.argv[2]))
    for year, (mean, deviation) in enumerate(zip(found.mean, found.deviation, strict=True)):
        pairs = zip(COUNTED, mean, deviation, strict=True)
        sys.stdout.write(f"{year} {', '.join(f'{n} {m:.1f} ± {d:.1f}' for n, m, d in pairs)}\n")
