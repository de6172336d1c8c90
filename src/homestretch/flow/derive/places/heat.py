"""The heat map: counts per pixel and tile, by class (sport family and year), kept up to date as activities come and go.

Activities that are new are added to their class. Where one is gone or goes another way now, its class is drawn again.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from sqlalchemy import delete, select, tuple_

from homestretch.analysis.geo.heat import MOST, VERSION, tally
from homestretch.analysis.geo.pyramid import AREA, drawn_by, tile_of
from homestretch.analysis.geometry.tiles import Whole
from homestretch.analysis.measure.measure import read
from homestretch.flow.derive.compute.fingerprints import BASE
from homestretch.flow.derive.compute.fused_samples import samples_in
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.watermarks import set_watermark, touch
from homestretch.model.moment import day_of
from homestretch.model.sport import Sport
from homestretch.store.codecs.counts import Counts, pack_counts, unpack_counts
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.watermarks import CHANGED, DRAWN, marks_of_all, watermark
from homestretch.store.tables.derived import activities, heat_classes, heat_tiles, measures, tracks

JOB = "heat"
#: So many activities are drawn in one transaction.
PORTION = 300
CHANNELS = ("latitude", "longitude", "speed_mps", "distance_m")

#: Activities of a class, and what each one's track was made of.
type Drawn = dict[str, str]
#: An athlete, a class and a zoom.
type Place = tuple[int, str, int]


def cold_athletes(context: Context) -> list[int]:
    """Return the athletes with changes since their heat map was drawn."""
    with context.database.read() as reader:
        drawn, changed = marks_of_all(reader, JOB), marks_of_all(reader, CHANGED)
    return [one for one in sorted(changed) if drawn.get(one) != _at(changed[one])]


def draw_heat(context: Context, athlete_id: int) -> int:
    """Bring the athlete's heat map up to date; return how many activities were drawn."""
    with context.database.read() as reader:
        seen = _today(reader, athlete_id)
        wanted = _wanted(reader, athlete_id)
        there = _there(reader, athlete_id)
    count = 0
    for name in sorted(wanted.keys() | there.keys()):
        drawn, expected = there.get(name, {}), wanted.get(name, {})
        if any(expected.get(one) != made for one, made in drawn.items()):
            _forget(context, athlete_id, name)
            drawn = {}
        new = sorted(expected.keys() - drawn.keys(), key=int)
        for at in range(0, len(new), PORTION):
            portion = {one: expected[one] for one in new[at : at + PORTION]}
            drawn = drawn | portion
            _add(context, athlete_id, name, portion, drawn)
        count += len(new)
    with context.database.write() as session:
        set_watermark(session, athlete_id, JOB, seen)
    return count


def class_of(sport: str, sub_sport: str | None, local_ms: int) -> str:
    """Return the class that an activity is counted in: its sport family and year."""
    return f"{Sport(sport, sub_sport).family}/{day_of(local_ms)[:4]}"


def _today(reader: Reader, athlete_id: int) -> str:
    return _at(watermark(reader, athlete_id, CHANGED))


def _at(changed: str | None) -> str:
    return f"{VERSION} {changed}"


def _wanted(reader: Reader, athlete_id: int) -> dict[str, Drawn]:
    """Return the activities that are to be drawn by class."""
    query = (
        select(activities.c.id, activities.c.sport, activities.c.sub_sport, activities.c.local_ms, measures.c.computed)
        .join(tracks, tracks.c.activity_id == activities.c.id)
        .join(measures, measures.c.activity_id == activities.c.id)
        .where(activities.c.athlete_id == athlete_id, ~activities.c.deleted, ~activities.c.hidden)
    )
    found: dict[str, Drawn] = {}
    for row in reader.rows(query):
        made = read(row.computed)
        name = class_of(row.sport, row.sub_sport, row.local_ms)
        found.setdefault(name, {})[str(row.id)] = f"{made.get(BASE)} {made.get('track')}"
    return found


def _there(reader: Reader, athlete_id: int) -> dict[str, Drawn]:
    query = select(heat_classes).where(heat_classes.c.athlete_id == athlete_id)
    return {getattr(row, "class"): row.drawn for row in reader.rows(query)}


def _forget(context: Context, athlete_id: int, name: str) -> None:
    with context.database.write() as session:
        for table in (heat_tiles, heat_classes):
            session.run(delete(table).where(table.c.athlete_id == athlete_id, table.c["class"] == name))
        touch(session, athlete_id, DRAWN)


def _add(context: Context, athlete_id: int, name: str, portion: Mapping[str, str], drawn: Drawn) -> None:
    """Add activities to their class: counts and the list of what is drawn, in one transaction."""
    with context.database.read() as reader:
        pixels_of = list(_drawn(reader, [int(one) for one in portion]))
    zooms = sorted({zoom for one in pixels_of for zoom in one})
    counted = [(zoom, *tally([one[zoom] for one in pixels_of if zoom in one])) for zoom in zooms]
    fresh = len(drawn) == len(portion)
    with context.database.write() as session:
        lock_athlete(session, athlete_id)
        for zoom, pixels, times in counted:
            _put(session, (athlete_id, name, zoom), (pixels, times), fresh=fresh)
        session.put(heat_classes, [{"athlete_id": athlete_id, "class": name, "drawn": drawn}])
        touch(session, athlete_id, DRAWN)


def _drawn(reader: Reader, activity_ids: Sequence[int]) -> Iterable[dict[int, Whole]]:
    """Yield the pixels of each activity by zoom."""
    for row in reader.rows(select(activities).where(activities.c.id.in_(activity_ids))):
        cleaned = samples_in(reader, row, CHANNELS)
        if cleaned is not None:
            yield drawn_by(cleaned)


def _put(session: Writer, place: Place, counts: tuple[Whole, Whole], *, fresh: bool) -> None:
    """Add counts (k,) of pixels (k,), sorted, to the tiles that they are in; a `fresh` class has none yet."""
    athlete_id, name, zoom = place
    pixels, times = counts
    tile = pixels // AREA
    begin = np.flatnonzero(np.concatenate(([True], tile[1:] != tile[:-1])))
    end = np.append(begin[1:], len(tile)).tolist()
    inner = (pixels % AREA).astype(np.uint16)
    spots = [tile_of(one, zoom) for one in tile[begin].tolist()]
    old = {} if fresh else _old(session, place, spots)
    rows = []
    for (x, y), first, last in zip(spots, begin.tolist(), end, strict=True):
        packed = _sum(old.get((x, y)), inner[first:last], times[first:last])
        rows.append({"athlete_id": athlete_id, "class": name, "zoom": zoom, "x": x, "y": y, "counts": packed})
    session.put(heat_tiles, rows)


def _sum(old: bytes | None, pixels: Counts, times: Whole) -> bytes:
    """Return the counts of a tile with more of them added, packed; none gets beyond what its bits hold."""
    if old is not None:
        pixels, times = _added(unpack_counts(old), (pixels, times))
    return pack_counts(pixels, np.minimum(times, MOST).astype(np.uint16))


def _added(one: tuple[Counts, Counts], other: tuple[Counts, Whole]) -> tuple[Counts, Whole]:
    """Return the counts of two lists of pixels, each sorted, as of one."""
    pixels = np.union1d(one[0], other[0])
    times = np.zeros(len(pixels), dtype=np.int64)
    for own, often in (one, other):
        times[np.searchsorted(pixels, own)] += often
    return pixels, times


def _old(session: Reader, place: Place, spots: Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    table = heat_tiles.c
    athlete_id, name, zoom = place
    of = (table.athlete_id == athlete_id) & (table["class"] == name) & (table.zoom == zoom)
    found: dict[tuple[int, int], bytes] = {}
    for at in range(0, len(spots), 200):
        these = tuple_(table.x, table.y).in_(spots[at : at + 200])
        query = select(table.x, table.y, table.counts).where(of, these)
        found |= {(row.x, row.y): row.counts for row in session.rows(query)}
    return found
