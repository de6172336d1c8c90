"""What the wellness service tells of one day: heart, stress, oxygen, breath, steps, floors, intensity."""

from typing import Any

from tests.fakes.garmin.clock import both, local_ms, stamp
from tests.fakes.garmin.day import Day

_CHARGED = ("MEASURED", 3.0)


def frame(day: Day) -> dict[str, Any]:
    """Return the part that all of the day's documents begin with."""
    zone = day.account.zone
    begun, ended = both("startTimestamp", day.start_ms, zone), both("endTimestamp", day.end_ms, zone)
    return {"userProfilePK": day.account.profile_id, "calendarDate": day.iso} | begun | ended


def _descriptors(*keys: str) -> list[dict[str, Any]]:
    return [{"key": key, "index": k} for k, key in enumerate(keys)]


def heart_rate(day: Day) -> dict[str, Any]:
    """Return the heart rate of a day; null lists if there is none or it is offloaded."""
    values = day.hearts() if day.worn else []
    known = [bpm for _, bpm in values if bpm is not None]
    shown = day.worn and not day.hidden
    return frame(day) | {
        "maxHeartRate": max(known, default=None), "minHeartRate": min(known, default=None),
        "restingHeartRate": day.resting if day.worn else None,
        "lastSevenDaysAvgRestingHeartRate": day.week_resting(),
        "heartRateValueDescriptors": _descriptors("timestamp", "heartrate") if shown else None,
        "heartRateValues": [list(row) for row in values] if shown else None,
    }  # fmt: skip


def stress(day: Day) -> dict[str, Any] | None:
    """Return stress and body battery (rows of four) of a day; null for a day before there was a watch."""
    if not day.inside:
        return None
    values = day.stress() if day.worn else []
    known = [level for _, level in values if level >= 0]
    shown = day.worn and not day.hidden
    levels = day.batteries() if shown else []
    keys = ("timestamp", "bodyBatteryStatus", "bodyBatteryLevel", "bodyBatteryVersion")
    named = [{"bodyBatteryValueDescriptorIndex": k, "bodyBatteryValueDescriptorKey": key} for k, key in enumerate(keys)]
    return frame(day) | {
        "maxStressLevel": max(known) if known else None, "avgStressLevel": _mean(known),
        "stressChartValueOffset": 1, "stressChartYAxisOrigin": -1,
        "stressValueDescriptorsDTOList": _descriptors("timestamp", "stressLevel") if shown else [],
        "stressValuesArray": [list(row) for row in values] if shown else [],
        "bodyBatteryValueDescriptorsDTOList": named if shown else [],
        "bodyBatteryValuesArray": [[at, _CHARGED[0], level, _CHARGED[1]] for at, level in levels],
    }  # fmt: skip


def battery_report(day: Day) -> dict[str, Any]:
    """Return a day of the report of body battery: rows of two, few of them."""
    values = day.batteries() if day.worn else []
    levels = [level for _, level in values]
    up = max(levels) - levels[0] if levels else None
    down = max(levels) - levels[-1] if levels else None
    keys = ("timestamp", "bodyBatteryLevel")
    named = [{"bodyBatteryValueDescriptorIndex": k, "bodyBatteryValueDescriptorKey": key} for k, key in enumerate(keys)]
    bare = {key: value for key, value in frame(day).items() if key.startswith(("start", "end"))}
    rows = [list(row) for row in values[::60]]
    return {"date": day.iso, "charged": up, "drained": down, **bare, "bodyBatteryValuesArray": rows,
            "bodyBatteryValueDescriptorDTOList": named}  # fmt: skip


def battery_events(day: Day) -> list[dict[str, Any]]:
    """Return what changed the body battery on a day: the night."""
    night = day.night()
    if night is None:
        return []
    offset = local_ms(night.start_ms, day.account.zone) - night.start_ms
    event = {
        "eventType": "sleep", "eventStartTimeGmt": stamp(night.start_ms), "timezoneOffset": offset,
        "durationInMilliseconds": night.end_ms - night.start_ms, "bodyBatteryImpact": 48,
        "feedbackType": "good_sleep", "shortFeedback": "restored",
    }  # fmt: skip
    return [{
        "event": event, "activityName": None, "activityType": None, "activityId": None, "averageStress": 15.5,
        "stressValuesArray": [], "bodyBatteryValuesArray": [],
    }]  # fmt: skip


def _sleeps(day: Day) -> dict[str, Any]:
    night, zone = day.night(), day.account.zone
    out: dict[str, Any] = {}
    for name, at in (("Start", night.start_ms if night else None), ("End", night.end_ms if night else None)):
        out |= both(f"sleep{name}Timestamp", at, zone) | both(f"tomorrowSleep{name}Timestamp", None, zone)
    return out


def oxygen(day: Day) -> dict[str, Any]:
    """Return the oxygen saturation of a day; nulls if there is none."""
    values = day.oxygen() if day.worn else []
    shown, levels = day.worn and not day.hidden, [level for _, level in values]
    hours = [[at, level] for at, level in values]
    week = [level for one in day.around(6) for _, level in one.oxygen()]
    latest = both("latestSpO2Timestamp", values[-1][0] if values else None, day.account.zone)
    return frame(day) | _sleeps(day) | latest | {
        "averageSpO2": _mean(levels), "lowestSpO2": min(levels, default=None),
        "lastSevenDaysAvgSpO2": sum(week) / len(week) if week else None, "latestSpO2": levels[-1] if levels else None,
        "avgSleepSpO2": _mean(levels[:7]), "avgTomorrowSleepSpO2": None,
        "spO2ValueDescriptorsDTOList": None, "spO2SingleValues": None, "continuousReadingDTOList": None,
        "spO2HourlyAverages": hours if shown else None,
    }  # fmt: skip


def breath(day: Day) -> dict[str, Any]:
    """Return the respiration of a day; values below zero were not measured."""
    values = day.breaths() if day.worn else []
    known, shown = [rate for _, rate in values if rate > 0], day.worn and not day.hidden
    return frame(day) | _sleeps(day) | {
        "lowestRespirationValue": min(known, default=None), "highestRespirationValue": max(known, default=None),
        "avgWakingRespirationValue": _mean(known), "avgSleepRespirationValue": _mean(known[:200]),
        "avgTomorrowSleepRespirationValue": None,
        "respirationValueDescriptorsDTOList": _descriptors("timestamp", "respiration") if shown else [],
        "respirationValuesArray": [list(row) for row in values] if shown else [],
        "respirationAveragesValueDescriptorDTOList": [], "respirationAveragesValuesArray": [],
        "respirationVersion": 200,
    }  # fmt: skip


def steps(day: Day) -> list[dict[str, Any]]:
    """Return the steps of each quarter of an hour; none of a day without a watch says `none`."""
    if not day.inside or day.hidden:
        return []
    night = day.night()
    woke = night.end_ms if night else day.start_ms
    return [
        {
            "startGMT": stamp(at), "endGMT": stamp(at + 900_000), "steps": count, "pushes": 0,
            "primaryActivityLevel": _level(day, at < woke, count), "activityLevelConstant": True,
        }
        for at, count in day.steps()
    ]  # fmt: skip


def _level(day: Day, asleep: bool, count: int) -> str:
    if not day.worn:
        return "none"
    if asleep:
        return "sleeping"
    return "sedentary" if count < 100 else "active"


def floors(day: Day) -> dict[str, Any]:
    """Return the floors of a day."""
    bare = {key: value for key, value in frame(day).items() if key.startswith(("start", "end"))}
    rows = day.floors() if day.worn and not day.hidden else []
    keys = ("startTimeGMT", "endTimeGMT", "floorsAscended", "floorsDescended")
    values = [[stamp(at), stamp(at + 900_000), up, down] for at, up, down in rows]
    return bare | {"floorsValueDescriptorDTOList": _descriptors(*keys) if rows else [], "floorValuesArray": values}


def intensity(day: Day) -> dict[str, Any]:
    """Return the intensity minutes of a day and its week."""
    moderate, vigorous = day.intense() if day.worn else (0, 0)
    week = [one.intense() for one in day.around(day.date.weekday())]
    totals = [sum(column) for column in zip(*week, strict=True)] or [0, 0]
    return frame(day) | {
        "weeklyModerate": totals[0], "weeklyVigorous": totals[1], "weeklyTotal": totals[0] + 2 * totals[1],
        "weekGoal": 150, "dayOfGoalMet": None, "startDayMinutes": 0, "endDayMinutes": moderate + 2 * vigorous,
        "moderateMinutes": moderate, "vigorousMinutes": vigorous,
        "imValueDescriptorsDTOList": _descriptors("timestamp", "value"), "imValuesArray": [],
    }  # fmt: skip


def _mean(values: list[float] | list[int]) -> float | None:
    return float(round(sum(values) / len(values))) if values else None
