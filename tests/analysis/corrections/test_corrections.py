"""Each correction by hand: what it changes, and what it leaves as it was."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from homestretch.analysis.activity.summary import Summary, summarise
from homestretch.analysis.corrections import checked, corrected, corrections, in_words, moved
from homestretch.errors import BadRequest
from homestretch.model.channel import Floats
from homestretch.model.recording import Recording
from tests.formats import golden

START = golden.START_MS


def after(recording: Recording, key: str, **values: Any) -> Recording:
    """Return a recording corrected by values in seconds since its start."""
    shown = moved(key, checked(key, values), lambda at_s: START + round(1000 * at_s))
    return corrected(recording, [(key, shown)])


def with_channel(recording: Recording, key: str, values: Floats) -> Recording:
    return replace(recording, channels={**recording.channels, key: golden.channel(key, values)})


def figures(recording: Recording) -> Summary:
    return summarise(recording)


def test_a_crop_leaves_the_stretch_with_its_distance_time_laps_and_share_of_calories() -> None:
    run = golden.run(600)
    cut = after(run, "crop", start=100, end=400)
    found = figures(cut)
    assert (found.start_ms, found.elapsed_s) == (START + 100_000, 300.0)
    assert found.distance_m == pytest.approx(900.0)
    assert found.timer_s == pytest.approx(300.0, abs=1.0)
    assert found.calories_kcal == pytest.approx(32.0 * 300 / 595, rel=0.01)
    assert [(lap.start_ms - START, lap.end_ms - START) for lap in cut.laps] == [(100_000, 300_000), (300_000, 400_000)]
    assert cut.pauses == () and cut.events == (), "both were before"
    assert len(run.time_ms) == 600, "the recording itself stays"


@pytest.mark.parametrize("ends", [(-100, 900), (700, 800), (300, 300)])
def test_a_crop_that_would_leave_all_or_nothing_changes_nothing(ends: tuple[int, int]) -> None:
    run = golden.run(600)
    assert after(run, "crop", start=ends[0], end=ends[1]) is run


def test_a_spike_is_found_and_left_out_and_the_device_no_longer_states_it() -> None:
    heart = np.full(600, 140.0)
    heart[200:205] = 220.0
    run = with_channel(golden.run(600), "heart_rate_bpm", heart)
    run = replace(run, totals={**run.totals, "max_heart_rate_bpm": 220.0})
    suggested = corrections()["leave_out"].suggest(run)
    assert suggested["channel"] == "heart_rate_bpm"
    assert suggested["stretches"] == [[START + 200_000, START + 204_000]]
    found = figures(after(run, "leave_out", channel="heart_rate_bpm", stretches=[[200, 204]]))
    assert (figures(run).max_hr_bpm, found.max_hr_bpm, found.avg_hr_bpm) == (220.0, 140.0, 140.0)
    assert found.avg_power_w == figures(run).avg_power_w


def test_a_sprint_is_no_spike_of_power() -> None:
    power = np.full(600, 200.0)
    power[300:310] = 900.0
    power[400] = 1900.0
    found = corrections()["leave_out"].suggest(with_channel(golden.run(600), "power_w", power))["by_channel"]
    assert found["power_w"] == [[START + 400_000, START + 400_000]]


def test_places_left_out_take_their_detour_with_them() -> None:
    k = np.arange(600, dtype=np.float64)
    latitude, distance = 60.0 + k * 2.7e-5, 3.0 * k
    latitude[300:310] += 0.005
    distance = distance + np.where(k >= 300, 500.0, 0.0) + np.where(k >= 310, 500.0, 0.0)
    run = with_channel(with_channel(golden.run(600), "latitude", latitude), "distance_m", distance)
    run = with_channel(replace(run, totals={"total_distance_m": 2800.0}), "longitude", np.full(600, 24.94))
    found = figures(after(run, "leave_out", channel="places", stretches=[[300, 309]]))
    assert figures(run).distance_m == 2800.0
    assert found.distance_m == pytest.approx(1798.0, abs=4.0)
    assert found.bbox is not None and found.bbox[2] == pytest.approx(60.0 + 599 * 2.7e-5, abs=1e-5)


def test_drift_of_a_barometer_is_taken_out_by_the_share_of_the_time() -> None:
    k = np.arange(601, dtype=np.float64)
    run = with_channel(golden.run(601), "altitude_m", 100.0 + k * 0.05)
    out_and_back = with_channel(run, "latitude", 60.0 + np.minimum(k, 600 - k) * 2.7e-5)
    out_and_back = with_channel(out_and_back, "longitude", np.full(601, 24.94))
    drift = corrections()["altitude"].suggest(out_and_back)["drift_m"]
    assert drift == pytest.approx(29.5, abs=0.2)
    assert corrections()["altitude"].suggest(run)["drift_m"] == 0.0, "it did not return to its start"
    level = after(run, "altitude", drift_m=30.0, offset_m=-20.0).values("altitude_m")
    assert level is not None and level == pytest.approx(np.full(601, 80.0), abs=0.11)
    assert (figures(run).ascent_m or 0) > 25
    assert figures(after(run, "altitude", drift_m=30.0)).ascent_m == 0.0


def test_the_length_of_a_pool_makes_the_distance() -> None:
    swim = golden.pool_swim()
    assert figures(after(swim, "pool_length", length_m=33.3)).distance_m == pytest.approx(99.9)
    distance = np.minimum(np.arange(99), 75.0)
    counted = with_channel(replace(swim, totals={"total_distance_m": 75.0}), "distance_m", distance)
    longer = after(counted, "pool_length", length_m=50.0)
    found = longer.values("distance_m")
    assert found is not None and found[-1] == pytest.approx(150.0)
    assert longer.pool_length_m == 50.0 and figures(longer).distance_m == pytest.approx(150.0)


def test_laps_start_where_a_person_says() -> None:
    run = golden.run(600)
    marks = [{"at": 60, "label": "work"}, {"at": 300, "label": "rest"}]
    laps = after(run, "laps", laps=marks).laps
    assert [(lap.start_ms - START, lap.end_ms - START, lap.label) for lap in laps] == [
        (0, 60_000, None), (60_000, 300_000, "work"), (300_000, 600_000, "rest"),
    ]  # fmt: skip
    assert laps[2].distance_m == run.laps[1].distance_m, "its ends are those of the device's lap"
    merged = after(run, "laps", laps=[{"at": 0}]).laps
    assert [(lap.start_ms, lap.end_ms) for lap in merged] == [(START, START + 600_000)]


@pytest.mark.parametrize(("key", "values"), [
    ("nothing", {}), ("crop", {"start": 1}), ("crop", {"start": "a", "end": 2}),
    ("crop", {"start": 1, "end": 2, "x": 3}), ("crop", {"start": 1e308, "end": 2}),
    ("laps", {"laps": [{"at": 10**300}]}), ("leave_out", {"channel": "power_w", "stretches": [[-1e308, 1e308]]}),
    ("leave_out", {"channel": "wind", "stretches": [[1, 2]]}), ("leave_out", {"channel": "power_w", "stretches": []}),
    ("leave_out", {"channel": "power_w", "stretches": [[2, 1]]}), ("altitude", {"offset_m": 9e9}),
    ("pool_length", {"length_m": float("nan")}), ("laps", {"laps": [{"at": 1, "label": "fun"}]}),
    ("laps", {"laps": [{"at": True}]}), ("leave_out", {"channel": "power_w", "stretches": [[0, 1]] * 501}),
])  # fmt: skip
def test_what_does_not_fit_is_refused_in_a_sentence(key: str, values: dict[str, Any]) -> None:
    with pytest.raises(BadRequest, match=r"[.?]$"):
        checked(key, values)


def test_corrections_are_shown_in_plain_words() -> None:
    assert in_words("crop", {"start": 30.0, "end": 3723.4}) == "Crop: start 0:00:30, end 1:02:03"
    assert in_words("altitude", {"offset_m": 0, "drift_m": -4.5}) == "Correct altitude: drift -4.5 m"
    stretches = [[0, 1], [5, 6], [7, 8], [9, 10]]
    assert in_words("leave_out", {"channel": "power_w", "stretches": stretches}) == (
        "Remove spikes: power, 0:00:00–0:00:01, 0:00:05–0:00:06, 0:00:07–0:00:08 and 1 more"
    )
    assert in_words("laps", {"laps": [{"at": 1}]}) == "Edit laps: 1 lap"
    assert in_words("of_tomorrow", {}) == "Of tomorrow"
