"""What we write is what we read, and what the official SDK reads without errors."""

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
import pytest

from homestretch.formats.fit.decoder import decode
from homestretch.formats.fit.encode import encode
from homestretch.model.recording import Recording
from tests.formats import golden

CASES: dict[str, Sequence[Recording]] = {
    "run": (golden.run(),),
    "pool swim": (golden.pool_swim(),),
    "strength": (golden.strength(),),
    "beats": (golden.beaten(),),
    "developer fields": (golden.with_developer_fields(),),
    "multisport": golden.multisport(),
    "chain": (replace(golden.run(30), session=1), replace(golden.pool_swim(), part=1)),
    "twelve hours": (golden.run(43_200),),
}


def _assert_same(wanted: Recording, found: Recording) -> None:
    for field in fields(Recording):
        if field.name not in ("channels", "beats", "time_ms"):
            assert getattr(found, field.name) == getattr(wanted, field.name), field.name
    np.testing.assert_array_equal(found.time_ms, wanted.time_ms)
    assert set(found.channels) == set(wanted.channels)
    for key, channel in wanted.channels.items():
        np.testing.assert_array_equal(found.channels[key].values(), channel.values(), key)
        assert found.channels[key].unit == channel.unit
    assert (found.beats is None) == (wanted.beats is None)
    if wanted.beats is not None and found.beats is not None:
        np.testing.assert_array_equal(found.beats.rr_ms, wanted.beats.rr_ms)
        assert np.abs(found.beats.at_ms - wanted.beats.at_ms).max() <= 1000


@pytest.mark.parametrize("recordings", CASES.values(), ids=CASES.keys())
def test_decoding_gives_back_what_was_encoded(recordings: Sequence[Recording]) -> None:
    decoded = decode(encode(*recordings))
    assert (decoded.kind, decoded.notes, dict(decoded.contents)) == ("activity", (), {})
    for wanted, found in zip(recordings, decoded.recordings, strict=True):
        _assert_same(wanted, found)


@pytest.mark.parametrize("recordings", CASES.values(), ids=CASES.keys())
def test_the_sdk_reads_it_without_errors(recordings: Sequence[Recording]) -> None:
    from garmin_fit_sdk import Decoder, Stream

    data = encode(*recordings)
    assert Decoder(Stream.from_byte_array(bytearray(data))).check_integrity()
    messages, errors = Decoder(Stream.from_byte_array(bytearray(data))).read()
    assert errors == []
    assert len(messages.get("record_mesgs", [])) == sum(len(r.time_ms) for r in recordings)
    assert len(messages["session_mesgs"]) == len(recordings)
    assert len(messages.get("lap_mesgs", [])) == sum(len(r.laps) for r in recordings)


def test_what_does_not_fit_a_field_is_left_out() -> None:
    made = golden.run(4)
    wild = replace(made, channels={"heart_rate_bpm": golden.channel("heart_rate_bpm", [100, 300, -5, 120])})
    found = decode(encode(wild)).recordings[0].values("heart_rate_bpm")
    np.testing.assert_array_equal(found, [100, np.nan, np.nan, 120])


def test_many_pauses_laps_and_devices_go_round_the_local_types() -> None:
    made = golden.run(600)
    laps = tuple(replace(made.laps[0], start_ms=golden.START_MS + 1000 * k, end_ms=golden.START_MS + 1000 * k + 500)
                 for k in range(300))  # fmt: skip
    devices = tuple(replace(made.devices[1], product=f"strap {'x' * k}", battery=None) for k in range(40))
    found = decode(encode(replace(made, laps=laps, devices=devices))).recordings[0]
    assert len(found.laps) == 300
    assert [device for device in found.devices if device.role != "recorder"] == list(devices)
    np.testing.assert_array_equal(found.values("power_w"), made.values("power_w"))
