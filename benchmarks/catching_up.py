"""How fast the jobs behind an import are: segments, routes and the heat map: `python -m benchmarks catching_up`."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import select

from benchmarks.filling import COURSES, Spent, fill
from benchmarks.importing import new_context
from benchmarks.report import Row
from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.derive.places.heat import draw_heat
from homestretch.flow.derive.places.routes import find_routes
from homestretch.flow.derive.places.segment_efforts import time_segments
from homestretch.flow.edit import segments
from homestretch.flow.runtime.context import Context
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities

ACTIVITIES, SEGMENTS, SECONDS = 1_000, 50, 3_600
LEAST = 50.0


def rows() -> list[Row]:
    """Return activities a second of each job, by processor time and by the clock."""
    found = []
    with tempfile.TemporaryDirectory() as name:
        context = new_context(Path(name))
        scope = Scope(athlete_named(context, None))
        fill(context, scope.athlete_id, range(ACTIVITIES), SECONDS, whole=True)
        draw(context, scope)
        jobs: dict[str, Callable[[], int]] = {
            f"segments, {SEGMENTS} of them": partial(time_segments, context, scope.athlete_id),
            "routes": partial(find_routes, context, scope.athlete_id),
            "heat map": partial(draw_heat, context, scope.athlete_id),
        }
        for what, job in jobs.items():
            quota_used = Spent()
            count = job()
            clock, used = quota_used.so_far()
            if count < ACTIVITIES:
                raise RuntimeError(f"{what}: only {count} activities were looked at")
            found.append(Row(f"{what}, of processor time", count / used, "/s", LEAST, least=True))
            found.append(Row(f"{what}, on the clock", count / clock, "/s"))
        context.database.close()
    return found


def draw(context: Context, scope: Scope) -> None:
    """Draw the segments: parts of half a kilometre to five, on every course."""
    with context.database.read() as reader:
        order = select(activities.c.id).order_by(activities.c.start_ms).limit(COURSES)
        ids = [row.id for row in reader.rows(order)]
    for number in range(SEGMENTS):
        begin = 300.0 + 50.0 * (number % 40)
        length = 60.0 + 12.0 * number
        segments.draw(context, scope, ids[number % COURSES], f"Segment {number}", begin, begin + length)
