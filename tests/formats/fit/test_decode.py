"""What a FIT file holds comes out under the house's names, and what is broken comes out with a note."""

import struct
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from homestretch.formats import sniff
from homestretch.formats.fit import FORMAT
from homestretch.formats.fit.decoder import decode
from homestretch.formats.fit.encode import encode
from homestretch.formats.fit.messages import developer_messages, messages
from homestretch.formats.fit.wire.writer import Writer
from homestretch.model.moment import Moment
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport
from tests.formats import golden
from tests.formats.golden import GOLDEN, START_MS, START_S


def _one(data: bytes) -> Recording:
    (recording,) = decode(data).recordings
    return recording


def test_only_fit_is_claimed() -> None:
    assert sniff(GOLDEN["run"]) is FORMAT
    assert FORMAT.claims(b"", "activity.fit") == 0
    assert FORMAT.claims(b"\0\x05\x16\x07" + bytes(60), "._activity.fit") == 0
    assert FORMAT.claims(b"PK\x03\x04" + bytes(60), "1_ORIGINAL.fit") == 0
    assert decode(b"").notes == ("not_fit",)


def test_a_run_has_its_clock_and_its_identity() -> None:
    found = _one(GOLDEN["run"])
    assert found.start == Moment(START_MS, 3 * 3600, None, "file")
    assert found.file_key == f"4:1:4315:3300000001:{START_S}"
    assert found.channels["latitude"].raw.dtype == np.int32
    assert found.totals["avg_cadence_rpm"] == 86.5


def test_an_identity_needs_a_serial_and_a_time() -> None:
    assert _one(GOLDEN["pool_swim"]).file_key is None


def test_legs_have_their_own_records_and_channels() -> None:
    legs = decode(GOLDEN["multisport"]).recordings
    assert [leg.sport for leg in legs] == [
        Sport("swimming", "open_water"), Sport("transition"), Sport("cycling", "road"),
    ]  # fmt: skip
    assert [len(leg.time_ms) for leg in legs] == [40, 10, 50]
    assert ["power_w" in leg.channels for leg in legs] == [False, True, True]
    assert {leg.part for leg in legs} == {0}


def test_a_chain_has_parts() -> None:
    run, swim = decode(GOLDEN["chained"]).recordings
    assert (run.part, swim.part) == (0, 1)
    assert (run.session, swim.session) == (1, 0), "the last one is known by that number"


def test_big_endian() -> None:
    found = _one(GOLDEN["big_endian"])
    np.testing.assert_array_equal(found.values("power_w"), 200 + np.arange(20))
    np.testing.assert_array_equal(found.channels["latitude"].raw, 717_000_000 + np.arange(20))
    np.testing.assert_array_equal(found.time_ms, golden.times(20))


def test_compressed_timestamps_count_on() -> None:
    found = _one(GOLDEN["compressed_timestamps"])
    np.testing.assert_array_equal(found.time_ms, START_MS + 3000 * np.arange(50))
    np.testing.assert_array_equal(found.values("heart_rate_bpm"), 100 + np.arange(50))
    stamps = [m.fields[253] for m in messages(GOLDEN["compressed_timestamps"]) if m.number == 20]
    assert stamps == [START_S + 3 * k for k in range(50)]


def test_packed_speed_and_distance_roll_over() -> None:
    found = _one(GOLDEN["compressed_speed_distance"])
    np.testing.assert_array_equal(found.values("speed_mps"), np.full(40, 3.1))
    np.testing.assert_array_equal(found.values("distance_m"), 100.0 * np.arange(40))


def test_a_strap_alone_gives_the_heart_rate() -> None:
    found = _one(GOLDEN["strap_swim"]).values("heart_rate_bpm")
    assert found is not None
    np.testing.assert_array_equal(found, [60, 61, 61, 61, 61, *np.repeat([62, 63, 64], 4), 65, 65, 65])


def test_relative_time_is_put_where_the_file_was_made() -> None:
    decoded = decode(GOLDEN["relative_time"])
    assert decoded.notes == ("no_session", "relative_time")
    np.testing.assert_array_equal(decoded.recordings[0].time_ms, golden.times(5))
    assert decoded.recordings[0].start.utc_ms == START_MS


def test_what_is_no_activity_is_counted() -> None:
    kinds = {name: decode(GOLDEN[name]) for name in ("settings", "monitoring", "course")}
    assert {name: d.kind for name, d in kinds.items()} == {
        "settings": "settings", "monitoring": "monitoring_b", "course": "course",
    }  # fmt: skip
    assert all(not d.recordings for d in kinds.values())
    assert kinds["monitoring"].contents == {"file_id": 1, "monitoring": 30}


def test_unread_messages_of_an_activity_are_counted() -> None:
    writer = Writer()
    for k in range(3):
        writer.message(20, {253: ("uint32", START_S + k)})
        writer.message(60_000, {253: ("uint32", START_S + k), 0: ("uint16", 3900)})
    assert decode(writer.file()).contents == {"unknown_60000": 3}


def test_a_session_without_records_is_a_recording() -> None:
    found = _one(encode(replace(golden.run(), time_ms=golden.times(0), channels={})))
    assert len(found.time_ms) == 0
    assert len(found.laps) == 2
    assert found.totals["total_distance_m"] == 360


def test_a_session_without_any_time_is_noted() -> None:
    writer = Writer()
    writer.message(18, {5: ("enum", 1), 9: ("uint32", 500_000)})
    decoded = decode(writer.file())
    assert decoded.notes == ("no_time", "clock_unknown")
    assert decoded.recordings[0].totals == {"total_distance_m": 5000.0}


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize(
    ("start", "flagged"),
    [("2026-05-03", False), ("2009-06-01", False), ("2006-09-17", True), ("2000-01-01", True), ("1999-08-22", True)],
)
def test_a_date_before_there_was_fit_is_flagged_and_kept(start: str, flagged: bool, bare: bool) -> None:
    """So is one whose satellites' weeks began again (2026 is 2006 then): nothing else in the file tells."""
    start_ms = int(datetime.fromisoformat(start).replace(tzinfo=UTC).timestamp() * 1000)
    made = golden.run(60, start_ms)
    made = replace(made, time_ms=made.time_ms[:0], channels={}, laps=(), pauses=()) if bare else made
    decoded = decode(encode(made))
    assert ("clock_unknown" in decoded.notes) == flagged
    assert decoded.recordings[0].start.utc_ms == start_ms, "no date is made up"


def test_a_witness_within_the_file_dates_it_without_a_flag() -> None:
    made = golden.run(60)
    behind = replace(made, time_ms=made.time_ms - 1024 * 7 * 86_400_000)
    assert "clock_unknown" not in decode(encode(behind)).notes


def test_enhanced_fields_come_first_and_plain_ones_fill_the_gaps() -> None:
    writer = Writer()
    writer.message(20, {253: ("uint32", START_S), 2: ("uint16", 3000), 78: ("uint32", 3005)})
    writer.message(20, {253: ("uint32", START_S + 1), 2: ("uint16", 3010), 78: ("uint32", None)})
    writer.message(20, {253: ("uint32", START_S + 2), 2: ("uint16", 3020)})
    found = _one(writer.file()).values("altitude_m")
    np.testing.assert_array_equal(found, [101, 102, 104])


def test_fractional_cadence_is_added() -> None:
    writer = Writer()
    for k, fraction in enumerate((64, None, 0)):
        writer.message(20, {253: ("uint32", START_S + k), 4: ("uint8", 80 + k), 53: ("uint8", fraction)})
    np.testing.assert_array_equal(_one(writer.file()).values("cadence_rpm"), [80.5, 81, 82])


def test_great_unsigned_numbers_stay_what_they_are() -> None:
    writer = Writer()
    for k, value in enumerate((4_000_000_000, None, 5)):
        writer.message(20, {253: ("uint32", START_S + k), 200: ("uint32", value)})
    found = _one(writer.file()).values("field_200")
    np.testing.assert_array_equal(found, [4e9, np.nan, 5])


def test_in_byte_arrays_255_is_void_only_if_all_are() -> None:
    writer = Writer()
    writer.message(20, {253: ("uint32", START_S), 201: ("byte", (255, 3))})
    writer.message(20, {253: ("uint32", START_S + 1), 201: ("byte", (255, 255))})
    found = _one(writer.file())
    np.testing.assert_array_equal(found.values("field_201_0"), [255, np.nan])
    np.testing.assert_array_equal(found.values("field_201_1"), [3, np.nan])


def test_developer_fields_smaller_than_their_type_are_read() -> None:
    writer = Writer()
    writer.message(207, {3: ("uint8", 0)})
    writer.message(206, {0: ("uint8", 0), 1: ("uint8", 0), 2: ("uint8", 0x86), 3: ("string", "SmO2 left"),
                         8: ("string", "%")})  # fmt: skip
    writer.add_raw(b"\x60\0\0" + struct.pack("<HB", 20, 1) + b"\xfd\x04\x86" + b"\x01\x00\x02\x00")
    for k in range(3):
        writer.add_raw(struct.pack("<BIH", 0, START_S + k, 65535 if k == 1 else 60 + k))
    found = _one(writer.file())
    np.testing.assert_array_equal(found.values("dev_sm_o2_left"), [60, np.nan, 62])
    assert found.channels["dev_sm_o2_left"].unit == "%"
    assert [value for _, value in developer_messages(writer.file())] == [{"dev_sm_o2_left": 60}, {"dev_sm_o2_left": 62}]


def test_records_without_a_time_have_that_of_the_one_before() -> None:
    writer = Writer()
    for second in (None, START_S, None, START_S + 2):
        writer.message(20, {253: ("uint32", second), 3: ("uint8", 90)})
    found = _one(writer.file())
    assert ((found.time_ms - START_MS) // 1000).tolist() == [0, 0, 0, 2]


def test_gear_changes_are_unpacked() -> None:
    writer = Writer()
    writer.message(20, {253: ("uint32", START_S)})
    packed = 3 | 24 << 8 | 2 << 16 | 50 << 24
    writer.message(21, {253: ("uint32", START_S), 0: ("enum", 43), 1: ("enum", 3), 3: ("uint32", packed)})
    (event,) = _one(writer.file()).events
    assert event.kind == "rear_gear_change"
    assert [event.data[key] for key in ("rear_gear_num", "rear_gear", "front_gear_num", "front_gear")] == [3, 24, 2, 50]


def test_an_unsound_wall_clock_is_no_offset() -> None:
    for local in (0, START_S + 40 * 3600, START_S + 1380):
        writer = Writer()
        writer.message(20, {253: ("uint32", START_S)})
        writer.message(34, {253: ("uint32", START_S), 5: ("uint32", local)})
        assert _one(writer.file()).start == Moment(START_MS)


def _notes(data: bytes) -> set[str]:
    decoded = decode(data)
    assert len(decoded.recordings) == 1
    return {note.split(":")[0] for note in decoded.notes}


def test_faults_are_noted_and_what_is_before_them_kept() -> None:
    whole = GOLDEN["run"]
    torn = bytearray(whole)
    torn[-1] ^= 1
    assert _notes(bytes(torn)) == {"crc_bad"}
    assert _notes(whole[:12] + b"\0\0" + whole[14:]) == {"crc_bad"}
    assert _notes(golden.with_crc(whole)) == set()
    assert "header_crc" in _notes(whole[:12] + b"\1\2" + whole[14:])
    assert _notes(whole[:4] + bytes(4) + whole[8:-2]) >= {"zero_size"}
    assert _notes(whole[: len(whole) // 2]) == {"truncated", "no_session"}
    assert _notes(whole + b"rubbish") == {"trailing_bytes"}


def test_a_header_without_checksum_is_legal() -> None:
    whole = GOLDEN["run"]
    bare = bytes((14, *whole[1:12], 0, 0)) + whole[14:-2]
    short = bytes((12, *whole[1:12])) + whole[14:-2]
    for data in (bare, short):
        assert _notes(data + _crc(data)) == set()


def _crc(data: bytes) -> bytes:
    from fastcrc import crc16

    return struct.pack("<H", crc16.arc(data))


def test_an_undefined_local_type_ends_the_file() -> None:
    writer = Writer()
    writer.message(20, {253: ("uint32", START_S), 3: ("uint8", 90)})
    writer.add_raw(b"\x0b\1\2\3")
    assert _notes(writer.file()) == {"undefined_local", "no_session"}


def test_an_unknown_base_type_is_read_as_bytes_and_noted() -> None:
    writer = Writer()
    writer.add_raw(b"\x40\0\0" + struct.pack("<HB", 20, 2) + b"\xfd\x04\x86\xc8\x01\x52")
    writer.add_raw(struct.pack("<BIB", 0, START_S, 7))
    data = writer.file()
    assert _notes(data) == {"bad_base_type", "no_session"}
    np.testing.assert_array_equal(_one(data).values("field_200"), [7])


def test_the_first_file_of_a_broken_chain_is_kept() -> None:
    decoded = decode(GOLDEN["run"] + GOLDEN["pool_swim"][:40])
    assert decoded.recordings[0].name == "Trail Run"
    assert any(note.startswith("truncated") for note in decoded.notes)


def test_files_made_to_burst_stay_small() -> None:
    writer = Writer()
    for k in range(3000):
        writer.message(20, {253: ("uint32", START_S + k), 90 + k % 160: ("byte", tuple(range(1, 200)))})
    data = writer.file()
    decoded = decode(data)
    cells = sum(len(channel) for channel in decoded.recordings[0].channels.values())
    assert "too_wide" in decoded.notes
    assert cells <= 17 * len(data)
