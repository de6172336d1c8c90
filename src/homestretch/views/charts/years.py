"""This year against the years before: what had been done by each day of the year."""

from collections import defaultdict
from datetime import date

import numpy as np

from homestretch.model.documents.charts import FrameAxis, FrameBody
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.kit.frame import Asked, Chart, line
from homestretch.views.kit.statistics_scope import day
from homestretch.views.training.volume import KINDS, volume_rows

#: So many years are drawn, the newest first.
YEARS = 5
LEAP_DAYS = 366


def _frame(reader: Reader, scope: Scope, asked: Asked) -> FrameBody:
    kind = CHART.chosen(asked, "kind")
    _, unit, decimals, label = KINDS[kind]
    daily: dict[int, np.ndarray] = defaultdict(lambda: np.zeros(LEAP_DAYS))
    for row in volume_rows(reader, scope, kind, asked.since, asked.until, asked.sport):
        when = day(row.local_ms)
        # Every year has the place of 29 February, so that the same dates lie above each other.
        daily[when.year][date(2000, when.month, when.day).timetuple().tm_yday - 1] += row.value or 0.0
    lines = []
    for year in sorted(daily, reverse=True)[:YEARS]:
        values = np.cumsum(daily[year]).tolist()
        if year == asked.today.year:
            until = date(2000, asked.today.month, asked.today.day).timetuple().tm_yday
            values = [value if i < until else None for i, value in enumerate(values)]
        now = year == asked.today.year
        lines.append(line(str(year), str(year), unit, values, decimals=decimals, colour=None if now else "quiet"))
    days = [date.fromordinal(date(2000, 1, 1).toordinal() + i).isoformat()[5:] for i in range(LEAP_DAYS)]
    x = FrameAxis(scale="category", unit="day", label="", values=[*days])
    return FrameBody(key="years", title=f"{label}, year to date", x=x, lines=lines, bands=[], notes=[], details={})


CHART = Chart(
    key="years",
    title="Year over year",
    page="training",
    frame=_frame,
    asks=("sport", "kind"),
    choices={"kind": tuple(KINDS)},
)
