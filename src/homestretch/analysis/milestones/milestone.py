"""What a kind of milestone is, and all that activities have reached."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from homestretch.registry import discover


@dataclass(frozen=True, slots=True)
class Done:
    """An activity: its day's number in the calendar, its year, family of sports, and figures in m, s and m of ascent.

    `start_ms` is on the local clock. What is not known is 0, and so are `longest_m` and `climbed_m`, the distance and
    ascent that may be the most ever, where a person refuses them as records.
    """

    start_ms: int
    day: int
    year: int
    family: str
    distance_m: float
    moving_s: float
    ascent_m: float
    longest_m: float
    climbed_m: float

    @property
    def order(self) -> tuple[int, str, float, float, float]:
        """What activities are ordered by; when they were imported plays no part."""
        return self.start_ms, self.family, self.distance_m, self.moving_s, self.ascent_m


@dataclass(frozen=True, slots=True)
class Reached:
    """A value that was reached first by an activity, by its index; of a sport (None: all) and a year (None: ever)."""

    value: float
    at: int
    sport: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """The value that is next, and how much is done so far, of a sport and a year."""

    value: float
    done: float
    sport: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What activities in order reached, and what is next."""

    reached: tuple[Reached, ...]
    ahead: tuple[Ahead, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of milestone: its unit (m, m_up, s, days or none), and what activities in order reach, by a year."""

    key: str
    unit: str
    course: Callable[[Sequence[Done], int], Course]


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind by key."""
    return dict(sorted(discover("homestretch.analysis.milestones", Kind).items()))


def courses(activities: Sequence[Done], year: int) -> dict[str, Course]:
    """Return, by kind, what activities in order reached; `year` is the one that is not over."""
    return {key: kind.course(activities, year) for key, kind in kinds().items()}


def parts(activities: Sequence[Done]) -> Iterator[tuple[str | None, list[tuple[int, Done]]]]:
    """Yield the activities with their indices: all of them (None), and those of each family of sports."""
    every = list(enumerate(activities))
    yield None, every
    by_family = sorted(every, key=lambda one: (one[1].family, one[0]))
    for family, group in groupby(by_family, key=lambda one: one[1].family):
        yield family, list(group)


def passed(
    values: Iterable[tuple[int, float]], marks: Sequence[float], sport: str | None = None, year: int | None = None
) -> Course:
    """Return which of the rising marks are passed by values that only rise, each of the index of an activity."""
    reached: list[Reached] = []
    highest, last = 0, 0.0
    for at, value in values:
        # Sums of floats differ in their last digits from what they are shown as.
        now = bisect_right(marks, value * (1.0 + 1e-12))
        reached += [Reached(mark, at, sport, year) for mark in marks[highest:now]]
        highest, last = max(highest, now), value
    ahead = (Ahead(marks[highest], last, sport, year),) if highest < len(marks) and last > 0.0 else ()
    return Course(tuple(reached), ahead)


def together(found: Iterable[Course]) -> Course:
    """Return several courses as one."""
    each = list(found)
    return Course(
        tuple(one for course in each for one in course.reached), tuple(one for course in each for one in course.ahead)
    )


def sums(part: Iterable[tuple[int, Done]], figure: Callable[[Done], float]) -> Iterator[tuple[int, float]]:
    """Yield the running sums of a figure over activities."""
    total = 0.0
    for at, one in part:
        total += figure(one)
        yield at, total


def highest(part: Iterable[tuple[int, Done]], figure: Callable[[Done], float]) -> Iterator[tuple[int, float]]:
    """Yield the most there was of a figure in one activity so far."""
    most = 0.0
    for at, one in part:
        most = max(most, figure(one))
        yield at, most
