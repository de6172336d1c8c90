"""The wellness of a chain of files as one."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from homestretch.model.channel import Times
from homestretch.model.health.measurement import Series, Spans, Wellness


def combined(files: Sequence[Wellness]) -> Wellness:
    """Return what several files of a chain say as one: of two words on one thing of one device the later holds."""
    known = sorted((one for one in files if one.days), key=lambda one: one.said_ms or 0)
    notes = tuple(dict.fromkeys(note for each in (known or files) for note in each.notes))
    if len(known) < 2:
        return known[0] if known else Wellness(notes=notes)
    measurements = {(one.kind, one.day, one.at_ms, one.device): one for each in known for one in each.measurements}
    return Wellness(
        measurements=tuple(measurements.values()),
        series=tuple(_joined_series([one for each in known for one in each.series])),
        spans=tuple(_joined_spans([one for each in known for one in each.spans])),
        nights=tuple({(one.start_ms, one.device): one for each in known for one in each.nights}.values()),
        devices=tuple({one.key: one for each in known for one in each.devices}.values()),
        said_ms=known[-1].said_ms,
        clock=known[-1].clock,
        notes=notes,
    )


def _joined_series(parts: Iterable[Series]) -> list[Series]:
    """Return one series for each kind, day and device; of two points of one instant the later holds."""
    groups: dict[tuple[str, str, str], list[Series]] = {}
    for part in parts:
        groups.setdefault((part.kind, part.day, part.device), []).append(part)
    joined = []
    for (kind, day, device), group in groups.items():
        times = np.concatenate([one.time_ms for one in group])
        rows = _last_of_each(times)
        joined.append(Series(kind, day, times[rows], np.concatenate([one.values for one in group])[rows], device))
    return joined


def _joined_spans(parts: Iterable[Spans]) -> list[Spans]:
    """Return one list of spans for each kind, day and device; of two with one start the later holds."""
    groups: dict[tuple[str, str, str], list[Spans]] = {}
    for part in parts:
        groups.setdefault((part.kind, part.day, part.device), []).append(part)
    joined = []
    for (kind, day, device), group in groups.items():
        starts, ends, values = (
            np.concatenate([getattr(one, name) for one in group]) for name in ("start_ms", "end_ms", "values")
        )
        rows = _last_of_each(starts)
        joined.append(Spans(kind, day, starts[rows], ends[rows], values[rows], device))
    return joined


def _last_of_each(instants: Times) -> NDArray[np.intp]:
    """Return the rows of the last of each instant, in order of time."""
    backwards = instants[::-1]
    _, first = np.unique(backwards, return_index=True)
    return len(instants) - 1 - first
