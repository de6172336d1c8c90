"""What summing up a recording costs, for rides at 1 Hz made here: `python -m benchmarks.summarise`."""

import time

import numpy as np

from homestretch.analysis.activity.summary import summarise
from homestretch.model.channel import SEMICIRCLES_PER_DEGREE, Channel
from homestretch.model.moment import Moment
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport

_ROUNDS = 9
_START_MS = 1_777_788_000_000


def ride(seconds: int) -> Recording:
    """Return a winding ride with nine channels, in integers as FIT has them."""
    rng = np.random.default_rng(1)
    n = np.arange(seconds)
    heading = np.cumsum(rng.normal(0, 0.05, seconds))
    values = {
        "latitude": (50 + np.cumsum(np.cos(heading) * 8) / 111_195, SEMICIRCLES_PER_DEGREE, 0.0),
        "longitude": (14 + np.cumsum(np.sin(heading) * 8) / 71_000, SEMICIRCLES_PER_DEGREE, 0.0),
        "altitude_m": (300 + 50 * np.sin(n / 300) + rng.normal(0, 0.4, seconds), 5.0, 500.0),
        "heart_rate_bpm": (140 + 10 * np.sin(n / 100), 1.0, 0.0),
        "power_w": (np.clip(rng.normal(200, 80, seconds), 0, None), 1.0, 0.0),
        "cadence_rpm": (np.full(seconds, 85.0), 1.0, 0.0),
        "speed_mps": (np.full(seconds, 8.0), 1000.0, 0.0),
        "distance_m": (n * 8.0, 100.0, 0.0),
        "temperature_c": (np.full(seconds, 20.0), 1.0, 0.0),
    }
    channels = {
        key: Channel(key, np.round((x + offset) * scale).astype(np.int32), "", scale, offset)
        for key, (x, scale, offset) in values.items()
    }
    time_ms = _START_MS + 1000 * n.astype(np.int64)
    start = Moment(_START_MS)
    return Recording(sport=Sport("cycling"), start=start, end_ms=int(time_ms[-1]), time_ms=time_ms, channels=channels)


def rows() -> list[tuple[str, float]]:
    """Return the best of several runs in ms, for one hour, four and two days."""
    found = []
    for name, hours in (("1 h", 1), ("4 h", 4), ("48 h", 48)):
        made, taken = ride(3600 * hours), []
        for _ in range(_ROUNDS):
            began = time.perf_counter()
            summarise(made)
            taken.append(time.perf_counter() - began)
        found.append((name, min(taken) * 1e3))
    return found


if __name__ == "__main__":
    for name, ms in rows():
        print(f"{name:5} {ms:7.2f} ms")
