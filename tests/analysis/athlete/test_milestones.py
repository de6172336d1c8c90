"""Milestones: each is reached once, by the activity that does, whatever the order of import."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.milestones.milestone import Done, courses, kinds, passed
from homestretch.registry import leaf_names

FIRST = date(2024, 12, 1)


def activity(day: int, kilometres: float = 10.0, family: str = "run", **more: Any) -> Done:
    when = FIRST + timedelta(days=day)
    metres = 1000.0 * kilometres
    usual = {"moving_s": metres / 3, "ascent_m": metres / 50, "longest_m": metres, "climbed_m": metres / 50}
    place = {"start_ms": 86_400_000 * when.toordinal(), "day": when.toordinal(), "year": when.year}
    return Done(**{**place, "family": family, "distance_m": metres, **usual, **more})


def in_order(done: list[Done]) -> list[Done]:
    return sorted(done, key=lambda one: one.order)


def reached(done: list[Done], key: str) -> list[tuple[Any, ...]]:
    return [(one.value, one.at, one.sport, one.year) for one in courses(done, 2025)[key].reached]


def test_the_100th_ride_is_the_one_that_makes_100() -> None:
    done = [activity(n, family="ride" if n % 2 else "run") for n in range(200)]
    assert (100.0, 199, "ride", None) in reached(done, "activities")
    assert (100.0, 99, None, None) in reached(done, "activities")
    assert (100.0, 198, "run", None) in reached(done, "activities")


def test_one_long_ride_passes_all_marks_below_it() -> None:
    done = [
        activity(0, 49.9, "ride"),
        activity(1, 120.0, "ride"),
        activity(2, 130.0, "ride"),
        activity(3, 90.0, "golf"),
    ]
    assert reached(done, "longest") == [(50_000.0, 1, "ride", None), (100_000.0, 1, "ride", None)]
    done[1] = activity(1, 120.0, "ride", longest_m=0.0)
    assert reached(done, "longest") == [(50_000.0, 2, "ride", None), (100_000.0, 2, "ride", None)]


def test_years_begin_at_nothing_again() -> None:
    # 31 days of 2024 with 50 km, then 2025: a million metres after 20 days of each.
    done = [activity(n, 50.0) for n in range(60)]
    assert [one for one in reached(done, "year_distance") if one[2] == "run"] == [
        (1e6, 19, "run", 2024), (1e6, 50, "run", 2025),
    ]  # fmt: skip
    ahead = [(one.value, one.done, one.year) for one in courses(done, 2025)["year_distance"].ahead if one.sport is None]
    assert ahead == [(2e6, 29 * 50_000.0, 2025)]


def test_a_streak_is_of_days_not_of_activities() -> None:
    done = [activity(n) for n in (0, 0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13)]
    assert reached(done, "streak") == [(7.0, 13, None, None)]
    assert reached([activity(n) for n in (0, 0, 1, 2, 3, 4, 5)], "streak") == []


def test_an_everest_is_climbed_by_and_by() -> None:
    done = [activity(n, ascent_m=3000.0) for n in range(3)]
    assert reached(done, "everests") == [(8848.86, 2, None, None)]


SOME = st.builds(
    activity,
    st.integers(0, 500),
    st.floats(0.0, 300.0),
    st.sampled_from(["run", "ride", "swim", "yoga"]),
)


@given(st.lists(SOME, max_size=40).flatmap(lambda done: st.tuples(st.just(done), st.permutations(done))))
def test_the_order_of_import_changes_nothing(orders: tuple[list[Done], list[Done]]) -> None:
    one, other = (in_order(order) for order in orders)
    assert courses(one, 2025) == courses(other, 2025)


@given(st.lists(SOME, max_size=40), SOME)
def test_a_later_activity_takes_nothing_away(done: list[Done], last: Done) -> None:
    """What was reached stays reached by the same activity when another is done after all of them."""
    before = in_order(done)
    later = activity(501, last.distance_m / 1000, last.family)
    for key, course in courses(before, 2025).items():
        assert set(course.reached) <= set(courses([*before, later], 2025)[key].reached)


@given(st.lists(st.floats(0.0, 100.0), max_size=30), st.lists(st.floats(0.1, 200.0), unique=True, max_size=10))
def test_marks_are_passed_once_and_never_early(steps: list[float], marks: list[float]) -> None:
    values, total = [], 0.0
    for at, step in enumerate(steps):
        total += step
        values.append((at, total))
    found = passed(values, sorted(marks))
    assert [one.value for one in found.reached] == [mark for mark in sorted(marks) if mark <= total * (1 + 1e-12)]
    for one in found.reached:
        assert values[one.at][1] >= one.value * (1 - 1e-9)
        assert one.at == 0 or values[one.at - 1][1] < one.value


def test_every_file_has_its_kind() -> None:
    assert len(kinds()) == len(leaf_names("homestretch.analysis.milestones")) - 1
