import gzip
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.corpus import test_data as data_folder
from homestretch.analysis.geo.apart import distances, dtw, frechet, hausdorff, walkable
from homestretch.analysis.geo.routes import (
    PERMUTATIONS,
    Signature,
    alike_long,
    compare,
    coverage,
    leash,
    minhash,
    signature,
)
from homestretch.analysis.geometry.distance import haversine
from homestretch.formats import decode
from tests.analysis.geo.test_segments import degrees
from tests.analysis.geo.vectors import real_named, vector


def test_the_published_distances() -> None:
    given, expected = vector("geom.dist")
    (px, py), (qx, qy) = (np.array(given[key], dtype=np.float64).T for key in "PQ")
    apart = distances((px, py), (qx, qy))
    assert frechet(apart) == pytest.approx(expected["discrete_frechet_PQ"], abs=1e-9)
    assert frechet(apart[:, ::-1]) == pytest.approx(expected["discrete_frechet_P_revQ"], abs=1e-9)
    assert hausdorff(apart) == pytest.approx(expected["hausdorff_P_to_Q"], abs=1e-9)
    assert hausdorff(apart.T) == pytest.approx(expected["hausdorff_Q_to_P"], abs=1e-9)
    assert dtw(apart) == pytest.approx(expected["dtw_sum"], abs=1e-9)


def slow_apart(apart: np.ndarray) -> tuple[float, float]:
    """Return Fréchet and DTW, pair after pair."""
    leashes, sums = np.full(apart.shape, np.inf), np.full(apart.shape, np.inf)
    for i in range(apart.shape[0]):
        for j in range(apart.shape[1]):
            before = [(a, b) for a, b in ((i - 1, j), (i, j - 1), (i - 1, j - 1)) if a >= 0 and b >= 0]
            leashes[i, j] = max(apart[i, j], min((leashes[p] for p in before), default=0.0))
            sums[i, j] = apart[i, j] + min((sums[p] for p in before), default=0.0)
    return float(leashes[-1, -1]), float(sums[-1, -1])


@pytest.mark.parametrize("seed", range(40))
def test_distances_against_pair_after_pair(seed: int) -> None:
    rng = np.random.default_rng(seed)
    m, n = rng.integers(1, 24, 2)
    apart = np.round(rng.uniform(0, 9, (m, n)), seed % 3)
    shortest, least = slow_apart(apart)
    assert frechet(apart) == shortest
    assert dtw(apart) == pytest.approx(least)
    for limit in np.unique(apart):
        assert walkable(apart <= limit) == (shortest <= limit)


def route(corners: list[tuple[float, float]], lat: float = 50.0, lon: float = 14.0, off: float = 0.0) -> Signature:
    x, y = np.array(corners, dtype=np.float64).T
    chain = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))))
    on = np.arange(0.0, chain[-1], 7.0)
    rng = np.random.default_rng(len(on))
    noise = rng.normal(0, off, (2, len(on)))
    latitude, longitude = degrees(np.interp(on, chain, x) + noise[0], np.interp(on, chain, y) + noise[1], lat, lon)
    return signature(latitude, (longitude + 180) % 360 - 180)


LINE = [(0.0, 0.0), (2000.0, 0.0), (2000.0, 1500.0), (3500.0, 1500.0)]
LOOP = [(0.0, 0.0), (2000.0, 0.0), (2000.0, 1500.0), (300.0, 1700.0), (0.0, 0.0)]


@pytest.mark.parametrize("lon", [14.0, 179.99])
def test_the_same_way_again_back_and_round(lon: float) -> None:
    line = route(LINE, lon=lon)
    assert compare(line, route(LINE, lon=lon, off=2.0)) == "same"
    assert compare(line, route(LINE[::-1], lon=lon)) == "reversed"
    back = route([*LINE, *LINE[::-1]], lon=lon)
    assert compare(back, route([*LINE, *LINE[::-1]], lon=lon, off=1.0)) == "both"
    assert compare(line, back) is None


def test_a_loop_from_another_start() -> None:
    loop = route(LOOP)
    assert compare(loop, route(LOOP, off=1.0)) == "same"
    for begin in range(1, 4):
        turned = [*LOOP[begin:-1], *LOOP[: begin + 1]]
        assert compare(loop, route(turned)) == "other_start"
        assert compare(loop, route(turned[::-1])) == "reversed"
    assert compare(loop, route([(900.0, 0.0), *LOOP[1:], (900.0, 0.0)])) == "other_start"
    assert compare(loop, route(LOOP[::-1])) == "reversed"


def test_another_way_is_another_route() -> None:
    assert compare(route(LINE), route([(0.0, 0.0), (2000.0, 0.0), (2000.0, 1500.0), (2000.0, 3000.0)])) is None
    assert compare(route(LINE), route([(x, y + 60.0) for x, y in LINE])) is None
    assert compare(route(LINE), route(LINE[:3])) is None
    assert compare(route(LINE), route(LINE, lat=51.0)) is None
    one = [(0.0, 0.0), (800.0, 800.0), (1600.0, 0.0), (800.0, -800.0), (0.0, 0.0)]
    two = [(0.0, 0.0), (-800.0, 800.0), (-1600.0, 0.0), (-800.0, -800.0), (0.0, 0.0)]
    assert compare(route([*one, *two]), route([*one, *two[::-1]])) is None


def test_a_long_way_with_many_bends_is_known_again() -> None:
    bends = [(300.0 * i, 120.0 * (i % 2)) for i in range(120)]
    assert compare(route(bends), route(bends, off=1.0)) == "same"


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 2**34 - 1), min_size=1, max_size=300), st.sets(st.integers(0, 2**34 - 1), max_size=300))
def test_equal_least_numbers_are_about_the_common_share(one: set[int], more: set[int]) -> None:
    both = one | more
    a, b = (minhash(np.array(sorted(v), dtype=np.int64)) for v in (one, both))
    share = len(one) / len(both)
    spread = np.sqrt(share * (1 - share) / PERMUTATIONS)
    assert abs(np.count_nonzero(a == b) / PERMUTATIONS - share) <= 5 * spread + 1e-9


def test_routes_much_alike_share_a_band_and_strangers_none() -> None:
    line, again = route(LINE), route(LINE, off=2.0)
    assert line.alike(again) > 0.6
    assert any(a == b for a, b in zip(line.bands, again.bands, strict=True))
    assert not any(a == b for a, b in zip(line.bands, route(LINE, lat=51.0).bands, strict=True))
    assert len(line.bands) == 16
    assert all(-(2**63) <= band < 2**63 for band in line.bands)


def test_a_signature_comes_back_from_its_bytes() -> None:
    made = route(LOOP)
    back = Signature.from_bytes(made.to_bytes())
    assert (back.length_m, back.box, back.bands) == (made.length_m, made.box, made.bands)
    np.testing.assert_allclose(back.points, made.points, atol=5.1e-6)
    np.testing.assert_allclose(back.line, made.line, atol=5.1e-6)
    assert compare(made, back) == "same"
    for broken in (b"", made.to_bytes()[:-1], b"\xff" + made.to_bytes()[1:]):
        with pytest.raises(ValueError, match="signature"):
            Signature.from_bytes(broken)


def test_metres_that_are_known_already_need_no_computing() -> None:
    lat, lon = degrees(np.cumsum(np.arange(60.0)), np.zeros(60))
    way = haversine(lat[:-1], lon[:-1], lat[1:], lon[1:])
    assert signature(lat, lon, way).to_bytes() == signature(lat, lon).to_bytes()


def test_one_place_has_a_signature_and_none_has_not() -> None:
    still = signature(np.full(3, 50.0), np.full(3, 14.0))
    assert still.length_m == 0
    assert compare(still, Signature.from_bytes(still.to_bytes())) == "both"
    assert signature(np.array([50.0]), np.array([14.0])).line.shape == (2, 2)
    with pytest.raises(ValueError, match="without a place"):
        signature(np.zeros(0), np.zeros(0))


def test_one_real_ride_from_two_files_is_one_route_and_two_rides_are_two() -> None:
    made = []
    for name in ("4078723797.fit", "4078723797_strava.gpx", "4801048867.fit", "4801048867_strava.gpx"):
        path = real_named(name)
        (recording,) = decode(path.read_bytes(), path.name).recordings
        lat, lon = recording.values("latitude"), recording.values("longitude")
        assert lat is not None and lon is not None
        known = ~np.isnan(lat)
        made.append(signature(lat[known], lon[known]))
    assert compare(made[0], made[1]) in {"same", "both"}
    assert compare(made[2], made[3]) in {"same", "both"}
    assert compare(made[0], made[2]) is None


def test_the_only_repeated_route_of_a_month_of_runs() -> None:
    given, expected = vector("routes.trackeR")
    folder = data_folder()
    paths = sorted(folder.rglob("2013-06-*.TCX.gz")) if folder else []
    if len(paths) < 33:
        pytest.skip(f"the runs of {given['repo']} are not here")
    runs = {}
    for path in paths:
        recording = decode(gzip.decompress(path.read_bytes()), path.name.removesuffix(".gz")).recordings[0]
        lat, lon = recording.values("latitude"), recording.values("longitude")
        if lat is not None and lon is not None:
            known = ~(np.isnan(lat) | np.isnan(lon))
            runs[path.name.split(".")[0]] = signature(lat[known], lon[known])
    pairs = [pair for pair in combinations(sorted(runs), 2) if alike_long(runs[pair[0]], runs[pair[1]])]
    covered = {pair: min(coverage(runs[pair[0]], runs[pair[1]])) for pair in pairs}
    same = [pair for pair in pairs if compare(runs[pair[0]], runs[pair[1]])]
    assert [list(pair) for pair in same] == expected["same_route_pairs"]
    assert covered[same[0]] == pytest.approx(expected["coverage"], abs=0.05)
    assert leash(runs[same[0][0]], runs[same[0][1]]) == pytest.approx(expected["frechet_m"], abs=5)
    others = max(share for pair, share in covered.items() if pair != same[0])
    assert others == pytest.approx(expected["best_other_min_coverage_with_len_ratio_ge_0_9"], abs=0.05)
