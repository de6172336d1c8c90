"""What Garmin computes of training: readiness, status, VO₂max, predicted times."""

from collections.abc import Mapping
from typing import Any

from homestretch.model.health.kinds import TRAINING_STATUS
from homestretch.vendors.garmin.rows import LOAD
from homestretch.vendors.wellness_builder import WellnessBuilder

_RACES = (
    ("time5K", "race_5k_s", 1.0),
    ("time10K", "race_10k_s", 1.0),
    ("timeHalfMarathon", "race_half_marathon_s", 1.0),
    ("timeMarathon", "race_marathon_s", 1.0),
)


def training_status(builder: WellnessBuilder, body: Any) -> None:
    """Read the latest training status and load: of the main device for training, else of the latest that has one."""
    for row in builder.rows(body, "training_status"):
        latest = builder.mapping(row.get("mostRecentTrainingStatus"), "mostRecentTrainingStatus")
        latest = builder.mapping(latest.get("payload", latest), "mostRecentTrainingStatus")
        devices = builder.mapping(latest.get("latestTrainingStatusData"), "latestTrainingStatusData")
        found = [
            builder.mapping(device, "latestTrainingStatusData") for device in devices.values() if device is not None
        ]
        if found:
            _status(builder, max(found, key=lambda device: _standing(builder, device)))


def _standing(builder: WellnessBuilder, device: Mapping[str, Any]) -> tuple[bool, int]:
    return device.get("primaryTrainingDevice") is True, builder.time_ms(device.get("timestamp"), "timestamp") or 0


def _status(builder: WellnessBuilder, device: Mapping[str, Any]) -> None:
    day = builder.day(device.get("calendarDate"), "calendarDate")
    code = builder.measured("training_status", device.get("trainingStatus"), "trainingStatus")
    if code in range(1, len(TRAINING_STATUS)):
        builder.measure("training_status", day, code)
    elif code:  # 0 says that there is no status
        builder.note("unexpected:trainingStatus")
    builder.fields(builder.mapping(device.get("acuteTrainingLoadDTO"), "acuteTrainingLoadDTO"), day, LOAD)


def vo2max(builder: WellnessBuilder, body: Any) -> None:
    """Read VO₂max by running and by cycling, each of its own day."""
    for row in builder.rows(body, "vo2max"):
        for sport, kind in (("generic", "vo2max_running"), ("cycling", "vo2max_cycling")):
            found = builder.mapping(row.get(sport), sport)
            value = builder.measured(kind, found.get("vo2MaxPreciseValue"), "vo2MaxPreciseValue")
            if value is None:
                value = builder.measured(kind, found.get("vo2MaxValue"), "vo2MaxValue")
            builder.measure(kind, builder.day(found.get("calendarDate"), "calendarDate"), value)


def race_predictions(builder: WellnessBuilder, body: Any) -> None:
    """Read the times that Garmin predicts over four distances."""
    for row in builder.rows(body, "race_predictions"):
        builder.fields(row, builder.day(row.get("calendarDate"), "calendarDate"), _RACES)
