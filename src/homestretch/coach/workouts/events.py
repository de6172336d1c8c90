"""How long an event takes and what it costs, where only its distance is known."""

from collections.abc import Mapping
from dataclasses import replace
from math import log2

from homestretch.model.coach.plan import Event

#: Riegel's exponent (1977): the time for a distance grows with this power of it.
RIEGEL = 1.06
#: What an athlete whose threshold is unknown does on the day, in km/h.
TYPICAL_KMH: Mapping[str, float] = {"run": 10.0, "ride": 26.0, "swim": 2.5, "walk": 5.0, "hike": 4.0, "row": 10.0}
OTHER_KMH = 10.0
#: The intensity of an hour, how much of it each doubling of the time costs, and the least that is left.
HOUR_INTENSITY = {"run": 1.0, "swim": 1.0}
OTHER_INTENSITY = 0.95
PER_DOUBLING, LEAST = 0.08, 0.55


def estimated_event(event: Event, speeds: Mapping[str, float]) -> Event:
    """Return an event with its duration (hours) and load, estimated where they are unknown.

    `speeds` are threshold speeds in m/s by sport: what is held for an hour. A target time decides before a distance.
    """
    hours = event.duration_h
    if hours is None and event.target_s is not None:
        hours = event.target_s / 3600
    if hours is None and event.distance_km is not None:
        hours = _hours(event.sport, event.distance_km, speeds.get(event.sport))
    if hours is None or hours <= 0:
        return event
    load = event.load if event.load is not None else round(100 * hours * _intensity(event.sport, hours) ** 2)
    return replace(event, duration_h=round(hours, 2), load=float(load))


def _hours(sport: str, distance_km: float, speed: float | None) -> float:
    if speed is None or sport not in ("run", "swim"):
        return distance_km / TYPICAL_KMH.get(sport, OTHER_KMH)
    of_an_hour = speed * 3.6
    return float((distance_km / of_an_hour) ** RIEGEL)


def _intensity(sport: str, hours: float) -> float:
    hour = HOUR_INTENSITY.get(sport, OTHER_INTENSITY)
    return max(min(hour - PER_DOUBLING * log2(max(hours, 0.05)), 1.05), LEAST)
