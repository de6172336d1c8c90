"""The pixels that a track draws on the map at every zoom: drawn once at the deepest, halved from there up."""

import numpy as np

from homestretch.analysis.gaps import Mask
from homestretch.analysis.geo.heat import TILE_SIZE, pixels
from homestretch.analysis.geo.tiles import Whole
from homestretch.model.channel import Floats

#: Zooms at which heat is counted; deeper ones are magnified, shallower ones would show a point.
DEEPEST, SHALLOWEST = 15, 2
AREA = TILE_SIZE * TILE_SIZE


def pyramid(latitude: Floats, longitude: Floats, breaks: Mask | None) -> dict[int, Whole]:
    """Return by zoom the pixels that a track of n places in degrees draws, each once: numbers, sorted (k,).

    A number is (column of the tile << zoom | row of the tile) * AREA + pixel in the tile (see `pixels`).
    """
    drawn = pixels(latitude, longitude, breaks, DEEPEST)
    if not drawn:
        return {}
    x = np.concatenate([tile_x * TILE_SIZE + (one % TILE_SIZE).astype(np.int64) for (tile_x, _), one in drawn.items()])
    y = np.concatenate([tile_y * TILE_SIZE + (one // TILE_SIZE).astype(np.int64) for (_, tile_y), one in drawn.items()])
    found = {}
    for zoom in range(DEEPEST, SHALLOWEST - 1, -1):
        width = zoom + TILE_SIZE.bit_length() - 1
        key = np.unique((x << width) | y)
        x, y = key >> width, key & ((1 << width) - 1)
        tile = (x // TILE_SIZE << zoom) | (y // TILE_SIZE)
        found[zoom] = np.sort(tile * AREA + y % TILE_SIZE * TILE_SIZE + x % TILE_SIZE)
        x, y = x >> 1, y >> 1
    return found


def tile_of(number: int, zoom: int) -> tuple[int, int]:
    """Return the column and row of the tile that numbers of pixels, divided by AREA, name."""
    return number >> zoom, number & ((1 << zoom) - 1)
