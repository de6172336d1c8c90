import numpy as np
import pytest

from homestretch.analysis.geo.levels import areas, removal
from tests.analysis.geo.vectors import vector


def test_the_published_order_of_removal() -> None:
    given, expected = vector("geom.simplify")
    found = removal(*np.array(given["points"], dtype=np.float64).T)
    assert [i for i, _ in found] == [one["idx"] for one in expected["visvalingam_removal_order"]]
    assert [a for _, a in found] == pytest.approx([o["area"] for o in expected["visvalingam_removal_order"]], abs=1e-9)


def slow_removal(x: list[float], y: list[float]) -> list[int]:
    left, order = list(range(len(x))), []
    while len(left) > 2:

        def area(k: int) -> float:
            a, i, b = left[k - 1 : k + 2]
            return 0.5 * abs((x[i] - x[a]) * (y[b] - y[a]) - (x[b] - x[a]) * (y[i] - y[a]))

        order.append(left.pop(min(range(1, len(left) - 1), key=area)))
    return order


@pytest.mark.parametrize("seed", range(25))
def test_the_least_area_goes_first_every_time(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = np.cumsum(np.round(rng.normal(0, 10, (2, rng.integers(0, 60))), seed % 3), axis=1)
    assert [i for i, _ in removal(x, y)] == slow_removal(x.tolist(), y.tolist())


def test_any_level_is_what_was_not_removed_by_then() -> None:
    rng = np.random.default_rng(1)
    x, y = np.cumsum(rng.normal(0, 10, (2, 400)), axis=1)
    weight, order = areas(x, y), [i for i, _ in removal(x, y)]
    assert np.isinf(weight[[0, -1]]).all()
    assert (np.diff(weight[order]) >= 0).all()
    for least in (1.0, 30.0, 200.0):
        gone = np.count_nonzero(weight <= least)
        assert set(np.flatnonzero(weight <= least)) == set(order[:gone])
    assert areas(np.zeros(0), np.zeros(0)).tolist() == []
    assert len(removal(np.zeros(2), np.zeros(2))) == 0
