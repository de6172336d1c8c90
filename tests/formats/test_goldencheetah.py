"""GoldenCheetah's JSON: samples, intervals, tags and typed figures; cut off or hostile, it gives what is readable."""

import json

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch import formats
from homestretch.formats.goldencheetah import FORMAT, decode

START_MS = 1_714_716_000_000  # 2024-05-03 06:00 UTC


def ride(count: int = 5, **more: object) -> bytes:
    """Return a file as GoldenCheetah writes it: with a mark, tabs, and a blank at the end of texts."""
    samples = [
        {"SECS": n, "KM": round(0.0081 * n, 6), "WATTS": 200 + n, "CAD": 90, "KPH": 29.16, "HR": 0 if n == 1 else 140,
         "ALT": 12.4, "LAT": 50.1 + n / 10_000, "LON": 14.4, "TEMP": -255 if n == 2 else 18}
        for n in range(count)
    ]  # fmt: skip
    body: dict[str, object] = {
        "STARTTIME": "2024/05/03 06:00:00 UTC ", "RECINTSECS": 1, "DEVICETYPE": "Garmin Edge 530 ", "IDENTIFIER": " ",
        "TAGS": {"Sport": "Bike ", "SubSport": "mountain biking ", "Workout Title": "Hills ", "Notes": "Windy ",
                 "Data": " "},
        "INTERVALS": [{"NAME": "Lap 1 ", "START": 0, "STOP": 2}, {"NAME": "Peak ", "START": 1, "STOP": 3},
                      {"NAME": "Lap 2 ", "START": 2, "STOP": 4}],
        "SAMPLES": samples,
        "XDATA": [{"NAME": "GEARS", "VALUE": "FRONT", "SAMPLES": [{"SECS": 1, "KM": 0, "VALUE": 34}]}],
        **more,
    }  # fmt: skip
    return ("\ufeff" + json.dumps({"RIDE": body}, indent="\t")).encode()


def test_an_activity_is_read() -> None:
    data = ride()
    assert formats.sniff(data, "2024_05_03_06_00_00.json") is FORMAT
    decoded = decode(data)
    [one] = decoded.recordings
    assert (decoded.kind, decoded.notes, decoded.contents) == ("activity", (), {"further_series": 1})
    assert (one.sport.key, one.sport.sub, one.name, one.description) == ("cycling", "mountain", "Hills", "Windy")
    assert one.start.utc_ms == START_MS and one.time_ms.tolist() == [START_MS + 1000 * n for n in range(5)]
    assert [lap.elapsed_s for lap in one.laps] == [2, 2] and one.devices[0].product == "Garmin Edge 530"
    values = {key: channel.values() for key, channel in one.channels.items()}
    assert values["distance_m"].tolist() == [0, 8.1, 16.2, 24.3, 32.4] and values["speed_mps"].tolist() == [8.1] * 5
    assert values["power_w"].tolist() == [200, 201, 202, 203, 204]
    np.testing.assert_array_equal(values["heart_rate_bpm"], [140, np.nan, 140, 140, 140])
    np.testing.assert_array_equal(values["temperature_c"], [18, 18, np.nan, 18, 18])
    assert np.allclose(values["latitude"], 50.1 + np.arange(5) / 10_000, atol=1e-8)


def test_an_activity_typed_in_has_its_figures() -> None:
    typed = [{"workout_time": {"value": "3600"}}, {"total_distance": {"value": "30.5"}}, {"average_hr": {"value": "x"}}]
    [one] = decode(ride(0, OVERRIDES=typed, INTERVALS=[])).recordings
    assert one.totals == {"total_elapsed_time_s": 3600, "total_distance_m": 30_500} and len(one.time_ms) == 0
    assert one.end_ms - one.start.utc_ms == 3_600_000
    nothing = decode(ride(0))
    assert nothing.recordings == () and nothing.notes == ("no_time",)


def test_cut_off_anywhere_it_gives_the_samples_before() -> None:
    data = ride(20)
    whole = decode(data).recordings[0].time_ms.tolist()
    most = 0
    for length in range(len(data)):
        decoded = decode(data[:length])
        found = decoded.recordings[0].time_ms.tolist() if decoded.recordings else []
        assert found == whole[: len(found)] and len(found) >= most
        assert decoded.notes
        most = len(found)
    assert most == 20


def test_what_is_odd_is_left_out() -> None:
    odd = [{"SECS": -5}, {"SECS": "1"}, {"SECS": 1e12}, 7, None, {"SECS": 3, "LAT": 0, "LON": 0, "WATTS": True},
           {"SECS": 4, "LAT": 95, "LON": 14}]  # fmt: skip
    decoded = decode(ride(SAMPLES=odd, TAGS=[], INTERVALS={"a": 1}, OVERRIDES="x", XDATA=4))
    [one] = decoded.recordings
    assert decoded.notes == ("untimed_points:5",) and len(one.time_ms) == 2 and one.channels == {}
    for start in ("", "2024/13/41 06:00:00", "0000/01/01 00:00:00 UTC", 5):
        assert decode(ride(STARTTIME=start)).notes == ("no_time",)
    assert decode(b'{"RIDE": 5}').notes == ("json_damaged",)
    assert decode(b"{" * 100_000).recordings == ()


@settings(max_examples=150, deadline=None, database=None)
@given(st.data())
def test_it_survives_any_change(data: st.DataObject) -> None:
    whole = bytearray(ride(4))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    for one in decode(bytes(whole)).recordings:
        assert all(len(channel) == len(one.time_ms) for channel in one.channels.values())
        assert one.end_ms >= one.start.utc_ms
