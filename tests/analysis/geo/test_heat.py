import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.geo.heat import MOST, blend, changed, colour, peak, pixels, png, ramp
from tests.analysis.geo.test_tiles import places_at


def drawn(x: object, y: object, zoom: int = 3, breaks: object = None, size: int = 256) -> set[tuple[int, int]]:
    """Return the pixels of the whole map that a line through places in tiles draws."""
    lat, lon = places_at(x, y, zoom)
    found = pixels(lat, lon, None if breaks is None else np.asarray(breaks), zoom, size)
    return {(tx * size + i % size, ty * size + i // size) for (tx, ty), part in found.items() for i in part.tolist()}


def test_a_straight_line_draws_each_pixel_once_over_tiles() -> None:
    row = int(2.5 * 256)
    line = drawn([1.9, 2.1], [2.501, 2.501])
    assert line == {(x, row) for x in range(int(1.9 * 256), int(2.1 * 256) + 1)}
    lat, lon = places_at([1.9, 2.1], [2.501, 2.501], 3)
    assert set(pixels(lat, lon, None, 3)) == {(1, 2), (2, 2)}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(0.01, 7.99), st.floats(0.01, 7.99)), min_size=1, max_size=8))
def test_a_line_has_no_hole_and_strays_nowhere(points: list[tuple[float, float]]) -> None:
    x, y = np.array(points).T
    # Steps over half the world go the other way round.
    x = 2 + x / 4
    found = drawn(x, y)
    t = np.linspace(0, 1, 4001)
    near = set()
    for i in range(len(x) - 1):
        px = ((x[i] + t * (x[i + 1] - x[i])) * 256).astype(int)
        py = ((y[i] + t * (y[i + 1] - y[i])) * 256).astype(int)
        line = set(zip(px.tolist(), py.tolist(), strict=True))
        near |= line
        assert all(any((a + c, b + d) in found for c in (-1, 0, 1) for d in (-1, 0, 1)) for a, b in line)
    near |= {(int(a * 256), int(b * 256)) for a, b in zip(x, y, strict=True)}
    assert all(any((a + c, b + d) in near for c in (-1, 0, 1) for d in (-1, 0, 1)) for a, b in found)


def test_breaks_unknown_places_and_the_date_line() -> None:
    assert len(drawn([1.0, 2.0], [2.0, 2.0], breaks=[True])) == 2
    assert len(drawn([1.0, np.nan, 2.0], [2.0, 2.0, 2.0])) == 2
    over = drawn([7.99, 0.01], [2.0, 2.0])
    assert {x for x, _ in over} == {*range(int(7.99 * 256), 2048), *range(int(0.01 * 256) + 1)}
    assert pixels(np.zeros(0), np.zeros(0), None, 3) == {}
    assert pixels(np.full(2, np.nan), np.full(2, np.nan), None, 3) == {}


def test_standing_still_does_not_glow() -> None:
    lat, lon = places_at(np.full(500, 3.5), np.full(500, 3.5), 3)
    (one,) = pixels(lat, lon, None, 3).values()
    assert len(one) == 1
    assert one.dtype == np.uint16
    (large,) = pixels(lat, lon, None, 3, 512).values()
    assert large.dtype == np.uint32


def test_counts_are_tracks_and_can_be_taken_back() -> None:
    a, b = np.array([0, 5, 9], dtype=np.uint16), np.array([5, 15], dtype=np.uint16)
    counts = blend([a, b, b], 4)
    assert counts.ravel().tolist() == [1, 0, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2]
    assert changed(blend([a, b], 4), b, 1).tolist() == counts.tolist()
    assert changed(counts, a, -1).tolist() == blend([b, b], 4).tolist()
    assert changed(np.zeros((4, 4), dtype=np.uint16), a, -1).max() == 0
    assert changed(np.full((4, 4), MOST, dtype=np.uint16), a, 1).max() == MOST
    assert blend([], 4).max() == 0


def test_the_peak_is_no_single_pixel() -> None:
    counts = np.full((100, 100), 3, dtype=np.uint16)
    counts[0, 0] = 500
    assert peak([counts]) == 3
    assert peak([]) == 1
    assert peak([np.zeros((4, 4), dtype=np.uint16)]) == 1


def test_colours_grow_with_the_logarithm_of_the_count() -> None:
    table = ramp()
    made = colour(np.array([[0, 1, 3, 31, 900]], dtype=np.uint16), 31.0)[0]
    assert made[0].tolist() == [0, 0, 0, 0]
    assert made[1].tolist() == table[1].tolist()
    assert made[2].tolist() == table[1 + round(254 / 4)].tolist()
    assert made[3].tolist() == made[4].tolist() == table[255].tolist()
    assert colour(np.array([[1, 2]], dtype=np.uint16), 1.0)[0, 0].tolist() == table[1].tolist()


def linear(rgb: np.ndarray) -> np.ndarray:
    part = rgb / 255.0
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


#: What those see who lack one kind of cone, in linear light (Viénot, Brettel and Mollon 1999).
SEEN = {
    "all": np.eye(3),
    "no red": np.array([[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]]),
    "no green": np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]]),
}


@pytest.mark.parametrize("eyes", SEEN)
def test_colours_are_in_order_for_every_eye_and_stand_out_from_light_and_dark(eyes: str) -> None:
    light = linear(ramp()[1:, :3].astype(np.float64)) @ SEEN[eyes].T
    bright = light @ np.array([0.2126, 0.7152, 0.0722])
    assert (np.diff(bright[::16]) > 0).all()
    assert (1.05 / (bright + 0.05) >= 1.9).all()
    assert ((bright + 0.05) / (0.01 + 0.05) >= 1.9).all()


def test_a_picture_is_read_back_from_its_bytes() -> None:
    rgba = colour(np.arange(12, dtype=np.uint16).reshape(3, 4), 11.0)
    data = png(rgba)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    at, chunks = 8, {}
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        assert struct.unpack_from(">I", data, at + 8 + size)[0] == zlib.crc32(name + body)
        chunks[name] = body
        at += 12 + size
    assert struct.unpack(">IIBBBBB", chunks[b"IHDR"]) == (4, 3, 8, 6, 0, 0, 0)
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), dtype=np.uint8).reshape(3, 17)
    assert (rows[:, 0] == 0).all()
    assert rows[:, 1:].reshape(3, 4, 4).tolist() == rgba.tolist()
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
