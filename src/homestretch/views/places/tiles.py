"""Explorer tiles: which squares of the map were visited and when first, the largest square and cluster of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select

from homestretch.analysis.geometry.tiles import EXPLORER_ZOOM, SEARCH_ZOOM, Square, clusters, max_square, tile_of
from homestretch.errors import BadRequest
from homestretch.model.documents.places import NewTiles, TileState
from homestretch.store.codecs.cells import unpack_each
from homestretch.store.database import Reader
from homestretch.store.queries.watermarks import CHANGED, watermark
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, cells, tracks
from homestretch.views.kit.lru_cache import LruCache
from homestretch.views.kit.privacy import PrivacyMask, privacy_mask
from homestretch.views.kit.statistics_scope import day, everywhere, must_be_in_order

type Whole = NDArray[np.int64]
type Box = tuple[float, float, float, float]

ZOOMS = (EXPLORER_ZOOM, SEARCH_ZOOM)
#: So many activities with new tiles are listed by name.
NEWEST = 10


class Visit(NamedTuple):
    """An activity that was the first in some tile: its public id, and its start in ms on the local clock."""

    public_id: str
    local_ms: int


@dataclass(frozen=True, slots=True, eq=False)
class Explored:
    """The n tiles visited at a zoom: columns and rows, and by which of the activities each was first.

    `group` numbers clusters from the largest, 0, on; -1 is a tile in none. `visits` are the activities that
    were the first anywhere, in order of time.
    """

    x: Whole
    y: Whole
    first: Whole
    group: Whole
    square: Square | None
    cluster: int
    visits: Sequence[Visit]


_recent: LruCache[Explored] = LruCache(8)


def tiles(
    reader: Reader,
    scope: Scope,
    zoom: int,
    family: str | None = None,
    since: date | None = None,
    until: date | None = None,
    box: Box | None = None,
) -> TileState:
    """Return the tiles visited by a sport family between two local days, those in a box (west, south, east, north)."""
    found = explored(reader, scope, zoom, family, since, until)
    inside = slice(None) if box is None else np.flatnonzero(_inside(found, zoom, box))
    square = found.square
    return {
        "zoom": zoom,
        "count": len(found.x),
        "square": None if square is None else {"size": square.size, "x": square.x, "y": square.y},
        "cluster": found.cluster,
        "x": found.x[inside].tolist(),
        "y": found.y[inside].tolist(),
        "first": found.first[inside].tolist(),
        "group": found.group[inside].tolist(),
        "days": [day(row.local_ms).isoformat() for row in found.visits],
        "activities": [row.public_id for row in found.visits],
        "newest": _newest(found),
    }


def explored(
    reader: Reader, scope: Scope, zoom: int, family: str | None, since: date | None = None, until: date | None = None
) -> Explored:
    """Return the tiles visited, without those that touch a circle hidden from the viewer. Raises BadRequest."""
    if zoom not in ZOOMS:
        raise BadRequest(reason=f"Tiles are available at zoom {ZOOMS[0]} and {ZOOMS[1]}.")
    must_be_in_order(since, until)
    seen = watermark(reader, scope.athlete_id, CHANGED)
    hidden = privacy_mask(reader, scope)
    question = (scope.athlete_id, seen, zoom, family, since, until, hidden)
    return _recent.of(question, lambda: _explore(reader, scope, hidden, zoom, (since, until, family)))


def _explore(reader: Reader, scope: Scope, hidden: PrivacyMask, zoom: int, what: tuple[Any, ...]) -> Explored:
    visited, first, came = (_coarse if zoom == EXPLORER_ZOOM else _fine)(reader, scope, what)
    x, y = tile_of(visited)
    if hidden.circles:
        free = hidden.free(x, y, zoom)
        x, y, first = x[free], y[free], first[free]
    both = np.column_stack((x, y))
    joined = clusters(both)
    numbers, place = np.unique(first, return_inverse=True)
    visits = [came[number] for number in numbers.tolist()]
    return Explored(x, y, place, joined.group, max_square(both), joined.largest, visits)


def _coarse(reader: Reader, scope: Scope, what: tuple[Any, ...]) -> tuple[Whole, Whole, Sequence[Visit]]:
    """Return the cells of the table, sorted, the number of the first activity in each, and the activities."""
    table = activities.c
    order = (table.start_ms, table.id)
    rows = reader.rows(
        select(table.id, table.public_id, table.local_ms).where(*everywhere(scope, *what)).order_by(*order)
    )
    number = (func.row_number().over(order_by=order) - 1).label("n")
    ranked = select(table.id, number).where(*everywhere(scope, *what)).cte("ranked")
    query = (
        select(cells.c.cell, func.min(ranked.c.n).label("n"))
        .join(ranked, ranked.c.id == cells.c.activity_id)
        .group_by(cells.c.cell)
    )
    found = np.array([tuple(row) for row in reader.rows(query)], dtype=np.int64).reshape(-1, 2)
    found = found[np.argsort(found[:, 0])]
    return found[:, 0], found[:, 1], [Visit(row.public_id, row.local_ms) for row in rows]


def _fine(reader: Reader, scope: Scope, what: tuple[Any, ...]) -> tuple[Whole, Whole, Sequence[Visit]]:
    """Return the same of the cells that ways hold as blobs."""
    table = activities.c
    query = select(table.public_id, table.local_ms, tracks.c.cells).join(tracks, tracks.c.activity_id == table.id)
    rows = reader.rows(query.where(*everywhere(scope, *what)).order_by(table.start_ms, table.id))
    if not rows:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), []
    each = unpack_each([row.cells for row in rows])
    # A cell and who was there as one number: sorted, the first of a cell is the first who came.
    width = len(rows).bit_length()
    visits = np.sort(np.concatenate([(one << width) | n for n, one in enumerate(each)]))
    visited = visits >> width
    first = np.flatnonzero(np.concatenate(([True], visited[1:] != visited[:-1])))
    came = [Visit(row.public_id, row.local_ms) for row in rows]
    return visited[first], visits[first] & ((1 << width) - 1), came


def _inside(found: Explored, zoom: int, box: Box) -> NDArray[np.bool_]:
    """Return which tiles meet a box, which may reach over the date line (west > east)."""
    west, south, east, north = box
    count = 1 << zoom
    column = [(lon + 180.0) / 360.0 * count for lon in (west, east)]
    top, bottom = (
        (0.5 - np.arcsinh(np.tan(np.radians(np.clip(lat, -85.0, 85.0)))) / (2.0 * np.pi)) * count
        for lat in (north, south)
    )
    right, left = found.x + 1 > column[0], found.x <= column[1]
    across = right & left if west <= east else right | left
    return np.asarray(across & (found.y + 1 > top) & (found.y <= bottom))


def _newest(found: Explored) -> list[NewTiles]:
    """Return the last activities with new tiles, the newest first, and how many new tiles each has."""
    new = np.bincount(found.first, minlength=len(found.visits))
    last = list(zip(found.visits, new.tolist(), strict=True))[: -NEWEST - 1 : -1]
    return [{"activity": row.public_id, "day": day(row.local_ms).isoformat(), "tiles": count} for row, count in last]
