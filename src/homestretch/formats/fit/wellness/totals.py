"""The totals of days: the running totals of a monitoring file, and what was counted in each quarter of an hour.

A day is its last totals, whatever the number of its files; a file alone says what was added in it.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from homestretch.formats.fit.wellness.clock import MONITORING_INFO, day_text, utc_ms
from homestretch.formats.fit.wellness.monitoring import Monitoring
from homestretch.formats.fit.wellness.running import TOTALS, Curve, curves_of
from homestretch.model.health.measurement import Measurement, Spans

_SPAN_S = 900
_RESTING_KCAL = 5


def totals_of(monitoring: Monitoring, device: str) -> tuple[list[Measurement], list[Spans]]:
    """Return the last totals of each day in the file, and what each quarter of an hour added."""
    if not len(monitoring.seconds):
        return [], []
    last: dict[tuple[str, int], float] = {}
    spans: list[Spans] = []
    for total in TOTALS:
        for day, curves in curves_of(monitoring, total).items():
            if all(curve.stated for curve in curves):
                last[total.kind, day] = sum(float(curve.values[-1]) for curve in curves)
            if total.spans:
                spans += _spans(monitoring, total.kind, day, curves, device)
    last |= _energy(monitoring, last)
    return [
        Measurement(kind, day_text(day), round(value, 6), None, device) for (kind, day), value in last.items()
    ], spans


def _energy(monitoring: Monitoring, last: dict[tuple[str, int], float]) -> dict[tuple[str, int], float]:
    """Return the energy at rest of the days that have totals, as the device computes it, and that of the whole day."""
    rates = [message.number_of(_RESTING_KCAL) for message in monitoring.part.messages(MONITORING_INFO)]
    resting = next((rate for rate in reversed(rates) if rate), None)
    if resting is None:
        return {}
    energy = {("calories_resting_kcal", day): float(resting) for _, day in last}
    active = {day: value for (kind, day), value in last.items() if kind == "calories_active_kcal"}
    return energy | {("calories_kcal", day): value + resting for day, value in active.items()}


def _spans(monitoring: Monitoring, kind: str, day: int, curves: Sequence[Curve], device: str) -> Iterator[Spans]:
    """Return what was added in each quarter of an hour in which the device was worn or counted."""
    clock = monitoring.clock
    start = max(clock.start_of(day), monitoring.opening)
    end = min(clock.start_of(day + 1), int(monitoring.seconds[-1]))
    if end <= start:
        return
    inner = np.arange(start - start % _SPAN_S + _SPAN_S, end, _SPAN_S)
    edges = np.concatenate([[start], inner, [end]])
    added = np.maximum(np.diff(sum(curve.at(edges) for curve in curves)), 0.0)
    worn = np.diff(np.searchsorted(monitoring.worn, [start - 1, *edges[1:]], side="right")) > 0
    kept = worn | (added > 0)
    if kept.any():
        times = utc_ms(edges)
        yield Spans(kind, day_text(day), times[:-1][kept], times[1:][kept], added[kept].round(6), device)
