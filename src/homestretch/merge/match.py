"""Is this the same workout? Rules over the features of two recordings (specification: analysis §9)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from homestretch.analysis.geo.distance import haversine
from homestretch.analysis.summary import Summary
from homestretch.model.recording import Recording

#: Goes up with every change of what `features`, `compare` or `groups` return.
VERSION = 1
SAME_SPAN = 0.85
SAME_DISTANCE = 0.05
SAME_DISTANCE_M = 200.0
SAME_START_M = 500.0

type Point = tuple[float, float]


class Verdict(Enum):
    """What two recordings are to each other."""

    DUPLICATE = "duplicate"
    DISTINCT = "distinct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What matching asks of a recording; `key` names it, `digest` its file, `file_key` the file's own identity."""

    key: str
    digest: str
    session: int
    file_key: str | None
    start_ms: int
    end_ms: int
    family: str
    distance_m: float | None
    start_point: Point | None


def features(recording: Recording, summary: Summary, *, key: str, digest: str) -> Features:
    """Return the features of a recording."""
    return Features(
        key=key,
        digest=digest,
        session=recording.session,
        file_key=recording.file_key,
        start_ms=summary.start_ms,
        end_ms=summary.start_ms + round(summary.elapsed_s * 1000),
        family=recording.sport.family,
        distance_m=summary.distance_m,
        start_point=summary.start_point,
    )


def compare(a: Features, b: Features) -> Verdict:
    """Return what two recordings of one athlete are to each other: the first rule that knows decides."""
    for rule in RULES:
        verdict = rule(a, b)
        if verdict is not None:
            return verdict
    return Verdict.DISTINCT


def _same_file(a: Features, b: Features) -> Verdict | None:
    """Rule 0: two sessions of one file are never one workout."""
    return Verdict.DISTINCT if a.digest == b.digest else None


def _hard_key(a: Features, b: Features) -> Verdict | None:
    """Rule 1: the same file by its own identity, however often it was exported."""
    same = a.file_key is not None and a.file_key == b.file_key and a.session == b.session
    return Verdict.DUPLICATE if same else None


def _same_time_and_place(a: Features, b: Features) -> Verdict | None:
    """Rule 2: the same family at the same time, as far and from the same place as far as both say."""
    alike = a.family == b.family and overlap(a, b) >= SAME_SPAN and _as_far(a, b) and _from_one_place(a, b)
    return Verdict.DUPLICATE if alike else None


#: In the order of the specification; rules for parts, shifted clocks and reviews join here.
RULES: tuple[Callable[[Features, Features], Verdict | None], ...] = (_same_file, _hard_key, _same_time_and_place)


def overlap(a: Features, b: Features) -> float:
    """Return the time that both cover over the time that either covers, 0 to 1."""
    both = min(a.end_ms, b.end_ms) - max(a.start_ms, b.start_ms)
    either = max(a.end_ms, b.end_ms) - min(a.start_ms, b.start_ms)
    if either <= 0:
        return 1.0
    return max(both, 0) / either


def _as_far(a: Features, b: Features) -> bool:
    if a.distance_m is None or b.distance_m is None:
        return True
    return abs(a.distance_m - b.distance_m) <= max(SAME_DISTANCE * max(a.distance_m, b.distance_m), SAME_DISTANCE_M)


def _from_one_place(a: Features, b: Features) -> bool:
    if a.start_point is None or b.start_point is None:
        return True
    (lat1, lon1), (lat2, lon2) = (np.asarray(point) for point in (a.start_point, b.start_point))
    return float(haversine(lat1, lon1, lat2, lon2)) <= SAME_START_M


def groups(found: Iterable[Features]) -> list[list[str]]:
    """Return the keys in groups that are one workout each, sorted; the order of the recordings does not matter."""
    ordered = sorted(found, key=lambda f: (f.start_ms, f.key))
    leader = list(range(len(ordered)))
    for i, a in enumerate(ordered):
        for j in range(i + 1, len(ordered)):
            if _leader(leader, i) != _leader(leader, j) and compare(a, ordered[j]) is Verdict.DUPLICATE:
                _join(ordered, leader, i, j)
    found_groups: dict[int, list[str]] = {}
    for i, one in enumerate(ordered):
        found_groups.setdefault(_leader(leader, i), []).append(one.key)
    return sorted(sorted(group) for group in found_groups.values())


def _join(ordered: Sequence[Features], leader: list[int], i: int, j: int) -> None:
    """Make two groups one, unless that put two sessions of one file together."""
    first, second = sorted((_leader(leader, i), _leader(leader, j)))
    digests = {ordered[k].digest for k in range(len(ordered)) if _leader(leader, k) == first}
    if not any(ordered[k].digest in digests for k in range(len(ordered)) if _leader(leader, k) == second):
        leader[second] = first


def _leader(leader: list[int], i: int) -> int:
    while leader[i] != i:
        i = leader[i]
    return i
