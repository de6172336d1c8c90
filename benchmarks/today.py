"""Today with 20,000 activities and ten years of nights: the processor time and size of the page's one answer."""

import tempfile
import time
from pathlib import Path

import numpy as np
import orjson
from sqlalchemy import func, select

from benchmarks.filling import fill
from benchmarks.health import put_years
from benchmarks.importing import new_context
from benchmarks.report import Row
from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.watermarks import touch
from homestretch.model.moment import instant
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.views.today.today import today_document

MANY, SECONDS = 20_000, 60
_ASKED = 20
_HOUR_MS = 3_600_000


def rows() -> list[Row]:
    """Return the processor time of an answer, and of the first one after something changed, and its kB."""
    with tempfile.TemporaryDirectory() as folder:
        context = new_context(Path(folder))
        scope = Scope(athlete_named(context, None))
        # The last of them is the newest: what is dated later than now has a wrong clock.
        fill(context, scope.athlete_id, range(-MANY, 0), SECONDS, whole=False)
        with context.database.read() as reader:
            now = int(reader.scalar(select(func.max(activities.c.start_ms)))) + _HOUR_MS
        put_years(context, scope, instant(now).date())
        found = [_asked(context, scope, now, changed=changed) for changed in (False, True)]
        with context.database.read() as reader:
            size = len(orjson.dumps(today_document(reader, scope, now)))
        context.database.close()
    return [
        Row("today, processor time", found[0], "ms", 80),
        Row("today after a change, processor time", found[1], "ms"),
        Row("today, its answer", size / 1000, "kB", 20),
    ]


def _asked(context: Context, scope: Scope, now: int, *, changed: bool) -> float:
    taken = []
    for _ in range(_ASKED):
        if changed:
            with context.database.write() as session:
                touch(session, scope.athlete_id)
        with context.database.read() as reader:
            began = time.process_time()
            today_document(reader, scope, now)
            taken.append(1000 * (time.process_time() - began))
    return float(np.percentile(taken[1:], 95))
