"""Wellness, titles and activities without a file as intervals.icu tells them: what is null is missing, never zero."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.model.health.kinds import KINDS as DESCRIBED
from homestretch.model.health.measurement import RemoteGear
from homestretch.model.sport import Sport
from homestretch.sources.intervals._sports import sport_of, word_for
from homestretch.sources.intervals.decode import _VALUES, decode, recording
from homestretch.sources.intervals.listing import items_of
from homestretch.sources.intervals.source import quota_in
from tests.fakes.intervals import activity, stub
from tests.fakes.intervals.activities import days

START = datetime(2026, 11, 19, 5, 30, tzinfo=UTC)
START_MS = int(START.timestamp()) * 1000


def measured(*rows: Any) -> dict[tuple[str, str], float]:
    return {(m.kind, m.day): m.value for m in decode("wellness", json.dumps(rows).encode()).measurements}


def test_days_are_measurements() -> None:
    found = measured(*days(START, 2).values())
    assert found["weight_kg", "2026-11-19"] == 70.0 and found["resting_heart_rate_bpm", "2026-11-20"] == 48
    assert found["hrv_night_ms", "2026-11-19"] == 62.5 and found["sleep_s", "2026-11-19"] == 27_000
    assert found["sleep_score", "2026-11-19"] == 81 and found["steps", "2026-11-20"] == 8001
    kinds = {kind for kind, _ in found}
    assert kinds == {"weight_kg", "resting_heart_rate_bpm", "hrv_night_ms", "sleep_s", "sleep_score", "steps"}


def test_a_weight_that_is_carried_on_is_no_weighing() -> None:
    assert ("weight_kg", "2026-11-20") not in measured(*days(START, 2).values())


def test_zero_and_null_are_missing_but_no_steps_are_none() -> None:
    row = {"id": "2026-11-19", **dict.fromkeys(_VALUES, 0)}
    assert measured(row) == {("steps", "2026-11-19"): 0.0}
    assert measured({"id": "2026-11-19", **dict.fromkeys(_VALUES)}) == {}


def test_every_value_has_a_kind() -> None:
    assert {kind for kind, _, _ in _VALUES.values()} <= DESCRIBED.keys()
    row = {"id": "2026-11-19", **dict.fromkeys(_VALUES, 3)}
    assert len(measured(row)) == len(_VALUES)


def test_what_is_strange_is_noted() -> None:
    rows = [{"id": "2026-11-19", "weight": "heavy", "hrv": -2}, {"weight": 70}, 7, {"id": "someday"}]
    found = decode("wellness", json.dumps(rows).encode())
    assert found.measurements == () and set(found.notes) == {"unexpected:weight", "unexpected:hrv", "no_day"}
    assert decode("wellness", b"{").notes == ("unreadable",) and decode("mood", b"[]").notes == ("unknown_kind",)
    assert decode("wellness", b" ").notes == ()


def test_titles_leave_out_what_is_stravas() -> None:
    listed = [activity("i1", START, gear={"id": "g1", "name": "Shoes"}), stub("16358453283", START), {"name": "?"}]
    found = decode("activities", json.dumps(listed).encode())
    assert [(t.key, t.name, t.gear) for t in found.titles] == [("i1", "Run i1", "g1")]


def test_gear_leaves_out_parts_of_gear() -> None:
    listed = [
        {"id": "b1", "name": "Red", "type": "Bike", "distance": 1_250_400.5, "retired": None, "component": False},
        {"id": 7, "name": " ", "type": "Shoes", "distance": None, "retired": "2026-01-02"},
        {"id": "c1", "name": "Chain", "type": "Chain", "distance": 90.0, "component": True},
        {"id": "t1", "name": "Trainer", "type": "Trainer", "distance": "far"}, {"name": "no key"}, 3,
    ]  # fmt: skip
    found = decode("gear", json.dumps(listed).encode()).gear
    assert found == (
        RemoteGear("b1", "Red", "bike", 1_250_400.5), RemoteGear("7", None, "shoes", None, True),
        RemoteGear("t1", "Trainer"),
    )  # fmt: skip
    assert decode("gear", b"{}").gear == () and decode("gear", b"[").notes == ("unreadable",)


def test_items_of_stubs_say_the_day_and_no_figures() -> None:
    [one] = items_of(json.dumps([stub("16358453283", START)]).encode(), "there")
    assert (one.key, one.since, one.version) == ("16358453283", "2026-11-19", None)
    assert one.details == {"start": "2026-11-19T07:30:00", "stub": True, "strava_id": "16358453283"}
    [noted] = items_of(json.dumps([{**stub("5", START), "source": None}]).encode(), "there")
    assert noted.details["stub"] is True


def test_facts_of_an_entry() -> None:
    listed = activity("i1", START, distance=None, strava_id="88", gear={"id": "g1", "name": "Shoes"}, trainer=True)
    [one] = items_of(json.dumps([listed]).encode(), "there")
    assert one.details == {
        "start": "2026-11-19T07:30:00", "start_utc": "2026-11-19T05:30:00Z", "name": "Run i1", "description": None,
        "sport": "running", "sub_sport": "treadmill", "elapsed_s": 400.0, "moving_s": 390.0, "distance_m": 1200.0,
        "gear": "g1", "gear_name": "Shoes", "device": "Garmin Forerunner 965", "external_id": "i1.fit",
        "file": "i1.fit", "strava_id": "88", "file_type": "fit", "source": "GARMIN_CONNECT", "workout": None,
    }  # fmt: skip
    [renamed] = items_of(json.dumps([{**listed, "name": "Dawn"}]).encode(), "there")
    [analysed] = items_of(json.dumps([{**listed, "icu_training_load": 99, "analyzed": "now"}]).encode(), "there")
    assert renamed.version != one.version == analysed.version


def test_an_activity_by_hand_is_its_totals() -> None:
    by_hand = activity("i2", START, source="MANUAL", icu_average_watts=0, average_heartrate=None, strava_id="88")
    found = recording(json.dumps(by_hand).encode())
    [one] = found.recordings
    assert found.format == "intervals" and len(one.time_ms) == 0 and dict(one.links) == {"strava": "88"}
    assert (one.start.utc_ms, one.start.offset_s, one.start.zone) == (START_MS, 7200, "Europe/Helsinki")
    assert one.end_ms == START_MS + 400_000 and one.totals == {
        "total_distance_m": 1200.0, "total_elapsed_time_s": 400.0, "total_moving_time_s": 390.0, "avg_speed_mps": 3.0
    }  # fmt: skip
    del by_hand["start_date"]
    assert recording(json.dumps(by_hand).encode()).recordings[0].start.utc_ms == START_MS, "by its zone"
    del by_hand["timezone"]
    assert recording(json.dumps(by_hand).encode()).notes == ("no_time",)


def test_a_stub_is_no_recording() -> None:
    found = recording(json.dumps(stub("5", START)).encode())
    assert found.recordings == () and found.notes == ("stub",)


def test_limits_are_told() -> None:
    both = {"x-ratelimit-limit": "2500, 5000", "x-ratelimit-remaining": "2400,10"}
    assert quota_in(both) == {900: (2500, 100), 86_400: (5000, 4990)}
    for strange in ({}, {"x-ratelimit-limit": "2500,5000"}, {**both, "x-ratelimit-remaining": "many,few"}):
        assert quota_in(strange) == {}


@pytest.mark.parametrize(
    ("kind", "sport"),
    [("VirtualRide", Sport("cycling", "virtual_activity")), ("OpenWaterSwim", Sport("swimming", "open_water")),
     ("Yodelling", Sport()), (None, Sport()), (7, Sport())],
)  # fmt: skip
def test_sports(kind: Any, sport: Sport) -> None:
    assert sport_of({"type": kind}) == sport


@pytest.mark.parametrize(
    ("sport", "word", "back"),
    [("cycling", "Ride", "cycling"), ("cycling/virtual_activity", "VirtualRide", "cycling/virtual_activity"),
     ("cycling/mountain", "MountainBikeRide", "cycling/mountain"), ("cycling/bmx", "Ride", "cycling"),
     ("cycling/gravel_cycling", "GravelRide", "cycling/gravel_cycling"), ("running", "Run", "running"),
     ("running/trail", "TrailRun", "running/trail"), ("swimming", "Swim", "swimming"),
     ("swimming/open_water", "OpenWaterSwim", "swimming/open_water"), ("e_biking", "EBikeRide", "e_biking"),
     ("walking", "Walk", "walking"), ("hiking", "Hike", "hiking"), ("rowing", "Rowing", "rowing"),
     ("cross_country_skiing", "NordicSki", "cross_country_skiing"), ("alpine_skiing", "AlpineSki", "alpine_skiing"),
     ("training/strength_training", "WeightTraining", "training/strength_training"), ("training/yoga", "Yoga",
     "training/yoga"), ("training", "Workout", "training"), ("rock_climbing", "RockClimbing", "rock_climbing")],
)  # fmt: skip
def test_words_for_sports_mean_the_same_there_and_back(sport: str, word: str, back: str) -> None:
    key, _, sub = back.partition("/")
    assert word_for(sport) == word
    assert sport_of({"type": word}) == Sport(key, sub or None)


def test_a_sport_without_a_word_is_not_guessed() -> None:
    assert word_for("parachuting") is None


_JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(activity("i1", START))), _JSON, max_size=4), _JSON)
def test_any_activity_is_read_without_fear(changes: dict[str, Any], other: Any) -> None:
    body = activity("i1", START) | changes
    assert len(recording(json.dumps(body).encode()).recordings) <= 1
    items_of(json.dumps([body, other]).encode(), "there")
    decode("activities", json.dumps([body, other]).encode())
    decode("wellness", json.dumps(other).encode())
