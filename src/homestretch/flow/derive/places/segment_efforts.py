"""Times segments: every activity's track is compared with every segment that it has not been compared with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Row, delete, exists, func, select, update

from homestretch.analysis.geo.efforts import Effort, efforts_on, track_of
from homestretch.analysis.geo.segments import PRECISION, SHARE, VERSION, Segment, prepare
from homestretch.analysis.geometry import polyline
from homestretch.analysis.geometry.tiles import Cells, dilated
from homestretch.analysis.samples.samples import Samples
from homestretch.flow.derive.compute.fused_samples import samples_in
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.watermarks import set_watermark, touch
from homestretch.model.channel import Floats
from homestretch.model.sport import Sport
from homestretch.store.codecs.cells import unpack_cells
from homestretch.store.database import Reader
from homestretch.store.queries.watermarks import marks_of_all, watermark
from homestretch.store.tables.derived import activities, efforts, tracks
from homestretch.store.tables.kept import segments

JOB = "segments"
PORTION = 100
#: What is read of a recording: places, what makes its clock, and what an effort's means are of.
CHANNELS = ("latitude", "longitude", "distance_m", "speed_mps", "power_w", "heart_rate_bpm")

type Values = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Segments by their number, which of them start where, and the revision of each."""

    segments: Mapping[int, Segment]
    families: Mapping[int, str]
    revisions: Mapping[int, int]
    by_start: Mapping[int, Sequence[int]]

    @property
    def newest(self) -> int:
        """Return the highest revision."""
        return max(self.revisions.values(), default=0)

    def candidates(self, cells: Cells, family: str, seen: int) -> Iterator[int]:
        """Yield the segments newer than `seen` that a track of a sport family through these cells may have followed."""
        starting = {number for cell in cells.tolist() for number in self.by_start.get(cell, ())}
        fresh = [n for n in starting if self.revisions[n] > seen and self.families[n] == family]
        around = dilated(cells) if fresh else cells
        for number in sorted(fresh):
            segment = self.segments[number]
            near = np.count_nonzero(np.isin(segment.cells, around))
            if near >= SHARE * len(segment.cells) and np.isin(segment.end_cells, cells).any():
                yield number


def untimed_athletes(context: Context) -> list[int]:
    """Return the athletes who have tracks that were not compared with all of their segments."""
    newest = (
        select(segments.c.athlete_id, func.max(segments.c.revision).label("revision"))
        .where(segments.c.deleted_ms.is_(None))
        .group_by(segments.c.athlete_id)
        .subquery()
    )
    behind = exists().where(tracks.c.athlete_id == newest.c.athlete_id, tracks.c.segments_seen < newest.c.revision)
    with context.database.read() as reader:
        known, rules = marks_of_all(reader, JOB), _rules()
        rows = reader.rows(select(newest.c.athlete_id, behind.label("behind")).order_by(newest.c.athlete_id))
        return [row.athlete_id for row in rows if row.behind or known.get(row.athlete_id) != rules]


def time_segments(context: Context, athlete_id: int) -> int:
    """Compare what has not been compared; return how many tracks that were.

    This ends: a track that was looked at has seen the newest segment, unless it was made again in between.
    """
    _take_notice(context, athlete_id)
    with context.database.read() as reader:
        known = known_segments(reader, athlete_id)
    count = 0
    while rows := _portion(context, athlete_id, known.newest):
        found = {}
        for row in rows:
            with context.database.read() as reader:
                found[row.activity_id] = _times(reader, known, row)
        _keep(context, athlete_id, known, rows, found)
        count += len(rows)
    return count


def known_segments(reader: Reader, athlete_id: int) -> Known:
    """Return the athlete's segments, made ready."""
    mine = (segments.c.athlete_id == athlete_id) & segments.c.deleted_ms.is_(None)
    rows = reader.rows(select(segments).where(mine).order_by(segments.c.id))
    prepared = {row.id: prepare(*polyline.decode(row.line, PRECISION)) for row in rows}
    by_start: dict[int, list[int]] = {}
    for number, segment in prepared.items():
        for cell in segment.start_cells.tolist():
            by_start.setdefault(cell, []).append(number)
    families = {row.id: row.family for row in rows}
    return Known(prepared, families, {row.id: row.revision for row in rows}, by_start)


def _portion(context: Context, athlete_id: int, newest: int) -> Sequence[Row[Any]]:
    query = (
        select(tracks.c.activity_id, tracks.c.cells, tracks.c.segments_seen, activities.c.start_ms)
        .add_columns(activities.c.sport, activities.c.sub_sport, activities.c.primary_id)
        .add_columns(activities.c.id, activities.c.athlete_id, activities.c.provenance)
        .join(activities, activities.c.id == tracks.c.activity_id)
        .where(tracks.c.athlete_id == athlete_id, tracks.c.segments_seen < newest)
        .order_by(tracks.c.activity_id.desc())
        .limit(PORTION)
    )
    with context.database.read() as reader:
        return reader.rows(query)


def _times(reader: Reader, known: Known, row: Row[Any]) -> list[Values]:
    """Return the efforts of an activity on the segments that it was not compared with."""
    family = Sport(row.sport, row.sub_sport).family
    numbers = list(known.candidates(unpack_cells(row.cells), family, row.segments_seen))
    cleaned = samples_in(reader, row, CHANNELS) if numbers else None
    if cleaned is None or cleaned.places is None:
        return []
    shift = (cleaned.axis.start_ms - row.start_ms) / 1000.0
    track = track_of(cleaned.axis.t[cleaned.places.at] + shift, cleaned.places.latitude, cleaned.places.longitude)
    found = []
    for number in numbers:
        there = efforts_on(known.segments[number], track, family)
        found += [_effort_row(number, row.activity_id, effort, cleaned, shift) for effort in there]
    return found


def _effort_row(number: int, activity_id: int, effort: Effort, cleaned: Samples, shift: float) -> Values:
    t = cleaned.axis.t + shift
    inside = (t >= effort.start_s) & (t <= effort.end_s)
    return {
        "segment_id": number,
        "activity_id": activity_id,
        "start_s": round(effort.start_s, 3),
        "elapsed_s": round(effort.elapsed_s, 3),
        "avg_power_w": _mean(cleaned, "power_w", inside),
        "avg_hr_bpm": _mean(cleaned, "heart_rate_bpm", inside),
        "deviation_m": effort.max_deviation_m,
    }


def _mean(cleaned: Samples, key: str, inside: np.ndarray) -> float | None:
    values: Floats | None = cleaned.values(key)
    if values is None:
        return None
    held = inside & ~np.isnan(values) & (cleaned.steps.weight > 0.0)
    weight = cleaned.steps.weight[held]
    return float(values[held] @ weight / weight.sum()) if held.any() else None


def _keep(
    context: Context, athlete_id: int, known: Known, rows: Sequence[Row[Any]], found: Mapping[int, list[Values]]
) -> None:
    """Keep the efforts of tracks that are still the same; a track that changed in between is compared again."""
    with context.database.write() as session:
        lock_athlete(session, athlete_id)
        for row in rows:
            same = (tracks.c.activity_id == row.activity_id) & (tracks.c.segments_seen == row.segments_seen)
            same &= tracks.c.cells == row.cells
            if session.run(update(tracks).where(same).values(segments_seen=known.newest)):
                session.put(efforts, found[row.activity_id])
        if any(found.values()):
            touch(session, athlete_id)


def _rules() -> str:
    """Return what the rules by which tracks are compared today are called."""
    return f"segments.{VERSION}"


def _take_notice(context: Context, athlete_id: int) -> None:
    """Compare everything again where an older version of the rules did it."""
    with context.database.write() as session:
        if watermark(session, athlete_id, JOB) == _rules():
            return
        of = select(tracks.c.activity_id).where(tracks.c.athlete_id == athlete_id)
        session.run(delete(efforts).where(efforts.c.activity_id.in_(of)))
        session.run(update(tracks).where(tracks.c.athlete_id == athlete_id).values(segments_seen=0))
        set_watermark(session, athlete_id, JOB, _rules())
