"""The sections of a route: its climbs, what lies between them by grade, and cuts by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from homestretch.analysis.activity.climbs import Climb, climbs
from homestretch.coach.routes.ground import Ground
from homestretch.model.channel import Floats

type SectionKind = Literal["climb", "up", "flat", "down", "unknown"]

#: Between climbs the grade over REACH_M is up or down beyond CLASS, and a class that lasts for LEAST_M is a section.
REACH_M = 200.0
CLASS = 0.03
LEAST_M = 500.0
#: A rest between climbs that is shorter goes with the climb before; no cut by hand is nearer to another end.
SHORTEST_M = 200.0
NEAREST_M = 50.0
STEEPEST_M = 100.0
#: A section that a cut made has the category of its climb only where it is so much of that.
WHOLE_CLIMB = 0.8


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a route: metres from the start, metres climbed, net grade and steepest 100 m as rise over run.

    `category` is that of a climb. Gain and grades are None where no heights are known.
    """

    start_m: float
    end_m: float
    kind: SectionKind
    gain_m: float | None
    grade: float | None
    steepest: float | None
    category: str | None = None

    @property
    def length_m(self) -> float:
        """The section's length."""
        return self.end_m - self.start_m


def sections(ground: Ground, cuts: Iterable[float] = ()) -> list[Section]:
    """Return the sections of a route in order, end to end; `cuts` are metres from the start, in any order."""
    found = _climbs(ground)
    edges = _with_cuts(_edges(ground, found), cuts, ground.length_m)
    return [_section(ground, start, end, found) for start, end in pairwise(edges)]


def _climbs(ground: Ground) -> list[Climb]:
    if ground.profile is None:
        return []
    return climbs(ground.at, ground.profile.given, np.zeros(len(ground.at)))


def _edges(ground: Ground, found: list[Climb]) -> list[float]:
    """Return where sections begin and end by climbs and grade, the start and the end of the route included."""
    length = ground.length_m
    edges = [0.0, length]
    before = 0.0
    for climb in found:
        start = climb.start_m if climb.start_m - before >= SHORTEST_M else before
        edges += [start, *_by_grade(ground, before, start)]
        before = climb.end_m
        edges.append(before)
    edges += _by_grade(ground, before, length)
    kept: list[float] = []
    for edge in sorted(set(edges)):
        if not kept or edge - kept[-1] >= SHORTEST_M:
            kept.append(edge)
    if len(kept) > 1 and length - kept[-1] < SHORTEST_M:
        kept.pop()
    return [*kept, length] if kept[-1] != length else kept


def _by_grade(ground: Ground, start_m: float, end_m: float) -> list[float]:
    """Return where the class of grade changes for long enough between two places."""
    if ground.profile is None or end_m - start_m < 2 * LEAST_M:
        return []
    at: Floats = ground.at[(ground.at >= start_m) & (ground.at <= end_m)]
    if len(at) < 2:
        return []
    ends = np.clip(at - REACH_M / 2, 0.0, ground.length_m), np.clip(at + REACH_M / 2, 0.0, ground.length_m)
    grade = (ground.height(ends[1]) - ground.height(ends[0])) / (ends[1] - ends[0])
    kind = np.sign(np.where(np.abs(grade) > CLASS, grade, 0.0))
    first = np.concatenate(([0], np.flatnonzero(np.diff(kind)) + 1, [len(at) - 1]))
    found, holds = list[float](), None
    for a, b in pairwise(first.tolist()):
        if at[b] - at[a] < LEAST_M:
            continue
        if holds is not None and kind[a] != holds:
            found.append(float(at[a]))
        holds = kind[a]
    return found


def _with_cuts(edges: list[float], cuts: Iterable[float], length_m: float) -> list[float]:
    """Return the edges with those by hand, which stand for one of ours that is near."""
    own = sorted({cut for cut in cuts if 0.0 < cut < length_m})
    inner = [edge for edge in edges[1:-1] if all(abs(edge - cut) >= NEAREST_M for cut in own)]
    return [0.0, *sorted([*inner, *own]), length_m]


def _section(ground: Ground, start_m: float, end_m: float, found: list[Climb]) -> Section:
    if ground.profile is None:
        return Section(start_m, end_m, "unknown", None, None, None)
    first, last = ground.height(np.array((start_m, end_m)))
    grade = float(last - first) / (end_m - start_m)
    middle = (start_m + end_m) / 2.0
    climb = next((one for one in found if one.start_m <= middle <= one.end_m), None)
    kind: SectionKind = "up" if grade > CLASS else "down" if grade < -CLASS else "flat"
    return Section(
        start_m,
        end_m,
        "climb" if climb is not None and grade > 0.0 else kind,
        ground.climbed(start_m, end_m),
        grade,
        steepest(ground, start_m, end_m),
        climb.category if climb is not None and end_m - start_m >= WHOLE_CLIMB * climb.length_m else None,
    )


def steepest(ground: Ground, start_m: float, end_m: float) -> float:
    """Return the grade of the steepest 100 m between two places; of less than 100 m that of all."""
    reach = min(STEEPEST_M, end_m - start_m)
    last = end_m - reach
    at = np.append(ground.at[(ground.at > start_m) & (ground.at < last)], (start_m, last))
    return float(((ground.height(at + reach) - ground.height(at)) / reach).max())
