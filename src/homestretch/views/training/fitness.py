"""Load by day, from the first activity to today, and what it makes of fitness and form."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from homestretch.analysis.athlete.fitness import (
    Fitness,
    FormDay,
    Kernel,
    acute_chronic,
    fitness,
    form_zone,
    monotony,
    strain,
)
from homestretch.analysis.measure.metric import metrics as described
from homestretch.model.channel import Floats
from homestretch.model.documents.training import LoadState
from homestretch.model.moment import FIRST_MS
from homestretch.store.database import Reader
from homestretch.store.queries.today import loads_by_day
from homestretch.store.queries.watermarks import CHANGED, watermark
from homestretch.store.scope import Scope
from homestretch.views.kit.lru_cache import LruCache
from homestretch.views.kit.privacy import privacy_mask
from homestretch.views.kit.statistics_scope import DAY_MS, counting, ordinal


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Loads (n,) of days in a row, the first of which is the `first`-th of the calendar."""

    first: int
    loads: Floats

    def iso(self) -> list[str]:
        """Return the days as ISO dates."""
        begin = np.datetime64(date.fromordinal(self.first), "D")
        return list(np.datetime_as_string(begin + np.arange(len(self.loads))).tolist())


_recent: LruCache[Days] = LruCache(64)


def daily_loads(reader: Reader, scope: Scope, today: date, family: str | None = None) -> Days:
    """Return the load of every day from that of the first activity to today; days without one have zero.

    The same days are summed up once until something of the athlete changes: a page asks several times.
    """
    changed = watermark(reader, scope.athlete_id, CHANGED)
    if changed is None or scope.use != "show":
        return _summed(reader, scope, today, family)
    question = (scope.athlete_id, changed, privacy_mask(reader, scope), today, family)
    return _recent.of(question, lambda: _summed(reader, scope, today, family))


def _summed(reader: Reader, scope: Scope, today: date, family: str | None) -> Days:
    where = counting(reader, scope, until=today, family=family)
    rows = loads_by_day(reader, where, described()["load"].number, FIRST_MS, DAY_MS)
    if not rows:
        return Days(today.toordinal(), np.zeros(0))
    first = ordinal(FIRST_MS) + rows[0][0]
    loads = np.zeros(today.toordinal() - first + 1)
    loads[[number - rows[0][0] for number, _ in rows]] = [load for _, load in rows]
    loads.flags.writeable = False
    return Days(first, loads)


def fitness_of(days: Days, kernel: Kernel = "exp", form_day: FormDay = "previous") -> Fitness:
    """Return fitness, fatigue and form day by day."""
    return fitness(days.loads, kernel=kernel, form_day=form_day)


def load_state(reader: Reader, scope: Scope, today: date, family: str | None = None) -> LoadState:
    """Return today's fitness, fatigue, form, ramp, monotony, strain and acute to chronic ratio, and the day's load."""
    days = daily_loads(reader, scope, today, family)
    if len(days.loads) == 0:
        return {"day": today.isoformat(), "fitness": None, "fatigue": None, "form": None}
    found = fitness_of(days)
    return {
        "day": today.isoformat(),
        "load": _last(days.loads),
        "fitness": _last(found.fitness),
        "fatigue": _last(found.fatigue),
        "form": _last(found.form),
        "ramp": _last(found.ramp),
        "monotony": _last(monotony(days.loads)),
        "strain": _last(strain(days.loads)),
        "acute_chronic": _last(acute_chronic(days.loads).ewma),
        "zone": form_zone(float(found.form[-1])),
    }


def _last(values: Floats) -> float | None:
    return float(values[-1]) if np.isfinite(values[-1]) else None
