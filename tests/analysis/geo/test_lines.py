import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.geometry import polyline
from homestretch.analysis.geometry import simplify as simplify_module
from homestretch.analysis.geometry.simplify import local_metres, most_significant, significance, simplify
from tests.analysis.vectors import vector


def test_the_published_polyline() -> None:
    given, expected = vector("geom.polyline")
    lat, lon = np.array(given["points"]).T
    assert polyline.encode(lat, lon, given["precision"]) == expected["encoded"]
    np.testing.assert_allclose(np.column_stack(polyline.decode(expected["encoded"])), given["points"], atol=1e-9)


degrees = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(st.lists(degrees, max_size=30), st.integers(4, 7))
def test_what_is_encoded_comes_back_rounded(points: list[tuple[float, float]], precision: int) -> None:
    lat, lon = np.array(points, dtype=np.float64).reshape(-1, 2).T
    back = polyline.decode(polyline.encode(lat, lon, precision), precision)
    np.testing.assert_allclose(np.column_stack(back), np.column_stack((lat, lon)), atol=0.5000001 * 10**-precision)


@given(st.text(max_size=40))
def test_any_text_decodes_to_whole_points(text: str) -> None:
    lat, lon = polyline.decode(text)
    assert len(lat) == len(lon)


def test_halves_are_rounded_away_from_zero() -> None:
    assert polyline.encode(np.array([0.5]), np.array([-0.5]), 0) == polyline.encode(
        np.array([1.0]), np.array([-1.0]), 0
    )


def slow_peucker(x: list[float], y: list[float], tolerance: float) -> list[int]:
    def off(i: int, a: int, b: int) -> float:
        dx, dy = x[b] - x[a], y[b] - y[a]
        square = dx * dx + dy * dy
        along = min(1.0, max(0.0, ((x[i] - x[a]) * dx + (y[i] - y[a]) * dy) / square)) if square > 0 else 0.0
        return float(np.hypot(x[i] - x[a] - along * dx, y[i] - y[a] - along * dy))

    def keep(a: int, b: int) -> list[int]:
        if b - a < 2:
            return []
        furthest = max(range(a + 1, b), key=lambda i: off(i, a, b))
        if off(furthest, a, b) <= tolerance:
            return []
        return [*keep(a, furthest), furthest, *keep(furthest, b)]

    return sorted({0, *keep(0, len(x) - 1), len(x) - 1}) if x else []


def test_the_published_simplification() -> None:
    given, expected = vector("geom.simplify")
    x, y = np.array(given["points"], dtype=np.float64).T
    assert simplify(x, y, 1.0).tolist() == expected["rdp_eps1_idx"]
    assert simplify(x, y, 0.5).tolist() == expected["rdp_eps0_5_idx"]


@pytest.mark.parametrize("seed", range(40))
def test_all_stretches_at_once_is_one_after_the_other(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = np.cumsum(rng.normal(0, 10, (2, rng.integers(0, 120))), axis=1)
    weight = significance(x, y, 5.0)
    for tolerance in (5.0, 7.5, 20.0, 60.0):
        expected = slow_peucker(x.tolist(), y.tolist(), tolerance)
        assert simplify(x, y, tolerance).tolist() == expected
        assert np.flatnonzero(weight > tolerance).tolist() == expected


@pytest.mark.parametrize("laps", [1, 7])
def test_stretches_each_by_itself_weigh_what_all_at_once_do(monkeypatch: pytest.MonkeyPatch, laps: int) -> None:
    rng = np.random.default_rng(laps)
    lap = np.cumsum(rng.normal(0, 10, (2, 700)), axis=1)
    x, y = np.tile(lap, laps)
    weights = []
    for long in (0, 50, len(x)):
        monkeypatch.setattr(simplify_module, "LONG", long)
        weights.append(significance(x, y, 5.0).tolist())
    assert weights[0] == weights[1] == weights[2]
    assert np.flatnonzero(weights[0]).tolist() == slow_peucker(x.tolist(), y.tolist(), 5.0)


def test_a_simplified_line_is_never_further_off_than_promised() -> None:
    t = np.linspace(0, 40, 4000)
    x, y = t * np.cos(t) * 50, t * np.sin(t) * 50
    kept = simplify(x, y, 10.0)
    assert len(kept) < 400
    across = np.stack([np.interp(np.arange(4000), kept, v[kept]) for v in (x, y)])
    assert np.hypot(*(across - np.stack((x, y)))).max() < 40.0


def test_the_most_significant_points_are_a_tighter_simplification() -> None:
    rng = np.random.default_rng(1)
    x, y = np.cumsum(rng.normal(0, 10, (2, 3000)), axis=1)
    weight = significance(x, y, 1.0)
    few = most_significant(weight, 64)
    assert 60 <= len(few) <= 64
    assert few[0] == 0
    assert few[-1] == 2999
    assert few.tolist() == slow_peucker(x.tolist(), y.tolist(), float(weight[few].min()) - 1e-9)


def test_points_all_in_one_place_are_two_or_one() -> None:
    assert simplify(np.zeros(50), np.zeros(50), 1.0).tolist() == [0, 49]
    assert simplify(np.zeros(1), np.zeros(1), 1.0).tolist() == [0]
    assert simplify(np.zeros(0), np.zeros(0), 1.0).tolist() == []


def test_metres_unwrap_over_the_date_line() -> None:
    east, north = local_metres(np.array([10.0, 10, 10]), np.array([179.999, -179.999, -179.997]))
    assert np.diff(east) == pytest.approx([219.0, 219.0], abs=0.1)
    assert north.tolist() == [0, 0, 0]


def test_an_endless_zigzag_ends_and_stays_within_its_tolerance() -> None:
    n = 20_000
    x = np.arange(n, dtype=np.float64) * 20
    y = np.where(np.arange(n) % 2, 100.0, 0.0) * np.linspace(1, 0, n)
    kept = simplify(x, y, 10.0)
    assert 0 < len(kept) < n
    assert np.abs(np.interp(x, x[kept], y[kept]) - y).max() <= 20.0
