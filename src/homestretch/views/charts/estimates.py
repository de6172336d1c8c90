"""What single activities show over time: predicted race times and VO2max, with what they come to together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from homestretch.analysis.measure.metric import metrics
from homestretch.model.channel import Floats
from homestretch.model.documents.charts import FrameAxis, FrameBody
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.views.kit.frame import Asked, Chart, Numbers, line
from homestretch.views.kit.statistics_scope import metric_rows, ordinal

#: Over how many days the best of them holds, and over how many the mean.
BEST_DAYS, MEAN_DAYS = 90, 42
RACES = ("race_5k", "race_10k", "race_half", "race_marathon")
OXYGEN = ("vo2max_run", "vo2max_ride", "vdot")
NOTES: Mapping[str, str] = {
    "race": "A run predicts a time that it could have been raced at; the line is the best of the last 90 days.",
    "max": "The line is the best of the last 90 days.",
    "mean": "The line is the mean of the last 42 days.",
}


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """The values (n,) that activities show on days in a row from the `first`-th of the calendar on, NaN for none."""

    first: int
    values: Floats
    links: list[str | None]

    def days(self) -> list[float | str]:
        """Return the days as ISO dates."""
        return [date.fromordinal(self.first + place).isoformat() for place in range(len(self.values))]


def _frame(chart: Chart, reader: Reader, scope: Scope, asked: Asked) -> FrameBody:
    key = chart.chosen(asked, "kind")
    metric = metrics()[key]
    shown = _of_days(reader, scope, asked, key)
    fold = np.fmin if metric.lower_is_better else np.fmax
    together = _mean(shown.values) if metric.fold == "mean" else _best(shown.values, fold)
    cut = 0 if asked.since is None else min(max(asked.since.toordinal() - shown.first, 0), len(shown.values))
    end = len(shown.values) if asked.until is None else max(asked.until.toordinal() - shown.first + 1, cut)
    unit = "time" if metric.unit == "s" else metric.unit
    part = slice(cut, end)
    lines = [
        line("trend", metric.name, unit, _numbers(together[part]), decimals=metric.decimals),
        line("activities", "Activities", unit, _numbers(shown.values[part]), style="points",
             decimals=metric.decimals, links=shown.links[part]),
    ]  # fmt: skip
    x = FrameAxis(scale="date", unit="", label="", values=shown.days()[part])
    notes = [NOTES["race" if key in RACES else metric.fold]]
    return FrameBody(key=chart.key, title=chart.title, x=x, lines=lines, bands=[], notes=notes, details={})


def _of_days(reader: Reader, scope: Scope, asked: Asked, key: str) -> Shown:
    """Return the best that an activity shows on each day from the first one to today."""
    lower = metrics()[key].lower_is_better
    columns = (activities.c.public_id, activities.c.refused)
    rows = metric_rows(reader, scope, key, *columns, until=asked.today)
    refused = " power " if key == "vo2max_ride" else " distance "
    rows = [row for row in rows if refused not in row.refused]
    if not rows:
        return Shown(asked.today.toordinal(), np.zeros(0), [])
    first = ordinal(rows[0].local_ms)
    values = np.full(asked.today.toordinal() - first + 1, np.nan)
    links: list[str | None] = [None] * len(values)
    for row in rows:
        place = ordinal(row.local_ms) - first
        if np.isnan(values[place]) or (row.value < values[place]) == lower:
            values[place], links[place] = row.value, row.public_id
    return Shown(first, values, links)


def _best(values: Floats, fold: Callable[[Floats, Floats], Floats]) -> Floats:
    """Return the best (n,) of the days up to each; NaN where there was none."""
    found = values.copy()
    width = 1
    # Each round looks back twice as far, so that the window grows to its days in a few steps.
    while width < BEST_DAYS:
        step = min(width, BEST_DAYS - width)
        found[step:] = fold(found[step:], found[:-step].copy()) if len(found) > step else found[step:]
        width += step
    return found


def _mean(values: Floats) -> Floats:
    """Return the mean (n,) of the days up to each; NaN where there was none."""
    sums = np.concatenate(([0.0], np.cumsum(np.nan_to_num(values))))
    counts = np.concatenate(([0.0], np.cumsum(np.isfinite(values))))
    begin = np.maximum(np.arange(1, len(values) + 1) - MEAN_DAYS, 0)
    total, count = sums[1:] - sums[begin], counts[1:] - counts[begin]
    found = np.full(len(values), np.nan)
    np.divide(total, count, out=found, where=count > 0)
    return found


def _numbers(values: Floats) -> Numbers:
    return [round(float(value), 3) if np.isfinite(value) else None for value in values]


PREDICTIONS: Chart = Chart(
    key="predictions",
    title="Race predictions",
    page="training-history",
    frame=lambda reader, scope, asked: _frame(PREDICTIONS, reader, scope, asked),
    also_known_as=("Predicted race times", "Prognosis"),
    asks=("since", "until", "kind"),
    choices={"kind": RACES},
)
VO2MAX: Chart = Chart(
    key="vo2max",
    title="VO₂max",
    page="training-history",
    frame=lambda reader, scope, asked: _frame(VO2MAX, reader, scope, asked),
    also_known_as=("VO2max", "Maximal oxygen uptake"),
    asks=("since", "until", "kind"),
    choices={"kind": OXYGEN},
)
