"""Routes: a short signature of where an activity went, and whether two of them went the same way."""

import struct
import zlib
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.geo.apart import Plane, distances, frechet, walkable
from homestretch.analysis.geometry.distance import EARTH_RADIUS_M, haversine
from homestretch.analysis.geometry.near import near
from homestretch.analysis.geometry.simplify import local_metres, most_significant, significance
from homestretch.analysis.geometry.tiles import SEARCH_ZOOM, Cells, track_cells
from homestretch.model.channel import Floats, Mask

type Hashes = NDArray[np.uint64]
type Same = Literal["same", "reversed", "both", "other_start"]

#: Goes up with every change of the signature or of what is the same.
VERSION = 3
POINTS = 128
#: A line to compare with is drawn through a point every so many metres, of which those stay that it needs: nowhere is
#: it straightened by more than so much in m, unless it would have more points than that.
LINE_M = 25.0
LINE_FROM = 1024
STRAIGHTEN_M = 4.0
LINE_MOST = 400
PERMUTATIONS = 64
BANDS = 16
#: Two routes are of one geometry where of each so much lies so near in m to the other, and lengths are so alike.
COVERAGE = 0.9
NEAR_M = 40.0
ALIKE = 0.9
#: They have one direction where a leash of so many metres, or of so much of their length, is enough.
LEASH_M = 100.0
LEASH_SHARE = 0.02
#: A route whose ends lie no further apart is a loop.
LOOP_M = 200.0
_SHIFTS = 16
#: Places are rounded to about a metre.
_DEGREE = 1e5
_HEAD = struct.Struct("<BHd4d")
_BROKEN = "a route signature is damaged"


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """Where an activity went: its length, its box (south, west, north, east), 128 points and a line in degrees.

    Points (128, 2) of latitude and longitude are equally spaced, the line (k, 2) has those that it bends at;
    `minhash` (64,) of 32 bits shows how alike two sets of cells are: the share of equal numbers is about that of
    common cells among all.
    """

    length_m: float
    box: tuple[float, float, float, float]
    points: Floats
    line: Floats
    minhash: Hashes

    @property
    def bands(self) -> list[int]:
        """Sixteen numbers (signed, of 64 bits): routes much alike have at least one in common at the same place."""
        mixed = self.minhash.reshape(BANDS, -1)
        band = np.arange(BANDS, dtype=np.uint64)
        for column in mixed.T:
            band = _mixed(band ^ column)
        found: list[int] = band.view(np.int64).tolist()
        return found

    def alike(self, other: "Signature") -> float:
        """Return about which share of both routes' cells they have in common."""
        return float(np.count_nonzero(self.minhash == other.minhash)) / PERMUTATIONS

    def to_bytes(self) -> bytes:
        """Return the signature as bytes, about 2 kB; places are rounded to 1e-5 degrees."""
        head = _HEAD.pack(VERSION, len(self.line), self.length_m, *self.box)
        steps = [np.diff(_rounded(places), axis=0, prepend=0) for places in (self.points, self.line)]
        planes = np.concatenate(steps).T.astype("<i4", order="C")
        folded = (planes << 1) ^ (planes >> 31)
        packed = zlib.compress(folded.view(np.uint8).reshape(-1, 4).T.tobytes(), 9)
        return head + self.minhash.astype("<u4").tobytes() + packed

    @classmethod
    def from_bytes(cls, packed: bytes) -> "Signature":
        """Return what `to_bytes` packed; ValueError for anything else, such as an older version's."""
        if len(packed) < _HEAD.size + 4 * PERMUTATIONS or packed[0] != VERSION:
            raise ValueError("no route signature of this version")
        _, count, length, *box = _HEAD.unpack_from(packed)
        places = _unpacked(packed[_HEAD.size + 4 * PERMUTATIONS :], POINTS + count)
        points, line = (np.cumsum(part, axis=0) / _DEGREE for part in (places[:POINTS], places[POINTS:]))
        minhash = np.frombuffer(packed, "<u4", PERMUTATIONS, _HEAD.size).astype(np.uint64)
        south, west, north, east = box
        return cls(length, (south, west, north, east), points, line, minhash)


def _rounded(places: Floats) -> NDArray[np.int64]:
    return np.round(places * _DEGREE).astype(np.int64)


def _unpacked(packed: bytes, count: int) -> NDArray[np.int64]:
    """Return the steps (count, 2) between places; ValueError for bytes that are not so many, and whole."""
    inflate = zlib.decompressobj()
    try:
        planes = inflate.decompress(packed, 8 * count + 1)
    except zlib.error as error:
        raise ValueError(_BROKEN) from error
    if len(planes) != 8 * count or not inflate.eof or inflate.unused_data:
        raise ValueError(_BROKEN)
    folded = np.frombuffer(planes, np.uint8).reshape(4, -1).T.copy().view("<u4").astype(np.int64)
    return ((folded >> 1) ^ -(folded & 1)).reshape(2, count).T


def signature(
    latitude: Floats, longitude: Floats, step_m: Floats | None = None, line: Floats | None = None
) -> Signature:
    """Return the signature of known places (n,) in degrees; ValueError without any.

    `way` are the metres between them (n-1,) and `line` (k, 2) is the same way straightened, where those are known
    already. What wanders about while standing still is for the caller to leave out.
    """
    if len(latitude) == 0:
        raise ValueError("no route without a place")
    east = longitude
    if np.abs(np.diff(longitude)).max(initial=0.0) > 180.0:
        east = np.unwrap(longitude, period=360.0)
    step = haversine(latitude[:-1], longitude[:-1], latitude[1:], longitude[1:]) if step_m is None else step_m
    chain = np.concatenate((np.zeros(1), np.cumsum(step)))
    length = float(chain[-1])
    points = _along(np.linspace(0.0, length, POINTS), chain, latitude, east)
    if line is None:
        count = int(np.clip(np.ceil(length / LINE_M) + 1, 2, LINE_FROM))
        line = _along(np.linspace(0.0, length, count), chain, latitude, east)
        weight = significance(*local_metres(line[:, 0], line[:, 1]), STRAIGHTEN_M)
        line = line[most_significant(weight, LINE_MOST)]
    box = (float(latitude.min()), float(longitude.min()), float(latitude.max()), float(longitude.max()))
    return Signature(length, box, points, line, minhash(track_cells(latitude, longitude, None, SEARCH_ZOOM)))


def _along(on: Floats, chain: Floats, latitude: Floats, east: Floats) -> Floats:
    return np.column_stack((np.interp(on, chain, latitude), _turned(np.interp(on, chain, east))))


def _turned(longitude: Floats) -> Floats:
    return (longitude + 180.0) % 360.0 - 180.0


def minhash(cells: Cells) -> Hashes:
    """Return the least of the cells, which are at least one, in each of 64 orders, shape (64,): 32 bits of each."""
    orders = _mixed(np.arange(1, PERMUTATIONS + 1, dtype=np.uint64))
    return np.asarray(_mixed(cells.astype(np.uint64) ^ orders[:, None]).min(axis=1) >> np.uint64(32))


def _mixed(value: Hashes) -> Hashes:
    """Return 64 bits well mixed: the last steps of SplitMix64."""
    value = value * np.uint64(0x9E3779B97F4A7C15)
    value ^= value >> np.uint64(30)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    value ^= value >> np.uint64(27)
    return value


def compare(one: Signature, other: Signature) -> Same | None:
    """Return how two routes are the same, or None where they are not.

    "reversed" is the other way round, "both" a way that is its own reverse (out and back), "other_start" a loop
    begun elsewhere. Routes over the same ground in another order, as two loops of an eight, are not the same.
    """
    if not alike_long(one, other) or min(coverage(one, other)) < COVERAGE:
        return None
    planes = _planes(one.points, one, other.points)
    apart = distances(*planes)
    free = apart <= max(LEASH_M, LEASH_SHARE * max(one.length_m, other.length_m))
    forwards, backwards = walkable(free), walkable(free[:, ::-1])
    if forwards or backwards:
        return "both" if forwards and backwards else "same" if forwards else "reversed"
    if not all(_is_loop(plane) for plane in planes):
        return None
    if _shifted(apart, free):
        return "other_start"
    return "reversed" if _shifted(apart[:, ::-1], free[:, ::-1]) else None


def alike_long(one: Signature, other: Signature) -> bool:
    """Return whether the shorter of two routes has at least 0.9 of the longer one's length."""
    shorter, longer = sorted((one.length_m, other.length_m))
    return shorter >= ALIKE * longer


def coverage(one: Signature, other: Signature) -> tuple[float, float]:
    """Return which share of one route's points lies within 40 m of the other, and which of the other's of the one."""
    return _covered(one, other), _covered(other, one)


def leash(one: Signature, other: Signature) -> float:
    """Return the discrete Fréchet distance of two routes in m, both walked forwards."""
    return frechet(distances(*_planes(one.points, one, other.points)))


def _covered(one: Signature, other: Signature) -> float:
    points, line = _planes(one.points, one, other.line)
    distance, _ = near(points, line, NEAR_M, together=1).closest(POINTS)
    return float(np.count_nonzero(np.isfinite(distance))) / POINTS


def _planes(points: Floats, middle: Signature, others: Floats) -> tuple[Plane, Plane]:
    """Return two sets of places as x and y in m about a route's first point."""
    north = EARTH_RADIUS_M * np.pi / 180.0
    latitude, longitude = middle.points[0]
    east = north * np.cos(np.radians((middle.box[0] + middle.box[2]) / 2.0))
    one, other = (
        (_turned(places[:, 1] - longitude) * east, (places[:, 0] - latitude) * north) for places in (points, others)
    )
    return one, other


def _is_loop(plane: Plane) -> bool:
    return bool(np.hypot(plane[0][0] - plane[0][-1], plane[1][0] - plane[1][-1]) <= LOOP_M)


def _shifted(apart: Floats, free: Mask) -> bool:
    """Return whether a loop can be walked along another begun where that comes near the loop's begin, each time."""
    first = apart[0]
    nearest = np.flatnonzero((first <= np.roll(first, 1)) & (first <= np.roll(first, -1)) & free[0])
    for shift in nearest[np.argsort(first[nearest], kind="stable")][:_SHIFTS].tolist():
        if walkable(np.roll(free, -shift, axis=1)):
            return True
    return False
