"""The weather of an activity from hours of a model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.geo.weather import HOUR_MS, VARIABLES, Weather, hours_of, weather

TEN = 10 * HOUR_MS


def hour(**values: float | None) -> list[float | None]:
    """Return the values of an hour: calm, dry and 10 °C, but for what is given."""
    usual = dict.fromkeys(VARIABLES, 0.0) | {"temperature": 10.0, "wind_direction": 0.0} | values
    return [usual[name] for name in VARIABLES]


def told(start_ms: int, end_ms: int, **hours: list[float | None]) -> Weather:
    found = weather({int(name[1:]) * HOUR_MS: values for name, values in hours.items()}, start_ms, end_ms)
    assert found is not None
    return found


def test_what_is_between_hours_changes_evenly() -> None:
    found = told(TEN, TEN + HOUR_MS, h10=hour(temperature=10.0), h11=hour(temperature=20.0))
    assert (found.lowest_c, found.highest_c) == (10.0, 20.0)
    assert found.temperature_c == pytest.approx(15.0)
    half = told(TEN + HOUR_MS // 2, TEN + HOUR_MS // 2, h10=hour(temperature=10.0), h11=hour(temperature=20.0))
    assert half.temperature_c == pytest.approx(15.0)


def test_rain_counts_by_the_share_of_its_hour() -> None:
    """What is said at 11 fell between 10 and 11."""
    rain = {"h10": hour(precipitation=9.0), "h11": hour(precipitation=2.0), "h12": hour(precipitation=1.0)}
    assert told(TEN, TEN + HOUR_MS, **rain).precipitation_mm == pytest.approx(2.0)
    assert told(TEN + HOUR_MS // 2, TEN + 2 * HOUR_MS, **rain).precipitation_mm == pytest.approx(2.0)


def test_winds_from_both_sides_of_north_are_from_the_north() -> None:
    found = told(
        TEN, TEN + HOUR_MS,
        h10=hour(wind_direction=350.0, wind_speed=4.0), h11=hour(wind_direction=10.0, wind_speed=4.0, wind_gusts=9.0),
    )  # fmt: skip
    assert found.wind_from_deg == pytest.approx(0.0, abs=1e-6) or found.wind_from_deg == pytest.approx(360.0)
    assert (found.wind_mps, found.gusts_mps) == (4.0, 9.0)
    turned = told(TEN, TEN + HOUR_MS, h10=hour(wind_speed=4.0), h11=hour(wind_speed=4.0, wind_direction=180.0))
    assert turned.wind_from_deg is None


def test_the_worst_of_the_time_is_told_and_not_what_came_long_after() -> None:
    found = told(TEN, TEN + HOUR_MS // 4, h10=hour(weather_code=3.0), h11=hour(weather_code=95.0))
    assert found.code == 3


def test_without_an_hour_or_its_temperature_there_is_none() -> None:
    assert weather({TEN: hour()}, TEN, TEN + HOUR_MS) is None
    assert weather({TEN: hour(), TEN + HOUR_MS: hour(temperature=None)}, TEN, TEN + HOUR_MS) is None
    unknown = told(TEN, TEN + HOUR_MS, h10=hour(humidity=None), h11=hour(weather_code=None))
    assert unknown.humidity_pct is None and unknown.code == 0


@given(st.integers(-(10**12), 10**13), st.integers(0, 10**9))
def test_hours_are_around_what_they_are_of(start: int, lasts: int) -> None:
    hours = hours_of(start, start + lasts)
    assert hours[0] <= start and hours[-1] >= start + lasts and len(hours) >= 2
    found = weather({one: hour(temperature=float(at)) for at, one in enumerate(hours)}, start, start + lasts)
    assert found is not None and 0.0 <= found.lowest_c <= found.temperature_c + 1e-6
    assert found.temperature_c - 1e-6 <= found.highest_c <= len(hours) - 1
