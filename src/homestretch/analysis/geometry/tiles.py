"""Tiles of the web map, numbered along a Z-curve: which ones a track touches, and what the visited ones make up."""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from homestretch.model.channel import Floats, Mask

type Cells = NDArray[np.int64]
type Whole = NDArray[np.int64]

#: Beyond this latitude, in degrees, the square map of the web ends.
EDGE = 85.05112878
_BELOW_ONE = float(np.nextafter(1.0, 0.0))
#: Zooms of the cells that segments and routes are looked up by, and of the tiles that explorers collect.
SEARCH_ZOOM = 17
EXPLORER_ZOOM = 14


def mercator(latitude: Floats, longitude: Floats) -> tuple[Floats, Floats]:
    """Return places in degrees as parts (0 to below 1) of the web map's width from the west and height from the north.

    180° east is 180° west, and what lies beyond EDGE lies at the map's.
    """
    east = longitude * (1.0 / 360.0)
    east += 0.5
    east -= np.floor(east)
    south = np.arcsinh(np.tan(latitude * (np.pi / 180.0)))
    south *= -1.0 / (2.0 * np.pi)
    south += 0.5
    np.maximum(south, 0.0, out=south)
    return np.minimum(east, _BELOW_ONE, out=east), np.minimum(south, _BELOW_ONE, out=south)


def tile(latitude: Floats, longitude: Floats, zoom: int) -> tuple[Whole, Whole]:
    """Return the tile columns x and rows y of known places in degrees."""
    east, south = mercator(latitude, longitude)
    return _floor(east, zoom), _floor(south, zoom)


def _floor(part: Floats, zoom: int) -> Whole:
    return (part * (1 << zoom)).astype(np.int64)


def cell(x: Whole, y: Whole) -> Cells:
    """Return the numbers of tiles along the Z-curve: the bits of x at even places, those of y at odd ones."""
    both = np.stack((x, y)).astype(np.int64, copy=False)
    word = _spread_words()
    spread = word[both & 0xFFFF]
    spread |= word[both >> 16] << 32
    return np.asarray(spread[0] | spread[1] << 1)


def tile_of(cells: Cells) -> tuple[Whole, Whole]:
    """Return the columns x and rows y that `cell` made these numbers from."""
    cells = np.asarray(cells, dtype=np.int64)
    return _gather(cells), _gather(cells >> 1)


@cache
def _spread_words() -> Cells:
    """Return every number of 16 bits with its bits at the even places, shape (65536,)."""
    value = np.arange(1 << 16)
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        value = (value | (value << shift)) & mask
    return value


def _gather(value: Whole) -> Whole:
    value = value & 0x5555555555555555
    for shift, mask in (
        (1, 0x3333333333333333),
        (2, 0x0F0F0F0F0F0F0F0F),
        (4, 0x00FF00FF00FF00FF),
        (8, 0x0000FFFF0000FFFF),
        (16, 0xFFFFFFFF),
    ):
        value = (value | (value >> shift)) & mask
    return value


def parent(cells: Cells, from_zoom: int, to_zoom: int) -> Cells:
    """Return the cells of a coarser zoom that these lie in."""
    return np.asarray(cells, dtype=np.int64) >> (2 * (from_zoom - to_zoom))


def bounds(x: int, y: int, zoom: int) -> tuple[float, float, float, float]:
    """Return a tile's south, west, north and east in degrees."""
    count = 1 << zoom
    south, north = (float(np.degrees(np.arctan(np.sinh(np.pi * (1.0 - 2.0 * row / count))))) for row in (y + 1, y))
    return south, x / count * 360.0 - 180.0, north, (x + 1) / count * 360.0 - 180.0


def neighbours(cells: Cells, zoom: int = SEARCH_ZOOM) -> Cells:
    """Return the cells that touch any of these by a side or a corner, sorted: over the date line, not over the poles.

    One of these is among them only where it touches another one.
    """
    x, y = tile_of(np.asarray(cells))
    count = 1 << zoom
    dx, dy = np.delete(np.mgrid[-1:2, -1:2].reshape(2, 9), 4, axis=1)
    around_x, around_y = (x[:, None] + dx) & (count - 1), y[:, None] + dy
    inside = (around_y >= 0) & (around_y < count)
    return np.unique(cell(around_x[inside], around_y[inside]))


def dilated(cells: Cells, zoom: int = SEARCH_ZOOM) -> Cells:
    """Return these cells and those around them, sorted."""
    return np.union1d(cells, neighbours(cells, zoom))


def track_cells(latitude: Floats, longitude: Floats, breaks: Mask | None, zoom: int) -> Cells:
    """Return the cells that a track of n places in degrees touches, sorted, each once.

    That is every place's own, and, where a step leads to a tile that only shares a corner, the one it really crosses.
    A step of `breaks` (n-1,), one to or from an unknown place, or one beyond the next tile is not drawn.
    """
    return cells_at(latitude, longitude, breaks, zoom)[0]


def cells_at(latitude: Floats, longitude: Floats, breaks: Mask | None, *zooms: int) -> tuple[Cells, ...]:
    """Return the cells that a track touches at each of several zooms, as `track_cells` does for one.

    The cells of a coarser zoom are not just the parents of a finer one's: a step too long to be drawn
    among small tiles may cross the corner of a large one. So only the projection is shared.
    """
    east, south = mercator(latitude, longitude)
    gaps = np.zeros(max(len(east) - 1, 0), dtype=bool) if breaks is None else breaks
    if np.isnan(east @ south):
        at = np.flatnonzero(~np.isnan(east + south))
        gaps = (np.diff(at) > 1) | gaps[at[:-1]] if len(at) else gaps[:0]
        east, south = east[at], south[at]
    if len(east) == 0:
        return tuple(np.zeros(0, dtype=np.int64) for _ in zooms)
    finest = max(zooms)
    x, y = _floor(east, finest), _floor(south, finest)
    step = np.flatnonzero((x[1:] != x[:-1]) | (y[1:] != y[:-1]))
    entered = np.concatenate((_FIRST, step + 1))
    x, y, line = x[entered], y[entered], _Line(east, south, step, ~gaps[step])
    return tuple(_touched(x >> (finest - zoom), y >> (finest - zoom), line, zoom) for zoom in zooms)


_FIRST = np.zeros(1, dtype=np.int64)


class _Line(NamedTuple):
    """A projected track (n,) and its k steps to another tile: the place before, and whether they are drawn."""

    east: Floats
    south: Floats
    step: Whole
    drawn: Mask


def _touched(x: Whole, y: Whole, line: _Line, zoom: int) -> Cells:
    """Return the cells of the tiles (k + 1,) that a line enters and of those it crosses in between, sorted."""
    half = 1 << zoom >> 1
    across, down = np.diff(x), np.diff(y)
    across = ((across + half) & (2 * half - 1)) - half if half else across
    diagonal = np.flatnonzero((across * across + down * down == 2) & line.drawn)
    if len(diagonal):
        crossed_x, crossed_y = _crossed(line, line.step[diagonal], (across[diagonal], down[diagonal]), zoom)
        x, y = np.concatenate((x, crossed_x)), np.concatenate((y, crossed_y))
    cells = np.sort(cell(x, y))
    return np.asarray(cells[np.concatenate((_TRUE, cells[1:] != cells[:-1]))])


_TRUE = np.ones(1, dtype=bool)


def _crossed(line: _Line, step: Whole, move: tuple[Whole, Whole], zoom: int) -> tuple[Whole, Whole]:
    """Return the tiles that steps to a diagonal neighbour cross on their way; none for one through the very corner."""
    count = 1 << zoom
    across, down = move
    begin_x, begin_y = line.east[step] * count, line.south[step] * count
    x, y = np.floor(begin_x), np.floor(begin_y)
    ahead = line.east[step + 1] * count - begin_x
    ahead -= np.round(ahead / count) * count
    # How far along the step it meets the column's side, and how far the row's.
    side = (x + (across > 0) - begin_x) / ahead
    row = (y + (down > 0) - begin_y) / (line.south[step + 1] * count - begin_y)
    off = side != row
    crossed_x = x.astype(np.int64) + np.where(side < row, across, 0)
    crossed_y = y.astype(np.int64) + np.where(side < row, 0, down)
    return crossed_x[off] & (count - 1), crossed_y[off]


class Square(NamedTuple):
    """A square of visited tiles: its side in tiles, and the smallest x and y in it."""

    size: int
    x: int
    y: int


def max_square(tiles: Whole) -> Square | None:
    """Return the largest square all of whose tiles (n, 2) of x and y are there, the least in (x, y) of several.

    None without tiles. Squares of a + b are four squares of a that lie b <= a apart: the side doubles, then is refined.
    """
    if len(tiles) == 0:
        return None
    found, low = _keys(tiles)
    size = shift = 1
    while shift:
        larger = found
        for step in (shift * _COLUMN, shift, shift * (_COLUMN + 1)):
            larger = larger[_held(found, larger + step)]
        if len(larger):
            found, size = larger, size + shift
        doubling = len(larger) > 0 and shift * 2 == size
        shift = size if doubling else shift // 2
    return Square(size, int(found[0] // _COLUMN + low[0]), int(found[0] % _COLUMN + low[1]))


class Clusters(NamedTuple):
    """Tiles whose four neighbours are visited: the size of the largest joined group, and each tile's group.

    `group` has shape (n,), 0 for the largest group, then by falling size; -1 for a tile in none.
    """

    largest: int
    group: Whole


def clusters(tiles: Whole) -> Clusters:
    """Return the groups of tiles (n, 2) of x and y, no tile twice, that are joined by sides through such tiles."""
    group = np.full(len(tiles), -1, dtype=np.int64)
    if len(tiles) == 0:
        return Clusters(0, group)
    order = np.lexsort((tiles[:, 1], tiles[:, 0]))
    keys, _ = _keys(tiles)
    inner = np.ones(len(keys), dtype=bool)
    for step in (1, -1, _COLUMN, -_COLUMN):
        inner &= _held(keys, keys + step)
    core = keys[inner]
    if len(core) == 0:
        return Clusters(0, group)
    label = _joined(core)
    _, label, size = np.unique(label, return_inverse=True, return_counts=True)
    rank = np.empty(len(size), dtype=np.int64)
    rank[np.argsort(-size, kind="stable")] = np.arange(len(size))
    group[order[inner]] = rank[label]
    return Clusters(int(size.max()), group)


#: What a step of one tile east is to a key; rows start at 1 and end below it, so that no step ends in another column.
_COLUMN = 1 << 32


def _keys(tiles: Whole) -> tuple[Whole, Whole]:
    """Return tiles as sorted numbers x * _COLUMN + y from the least x and y on, and those (2,)."""
    low = tiles.min(axis=0) - 1
    x, y = (tiles - low).astype(np.int64).T
    return np.sort(x * _COLUMN + y), low


def _held(keys: Whole, wanted: Whole) -> Mask:
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.asarray(keys[at] == wanted)


def _joined(keys: Whole) -> Whole:
    """Return for each of sorted keys the first of those that it is joined with: roots hook on to smaller ones."""
    label = np.arange(len(keys))
    east, south = (np.searchsorted(keys, keys + step) for step in (_COLUMN, 1))
    east_at, south_at = (np.flatnonzero(_held(keys, keys + step)) for step in (_COLUMN, 1))
    one = np.concatenate((east_at, south_at))
    other = np.concatenate((east[east_at], south[south_at]))
    while len(one):
        low, high = np.minimum(label[one], label[other]), np.maximum(label[one], label[other])
        apart = low != high
        one, other = one[apart], other[apart]
        np.minimum.at(label, high[apart], low[apart])
        while (label != label[label]).any():
            label = label[label]
    return label
