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
from homestretch.model.channel import Floats
from homestretch.model.documents.training import LoadState
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.kit.statistics_scope import metric_rows, ordinal


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Loads (n,) of days in a row, the first of which is the `first`-th of the calendar."""

    first: int
    loads: Floats

    def iso(self) -> list[str]:
        """Return the days as ISO dates."""
        begin = np.datetime64(date.fromordinal(self.first), "D")
        return list(np.datetime_as_string(begin + np.arange(len(self.loads))).tolist())


def daily_loads(reader: Reader, scope: Scope, today: date, family: str | None = None) -> Days:
    """Return the load of every day from that of the first activity to today; days without one have zero."""
    rows = metric_rows(reader, scope, "load", until=today, family=family)
    if not rows:
        return Days(today.toordinal(), np.zeros(0))
    first = ordinal(rows[0].local_ms)
    days = np.array([ordinal(row.local_ms) - first for row in rows])
    values = np.array([row.value for row in rows])
    return Days(first, np.bincount(days, weights=values, minlength=today.toordinal() - first + 1))


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
