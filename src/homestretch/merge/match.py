"""Is this the same workout? Rules over the features of two recordings (specification: analysis §9)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

import numpy as np

from homestretch.analysis.geo.distance import haversine
from homestretch.analysis.summary import Summary
from homestretch.model.recording import Recording
from homestretch.model.sport import GENERIC, MULTISPORT

#: Goes up with every change of what `features`, `compare` or `groups` return.
VERSION = 2
SAME_SPAN = 0.85
SAME_DISTANCE = 0.05
SAME_DISTANCE_M = 200.0
SAME_START_M = 500.0
#: What says too little to differ from another family.
_ANY_FAMILY = {GENERIC, MULTISPORT}

type Point = tuple[float, float]


class Verdict(Enum):
    """What two recordings are to each other."""

    DUPLICATE = "duplicate"
    DISTINCT = "distinct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What matching asks of a recording; `key` names it, `digest` its file, `file_key` the file's own identity.

    Points are (latitude, longitude) in degrees; `indoor` is where they say nothing, even if they are known.
    """

    key: str
    digest: str
    session: int
    file_key: str | None
    start_ms: int
    end_ms: int
    family: str
    distance_m: float | None
    start_point: Point | None
    end_point: Point | None = None
    timer_s: float | None = None
    part: int = 0
    indoor: bool = False
    samples: int = 0
    channels: tuple[str, ...] = ()


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
        end_point=summary.end_point,
        timer_s=summary.timer_s,
        part=recording.part,
        indoor=recording.sport.indoor,
        samples=len(recording.time_ms),
        channels=tuple(sorted(recording.channels)),
    )


def compare(a: Features, b: Features) -> Verdict:
    """Return what two recordings of one athlete are to each other: the first rule that knows decides."""
    return next((verdict for rule in RULES if (verdict := rule(a, b)) is not None), Verdict.DISTINCT)


def _same_file(a: Features, b: Features) -> Verdict | None:
    """Before all rules: a recording is itself, and two sessions of one file are never one workout."""
    if a.digest != b.digest:
        return None
    return Verdict.DUPLICATE if a.session == b.session else Verdict.DISTINCT


def _hard_key(a: Features, b: Features) -> Verdict | None:
    """Rule 1: the same file by its own identity, however often it was exported."""
    same = a.file_key is not None and a.file_key == b.file_key and a.session == b.session
    return Verdict.DUPLICATE if same else None


def _same_time_and_place(a: Features, b: Features) -> Verdict | None:
    """Rule 2: the same family at the same time, as far and from the same place; indoors time and family alone."""
    if not _same_family(a, b) or overlap(a, b) < SAME_SPAN:
        return None
    placed = not (a.indoor or b.indoor) and a.start_point is not None and b.start_point is not None
    return Verdict.DUPLICATE if not placed or (_as_far(a, b) and _from_one_place(a, b)) else None


#: In the order of the specification; rules for parts, shifted clocks and reviews join here.
RULES: tuple[Callable[[Features, Features], Verdict | None], ...] = (_same_file, _hard_key, _same_time_and_place)


def overlap(a: Features, b: Features) -> float:
    """Return the time that both cover over the time that either covers, 0 to 1."""
    both = min(a.end_ms, b.end_ms) - max(a.start_ms, b.start_ms)
    either = max(a.end_ms, b.end_ms) - min(a.start_ms, b.start_ms)
    return max(both, 0) / either if either > 0 else 1.0


def _same_family(a: Features, b: Features) -> bool:
    return a.family == b.family or bool(_ANY_FAMILY & {a.family, b.family})


def _as_far(a: Features, b: Features) -> bool:
    if a.distance_m is None or b.distance_m is None:
        return True
    return abs(a.distance_m - b.distance_m) <= max(SAME_DISTANCE * max(a.distance_m, b.distance_m), SAME_DISTANCE_M)


def _from_one_place(a: Features, b: Features) -> bool:
    (lat1, lon1), (lat2, lon2) = (np.asarray(point) for point in (a.start_point, b.start_point))
    return float(haversine(lat1, lon1, lat2, lon2)) <= SAME_START_M


def groups(found: Iterable[Features]) -> list[list[str]]:
    """Return the keys in groups that are one workout each, sorted; the order of the recordings does not matter.

    The surest pairs join first, and no join puts two sessions of one file together.
    """
    ordered = sorted(found, key=lambda f: (f.start_ms, f.key))
    same = (pair for pair in set(_candidates(ordered)) if _is_one(ordered, pair))
    sets = _Sets(ordered)
    for i, j in sorted(same, key=lambda pair: _doubt(ordered[pair[0]], ordered[pair[1]])):
        sets.join(i, j)
    return sorted(sorted(ordered[i].key for i in members) for members in sets.all())


def _candidates(ordered: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that any rule could join: those that overlap in time, and those with one file key."""
    running: list[int] = []
    by_key: dict[str, list[int]] = defaultdict(list)
    for j, feature in enumerate(ordered):
        running = [i for i in running if ordered[i].end_ms >= feature.start_ms]
        yield from ((i, j) for i in running)
        running.append(j)
        if feature.file_key is not None:
            by_key[feature.file_key].append(j)
    for same in by_key.values():
        yield from combinations(same, 2)


def _is_one(ordered: Sequence[Features], pair: tuple[int, int]) -> bool:
    return compare(ordered[pair[0]], ordered[pair[1]]) is Verdict.DUPLICATE


def _doubt(a: Features, b: Features) -> tuple[bool, float, str, str]:
    """Return how a pair sorts: hard keys first, then those that overlap most; keys settle ties."""
    return _hard_key(a, b) is None, -overlap(a, b), min(a.key, b.key), max(a.key, b.key)


class _Sets:
    """Disjoint sets of recordings, by index, each with the files that it has a session of."""

    def __init__(self, ordered: Sequence[Features]) -> None:
        self._leader = list(range(len(ordered)))
        self._members = {i: [i] for i in self._leader}
        self._sessions = {i: {f.digest: {f.session}} for i, f in enumerate(ordered)}

    def join(self, i: int, j: int) -> None:
        """Make two sets one, unless that puts two sessions of one file together."""
        a, b = self._leader[i], self._leader[j]
        if a == b or any(self._sessions[a].get(d, s) != s for d, s in self._sessions[b].items()):
            return
        for member in self._members[b]:
            self._leader[member] = a
        self._members[a] += self._members.pop(b)
        self._sessions[a] |= self._sessions.pop(b)

    def all(self) -> Iterable[list[int]]:
        """Return the members of every set."""
        return self._members.values()
