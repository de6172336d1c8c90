"""Heat: which pixels of which map tiles a track draws, how many tracks drew each, and their colours as a picture."""

import struct
import zlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.geometry.tiles import Whole, mercator
from homestretch.model.channel import Floats, Mask

type Pixels = NDArray[np.uint16] | NDArray[np.uint32]
type Counts = NDArray[np.uint16]
type Picture = NDArray[np.uint8]

#: Goes up with every change of what is drawn where.
VERSION = 1
TILE_SIZE = 256
#: A line is drawn by points so many pixels apart.
STROKE_PX = 0.5
MOST = int(np.iinfo(np.uint16).max)
#: From once to most often: blue, violet, red, orange. Lightness rises all the way, so that those who see two colours
#: only see an order, and stays in the middle, so that both ends stand out from white and from black.
RAMP = ((62, 74, 214), (132, 78, 208), (190, 86, 160), (226, 102, 92), (242, 132, 44), (250, 162, 20))
_FAINTEST, _FULL = 190, 255


def pixels(
    latitude: Floats, longitude: Floats, breaks: Mask | None, zoom: int, tile_size: int = TILE_SIZE
) -> dict[tuple[int, int], Pixels]:
    """Return by tile (x, y) which of its pixels a track of n places in degrees draws: row * size + column, sorted.

    Each pixel is drawn once, however long the track stays in it; steps of `breaks` (n-1,) and steps
    to or from unknown places are not drawn, one over the date line is.
    """
    column, row = drawn_at(latitude, longitude, breaks, zoom, tile_size)
    return _by_tile(column, row, zoom, tile_size) if len(column) else {}


def drawn_at(
    latitude: Floats, longitude: Floats, breaks: Mask | None, zoom: int, tile_size: int = TILE_SIZE
) -> tuple[Whole, Whole]:
    """Return the columns and rows on the whole map of the pixels that a track draws, as `pixels` does, each once."""
    east, south = mercator(latitude, longitude)
    drawn = np.ones(max(len(east) - 1, 0), dtype=bool) if breaks is None else ~breaks
    known = np.flatnonzero(~np.isnan(east + south))
    if len(known) < len(east):
        drawn = (np.diff(known) == 1) & drawn[known[:-1]] if len(known) else drawn[:0]
        east, south = east[known], south[known]
    edge = tile_size << zoom
    x, y = _stroked(east * edge, south * edge, drawn, edge)
    column, row = np.floor(x).astype(np.int64) % edge, np.minimum(np.floor(y).astype(np.int64), edge - 1)
    width = edge.bit_length()
    key = distinct(column << width | row)
    return key >> width, key & ((1 << width) - 1)


def distinct(keys: Whole) -> Whole:
    """Return numbers sorted, each once: tens of times as fast as NumPy's `unique`, which hashes them first."""
    keys = np.sort(keys)
    first = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return keys[first]


def tally(drawn: Sequence[Whole]) -> tuple[Whole, Whole]:
    """Return of what several tracks drew (at least one) the pixels, sorted, each once, and how many drew each."""
    every = np.sort(np.concatenate(drawn))
    first = np.flatnonzero(np.concatenate(([True], every[1:] != every[:-1])))
    return every[first], np.diff(first, append=len(every))


def _stroked(x: Floats, y: Floats, drawn: Mask, edge: int) -> tuple[Floats, Floats]:
    """Return points along the lines that are drawn and the places themselves, in pixels; x may be beyond the edge."""
    dx, dy = np.diff(x), np.diff(y)
    dx -= np.round(dx / edge) * edge
    moved = np.flatnonzero(drawn & ((np.floor(x[1:]) != np.floor(x[:-1])) | (np.floor(y[1:]) != np.floor(y[:-1]))))
    count = np.ceil(np.maximum(np.abs(dx[moved]), np.abs(dy[moved])) / STROKE_PX).astype(np.int64)
    step = np.repeat(moved, count)
    first = np.repeat(np.cumsum(count) - count, count)
    part = (np.arange(len(step)) - first) / np.repeat(count, count)
    return np.concatenate((x, x[step] + part * dx[step])), np.concatenate((y, y[step] + part * dy[step]))


def _by_tile(column: Whole, row: Whole, zoom: int, tile_size: int) -> dict[tuple[int, int], Pixels]:
    area = tile_size * tile_size
    tiles = (column // tile_size << zoom) + row // tile_size
    key = np.sort(tiles * area + row % tile_size * tile_size + column % tile_size)
    tiles = key // area
    kind = np.uint16 if area <= MOST + 1 else np.uint32
    begin = np.flatnonzero(np.concatenate(([True], tiles[1:] != tiles[:-1])))
    parts = np.split((key % area).astype(kind), begin[1:])
    return {(int(t >> zoom), int(t & ((1 << zoom) - 1))): part for t, part in zip(tiles[begin], parts, strict=True)}


def blend(drawn: Iterable[Pixels], tile_size: int = TILE_SIZE) -> Counts:
    """Return how many of the tracks that drew these pixels of one tile drew each, shape (size, size)."""
    total = np.zeros(tile_size * tile_size, dtype=np.uint32)
    for one in drawn:
        total[one] += 1
    return np.minimum(total, MOST).astype(np.uint16).reshape(tile_size, tile_size)


def changed(counts: Counts, drawn: Pixels, by: int) -> Counts:
    """Return counts (size, size) with one track's pixels added (`by` 1) or subtracted (-1), never below 0."""
    total = counts.astype(np.int64)
    total.ravel()[drawn] += by
    return np.clip(total, 0, MOST).astype(np.uint16)


def peak(counts: Iterable[Counts]) -> float:
    """Return the count that has the fullest colour: the 99th percentile of all pixels that were drawn; 1 without."""
    drawn = [one[one > 0] for one in counts]
    every = np.concatenate(drawn) if drawn else np.zeros(0, dtype=np.uint16)
    return float(np.percentile(every, 99)) if len(every) else 1.0


def ramp() -> Picture:
    """Return the colours from not drawn (clear) over once to most often as red, green, blue, alpha, shape (256, 4)."""
    at = np.linspace(0.0, 1.0, 255)
    known = np.linspace(0.0, 1.0, len(RAMP))
    colours = [np.interp(at, known, channel) for channel in zip(*RAMP, strict=True)]
    alpha = np.linspace(_FAINTEST, _FULL, 255)
    return np.concatenate((np.zeros((1, 4)), np.column_stack((*colours, alpha)))).round().astype(np.uint8)


def colour(counts: Counts, most: float) -> Picture:
    """Return counts (h, w) as red, green, blue, alpha (h, w, 4): by their logarithm, fullest from `most` on."""
    # Once is the first colour, whatever the peak: a lone track is to be seen.
    high = np.log1p(max(most, 1.0)) - np.log(2.0)
    times = np.arange(int(counts.max(initial=0)) + 1)
    part = (np.log1p(times) - np.log(2.0)) / high if high > 0.0 else np.where(times > 1, 1.0, 0.0)
    index = np.where(times > 0, 1 + np.round(254 * np.clip(part, 0.0, 1.0)), 0).astype(np.intp)
    # Four bytes as one number: looked up four times as fast.
    return np.take(ramp()[index].view(np.uint32).ravel(), counts).view(np.uint8).reshape(*counts.shape, 4)


def png(rgba: Picture) -> bytes:
    """Return a picture (h, w, 4) as PNG: RFC 2083, eight bits a channel, no filter."""
    height, width = rgba.shape[:2]
    rows = np.zeros((height, 1 + 4 * width), dtype=np.uint8)
    rows[:, 1:] = rgba.reshape(height, 4 * width)
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
