"""The heat map: tiles of how often one went where, by sport and between two days, in colours.

Whole years come from the counts; where a day cuts a year, its activities are drawn when the map is asked for.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select, tuple_

from homestretch.analysis.geo.heat import TILE_SIZE, VERSION, colour, png
from homestretch.analysis.geo.pyramid import AREA, DEEPEST, SHALLOWEST, deepest_of, tally_at, tile_of
from homestretch.analysis.geometry.tiles import EXPLORER_ZOOM, bounds
from homestretch.analysis.samples.samples import samples
from homestretch.model.documents.places import HeatState
from homestretch.store.codecs.counts import unpack_counts
from homestretch.store.database import Reader
from homestretch.store.queries.watermarks import CHANGED, DRAWN, watermark
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, heat_classes, heat_tiles, tracks
from homestretch.views.kit.lru_cache import LOOK_S, Abandoned, LruCache, never
from homestretch.views.kit.privacy import PrivacyMask, privacy_mask
from homestretch.views.kit.samples import activity_recording
from homestretch.views.kit.statistics_scope import day, everywhere, family_of, must_be_in_order
from homestretch.views.places.tiles import explored

type Whole = NDArray[np.int64]
type Sparse = tuple[Whole, Whole]
#: By sign, of each activity the columns and rows that it draws.
type Drawn = dict[int, list[tuple[Whole, Whole]]]

#: Zooms that a map asks for; between DEEPEST and the last one tiles are magnified.
ZOOMS = range(23)
#: The fullest colour is taken from at most so many tiles, evenly spread over all.
SAMPLED = 48
CHANNELS = ("latitude", "longitude", "speed_mps", "distance_m")
DAY = timedelta(days=1)
_PIXELS = TILE_SIZE.bit_length() - 1


@dataclass(frozen=True, slots=True)
class Heat:
    """What is drawn for a question: classes (family and year) as a whole, and edges: those between two days.

    An edge is added where its `sign` is 1, and taken from a whole class that counts it where that is -1. `mark`
    changes with anything that the answer depends on, and `gone` says whether no one waits for it any more.
    """

    watermark: str
    hidden: PrivacyMask
    whole: tuple[str, ...]
    edges: tuple["Edge", ...]
    gone: Callable[[], bool] = never


@dataclass(frozen=True, slots=True)
class Edge:
    """A sport family between two days (inclusive)."""

    family: str
    since: date
    until: date
    sign: int


#: What the activities of the edges draw at the deepest zoom, by question, and what that comes to at one zoom: all tiles
#: of a map need all of them.
_edges: LruCache[Drawn] = LruCache(3)
_tallies: LruCache[Sparse] = LruCache(12)
#: One question is drawn at a time: several would only wait for each other.
_drawing = Lock()
_peaks: LruCache[float] = LruCache(256)
_asked: LruCache[Heat] = LruCache(64)


def asked(
    reader: Reader,
    scope: Scope,
    family: str | None,
    since: date | None,
    until: date | None,
    gone: Callable[[], bool] = never,
) -> Heat:
    """Return what is drawn of a sport family (None: all) between two local days. Raises BadRequest."""
    must_be_in_order(since, until)
    hidden = privacy_mask(reader, scope)
    changed, drawn = (watermark(reader, scope.athlete_id, name) for name in (CHANGED, DRAWN))
    question = (scope.athlete_id, changed, drawn, hidden, family, since, until)
    made = hashlib.blake2b(repr((VERSION, *question)).encode(), digest_size=10).hexdigest()
    split = _asked.of(question, lambda: _split(reader, scope, Heat(made, hidden, (), ()), (family, since, until)))
    return replace(split, gone=gone)


def heat_tile(reader: Reader, scope: Scope, heat: Heat, zoom: int, x: int, y: int) -> bytes:
    """Return a tile of 256 by 256 pixels as PNG; where nothing was drawn, a clear one. Raises Abandoned."""
    deeper = max(zoom - DEEPEST, 0)
    held = zoom - deeper
    if held < SHALLOWEST or not (0 <= x < 1 << zoom and 0 <= y < 1 << zoom):
        return clear()
    counts = _counts(reader, scope, heat, held, x >> deeper, y >> deeper)
    if counts is None:
        return clear()
    counts = _magnified(counts.reshape(TILE_SIZE, TILE_SIZE), deeper, x, y)
    if heat.hidden.circles:
        counts = np.where(_free(heat.hidden, zoom, x, y), counts, 0)
    if not counts.any():
        return clear()
    peak = _peaks.of((heat.watermark, held), lambda: _peak(reader, scope, heat, held))
    return png(colour(np.minimum(counts, np.iinfo(np.uint16).max).astype(np.uint16), peak))


@cache
def clear() -> bytes:
    """Return a tile with nothing on it."""
    return png(np.zeros((TILE_SIZE, TILE_SIZE, 4), dtype=np.uint8))


def heat_state(reader: Reader, scope: Scope) -> HeatState:
    """Return how many activities are drawn and how many are still to be, the years and sports, and the box of all.

    The box (west, south, east, north) is that of the tiles of zoom 14 that the viewer may see.
    """
    classes = reader.rows(select(heat_classes).where(heat_classes.c.athlete_id == scope.athlete_id))
    there = {one for row in classes for one in row.drawn}
    table = activities.c
    query = select(table.id, table.sport, table.local_ms).join(tracks, tracks.c.activity_id == table.id)
    wanted = reader.rows(query.where(*everywhere(scope)))
    drawn = sum(str(row.id) in there for row in wanted)
    visited = explored(reader, scope, EXPLORER_ZOOM, None)
    box = None
    if len(visited.x):
        south, west, _, _ = bounds(int(visited.x.min()), int(visited.y.max()), EXPLORER_ZOOM)
        _, _, north, east = bounds(int(visited.x.max()), int(visited.y.min()), EXPLORER_ZOOM)
        box = [west, south, east, north]
    return {
        "drawn": drawn,
        "waiting": len(wanted) - drawn,
        "years": sorted({day(row.local_ms).year for row in wanted}, reverse=True),
        "families": sorted({family_of(row.sport) for row in wanted}),
        "bbox": box,
    }


def _split(reader: Reader, scope: Scope, heat: Heat, what: tuple[Any, ...]) -> Heat:
    """Return the classes that count as a whole, and those of which only some days do."""
    family, since, until = what
    rows = reader.rows(select(heat_classes.c["class"]).where(heat_classes.c.athlete_id == scope.athlete_id))
    whole: list[str] = []
    edges: list[Edge] = []
    for name in sorted(row[0] for row in rows):
        of, year = name.split("/")
        first, last = date(int(year), 1, 1), date(int(year), 12, 31)
        begin, end = max(since or first, first), min(until or last, last)
        if family not in (None, of) or begin > end:
            continue
        inside = Edge(of, begin, end, 1)
        beside = [Edge(of, first, begin - DAY, -1), Edge(of, end + DAY, last, -1)]
        more = {edge: _drawn(reader, scope, edge) for edge in (inside, *beside)}
        # Whichever is less to draw: what lies inside, or what lies beside it, which the class as a whole counts.
        if sum(more[edge] for edge in beside) <= more[inside]:
            whole.append(name)
            edges += [edge for edge in beside if more[edge]]
        elif more[inside]:
            edges.append(inside)
    return Heat(heat.watermark, heat.hidden, tuple(whole), tuple(edges))


def _drawn(reader: Reader, scope: Scope, edge: Edge) -> int:
    """Return how many activities an edge has."""
    query = select(func.count()).select_from(activities)
    return int(reader.scalar(query.where(*everywhere(scope, edge.since, edge.until, edge.family))))


def _counts(reader: Reader, scope: Scope, heat: Heat, zoom: int, x: int, y: int) -> Whole | None:
    """Return how often each pixel of a tile was drawn, shape (AREA,), or None where none was."""
    found = _stored(reader, scope, heat, zoom, [(x, y)]).get((x, y))
    first = (x << zoom | y) * AREA
    pixels, times = _edges_at(reader, scope, heat, zoom)
    begin, end = np.searchsorted(pixels, (first, first + AREA))
    if begin < end:
        found = np.zeros(AREA, dtype=np.int64) if found is None else found
        at = pixels[begin:end] - first
        found[at] = np.maximum(found[at] + times[begin:end], 0)  # what is still to be counted can't be taken away
    return found


_NONE = np.zeros(0, dtype=np.int64)


def _stored(
    reader: Reader, scope: Scope, heat: Heat, zoom: int, spots: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], Whole]:
    table = heat_tiles.c
    query = select(table.x, table.y, table.counts).where(
        table.athlete_id == scope.athlete_id,
        table["class"].in_(heat.whole),
        table.zoom == zoom,
        tuple_(table.x, table.y).in_(spots),
    )
    found: dict[tuple[int, int], Whole] = {}
    for row in reader.rows(query):
        pixels, times = unpack_counts(row.counts)
        found.setdefault((row.x, row.y), np.zeros(AREA, dtype=np.int64))[pixels] += times
    return found


def _edges_at(reader: Reader, scope: Scope, heat: Heat, zoom: int) -> Sparse:
    """Return the pixels, sorted, that the activities of all edges draw at a zoom, and how often."""
    if not heat.edges:
        return _NONE, _NONE
    drawn = _edges.of(heat.watermark, lambda: _draw(reader, scope, heat), heat.gone)
    return _tallies.of((heat.watermark, zoom), lambda: _difference(*(_tally(zoom, drawn[sign]) for sign in (1, -1))))


def _draw(reader: Reader, scope: Scope, heat: Heat) -> Drawn:
    """Draw every activity of the edges. Raises Abandoned as soon as no one waits for it."""
    of_routes = select(activities).join(tracks, tracks.c.activity_id == activities.c.id)
    every: Drawn = {1: [], -1: []}
    while not _drawing.acquire(timeout=LOOK_S):
        if heat.gone():
            raise Abandoned
    try:
        for edge in heat.edges:
            for row in reader.rows(of_routes.where(*everywhere(scope, edge.since, edge.until, edge.family))):
                if heat.gone():
                    raise Abandoned
                recording = activity_recording(reader, row, CHANNELS)
                if recording is not None:
                    every[edge.sign].append(deepest_of(samples(recording)))
    finally:
        _drawing.release()
    return every


def _tally(zoom: int, drawn: Sequence[tuple[Whole, Whole]]) -> Sparse:
    return tally_at(zoom, drawn) if any(len(x) for x, _ in drawn) else (_NONE, _NONE)


def _difference(added: Sparse, taken: Sparse) -> Sparse:
    """Return the pixels of both, sorted, and how much more often each is in the first."""
    pixels = np.concatenate((added[0], taken[0]))
    times = np.concatenate((added[1], -taken[1]))
    order = np.argsort(pixels, kind="stable")
    every, at = np.unique(pixels[order], return_index=True)
    return every, np.add.reduceat(times[order], at)


def _peak(reader: Reader, scope: Scope, heat: Heat, zoom: int) -> float:
    """Return the fullest coloured count at a zoom: the 99th percentile of what is drawn on a sample of tiles."""
    table = heat_tiles.c
    mine = (table.athlete_id == scope.athlete_id) & table["class"].in_(heat.whole) & (table.zoom == zoom)
    spots = {(row.x, row.y) for row in reader.rows(select(table.x, table.y).where(mine).distinct())}
    pixels, _ = _edges_at(reader, scope, heat, zoom)
    spots |= {tile_of(number, zoom) for number in set((pixels // AREA).tolist())}
    every = [_counts(reader, scope, heat, zoom, x, y) for x, y in _spread(sorted(spots))]
    return _percentile(one for one in every if one is not None)


def _spread[T](values: Sequence[T]) -> Iterable[T]:
    """Return at most SAMPLED of the values, evenly spread."""
    step = max(1, -(-len(values) // SAMPLED))
    return values[::step]


def _percentile(counts: Iterable[Whole]) -> float:
    drawn = [one[one > 0] for one in counts]
    return float(np.percentile(np.concatenate(drawn), 99)) if drawn else 1.0


def _magnified(counts: Whole, deeper: int, x: int, y: int) -> Whole:
    """Return the part of a tile (size, size) that a tile so many zooms deeper shows, each pixel as a square."""
    if deeper == 0:
        return counts
    size = max(TILE_SIZE >> deeper, 1)
    within = (1 << deeper) - 1
    left, top = ((one & within) * TILE_SIZE >> deeper for one in (x, y))
    part = counts[top : top + size, left : left + size]
    return np.kron(part, np.ones((TILE_SIZE // size, TILE_SIZE // size), dtype=counts.dtype))


def _free(hidden: PrivacyMask, zoom: int, x: int, y: int) -> NDArray[np.bool_]:
    """Return which pixels of a tile (size, size) lie outside every circle."""
    columns = (x << _PIXELS) + np.arange(TILE_SIZE)[None, :]
    rows = (y << _PIXELS) + np.arange(TILE_SIZE)[:, None]
    return hidden.free(columns, rows, zoom + _PIXELS)
