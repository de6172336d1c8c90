"""Weight, blood pressure and hydration."""

from datetime import date, timedelta
from typing import Any

from tests.fakes.garmin.chance import chance
from tests.fakes.garmin.clock import days_between, local_ms, stamp
from tests.fakes.garmin.day import MINUTE_MS, Day

_EMPTY = (
    "samplePk", "date", "calendarDate", "weight", "bmi", "bodyFat", "bodyWater", "boneMass", "muscleMass",
    "physiqueRating", "visceralFat", "metabolicAge", "sourceType", "timestampGMT", "weightDelta",
)  # fmt: skip
_AVERAGED = ("weight", "bmi", "bodyFat", "bodyWater", "boneMass", "muscleMass", "physiqueRating", "visceralFat",
             "metabolicAge")  # fmt: skip


def weigh_ins(day: Day) -> list[dict[str, Any]]:
    """Return the weigh-ins of a day: from a scale with body composition, or by hand without. Grams."""
    luck = chance(day.account.seed, "weight", day.date)
    if not day.inside or luck.random() > 0.4:
        return []
    count = 2 if luck.random() < 0.2 else 1
    return [_weigh_in(day, k, luck.randrange(-6, 7) / 10, luck.random() < 0.7) for k in range(count)]


def _weigh_in(day: Day, place: int, wobble: float, scale: bool) -> dict[str, Any]:
    at = day.start_ms + (430 + 600 * place) * MINUTE_MS
    grams = 1000.0 * round(71.5 + wobble, 1)
    body = {"bodyFat": 14.2, "bodyWater": 60.1, "boneMass": 3600, "muscleMass": 34_100} if scale else {}
    return dict.fromkeys(_EMPTY) | {
        "samplePk": at + 271, "date": local_ms(at, day.account.zone), "calendarDate": day.iso, "weight": grams,
        "bmi": round(grams / 1000 / 1.81**2, 1) if scale else None, **body,
        "sourceType": "INDEX_SCALE" if scale else "MANUAL", "timestampGMT": at, "weightDelta": 100.0 * wobble,
    }  # fmt: skip


def _average(first: Day, last: Day, rows: list[dict[str, Any]]) -> dict[str, Any]:
    known = {key: [row[key] for row in rows if row[key] is not None] for key in _AVERAGED}
    edges = {"from": _utc_midnight(first), "until": _utc_midnight(last) + 86_399_999}
    return edges | {key: sum(values) / len(values) if values else None for key, values in known.items()}


def _utc_midnight(day: Day) -> int:
    return local_ms(day.start_ms, day.account.zone)


def weight_day(day: Day) -> dict[str, Any]:
    """Return the weigh-ins of one day."""
    return weight_list(day, day)


def weight_list(first: Day, last: Day) -> dict[str, Any]:
    """Return the weigh-ins of a range, end to end."""
    days = [Day(first.account, one) for one in days_between(first.date, last.date)]
    rows = [row for one in days for row in weigh_ins(one)]
    return {"startDate": first.iso, "endDate": last.iso, "dateWeightList": rows,
            "totalAverage": _average(first, last, rows)}  # fmt: skip


def weight_range(first: Day, last: Day) -> dict[str, Any]:
    """Return the weigh-ins of a range by day, the newest day first, and the one before and after it."""
    days = [Day(first.account, one) for one in days_between(first.date, last.date)]
    by_day = [(one, weigh_ins(one)) for one in reversed(days)]
    rows = [row for _, weighed in by_day for row in weighed]
    return {
        "dailyWeightSummaries": [_weighed_day(one, weighed) for one, weighed in by_day if weighed],
        "totalAverage": _average(first, last, rows),
        "previousDateWeight": _nearest(first, -1), "nextDateWeight": _nearest(last, 1),
    }  # fmt: skip


def _weighed_day(day: Day, rows: list[dict[str, Any]]) -> dict[str, Any]:
    weights = [row["weight"] for row in rows]
    return {"summaryDate": day.iso, "numOfWeightEntries": len(rows), "minWeight": min(weights),
            "maxWeight": max(weights), "latestWeight": rows[-1], "allWeightMetrics": rows[::-1]}  # fmt: skip


def _nearest(day: Day, direction: int) -> dict[str, Any]:
    for k in range(1, 30):
        found = weigh_ins(Day(day.account, day.date + timedelta(days=direction * k)))
        if found:
            return found[-1] | {"weightDelta": None}
    return dict.fromkeys(_EMPTY)


def pressure(first: Day, last: Day) -> dict[str, Any]:
    """Return the blood pressures of a range; an account that never measured has an empty list."""
    days: list[date] = days_between(first.date, last.date) if first.account.pressure else []
    measured = [found for one in days if (found := _measured(Day(first.account, one)))]
    return {"from": first.iso, "until": last.iso, "measurementSummaries": measured, "categoryStats": None}


def _measured(day: Day) -> dict[str, Any] | None:
    luck = chance(day.account.seed, "pressure", day.date)
    if not day.inside or luck.random() > 0.3:
        return None
    at, high, low = day.start_ms + 470 * MINUTE_MS, luck.randrange(108, 128), luck.randrange(66, 82)
    one = {
        "version": at, "systolic": high, "diastolic": low, "pulse": day.resting + 6, "multiMeasurement": False,
        "notes": "", "sourceType": "MANUAL", "measurementTimestampLocal": stamp(local_ms(at, day.account.zone)),
        "measurementTimestampGMT": stamp(at), "category": None, "categoryName": "NORMAL",
    }  # fmt: skip
    return {
        "startDate": day.iso, "endDate": day.iso, "highSystolic": high, "lowSystolic": high, "highDiastolic": low,
        "lowDiastolic": low, "numOfMeasurements": 1, "category": None, "categoryName": "NORMAL", "measurements": [one],
    }  # fmt: skip


def hydration(day: Day) -> dict[str, Any]:
    """Return what was drunk on a day."""
    at = day.start_ms + 900 * MINUTE_MS
    return {
        "userId": day.account.profile_id, "calendarDate": day.iso, "valueInML": 1750.0 if day.worn else None,
        "goalInML": 2800.0, "dailyAverageinML": None,
        "lastEntryTimestampLocal": stamp(local_ms(at, day.account.zone)) if day.worn else None,
        "sweatLossInML": None, "activityIntakeInML": None,
    }  # fmt: skip
