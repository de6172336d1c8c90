"""What apps of a phone send: by the athlete's clock on Android, by the phone's on an iPhone; bad data are notes."""

import copy
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.model.health.measurement import Wellness
from homestretch.sources.phone.decode import app_of, decode, key_of
from tests.sources.phone.messages import ANDROID, IPHONE


def read(body: Any, kind: str = "health_connect:Europe/Berlin") -> Wellness:
    return decode(kind, orjson.dumps(body))


def values(wellness: Wellness) -> dict[tuple[str, str], float]:
    return {(one.kind, one.day): one.value for one in wellness.measurements}


def test_health_connect_is_read_by_the_athlete_s_clock() -> None:
    found = read(ANDROID)
    assert found.notes == ()
    assert [(one.day, one.values.tolist()) for one in found.spans] == [("2026-05-08", [800.0, 300.0])]
    assert [(one.kind, one.values.tolist()) for one in found.series] == [("heart_rate_bpm", [52.0])]
    assert values(found) == {
        ("resting_heart_rate_bpm", "2026-05-09"): 47.0,
        ("weight_kg", "2026-05-09"): 71.25,
        ("calories_resting_kcal", "2026-05-09"): 1652.0,
        ("hydration_ml", "2026-05-09"): 250.0,
    }
    assert len([one for one in found.measurements if one.kind == "hydration_ml"]) == 2, "each drink is kept"
    (night,) = found.nights
    assert (night.day, night.offset_s, night.asleep_s, night.awake_s) == ("2026-05-09", 7200, 24_600.0, 600.0)
    assert [stage.stage for stage in night.stages] == ["light", "deep", "awake", "rem"]
    east = read(ANDROID, "health_connect:Asia/Tokyo")
    assert {one.day for one in east.spans} == {"2026-05-09"}, "the same instant is the next day there"


def test_health_auto_export_is_read_in_its_units() -> None:
    found = read(IPHONE, "health_auto_export:Europe/Berlin")
    assert values(found) == {
        ("steps", "2026-05-09"): 3000.5,
        ("distance_m", "2026-05-09"): pytest.approx(2414.016),
        ("calories_active_kcal", "2026-05-09"): pytest.approx(100.0),
        ("weight_kg", "2026-05-09"): pytest.approx(72.5747792),
        ("blood_pressure_systolic_mmhg", "2026-05-09"): 121.0,
        ("blood_pressure_diastolic_mmhg", "2026-05-09"): 79.0,
    }
    assert found.notes == ("unexpected:body_temperature",), "a unit that is not known gives no value"
    (night,) = found.nights
    assert (night.day, night.asleep_s, night.light_s, night.awake_s) == ("2026-05-09", 27_000.0, 16_200.0, 900.0)


def test_messages_are_told_apart_and_repeated_days_have_one_key() -> None:
    assert app_of(ANDROID) == "health_connect" and app_of(IPHONE) == "health_auto_export"
    assert app_of({"steps": []}) is None and app_of([]) is None
    assert key_of("health_auto_export", IPHONE) == ("2026-05-09/2026-05-09", "2026-05-09")
    assert key_of("health_connect", ANDROID) == ("2026-05-09T05:00:00.123Z", None)


@pytest.mark.parametrize(("kind", "payload", "note"), [
    ("health_connect", b"{", "unreadable"), ("health_connect", b"[]", "unreadable"), ("other", b"{}", "unknown_kind"),
    ("health_connect", b'{"timestamp":"soon","steps":{}}', "unexpected:steps"),
    ("health_connect", b'{"timestamp":"2026-05-09T05:00:00Z","weight":[{"kilograms":"x","time":"2026-05-09T05:00Z"}]}',
     "unexpected:kilograms"),
])  # fmt: skip
def test_bad_messages_are_notes(kind: str, payload: bytes, note: str) -> None:
    found = decode(kind, payload)
    assert note in found.notes and found.measurements == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=8,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([ANDROID, IPHONE]), st.data())
def test_nothing_that_is_sent_breaks_it(message: dict[str, Any], data: st.DataObject) -> None:
    """One part of a good message is replaced by anything."""
    body = copy.deepcopy(message)
    place: Any = body
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
            place = place[key]
            continue
        place[key] = data.draw(JSON)
        break
    app = app_of(body) or "health_connect"
    read(body, f"{app}:Mars/Base")
    key_of(app, body)
