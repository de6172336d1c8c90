"""The pixels that a track draws on the map at every zoom: drawn once at the deepest, halved from there up."""

from collections.abc import Sequence

import numpy as np

from homestretch.analysis.geo.heat import TILE_SIZE, distinct, drawn_at, tally
from homestretch.analysis.geometry.tiles import Whole
from homestretch.analysis.samples.places import Places
from homestretch.analysis.samples.samples import Samples
from homestretch.model.channel import Floats, Mask

#: Zooms at which heat is counted; deeper ones are magnified, shallower ones would show a point.
DEEPEST, SHALLOWEST = 15, 2
AREA = TILE_SIZE * TILE_SIZE
_BITS = TILE_SIZE.bit_length() - 1
_INNER = TILE_SIZE - 1


def pyramid(latitude: Floats, longitude: Floats, breaks: Mask | None) -> dict[int, Whole]:
    """Return by zoom the pixels that a track of n places in degrees draws, each once: numbers, sorted (k,).

    A number is (column of the tile << zoom | row of the tile) * AREA + pixel in the tile (see `pixels`).
    """
    x, y = drawn_at(latitude, longitude, breaks, DEEPEST)
    found: dict[int, Whole] = {}
    if len(x) == 0:
        return found
    for zoom in range(DEEPEST, SHALLOWEST - 1, -1):
        inner = (y & _INNER) << _BITS | x & _INNER
        found[zoom] = np.sort(((x >> _BITS << zoom | y >> _BITS) << 2 * _BITS) | inner)
        width = zoom + _BITS
        key = distinct((x >> 1) << width | y >> 1)
        x, y = key >> width, key & ((1 << width) - 1)
    return found


def drawn_by(cleaned: Samples) -> dict[int, Whole]:
    """Return by zoom the pixels that samples draw; pauses and gaps are not drawn."""
    places = cleaned.places
    return {} if places is None else pyramid(places.latitude, places.longitude, _breaks(cleaned, places))


def deepest_of(cleaned: Samples) -> tuple[Whole, Whole]:
    """Return the columns and rows (k,) of what samples draw at the deepest zoom."""
    places = cleaned.places
    if places is None:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return drawn_at(places.latitude, places.longitude, _breaks(cleaned, places), DEEPEST)


def tally_at(zoom: int, drawn: Sequence[tuple[Whole, Whole]]) -> tuple[Whole, Whole]:
    """Return of what several samples draw, as `deepest_of` gives it, the pixels at a zoom, sorted, and how many do.

    The pixels are the numbers of `pyramid`; each of the samples counts once.
    """
    width, shift = zoom + _BITS, DEEPEST - zoom
    owner = np.repeat(np.arange(len(drawn)), [len(x) for x, _ in drawn])
    x, y = (np.concatenate([one[axis] for one in drawn]) >> shift for axis in (0, 1))
    key = distinct((owner << width | x) << width | y)
    x, y = key >> width & ((1 << width) - 1), key & ((1 << width) - 1)
    return tally([((x >> _BITS << zoom | y >> _BITS) << 2 * _BITS) | (y & _INNER) << _BITS | x & _INNER])


def _breaks(cleaned: Samples, places: Places) -> Mask:
    """Return which steps from place to place (n-1,) lie over a pause or a gap."""
    return np.diff(np.concatenate(([0], np.cumsum(~cleaned.steps.joined)))[places.at]) > 0


def tile_of(number: int, zoom: int) -> tuple[int, int]:
    """Return the column and row of the tile that numbers of pixels, divided by AREA, name."""
    return number >> zoom, number & ((1 << zoom) - 1)
