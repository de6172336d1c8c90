"""FIT files that the browser tests upload: a ride with everything, a run, and a swim without a place."""

import itertools
from dataclasses import replace

import numpy as np

from homestretch.formats.fit.encode import encode
from homestretch.model.recording import Device, Lap, Length, Pause, Recording
from homestretch.model.sport import Sport
from tests.formats.golden import START_MS, channels, moment, times

DAY_MS = 86_400_000
SECONDS = 3600
PAUSE_AT, PAUSE_S = 1500, 300


def ride() -> bytes:
    """Return an hour's ride around Helsinki with a pause, three laps and every usual channel."""
    return encode(ride_at("Around the bay", START_MS))


def rides(count: int) -> dict[str, bytes]:
    """Return one ride a day by file name, no two alike, none on the day of `ride`."""
    return {
        f"ride-{number}.fit": encode(ride_at(f"Ride {number}", START_MS + (number + 1) * DAY_MS))
        for number in range(count)
    }


def run() -> bytes:
    """Return a short run the evening before, without power."""
    whole = ride_at("Tempo run", START_MS - DAY_MS // 2)
    kept = {key: channel for key, channel in whole.channels.items() if key != "power_w"}
    slow = channels({"speed_mps": np.full(SECONDS, 3.0), "distance_m": 3.0 * np.arange(SECONDS)})
    return encode(replace(whole, sport=Sport("running", "trail"), channels={**kept, **slow}, totals={}))


def swim() -> bytes:
    """Return eight lengths of a pool, which has no place."""
    start = START_MS - DAY_MS
    lengths = tuple(
        Length(start_ms=start + n * 45_000, elapsed_s=44.0, active=n != 4, stroke=None if n == 4 else "freestyle")
        for n in range(9)
    )
    laps = (Lap(start_ms=start, end_ms=start + 405_000, elapsed_s=405.0, timer_s=405.0, distance_m=200.0),)
    return encode(
        Recording(
            sport=Sport("swimming", "lap_swimming"), start=moment(start), end_ms=start + 405_000,
            time_ms=times(406, start), channels=channels({"heart_rate_bpm": 120 + np.arange(406) % 30}),
            laps=laps, lengths=lengths, totals={"total_distance_m": 200.0}, pool_length_m=25.0, name="Pool",
        )
    )  # fmt: skip


def ride_at(name: str, start: int) -> Recording:
    """Return an hour's ride from an instant on, UTC ms."""
    ticks = np.arange(SECONDS)
    clock = times(SECONDS, start)
    clock[PAUSE_AT:] += PAUSE_S * 1000
    turn = 2 * np.pi * ticks / SECONDS
    hills = np.sin(6 * turn)
    speed = 8.0 - 2.0 * hills
    columns = {
        "latitude": 60.17 + 0.03 * np.sin(turn) + 0.01 * np.sin(3 * turn),
        "longitude": 24.94 + 0.07 * np.cos(turn) + 0.015 * np.cos(2 * turn),
        "altitude_m": 30.0 - 25.0 * np.cos(6 * turn),
        "speed_mps": speed,
        "distance_m": np.cumsum(speed),
        "heart_rate_bpm": np.rint(138 + 20 * hills),
        "power_w": np.rint(190 + 90 * hills),
        "cadence_rpm": np.rint(86 + 6 * hills),
        "temperature_c": np.rint(12 + 6 * ticks / SECONDS),
    }
    bounds = [int(clock[0]), int(clock[1000]), int(clock[2400]), int(clock[-1])]
    laps = tuple(
        Lap(start_ms=a, end_ms=b, elapsed_s=(b - a) / 1000, timer_s=(b - a) / 1000, trigger="manual")
        for a, b in itertools.pairwise(bounds)
    )
    return Recording(
        sport=Sport("cycling", "road"), start=moment(start), end_ms=bounds[-1], time_ms=clock,
        channels=channels(columns), laps=laps, name=name,
        pauses=(Pause(int(clock[PAUSE_AT - 1]), int(clock[PAUSE_AT])),),
        devices=(Device(role="recorder", manufacturer="garmin", product="edge_540", serial="340001"),),
        totals={"total_distance_m": float(columns["distance_m"][-1]) + 12.0, "total_ascent_m": 290.0},
    )  # fmt: skip
