"""What files leave out, repeat or write in another way: what comes of them is what was recorded."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.activity.laps import lap_summaries
from homestretch.analysis.activity.summary import Summary, summarise
from homestretch.analysis.samples.samples import samples
from homestretch.formats import decode
from homestretch.formats.fit.part import EPOCH_S
from homestretch.formats.fit.wire.writer import Writer
from homestretch.model.recording import Decoded

START_S = 1_741_161_600
N = 300
NORTH = 41.0 + np.arange(N) * 3.0 / 111_194.93


def iso(second: float) -> str:
    return str(np.datetime64(int((START_S + second) * 1000), "ms")) + "Z"


def point(k: int, time: str | None = None, lat: str | None = None) -> str:
    place = lat or f"{NORTH[k]:.7f}"
    when = iso(k) if time is None else time
    stamp = f"<time>{when}</time>" if when else ""
    return f'<trkpt lat="{place}" lon="-30.0000000"><ele>{100 + k % 7 / 10}</ele>{stamp}</trkpt>'


def gpx(*segments: str, tracks: bool = False) -> bytes:
    between = "</trkseg></trk><trk><type>running</type><trkseg>" if tracks else "</trkseg><trkseg>"
    inner = between.join(segments)
    return f"<gpx version='1.1'><trk><type>running</type><trkseg>{inner}</trkseg></trk></gpx>".encode()


def points(ks: Any, **more: Any) -> str:
    return "".join(point(int(k), **more) for k in ks)


def tcx(
    distance: Callable[[int], float | None], lap: str | None = "", lap_m: float = 897.0, places: bool = True
) -> bytes:
    def trackpoint(k: int) -> str:
        place = f"<LatitudeDegrees>{NORTH[k]:.7f}</LatitudeDegrees><LongitudeDegrees>-30</LongitudeDegrees>"
        metres = distance(k)
        way = "" if metres is None else f"<DistanceMeters>{metres:.5f}</DistanceMeters>"
        where = f"<Position>{place}</Position>" if places else ""
        return f"<Trackpoint><Time>{iso(k)}</Time>{where}{way}</Trackpoint>"

    track = f"<Track>{''.join(map(trackpoint, range(N)))}</Track>"
    totals = f"<TotalTimeSeconds>299</TotalTimeSeconds><DistanceMeters>{lap_m}</DistanceMeters>"
    inner = track if lap is None else f'<Lap StartTime="{lap or iso(0)}">{totals}{track}</Lap>'
    return (
        "<TrainingCenterDatabase><Activities><Activity Sport='Running'>"
        f"<Id>{iso(0)}</Id>{inner}</Activity></Activities></TrainingCenterDatabase>"
    ).encode()


def fit(
    records: list[dict[int, Any]], sessions: list[dict[int, Any]], laps: list[dict[int, Any]] | None = None
) -> bytes:
    writer = Writer()
    writer.message(0, {0: ("enum", 4), 1: ("uint16", 1), 4: ("uint32", START_S - EPOCH_S)})
    shapes = {253: "uint32", 0: "sint32", 1: "sint32", 3: "uint8", 5: "uint32", 6: "uint16", 7: "uint16"}
    for record in records:
        writer.message(20, {num: (shapes[num], value) for num, value in record.items()})
    for number, rows in ((19, laps or []), (18, sessions)):
        for row in rows:
            kinds = {5: "enum", 6: "enum"} if number == 18 else {}
            writer.message(number, {num: (kinds.get(num, "uint32"), value) for num, value in row.items()})
    return writer.file()


def record(k: int, **more: Any) -> dict[int, Any]:
    semicircles = 2**31 / 180
    at = {253: START_S - EPOCH_S + k, 0: round(NORTH[k] * semicircles), 1: round(-30 * semicircles)}
    return at | {5: 300 * k, 6: 3000, 3: 140} | {int(key[1:]): value for key, value in more.items()}


def session(elapsed: float, timer: float, metres: float, **more: Any) -> dict[int, Any]:
    start = START_S - EPOCH_S
    found = {253: start + 299, 2: start, 7: round(1000 * elapsed), 8: round(1000 * timer), 9: round(100 * metres), 5: 1}
    return found | {int(key[1:]): value for key, value in more.items()}


def told(data: bytes, name: str) -> tuple[Decoded, Summary]:
    decoded = decode(data, name)
    [only] = decoded.recordings
    return decoded, summarise(only)


def assert_whole(summary: Summary, flags: tuple[str, ...] = ()) -> None:
    assert summary.elapsed_s == pytest.approx(299, abs=1)
    assert summary.timer_s == pytest.approx(299, abs=1)
    assert summary.moving_s == pytest.approx(299, abs=6)
    assert summary.distance_m == pytest.approx(897, abs=4)
    assert summary.max_speed_mps == pytest.approx(3.0, abs=0.1)
    assert (summary.avg_speed_mps or 9.0) <= (summary.max_speed_mps or 0.0)
    assert summary.flags == flags


@pytest.mark.parametrize(
    ("segments", "dropped"),
    [
        ([range(100), range(200), range(300)], 300),
        ([range(300), range(100, 200)], 100),
        ([range(200), range(150, 300)], 50),
        ([range(150), range(150, 300)], 0),
    ],
)
def test_segments_that_repeat_count_every_instant_once(segments: list[range], dropped: int) -> None:
    _, summary = told(gpx(*map(points, segments)), "a.gpx")
    assert_whole(summary, (f"copy_dropped:{dropped}",) if dropped else ())


def test_a_track_that_is_there_twice_counts_once() -> None:
    decoded, summary = told(gpx(points(range(300)), points(range(300)), tracks=True), "a.gpx")
    assert decoded.notes == ("track_twice",)
    assert_whole(summary)
    decoded, summary = told(gpx(points(range(300)), points(range(50, 99)), tracks=True), "a.gpx")
    assert decoded.notes == ("track_twice",)


def test_points_without_a_time_are_counted() -> None:
    decoded, summary = told(gpx(points(range(150), time="") + points(range(150, 300))), "a.gpx")
    assert decoded.notes == ("untimed_points:150",)
    assert summary.distance_m == pytest.approx(447, abs=1)


@pytest.mark.parametrize(
    ("untimed", "left_out"), [(range(100, 200), 0), (range(1, 300, 2), 1), (range(150), 150), (range(299), 299)]
)
def test_points_without_a_time_between_others_keep_their_place(untimed: range, left_out: int) -> None:
    line = "".join(point(k, time="" if k in untimed else None) for k in range(N))
    trackpoints = tcx(lambda k: 3.0 * k)
    for k in untimed:
        trackpoints = trackpoints.replace(f"<Trackpoint><Time>{iso(k)}</Time>".encode(), b"<Trackpoint>")
    for data, name in ((gpx(line), "a.gpx"), (trackpoints, "a.tcx")):
        decoded = decode(data, name)
        between = len(untimed) - left_out
        notes = [f"times_interpolated:{between}"] * bool(between) + [f"untimed_points:{left_out}"] * bool(left_out)
        assert sorted(decoded.notes) == notes
        [only] = decoded.recordings
        assert only.time_ms.tolist() == [1000 * (START_S + k) for k in range(N - left_out)] or between == 0
        if between:
            assert summarise(only).distance_m == pytest.approx(897, abs=4)


def test_points_between_two_days_get_no_time() -> None:
    line = points(range(100)) + points(range(100, 200), time="") + point(200, time=iso(86_400))
    decoded = decode(gpx(line), "a.gpx")
    assert decoded.notes == ("untimed_points:100",)


def test_a_tcx_whose_first_half_has_no_times_begins_where_its_lap_does() -> None:
    data = tcx(lambda k: 3.0 * k)
    for k in range(150):
        data = data.replace(f"<Trackpoint><Time>{iso(k)}</Time>".encode(), b"<Trackpoint>")
    _, summary = told(data, "a.tcx")
    assert summary.start_ms == START_S * 1000
    assert (summary.elapsed_s, summary.timer_s) == (299, 299)


@pytest.mark.parametrize("declared", ["utf-16", "UTF-16LE", "ucs-2"])
def test_letters_declared_wider_than_they_are(declared: str) -> None:
    data = f'<?xml version="1.0" encoding="{declared}" standalone="yes"?>'.encode() + gpx(points(range(300)))
    decoded, summary = told(data, "a.gpx")
    assert decoded.notes == ()
    assert_whole(summary)


@pytest.mark.parametrize("behind_s", [1024 * 7 * 86_400, START_S - 263])
def test_the_id_and_the_laps_date_a_tcx_whose_points_do_not(behind_s: int) -> None:
    data = tcx(lambda k: 3.0 * k)
    for k in range(N):
        data = data.replace(f"<Time>{iso(k)}<".encode(), f"<Time>{iso(k - behind_s)}<".encode())
    for dated in (data, data.replace(f"<Id>{iso(0)}<".encode(), f"<Id>{iso(-behind_s)}<".encode())):
        _, summary = told(dated, "a.tcx")
        assert summary.start_ms == START_S * 1000
        assert_whole(summary, (f"clock_set_late:{N}",))


def test_an_activity_that_is_twice_in_a_tcx_counts_once() -> None:
    data = tcx(lambda k: 3.0 * k).decode()
    activity = data[data.index("<Activity ") : data.index("</Activities>")]
    decoded, summary = told(data.replace("</Activities>", f"{activity}</Activities>").encode(), "a.tcx")
    assert decoded.notes == ("recording_twice",)
    assert_whole(summary)


def test_decimal_commas_are_read_as_such() -> None:
    decoded, summary = told(gpx(points(range(300)).replace(".", ",").replace(",000Z", ".000Z")), "a.gpx")
    assert decoded.notes == ("decimal_comma",)
    assert_whole(summary)
    assert summary.max_altitude_m == pytest.approx(100.6)


def test_longitudes_beyond_180_go_on_around_the_world() -> None:
    east = [(179.999 + k / 1000) for k in range(3)]
    line = "".join(f'<trkpt lat="0.5" lon="{lon:.7f}"><time>{iso(60 * k)}</time></trkpt>' for k, lon in enumerate(east))
    _, summary = told(gpx(line), "a.gpx")
    assert summary.bbox is not None and (summary.bbox[1], summary.bbox[3]) == pytest.approx((179.999, -179.999))
    assert summary.distance_m == pytest.approx(2 * 111.19, abs=1)


@pytest.mark.parametrize(
    ("distance", "more", "flags"),
    [
        (lambda k: 3.0 * k, {"lap": None}, ()),
        (lambda k: 3.0 + k % 3 / 100, {}, ("distance_of_steps",)),
        (lambda k: 3.0, {}, ("distance_of_steps",)),
        (lambda k: 3.0 + k % 3 / 100, {"places": False}, ("distance_of_steps",)),
        (lambda k: 0.003 * k, {}, ("distance_in_km",)),
        (lambda k: 0.003 * k, {"lap_m": 0.897}, ("distance_in_km", "total_off:distance")),
        (lambda k: 0.003 + k % 3 / 1e5, {}, ("distance_in_km",)),
        (lambda k: 0.003 * k, {"lap_m": 0.897, "places": False}, ("distance_in_km", "total_off:distance")),
        (lambda k: 0.003 * k, {"places": False}, ("distance_in_km",)),
        (lambda k: None, {"lap_m": 0.0}, ()),
        (lambda k: 3.0 * k, {"lap": "1970-01-01T00:00:00Z"}, ()),
    ],
)
def test_a_tcx_without_laps_or_with_a_distance_of_its_own_kind(
    distance: Callable[[int], float | None], more: dict[str, Any], flags: tuple[str, ...]
) -> None:
    decoded, summary = told(tcx(distance, **more), "a.tcx")
    assert_whole(summary, flags)
    assert decoded.kind == "activity" and summary.start_ms == START_S * 1000
    cleaned = samples(decoded.recordings[0])
    for lap in lap_summaries(cleaned, summary.elapsed_s):
        assert lap.start_s == 0.0 and lap.elapsed_s == pytest.approx(299, abs=1)
        assert lap.distance_m == pytest.approx(897, abs=4)


def test_two_records_a_second_with_zeros_for_what_the_other_part_measures() -> None:
    records = [half for k in range(N) for half in (record(k, _3=0, _7=0), record(k, _6=0, _7=190))]
    _, summary = told(fit(records, [session(300, 300, 900)]), "a.fit")
    assert_whole(summary)
    assert (summary.avg_hr_bpm, summary.avg_power_w) == (140, 190)


def test_totals_of_zero_are_none() -> None:
    start = START_S - EPOCH_S
    lap = {253: start, 2: start, 7: 0, 8: 0, 9: 0}
    decoded, summary = told(fit([record(k) for k in range(N)], [session(0, 0, 0)], [lap]), "a.fit")
    assert_whole(summary)
    [one] = lap_summaries(samples(decoded.recordings[0]), summary.elapsed_s)
    assert one.elapsed_s >= 0


def test_laps_that_start_at_zero_start_where_they_can() -> None:
    start = START_S - EPOCH_S
    laps = [{253: start + 100 * (i + 1), 2: 0, 7: 100_000, 8: 100_000, 9: 30_000} for i in range(3)]
    decoded, summary = told(fit([record(k) for k in range(N)], [session(300, 300, 900)], laps), "a.fit")
    found = lap_summaries(samples(decoded.recordings[0]), summary.elapsed_s)
    assert [lap.start_s for lap in found] == [0, 100, 200]


def test_a_session_or_a_whole_file_that_is_there_twice_counts_once() -> None:
    records = [record(k) for k in range(N)]
    decoded, summary = told(fit(records, [session(300, 300, 900)] * 2), "a.fit")
    assert decoded.notes == ("session_twice",)
    assert_whole(summary)
    once = fit(records, [session(300, 300, 900)])
    decoded, summary = told(once + once, "a.fit")
    assert decoded.notes == ("recording_twice",)
    assert decoded.recordings[0].session == 0


def test_a_first_record_three_minutes_late_leaves_the_start_where_it_was() -> None:
    late = [record(k) for k in range(180, N)]
    _, summary = told(fit(late, [session(300, 300, 900)]), "a.fit")
    assert summary.start_ms == START_S * 1000
    assert summary.elapsed_s == summary.timer_s == summary.moving_s == 300
    assert summary.avg_speed_mps == pytest.approx(3) == summary.max_speed_mps


def test_who_saves_45_days_later_was_not_out_for_45_days() -> None:
    _, summary = told(fit([record(k) for k in range(N)], [session(45 * 86_400, 300, 900)]), "a.fit")
    assert_whole(summary, ("total_off:elapsed",))


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(st.just(0.0), st.floats(0, 4e6)), st.one_of(st.just(0.0), st.floats(0, 4e6)),
    st.one_of(st.just(0.0), st.floats(0, 4e7)), st.booleans(),
)  # fmt: skip
def test_any_total_of_a_device_stays_within_what_the_samples_allow(
    elapsed: float, timer: float, metres: float, counted: bool
) -> None:
    """The samples tell 300 s and 897 m; a day unseen beyond is the most that a timer may add."""
    records = [
        record(k) if counted else {n: v for n, v in record(k).items() if n not in (5, 6)} for k in range(0, N, 3)
    ]
    _, found = told(fit(records, [session(elapsed, timer, metres)]), "a.fit")
    assert 297 <= found.elapsed_s <= 297 + 3600 + 86_400
    assert 0 < found.moving_s <= found.timer_s <= found.elapsed_s * 1.02
    assert found.distance_m is not None
    thin = found.timer_s > 600  # the device knows of more than is here
    assert 0.3 * 897 - 200 <= found.distance_m <= (12.5 * found.timer_s + 200 if thin else 1.5 * 897 + 200 + 12.5 * 300)
    assert found.avg_speed_mps is not None and found.max_speed_mps is not None
    assert found.avg_speed_mps <= found.max_speed_mps + 1e-9


def test_drills_are_swum() -> None:
    start = START_S - EPOCH_S
    writer = Writer()
    writer.message(0, {0: ("enum", 4), 1: ("uint16", 1), 4: ("uint32", start)})
    for k in range(8):
        kind, stroke = (0, 4) if k in (4, 5) else (1, 0)
        writer.message(101, {
            253: ("uint32", start + 30 * k + 30), 2: ("uint32", start + 30 * k), 3: ("uint32", 30_000),
            4: ("uint32", 30_000), 7: ("enum", stroke), 12: ("enum", kind),
        })  # fmt: skip
    row = {253: start + 240, 2: start, 7: 240_000, 8: 240_000, 9: 20_000}
    writer.message(
        18,
        {num: ("uint32", value) for num, value in row.items()}
        | {5: ("enum", 5), 6: ("enum", 17), 44: ("uint16", 2500)},
    )
    decoded, summary = told(writer.file(), "a.fit")
    assert [length.active for length in decoded.recordings[0].lengths] == [True] * 8
    assert (summary.moving_s, summary.distance_m) == (240, 200)


@pytest.mark.parametrize("behind_s", [1024 * 7 * 86_400, START_S - 263])
@pytest.mark.parametrize("apart", [False, True])
def test_the_files_own_time_dates_a_gpx_whose_clock_did_not(behind_s: int, apart: bool) -> None:
    whole = "".join(point(k, time=iso(k - behind_s)) for k in range(N))
    dated = gpx(whole).replace(b"<gpx version='1.1'>", f"<gpx><metadata><time>{iso(2)}</time></metadata>".encode())
    _, summary = told(dated, "a.gpx")
    assert summary.start_ms == (START_S + 2) * 1000
    assert_whole(summary, (f"clock_set_late:{N}",))
    if apart:  # the clock was set between two tracks
        two = points(range(20), time=None).replace(iso(0)[:10], "1970-01-01"), points(range(20, N))
        assert_whole(told(gpx(*two, tracks=True), "a.gpx")[1], ("clock_set_late:20",))
