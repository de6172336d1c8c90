import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from homestretch.analysis.activity.elevation import deadband
from homestretch.analysis.activity.laps import LapSummary, lap_summaries
from homestretch.analysis.activity.summary import Summary, bounding_box, summarise
from homestretch.analysis.geometry import polyline
from homestretch.analysis.geometry.distance import haversine
from homestretch.analysis.samples.moving import moving_mask, stop_rule
from homestretch.analysis.samples.samples import samples
from homestretch.formats import decode
from homestretch.model.moment import Moment
from homestretch.model.recording import Lap, Length, Recording
from homestretch.model.sport import Sport
from tests.analysis.made import START_MS, northward, recording
from tests.analysis.vectors import VECTORS, real_file, vector

CHANNELS = (
    "latitude",
    "longitude",
    "altitude_m",
    "heart_rate_bpm",
    "power_w",
    "cadence_rpm",
    "speed_mps",
    "distance_m",
)


def ride(n: int = 600, **more: Any) -> Recording:
    return recording(
        np.arange(n),
        {
            "latitude": northward(np.arange(n) * 8.0),
            "longitude": np.full(n, 14.0),
            "altitude_m": 200 + np.arange(n) / 10,
            "heart_rate_bpm": np.full(n, 140.0),
            "power_w": np.where(np.arange(n) % 2, 300.0, 0.0),
            "cadence_rpm": np.where(np.arange(n) % 2, 90.0, 0.0),
            "temperature_c": np.full(n, -3.0),
        },
        **more,
    )


def laps_of(made: Recording) -> tuple[LapSummary, ...]:
    cleaned = samples(made)
    return lap_summaries(cleaned, summarise(made, cleaned).elapsed_s)


def test_a_plain_ride() -> None:
    s = summarise(ride())
    assert (s.elapsed_s, s.timer_s, s.moving_s) == (599.0, 599.0, 599.0)
    assert s.distance_m == pytest.approx(599 * 8)
    assert (s.distance_source, s.altitude_source) == ("gps", "gps")
    assert s.avg_speed_mps == pytest.approx(8)
    assert s.max_speed_mps == pytest.approx(8)
    assert s.ascent_m == pytest.approx(59.9, abs=2)
    assert s.descent_m == 0
    assert (s.avg_hr_bpm, s.max_hr_bpm) == (140, 140)
    assert (s.avg_power_w, s.max_power_w) == (150, 300)
    assert (s.avg_cadence_rpm, s.max_cadence_rpm) == (90, 90)
    assert s.avg_temperature_c == pytest.approx(-3)
    assert s.start_point == pytest.approx((50, 14))
    assert s.bbox == pytest.approx((50, 14, 50.0431, 14), abs=1e-4)
    assert s.track == s.thumb
    assert len(polyline.decode(s.track or "")[0]) == 2
    assert s.flags == ()
    assert s.reasons == {"calories_kcal": "no_data"}


def test_what_is_none_has_a_reason_and_what_is_not_has_none() -> None:
    s = summarise(recording(np.arange(50), {"heart_rate_bpm": np.full(50, 99.0)}, sport="yoga"))
    unknown = {f.name for f in dataclasses.fields(Summary) if getattr(s, f.name) is None}
    assert set(s.reasons) == unknown
    assert (s.distance_m, s.avg_speed_mps, s.max_speed_mps) == (None, None, None)
    assert s.moving_s == s.timer_s == 49.0
    assert summarise(recording([0], {"power_w": [200.0]})).reasons["max_speed_mps"] == "too_short"


def test_steps_are_counted_on_foot_and_turns_on_wheels() -> None:
    n = 100
    for sport, raw, expected in (
        ("running", 85.0, 170.0),
        ("running", 172.0, 172.0),
        ("walking", 55.0, 110.0),
        ("hiking", 110.0, 110.0),
        ("cycling", 85.0, 85.0),
    ):
        assert (
            summarise(recording(np.arange(n), {"cadence_rpm": np.full(n, raw)}, sport=sport)).avg_cadence_rpm
            == expected
        )
        bare = recording([], sport=sport, totals={"avg_cadence_rpm": raw}, end_ms=START_MS + 60_000)
        assert summarise(bare).avg_cadence_rpm == expected


def test_the_device_fills_what_samples_do_not_tell() -> None:
    totals = {
        "total_elapsed_time_s": 3600.0, "total_timer_time_s": 3000.0, "total_distance_m": 9000.0,
        "total_ascent_m": 80.0,
        "total_descent_m": 70.0, "total_calories_kcal": 500.0, "avg_heart_rate_bpm": 150.0, "max_power_w": 900.0,
    }  # fmt: skip
    s = summarise(recording([], totals=totals))
    assert (s.elapsed_s, s.timer_s, s.moving_s, s.distance_m) == (3600, 3000, 3000, 9000)
    assert (s.ascent_m, s.descent_m, s.altitude_source, s.calories_kcal) == (80, 70, "device", 500)
    assert (s.avg_hr_bpm, s.max_power_w, s.avg_speed_mps) == (150, 900, 3.0)
    thin = recording([0, 1, 2], {"heart_rate_bpm": [90.0, 91, 92]}, sport="tennis", totals=totals)
    assert summarise(thin).avg_hr_bpm == 150
    assert summarise(thin).moving_s == 3000


def test_device_elapsed_time_holds_unless_samples_span_more() -> None:
    assert summarise(ride(totals={"total_elapsed_time_s": 598.4})).elapsed_s == 598.4
    assert summarise(ride(totals={"total_elapsed_time_s": 300.0})).elapsed_s == 599.0
    assert summarise(ride(totals={"total_elapsed_time_s": 700.0})).elapsed_s == 700.0


def test_a_dead_power_meter_a_part_heart_rate_and_an_idle_tail_are_told() -> None:
    n = 2000
    speed = np.where(np.arange(n) < 1000, 8.0, 0.0)
    heart = np.where(np.arange(n) < 300, 120.0, np.nan)
    s = summarise(recording(np.arange(n), {"power_w": np.zeros(n), "speed_mps": speed, "heart_rate_bpm": heart}))
    assert set(s.flags) == {"power_dead", "partial:heart_rate_bpm", "idle_tail"}
    assert (s.avg_power_w, s.avg_hr_bpm) == (None, 120)


def test_impossible_values_are_not_measured() -> None:
    heart = np.array([0.0, 130, 251, 24, 140])
    power = np.array([100.0, 3001, -1, 200, 300])
    s = summarise(recording(np.arange(5), {"heart_rate_bpm": heart, "power_w": power}))
    assert (s.avg_hr_bpm, s.max_hr_bpm, s.max_power_w) == (135, 140, 300)
    fast = recording(np.arange(9), {"speed_mps": [13.0, 3, 3, 3, 3, 3, 3, 3, 3]}, sport="running")
    assert summarise(fast).max_speed_mps == pytest.approx(3)


def test_in_the_pool_the_lengths_tell() -> None:
    lengths = tuple(
        Length(start_ms=START_MS + i * 60_000, elapsed_s=40.0 if i % 2 else 20.0, active=bool(i % 2)) for i in range(8)
    )
    made = recording(
        [], sport="swimming", lengths=lengths, end_ms=START_MS + 240_000, totals={"total_distance_m": 100.0}
    )
    assert summarise(made).moving_s == 160


def test_the_box_may_cross_the_date_line() -> None:
    assert bounding_box(np.array([1.0, 2, 3]), np.array([179.0, 179.9, -179.9])) == (1.0, 179.0, 3.0, -179.9)
    assert bounding_box(np.array([1.0, 2]), np.array([-170.0, 9.0])) == (1.0, -170.0, 2.0, 9.0)


def test_laps_take_the_devices_figures_and_the_samples_where_it_gave_none() -> None:
    laps = (
        Lap(start_ms=START_MS, end_ms=START_MS + 300_000, distance_m=2500.0, totals={"avg_heart_rate_bpm": 133.0}),
        Lap(start_ms=START_MS + 300_000, end_ms=START_MS + 600_000, trigger="manual"),
        Lap(start_ms=START_MS + 900_000, end_ms=START_MS + 960_000),
    )
    first, second, beyond = laps_of(ride(laps=laps))
    assert (first.start_s, first.elapsed_s, first.distance_m, first.avg_hr_bpm) == (0, 300, 2500, 133)
    assert first.avg_speed_mps == pytest.approx(2500 / 300)
    assert second.distance_m == pytest.approx(299 * 8)
    assert (second.avg_hr_bpm, second.avg_power_w, second.max_power_w, second.avg_cadence_rpm) == (
        140,
        150,
        300,
        90,
    )
    assert second.ascent_m == pytest.approx(30, abs=3)
    assert (beyond.elapsed_s, beyond.avg_power_w, beyond.distance_m) == (60, None, 0)
    assert laps_of(ride()) == ()


strange = st.floats(allow_nan=True, allow_infinity=True, width=32)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.integers(0, 12), st.sampled_from(["cycling", "running", "swimming", "generic"]))
def test_nothing_raises(data: st.DataObject, n: int, sport: str) -> None:
    made: dict[str, Any] = {
        key: data.draw(npst.arrays(np.float64, n, elements=strange)) for key in CHANNELS if data.draw(st.booleans())
    }
    t = data.draw(npst.arrays(np.int64, n, elements=st.integers(-(10**6), 10**6)))
    laps = (Lap(start_ms=START_MS - 10**7, end_ms=START_MS), Lap(start_ms=START_MS, end_ms=START_MS - 1))
    found = recording(t, made, sport=sport, laps=laps)
    s = summarise(found)
    assert s.elapsed_s >= 0
    assert s.moving_s <= s.timer_s
    assert len(laps_of(found)) == 2


@pytest.mark.parametrize("n", [0, 1, 2, 172_800])
@pytest.mark.parametrize("empty", [True, False])
def test_the_shortest_the_longest_and_the_emptiest(n: int, empty: bool) -> None:
    values = np.full(n, np.nan if empty else 30.0)
    s = summarise(recording(np.arange(n), dict.fromkeys(CHANNELS, values)))
    assert (s.avg_hr_bpm is None) == (empty or n == 0)


def test_moments_keep_the_local_clock_over_daylight_saving() -> None:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    given, expected = vector("time.dst")
    for utc, local in zip(given["utc"], expected["local"], strict=True):
        at = datetime.fromisoformat(utc)
        offset = at.astimezone(ZoneInfo(given["zone"])).utcoffset()
        assert offset is not None
        moment = Moment(round(at.timestamp() * 1000), int(offset.total_seconds()), given["zone"], "place")
        assert moment.local().isoformat() == local


@pytest.mark.parametrize("key", [k for k in VECTORS if k.startswith("file.")])
def test_real_files(key: str) -> None:
    given, expected = vector(key)
    path = real_file(given["sha256"])
    if path is None:
        pytest.skip("the real file is not here")
    found = decode(path.read_bytes(), path.name).recordings[0]
    assert found.sport == Sport(given["sport"], found.sport.sub)
    made, s = samples(found), summarise(found)
    assert len(made.axis) == expected["records"]
    assert made.elapsed_s[-1] == pytest.approx(expected["span_s"], abs=0.5)
    assert made.recorded_s == pytest.approx(expected["recorded_s"], abs=0.5)
    assert s.moving_s == pytest.approx(expected["moving_time_s"]["default"], abs=0.5)
    rule = stop_rule(found.sport, strava_like=True)
    slow = np.asarray(made.speed_mps) < rule.v_stop
    strava_like = made.steps.weight[moving_mask(slow, made.steps.weight, rule.t_min)].sum()
    assert strava_like == pytest.approx(expected["moving_time_s"]["strava_like"], abs=0.5)
    assert made.places is not None
    lat, lon = made.places.latitude, made.places.longitude
    assert haversine(lat[:-1], lon[:-1], lat[1:], lon[1:]).sum() == pytest.approx(expected["haversine_m"], rel=0.002)
    south, west, north, east = s.bbox or (0.0, 0.0, 0.0, 0.0)
    assert (south, west, north, east) == pytest.approx(tuple(expected["bbox"]), abs=1e-4)
    elevation = expected["elev"]
    assert s.ascent_m == pytest.approx(elevation["zigzag_ma15_h2"]["gain"], abs=1)
    assert s.descent_m == pytest.approx(elevation["zigzag_ma15_h2"]["loss"], abs=1)
    assert (s.min_altitude_m, s.max_altitude_m) == pytest.approx((elevation["min"], elevation["max"]))
    altitude = made.values("altitude_m")
    assert altitude is not None
    assert deadband(altitude) == pytest.approx(tuple(elevation["deadband_h3_raw"].values()), abs=1)
    assert s.avg_hr_bpm == pytest.approx(expected["avg_hr"], rel=0.002)
    if expected["avg_power"] is not None:
        assert s.avg_power_w == pytest.approx(expected["avg_power"], rel=0.002)
