"""Small FIT files made by ourselves, in memory, one for each thing that the decoder must understand."""

import struct
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from fastcrc import crc16

from homestretch.formats.fit.encode import encode
from homestretch.formats.fit.part import EPOCH_S
from homestretch.formats.fit.wire.writer import Fields, Writer
from homestretch.model.channel import CHANNEL_UNITS, MISSING_32, SEMICIRCLES_PER_DEGREE, Channel, Times
from homestretch.model.moment import Moment
from homestretch.model.recording import (
    BeatIntervals,
    Device,
    Event,
    ExerciseSet,
    Lap,
    Length,
    Pause,
    Recording,
)
from homestretch.model.sport import Sport
from tests.formats.fit.wellness.made import full_day

#: 2026-05-03 06:00 UTC, a Sunday morning in Helsinki.
START_MS = 1_777_788_000_000
START_S = START_MS // 1000 - EPOCH_S
OFFSET_S = 3 * 3600
SCALES = {
    "latitude": SEMICIRCLES_PER_DEGREE, "longitude": SEMICIRCLES_PER_DEGREE, "altitude_m": 5.0,
    "speed_mps": 1000.0, "distance_m": 100.0,
}  # fmt: skip


def channel(key: str, values: Any) -> Channel:
    """Return a shared channel as a FIT file has it, from values in its unit (NaN: missing)."""
    scale, offset = SCALES.get(key, 1.0), 500.0 if key == "altitude_m" else 0.0
    numbers = np.asarray(values, float)
    raw = np.where(np.isnan(numbers), MISSING_32, np.rint((np.nan_to_num(numbers) + offset) * scale))
    return Channel(key, raw.astype(np.int32), CHANNEL_UNITS[key], scale, offset)


def channels(values: Mapping[str, Any]) -> dict[str, Channel]:
    """Return shared channels by key."""
    return {key: channel(key, numbers) for key, numbers in values.items()}


def times(count: int, start_ms: int = START_MS) -> Times:
    """Return `count` instants a second apart."""
    return start_ms + 1000 * np.arange(count, dtype=np.int64)


def moment(at_ms: int = START_MS) -> Moment:
    """Return an instant with the wall clock that the file knows."""
    return Moment(at_ms, OFFSET_S, zone_source="file")


def run(count: int = 120, start_ms: int = START_MS) -> Recording:
    """Return a run at 1 Hz with GPS, heart rate (with a gap), cadence, power, two laps, a pause and two devices."""
    k = np.arange(count)
    heart = np.where(k == 7, np.nan, 120 + k % 40)
    end = start_ms + 1000 * count
    half = start_ms + 1000 * (count // 2)
    return Recording(
        sport=Sport("running", "trail"),
        start=moment(start_ms),
        end_ms=end,
        time_ms=times(count, start_ms),
        channels=channels({
            "latitude": 60.17 + k * 2.7e-5, "longitude": 24.94 - k * 1e-5, "altitude_m": 12 + (k % 50) / 5,
            "heart_rate_bpm": heart, "cadence_rpm": 85 + k % 3, "power_w": 240 + k % 17, "speed_mps": 3 + k % 10 / 100,
            "distance_m": 3 * k, "temperature_c": np.full(count, -4),
        }),
        laps=(
            _lap(start_ms, half, "distance"),
            _lap(half, end, "session_end"),
        ),
        pauses=(Pause(start_ms + 30_000, start_ms + 34_000),),
        events=(Event(at_ms=start_ms + 20_000, kind="off_course", data={"type": "marker"}),),
        devices=(
            Device(role="recorder", manufacturer="garmin", product="fr965", serial="3300000001", software="20.26"),
            Device(role="heart_rate", manufacturer="polar_electro", product="H10", serial="77", battery="80%"),
        ),
        totals={
            "total_elapsed_time_s": float(count), "total_timer_time_s": float(count - 4), "total_ascent_m": 41.0,
            "total_distance_m": 3.0 * count, "total_calories_kcal": 32.0, "avg_heart_rate_bpm": 139.0,
            "avg_speed_mps": 3.045, "avg_cadence_rpm": 86.5,
        },
        name="Trail Run",
        file_key=f"4:1:4315:3300000001:{start_ms // 1000 - EPOCH_S}",
    )  # fmt: skip


def _lap(start_ms: int, end_ms: int, trigger: str) -> Lap:
    seconds = (end_ms - start_ms) / 1000
    totals = {"total_elapsed_time_s": seconds, "total_timer_time_s": seconds, "total_distance_m": 3 * seconds}
    return Lap(
        start_ms=start_ms, end_ms=end_ms, elapsed_s=seconds, timer_s=seconds, distance_m=3 * seconds,
        trigger=trigger, totals=totals,
    )  # fmt: skip


def pool_swim() -> Recording:
    """Return a swim in a pool of 25 m: three lengths and a rest."""
    starts = (0, 31, 62, 80)
    lengths = tuple(
        Length(
            start_ms=START_MS + 1000 * at, elapsed_s=18.5, active=at != 62,
            stroke=None if at == 62 else "freestyle", strokes=None if at == 62 else 15,
        )
        for at in starts
    )  # fmt: skip
    return Recording(
        sport=Sport("swimming", "lap_swimming"), start=moment(), end_ms=START_MS + 99_000,
        time_ms=times(99), channels=channels({"heart_rate_bpm": 110 + np.arange(99) % 20}),
        lengths=lengths, totals={"total_elapsed_time_s": 99.0, "pool_length_m": 25.0}, pool_length_m=25.0,
    )  # fmt: skip


def strength() -> Recording:
    """Return two sets of strength training, one of them by its own name, with a rest between."""
    sets = (
        ExerciseSet(start_ms=START_MS, duration_s=40.0, exercise="barbell_bench_press", repetitions=8, weight_kg=62.5),
        ExerciseSet(start_ms=START_MS + 40_000, duration_s=60.5, active=False),
        ExerciseSet(start_ms=START_MS + 101_000, duration_s=30.0, exercise="plank"),
    )
    return Recording(
        sport=Sport("training", "strength_training"), start=moment(), end_ms=START_MS + 131_000,
        time_ms=times(0), sets=sets, totals={"total_elapsed_time_s": 131.0},
    )  # fmt: skip


def beaten() -> Recording:
    """Return a ride whose heart was recorded beat by beat."""
    rr = (700 + np.arange(160) % 60).astype(np.float64)
    beats = BeatIntervals((START_MS + np.cumsum(rr)).astype(np.int64), rr)
    made = run(120)
    return replace(made, sport=Sport("cycling"), beats=beats, channels=channels({"heart_rate_bpm": [80.0] * 120}))


def with_developer_fields() -> Recording:
    """Return a run with fields of apps: whole numbers, and fractions with a unit."""
    made, k = run(60), np.arange(60)
    own = {
        "dev_form_power": Channel("dev_form_power", (60 + k % 9).astype(np.int32), "Watts"),
        "dev_leg_spring_stiffness": Channel("dev_leg_spring_stiffness", 9 + k / 8, "kN/m"),
        "field_140": Channel("field_140", k.astype(np.int32)),
        "vertical_oscillation_mm": Channel("vertical_oscillation_mm", (880 + k).astype(np.int32), "mm", 10.0),
        "left_power_phase_deg_0": Channel("left_power_phase_deg_0", (7 + k).astype(np.int32), "deg", 0.7111111),
        "left_power_phase_deg_1": Channel("left_power_phase_deg_1", (9 + k).astype(np.int32), "deg", 0.7111111),
    }
    return replace(made, channels={**made.channels, **own})


def multisport() -> tuple[Recording, ...]:
    """Return the legs of a triathlon, each with its own channels."""
    swim, ride = run(40), run(50, START_MS + 60_000)
    bare = {key: one for key, one in swim.channels.items() if key != "power_w"}
    key = swim.file_key
    return (
        replace(swim, sport=Sport("swimming", "open_water"), channels=bare, name=None),
        replace(run(10, START_MS + 45_000), session=1, sport=Sport("transition"), pauses=(), events=(), file_key=key),
        replace(ride, session=2, sport=Sport("cycling", "road"), file_key=key),
    )


def chained() -> bytes:
    """Return a chain of two files."""
    return encode(run(30), replace(pool_swim(), part=1))


def big_endian(count: int = 20) -> bytes:
    """Return an activity as old devices wrote it, high bytes first."""
    writer = Writer(">")
    writer.message(0, {0: ("enum", 4), 1: ("uint16", 15), 3: ("uint32z", 1234), 4: ("uint32", START_S)})
    for k in range(count):
        writer.message(20, {253: ("uint32", START_S + k), 0: ("sint32", 717_000_000 + k), 7: ("uint16", 200 + k)})
    writer.message(18, _session(count))
    return writer.file()


def compressed_timestamps(count: int = 50) -> bytes:
    """Return records three seconds apart whose headers hold only the low five bits of their time."""
    writer = Writer()
    writer.message(0, {0: ("enum", 4), 4: ("uint32", START_S)})
    writer.message(20, {253: ("uint32", START_S), 3: ("uint8", 100)})
    writer.add_raw(b"\x43\0\0" + struct.pack("<HB", 20, 1) + b"\x03\x01\x02")
    for k in range(1, count):
        writer.add_raw(bytes((0x80 | 3 << 5 | (START_S + 3 * k) & 31, 100 + k)))
    writer.message(18, _session(3 * count))
    return writer.file()


def compressed_speed_distance(count: int = 40) -> bytes:
    """Return records with speed (12 bits, 1/100 m/s) and rolling distance (12 bits, 1/16 m) packed in 3 bytes."""
    writer = Writer()
    writer.message(0, {0: ("enum", 4), 4: ("uint32", START_S)})
    for k in range(count):
        packed = 310 | (k * 1600 & 0xFFF) << 12
        writer.message(20, {253: ("uint32", START_S + k), 8: ("byte", tuple(packed.to_bytes(3, "little")))})
    return writer.file()


def strap_swim() -> bytes:
    """Return a swim whose heart rate the strap counted alone: an anchor, then packed ticks two a second."""
    writer = Writer()
    writer.message(0, {0: ("enum", 4), 4: ("uint32", START_S)})
    for k in range(20):
        writer.message(20, {253: ("uint32", START_S + k), 5: ("uint32", 100 * k)})
    writer.message(132, {253: ("uint32", START_S), 0: ("uint16", 0), 6: ("uint8", 60), 9: ("uint32", 1024 * 4000)})
    for message in range(5):
        ticks = [(1024 * 4000 + 512 * (8 * message + k + 1)) & 0xFFF for k in range(8)]
        pairs = [low | high << 12 for low, high in zip(ticks[::2], ticks[1::2], strict=True)]
        packed = b"".join(pair.to_bytes(3, "little") for pair in pairs)
        rates = tuple(61 + message for _ in range(8))
        writer.message(132, {6: ("uint8", rates), 10: ("byte", tuple(packed))})
    writer.message(18, _session(20))
    return writer.file()


def relative_time() -> bytes:
    """Return an activity of a device that never knew the date, but says when the file was made."""
    writer = Writer()
    writer.message(0, {0: ("enum", 4), 4: ("uint32", START_S)})
    for k in range(5):
        writer.message(20, {253: ("uint32", 5000 + k), 3: ("uint8", 90)})
    return writer.file()


def settings() -> bytes:
    """Return a file of settings."""
    writer = Writer()
    writer.message(0, {0: ("enum", 2), 4: ("uint32", START_S)})
    writer.message(3, {1: ("enum", 1), 2: ("uint8", 44), 4: ("uint16", 700)})
    return writer.file()


def monitoring() -> bytes:
    """Return a file of a day's wellness."""
    writer = Writer()
    writer.message(0, {0: ("enum", 32), 4: ("uint32", START_S)})
    for k in range(30):
        writer.message(55, {253: ("uint32", START_S + 60 * k), 27: ("uint8", 50 + k)})
    return writer.file()


def course() -> bytes:
    """Return a course: its track is no activity."""
    writer = Writer()
    writer.message(0, {0: ("enum", 6), 4: ("uint32", START_S)})
    writer.message(20, {253: ("uint32", START_S), 0: ("sint32", 1), 1: ("sint32", 2)})
    return writer.file()


def _session(seconds: int) -> Fields:
    return {
        253: ("uint32", START_S + seconds), 2: ("uint32", START_S), 5: ("enum", 2), 6: ("enum", 0),
        7: ("uint32", 1000 * seconds),
    }  # fmt: skip


def with_crc(data: bytes) -> bytes:
    """Return the file with its checksum (and header's) set right again, after bytes were changed."""
    head = data[:12] + struct.pack("<H", crc16.arc(data[:12]))
    body = head + data[14:-2]
    return body + struct.pack("<H", crc16.arc(body))


GOLDEN: dict[str, bytes] = {
    "run": encode(run()),
    "pool_swim": encode(pool_swim()),
    "strength": encode(strength()),
    "beaten": encode(beaten()),
    "developer_fields": encode(with_developer_fields()),
    "multisport": encode(*multisport()),
    "chained": chained(),
    "big_endian": big_endian(),
    "compressed_timestamps": compressed_timestamps(),
    "compressed_speed_distance": compressed_speed_distance(),
    "strap_swim": strap_swim(),
    "relative_time": relative_time(),
    "settings": settings(),
    "monitoring": monitoring(),
    "wellness": full_day(),
    "course": course(),
}
