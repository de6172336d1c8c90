"""How much was trained by week, month or year, by sport."""

from datetime import date

from homestretch.model.documents.charts import FrameAxis, FrameBody
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.kit.frame import Asked, Chart, line
from homestretch.views.kit.statistics_scope import day, family_of
from homestretch.views.training.volume import KINDS, PERIODS, following, start_of, volume_rows


def _frame(reader: Reader, scope: Scope, asked: Asked) -> FrameBody:
    kind, by = CHART.chosen(asked, "kind"), CHART.chosen(asked, "by")
    _, unit, decimals, label = KINDS[kind]
    sums: dict[str, dict[date, float]] = {}
    for row in volume_rows(reader, scope, kind, asked.since, asked.until, asked.sport):
        if row.value is not None:
            of = sums.setdefault(family_of(row.sport), {})
            begin = start_of(day(row.local_ms), by)
            of[begin] = of.get(begin, 0.0) + row.value
    starts = _starts(sums, asked, by)
    ranked = sorted(sums, key=lambda family: -sum(sums[family].values()))
    lines = [
        line(
            family,
            family,
            unit,
            [sums[family].get(start, 0.0) for start in starts],
            style="bar",
            decimals=decimals,
            stack="sum",
            colour=family,
        )
        for family in ranked
    ]
    x = FrameAxis(scale="category", unit=by, label="", values=[start.isoformat() for start in starts])
    return FrameBody(key="volume", title=f"{label} by {by}", x=x, lines=lines, bands=[], notes=[], details={})


def _starts(sums: dict[str, dict[date, float]], asked: Asked, by: str) -> list[date]:
    """Return every beginning from the first to the last one asked for, else from the first that has something."""
    known = [start for of in sums.values() for start in of]
    first = start_of(asked.since, by) if asked.since else min(known, default=None)
    last = start_of(min(asked.until or asked.today, asked.today), by)
    found = []
    while first is not None and first <= last:
        found.append(first)
        first = following(first, by)
    return found


CHART = Chart(
    key="volume",
    title="Volume",
    page="training",
    frame=_frame,
    asks=("since", "until", "sport", "kind", "by"),
    choices={"kind": tuple(KINDS), "by": PERIODS},
)
