"""The fake Garmin Connect against the real client library: what the library believes, tests may believe."""

# The library says less of what it answers than it answers.
# mypy: disable-error-code="index"

import io
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any
from urllib.request import Request, urlopen

import pytest
import requests
from garminconnect import (
    Garmin,
    GarminConnectAuthenticationError,
    GarminConnectConnectionError,
    GarminConnectNotFoundError,
    GarminConnectTooManyRequestsError,
)

from homestretch.formats import gpx, tcx
from homestretch.formats.fit.decoder import decode
from tests.conftest import ROOT
from tests.fakes.garmin import Account, FakeGarmin, point_at
from tests.fakes.garmin.clients import signed_in

LAST = date(2026, 11, 20)
BARE, WORN = "2026-11-13", "2026-11-18"
Original = Garmin.ActivityDownloadFormat.ORIGINAL


@pytest.fixture
def fake() -> Iterator[FakeGarmin]:
    """A fake of its own, in which nothing went wrong within."""
    with FakeGarmin(Account(last_day=LAST, unworn={date(2026, 11, 13)}, wear=1.1)) as made:
        yield made
        assert made.problems == []


@pytest.fixture(scope="module")
def big() -> Iterator[FakeGarmin]:
    """Ten years of an athlete, only read."""
    with FakeGarmin(Account(activity_count=3000, over_days=3650, last_day=LAST)) as made:
        yield made
        assert made.problems == []


def test_pages_hold_every_activity_once_the_newest_first(big: FakeGarmin) -> None:
    garmin = signed_in(big)
    listed = [one for start in range(0, 4000, 1000) for one in garmin.get_activities(start, 1000)]
    assert len(listed) == garmin.count_activities() == len({one["activityId"] for one in listed}) == 3000
    starts = [one["beginTimestamp"] for one in listed]
    assert starts == sorted(starts, reverse=True)
    assert (listed[0]["startTimeLocal"][:4], listed[-1]["startTimeLocal"][:4]) == ("2026", "2016")
    year = [one["activityId"] for one in listed if one["startTimeLocal"].startswith("2020-03")]
    asked = garmin.get_activities_by_date("2020-03-01", "2020-03-31", sortorder="asc")
    assert [one["activityId"] for one in asked] == year[::-1] and len(year) > 20
    assert requests.get(f"{big.url}{garmin.garmin_connect_activities}", params={"limit": 1001},
                        headers=garmin.client.get_api_headers(), timeout=5).status_code == 400  # fmt: skip


def test_another_process_has_the_same_years(big: FakeGarmin) -> None:
    with FakeGarmin(Account(activity_count=3000, over_days=3650, last_day=LAST)) as twin:
        ids = [number for _, _, number in twin.account.newest()]
        assert ids == [number for _, _, number in big.account.newest()]
        one, other = signed_in(big), signed_in(twin)
        for number in ids[:3]:
            assert one.get_activity(str(number)) == other.get_activity(str(number))
            assert one.download_activity(str(number), Original) == other.download_activity(str(number), Original)
        assert one.get_stats(WORN) == other.get_stats(WORN)


def _members(garmin: Garmin, number: int) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(garmin.download_activity(str(number), Original))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_originals_are_real_files(big: FakeGarmin) -> None:
    garmin, account = signed_in(big), big.account
    kinds: dict[str, int] = {}
    for _, _, number in account.newest():
        facts = account.facts(number)
        kinds.setdefault(facts.original if not facts.children else "legs", number)
    assert set(kinds) == {"fit", "gpx", "tcx", "two", "none", "legs"}
    listed = garmin.get_activity(str(kinds["fit"]))
    [(name, content)] = _members(garmin, kinds["fit"]).items()
    [told] = decode(content).recordings
    assert name == f"{kinds['fit']}_ACTIVITY.fit" and len(told.time_ms) > 200
    assert told.totals["total_timer_time_s"] == listed["summaryDTO"]["duration"]
    assert told.file_key is not None and told.start.utc_ms == account.facts(kinds["fit"]).start_ms
    for kind, read in (("gpx", gpx.decode), ("tcx", tcx.decode)):
        [(name, content)] = _members(garmin, kinds[kind]).items()
        assert name.endswith(f".{kind}") and len(read(content).recordings) == 1
        assert garmin.get_activity(str(kinds[kind]))["metadataDTO"]["fileFormat"]["formatKey"] == kind
    assert len(_members(garmin, kinds["two"])) == 2
    with pytest.raises(GarminConnectNotFoundError):
        garmin.download_activity(str(kinds["none"]), Original)
    [content] = _members(garmin, kinds["legs"]).values()
    legs = garmin.get_activity(str(kinds["legs"]))["metadataDTO"]["childIds"]
    assert len(decode(content).recordings) == len(legs) == 5
    assert garmin.get_activity(str(legs[2]))["activityTypeDTO"]["typeKey"] == "cycling"
    assert list(_members(garmin, legs[2]).values()) == [content]


def test_streams_laps_and_the_rest_of_an_activity(fake: FakeGarmin) -> None:
    garmin, number = signed_in(fake), str(fake.account.newest()[0][2])
    details = garmin.get_activity_details(number, maxchart=50, maxpoly=10)
    assert len(details["activityDetailMetrics"]) <= 50 and len(details["metricDescriptors"]) >= 3
    assert {len(row["metrics"]) for row in details["activityDetailMetrics"]} == {details["measurementCount"]}
    assert garmin.get_activity_splits(number)["lapDTOs"] == garmin.get_activity_laps(number)["lapDTOs"]
    assert len(garmin.get_activity_hr_in_timezones(number)) == 5
    assert garmin.get_activity_gear(number)[0]["uuid"] in {
        one["uuid"] for one in garmin.get_gear(str(garmin.profile_id))
    }
    for get in (garmin.get_activity_typed_splits, garmin.get_activity_split_summaries, garmin.get_activity_weather,
                garmin.get_activity_exercise_sets, garmin.get_activity_power_in_timezones):  # fmt: skip
        assert get(number)
    for form in Garmin.ActivityDownloadFormat:
        assert garmin.download_activity(number, form)
    assert garmin.get_devices()[0]["deviceId"] == fake.account.device_id


def test_activities_are_added_changed_and_deleted(fake: FakeGarmin) -> None:
    garmin, account = signed_in(fake), fake.account
    added = account.add_activity("cycling", name="Late", seconds=60)
    assert [one["activityName"] for one in garmin.get_activities(0, 1)] == ["Late"]
    garmin.set_activity_name(str(added), "Renamed")
    account.edit_activity(added, description="by hand")
    [item] = garmin.get_activities(0, 1)
    assert (item["activityName"], item["description"], item["distance"]) == ("Renamed", "by hand", 180.0)
    assert decode(next(iter(_members(garmin, added).values()))).recordings[0].end_ms == account.facts(added).end_ms
    garmin.delete_activity(str(added))
    account.delete_activity(account.newest()[0][2])
    assert garmin.count_activities() == 59 == len(garmin.get_activities(0, 100))
    with pytest.raises(GarminConnectNotFoundError):
        garmin.get_activity(str(added))


def test_a_file_is_taken_once(fake: FakeGarmin, tmp_path: Any) -> None:
    garmin = signed_in(fake)
    given = tmp_path / "ride.gpx"
    given.write_bytes(b"<gpx/>")
    assert garmin.upload_activity(str(given))["detailedImportResult"]["successes"] == []
    assert list(_members(garmin, fake.account.newest()[0][2]).values()) == [b"<gpx/>"]
    with pytest.raises(GarminConnectConnectionError, match="Duplicate Activity"):
        garmin.upload_activity(str(given))


def test_every_day_and_range_is_known(fake: FakeGarmin) -> None:
    garmin, first = signed_in(fake), "2026-11-01"
    by_day = (
        "stats", "sleep_data", "hrv_data", "heart_rates", "stress_data", "spo2_data", "respiration_data", "steps_data",
        "floors", "intensity_minutes_data", "body_battery", "body_battery_events", "daily_sleep", "hydration_data",
        "daily_weigh_ins", "training_readiness", "training_status", "max_metrics", "rhr_day", "endurance_score",
        "hill_score", "fitnessage_data", "blood_pressure", "body_composition",
    )  # fmt: skip
    by_range = (
        "daily_steps", "sleep_daily", "hrv_data_range", "weigh_ins", "training_readiness_range", "max_metrics_range",
        "rhr_daily", "calories_daily", "blood_pressure", "body_battery", "daily_summaries", "daily_heart_rate_stats",
        "daily_stress_stats", "daily_body_battery_stats", "daily_intensity_minutes_stats", "daily_hydration_stats",
        "daily_respiration_stats", "daily_floors_stats", "body_composition", "weekly_intensity_minutes",
    )  # fmt: skip
    for day in (WORN, BARE, "2019-01-01"):
        for name in by_day:
            getattr(garmin, f"get_{name}")(day)
    for name in by_range:
        assert getattr(garmin, f"get_{name}")(first, WORN), name
    garmin.get_race_predictions()
    assert len(garmin.get_race_predictions(first, WORN, "daily")) == 17
    assert len(garmin.get_weekly_steps(WORN, 4)) == len(garmin.get_weekly_stress(WORN, 4)) == 4
    for name in ("heart_rate_zones", "cycling_ftp", "lactate_threshold", "personal_record", "personal_information"):
        assert getattr(garmin, f"get_{name}")()
    with pytest.raises(GarminConnectConnectionError, match="400"):
        garmin.connectapi("/usersummary-service/stats/steps/daily/2026-10-01/2026-11-20")
    with pytest.raises(GarminConnectConnectionError, match="403"):
        garmin.connectapi("/wellness-service/wellness/dailyHeartRate/someone", params={"date": WORN})
    assert fake.counts.unknown() == []


def test_a_day_s_answers_agree(fake: FakeGarmin) -> None:
    garmin = signed_in(fake)
    day, sleep = garmin.get_stats(WORN), garmin.get_sleep_data(WORN)
    assert day["totalSteps"] == sum(one["steps"] for one in garmin.get_steps_data(WORN)) > 0
    assert [day["totalSteps"]] == [one["totalSteps"] for one in garmin.get_daily_steps(WORN, WORN)]
    assert garmin.get_daily_summaries(WORN, WORN)["data"] == [day]
    heart = garmin.get_heart_rates(WORN)
    assert heart["maxHeartRate"] == max(bpm for _, bpm in heart["heartRateValues"] if bpm) == day["maxHeartRate"]
    assert any(bpm is None for _, bpm in heart["heartRateValues"])
    assert {len(row) for row in garmin.get_stress_data(WORN)["bodyBatteryValuesArray"]} == {4}
    assert {len(row) for row in garmin.get_body_battery(WORN)[0]["bodyBatteryValuesArray"]} == {2}
    dto, row = sleep["dailySleepDTO"], garmin.get_sleep_daily(WORN, WORN)[0]["values"]
    assert dto["sleepTimeSeconds"] == row["totalSleepTimeInSeconds"] == day["sleepingSeconds"]
    assert dto["sleepStartTimestampLocal"] - dto["sleepStartTimestampGMT"] == 2 * 3_600_000
    stages = {0: "deep", 1: "light", 2: "rem", 3: "awake"}
    assert {stages[int(one["activityLevel"])] for one in sleep["sleepLevels"]} == set(stages.values())
    hrv = garmin.get_hrv_data(WORN)
    assert hrv is not None and hrv["hrvSummary"]["lastNightAvg"] == row["avgOvernightHrv"] and hrv["hrvReadings"]
    assert garmin.get_rhr_daily(WORN, WORN) == [{"calendarDate": WORN, "value": day["restingHeartRate"]}]
    grams = [
        one["weight"] for one in garmin.get_weigh_ins("2026-11-01", WORN)["dailyWeightSummaries"][0]["allWeightMetrics"]
    ]
    assert grams and all(60_000 < weight < 80_000 for weight in grams)


def test_a_day_without_a_watch_is_null(fake: FakeGarmin) -> None:
    garmin = signed_in(fake)
    day, heart = garmin.get_stats(BARE), garmin.get_heart_rates(BARE)
    assert (day["totalSteps"], day["restingHeartRate"], day["includesWellnessData"]) == (None, None, False)
    assert (heart["restingHeartRate"], heart["heartRateValues"]) == (None, None)
    assert garmin.get_hrv_data(BARE) == {}  # the library makes this of 204
    assert garmin.get_sleep_data(BARE)["dailySleepDTO"]["id"] is None
    assert garmin.get_training_readiness(BARE) == []
    assert garmin.get_stress_data("2019-01-01") is None
    states = [garmin.get_training_status(f"2026-11-{k:02d}") for k in range(14, 21)]
    assert any(one["mostRecentTrainingStatus"] is None for one in states)
    assert any((one["mostRecentTrainingStatus"] or {}).get("latestTrainingStatusData") for one in states)
    with pytest.raises(GarminConnectNotFoundError):
        garmin.download_health_snapshot(BARE)


def test_the_files_of_a_day_are_fit(fake: FakeGarmin) -> None:
    with zipfile.ZipFile(io.BytesIO(signed_in(fake).download_health_snapshot(WORN))) as archive:
        names = {name.split("_", 1)[1]: decode(archive.read(name)) for name in archive.namelist()}
    assert set(names) == {"WELLNESS.fit", "SLEEP_DATA.fit", "METRICS.fit", "HRV_STATUS.fit"}
    assert names["WELLNESS.fit"].kind.startswith("monitoring") and names["WELLNESS.fit"].contents["monitoring"] > 100
    assert {note for one in names.values() for note in one.notes} <= {"no_offset"}


def test_old_days_come_back_when_asked_for(fake: FakeGarmin) -> None:
    fake.account.offloaded_before, fake.account.reload_asks = date(2026, 11, 19), 2
    garmin = signed_in(fake)
    assert garmin.get_heart_rates(WORN)["heartRateValues"] is None
    assert garmin.get_heart_rates(WORN)["restingHeartRate"] is not None
    assert [garmin.request_reload(WORN)["status"] for _ in range(2)] == ["SUBMITTED", "COMPLETE"]
    assert garmin.get_heart_rates(WORN)["heartRateValues"]


@pytest.mark.parametrize(("kind", "error", "asked"), [
    ("401", GarminConnectAuthenticationError, 2), ("403", GarminConnectConnectionError, 1),
    ("404", GarminConnectNotFoundError, 1), ("409", GarminConnectConnectionError, 1),
    ("429", GarminConnectTooManyRequestsError, 1), ("429html", GarminConnectTooManyRequestsError, 1),
    ("cloudflare", GarminConnectConnectionError, 1), ("500", GarminConnectConnectionError, 4),
    ("503", GarminConnectConnectionError, 4), ("lost", GarminConnectConnectionError, 4),
    ("cut", GarminConnectConnectionError, 1), ("empty", GarminConnectConnectionError, 1),
    ("garbage", GarminConnectConnectionError, 1), ("html", GarminConnectConnectionError, 1),
])  # fmt: skip
def test_faults_are_what_the_library_makes_of_them(fake: FakeGarmin, kind: str, error: Any, asked: int) -> None:
    garmin = signed_in(fake)
    fault = fake.fault("/activitylist-service/*", kind, retry_after="7")
    with pytest.raises(error) as raised:
        garmin.count_activities()
    assert fault.struck == asked
    if kind in ("429", "429html"):
        assert raised.value.__cause__.response.headers["Retry-After"] == "7"
    fake.faults.clear()
    assert garmin.count_activities() == 60


def test_faults_strike_so_often_and_by_chance(fake: FakeGarmin) -> None:
    garmin = signed_in(fake)
    fake.fault("GET /activitylist-service/*", 503, times=2)
    assert garmin.count_activities() == 60  # the library tried again
    slow = fake.fault("*/count", "slow", times=1, delay_s=0.3)
    began = time.monotonic()
    garmin.count_activities()
    assert slow.struck == 1 and time.monotonic() - began >= 0.3
    garmin.retry_attempts = 0
    chancy = fake.fault("*/count", 500, probability=0.3, seed=5, after=3)
    for _ in range(40):
        with suppress(GarminConnectConnectionError):
            garmin.count_activities()
    assert 4 <= chancy.struck <= 20


def test_what_was_asked_is_counted(fake: FakeGarmin) -> None:
    garmin = signed_in(fake)
    fake.counts.reset()
    for _ in range(3):
        garmin.get_stats(WORN)
    garmin.get_stats(BARE)
    assert fake.counts.total == 4 == fake.counts.of("GET /usersummary-service/*") == fake.counts.busiest(60)
    assert list(fake.counts.repeats().values()) == [3] and fake.counts.busiest(1e-9) == 1
    with pytest.raises(GarminConnectNotFoundError):
        garmin.connectapi("/nobody/knows")
    assert fake.counts.unknown() == ["GET /nobody/knows"]


def test_a_process_of_its_own_has_a_door() -> None:
    command = [sys.executable, "-m", "tests.fakes.garmin", "--activities", "40", "--days", "5", "--seed", "7"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()

        def door(method: str, name: str, **given: Any) -> Any:
            request = Request(f"{url}/_fake/{name}", json.dumps(given).encode() if given else None, method=method)
            with urlopen(request, timeout=10) as answer:
                return json.load(answer)

        who = door("GET", "account")
        garmin = Garmin(who["email"], who["password"])
        point_at(garmin, url)
        ticket = door("POST", "ticket", email=who["email"])["ticket"]
        garmin.client._exchange_service_ticket(ticket, service_url=f"{url}/sso/embed")
        assert garmin.count_activities() == who["count"] == 40
        added = door("POST", "account", add={"sport": "cycling", "name": "From afar"})["id"]
        assert garmin.get_activity(str(added))["activityName"] == "From afar"
        door("POST", "fault", pattern="*/count", kind="429", times=1)
        with pytest.raises(GarminConnectTooManyRequestsError):
            garmin.count_activities()
        door("POST", "sso", access_lifetime_s=60, mfa="email")
        door("POST", "revoke", what="access")
        assert garmin.count_activities() == 41
        assert door("GET", "sso")["refreshes"] == 1
        counts = door("GET", "counts")
        assert counts["routes"]["GET /activitylist-service/activities/count"] == 4 and counts["problems"] == []
        door("POST", "reset")
        assert door("GET", "counts")["total"] == 0
    finally:
        process.terminate()
        process.communicate(timeout=10)
