"""Totals of a day that several devices counted: what one counted while another was not worn is added, nothing twice."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homestretch.model.channel import Floats, Times
from homestretch.model.health.measurement import Spans

#: Heart rates with no more than this between them were measured by a device that was worn all the time.
WORN_GAP_MS = 15 * 60_000

type Cover = NDArray[np.int64]
EMPTY: Cover = np.zeros((0, 2), np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class DeviceTotal:
    """What one device counted through a day: its total where it says one, its spans, when its heart rates were.

    A device with neither spans nor heart rates counts as a whole or not at all.
    """

    source: str
    device: str
    total: float | None
    spans: Spans | None = None
    worn_ms: Times | None = None

    @property
    def whole(self) -> float | None:
        """What it counted on the whole day."""
        if self.total is not None or self.spans is None:
            return self.total
        return float(self.spans.values.sum())


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a day's total one device gave."""

    source: str
    device: str
    value: float


def united(totals: Sequence[DeviceTotal]) -> list[Share]:
    """Return what each device gives to the day's total, the most believed first; their sum is the total.

    The first gives all that it counted. Each other one gives what it counted while none before it was worn: its spans
    are taken to count evenly, and are cut where they are covered. What has no spans gives nothing to another's day.
    """
    shares: list[Share] = []
    cover = EMPTY
    for device in totals:
        whole = device.whole
        if whole is None:
            continue
        if not shares:
            shares.append(Share(device.source, device.device, whole))
        elif device.spans is None or not len(cover):
            continue  # it is not known when it counted, or when the first one did
        else:
            free = _outside(device.spans, cover)
            if free > 0.0:
                shares.append(Share(device.source, device.device, free))
        cover = merged(np.concatenate((cover, covered(device))))
    return shares


def covered(device: DeviceTotal) -> Cover:
    """Return when a device was worn, as [start, end] (n, 2) UTC ms: its spans, also of 0, and between heart rates."""
    parts = [EMPTY]
    if device.spans is not None:
        parts.append(np.stack((device.spans.start_ms, device.spans.end_ms), axis=1))
    if device.worn_ms is not None and len(device.worn_ms) > 1:
        near = np.diff(device.worn_ms) <= WORN_GAP_MS
        parts.append(np.stack((device.worn_ms[:-1][near], device.worn_ms[1:][near]), axis=1))
    return merged(np.concatenate(parts))


def merged(spans: Cover) -> Cover:
    """Return the same time as spans (n, 2) that rise and do not touch."""
    spans = spans[spans[:, 1] > spans[:, 0]]
    if not len(spans):
        return EMPTY
    spans = spans[np.argsort(spans[:, 0], kind="stable")]
    reach = np.maximum.accumulate(spans[:, 1])
    first = np.concatenate(([True], spans[1:, 0] > reach[:-1]))
    starts = spans[first, 0]
    ends = reach[np.concatenate((np.flatnonzero(first)[1:] - 1, [len(spans) - 1]))]
    return np.stack((starts, ends), axis=1)


def _outside(spans: Spans, cover: Cover) -> float:
    """Return how much was counted outside a cover, each span counting evenly."""
    lengths = (spans.end_ms - spans.start_ms).astype(np.float64)
    inside = _covered_before(spans.end_ms, cover) - _covered_before(spans.start_ms, cover)
    free = np.where(lengths > 0.0, 1.0 - inside / np.maximum(lengths, 1.0), 0.0)
    return float((spans.values * free).sum())


def _covered_before(at_ms: Times, cover: Cover) -> Floats:
    """Return how many ms of the cover lie before each instant (n,)."""
    lengths = cover[:, 1] - cover[:, 0]
    before = np.concatenate(([0], np.cumsum(lengths)))
    index = np.searchsorted(cover[:, 0], at_ms, side="right")
    last = np.maximum(index - 1, 0)
    within = np.clip(at_ms - cover[last, 0], 0, lengths[last]) - lengths[last]
    return (before[index] + np.where(index > 0, within, 0)).astype(np.float64)
