"""Activities as intervals.icu tells them, and their files."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from homestretch.formats.fit.encode import encode
from tests.formats import golden

NOTE = "STRAVA activities are not available via the API"


def activity(key: str, start: datetime, zone: str = "Europe/Helsinki", **more: Any) -> dict[str, Any]:
    """Return a run from an aware start; most of what it might tell is null or absent."""
    return {
        "id": key, "start_date_local": start.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M:%S"),
        "start_date": start.strftime("%Y-%m-%dT%H:%M:%SZ"), "timezone": zone, "type": "Run", "sub_type": None,
        "name": f"Run {key}", "description": None, "distance": 1200.0, "icu_distance": 1200.0, "moving_time": 390,
        "elapsed_time": 400, "total_elevation_gain": None, "average_speed": 3.0, "average_heartrate": 140,
        "icu_average_watts": None, "icu_training_load": 8, "device_name": "Garmin Forerunner 965",
        "external_id": f"{key}.fit", "file_type": "fit", "strava_id": None, "source": "GARMIN_CONNECT",
        "gear": None, "trainer": None, "stream_types": ["time", "heartrate"],
    } | more  # fmt: skip


def stub(key: str, start: datetime, zone: str = "Europe/Helsinki") -> dict[str, Any]:
    """Return what stands for an activity that came from Strava."""
    local = start.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M:%S")
    return {"id": key, "source": "STRAVA", "_note": NOTE, "start_date_local": local, "distance": None}


def fit_of(start: datetime) -> bytes:
    """Return a FIT file of a run from then on."""
    begun = int(start.timestamp()) * 1000
    return encode(golden.run(60, begun))


def days(first: datetime, count: int) -> dict[str, dict[str, Any]]:
    """Return wellness by day: much is null."""
    found = {}
    for number in range(count):
        day = (first + timedelta(days=number)).date().isoformat()
        found[day] = {
            "id": day, "weight": 70.0 + number / 10, "restingHR": 48, "hrv": 62.5, "hrvSDNN": None, "sleepSecs": 27_000,
            "sleepScore": 81.0, "spO2": None, "steps": 8000 + number, "ctl": 40.1, "atl": 39.0, "soreness": None,
            "tempWeight": number % 2 == 1, "tempRestingHR": False, "locked": None, "comments": None,
        }  # fmt: skip
    return found
