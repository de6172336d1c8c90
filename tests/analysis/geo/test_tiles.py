from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.geometry import tiles
from homestretch.analysis.geometry.tiles import (
    bounds,
    cell,
    cells_at,
    clusters,
    dilated,
    max_square,
    neighbours,
    parent,
    tile,
    tile_of,
    track_cells,
)
from tests.analysis.geo.vectors import vector


def places_at(x: object, y: object, zoom: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the degrees of places in units of tiles."""
    count = 1 << zoom
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * np.asarray(y, dtype=np.float64) / count))))
    return lat, np.asarray(x, dtype=np.float64) / count * 360 - 180


def touched(lat: np.ndarray, lon: np.ndarray, zoom: int, breaks: np.ndarray | None = None) -> set[tuple[int, int]]:
    x, y = tile_of(track_cells(lat, lon, breaks, zoom))
    return set(zip(x.tolist(), y.tolist(), strict=True))


def test_the_published_tiles() -> None:
    given, expected = vector("tile.z14")
    lat, lon = np.array(given["points"]).T
    assert np.column_stack(tile(lat, lon, given["zoom"])).tolist() == expected["tiles"]
    at_17 = np.column_stack(tile(lat, lon, 17)).tolist()
    assert [at_17[0], at_17[3]] == expected["zoom17"]


def test_the_published_cells_and_their_parents() -> None:
    given, expected = vector("tile.quadkey")
    (x14, y14, _), (x17, y17, _) = given["tiles"]
    own = cell(np.array([x14, x17]), np.array([y14, y17]))
    assert own.tolist() == expected["quadkey_int"]
    assert [v.tolist() for v in tile_of(own)] == [[x14, x17], [y14, y17]]
    above = parent(own[1:], 17, 14)
    assert above.tolist() == [own[1] >> 6]
    assert [v[0] for v in tile_of(above)] == expected["parent_z14"]


def test_the_published_gaps_between_diagonal_tiles() -> None:
    given, expected = vector("pub.gap_tiles")
    for pair, missing in zip(given["interp_pairs"], expected["missing_tile"], strict=True):
        x, y = (np.array(pair) + 8).T
        ends = {(int(a), int(b)) for a, b in zip(x, y, strict=True)}
        found = touched(*places_at(x, y, 6), 6)
        assert found == ends | ({(missing[0] + 8, missing[1] + 8)} if missing else set())


def test_the_published_square_and_cluster() -> None:
    given, expected = vector("tile.square")
    visited = np.array(given["tiles"])
    square = max_square(visited)
    assert square is not None
    assert (square.size, [square.x, square.y]) == (expected["max_square"], expected["square_min_xy"])
    found = clusters(visited)
    assert found.largest == expected["max_cluster"]
    assert np.count_nonzero(found.group >= 0) == expected["cluster_tiles"]


whole = st.integers(0, 2**31 - 1)


@given(whole, whole, st.integers(0, 31))
def test_cells_are_the_bits_of_x_and_y_in_turn(x: int, y: int, up: int) -> None:
    slow = sum(((x >> i) & 1) << (2 * i) | ((y >> i) & 1) << (2 * i + 1) for i in range(31))
    assert cell(np.array([x]), np.array([y])).tolist() == [slow]
    assert [v.tolist() for v in tile_of(np.array([slow]))] == [[x], [y]]
    assert parent(np.array([slow]), up, 0).tolist() == cell(np.array([x >> up]), np.array([y >> up])).tolist()


@given(st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 20))
def test_a_place_lies_within_its_tile(lat: float, lon: float, zoom: int) -> None:
    (x,), (y,) = tile(np.array([lat]), np.array([lon]), zoom)
    south, west, north, east = bounds(int(x), int(y), zoom)
    assert south - 1e-9 <= np.clip(lat, -tiles.EDGE, tiles.EDGE) <= north + 1e-9
    # A hair short of the date line is rounded on to it, which is 180° west.
    assert west - 1e-9 <= (lon if lon < 180 - 1e-9 or x else -180) <= east + 1e-9


def slow_touched(x: np.ndarray, y: np.ndarray) -> set[tuple[int, int]]:
    """Sample every step that is drawn two thousand times."""
    found = {(int(a), int(b)) for a, b in zip(np.floor(x), np.floor(y), strict=True)}
    for i in range(len(x) - 1):
        if max(abs(np.floor(x[i + 1]) - np.floor(x[i])), abs(np.floor(y[i + 1]) - np.floor(y[i]))) > 1:
            continue
        t = np.linspace(0, 1, 2001)
        along = (x[i] + t * (x[i + 1] - x[i]), y[i] + t * (y[i + 1] - y[i]))
        found |= {(int(a), int(b)) for a, b in zip(*(np.floor(v) for v in along), strict=True)}
    return found


@pytest.mark.parametrize("seed", range(30))
def test_every_tile_that_a_line_crosses_and_no_other(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = np.cumsum(rng.normal(0, 0.5, (2, 200)), axis=1) + 4000
    found, slow = touched(*places_at(x, y, 13), 13), slow_touched(x, y)
    assert slow <= found
    # Sampling may miss a corner cut by less than a two thousandth of a step.
    assert len(found - slow) <= 1


def test_steps_over_breaks_and_jumps_are_not_drawn() -> None:
    lat, lon = places_at([10.9, 11.2, 14.5, 14.6], [20.8, 21.1, 21.1, 21.2], 8)
    ends = {(10, 20), (11, 21), (14, 21)}
    assert len(touched(lat, lon, 8) - ends) == 1
    assert touched(lat, lon, 8, np.array([True, False, False])) == ends
    assert touched(lat, lon, 8, np.array([False, True, True])) - ends


def test_a_jump_among_small_tiles_may_be_a_step_among_large_ones() -> None:
    lat, lon = places_at([10.9, 11.3], [20.6, 21.05], 14)
    fine, coarse = cells_at(lat, lon, None, 17, 14)
    assert len(fine) == 2
    assert set(parent(fine, 17, 14)) < set(coarse)
    assert coarse.tolist() == track_cells(lat, lon, None, 14).tolist()


@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-180, 180)), max_size=30))
def test_parents_of_fine_cells_are_among_the_coarse(points: list[tuple[float, float]]) -> None:
    lat, lon = np.array(points, dtype=np.float64).reshape(-1, 2).T
    fine, coarse = cells_at(lat, lon, None, 17, 14)
    assert set(parent(fine, 17, 14)) <= set(coarse)
    assert fine.tolist() == sorted(set(fine.tolist()))


def test_unknown_places_part_the_line() -> None:
    lat, lon = places_at([10.9, np.nan, 11.2, 11.3], [20.8, 21, 21.1, 21.2], 8)
    assert touched(lat, lon, 8) == {(10, 20), (11, 21)}
    assert touched(np.full(3, np.nan), np.full(3, np.nan), 8) == set()
    assert touched(np.zeros(0), np.zeros(0), 8) == set()
    assert touched(np.zeros(1), np.zeros(1), 8) == {(128, 128)}


def test_a_line_goes_on_over_the_date_line() -> None:
    lat, lon = places_at([255.6, 256.3 - 256], [20.7, 21.1], 8)
    assert touched(lat, lon, 8) == {(255, 20), (0, 21), (0, 20)}
    assert touched(lat[::-1], lon[::-1], 8) == {(255, 20), (0, 21), (0, 20)}
    assert touched(np.array([0.001, 0.001]), np.array([180.0, -180.0]), 8) == {(0, 127)}


def test_neighbours_are_eight_around_the_world_but_not_over_a_pole() -> None:
    x, y = tile_of(neighbours(cell(np.array([5]), np.array([9])), 4))
    assert set(zip(x.tolist(), y.tolist(), strict=True)) == {
        (a, b) for a in (4, 5, 6) for b in (8, 9, 10) if (a, b) != (5, 9)
    }
    x, y = tile_of(neighbours(cell(np.array([0]), np.array([0])), 4))
    assert set(zip(x.tolist(), y.tolist(), strict=True)) == {(15, 0), (1, 0), (15, 1), (0, 1), (1, 1)}
    pair = cell(np.array([5, 6]), np.array([9, 9]))
    assert len(neighbours(pair, 4)) == 12
    assert dilated(pair, 4).tolist() == neighbours(pair, 4).tolist()
    assert len(dilated(pair[:1], 4)) == 9
    assert len(neighbours(np.zeros(0, dtype=np.int64))) == 0


def slow_square(visited: set[tuple[int, int]]) -> tuple[int, int, int]:
    size: dict[tuple[int, int], int] = {}
    for x, y in sorted(visited):
        size[x, y] = 1 + min(size.get(p, 0) for p in ((x - 1, y), (x, y - 1), (x - 1, y - 1)))
    best = max(size.values())
    x, y = min(p for p, s in size.items() if s == best)
    return best, x - best + 1, y - best + 1


def slow_clusters(visited: set[tuple[int, int]]) -> list[set[tuple[int, int]]]:
    def sides(p: tuple[int, int]) -> set[tuple[int, int]]:
        return {(p[0] + 1, p[1]), (p[0] - 1, p[1]), (p[0], p[1] + 1), (p[0], p[1] - 1)}

    core = {p for p in visited if sides(p) <= visited}
    groups = []
    while core:
        group, ahead = set(), {core.pop()}
        while ahead:
            group |= ahead
            ahead = {q for p in ahead for q in sides(p)} & core
            core -= ahead
        groups.append(group)
    return groups


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(-4, 6)), min_size=1), st.integers(0, 2))
def test_squares_and_clusters_against_one_tile_after_the_other(found: set[tuple[int, int]], fill: int) -> None:
    visited = found if not fill else {(x, y) for x in range(10) for y in range(-4, 7)} - set(list(found)[:15])
    listed = np.array(list(visited or found))
    visited = visited or found
    assert max_square(listed) == slow_square(visited)
    answer = clusters(listed)
    groups: dict[int, set[tuple[int, int]]] = {}
    for place, group in zip(listed.tolist(), answer.group.tolist(), strict=True):
        groups.setdefault(group, set()).add((place[0], place[1]))
    groups.pop(-1, None)
    slow = slow_clusters(visited)
    assert sorted(map(sorted, groups.values())) == sorted(map(sorted, slow))
    assert answer.largest == max(map(len, slow), default=0)
    sizes = [len(groups[key]) for key in sorted(groups)]
    assert all(a >= b for a, b in pairwise(sizes))


def test_nothing_visited_has_no_square() -> None:
    none = np.zeros((0, 2), dtype=np.int64)
    assert max_square(none) is None
    assert clusters(none).largest == 0


@pytest.mark.parametrize("side", [1, 2, 3, 4, 5, 31, 32, 33, 100])
def test_a_full_square_is_found_whole(side: int) -> None:
    visited = np.stack(np.meshgrid(np.arange(side), np.arange(side)), axis=-1).reshape(-1, 2) + np.array([8000, 5000])
    assert max_square(visited) == (side, 8000, 5000)
    assert clusters(visited).largest == max(side - 2, 0) ** 2
