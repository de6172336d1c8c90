"""Segments: the list with how often and how fast, one with its times and trend, and those of an activity."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from homestretch.analysis.geo.segments import prepare
from homestretch.analysis.geometry import polyline
from homestretch.errors import NotFound
from homestretch.model.documents.places import SegmentBase, SegmentEffort, SegmentItem, SegmentTime, SegmentWhole
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.queries.refusals import not_refused
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, efforts, tracks
from homestretch.store.tables.kept import segments
from homestretch.views.kit.privacy import PrivacyMask, privacy_mask
from homestretch.views.kit.redacted import shown_of
from homestretch.views.kit.statistics_scope import day, everywhere, must_be_in_order

#: Decimals of a degree in a segment's line.
PRECISION = 6
MEDALS = 3


def segment_list(reader: Reader, scope: Scope) -> list[SegmentItem]:
    """Return the athlete's segments with how often each was done, the best time and the last one; newest first."""
    times = (
        select(
            efforts.c.segment_id,
            func.count().label("efforts"),
            func.min(efforts.c.elapsed_s).label("best_s"),
            func.max(activities.c.local_ms).label("last_ms"),
        )
        .join(activities, activities.c.id == efforts.c.activity_id)
        .where(*_ranked(scope))
        .group_by(efforts.c.segment_id)
        .subquery()
    )
    query = select(segments, times).outerjoin(times, times.c.segment_id == segments.c.id)
    query = query.where(segments.c.athlete_id == scope.athlete_id, segments.c.deleted_ms.is_(None))
    hidden = privacy_mask(reader, scope)
    return [
        {
            **_item(row),
            "efforts": row.efforts or 0,
            "best_s": row.best_s,
            "last_day": None if row.last_ms is None else day(row.last_ms).isoformat(),
        }
        for row in reader.rows(query.order_by(segments.c.id.desc()))
        if not _private(hidden, row)
    ]


def segment_whole(
    reader: Reader, scope: Scope, public_id: str, since: date | None = None, until: date | None = None
) -> SegmentWhole:
    """Return a segment with its times between two local days, ranked, in order of time. Raises NotFound."""
    must_be_in_order(since, until)
    row = segment_row(reader, scope, public_id)
    times = _times(reader, scope, row.id, since, until)
    ranks = {(e.activity_id, e.start_s): i + 1 for i, e in enumerate(sorted(times, key=_ranking))}
    begins = _begins(reader, scope, {e.activity_id for e in times})
    shown = [_effort(e, begins, ranks[e.activity_id, e.start_s]) for e in times]
    return {
        **_item(row),
        "deleted": row.deleted_ms is not None,
        "efforts": shown,
        "waiting": _waiting(reader, scope, row),
    }


def segment_row(reader: Reader, scope: Scope, public_id: str) -> Row[Any]:
    """Return a segment's row. Raises NotFound, also for one that the viewer must not know."""
    mine = (segments.c.public_id == public_id) & (segments.c.athlete_id == scope.athlete_id)
    row = reader.row(select(segments).where(mine))
    if row is None or _private(privacy_mask(reader, scope), row):
        raise NotFound(what="segment", id=public_id)
    return row


def _private(hidden: PrivacyMask, row: Row[Any]) -> bool:
    """Return whether a segment (its row with its line) leads through a hidden place: then it is hidden as a whole."""
    return bool(hidden.circles) and hidden.touches(*polyline.decode(row.line, PRECISION))


def efforts_of(reader: Reader, scope: Scope, activity_id: int) -> list[SegmentTime]:
    """Return an activity's times on segments, each with its rank of all and of its year."""
    query = (
        select(efforts, segments.c.public_id, segments.c.name, segments.c.line)
        .join(segments, segments.c.id == efforts.c.segment_id)
        .where(efforts.c.activity_id == activity_id, segments.c.deleted_ms.is_(None))
        .order_by(efforts.c.start_s)
    )
    hidden = privacy_mask(reader, scope)
    rows = [row for row in reader.rows(query) if not _private(hidden, row)]
    every = _times_by_segment(reader, scope, {row.segment_id for row in rows})
    return [_placed(row, every.get(row.segment_id, [])) for row in rows]


def _placed(row: Row[Any], times: Sequence[Row[Any]]) -> SegmentTime:
    """Return an effort among all times on its segment, which are without it where its activity does not count."""
    mine = next((e for e in times if _same(e, row)), None)
    of_year = [] if mine is None else [e for e in times if day(e.local_ms).year == day(mine.local_ms).year]
    return {
        "segment": row.public_id,
        "name": row.name,
        "start_s": row.start_s,
        "elapsed_s": row.elapsed_s,
        "avg_power_w": row.avg_power_w,
        "avg_hr_bpm": row.avg_hr_bpm,
        "rank": _rank(times, mine),
        "of": len(times),
        "best_s": min(times, key=_ranking).elapsed_s if times else row.elapsed_s,
        "rank_year": _rank(of_year, mine),
    }


def _rank(times: Sequence[Row[Any]], mine: Row[Any] | None) -> int | None:
    return None if mine is None else 1 + sum(_ranking(effort) < _ranking(mine) for effort in times)


def _times_by_segment(reader: Reader, scope: Scope, segment_ids: Collection[int]) -> dict[int, list[Row[Any]]]:
    """Return what ranks the times on segments, by segment, in one question."""
    if not segment_ids:
        return {}
    query = (
        select(
            efforts.c.segment_id,
            efforts.c.activity_id,
            efforts.c.start_s,
            efforts.c.elapsed_s,
            activities.c.start_ms,
            activities.c.local_ms,
        )
        .join(activities, activities.c.id == efforts.c.activity_id)
        .where(efforts.c.segment_id.in_(sorted(segment_ids)), *_ranked(scope))
    )
    found: dict[int, list[Row[Any]]] = {}
    for row in reader.rows(query):
        found.setdefault(row.segment_id, []).append(row)
    return found


def _same(effort: Row[Any], other: Row[Any]) -> bool:
    return (effort.activity_id, effort.start_s) == (other.activity_id, other.start_s)


def _times(reader: Reader, scope: Scope, segment_id: int, since: date | None, until: date | None) -> Sequence[Row[Any]]:
    shown = (activities.c.public_id, activities.c.name, activities.c.start_ms, activities.c.local_ms)
    query = (
        select(efforts, *shown)
        .join(activities, activities.c.id == efforts.c.activity_id)
        .where(efforts.c.segment_id == segment_id, *_ranked(scope, since, until))
    )
    return reader.rows(query.order_by(activities.c.start_ms, efforts.c.start_s))


def _ranked(scope: Scope, since: date | None = None, until: date | None = None) -> list[ColumnElement[bool]]:
    """Return the conditions for activities whose times rank: none where a person refuses how fast it was."""
    return [*everywhere(scope, since, until), not_refused("speed")]


def _ranking(effort: Row[Any]) -> tuple[float, int, float]:
    """Return how efforts rank: by time to a tenth of a second, the earlier of two alike first."""
    return round(effort.elapsed_s, 1), effort.start_ms, effort.start_s


def _begins(reader: Reader, scope: Scope, ids: Collection[int]) -> dict[int, int]:
    """Return the shown starts of partly hidden activities, by id."""
    hidden = privacy_mask(reader, scope)
    if not hidden.circles:
        return {}
    rows = reader.rows(select(activities).where(activities.c.id.in_(ids)))
    shown = shown_of(reader, scope.athlete_id, rows, hidden)
    return {number: figures["start_ms"] for number, figures in shown.items() if figures["start_ms"] is not None}


def _effort(row: Row[Any], begins: Mapping[int, int], rank: int) -> SegmentEffort:
    start_ms = row.start_ms + round(row.start_s * 1000)
    start_s = (start_ms - begins[row.activity_id]) / 1000 if row.activity_id in begins else row.start_s
    return {
        "activity": row.public_id,
        "name": row.name,
        "start": iso(start_ms),
        "day": day(row.local_ms).isoformat(),
        "start_s": start_s,
        "elapsed_s": row.elapsed_s,
        "avg_power_w": row.avg_power_w,
        "avg_hr_bpm": row.avg_hr_bpm,
        "deviation_m": row.deviation_m,
        "rank": rank,
    }


def _item(row: Row[Any]) -> SegmentBase:
    latitude, longitude = polyline.decode(row.line, PRECISION)
    return {
        "id": row.public_id,
        "name": row.name,
        "family": row.family,
        "origin": row.origin,
        "created": iso(row.created_ms),
        "length_m": prepare(latitude, longitude).length_m,
        "line": polyline.encode(latitude, longitude),
        "bbox": [float(longitude.min()), float(latitude.min()), float(longitude.max()), float(latitude.max())],
    }


def _waiting(reader: Reader, scope: Scope, row: Row[Any]) -> int:
    """Return how many activities are still to be compared with a segment."""
    behind = (tracks.c.athlete_id == scope.athlete_id) & (tracks.c.segments_seen < row.revision)
    return int(reader.scalar(select(func.count()).where(behind)) or 0)
