"""Whatever the bytes, the FIT decoder returns, soon, and within memory bounded by the file's size."""

import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homestretch.formats.fit.decoder import decode
from homestretch.formats.fit.messages import messages
from tests.formats.golden import GOLDEN, with_crc

#: A file of a megabyte may take this much processor time at worst, and this many times its size.
SECONDS_PER_MB, BYTES_PER_BYTE, SLACK = 30.0, 200, 8_000_000
NAMES = sorted(GOLDEN)
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)


def _survives(data: bytes) -> None:
    began = time.process_time()
    decoded = decode(data)
    # Told apart from what else the machine does; and from tracemalloc, which is several times slower.
    assert tracemalloc.is_tracing() or time.process_time() - began < 1 + SECONDS_PER_MB * len(data) / 1e6
    for recording in decoded.recordings:
        assert all(len(channel) == len(recording.time_ms) for channel in recording.channels.values())
        assert recording.end_ms >= recording.start.utc_ms


@pytest.mark.parametrize("name", NAMES)
def test_truncated_anywhere(name: str) -> None:
    whole = GOLDEN[name]
    step = 1 if len(whole) <= 4096 else len(whole) // 200
    for length in range(0, len(whole), step):
        _survives(whole[:length])


@FUZZ
@given(st.sampled_from(NAMES), st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=8))
def test_bytes_changed(name: str, changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOLDEN[name])
    for place, value in changes:
        data[14 + place % (len(data) - 14)] = value
    _survives(bytes(data))
    _survives(with_crc(bytes(data)))
    assert all(message.number >= 0 for message in messages(bytes(data)))


@FUZZ
@given(st.binary(max_size=2000))
def test_rubbish_behind_a_header(rubbish: bytes) -> None:
    _survives(GOLDEN["run"][:14] + rubbish)
    _survives(rubbish)


@FUZZ
@given(st.lists(st.sampled_from([0x40, 0x41, 0x60, 0, 1, 0x80, 0xFF, 20, 18, 3, 253, 6, 0x86, 4]), max_size=1500))
def test_likely_bytes_behind_a_header(likely: list[int]) -> None:
    _survives(GOLDEN["run"][:14] + bytes(likely))


def _attack(kind: str) -> bytes:
    """Return 300 kB made to be dear: many definitions, many sessions, many chained files, wide or empty messages."""
    head = GOLDEN["run"][:14]
    bodies = {
        "definitions": b"".join(
            b"\x40\0\0" + (20).to_bytes(2, "little") + bytes((1, k % 250, 1 + k // 250 % 250, 2)) + bytes(2 + k // 250)
            for k in range(3500)
        ),
        "sessions": b"\x40\0\0\x12\0\0" + bytes(300_000),
        "records": b"\x40\0\0\x14\0\0" + bytes(300_000),
        "laps": b"\x41\0\0\x12\0\0\1\x40\0\0\x13\0\1\x02\x04\x86" + bytes(300_000),
        "arrays": b"\x40\0\0\x14\0\x02\x5a\xff\x02\x5b\xff\x02" + (b"\0" + b"\1" * 510) * 580,
    }
    if kind == "chain":
        return (head[:4] + bytes(4) + head[8:12] + bytes(4)) * 18_000
    body = bodies[kind]
    return with_crc(head[:4] + len(body).to_bytes(4, "little") + head[8:] + body + b"\0\0")


@pytest.mark.parametrize("kind", ["definitions", "sessions", "records", "laps", "arrays", "chain"])
def test_attacks_stay_within_bounds(kind: str) -> None:
    data = _attack(kind)
    _survives(data)
    tracemalloc.start()
    try:
        _survives(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < SLACK + BYTES_PER_BYTE * len(data)
