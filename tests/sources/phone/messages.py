"""Messages as the apps send them."""

from typing import Any

ANDROID: dict[str, Any] = {
    "timestamp": "2026-05-09T05:00:00.123Z",
    "app_version": "1.2.3",
    "steps": [
        {"count": 800, "start_time": "2026-05-08T20:00:00Z", "end_time": "2026-05-08T20:30:00Z"},
        {"count": 300, "start_time": "2026-05-08T21:30:00Z", "end_time": "2026-05-08T22:00:00Z"},
    ],
    "heart_rate": [{"bpm": 52, "time": "2026-05-09T01:00:00Z"}, {"bpm": 0, "time": "2026-05-09T01:01:00Z"}],
    "resting_heart_rate": [{"bpm": 47, "time": "2026-05-09T04:00:00Z"}],
    "weight": [{"kilograms": 71.25, "time": "2026-05-09T04:30:00Z"}],
    "basal_metabolic_rate": [{"watts": 80.0, "time": "2026-05-09T04:30:00Z"}],
    "sleep": [
        {
            "session_end_time": "2026-05-09T04:00:00Z",
            "duration_seconds": 25_200,
            "stages": [
                {"stage": "light", "start_time": "2026-05-08T21:00:00Z", "end_time": "2026-05-09T00:00:00Z"},
                {"stage": "STAGE_TYPE_DEEP", "start_time": "2026-05-09T00:00:00Z", "end_time": "2026-05-09T02:00:00Z"},
                {"stage": "7", "start_time": "2026-05-09T02:00:00Z", "end_time": "2026-05-09T02:10:00Z"},
                {"stage": "rem", "start_time": "2026-05-09T02:10:00Z", "end_time": "2026-05-09T04:00:00Z"},
            ],
        }
    ],
    "hydration": [
        {"liters": 0.5, "start_time": "2026-05-09T04:00:00Z", "end_time": "2026-05-09T04:01:00Z"},
        {"liters": 0.25, "start_time": "2026-05-09T04:20:00Z", "end_time": "2026-05-09T04:21:00Z"},
    ],
}


def metric(name: str, units: str, *rows: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "units": units, "data": list(rows)}


def row(hour: int, **of: Any) -> dict[str, Any]:
    return {"date": f"2026-05-09 {hour:02}:00:00 -0800", **of}


IPHONE: dict[str, Any] = {
    "data": {
        "metrics": [
            metric("step_count", "count", row(7, qty=1000), row(8, qty=2000.5)),
            metric("walking_running_distance", "mi", row(7, qty=1.5)),
            metric("active_energy", "kJ", row(7, qty=418.4)),
            metric("heart_rate", "bpm", row(7, Min=55, Avg=61, Max=90), row(8, Min=55, Avg=63, Max=90)),
            metric("weight_body_mass", "lb", row(6, qty=160)),
            metric("blood_pressure", "mmHg", row(6, systolic=121, diastolic=79)),
            metric("body_temperature", "degF", row(6, qty=98)),
            metric("a_new_one", "count", row(6, qty=98)),
            metric("sleep_analysis", "hr", {
                "date": "2026-05-09", "totalSleep": 7.5, "deep": 1.5, "core": 4.5, "rem": 1.5, "awake": 0.25,
                "sleepStart": "2026-05-08 22:30:00 -0800", "sleepEnd": "2026-05-09 06:15:00 -0800",
            }),
        ],
        "workouts": [],
    }
}  # fmt: skip
