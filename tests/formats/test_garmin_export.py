"""The list of activities in Garmin's export: units of its own, legs and wholes, what is damaged."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch import formats
from homestretch.formats import garmin_export
from tests.formats import golden


def item(key: Any = 987, **more: Any) -> dict[str, Any]:
    """Return an activity as Garmin lists it, of the golden run."""
    run = golden.run(120)
    start = run.start.utc_ms
    return {
        "activityId": key, "name": "Round the lake", "description": "Wet", "activityType": "trail_running",
        "sportType": "RUNNING", "startTimeGmt": float(start), "startTimeLocal": float(start + 10_800_000),
        "beginTimestamp": start, "duration": 116_000.0, "elapsedDuration": 120_000.0, "movingDuration": 110_000.0,
        "distance": 36_000.0, "elevationGain": 4_100.0, "avgSpeed": 0.3, "maxSpeed": 0.41, "avgHr": 139.0,
        "maxHr": 159.0, "calories": 134.0, "parent": False,
    } | more  # fmt: skip


def export(*items: Any) -> bytes:
    """Return the list as it lies in the export."""
    return json.dumps([{"summarizedActivitiesExport": list(items)}]).encode()


def test_an_activity_in_si() -> None:
    found = formats.decode(export(item()), "x_0_summarizedActivities.json")
    [one] = found.recordings
    run = golden.run(120)
    assert (found.format, found.kind, found.notes) == ("garmin_export", "list", ())
    assert (one.start.utc_ms, one.start.offset_s, one.end_ms) == (run.start.utc_ms, 10_800, run.end_ms)
    assert (one.sport.key, one.sport.sub, one.name, one.description) == ("running", "trail", "Round the lake", "Wet")
    assert dict(one.totals) == pytest.approx({
        "total_elapsed_time_s": 120, "total_timer_time_s": 116, "total_moving_time_s": 110, "total_distance_m": 360,
        "total_ascent_m": 41, "avg_speed_mps": 3.0, "max_speed_mps": 4.1, "avg_heart_rate_bpm": 139,
        "max_heart_rate_bpm": 159,
    })  # fmt: skip
    assert one.links == {"garmin": "987"} and len(one.time_ms) == 0


def test_legs_are_told_and_not_the_whole_again() -> None:
    whole = item(1, parent=True, activityType="multi_sport")
    found = garmin_export.decode(export(whole, item(2, parentId=1), item(3, parentId=1, activityType="cycling")))
    assert [one.session for one in found.recordings] == [2, 3] and found.contents == {"listed": 3}
    assert len({one.part for one in found.recordings}) == 2, "each is an activity of its own until its file joins them"


def test_what_says_neither_who_nor_when_is_counted() -> None:
    bad = [
        item(0), item("x"), item(True), item(5, startTimeGmt=None, beginTimestamp=None),
        item(6, duration=None, elapsedDuration=None), item(7, startTimeGmt=0.0, beginTimestamp=631_065_600_000 - 1),
    ]  # fmt: skip
    found = garmin_export.decode(export(*bad, "no item", item(8)))
    assert found.notes == ("no_time:3", "row_unreadable:3") and [one.session for one in found.recordings] == [8]


@pytest.mark.parametrize(
    ("local", "offset"), [(3_600_000, 3600), (-12_600_000, -12_600), (20_700_000, 20_700), (61_000, None), (9e7, None)]
)
def test_offsets_that_clocks_have(local: float, offset: int | None) -> None:
    start = golden.START_MS
    [one] = garmin_export.decode(export(item(startTimeLocal=start + local))).recordings
    assert one.start.offset_s == offset and one.start.utc_ms == start


def test_other_json_is_left_to_others() -> None:
    for data in (b"[]", b"{}", b'[{"summarizedActivities":[]}]', b"summarizedActivitiesExport"):
        assert formats.sniff(data, "a.json") is None
    assert garmin_export.decode(b"[{").notes == ("json_damaged",)
    assert garmin_export.decode(b'[{"summarizedActivitiesExport": 3}, 4]').recordings == ()


VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just([]), st.just({}))


@given(st.dictionaries(st.sampled_from(sorted(item())), VALUES))
def test_nothing_in_it_is_too_strange(more: dict[str, Any]) -> None:
    found = garmin_export.decode(export(item(**more)))
    assert len(found.recordings) + len(found.notes) <= 1


@given(st.binary(max_size=200))
def test_no_bytes_are_too_strange(data: bytes) -> None:
    assert garmin_export.decode(b'[{"summarizedActivitiesExport":' + data).format == "garmin_export"
