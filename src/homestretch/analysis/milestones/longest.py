"""The first activity so long: the first 10 km run, the first marathon, the first 100 km ride."""

from collections.abc import Mapping, Sequence

from homestretch.analysis.milestones.milestone import Course, Done, Kind, highest, parts, passed, together

#: Distances in m by family of sports; of other sports none is special.
MARKS: Mapping[str, tuple[float, ...]] = {
    "ride": (50_000.0, 100_000.0, 150_000.0, 160_934.4, 200_000.0, 300_000.0, 400_000.0, 600_000.0),
    "run": (5000.0, 10_000.0, 15_000.0, 21_097.5, 30_000.0, 42_195.0, 50_000.0, 100_000.0),
    "walk": (10_000.0, 20_000.0, 30_000.0, 50_000.0, 100_000.0),
    "swim": (1000.0, 2000.0, 3000.0, 3800.0, 5000.0, 10_000.0),
    "row": (5000.0, 10_000.0, 21_097.5, 42_195.0),
    "ski": (10_000.0, 30_000.0, 50_000.0, 90_000.0),
}


def _course(activities: Sequence[Done], _year: int) -> Course:
    return together(
        passed(highest(part, lambda one: one.longest_m), MARKS[sport], sport)
        for sport, part in parts(activities)
        if sport is not None and sport in MARKS
    )


KIND = Kind(key="longest", unit="m", course=_course)
