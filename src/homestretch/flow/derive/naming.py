"""The name of an activity without a name of its own."""

from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import Row, select

from homestretch.model.sport import Sport
from homestretch.sources.registry import forbidding
from homestretch.store.database import Reader
from homestretch.store.queries.arrivals import in_force
from homestretch.store.queries.edits import PORTION
from homestretch.store.tables.derived import titles
from homestretch.store.tables.kept import arrivals
from homestretch.vendors.given_names import Given, given

_WORDS = {
    "cycling": "Ride", "e_biking": "E-Bike Ride", "running": "Run", "walking": "Walk", "hiking": "Hike",
    "swimming": "Swim", "rowing": "Row", "multisport": "Multisport", "transition": "Transition",
    "training": "Workout", "fitness_equipment": "Workout", "generic": "Activity",
    "cross_country_skiing": "Cross-Country Ski", "alpine_skiing": "Alpine Ski",
}  # fmt: skip
_KINDS = {
    ("running", "trail"): "Trail Run", ("running", "treadmill"): "Treadmill Run", ("running", "track"): "Track Run",
    ("cycling", "mountain"): "Mountain Bike Ride", ("cycling", "gravel_cycling"): "Gravel Ride",
    ("cycling", "indoor_cycling"): "Indoor Ride", ("cycling", "virtual_activity"): "Virtual Ride",
    ("swimming", "lap_swimming"): "Pool Swim", ("swimming", "open_water"): "Open-Water Swim",
    ("training", "strength_training"): "Strength Training", ("training", "yoga"): "Yoga",
}  # fmt: skip
#: Sources and formats whose generated names always contain the part of the day: a person wrote `Yoga`.
_SAYS_DAY = frozenset({"strava", "strava_archive"})
_CALLED = ("source", "name", "description", "sport", "sub_sport")
_PARTS = ((5, "Night"), (11, "Morning"), (14, "Lunch"), (18, "Afternoon"), (22, "Evening"), (24, "Night"))


def own_name(name: str | None, source: str | None = None) -> str | None:
    """Return what a source or format calls a recording, unless that was made up by a device or a service."""
    return None if _given(name, source) is Given.NOT else " ".join((name or "").split())


def best_name(names: Iterable[tuple[str | None, str | None]]) -> str | None:
    """Return the first of the names (and who calls it so) that a person gave, else that perhaps one did, else None."""
    best = max(names, key=lambda one: _given(*one), default=(None, None))
    return best[0] if _given(*best) else None


def _given(name: str | None, source: str | None) -> Given:
    return given(name, source in _SAYS_DAY)


def default_name(sport: Sport, local_ms: int) -> str:
    """Return a name by the part of the day and the sport, such as `Morning Run`."""
    hour = local_ms // 3_600_000 % 24
    part = next(name for until, name in _PARTS if hour < until)
    word = _KINDS.get((sport.key, sport.sub or ""), _WORDS.get(sport.key, sport.key.replace("_", " ").title()))
    return f"{part} {word}"


def called_by_providers(reader: Reader, athlete_id: int, digests: Sequence[str]) -> dict[str, list[Row[Any]]]:
    """Return what providers call the activities of files, by digest, in the order of the providers and their keys.

    Those whose terms forbid blending give no names.
    """
    came = (
        select(arrivals.c.digest, titles.c.key, *(titles.c[name] for name in _CALLED))
        .join(
            titles,
            (titles.c.athlete_id == arrivals.c.athlete_id)
            & (titles.c.source == arrivals.c.provider)
            & (titles.c.key == arrivals.c.provider_key),
        )
        .where(arrivals.c.athlete_id == athlete_id, in_force())
        .where(titles.c.source.not_in(forbidding("blend")))
        .order_by(titles.c.source, titles.c.key)
        .distinct()
    )
    found: dict[str, list[Row[Any]]] = {}
    for part in batched(sorted(set(digests)), PORTION):
        for row in reader.rows(came.where(arrivals.c.digest.in_(part))):
            found.setdefault(row.digest, []).append(row)
    return found
