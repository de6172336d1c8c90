"""Open-Meteo: the weather of past hours, at places rounded to a tenth of a degree. It takes no key.

Non-commercial use is free up to 10,000 calls a day; the data are CC BY 4.0 and have to be credited
(https://open-meteo.com/en/terms, https://open-meteo.com/en/licence).
"""

import json
import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import httpx

from homestretch.net.budget import DAY_S, Limits, RateLimitedClient, UnexpectedResponse
from homestretch.net.send import send

KEY, NAME = "open_meteo", "Open-Meteo"
#: A tenth of what it bears: others behind the same address may use it too.
LIMITS = Limits(windows=((60, 60), (3600, 500), (DAY_S, 1000)), pause_s=0.5)
ARCHIVE, RECENT = "https://archive-api.open-meteo.com/v1/archive", "https://api.open-meteo.com/v1/forecast"
#: The archive is behind by some days; until then the forecast's own past is asked.
ARCHIVED_DAYS = 7
#: A question about more days counts as several.
MOST_DAYS = 14
#: In the order of `analysis/geo/weather.VARIABLES`; more than ten would count as several questions.
_HOURLY = (
    "temperature_2m", "apparent_temperature", "relative_humidity_2m", "dew_point_2m", "precipitation",
    "wind_speed_10m", "wind_gusts_10m", "wind_direction_10m", "cloud_cover", "weather_code",
)  # fmt: skip

type Row = list[float | None]


def ask(
    calls: RateLimitedClient,
    client: httpx.Client,
    latitude: float,
    longitude: float,
    since: date,
    until: date,
    today: date,
) -> dict[date, list[Row]]:
    """Return 24 rows of values by day of UTC, from one day to another, both included; what is unknown is None.

    Days of which nothing is known at all may be missing.

    Raises RateLimited, Unreachable, UnexpectedResponse, QuotaExhausted.
    """  # fmt: skip
    url = ARCHIVE if until <= today - timedelta(days=ARCHIVED_DAYS) else RECENT
    parameters = {
        "latitude": f"{latitude:.1f}", "longitude": f"{longitude:.1f}", "start_date": since.isoformat(),
        "end_date": until.isoformat(), "hourly": ",".join(_HOURLY), "wind_speed_unit": "ms", "timeformat": "unixtime",
        "timezone": "GMT",
    }  # fmt: skip
    reply = send(calls, client, "GET", url, reads=(400,), params=parameters)
    try:
        document = json.loads(reply.body)
        if reply.status == 400:
            return _refused(str(document["reason"]))
        return _days(document["hourly"]["time"], [document["hourly"][name] for name in _HOURLY])
    except (ValueError, LookupError, TypeError, OverflowError) as error:
        raise UnexpectedResponse(name=NAME, what="the weather", reason=f"{type(error).__name__}: {error}") from error


def _refused(reason: str) -> dict[date, list[Row]]:
    """Return nothing where the days are those of which nothing is known; raise ValueError otherwise."""
    if "out of allowed range" not in reason:
        raise ValueError(reason)
    return {}


def _days(seconds: Sequence[int], columns: Sequence[Sequence[float | None]]) -> dict[date, list[Row]]:
    found: dict[date, list[Row]] = {}
    for number, second in enumerate(seconds):
        at = datetime.fromtimestamp(int(second), UTC)
        rows = found.setdefault(at.date(), [[None] * len(_HOURLY) for _ in range(24)])
        rows[at.hour] = [_number(column, number) for column in columns]
    return found


def _number(column: Sequence[float | None], at: int) -> float | None:
    value = column[at]
    if value is None:
        return None
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{value} is no number")
    return number
