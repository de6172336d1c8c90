"""How the weather was during an activity, from hours of a model of the weather.

Most values are of an instant and change evenly to the next hour; gusts and precipitation are of the hour before
(Open-Meteo, Historical Weather API, "Hourly Parameter Definition").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from homestretch.model.channel import Floats

HOUR_MS = 3_600_000
#: What is known of an hour, with units: °C, °C, %, °C, mm, m/s, m/s, ° (where from), %, a code of the WMO (table 4677).
VARIABLES = (
    "temperature", "feels_like", "humidity", "dew_point", "precipitation",
    "wind_speed", "wind_gusts", "wind_direction", "cloud_cover", "weather_code",
)  # fmt: skip
#: Weather is told as it was every so often.
STEP_MS = 300_000

type Hours = Mapping[int, Sequence[float | None]]


@dataclass(frozen=True, slots=True)
class Weather:
    """The weather from begin to end: means, but the highest gust, the sum of precipitation, and the worst code.

    °C, %, m/s, ° that the wind blew from, mm. None is unknown; the direction is too where the wind turned all ways.
    """

    temperature_c: float
    lowest_c: float
    highest_c: float
    feels_like_c: float | None
    humidity_pct: float | None
    dew_point_c: float | None
    wind_mps: float | None
    gusts_mps: float | None
    wind_from_deg: float | None
    cloud_pct: float | None
    precipitation_mm: float | None
    code: int | None


def hours_of(start_ms: int, end_ms: int) -> range:
    """Return the full hours, ms UTC, that the weather between two instants needs: those within, and the ones around."""
    return range(start_ms // HOUR_MS * HOUR_MS, -(-max(end_ms, start_ms + 1) // HOUR_MS) * HOUR_MS + 1, HOUR_MS)


def weather(hours: Hours, start_ms: int, end_ms: int) -> Weather | None:
    """Return the weather between two instants, ms UTC, from `VARIABLES` by full hour; None where an hour is missing."""
    needed = hours_of(start_ms, end_ms)
    rows = [hours.get(hour) for hour in needed]
    if any(row is None for row in rows):
        return None
    table = np.array([[np.nan if v is None else v for v in row] for row in rows if row is not None])
    by = dict(zip(VARIABLES, table.T, strict=True))
    clock = np.array(needed, dtype=np.float64)
    at = np.linspace(start_ms, max(end_ms, start_ms), max(2, int((end_ms - start_ms) / STEP_MS) + 1))
    temperature = np.interp(at, clock, by["temperature"])
    if np.isnan(temperature).any():
        return None
    inside = slice(1, None)  # the hours that end after the begin: what fell or blew in them fell or blew meanwhile
    return Weather(
        temperature_c=float(temperature.mean()),
        lowest_c=float(temperature.min()),
        highest_c=float(temperature.max()),
        feels_like_c=_mean(at, clock, by["feels_like"]),
        humidity_pct=_mean(at, clock, by["humidity"]),
        dew_point_c=_mean(at, clock, by["dew_point"]),
        wind_mps=_mean(at, clock, by["wind_speed"]),
        gusts_mps=_most(by["wind_gusts"][inside]),
        wind_from_deg=_direction(at, clock, by["wind_direction"], by["wind_speed"]),
        cloud_pct=_mean(at, clock, by["cloud_cover"]),
        precipitation_mm=_fallen(clock[inside], by["precipitation"][inside], start_ms, end_ms),
        code=_worst(by["weather_code"][_nearest(clock, start_ms, end_ms)]),
    )


def _mean(at: Floats, clock: Floats, values: Floats) -> float | None:
    found = np.interp(at, clock, values)
    return None if np.isnan(found).any() else float(found.mean())


def _most(values: Floats) -> float | None:
    known = values[np.isfinite(values)]
    return float(known.max()) if len(known) else None


def _direction(at: Floats, clock: Floats, degrees: Floats, speed: Floats) -> float | None:
    """Return where the wind came from, as the mean of its vectors."""
    radians = np.radians(degrees)
    east, north = (np.interp(at, clock, part * speed).mean() for part in (np.sin(radians), np.cos(radians)))
    if not np.isfinite(east) or np.hypot(east, north) < 0.1:
        return None
    return float(np.degrees(np.arctan2(east, north)) % 360.0)


def _fallen(ends: Floats, values: Floats, start_ms: int, end_ms: int) -> float | None:
    """Return what fell, each hour's in the share of it that was meanwhile."""
    if np.isnan(values).any():
        return None
    meanwhile = np.minimum(ends, end_ms) - np.maximum(ends - HOUR_MS, start_ms)
    return float((values * np.clip(meanwhile, 0.0, None) / HOUR_MS).sum())


def _nearest(clock: Floats, start_ms: int, end_ms: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Return which hours are within half an hour of what lies between two instants."""
    return (clock > start_ms - HOUR_MS / 2) & (clock <= end_ms + HOUR_MS / 2)


def _worst(codes: Floats) -> int | None:
    """Return the highest code: the table goes from clear sky over fog and rain to thunderstorms."""
    known = codes[np.isfinite(codes)]
    return int(known.max()) if len(known) else None
