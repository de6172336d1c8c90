"""Recordings along courses that a test draws in metres, and what came of them by name."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from sqlalchemy import select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.runtime.context import Context
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, route_members
from tests.formats import golden
from tests.taking import digest

DAY_MS = 86_400_000
NORTH_M = 111_195.0
EAST_M = NORTH_M * float(np.cos(np.radians(60.17)))
RUN = Sport("running", "trail")
RIDE = Sport("cycling", "road")
#: Along a road with a bend, and round a block.
ROAD = ((0.0, 0.0), (900.0, 100.0), (1300.0, 700.0))
BLOCK = ((3000.0, 0.0), (3500.0, 0.0), (3500.0, 400.0), (3000.0, 400.0), (3000.0, 0.0))

type Metres = Sequence[tuple[float, float]]


def along(course: Metres, day: int, off_m: float = 0.0, sport: Sport = RUN, speed: float = 4.0) -> Recording:
    """Return a recording at 1 Hz along corners east and north of a place in m, so many days on, and off north-west."""
    corners = np.array(course) + np.array([-off_m, off_m]) / np.sqrt(2.0)
    gone = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))))
    at = np.arange(0.0, gone[-1], speed)
    x, y = (np.interp(at, gone, corners[:, i]) for i in (0, 1))
    start = golden.START_MS + day * DAY_MS
    channels = golden.channels({
        "latitude": 60.17 + y / NORTH_M, "longitude": 24.94 + x / EAST_M, "distance_m": at,
        "speed_mps": np.full(len(at), speed), "heart_rate_bpm": 120.0 + np.arange(len(at)) % 30,
    })  # fmt: skip
    made = golden.run(len(at), start)
    return replace(made, sport=sport, channels=channels, pauses=(), laps=(), events=(), file_key=f"course {day}")


def settled(context: Context, scope: Scope, decoders: Decoders) -> str:
    """Do what the jobs of a server would do, and return the digest of everything derived."""
    derive_pending(context, scope.athlete_id, decoders)
    return digest(context)


def rebuilt(context: Context, scope: Scope, decoders: Decoders) -> str:
    """Make everything derived again; return its digest."""
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    return settled(context, scope, decoders)


def members(context: Context) -> dict[int, tuple[int, str]]:
    """Return by day of each activity the day of its route's founder, and its direction."""
    with context.database.read() as reader:
        days = {row.id: _day(row) for row in reader.rows(select(activities.c.id, activities.c.start_ms))}
        rows = reader.rows(select(route_members))
    return {days[row.activity_id]: (days[row.route_id], row.direction) for row in rows}


def _day(row: Any) -> int:
    return int((row.start_ms - golden.START_MS) // DAY_MS)
