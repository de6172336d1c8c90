"""Trips as Ride with GPS tells them."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo


def trip(key: int, start: datetime, zone: str = "Europe/Helsinki", points: int = 60, **more: Any) -> dict[str, Any]:
    """Return a ride of so many seconds from an aware start: heading north at 18 km/h; `more` replaces what is told."""
    begun = int(start.timestamp())
    track = [
        {"x": 24.94, "y": round(60.17 + 0.000045 * k, 6), "e": 12.4, "d": 5 * k, "t": begun + k, "s": 18.0, "h": 140,
         "c": 88, "p": 210, "T": 14}
        for k in range(points)
    ]  # fmt: skip
    local = start.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
    changed = (start + timedelta(hours=2)).isoformat(timespec="seconds")
    return {
        "id": key, "url": f"https://ridewithgps.com/api/v1/trips/{key}.json", "name": f"Ride {key}",
        "description": None, "departed_at": local, "time_zone": zone, "locality": "Helsinki",
        "administrative_area": "Uusimaa", "country_code": "FI", "activity_type": "cycling:gravel", "fit_sport": 2,
        "fit_sub_sport": 46, "is_stationary": False, "distance": 5 * (points - 1), "duration": points - 1,
        "moving_time": points - 1, "elevation_gain": 3, "elevation_loss": 2, "avg_speed": 18.0, "max_speed": 18.0,
        "avg_cad": 88, "max_cad": 88, "avg_hr": 140, "max_hr": 140, "avg_watts": 210, "min_watts": None,
        "max_watts": 210, "calories": 11, "visibility": "private", "created_at": changed, "updated_at": changed,
        "user_id": 7, "device": "Garmin Edge 540", "track_points": track, "photos": [],
        "gear": {"id": 3, "make": "Make", "model": "Model", "description": "", "exclude_from_totals": False},
    } | more  # fmt: skip


def summary(found: dict[str, Any]) -> dict[str, Any]:
    """Return a trip as the list has it: without its points and its gear."""
    return {name: value for name, value in found.items() if name not in ("track_points", "gear", "photos")}
