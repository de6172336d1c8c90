"""Routes of Apple Health: GPX files that a workout refers to by path, and that name themselves by the same words."""

import re

#: What the routes are called as a source of keys, and what writes them.
ROUTES, CREATOR = "apple_route", "Apple Health Export"
_NAME = re.compile(r"Route (\d{4}-\d\d-\d\d) (\d{1,2})[:.](\d\d)\s?([ap]m)", re.IGNORECASE)


def route_key(path: str) -> str:
    """Return the key of a route from its path, such as `/workout-routes/route_2026-06-10_8.00am.gpx`."""
    return path.rpartition("/")[2].lower().removesuffix(".gpx")


def key_of_track(creator: str | None, name: str | None) -> str | None:
    """Return the key of a route from what wrote the file and the track's name; None for any other track."""
    found = _NAME.fullmatch((name or "").strip()) if creator == CREATOR else None
    return None if found is None else f"route_{found[1]}_{found[2]}.{found[3]}{found[4]}".lower()
