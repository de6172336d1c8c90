"""What speaks for two recordings being one workout and what against it: time, distance, places, the body."""

from collections.abc import Callable, Iterator

import numpy as np

from homestretch.analysis.geometry.distance import haversine
from homestretch.merge.features import BIN_MS, PULSES, SPOT_MS, Features, Point, Spans, Trace, pulse_of, spots_of
from homestretch.model.channel import Floats
from homestretch.model.sport import GENERIC, MULTISPORT

#: What says too little to differ from another family.
ANY_FAMILY = {GENERIC, MULTISPORT}
#: Two stretches with more between them are of two days.
NIGHT_MS = 6 * 3_600_000
#: A correlation of fewer bins than these says nothing; nor does one of a course that hardly moves (stored steps).
FEWEST_BINS, FLAT = 10, 2.0


def overlap_s(a: Features, b: Features) -> float:
    """Return the seconds that both recorded."""
    if a.recorded or b.recorded:
        return shared_ms(a.spans, b.spans) / 1000
    return max(min(a.end_ms, b.end_ms) - max(a.start_ms, b.start_ms), 0) / 1000


def overlap(a: Features, b: Features) -> float:
    """Return the time that both cover over the time that either covers, 0 to 1.

    Who pauses for lunch and who does not have one workout; a night between two days is no part of any.
    """
    if not (a.recorded or b.recorded):
        either = (max(a.end_ms, b.end_ms) - min(a.start_ms, b.start_ms)) / 1000
        return overlap_s(a, b) / either if either > 0 else 1.0
    one, other = _bridged(a.spans), _bridged(b.spans)
    both = shared_ms(one, other)
    either = _length(one) + _length(other) - both
    return both / either if either > 0 else 1.0


def contained(a: Features, b: Features) -> float:
    """Return how much of the shorter one the other covers, 0 to 1, of the time that was recorded."""
    shorter = min(a.recorded_s if a.recorded else a.elapsed_s, b.recorded_s if b.recorded else b.elapsed_s)
    if shorter > 0:
        return overlap_s(a, b) / shorter
    return 1.0 if max(a.start_ms, b.start_ms) <= min(a.end_ms, b.end_ms) else 0.0


def shared_ms(one: Spans, other: Spans) -> int:
    """Return how long both of two sequences of spans (from, until, ms) run."""
    return sum(max(min(end, last) - max(begin, first), 0) for begin, end in one for first, last in other)


def _bridged(spans: Spans) -> Spans:
    """Return spans with those as one that no night lies between."""
    found = list(spans[:1])
    for begin, end in spans[1:]:
        if begin - found[-1][1] < NIGHT_MS:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return tuple(found)


def _length(spans: Spans) -> int:
    return sum(end - begin for begin, end in spans)


def length_ratio(a: Features, b: Features) -> float:
    """Return the shorter elapsed time over the longer, 0 to 1."""
    longer = max(a.elapsed_s, b.elapsed_s)
    return min(a.elapsed_s, b.elapsed_s) / longer if longer > 0 else 1.0


def same_family(a: Features, b: Features) -> bool:
    """Return whether the sports may be one workout's."""
    return a.family == b.family or bool(ANY_FAMILY & {a.family, b.family})


def as_far(a: Features, b: Features, share: float, metres: float) -> bool:
    """Return whether the distances agree within a share or so many metres; one that is not known agrees with any."""
    if a.distance_m is None or b.distance_m is None:
        return True
    return abs(a.distance_m - b.distance_m) <= max(share * max(a.distance_m, b.distance_m), metres)


def apart_m(one: Point | None, other: Point | None) -> float | None:
    """Return the metres between two places, or None where one is not known."""
    if one is None or other is None:
        return None
    (lat1, lon1), (lat2, lon2) = (np.asarray(point) for point in (one, other))
    return float(haversine(lat1, lon1, lat2, lon2))


def placed(a: Features, b: Features) -> bool:
    """Return whether both know where they began."""
    return not (a.indoor or b.indoor) and a.start_point is not None and b.start_point is not None


def together(a: Features, b: Features, within_m: float, shift_ms: int = 0) -> tuple[int, float]:
    """Return at how many instants both know where they were, and at what share of these that was the same place.

    `shift_ms`, a multiple of the instants' distance, is what b's clock is ahead of a's.
    """
    common = _common(a.spots, b.spots, shift_ms // SPOT_MS, spots_of)
    if common is None:
        return 0, 0.0
    here, there = common
    known = np.isfinite(here[:, 0]) & np.isfinite(there[:, 0])
    count = int(known.sum())
    if not count:
        return 0, 0.0
    metres = haversine(here[known, 0], here[known, 1], there[known, 0], there[known, 1])
    return count, float((metres <= within_m).mean())


def correlation(a: Features, b: Features, shift_ms: int = 0) -> float | None:
    """Return how alike the body's first common channel ran (Pearson), or None where too little is common."""
    for channel in PULSES:
        common = _common(a.pulses.get(channel), b.pulses.get(channel), shift_ms // BIN_MS, pulse_of)
        if common is None:
            continue
        known = np.isfinite(common[0]) & np.isfinite(common[1])
        one, other = common[0][known], common[1][known]
        if len(one) >= FEWEST_BINS and min(one.std(), other.std()) >= FLAT:
            return float(np.corrcoef(one, other)[0, 1])
    return None


def _common(
    one: Trace | None, other: Trace | None, shift: int, read: Callable[[Trace], tuple[int, Floats]]
) -> tuple[Floats, Floats] | None:
    """Return what two traces say of the instants that both cover; the second one's are `shift` steps late."""
    if one is None or other is None:
        return None
    first, here = read(one)
    second, there = read(other)
    second -= shift
    begin, end = max(first, second), min(first + len(here), second + len(there))
    if end <= begin:
        return None
    return here[begin - first : end - first], there[begin - second : end - second]


def details(a: Features, b: Features) -> Iterator[tuple[str, float]]:
    """Yield the figures by which two recordings are compared, to show why."""
    yield "start_apart_s", (b.start_ms - a.start_ms) / 1000
    yield "overlap", round(overlap(a, b), 4)
    yield "length_ratio", round(length_ratio(a, b), 4)
    if a.distance_m is not None and b.distance_m is not None:
        yield "distance_apart_m", round(abs(a.distance_m - b.distance_m), 1)
    if placed(a, b) and (metres := apart_m(a.start_point, b.start_point)) is not None:
        yield "starts_apart_m", round(metres, 1)
