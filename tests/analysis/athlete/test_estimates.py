"""Thresholds as best efforts show them: by date, the same in any order, and never more than the efforts hold."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.athlete.estimates import RULES, Best, Estimate, estimates
from homestretch.analysis.athlete.history import History
from homestretch.analysis.athlete.thresholds import Profile, estimated
from homestretch.analysis.measure.measure import parts

MAY_12 = date(2024, 5, 12)
BY_KEY = {rule.key: rule for rule in RULES}
FTP = BY_KEY["ftp_w"]


def best(size: float, value: float, day: date = MAY_12, hour: int = 8) -> Best:
    """Return a best effort of a day."""
    return Best(size, value, day.toordinal(), day.toordinal() * 86_400_000 + hour * 3_600_000)


def held(found: list[Estimate], day: date) -> float | None:
    """Return what an activity of a day is measured by."""
    history = History.of((), ((e.key, e.family, e.valid_from, e.value) for e in found))
    return history.estimates(found[0].family, day.isoformat()).get(found[0].key) if found else None


@pytest.mark.parametrize(
    ("key", "efforts", "value"),
    [
        ("ftp_w", {1200.0: 260.0}, 250),  # the generic curve has 20 minutes 4 % above the hour
        ("ftp_w", {3600.0: 250.0}, 250),
        ("max_hr_bpm", {5.0: 191.0}, 191),
        ("threshold_speed_mps", {10_000.0: 2400.0}, 4.07),  # 10 km in 40:00
        ("css_mps", {200.0: 170.0, 400.0: 360.0}, 1.05),  # 200 m in 190 s more
    ],
)
def test_what_an_effort_shows(key: str, efforts: dict[float, float], value: float) -> None:
    (found,) = estimates(BY_KEY[key], [best(size, each) for size, each in efforts.items()])
    assert (found.value, found.valid_from) == (value, "2024-05-12")


def test_an_estimate_holds_by_date() -> None:
    """From the 90 days up to a day; before the first one the first, and the last one while there is none."""
    winter, spring = date(2024, 1, 1), date(2024, 3, 1)
    found = estimates(FTP, [best(3600.0, 200.0, winter), best(3600.0, 240.0, spring), best(3600.0, 210.0, MAY_12)])
    days = {date(2023, 1, 1): 200, winter: 200, spring - timedelta(1): 200, spring: 240, MAY_12: 240}
    days |= {spring + timedelta(89): 240, spring + timedelta(90): 210, date(2029, 1, 1): 210}
    assert {day: held(found, day) for day in days} == days


@pytest.mark.parametrize(
    ("key", "size", "value"),
    [("ftp_w", 1200.0, 900.0), ("max_hr_bpm", 5.0, 250.0), ("threshold_speed_mps", 10_000.0, 800.0)],
)
def test_what_no_athlete_does_estimates_nothing(key: str, size: float, value: float) -> None:
    usual = {"ftp_w": 250.0, "max_hr_bpm": 180.0, "threshold_speed_mps": 2500.0}[key]
    efforts = [best(size, usual), best(size, value, MAY_12 + timedelta(1))]
    assert [one.valid_from for one in estimates(BY_KEY[key], efforts)] == ["2024-05-12"]


DAYS = st.dates(date(2020, 1, 1), date(2021, 12, 31))
RIDES = st.lists(st.builds(best, st.sampled_from(FTP.sizes), st.floats(60, 500), DAYS, st.integers(0, 23)), max_size=25)


@given(RIDES)
def test_every_day_has_the_best_of_its_window(rides: list[Best]) -> None:
    """What any day is measured by is what its window alone shows; the order in which rides came does not matter."""
    found = estimates(FTP, rides)
    assert estimates(FTP, rides[::-1]) == found
    assert all(a.valid_from < b.valid_from and a.value != b.value for a, b in pairwise(found))
    for day in {one.day for one in rides}:
        window = [one for one in rides if day - FTP.days < one.day <= day]
        shown = FTP.show(
            {
                size: max((o for o in window if o.size == size), key=lambda o: o.value)
                for size in {o.size for o in window}
            }
        )
        assert shown is not None and held(found, date.fromordinal(day)) == round(shown[0])


def test_what_was_set_comes_first() -> None:
    shown = {"ftp_w": 250.0, "max_hr_bpm": 180.0, "threshold_speed_mps": 4.0}
    made = estimated(Profile({"cp_w": 300.0, "max_hr_bpm": 190.0}, MAY_12), shown)
    assert made.get("max_hr_bpm") == 190 and made.get("lthr_bpm") == pytest.approx(171)
    assert made.get("ftp_w") == pytest.approx(306, abs=1), "what follows from what was set comes first too"
    assert made.get("threshold_speed_mps") == 4.0 and "threshold_speed_mps" in made.estimates


def test_the_highest_heart_rate_seen_is_no_maximum_of_who_never_went_hard() -> None:
    made = estimated(Profile({"birth_year": 1990.0}, MAY_12), {"max_hr_bpm": 150.0})
    assert made.get("max_hr_bpm") == pytest.approx(208 - 0.7 * 34)


def test_no_best_effort_depends_on_a_threshold() -> None:
    """Otherwise what is estimated would change what it is estimated from, and measuring might never end."""
    assert parts()["bests"].reads == ()
