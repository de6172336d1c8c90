"""GPX and TCX: what our own small files say, and that real ones agree with a slow reading, point by point."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpus import real_files
from homestretch.formats import _vecxml, decode, gpx, sniff, tcx
from homestretch.formats._columns import channel
from homestretch.model.channel import SEMICIRCLES_PER_DEGREE
from homestretch.model.moment import Moment
from homestretch.model.recording import Decoded, Device, Pause, Recording
from homestretch.model.sport import Sport
from homestretch.model.texts import encoding_of
from homestretch.vendors.sport_names import sport_named
from tests.formats.golden_xml import GOLDEN, GPX, TCX
from tests.formats.oracle_xml import rows

START_MS = 1_777_788_000_000


def only(decoded: Decoded) -> Recording:
    assert len(decoded.recordings) == 1
    return decoded.recordings[0]


def listed(recording: Recording, key: str) -> list[Any]:
    values = recording.values(key)
    assert values is not None
    return [None if np.isnan(v) else v for v in values.tolist()]


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_files_are_known_by_their_root(name: str) -> None:
    found = sniff(GOLDEN[name])
    assert found is not None
    assert found.key == name[-3:]


def test_a_garmin_track() -> None:
    decoded = decode(GOLDEN["garmin.gpx"])
    r = only(decoded)
    assert (decoded.format, decoded.kind, decoded.contents, decoded.notes) == ("gpx", "activity", {"waypoints": 1}, ())
    assert r.sport == Sport("cycling", "gravel_cycling")
    assert (r.name, r.description) == ("Morning & ride", 'Past the "sea"')
    assert (r.start, r.end_ms) == (Moment(START_MS), START_MS + 61_500)
    assert r.time_ms.tolist() == [START_MS, START_MS + 1000, START_MS + 61_500]
    assert r.pauses == (Pause(START_MS + 1000, START_MS + 61_500),)
    assert r.devices == (Device(role="recorder", product="Garmin Connect"),)
    assert listed(r, "latitude") == [60.17, 60.1701, 60.1702]
    assert listed(r, "altitude_m") == [12.2, 12.6, 13]
    assert listed(r, "heart_rate_bpm") == [111, 113, None]
    assert listed(r, "cadence_rpm") == [0, 85, None]
    assert listed(r, "power_w") == [None, 210, None]
    assert listed(r, "temperature_c") == [18, None, None]


def test_a_phones_track_with_comments_cdata_and_entities() -> None:
    decoded = decode(GOLDEN["cluetrust.gpx"])
    r = only(decoded)
    assert decoded.notes == ()
    assert r.sport == Sport("running", "trail")
    assert r.name == "Lunch <run>"
    assert r.start == Moment(1_777_809_600_000, 3600, None, "file")
    assert listed(r, "longitude") == [-0.1, -0.11]
    assert listed(r, "heart_rate_bpm") == [140, 141]
    assert listed(r, "distance_m") == [0, 1300.5]
    assert listed(r, "power_w") == [250, None]
    assert listed(r, "temperature_c") == [21.5, None]


def test_gpx_1_0_has_its_name_at_the_top() -> None:
    r = only(decode(GOLDEN["old.gpx"]))
    assert (r.name, r.sport) == ("Walk", Sport())
    assert listed(r, "course_deg") == [181.5, None]
    assert listed(r, "speed_mps") == [1.25, 1.5]


def test_tracks_far_apart_are_activities_and_other_sports_are_legs() -> None:
    decoded = decode(GOLDEN["two_days.gpx"])
    found = [(r.session, r.part, r.name, r.sport.key, len(r.time_ms)) for r in decoded.recordings]
    assert found == [(0, 0, "Saturday", "cycling", 4), (1, 0, None, "walking", 1), (2, 1, "Sunday", "running", 2)]
    assert decoded.contents == {"untimed_tracks": 1, "untimed_points": 2}
    assert decoded.notes == ("no_time",)


def test_a_route_is_a_course() -> None:
    decoded = decode(GOLDEN["route.gpx"])
    assert (decoded.kind, decoded.recordings, decoded.contents) == ("course", (), {"routes": 1})


def test_tracks_side_by_side_are_two_recordings() -> None:
    track = GPX["old"][GPX["old"].index("<trk>") : GPX["old"].index("</gpx>")]
    later = track.replace("18:37:31", "19:37:31")
    decoded = decode(f"<gpx>{later}{later.replace('-33.5', '-34.5')}</gpx>".encode())
    assert [r.part for r in decoded.recordings] == [0, 1]


def test_a_track_all_at_one_instant_is_a_plan() -> None:
    assert decode(GPX["old"].replace("18:37:31", "18:37:26").encode()).notes == ("no_time",)


def test_a_distance_that_does_not_grow_is_that_of_each_step() -> None:
    r = only(decode(GPX["cluetrust"].replace(">0</gpxdata:distance>", ">9000</gpxdata:distance>").encode()))
    assert listed(r, "step_m") == [9000, 1300.5]
    assert "distance_m" not in r.channels


def test_a_ride_with_laps() -> None:
    decoded = decode(GOLDEN["ride.tcx"])
    r = only(decoded)
    assert (decoded.format, decoded.kind, decoded.notes, decoded.contents) == ("tcx", "activity", (), {})
    assert (r.sport, r.description) == (Sport("cycling"), "Windy")
    assert (r.start, r.end_ms) == (Moment(START_MS), START_MS + 38_000)
    assert r.file_key == f"tcx:3950859721:{START_MS}"
    assert r.devices == (Device(role="recorder", product="Edge 530", serial="3950859721", software="9.75"),)
    assert r.pauses == (Pause(START_MS + 1000, START_MS + 31_000),)
    assert listed(r, "distance_m") == [0.84, None, 20.5, 21]
    assert listed(r, "speed_mps") == [0.784, None, None, None]
    assert listed(r, "power_w") == [205, None, None, None]
    assert listed(r, "altitude_m") == [6.8, None, None, None]
    assert r.channels["latitude"].scale == SEMICIRCLES_PER_DEGREE
    first, second = r.laps
    assert (first.end_ms, first.timer_s, first.distance_m, first.trigger) == (START_MS + 31_000, 2, 20.5, "manual")
    assert first.totals == {
        "total_timer_time_s": 2, "total_distance_m": 20.5, "total_calories_kcal": 11, "max_speed_mps": 9.5,
        "avg_speed_mps": 8.1, "avg_heart_rate_bpm": 120, "max_heart_rate_bpm": 125, "avg_cadence_rpm": 80,
        "max_cadence_rpm": 90, "avg_power_w": 200, "max_power_w": 300,
    }  # fmt: skip
    assert (second.start_ms, second.trigger) == (START_MS + 32_000, "distance")
    assert r.totals["total_calories_kcal"] == 15
    assert r.totals["total_distance_m"] == 70.5
    assert r.totals["avg_heart_rate_bpm"] == 135
    assert r.totals["max_heart_rate_bpm"] == 125


def test_legs_of_a_multisport_session_share_their_part() -> None:
    decoded = decode(GOLDEN["multisport.tcx"])
    found = [(r.session, r.part, r.sport.key, len(r.laps)) for r in decoded.recordings]
    assert found == [(0, 0, "generic", 1), (1, 0, "running", 1), (2, 1, "walking", 1)]
    assert listed(decoded.recordings[1], "cadence_rpm") == [88]


def test_a_course_is_no_activity() -> None:
    decoded = decode(GOLDEN["course.tcx"])
    assert (decoded.kind, decoded.contents) == ("course", {"courses": 1, "course_points": 1})


@pytest.mark.parametrize(
    ("name", "sport"),
    [
        ("1", Sport("cycling")), ("9", Sport("running")), ("TrailRun", Sport("running", "trail")),
        ("Biking", Sport("cycling")),
        ("trail running", Sport("running", "trail")), ("VirtualRide", Sport("cycling", "virtual_activity")),
        ("EBikeRide", Sport("e_biking")), ("open_water_swimming", Sport("swimming", "open_water")), ("Other", Sport()),
        ("Mountain Biking", Sport("cycling", "mountain")), (None, Sport()), ("", Sport()), ("Zorbing", Sport()),
    ],
)  # fmt: skip
def test_sports_by_their_many_names(name: str | None, sport: Sport) -> None:
    assert sport_named(name) == sport


def test_numbers_are_kept_as_the_smallest_integers() -> None:
    for values, scale in (([1.0, 2], 1), ([1.5, np.nan], 10), ([1.2345], 1e4), ([float(np.float32(0.784))], 1e3)):
        made = channel("speed_mps", np.array(values))
        assert made.raw.dtype == np.int32
        assert made.scale == scale
        np.testing.assert_allclose(made.values(), values, rtol=1e-7)
    precise = channel("speed_mps", np.array([0.123456789, np.nan]))
    assert precise.raw.dtype == np.float64
    assert precise.values().tolist()[0] == 0.123456789
    assert channel("latitude", np.array([50.12345678])).scale == 1e7
    assert np.isnan(channel("longitude", np.array([1000.0])).values()).all()


def both_ways(data: bytes) -> tuple[Decoded, Decoded]:
    """Decode a file as it is, and again with a comment that only the tree parser reads."""
    at = data.index(b"<gpx") if b"<gpx" in data else data.index(b"<Training")
    return decode(data), decode(data[:at] + b"<!-- -->" + data[at:])


def assert_same(a: Decoded, b: Decoded) -> None:
    assert (a.kind, a.notes, a.contents, len(a.recordings)) == (b.kind, b.notes, b.contents, len(b.recordings))
    for x, y in zip(a.recordings, b.recordings, strict=True):
        assert (x.start, x.end_ms, x.sport, x.name, x.laps) == (y.start, y.end_ms, y.sport, y.name, y.laps)
        assert (x.pauses, x.totals, x.devices, x.part) == (y.pauses, y.totals, y.devices, y.part)
        np.testing.assert_array_equal(x.time_ms, y.time_ms)
        assert list(x.channels) == list(y.channels)
        for key, made in x.channels.items():
            assert made.scale == y.channels[key].scale
            np.testing.assert_array_equal(made.raw, y.channels[key].raw)


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_arrays_and_trees_read_the_same(name: str) -> None:
    assert_same(*both_ways(GOLDEN[name]))


def test_our_own_regular_files_are_read_by_arrays() -> None:
    assert _vecxml.scan(GOLDEN["garmin.gpx"], "trkpt", {"ele"}, ("lat", "lon")) is not None
    assert _vecxml.scan(GOLDEN["ride.tcx"], "Trackpoint", {"Time"}) is not None


@pytest.mark.parametrize(
    "change",
    [
        ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("iso-8859-1", "ISO-8859-1"), ("utf-8", "utf8"),
        ("utf-16-be", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["garmin", "ride"])
def test_encodings(change: tuple[str, str | None], name: str) -> None:
    text = (GPX | TCX)[name].replace("Morning", "Mörgen").replace("Windy", "Wïndy")
    codec, declared = change
    if declared is None:
        data = "\ufeff".encode(codec) + text.replace(' encoding="UTF-8"', "").encode(codec)
    else:
        data = text.replace("UTF-8", declared).encode(codec)
    r = only(decode(data, "a.gpx"))
    assert (r.name, r.description) in {("Mörgen & ride", 'Past the "sea"'), (None, "Wïndy")}
    np.testing.assert_array_equal(r.time_ms, only(decode(text.encode())).time_ms)


@pytest.mark.parametrize("head", ['<?xml version="1.0" encoding="UTF-8"?>', '<?xml version="1.0"?>', ""])
@pytest.mark.parametrize("name", ["garmin", "ride"])
def test_letters_that_are_not_what_the_file_says(head: str, name: str) -> None:
    text = (GPX | TCX)[name].replace("Morning", "Mörgen €").replace("Windy", "Wïndy")
    text = head + text.partition("?>")[2].lstrip()
    found = decode(text.encode("cp1252"), "a.gpx")
    assert (only(found).name, only(found).description) in {("Mörgen € & ride", 'Past the "sea"'), (None, "Wïndy")}
    assert found.notes == ("not_utf8", *decode(text.encode()).notes)
    np.testing.assert_array_equal(only(found).time_ms, only(decode(text.encode())).time_ms)
    np.testing.assert_array_equal(only(found).values("latitude"), only(decode(text.encode())).values("latitude"))


@given(st.text(st.characters(codec="cp1252", exclude_characters="\0"), max_size=60), st.integers(0, 60))
def test_letters_are_read_as_they_were_written(text: str, at: int) -> None:
    """UTF-8 is never taken for anything else, not even broken off or damaged; old letters only where no other fits."""
    data = text.encode()
    assert encoding_of(data) == "utf-8" and encoding_of(data + b"\x81") == "utf-8"
    if not text[: at + 1].isascii():
        assert encoding_of(text[: at + 1].encode() + b"\xfc") == "utf-8"
    old = text.encode("cp1252")
    assert encoding_of(old) == "utf-8" or old.decode(encoding_of(old)) == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('lat="60.17000000" lon="24.9400000"', "lat='60.17000000' lon='24.9400000'"),
        ('lat="60.17000000" lon="24.9400000"', 'lon="24.9400000" lat="60.17000000"'),
        ('lat="60.17000000" lon', 'lat = "60.17000000"\n lon'),
        ('lat="60.17000000"', 'id="7" lat="60.17000000"'),
        ("<trkpt ", "<trkpt\n"),
        ("<ele>13</ele>", "<ele> 13\n</ele><ele/>"),
        ("<ele>13</ele>", "<ele>13</ele><ele>99</ele>"),
        ("<ele>13</ele>", '<ele unit="m">13</ele>'),
        ("<ele>13</ele>", "<ele>13.000e0</ele>"),
        ("2026-05-03T06:01:01.500Z", "2026-05-03T08:01:01.5+02:00"),
        ("2026-05-03T06:01:01.500Z", "2026-05-03 06:01:01.500000"),
        ("2026-05-03T06:01:01.500Z", "20260503T060101.5Z"),
        ("ns3:", "gpxtpx:"),
        ("<trkseg>", "<trkseg   >"),
    ],
)
def test_odd_ways_of_writing_the_same(old: str, new: str) -> None:
    odd = only(
        decode(
            GPX["garmin"]
            .replace(old, new)
            .replace("xmlns:ns3", "xmlns:gpxtpx" if old == "ns3:" else "xmlns:ns3")
            .encode()
        )
    )
    plain = only(decode(GOLDEN["garmin.gpx"]))
    np.testing.assert_array_equal(odd.time_ms, plain.time_ms)
    for key in plain.channels:
        np.testing.assert_allclose(odd.channels[key].values(), plain.channels[key].values(), atol=1e-9)


@pytest.mark.parametrize(
    "text", ["", "1,234.5", "1,2,3", "nan", "inf", "1_0", "0x10", "1e", "--1", "1e999", "9" * 70, "12 m", "١٢"]
)  # fmt: skip
def test_what_is_no_number_is_not_measured(text: str) -> None:
    data = GPX["garmin"].replace("<ele>13</ele>", f"<ele>{text}</ele>").encode()
    fast, slow = both_ways(data)
    assert_same(fast, slow)
    assert listed(only(fast), "altitude_m") == [12.2, 12.6, None]


@pytest.mark.parametrize(
    "text", ["2026-13-01T00:00:00Z", "2026-05-03T25:00:00Z", "yesterday", "", "0000-00-00T00:00:00Z"]
)
def test_a_point_without_a_readable_time_is_counted_and_left_out(text: str) -> None:
    fast, slow = both_ways(GPX["garmin"].replace("2026-05-03T06:01:01.500Z", text).encode())
    assert_same(fast, slow)
    assert len(only(fast).time_ms) == 2
    assert fast.contents["untimed_points"] == 1


def test_damage_keeps_the_points_before_it() -> None:
    data = GOLDEN["garmin.gpx"]
    cut = decode(data[: data.index(b"<trkpt", data.index(b'lon="24.9401')) + 30])
    assert cut.notes == ("truncated",)
    assert listed(only(cut), "heart_rate_bpm") == [111, 113]
    broken = decode(data.replace(b"</ele>", b"</elf>", 1))
    assert broken.notes == ("xml_damaged",)
    assert len(only(broken).time_ms) >= 2
    lost = decode(data.replace(b"</trkpt>", b"", 1))
    assert lost.notes == ("xml_damaged",)
    assert listed(only(lost), "power_w") == [None, 210, None]


ENTITIES = '<!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(10)
)


@pytest.mark.parametrize(
    "data",
    [
        f"<?xml version='1.0'?>{ENTITIES}]><gpx><trk><name>&k;</name></trk></gpx>",
        "<!DOCTYPE gpx SYSTEM 'http://127.0.0.1:9/x.dtd'><gpx><trk/></gpx>",
        "<!DOCTYPE gpx [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><gpx><trk><name>&x;</name><trkseg>"
        "<trkpt lat='1' lon='2'><time>2026-05-03T06:00:00Z</time></trkpt></trkseg></trk></gpx>",
        "<gpx>" + "<a>" * 100_000 + "</a>" * 100_000 + "</gpx>",
        "<gpx>" + "<trkpt>" * 50_000,
        "<gpx" + " a='1'" * 50_000 + "/>",
        "<gpx><trk><name>" + "x" * 11_000_000 + "</name></trk></gpx>",
    ],
)
def test_bombs_do_no_harm(data: str) -> None:
    decoded = decode(data.encode(), "bomb.gpx")
    for r in decoded.recordings:
        assert "root:" not in (r.name or "")
        assert len(r.name or "") < 1000


REAL = real_files("gpx", "tcx")


@pytest.mark.skipif(not REAL, reason="the real files are not here")
@pytest.mark.parametrize("path", REAL, ids=lambda p: p.name)
def test_every_point_of_real_files(path: Path) -> None:
    data = path.read_bytes()
    decoded = decode(data, path.name)
    try:
        expected = rows(path)
    except Exception as error:
        pytest.fail(f"the oracle cannot read {path.name}: {error}")
    if len({row["time_ms"] for row in expected}) < 2 <= len(expected):
        assert decoded.recordings == ()
        return
    recordings = sorted(decoded.recordings, key=lambda r: int(r.time_ms[0]) if len(r.time_ms) else 0)
    times = np.concatenate([np.zeros(0, dtype=np.int64), *(r.time_ms for r in recordings)])
    order = np.argsort(times, kind="stable")
    expected.sort(key=lambda row: row["time_ms"])
    assert times[order].tolist() == [row["time_ms"] for row in expected]
    for key in sorted({key for row in expected for key in row} - {"time_ms"}):
        column = [r.values(key) if key in r.channels else np.full(len(r.time_ms), np.nan) for r in recordings]
        values = np.concatenate([np.zeros(0) if c is None else c for c in column])[order]
        truth = np.array([row.get(key, np.nan) for row in expected])
        place = key in {"latitude", "longitude"}
        np.testing.assert_allclose(values, truth, atol=1e-7 if place else 1e-9, rtol=0 if place else 6e-8, err_msg=key)


@pytest.mark.skipif(not REAL, reason="the real files are not here")
@pytest.mark.parametrize("path", REAL, ids=lambda p: p.name)
def test_real_files_both_ways(path: Path) -> None:
    assert_same(*both_ways(path.read_bytes()))


@pytest.mark.parametrize("name", ["garmin", "cluetrust", "old"])
def test_what_is_written_comes_back(name: str) -> None:
    r = only(decode(GPX[name].encode()))
    back = only(decode(gpx.encode(r)))
    assert (back.name, back.description, back.sport.key) == (r.name, r.description, r.sport.key)
    assert (back.start.utc_ms, back.end_ms, back.pauses) == (r.start.utc_ms, r.end_ms, r.pauses)
    np.testing.assert_array_equal(back.time_ms, r.time_ms)
    for key in set(r.channels) - {"distance_m"}:
        np.testing.assert_allclose(back.channels[key].values(), r.channels[key].values(), atol=5.1e-8, err_msg=key)


def test_samples_without_a_place_are_not_written_and_texts_are_escaped() -> None:
    r = only(tcx.decode(GOLDEN["ride.tcx"]))
    made = Recording(
        sport=r.sport, start=r.start, end_ms=r.end_ms, time_ms=r.time_ms, channels=r.channels, name="<a>&\x00\ud800b"
    )
    back = only(decode(gpx.encode(made)))
    assert back.name == "<a>&b"
    assert back.time_ms.tolist() == [START_MS]
    empty = Recording(sport=Sport(), start=Moment(0), end_ms=0, time_ms=np.zeros(0, dtype=np.int64))
    assert decode(gpx.encode(empty)).recordings == ()
