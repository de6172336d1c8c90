"""Lines on the map as stores keep them: encoded polylines, GeoJSON, lists of points; and GPX of them."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

import orjson

from homestretch.analysis.geometry import polyline

type Points = Sequence[tuple[float, float]]
_LATITUDE = ("lat", "latitude")
_LONGITUDE = ("lng", "lon", "long", "longitude")


def points_of(stored: str) -> Points:
    """Return (latitude, longitude) in degrees of a line; none where it is no line of at least two places."""
    text = stored.strip()
    if text.startswith(("[", "{")):
        try:
            found = list(_points(orjson.loads(text), swapped=False))
        except (orjson.JSONDecodeError, RecursionError):
            return []
    elif text and all("?" <= sign <= "~" for sign in text):
        latitude, longitude = polyline.decode(text)
        found = list(zip(latitude.tolist(), longitude.tolist(), strict=True))
    else:
        return []
    sound = all(-90 <= latitude <= 90 and -180 <= longitude <= 180 for latitude, longitude in found)
    return found if sound and len(found) > 1 else []


def _points(value: object, *, swapped: bool) -> Iterator[tuple[float, float]]:
    """Yield the places in JSON; GeoJSON has the longitude first."""
    if isinstance(value, Mapping):
        latitude, longitude = (next((value[name] for name in names if name in value), None)
                               for names in (_LATITUDE, _LONGITUDE))  # fmt: skip
        if isinstance(latitude, int | float) and isinstance(longitude, int | float):
            yield float(latitude), float(longitude)
        for name in ("geometry", "coordinates", "points", "features"):
            if name in value:
                yield from _points(value[name], swapped=swapped or name in ("geometry", "coordinates", "features"))
    elif isinstance(value, list):
        if len(value) in (2, 3) and all(isinstance(one, int | float) for one in value):
            first, second = float(value[0]), float(value[1])
            yield (second, first) if swapped else (first, second)
        else:
            for one in value:
                yield from _points(one, swapped=swapped)


def gpx_of(name: str, points: Points) -> bytes:
    """Return a line as a GPX route."""
    places = "".join(f'<rtept lat="{latitude:.7f}" lon="{longitude:.7f}"/>' for latitude, longitude in points)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Homestretch"'
    called = escape("".join(sign for sign in name if sign.isprintable()))
    return f'{head} xmlns="http://www.topografix.com/GPX/1/1"><rte><name>{called}</name>{places}</rte></gpx>\n'.encode()
