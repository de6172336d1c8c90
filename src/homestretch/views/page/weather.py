"""The weather during an activity, and whether an athlete wants to see it."""

from datetime import UTC, datetime

from homestretch.analysis.geo.weather import HOUR_MS, Hours, hours_of, weather
from homestretch.model.documents.weather import ActivityWeather, Sky, Weather, WeatherSetting, WeatherState
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.queries.weather import choice_of, count_days, days_of, outing_of
from homestretch.store.scope import Scope
from homestretch.views.activities.activity import resolve
from homestretch.views.kit.privacy import near_ids, privacy_mask

PROVIDER = "Open-Meteo"
#: The first code of each kind of weather (WMO, table 4677, as far as Open-Meteo uses it), from the highest on.
SKIES: tuple[tuple[int, Sky], ...] = (
    (95, "thunderstorm"), (85, "snow_showers"), (80, "showers"), (77, "snow"), (71, "snow"), (66, "freezing_rain"),
    (61, "rain"), (56, "freezing_rain"), (51, "drizzle"), (45, "fog"), (3, "overcast"), (2, "cloudy"), (1, "fair"),
    (0, "clear"),
)  # fmt: skip


def activity_weather(reader: Reader, scope: Scope, public_id: str) -> ActivityWeather:
    """Return the weather during an activity, as far as it was asked. Raises NotFound.

    Near a place that is hidden from who asks, no weather is shown: it is that of the middle of the whole way.
    """
    row = resolve(reader, scope, public_id)
    outing = outing_of(reader, row.id)
    if outing is None or near_ids(reader, privacy_mask(reader, scope), [row]):
        return _without("none")
    needed = hours_of(outing.start_ms, outing.end_ms)
    days = {datetime.fromtimestamp(hour / 1000, UTC).date().isoformat() for hour in needed}
    found = days_of(reader, scope.athlete_id, outing.spot, days)
    hours: dict[int, list[float | None]] = {}
    for day in found:
        first = int(datetime.fromisoformat(f"{day.day}T00:00:00+00:00").timestamp() * 1000)
        hours |= {first + HOUR_MS * number: values for number, values in enumerate(day.hours)}
    asked_ms = min((day.asked_ms for day in found), default=0)
    told = _told(hours, outing.start_ms, outing.end_ms, asked_ms)
    if told is not None:
        return {"state": "there", "weather": told, "reason": None}
    choice = choice_of(reader, scope.athlete_id)
    if choice is None:
        return _without("off")
    answered = len(found) == len(days) and asked_ms >= outing.end_ms
    return _without("none") if answered else _without("waiting", choice.reason)


def weather_setting(reader: Reader, scope: Scope) -> WeatherSetting:
    """Return whether an athlete wants to see the weather, and how asking for it goes. Raises Forbidden."""
    scope.must("privacy: read")
    choice = choice_of(reader, scope.athlete_id)
    retry = None if choice is None else choice.retry_at_ms
    return {
        "on": choice is not None,
        "since": None if choice is None else iso(choice.since_ms),
        "days": count_days(reader, scope.athlete_id),
        "reason": None if choice is None else choice.reason,
        "retry_at": None if retry is None else iso(retry),
    }


def sky_of(code: int | None) -> Sky | None:
    """Return what a code means; None for an unknown one."""
    if code is None or not 0 <= code < 100:
        return None
    return next(sky for first, sky in SKIES if code >= first)


def _told(hours: Hours, start_ms: int, end_ms: int, asked_ms: int) -> Weather | None:
    found = weather(hours, start_ms, end_ms)
    if found is None:
        return None
    return {
        "provider": PROVIDER, "asked_at": iso(asked_ms),
        "temperature_c": round(found.temperature_c, 1), "lowest_c": round(found.lowest_c, 1),
        "highest_c": round(found.highest_c, 1), "feels_like_c": _tenths(found.feels_like_c),
        "humidity_pct": _tenths(found.humidity_pct), "dew_point_c": _tenths(found.dew_point_c),
        "wind_mps": _tenths(found.wind_mps), "gusts_mps": _tenths(found.gusts_mps),
        "wind_from_deg": _tenths(found.wind_from_deg), "cloud_pct": _tenths(found.cloud_pct),
        "precipitation_mm": _tenths(found.precipitation_mm), "code": found.code, "sky": sky_of(found.code),
    }  # fmt: skip


def _tenths(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _without(state: WeatherState, reason: str | None = None) -> ActivityWeather:
    return {"state": state, "weather": None, "reason": reason}
