"""The samples of an activity: the same whichever file or answer they are read from."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.fakes.garmin.account import Account
from tests.fakes.garmin.chance import chance
from tests.fakes.garmin.facts import Facts

SAMPLES = 240
#: How far up and down it goes from home (m).
CLIMB = 20.0
_HOME, _AWAY = (60.17, 24.94, 15.0), (39.74, -104.99, 1610.0)

type Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Samples (n,): `at_s` since the start, degrees, metres, bpm, m/s, W; NaN where there is no such thing."""

    at_s: Floats
    latitude: Floats
    longitude: Floats
    altitude: Floats
    heart: Floats
    speed: Floats
    distance: Floats
    cadence: Floats
    power: Floats


def home(account: Account, facts: Facts) -> tuple[float, float, float]:
    """Return where an activity begins and ends: latitude, longitude (degrees), altitude (m)."""
    latitude, longitude, altitude = _AWAY if facts.away else _HOME
    luck = chance(account.seed, "place", facts.parent or facts.id)
    return latitude + luck.uniform(-0.05, 0.05), longitude + luck.uniform(-0.05, 0.05), altitude


def track(account: Account, facts: Facts) -> Track:
    """Return an activity's samples, a few hundred at even distances in time."""
    luck = np.random.default_rng([account.seed, facts.id])
    step = max(facts.seconds // SAMPLES, 1)
    at = np.arange(0, facts.seconds, step, dtype=np.float64)
    nothing = np.full(len(at), np.nan)
    phase = 2 * np.pi * at / max(facts.seconds, 1)
    heart = np.clip(np.rint(facts.heart + 8 * np.sin(3 * phase) + luck.normal(0, 3, len(at))), 60, facts.top_heart)
    heart[len(at) // 2] = facts.top_heart
    latitude, longitude, altitude = home(account, facts)
    radius = facts.distance / (2 * np.pi) / 111_000
    out = facts.kind.outdoors
    moving = facts.speed > 0
    ride = "cycling" in facts.sport
    return Track(
        at_s=at,
        latitude=latitude + radius * np.sin(phase) if out else nothing,
        longitude=longitude + 2 * radius * (1 - np.cos(phase)) if out else nothing,
        altitude=altitude + CLIMB * np.sin(5 * phase) if out else nothing,
        heart=heart,
        speed=facts.speed * (1 + 0.1 * np.sin(4 * phase)) if moving else nothing,
        distance=facts.speed * at if moving else nothing,
        cadence=np.rint(85 + 4 * np.sin(6 * phase)) if moving and "swim" not in facts.sport else nothing,
        power=np.rint(210 + 40 * np.sin(7 * phase)) if ride else nothing,
    )
