"""What the picture of a shared activity says: nothing that the link itself does not show, and few words.

Numbers stand with their units instead of names, so that the picture needs no language.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from homestretch.analysis.geometry import polyline
from homestretch.model.channel import FOOT_M, MILE_M, YARD_M, Floats
from homestretch.model.documents.people import Units
from homestretch.model.documents.sharing import SharedActivity
from homestretch.model.sport import GENERIC, Sport

type Shape = Literal["wide", "square", "tall"]
#: A line on a plane, x and y in metres, y upwards.
type Line = tuple[tuple[float, float], ...]

#: Width and height in px: as a link is shown elsewhere, as a post, and as a story, whose ends phones cover.
SIZES: dict[Shape, tuple[int, int]] = {"wide": (1200, 630), "square": (1080, 1080), "tall": (1080, 1920)}
#: Metres by degree of latitude.
DEGREE_M = 111_195.0
#: The most corners of a line that is drawn; a picture of 1,200 px shows no more.
CORNERS = 600


@dataclass(frozen=True, slots=True)
class Value:
    """A number of the picture, and its unit."""

    number: str
    unit: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is drawn. `ways` are the parts of the track; `heights` are over the way, None without elevation."""

    title: str
    line: str
    family: str
    values: tuple[Value, ...]
    ways: tuple[Line, ...]
    heights: Line | None


def sport_words(found: SharedActivity) -> str:
    """Return the sport of a shared activity in English, the kind where it is known."""
    kind = found["sub_sport"]
    return (kind if kind and kind != GENERIC else found["sport"]).replace("_", " ").capitalize()


def sheet_of(found: SharedActivity, units: Units) -> Sheet:
    """Return what the picture of a shared activity says, in these units."""
    sport, words = Sport(found["sport"], found["sub_sport"]), sport_words(found)
    title = found["name"] or words
    line = found["day"] if title == words else f"{words} · {found['day']}"
    return Sheet(title, line, sport.family, tuple(_values(found, sport, units)), _ways(found), _heights(found))


def _values(found: SharedActivity, sport: Sport, units: Units) -> list[Value]:
    metric, values = units == "metric", []
    if (metres := found["distance_m"]) is not None:
        values.append(_distance(metres, sport.family, metric))
    if (seconds := found["moving_s"]) is not None:
        values.append(Value(clock(seconds), "" if seconds >= 3600 else "min"))
    if speed := found["avg_speed_mps"]:
        values.append(_speed(speed, sport, metric))
    if (ascent := found["ascent_m"]) is not None and ascent >= 1:
        values.append(Value(f"↑ {ascent if metric else ascent / FOOT_M:,.0f}", "m" if metric else "ft"))
    power = found["metrics"].get("weighted_power") or found["avg_power_w"]
    if power:
        values.append(Value(f"{power:.0f}", "W"))
    if heart := found["avg_hr_bpm"]:
        values.append(Value(f"{heart:.0f}", "bpm"))
    return values


def _distance(metres: float, family: str, metric: bool) -> Value:
    if family == "swim":
        return Value(f"{metres if metric else metres / YARD_M:,.0f}", "m" if metric else "yd")
    length = metres / 1000 if metric else metres / MILE_M
    return Value(f"{length:,.{2 if length < 100 else 1}f}", "km" if metric else "mi")


def _speed(mps: float, sport: Sport, metric: bool) -> Value:
    """Return a speed as its sport says it: a pace on foot, in water and on skis, else a speed."""
    if sport.family == "swim":
        return _pace(mps, 100 if metric else 100 * YARD_M, "/100 m" if metric else "/100 yd")
    if sport.family == "row":
        return _pace(mps, 500, "/500 m")
    if sport.on_foot or sport.key == "cross_country_skiing":
        return _pace(mps, 1000 if metric else MILE_M, "/km" if metric else "/mi")
    return Value(f"{mps * 3.6 if metric else mps * 3600 / MILE_M:.1f}", "km/h" if metric else "mph")


def _pace(mps: float, metres: float, unit: str) -> Value:
    return Value(clock(metres / mps), unit)


def clock(seconds: float) -> str:
    """Return a time as `3:12:05`, or `48:07` where it is less than an hour."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _ways(found: SharedActivity) -> tuple[Line, ...]:
    """Return the parts of the track: by its samples, which are cut where they may not be shown, else by its line."""
    streams = found["streams"]
    channels = {} if streams is None else streams["channels"]
    if "latitude" in channels and "longitude" in channels:
        latitude, longitude = (_array(channels[key]["values"]) for key in ("latitude", "longitude"))
    elif found["track"]:
        latitude, longitude = polyline.decode(found["track"])
    else:
        return ()
    known = np.isfinite(latitude) & np.isfinite(longitude)
    if known.sum() < 2:
        return ()
    middle = float(np.nanmean(latitude))
    x = (longitude - np.nanmean(longitude)) * DEGREE_M * np.cos(np.radians(middle))
    y = (latitude - middle) * DEGREE_M
    return _parts(x, y, known)


def _parts(x: Floats, y: Floats, known: np.ndarray) -> tuple[Line, ...]:
    ends = np.flatnonzero(np.diff(np.concatenate(([False], known, [False])).astype(np.int8)))
    step = max(1, -(-int(known.sum()) // CORNERS))
    found = []
    for first, last in zip(ends[::2], ends[1::2], strict=True):
        at = np.unique(np.append(np.arange(first, last, step), last - 1))
        found.append(tuple(zip(np.round(x[at], 1).tolist(), np.round(y[at], 1).tolist(), strict=True)))
    return tuple(found)


def _heights(found: SharedActivity) -> Line | None:
    streams = found["streams"]
    if streams is None or "altitude_m" not in streams["channels"]:
        return None
    way = streams["time_s"] if streams["distance_m"] is None else streams["distance_m"]
    x, y = _array(way), _array(streams["channels"]["altitude_m"]["values"])
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if len(known) < 2:
        return None
    known = known[:: max(1, -(-len(known) // CORNERS))]
    return tuple(zip(x[known].tolist(), y[known].tolist(), strict=True))


def _array(values: list[float] | list[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
