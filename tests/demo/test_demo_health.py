"""The demo athlete's days and nights: real files of two watches and a scale, and a body that answers to its life."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest

from homestretch.demo import files, load
from homestretch.demo.athlete import weight_kg
from homestretch.demo.equip import finish_equipping, unfinished
from homestretch.demo.files import made, parts_of, paths
from homestretch.demo.health.entries import notes, write_down
from homestretch.demo.health.life import life
from homestretch.demo.health.night import night
from homestretch.errors import NotFound
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports.ingest import ingest
from homestretch.flow.runtime.context import Context
from homestretch.formats import decode
from homestretch.model.health.notes import NOTE_KINDS
from homestretch.model.recording import Decoded
from homestretch.store.scope import Scope
from homestretch.views.health.day import health_day
from homestretch.views.health.entries import health_notes_of, weight_trend
from homestretch.views.health.read import Stretch

SEED = 7
TODAY = date(2026, 11, 21)
OLD, NEW, SCALE = "3412005577", "3466118203", "3301940087"
SUNDAY = date(2026, 7, 5)


@cache
def health_paths() -> list[str]:
    return [path for path in paths(SEED, TODAY) if "-day-" in path or "-weight-" in path]


def day_path(day: date, watch: str = "fenix") -> str:
    return f"demo-{SEED}/{day}T2359-day-{watch}.fit"


def values(decoded: Decoded) -> Mapping[str, float]:
    return {one.kind: one.value for one in decoded.wellness.measurements}


def test_two_years_of_files_of_two_watches_and_a_scale() -> None:
    counts = Counter(parts_of(path).recorder for path in health_paths())
    assert counts.keys() == {"watch", "fenix", "scale"}
    assert 470 < counts["watch"] < 500 and 230 < counts["fenix"] < 255 and 40 < counts["scale"] < 60
    both = Counter(parts_of(path).day for path in health_paths() if "-day-" in path)
    assert sum(count == 2 for count in both.values()) == 8, "both watches were worn for some days"
    assert 5 < 731 - len(both) < 30, "some days the watch was left on its charger"
    assert health_paths()[-1] == f"demo-{SEED}/{TODAY}T0800-day-fenix.fit"


def test_the_same_path_gives_the_same_bytes() -> None:
    path = day_path(SUNDAY)
    first = made(path)
    life.cache_clear()
    night.cache_clear()
    assert made(path) == first != made(path.replace("demo-7", "demo-8"))
    for wrong in (path.replace("2359", "1200"), path.replace("fenix", "ring"), path.replace("day", "weight")):
        with pytest.raises(NotFound):
            made(wrong)


def test_a_day_has_what_a_watch_measures() -> None:
    decoded = decode(made(day_path(SUNDAY)))
    assert (decoded.kind, decoded.notes, decoded.recordings) == ("monitoring_b", (), ())
    wellness = decoded.wellness
    assert wellness.days == {SUNDAY.isoformat()} and wellness.notes == ()
    assert {one.key for one in wellness.devices} == {NEW}
    assert {one.kind for one in wellness.series} == {
        "heart_rate_bpm", "stress", "body_battery", "spo2_pct", "respiration_brpm", "hrv_ms",
    }  # fmt: skip
    assert values(decoded).keys() >= {
        "steps", "distance_m", "calories_kcal", "intensity_vigorous_s", "resting_heart_rate_bpm", "hrv_night_ms",
        "skin_temperature_change_c", "vo2max_running",
    }  # fmt: skip
    [slept] = wellness.nights
    assert slept.offset_s == 7200 and slept.score is not None and 20 <= slept.score <= 98
    assert {stage.stage for stage in slept.stages} >= {"deep", "light", "rem"}
    assert slept.asleep_s is not None and 5 * 3600 < slept.asleep_s < 10 * 3600
    assert len(made(day_path(SUNDAY))) < 9000


def test_a_morning_is_not_a_day_yet() -> None:
    whole, morning = (decode(made(path)) for path in (day_path(TODAY), health_paths()[-1]))
    assert values(morning)["steps"] < values(whole)["steps"]
    assert values(morning)["hrv_night_ms"] == values(whole)["hrv_night_ms"]
    assert len(next(one for one in morning.wellness.series if one.kind == "stress").values) == 8 * 12


def test_the_body_answers_to_load_drink_and_illness() -> None:
    days = [SUNDAY - timedelta(days=ago) for ago in range(300)]
    load = np.array([life(SEED, day - timedelta(days=1)).load for day in days])
    drank = np.array([life(SEED, day - timedelta(days=1)).drank for day in days])
    ill = np.array([life(SEED, day).illness for day in days])
    hrv = np.array([night(SEED, day).hrv_ms for day in days])
    well = (ill == 0.0) & ~drank
    assert np.median(hrv[well & (load > 110.0)]) < 0.94 * np.median(hrv[well & (load < 40.0)])
    assert np.median(hrv[drank]) < 0.9 * np.median(hrv[well])
    sick, before = night(SEED, date(2026, 2, 10)), night(SEED, date(2026, 2, 5))
    assert sick.hrv_ms < 0.8 * before.hrv_ms and sick.rest_bpm > before.rest_bpm + 5.0
    assert sick.respiration_brpm > before.respiration_brpm + 1.0 and sick.warmer_c > 0.5


def test_a_trip_is_in_another_time_zone() -> None:
    offsets = [decode(made(day_path(date(2026, 9, day)))).wellness.nights[0].offset_s for day in (20, 21, 26, 27)]
    assert offsets == [7200, -14400, -14400, 7200]
    assert not life(SEED, date(2026, 9, 22)).workouts


def test_nights_never_overlap() -> None:
    for ago in range(120):
        day = SUNDAY - timedelta(days=ago)
        slept, after = night(SEED, day), night(SEED, day + timedelta(days=1))
        assert slept.wake_min < after.bed_min + 1440
        assert [minute for minute, _ in slept.stages] == sorted(minute for minute, _ in slept.stages)
        assert all(one.minute > slept.wake_min for one in life(SEED, day).workouts)


def test_the_scale_shows_the_trend() -> None:
    decoded = decode(made(f"demo-{SEED}/{SUNDAY}T2359-weight-scale.fit"))
    weights = [one for one in decoded.wellness.measurements if one.kind == "weight_kg"]
    assert 2 <= len(weights) <= 7 and {one.device for one in weights} == {SCALE}
    assert all(abs(one.value - weight_kg(date.fromisoformat(one.day))) < 2.0 for one in weights)


def test_notes_are_of_all_kinds_that_matter() -> None:
    written = [note for ago in range(365) for note in notes(SEED, TODAY - timedelta(days=ago))]
    counts = Counter(note.kind for note in written)
    assert counts.keys() == {"ill", "travel", "alcohol", "late_meal", "mood", "soreness"} <= NOTE_KINDS.keys()
    assert (counts["ill"], counts["travel"]) == (1, 1) and 20 < counts["alcohol"] < 90
    assert len({note.level for note in written if note.kind == "mood"}) >= 3


def test_days_notes_and_weights_are_there_once(
    sqlite_context: Context, decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = TODAY - timedelta(days=500)
    chosen = [path for path in health_paths() if parts_of(path).day in {first + timedelta(days=n) for n in range(30)}]
    chosen += [health_paths()[-2], f"demo-{SEED}/2026-11-15T2359-weight-scale.fit"]
    monkeypatch.setattr(files, "paths", lambda seed, today: chosen)
    scope, batch = load.start_demo(sqlite_context, None)
    load.make(sqlite_context, batch)
    ingest(sqlite_context, scope.athlete_id, decoders)
    assert unfinished(sqlite_context) == [batch]
    finish_equipping(sqlite_context, batch)
    assert unfinished(sqlite_context) == []
    before = entered(sqlite_context, scope)
    write_down(sqlite_context, scope, {parts_of(path).day for path in chosen if parts_of(path).is_day}, SEED)
    assert entered(sqlite_context, scope) == before and before[0] and before[1]
    with sqlite_context.database.read() as reader:
        day = health_day(reader, scope, parts_of(chosen[-2]).day, TODAY)
        weights = weight_trend(reader, scope, Stretch(first, TODAY), TODAY)
    assert day["measures"]["steps"]["device"] == NEW and day["night"] is not None
    assert {(item["source"], item["device"]) for item in weights["items"]} == {("hand", None), ("fit", SCALE)}


def entered(context: Context, scope: Scope) -> tuple[list[str], int]:
    """Return the notes and how many weights were entered by hand."""
    stretch = Stretch(TODAY - timedelta(days=730), TODAY)
    with context.database.read() as reader:
        items = weight_trend(reader, scope, stretch, TODAY)["items"]
        kinds = [note["kind"] for note in health_notes_of(reader, scope, stretch)["items"]]
    return kinds, sum(item["source"] == "hand" for item in items)
