"""GPX 1.0 and 1.1: tracks with times are recordings; tracks without, routes and waypoints are counted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from homestretch.formats import Format, RouteFormat
from homestretch.formats._cells import NO_OFFSET, Indices, time_of
from homestretch.formats._clock import UNSET_MS, corrects, point_times
from homestretch.formats._columns import channels
from homestretch.formats._gpx_write import encode
from homestretch.formats._heads import claims_root
from homestretch.formats._routes.gpx import read_routes, write_route
from homestretch.formats._tree import Document, children, local, read, text
from homestretch.model.channel import MISSING_64, Channel, Floats, Times
from homestretch.model.moment import Moment
from homestretch.model.recording import Decoded, Device, Pause, Recording
from homestretch.model.sport import GENERIC, Sport
from homestretch.vendors.apple_routes import ROUTES, key_of_track
from homestretch.vendors.sport_names import sport_named

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["FORMAT", "Line", "decode", "encode", "line"]

#: Tracks further apart than this are activities of their own.
APART_MS = 12 * 3_600_000
#: Tracks that overlap by more than this were recorded by two.
OVERLAP_MS = 60_000
#: Elements by channel, whatever their namespace: GPX, Garmin's extensions, Cluetrust's, Strava's; the first that
#: a point has counts.
_CHANNELS = {
    "latitude": ("@lat",),
    "longitude": ("@lon",),
    "altitude_m": ("ele",),
    "heart_rate_bpm": ("hr", "heartrate", "HeartRateBpm"),
    "cadence_rpm": ("cad", "cadence", "RunCadence"),
    "power_w": ("PowerInWatts", "power", "watts", "Watts", "pow"),
    "temperature_c": ("atemp", "temp"),
    "water_temperature_c": ("wtemp",),
    "depth_m": ("depth",),
    "speed_mps": ("speed",),
    "course_deg": ("course", "bearing"),
    "distance_m": ("distance",),
    "hdop": ("hdop",),
    "vdop": ("vdop",),
    "satellites": ("sat",),
}
_WANTED = frozenset(name for names in _CHANNELS.values() for name in names) | {"time"}


@dataclass(frozen=True, slots=True, eq=False)
class _Track:
    """A track's points that have a time, by segment, from `first` to `last` ms UTC."""

    element: "Element"
    segments: list[Indices]
    first: int
    last: int
    sport: Sport


def decode(data: bytes) -> Decoded:
    """Return a GPX file's recordings.

    Tracks make one recording, a pause between any two segments, unless they lie 12 hours apart, overlap, or name
    different sports (then they are legs of one part).
    """
    document = read(data, "trkpt", _WANTED, ("lat", "lon"))
    if document is None:
        return Decoded(format="gpx", kind="unknown", notes=("xml_damaged",))
    times, offsets, interpolated = point_times(document, "time")
    tracks = [_track(document, element, times) for element in children(document.root, "trk")]
    values = {key: document.points.first_of(names) for key, names in _CHANNELS.items()}
    found = sorted((t for t in tracks if t.segments), key=lambda t: (t.first, -t.last))
    timed = _once(found, times, values)
    recordings = tuple(
        _recording(document, values, (times, offsets), session, part, group)
        for session, (part, group) in enumerate(_groups(timed))
    )
    contents = _contents(document, tracks, times)
    notes = list(document.notes)
    notes += ["track_twice"] * (len(timed) < len(found))
    notes += ["decimal_comma"] * document.points.commas(("@lat", "@lon", "ele"))
    notes += [f"times_interpolated:{interpolated}"] if interpolated else []
    if contents.get("untimed_tracks") or (document.points.count and not timed):
        notes.append("no_time")
    elif untimed := contents.get("untimed_points"):
        notes.append(f"untimed_points:{untimed}")
    if recordings and (offsets[times != MISSING_64] == NO_OFFSET).all():
        notes.append("no_zone")
    kind = "activity" if recordings else "course" if contents else "unknown"
    return Decoded(format="gpx", kind=kind, recordings=recordings, notes=tuple(notes), contents=contents)


class Line(NamedTuple):
    """A way that somebody drew: its name, and its places (k,) in degrees."""

    name: str | None
    latitude: Floats
    longitude: Floats


def line(data: bytes) -> Line | None:
    """Return the first track, else the first route, of a GPX file that has two places or more; times don't matter."""
    for holder, point, inner in (("trk", "trkpt", "trkseg"), ("rte", "rtept", None)):
        document = read(data, point, (), ("lat", "lon"))
        if document is None:
            return None
        latitude, longitude = (document.points.numbers(name) for name in ("@lat", "@lon"))
        known = (np.abs(latitude) <= 90.0) & (np.abs(longitude) <= 180.0)
        for element in children(document.root, holder):
            holders = [element, *(children(element, inner) if inner else ())]
            rows = np.concatenate([document.points_in(one) for one in holders])
            rows = rows[known[rows]]
            if len(rows) > 1:
                return Line(text(element, "name"), latitude[rows], longitude[rows])
    return None


def _track(document: Document, element: "Element", times: Times) -> _Track:
    holders = [element, *(e for e in element.iter() if local(e) == "trkseg")]
    segments = [rows[times[rows] != MISSING_64] for rows in map(document.points_in, holders)]
    timed = [rows for rows in segments if len(rows)]
    found = times[np.concatenate(timed)] if timed else times[:0]
    sport = sport_named(text(element, "type"))
    if len(found) == 0 or (len(found) > 1 and found.min() == found.max()):
        return _Track(element, [], 0, 0, sport)  # all at one instant: a plan that bears the time of its making
    return _Track(element, timed, int(found.min()), int(found.max()), sport)


def _once(tracks: list[_Track], times: Times, values: dict[str, Floats]) -> list[_Track]:
    """Return tracks in order, without those whose every point another one has, at the same instant and place."""
    kept: list[_Track] = []
    for track in tracks:
        own = _points_of(track, times, values)
        if not any(own <= _points_of(other, times, values) for other in kept if other.last >= track.last):
            kept.append(track)
    return kept


def _points_of(track: _Track, times: Times, values: dict[str, Floats]) -> set[tuple[float, ...]]:
    rows = np.concatenate(track.segments)
    columns = (times[rows], *(values[key][rows] for key in ("latitude", "longitude")))
    return set(zip(*(column.tolist() for column in columns), strict=True))


def _groups(tracks: list[_Track]) -> Iterator[tuple[int, list[_Track]]]:
    """Yield the tracks of each recording, in time order, with its part."""
    part, group = 0, list[_Track]()
    for track in tracks:
        if group and (_apart(group, track) or track.sport != group[-1].sport):
            yield part, group
            part += _apart(group, track)
            group = []
        group.append(track)
    if group:
        yield part, group


def _apart(group: list[_Track], track: _Track) -> bool:
    last = max(t.last for t in group)
    if last < UNSET_MS <= track.first:
        return False  # the clock was set between the two
    return track.first - last > APART_MS or last - track.first > OVERLAP_MS


def _recording(
    document: Document,
    columns: dict[str, Floats],
    timing: tuple[Times, Times],
    session: int,
    part: int,
    group: list[_Track],
) -> Recording:
    times, offsets = timing
    segments = sorted((s for t in group for s in t.segments), key=lambda s: int(times[s[0]]))
    rows = np.concatenate(segments)
    edges = [(int(times[a[-1]]), int(times[b[0]])) for a, b in pairwise(segments)]
    first = int(rows[0])
    start = _moment(int(times[first]), int(offsets[first]))
    element = group[0].element
    name = text(element, "name") or text(document.root, "metadata", "name") or text(document.root, "name")
    route = key_of_track(document.root.get("creator"), name)
    return Recording(
        session=session,
        part=part,
        sport=group[0].sport if group[0].sport.key != GENERIC else sport_named(_root_type(document)),
        start=_witnessed(document, start),
        end_ms=max(t.last for t in group),
        time_ms=times[rows],
        channels=_channels({key: values[rows] for key, values in columns.items()}),
        pauses=tuple(Pause(a, b) for a, b in edges if b > a),
        devices=_devices(document.root),
        name=name if route is None else None,
        links={} if route is None else {ROUTES: route},
        description=text(element, "desc") or text(element, "cmt") or text(document.root, "metadata", "desc"),
    )


def _channels(columns: dict[str, Floats]) -> dict[str, Channel]:
    """Return the channels; a distance that does not grow is that of each step (as OpenTracks writes it)."""
    distance = columns.pop("distance_m")
    known = distance[~np.isnan(distance)]
    columns["distance_m" if (np.diff(known) >= 0.0).all() else "step_m"] = distance
    return channels(columns)


def _moment(utc_ms: int, offset_s: int) -> Moment:
    """Return the start; `Z` says UTC and nothing of where the athlete was, an offset does."""
    return Moment(utc_ms, offset_s, None, "file") if offset_s not in {0, NO_OFFSET} else Moment(utc_ms)


def _witnessed(document: Document, start: Moment) -> Moment:
    """Return the file's own time instead of a start by a clock that was never set, or whose weeks began again."""
    stated = time_of(text(document.root, "metadata", "time") or text(document.root, "time"))
    return start if stated is None or not corrects(stated[0], start.utc_ms) else replace(start, utc_ms=stated[0])


def _root_type(document: Document) -> str | None:
    return text(document.root, "metadata", "type") or text(document.root, "type")


def _devices(root: "Element") -> tuple[Device, ...]:
    creator = (root.get("creator") or "").strip()
    return (Device(role="recorder", product=creator),) if creator else ()


def _contents(document: Document, tracks: list[_Track], times: Times) -> dict[str, int]:
    """Return how much of what is in the file and not in a recording."""
    root = document.root
    counts = {
        "waypoints": sum(1 for _ in children(root, "wpt")),
        "routes": sum(1 for _ in children(root, "rte")),
        "untimed_tracks": sum(1 for t in tracks if not t.segments),
        "untimed_points": int(np.count_nonzero(times == MISSING_64)),
    }
    return {name: count for name, count in counts.items() if count}


def _claims(head: bytes, name: str) -> float:
    return claims_root(head, name, "gpx", ".gpx")


FORMAT = Format(key="gpx", name="GPX", suffixes=(".gpx",), version=5, claims=_claims, decode=decode, routes=read_routes)
ROUTE = RouteFormat("gpx", "GPX route", "gpx", "application/gpx+xml", write_route)
