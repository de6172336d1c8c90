"""A day, its night and a measure over days: whose value holds, what was used, and what was usual before."""

from datetime import date

import numpy as np
import pytest

from homestretch.errors import BadRequest, Forbidden, NotFound
from homestretch.flow.edit import health
from homestretch.flow.runtime.context import Context
from homestretch.model.documents.health import HealthDay, HealthTrend
from homestretch.store.scope import Scope
from homestretch.views.health.courses import day_courses
from homestretch.views.health.day import health_day
from homestretch.views.health.entries import weight_trend
from homestretch.views.health.night import night_detail
from homestretch.views.health.read import Stretch
from homestretch.views.health.trend import health_kinds, health_trend, stretch_of
from tests.views.health.days import days_from, heart_rates, night, put, readings, start_ms, steps, values

DAY, NEXT = "2026-03-10", "2026-03-11"
TODAY = date(2026, 6, 1)


def shown(context: Context, scope: Scope, day: str = DAY, today: date = TODAY) -> HealthDay:
    with context.database.read() as reader:
        return health_day(reader, scope, date.fromisoformat(day), today)


def trend(context: Context, scope: Scope, key: str, since: str, until: str) -> HealthTrend:
    with context.database.read() as reader:
        stretch = Stretch(date.fromisoformat(since), date.fromisoformat(until))
        return health_trend(reader, scope, key, stretch, TODAY)


def test_an_empty_day_has_no_measures(sqlite_context: Context, scope: Scope) -> None:
    assert shown(sqlite_context, scope) == {
        "day": DAY, "partial": False, "measures": {}, "night": None, "notes": [],
    }  # fmt: skip


def test_a_day_names_its_source_and_what_others_say(context: Context, scope: Scope) -> None:
    put(context, scope, "fit", values("resting_heart_rate_bpm", {DAY: 47.0}, "3992"))
    put(context, scope, "garmin", values("resting_heart_rate_bpm", {DAY: 46.0}), values("stress_avg", {DAY: 0.0}))
    measures = shown(context, scope)["measures"]
    assert measures["resting_heart_rate_bpm"] == {
        "value": 47.0, "unit": "bpm", "source": "fit", "device": "3992",
        "used": [{"source": "fit", "device": "3992", "value": 47.0}],
        "alternatives": [{"source": "garmin", "device": None, "value": 46.0}],
    }  # fmt: skip
    assert measures["stress_avg"]["value"] == 0.0, "zero is not missing"


def test_steps_of_watch_and_phone_are_united(context: Context, scope: Scope) -> None:
    put(context, scope, "garmin", steps(DAY, [(480, 495, 1200), (495, 510, 0), (600, 615, 300)]))
    put(context, scope, "apple_health", steps(DAY, [(485, 500, 900), (720, 735, 640)], "iPhone"))
    measure = shown(context, scope)["measures"]["steps"]
    assert measure["value"] == 2140.0 and measure["source"] == "garmin"
    assert [(one["source"], one["value"]) for one in measure["used"]] == [("garmin", 1500.0), ("apple_health", 640.0)]
    assert [day["value"] for day in trend(context, scope, "steps", DAY, NEXT)["days"]] == [2140.0]


def test_a_hand_entry_wins_and_can_be_taken_back(context: Context, scope: Scope) -> None:
    put(context, scope, "garmin", values("steps", {DAY: 8000.0}))
    entry = health.add_entry(context, scope, health.Entry("steps", 9000.0, date.fromisoformat(DAY)))
    measure = shown(context, scope)["measures"]["steps"]
    assert (measure["value"], measure["source"]) == (9000.0, "hand")
    assert measure["alternatives"] == [{"source": "garmin", "device": None, "value": 8000.0}]
    health.remove_entry(context, scope, entry)
    assert shown(context, scope)["measures"]["steps"]["value"] == 8000.0


def test_weighings_are_all_kept_and_the_first_is_the_day_s(context: Context, scope: Scope) -> None:
    put(context, scope, "garmin", readings("weight_kg", DAY, [(420, 71.2), (1200, 72.0)]))
    put(context, scope, "apple_health", readings("weight_kg", DAY, [(420, 71.2)], "scale"))
    measure = shown(context, scope)["measures"]["weight_kg"]
    assert (measure["value"], measure["source"]) == (71.2, "garmin")
    with context.database.read() as reader:
        listed = weight_trend(reader, scope, Stretch(date(2026, 3, 1), date(2026, 3, 31)), TODAY)
    assert [item["value"] for item in listed["items"]] == [72.0, 71.2], "one weighing by two ways is one"
    assert listed["rate_kg_per_week"] is None and listed["missing"] is not None and listed["missing"]["has"] == 1


def test_one_source_holds_for_a_baseline_and_does_not_change_nightly(context: Context, scope: Scope) -> None:
    days = days_from("2026-01-01", 70)
    put(context, scope, "garmin", values("resting_heart_rate_bpm", dict.fromkeys(days, 50.0)))
    now_and_then = {day: 58.0 for number, day in enumerate(days) if number % 3 == 0}
    put(context, scope, "fit", values("resting_heart_rate_bpm", now_and_then, "9"))
    shown_trend = trend(context, scope, "resting_heart_rate_bpm", days[40], days[-1])
    assert {day["source"] for day in shown_trend["days"]} == {"garmin"}, "a third of the nights is no baseline"
    put(context, scope, "fit", values("resting_heart_rate_bpm", dict.fromkeys(days[30:], 58.0), "9"), original="more")
    later = trend(context, scope, "resting_heart_rate_bpm", days[60], days[-1])
    assert {(day["source"], day["device"]) for day in later["days"]} == {("fit", "9")}
    assert {round(band["mean"]) for band in later["baseline"]} == {58}, "no baseline crosses a device"


def test_what_was_usual_before_each_day(context: Context, scope: Scope) -> None:
    days = days_from("2026-01-01", 80)
    chance = np.random.default_rng(5)
    rates = dict(zip(days, np.round(50 + chance.normal(0, 2, len(days)), 1).tolist(), strict=True))
    put(context, scope, "garmin", values("resting_heart_rate_bpm", rates))
    shown_trend = trend(context, scope, "resting_heart_rate_bpm", days[70], days[-1])
    assert [day["day"] for day in shown_trend["days"]] == days[70:]
    before = np.array([rates[day] for day in days[10:70]])
    first = shown_trend["baseline"][0]
    assert first["mean"] == pytest.approx(before.mean())
    assert first["low"] == pytest.approx(before.mean() - before.std(ddof=1))
    assert trend(context, scope, "resting_heart_rate_bpm", days[0], days[13])["baseline"] == []
    health.add_note(context, scope, health.Note("ill", date.fromisoformat(days[60]), date.fromisoformat(days[69])))
    without = trend(context, scope, "resting_heart_rate_bpm", days[70], days[-1])["baseline"][0]
    assert without["mean"] == pytest.approx(before[:50].mean()), "days of illness are no baseline"


def test_a_derived_metric_is_a_trend_too(context: Context, scope: Scope) -> None:
    days = days_from("2026-01-01", 20)
    put(context, scope, "garmin", *(night(day, 7.0) for day in days))
    debt = trend(context, scope, "sleep_debt_s", days[0], days[-1])
    assert debt["unit"] == "s" and debt["days"][-1]["source"] == "homestretch" and debt["days"][-1]["value"] > 0
    with context.database.read() as reader:
        keys = {kind["key"]: kind for kind in health_kinds(reader, scope)["items"]}
        with pytest.raises(NotFound):
            health_trend(reader, scope, "nonsense", stretch_of(TODAY, None, None), TODAY)
    assert keys["sleep_s"]["first"] == days[0] and keys["sleep_s"]["last"] == days[-1]
    assert keys["sleep_debt_s"]["derived"] and "steps" not in keys


def test_a_night_by_the_source_that_holds_with_the_others_beside_it(context: Context, scope: Scope) -> None:
    put(context, scope, "garmin", night(DAY, 7.5, score=80.0))
    put(context, scope, "fit", night(DAY, 7.0, "3992"))
    day = shown(context, scope)
    assert day["night"] is not None and (day["night"]["source"], day["night"]["asleep_s"]) == ("fit", 25_200.0)
    put(context, scope, "fit", heart_rates(DAY, [60.0] * 300, device="3992"), original="beats")
    with context.database.read() as reader:
        found = night_detail(reader, scope, date.fromisoformat(DAY), TODAY)
        with pytest.raises(NotFound):
            night_detail(reader, scope, date.fromisoformat(NEXT), TODAY)
    assert [stage["stage"] for stage in found["hypnogram"]] == ["deep", "light", "awake", "rem"]
    assert [(other["source"], other["score"]) for other in found["others"]] == [("garmin", 80.0)]
    assert found["awakenings"] == 1.0 and found["efficiency_pct"] == pytest.approx(100 * 420 / 430, abs=0.1)
    (heart,) = found["courses"]
    assert heart["key"] == "heart_rate_bpm" and max(heart["time_ms"]) <= found["end_ms"]


def test_today_is_partial_and_so_is_a_day_that_was_not_synced(context: Context, scope: Scope) -> None:
    morning = start_ms(DAY) + 9 * 3_600_000
    put(context, scope, "garmin", values("steps", {DAY: 900.0}), said_ms=morning)
    assert shown(context, scope)["partial"], "its watch was last seen in the morning"
    put(context, scope, "garmin", values("steps", {DAY: 9000.0}), original="later")
    assert not shown(context, scope)["partial"]
    assert shown(context, scope, today=date.fromisoformat(DAY))["partial"]


def test_what_was_measured_through_a_day(context: Context, scope: Scope) -> None:
    put(context, scope, "garmin", heart_rates(DAY, [50.0, np.nan, 70.0]), steps(DAY, [(0, 15, 40)]))
    with context.database.read() as reader:
        found = day_courses(reader, scope, date.fromisoformat(DAY))
    assert (found["start_ms"], found["end_ms"] - found["start_ms"]) == (start_ms(DAY), 86_400_000)
    courses = {course["key"]: course["values"] for course in found["courses"]}
    assert courses == {"heart_rate_bpm": [50.0, 70.0], "steps": [40.0]}


def test_the_athlete_s_order_of_sources_holds(context: Context, scope: Scope) -> None:
    put(context, scope, "fit", values("vo2max_running", {DAY: 50.0}, "1"))
    put(context, scope, "garmin", values("vo2max_running", {DAY: 51.0}))
    assert shown(context, scope)["measures"]["vo2max_running"]["value"] == 50.0
    health.set_priority(context, scope, "vo2max_running", ["garmin"])
    assert shown(context, scope)["measures"]["vo2max_running"]["value"] == 51.0
    health.set_priority(context, scope, "vo2max_running", [])
    assert shown(context, scope)["measures"]["vo2max_running"]["value"] == 50.0


def test_health_is_not_for_viewers(sqlite_context: Context, scope: Scope) -> None:
    with sqlite_context.database.read() as reader, pytest.raises(Forbidden):
        health_day(reader, Scope(scope.athlete_id, 7, "viewer"), TODAY, TODAY)
    with pytest.raises(BadRequest):
        Stretch(date(2026, 2, 2), date(2026, 2, 1))
