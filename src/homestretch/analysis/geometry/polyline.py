"""Google's encoded polyline: a line of places as a short string."""

import numpy as np

from homestretch.model.channel import Floats

#: Five bits a letter: a whole degree at precision 7 takes eight letters and no number more than eleven.
_LETTERS = 11


def encode(latitude: Floats, longitude: Floats, precision: int = 5) -> str:
    """Return places in degrees as an encoded polyline; halves are rounded away from zero."""
    places = np.column_stack((latitude, longitude)) * 10.0**precision
    whole = (np.sign(places) * np.floor(np.abs(places) + 0.5)).astype(np.int64)
    step = np.diff(whole, axis=0, prepend=0).ravel()
    folded = np.where(step < 0, ~(step << 1), step << 1)
    shifted = folded[:, None] >> (5 * np.arange(_LETTERS))
    more = shifted >= 32
    used = np.concatenate((np.ones((len(folded), 1), dtype=bool), more[:, :-1]), axis=1)
    letters = (shifted & 31) + np.where(more, 95, 63)
    return bytes(letters[used].astype(np.uint8)).decode("ascii")


def decode(text: str, precision: int = 5) -> tuple[Floats, Floats]:
    """Return the latitudes and longitudes in degrees of an encoded polyline, without a last half number or point."""
    bits = np.frombuffer(text.encode("ascii", "replace"), dtype=np.uint8).astype(np.int64) - 63
    last = np.flatnonzero(bits < 32)
    if len(last) == 0:
        return np.zeros(0), np.zeros(0)
    bits = bits[: last[-1] + 1]
    first = np.concatenate(([0], last[:-1] + 1))
    place = np.arange(len(bits)) - np.repeat(first, last - first + 1)
    folded = np.add.reduceat((bits & 31) << np.minimum(5 * place, 58), first)
    step = np.where(folded & 1, ~(folded >> 1), folded >> 1)
    points = np.cumsum(step[: len(step) // 2 * 2].reshape(-1, 2), axis=0) / 10.0**precision
    return points[:, 0], points[:, 1]
