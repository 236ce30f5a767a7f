"""All draws from the few that were simulated: what programmes add, how far the spread is off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pytest

from tripleaim.place import CENTRAL, Draw, Place
from tripleaim.prevention.assemble_money import Results
from tripleaim.prevention.assemble_uncertainty import headline_values
from tripleaim.prevention.money import MOST_LAG, Prices
from tripleaim.prevention.programmes import Prevention, parameters
from tripleaim.prevention.scenarios import Arrays
from tripleaim.prevention.spread import DrawSample, spread_over
from tripleaim.prevention.spread_error import spread_errors

EVERY, SEEDS, RATIO = 128, 8, 4.0
QALYS, CONTACTS, JOINED = 100.0, -4_000.0, 1_000.0


@dataclass(frozen=True)
class Model:
    """What programmes do, as a formula: results of draws with luck of a known size."""

    place: Place
    programmes: tuple[Prevention, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(p.id for p in parameters(self.programmes))

    @property
    def years(self) -> tuple[str, ...]:
        return self.place.years

    def draws(self, seed: int) -> tuple[Draw, ...]:
        z = np.random.default_rng(seed).standard_normal((EVERY, len(self.parameters)))
        return tuple(
            Draw(n, dict(zip(self.parameters, row, strict=True))) for n, row in enumerate(z, 1)
        )

    def results(self, drawn: tuple[Draw, ...], luck: float, rng: np.random.Generator) -> Arrays:
        """(D, ...) by name; `luck` is relative to what a programme does and is the same for health
        and for care of a person."""
        size, points = len(self.programmes), len(self.place.points_of_delivery)
        dates = len(self.years) + 1
        scale = np.array([[self.multiple(p, draw) for p in self.programmes] for draw in drawn])
        lucky = scale + luck * rng.standard_normal(scale.shape)
        does = np.concatenate([np.zeros((len(drawn), 1)), lucky.sum(axis=1)[:, None], lucky], 1)
        by_year = does[:, :, None, None] * np.ones((1, 1, dates, 5)) / (len(self.years) * 5)
        joined = np.ones((len(drawn), 2, dates, 5, size)) * JOINED * scale[:, None, None, None]
        return {
            "qalys": 1e5 + QALYS * by_year[:, :, 1:],
            "contacts": 1e6 + CONTACTS * by_year[..., None] * np.ones(points),
            "joined": joined,
            "members": joined.sum(axis=3),
            "registered": np.full((len(drawn), 2 + size, dates), 1e5),
        }

    def multiple(self, programme: Prevention, draw: Draw) -> float:
        own = [draw.of(p.id) for p in parameters([programme])]
        return 1 + 0.3 * own[0] + 0.1 * own[-1]

    def sample(self, seed: int, luck: float = 0.5) -> tuple[DrawSample, Arrays, Results]:
        rng = np.random.default_rng(1000 + seed)
        drawn = self.draws(3)
        simulated = drawn[seed % 2 :: 2]
        by_seed = [
            {name: values[0] for name, values in one.items()}
            for one in (self.results((CENTRAL,), luck / RATIO**0.5, rng) for _ in range(SEEDS))
        ]
        central = {name: np.mean([one[name] for one in by_seed], axis=0) for name in by_seed[0]}
        arrays = self.results(simulated, luck, rng)
        found = DrawSample(
            drawn, simulated, arrays, self.programmes, self.parameters, by_seed, RATIO
        )
        read = Results(self.place, self.programmes, self.years, {}, (CENTRAL, *drawn), self.prices)
        return found, central, read

    @property
    def prices(self) -> Prices:
        """Every contact costs £50, which the first organisation pays and saves at once."""
        points = tuple(p.id for p in self.place.points_of_delivery)
        payers = tuple(one.id for one in self.place.organisations)
        share, release = np.zeros((len(points), len(payers))), np.zeros((len(points), MOST_LAG + 1))
        share[:, 0] = release[:, 0] = 1
        factor = np.ones((len(self.years) + 1, len(points)))
        cost = np.full(len(points), 50.0)
        return Prices(self.years[0], points, cost, factor, payers, share, release)


@pytest.fixture(scope="module")
def model(somerset: Place, somerset_programmes: Mapping[str, Prevention]) -> Model:
    return Model(somerset, tuple(somerset_programmes.values()))


def gained(around: Arrays) -> npt.NDArray[np.float64]:
    """(1 + N, scenarios) QALYs more than if nothing is done."""
    qalys = around["qalys"].sum(axis=(2, 3))
    return np.asarray(qalys - qalys[:, [0]])


def test_all_together_is_the_sum_of_each_alone_in_every_draw_where_none_meet(model: Model) -> None:
    sample, central, _ = model.sample(0)
    found = gained(spread_over(sample).around(central))
    assert found[1:, 1].std() > 0
    np.testing.assert_allclose(found[:, 1], found[:, 2:].sum(axis=1), rtol=1e-9)


def test_what_programmes_do_to_each_other_is_part_of_all_together(model: Model) -> None:
    """Together they do 50 less in every draw: the level is the central draws', the spread as is."""
    sample, central, _ = model.sample(0)

    def met(arrays: Arrays) -> Arrays:
        qalys = arrays["qalys"].copy()
        qalys[..., 1, :, :] -= 50.0 / qalys[..., 1, :, :][(0,) * (qalys.ndim - 3)].size
        return {**arrays, "qalys": qalys}

    lower = replace(sample, arrays=met(sample.arrays), by_seed=[met(one) for one in sample.by_seed])
    before = gained(spread_over(sample).around(central))
    after = gained(spread_over(lower).around(met(central)))
    assert (before - after)[:, 1] == pytest.approx((before - after)[0, 1], rel=1e-6)
    np.testing.assert_allclose(after[:, 2:], before[:, 2:], rtol=1e-9)


def test_a_programmes_spread_is_that_of_its_own_parameters(model: Model) -> None:
    sample, central, _ = model.sample(1, luck=0.1)
    found = gained(spread_over(sample).around(central))
    for j, programme in enumerate(model.programmes):
        true = [model.multiple(programme, draw) for draw in sample.drawn]
        assert np.corrcoef(found[1:, 2 + j], true)[0, 1] > 0.9


def test_the_printed_errors_agree_with_other_samples(model: Model) -> None:
    """Eight samples of other people and other draws: how far a draw and the spread really move."""
    draw_errors, spread_errors_, spreads, by_draw = [], [], [], []
    for seed in range(8):
        sample, central, read = model.sample(seed)
        spread = spread_over(sample)
        errors = spread_errors(sample, spread, central, read)
        values = headline_values(replace(read, arrays=spread.around(central)))["qalys"][2]
        draw_errors.append(errors.of_draw["qalys"])
        spread_errors_.append(errors.of_spread["qalys"])
        spreads.append(np.std(values[1:], ddof=1))
        by_draw.append(values[1:] - values[0])
    moved = np.std(by_draw, axis=0, ddof=1)
    assert np.mean(draw_errors) == pytest.approx(np.sqrt(np.mean(moved**2)), rel=0.35)
    assert np.mean(spread_errors_) == pytest.approx(np.std(spreads, ddof=1), rel=0.5)


def test_without_luck_a_draw_has_no_error(model: Model) -> None:
    sample, central, read = model.sample(0, luck=0.0)
    spread = spread_over(sample)
    errors = spread_errors(sample, spread, central, read)
    assert errors.of_draw["qalys"] == pytest.approx(0, abs=1e-6)
    values = headline_values(replace(read, arrays=spread.around(central)))["qalys"][2]
    true = [QALYS * sum(model.multiple(p, d) for p in model.programmes) for d in sample.drawn]
    assert np.std(values[1:]) == pytest.approx(np.std(true), rel=0.15)


@pytest.mark.parametrize(("seeds", "simulated"), [(3, 64), (8, 8)])
def test_an_unknown_error_is_not_reported(model: Model, seeds: int, simulated: int) -> None:
    sample, central, read = model.sample(0)
    fewer = replace(
        sample,
        by_seed=sample.by_seed[:seeds],
        simulated=sample.simulated[:simulated],
        arrays={name: values[:simulated] for name, values in sample.arrays.items()},
    )
    errors = spread_errors(fewer, spread_over(fewer), central, read)
    assert bool(errors.of_draw) == (seeds >= 4)
    assert bool(errors.of_spread) == (simulated >= 16)
