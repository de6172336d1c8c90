"""The stream codec: what is packed is unpacked to the last bit, small, and what is damaged says so."""

import contextlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from homestretch.model.channel import MISSING_32, Channel
from homestretch.store.codecs.streams import BadStream, contents, pack, unpack

KINDS = (np.dtype("<i4"), np.dtype("<i8"), np.dtype("<f8"))


def column(dtype: "np.dtype[Any]", size: int) -> st.SearchStrategy[Any]:
    """Any bits: the ends of the range, the sentinel, infinities and every kind of NaN."""
    if dtype.kind == "f":
        return arrays(np.uint64, size).map(lambda bits: bits.view("<f8"))
    ends = st.sampled_from([np.iinfo(dtype).min, np.iinfo(dtype).max, MISSING_32, 0, -1])
    return arrays(dtype, size, elements=st.integers(np.iinfo(dtype).min, np.iinfo(dtype).max) | ends)


@st.composite
def recordings(draw: st.DrawFn) -> tuple[Any, list[Channel]]:
    size = draw(st.integers(0, 40))
    kinds: list[np.dtype[Any]] = draw(st.lists(st.sampled_from(KINDS), max_size=4))
    texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    numbers = st.floats(allow_nan=False, allow_infinity=False)
    channels = [
        Channel(f"c{k}", draw(column(kind, size)), draw(texts), draw(numbers), draw(numbers))
        for k, kind in enumerate(kinds)
    ]
    return draw(column(KINDS[1], size)), channels


@settings(max_examples=150, deadline=None)
@given(recordings())
def test_what_is_packed_is_unpacked_to_the_last_bit(recording: tuple[Any, list[Channel]]) -> None:
    time_ms, channels = recording
    blob = pack(time_ms, channels)
    got_time, got = unpack(blob)
    assert got_time.tobytes() == time_ms.tobytes() and got_time.dtype == time_ms.dtype
    assert list(got) == [channel.key for channel in channels]
    for channel in channels:
        back = got[channel.key]
        assert back.raw.tobytes() == channel.raw.tobytes() and back.raw.dtype == channel.raw.dtype
        assert (back.unit, back.scale, back.offset) == (channel.unit, channel.scale, channel.offset)
    assert contents(blob) == (len(time_ms), {channel.key: channel.unit for channel in channels})


def ride(seconds: int) -> tuple[Any, list[Channel]]:
    """A ride as a device records it: ten channels at 1 Hz, smooth ones and noisy ones."""
    chance = np.random.default_rng(5)
    k = np.arange(seconds)

    def wander(step: float, scale: float) -> Any:
        return np.rint(np.cumsum(chance.normal(0, step, seconds)) * scale).astype(np.int32)

    turn = np.cumsum(chance.normal(0, 0.03, seconds))
    channels = [
        Channel("latitude", np.rint(7e8 + np.cumsum(900 * np.cos(turn))).astype(np.int32), "deg"),
        Channel("longitude", np.rint(3e8 + np.cumsum(1700 * np.sin(turn))).astype(np.int32), "deg"),
        Channel("altitude_m", 500 + wander(0.3, 5), "m", 5.0, 500.0),
        Channel("distance_m", np.cumsum(np.rint(chance.normal(800, 40, seconds))).astype(np.int32), "m", 100.0),
        Channel("speed_mps", np.rint(8000 + 400 * np.sin(k / 60) + chance.normal(0, 30, seconds)).astype(np.int32), ""),
        Channel("power_w", np.rint(200 + 40 * chance.normal(0, 1, seconds)).clip(0).astype(np.int32), "W"),
        Channel("heart_rate_bpm", 140 + wander(0.5, 1) % 40, "bpm"),
        Channel("cadence_rpm", np.rint(88 + 3 * chance.normal(0, 1, seconds)).astype(np.int32), "rpm"),
        Channel("temperature_c", (18 + k // 1800).astype(np.int32), "°C"),
    ]
    return 1_777_788_000_000 + 1000 * k.astype(np.int64), channels


def test_a_row_of_ten_channels_takes_seven_bytes_at_most() -> None:
    blob = pack(*ride(4 * 3600))
    assert len(blob) / (4 * 3600) <= 7


def test_one_channel_is_read_without_the_others() -> None:
    time_ms, channels = ride(600)
    blob = bytearray(pack(time_ms, channels))
    blob[-1] ^= 0xFF  # in the last frame, the temperature's
    _, got = unpack(bytes(blob), ["power_w", "nothing"])
    assert list(got) == ["power_w"]
    with pytest.raises(BadStream, match="rebuild"):
        unpack(bytes(blob))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damage_is_found_wherever_it_is(data: st.DataObject) -> None:
    """Some bits of a zstd frame are of no use: flipped, they change nothing of what is unpacked."""
    whole = pack(*ride(200))
    at = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytearray(whole)
    flipped[at] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(BadStream):
        time_ms, channels = unpack(bytes(flipped))
        assert pack(time_ms, channels.values()) == whole
    with pytest.raises(BadStream):
        unpack(whole[:at])


def test_a_damaged_size_takes_no_memory() -> None:
    """Each bit of the begin of a frame, where it says how much it holds, up to 2^64 bytes."""
    whole = pack(*ride(20))
    frame = whole.index(b"\x28\xb5\x2f\xfd")
    for at in range(frame, frame + 14):
        for flip in range(1, 256):
            flipped = bytearray(whole)
            flipped[at] ^= flip
            with contextlib.suppress(BadStream):
                time_ms, channels = unpack(bytes(flipped))
                assert pack(time_ms, channels.values()) == whole


def test_what_no_channel_holds_is_refused() -> None:
    with pytest.raises(TypeError, match="float32"):
        pack(np.arange(3), [Channel("x", np.zeros(3, np.float32), "")])
