"""What the API tells of an activity apart from its detail: streams, laps, splits, zones, weather, sets."""

from typing import Any

import numpy as np

from tests.fakes.garmin.account import Account
from tests.fakes.garmin.clock import stamp
from tests.fakes.garmin.facts import Facts
from tests.fakes.garmin.track import Track, track

_UNITS = {
    "directTimestamp": (120, "gmt", 0.0), "sumElapsedDuration": (40, "second", 1000.0),
    "sumDistance": (1, "meter", 100.0),
    "directHeartRate": (100, "bpm", 1.0), "directSpeed": (20, "mps", 0.1), "directElevation": (1, "meter", 100.0),
    "directLatitude": (60, "dd", 1.0), "directLongitude": (60, "dd", 1.0), "directPower": (2, "watt", 1.0),
    "directRunCadence": (92, "stepsPerMinute", 1.0), "directBikeCadence": (91, "rpm", 1.0),
}  # fmt: skip


def _streams(facts: Facts, seen: Track) -> dict[str, Any]:
    cadence = "directBikeCadence" if "cycling" in facts.sport else "directRunCadence"
    streams = {
        "directTimestamp": facts.start_ms + 1000 * seen.at_s, "sumElapsedDuration": seen.at_s,
        "sumDistance": seen.distance, "directHeartRate": seen.heart, "directSpeed": seen.speed,
        "directElevation": seen.altitude, "directLatitude": seen.latitude, "directLongitude": seen.longitude,
        "directPower": seen.power, cadence: seen.cadence,
    }  # fmt: skip
    return {key: values for key, values in streams.items() if not np.isnan(values).all()}


def details(account: Account, facts: Facts, most: int, most_points: int) -> dict[str, Any]:
    """Return the streams of an activity, thinned to `most` samples, and its line of `most_points` points."""
    seen = track(account, facts)
    streams = _streams(facts, seen)
    rows = np.arange(0, len(seen.at_s), -(-len(seen.at_s) // max(most, 1)))
    columns = [[None if np.isnan(v) else v for v in values[rows].tolist()] for values in streams.values()]
    descriptors = [
        {"metricsIndex": k, "key": key, "unit": dict(zip(("id", "key", "factor"), _UNITS[key], strict=True))}
        for k, key in enumerate(streams)
    ]
    return {
        "activityId": facts.id, "measurementCount": len(streams), "metricsCount": len(rows),
        "totalMetricsCount": len(seen.at_s), "metricDescriptors": descriptors,
        "activityDetailMetrics": [{"metrics": list(row)} for row in zip(*columns, strict=True)],
        "geoPolylineDTO": _line(facts, seen, most_points), "heartRateDTOs": None, "pendingData": None,
        "detailsAvailable": True,
    }  # fmt: skip


def _line(facts: Facts, seen: Track, most: int) -> dict[str, Any]:
    if np.isnan(seen.latitude).all() or most == 0:
        return {"startPoint": None, "endPoint": None, "minLat": 0.0, "maxLat": 0.0, "polyline": []}
    rows = range(0, len(seen.at_s), -(-len(seen.at_s) // most))
    points = [
        {
            "lat": float(seen.latitude[k]), "lon": float(seen.longitude[k]), "altitude": float(seen.altitude[k]),
            "time": facts.start_ms + round(1000 * seen.at_s[k]), "timerStart": k == 0, "timerStop": False,
            "distanceFromPreviousPoint": None, "distanceInMeters": None, "speed": float(seen.speed[k]), "valid": True,
        }
        for k in rows
    ]  # fmt: skip
    north, east = seen.latitude, seen.longitude
    edges = {"minLat": float(north.min()), "maxLat": float(north.max())}
    edges |= {"minLon": float(east.min()), "maxLon": float(east.max())}
    return {"startPoint": points[0], "endPoint": points[-1], **edges, "polyline": points}


def _lap(facts: Facts) -> dict[str, Any]:
    seconds = float(facts.seconds)
    out: dict[str, Any] = {
        "startTimeGMT": stamp(facts.start_ms), "duration": seconds, "movingDuration": seconds,
        "elapsedDuration": seconds, "averageHR": float(facts.heart), "maxHR": float(facts.top_heart),
        "calories": float(round(seconds / 6)), "lapIndex": 1, "intensityType": "ACTIVE", "messageIndex": 0,
        "lengthDTOs": [], "connectIQMeasurement": [],
    }  # fmt: skip
    return out | ({"distance": facts.distance, "averageSpeed": facts.speed} if facts.speed else {})


def laps(facts: Facts) -> dict[str, Any]:
    """Return the laps of an activity (`laps` and `splits` tell the same)."""
    return {"activityId": facts.id, "lapDTOs": [_lap(facts)], "eventDTOs": []}


def typed_splits(facts: Facts) -> dict[str, Any]:
    """Return the typed splits of an activity: one."""
    return {"activityId": facts.id, "splits": [_lap(facts) | {"type": "INTERVAL_ACTIVE"}]}


def split_summaries(facts: Facts) -> dict[str, Any]:
    """Return the summaries of the splits."""
    return {"activityId": facts.id, "splitSummaries": [_lap(facts) | {"splitType": "INTERVAL_ACTIVE", "noOfSplits": 1}]}


def zones(facts: Facts, floors: tuple[int, ...]) -> list[dict[str, Any]]:
    """Return the time in each of five zones."""
    shares = (0.2, 0.5, 0.3, 0.0, 0.0)
    return [
        {"zoneNumber": k + 1, "secsInZone": facts.seconds * share, "zoneLowBoundary": floor}
        for k, (share, floor) in enumerate(zip(shares, floors, strict=True))
    ]


def weather(facts: Facts) -> dict[str, Any]:
    """Return the weather of an activity (°F, as Garmin has it)."""
    return {
        "issueDate": stamp(facts.start_ms), "temp": 59, "apparentTemp": 57, "dewPoint": 48, "relativeHumidity": 66,
        "windDirection": 220, "windDirectionCompassPoint": "sw", "windSpeed": 9, "windGust": None, "latitude": None,
        "longitude": None, "weatherStationDTO": None, "weatherTypeDTO": {"weatherTypePk": None, "desc": "Fair"},
    }  # fmt: skip


def sets(facts: Facts) -> dict[str, Any]:
    """Return the sets of a strength training; null for all else."""
    one = {
        "exercises": [{"category": "SQUAT", "name": None, "probability": 90.0}], "duration": 40.0,
        "repetitionCount": 10, "weight": 60_000.0, "setType": "ACTIVE", "startTime": stamp(facts.start_ms),
        "wktStepIndex": None, "messageIndex": 0,
    }  # fmt: skip
    return {"activityId": facts.id, "exerciseSets": [one] if facts.sport == "strength_training" else None}
