"""Map files for tests: PMTiles 3, and vector tiles with the layers of the Protomaps basemap, written byte by byte."""

import gzip
import json
import math
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

type Spot = tuple[float, float]
type Tile = tuple[int, int, int]

EXTENT = 4096
LAYERS = ("earth", "water", "roads", "places")
MVT, PNG = 1, 2
POINT, LINE, AREA = 1, 2, 3


def pmtiles(tiles: Mapping[Tile, bytes], box: tuple[float, float, float, float], **other: Any) -> bytes:
    """Return a map file of tiles by (zoom, column, row); `other`: `type`, `inner`, `outer`, `version`, `metadata`."""
    plain = {"vector_layers": [{"id": layer} for layer in LAYERS], "attribution": '<a href="x">© All & sundry</a>'}
    metadata = gzip.compress(json.dumps(other.get("metadata", plain)).encode(), mtime=0)
    entries, data = [], b""
    for number, tile in sorted((tile_id(*place), tile) for place, tile in tiles.items()):
        entries.append((number, len(data), len(tile)))
        data += tile
    directory = gzip.compress(_directory(entries), mtime=0)
    zooms = [zoom for zoom, _, _ in tiles]
    extents, at = [], 127
    for length in (len(directory), len(metadata), 0, len(data)):
        extents += [at, length]
        at += length
    outer = other.get("outer", 2 if other.get("type", MVT) == MVT else 1)
    kinds = (1, other.get("inner", 2), outer, other.get("type", MVT), min(zooms), max(zooms))
    west, south, east, north = (round(edge * 1e7) for edge in box)
    counts = (len(tiles), len(tiles), len(tiles))
    head = struct.pack(
        "<7sB11Q6B4iB2i", b"PMTiles", other.get("version", 3), *extents, *counts, *kinds, west, south, east, north,
        min(zooms), (west + east) // 2, (south + north) // 2,
    )  # fmt: skip
    return head + directory + metadata + data


def town(middle: Spot, zooms: Iterable[int] = range(15), reach: float = 0.03) -> bytes:
    """Return the map file of a town: land all over, a lake, two roads, and its name in the middle."""
    lon, lat = middle
    box = (lon - reach, lat - reach, lon + reach, lat + reach)
    ring = [(lon + 0.008 + 0.005 * math.cos(t), lat + 0.006 + 0.003 * math.sin(t)) for t in _steps(24)]
    tiles = {}
    for zoom in zooms:
        for column, row in _covering(box, zoom):
            corners = [(-64, -64), (EXTENT + 64, -64), (EXTENT + 64, EXTENT + 64), (-64, EXTENT + 64)]
            lake, cross = ([_pixel(zoom, column, row, *spot) for spot in line] for line in (ring, _cross(box)))
            where = _pixel(zoom, column, row, *middle)
            road = {"kind": "major_road", "kind_detail": "primary", "name": "Long Street", "min_zoom": 6}
            name = {"kind": "locality", "name": "Oldtown", "min_zoom": 4, "population_rank": 11, "sort_key": 1}
            layers = (
                _layer("earth", AREA, {"kind": "earth"}, [corners]), _layer("water", AREA, {"kind": "lake"}, [lake]),
                _layer("roads", LINE, road, [cross[:2], cross[2:]]), _layer("places", POINT, name, [[where]]),
            )  # fmt: skip
            tiles[zoom, column, row] = gzip.compress(b"".join(layers), mtime=0)
    return pmtiles(tiles, box)


def picture(colour: tuple[int, int, int]) -> bytes:
    """Return a PNG of 256 by 256 pixels of one colour."""
    lines = (b"\0" + bytes(colour) * 256) * 256
    chunks = ((b"IHDR", struct.pack(">2I5B", 256, 256, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    packed = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def tile_id(zoom: int, column: int, row: int) -> int:
    """Return the number of a tile: all of the zooms before it, then its place on the Hilbert curve of its own."""
    place, x, y = 0, column, row
    for level in reversed(range(zoom)):
        half = 1 << level
        right, lower = int(x & half > 0), int(y & half > 0)
        place += half * half * ((3 * right) ^ lower)
        if not lower:
            if right:
                x, y = half - 1 - (x & (half - 1)), half - 1 - (y & (half - 1))
            x, y = y, x
    return ((1 << 2 * zoom) - 1) // 3 + place


def _directory(entries: Sequence[tuple[int, int, int]]) -> bytes:
    numbers = [number for number, _, _ in entries]
    steps = [number - before for number, before in zip(numbers, [0, *numbers], strict=False)]
    columns = (steps, [1] * len(entries), [length for _, _, length in entries], [at + 1 for _, at, _ in entries])
    return b"".join(map(_varint, (len(entries), *(value for column in columns for value in column))))


def _varint(value: int) -> bytes:
    head = []
    while value > 127:
        head.append(value & 127 | 128)
        value >>= 7
    return bytes((*head, value))


def _field(number: int, data: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _layer(name: str, kind: int, says: Mapping[str, Any], lines: Sequence[Sequence[tuple[int, int]]]) -> bytes:
    """Return a layer of a vector tile (version 2) with one feature."""
    tags = b"".join(_varint(at) for at in range(len(says)) for _ in range(2))
    feature = _field(2, tags) + _varint(3 << 3) + _varint(kind) + _field(4, _geometry(kind, lines))
    keys = b"".join(_field(3, key.encode()) for key in says)
    values = b"".join(_field(4, _value(value)) for value in says.values())
    shape = _varint(5 << 3) + _varint(EXTENT) + _varint(15 << 3) + _varint(2)
    return _field(3, _field(1, name.encode()) + _field(2, feature) + keys + values + shape)


def _value(value: str | int) -> bytes:
    return _field(1, value.encode()) if isinstance(value, str) else _varint(5 << 3) + _varint(value)


def _geometry(kind: int, lines: Sequence[Sequence[tuple[int, int]]]) -> bytes:
    """Return commands: move to the first spot of each line, draw to the others, and close areas."""
    numbers, at = [], (0, 0)
    for line in lines:
        for place, spot in enumerate(line):
            if place < 2:
                numbers.append(1 | 1 << 3 if place == 0 else 2 | (len(line) - 1) << 3)
            numbers += [(step << 1) ^ (step >> 63) for step in (spot[0] - at[0], spot[1] - at[1])]
            at = spot
        numbers += [7 | 1 << 3] if kind == AREA else []
    return b"".join(map(_varint, numbers))


def _cross(box: tuple[float, float, float, float]) -> list[Spot]:
    west, south, east, north = box
    return [(west, south), (east, north), (west, north), (east, south)]


def _steps(count: int) -> list[float]:
    return [2 * math.pi * step / count for step in range(count)]


def _pixel(zoom: int, column: int, row: int, lon: float, lat: float) -> tuple[int, int]:
    x, y = _mercator(zoom, lon, lat)
    return round((x - column) * EXTENT), round((y - row) * EXTENT)


def _mercator(zoom: int, lon: float, lat: float) -> Spot:
    wide = 1 << zoom
    return (lon + 180) / 360 * wide, (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * wide


def _covering(box: tuple[float, float, float, float], zoom: int) -> list[tuple[int, int]]:
    left, lower = map(int, _mercator(zoom, box[0], box[1]))
    right, upper = map(int, _mercator(zoom, box[2], box[3]))
    return [(column, row) for column in range(left, right + 1) for row in range(upper, lower + 1)]
