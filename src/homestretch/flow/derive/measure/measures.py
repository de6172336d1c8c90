"""What is computed of activities: what is stale, and keeping what was computed.

An activity's `expected` names every part with a fingerprint of what it depends on, `computed` what was computed; the
rows where they differ are stale: the work that is left.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update

from homestretch.analysis.athlete.thresholds import Profile
from homestretch.analysis.measure import metric
from homestretch.analysis.measure.measure import Measured, Track, parts, read, spelled
from homestretch.flow.derive.compute.athlete_inputs import history_of
from homestretch.flow.derive.compute.fingerprints import BASE, subject_of
from homestretch.flow.derive.places.routes import unroute
from homestretch.flow.runtime.watermarks import touch
from homestretch.model.sport import Sport
from homestretch.store.codecs.cells import pack_cells
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.watermarks import CHANGED, ESTIMATES, MEASURED, marks_of_all, watermark
from homestretch.store.tables.derived import activities, bests, cells, curves, efforts, measures, metrics, tracks
from homestretch.store.tables.kept import athletes, thresholds

#: Rows per statement; bounds the size of one statement.
PORTION = 500
#: Tables with rows of an activity that measuring makes; routes and heat have rows of their own to look after.
OF_ACTIVITY = (measures, metrics, curves, bests, cells, tracks, efforts)
#: What is dropped before a part is kept again; other samples make everything again.
TABLES = {BASE: OF_ACTIVITY[1:], "bests": (bests, curves), "track": (tracks, cells, efforts)}

type Values = dict[str, Any]

_CHANGE = (
    update(measures)
    .where(measures.c.activity_id == bindparam("activity"))
    .values(expected=bindparam("now_expected"), stale=bindparam("is_stale"))
)


def mark_stale(session: Writer, athlete_id: int, rows: Sequence[Values]) -> None:
    """Write down what activities, rows as their table has them, should have today, and which are stale.

    What only holds others together has nothing to compute, and nothing is left of what it may have been before.
    """
    subjects = {row["id"]: subject_of(row) for row in rows if row["primary_id"] is not None}
    had = _had(session, [row["id"] for row in rows])
    history = history_of(session, athlete_id)
    expected = {one: spelled(subject.expected(subject.profile(history))) for one, subject in subjects.items()}
    gone = {one for one, old in had.items() if one not in expected or (old.expected and not expected[one])}
    forget_measures(session, gone)
    fresh, changed = [], []
    for activity_id, now in expected.items():
        old = None if activity_id in gone else had.get(activity_id)
        if old is None:
            row = {
                "activity_id": activity_id,
                "athlete_id": athlete_id,
                "expected": now,
                "computed": "",
                "stale": now != "",
            }
            fresh.append({**row, "profile": {}, "reasons": {}, "found": {}, "zones": {}, "written": {}})
        elif old.expected != now:
            changed.append({"activity": activity_id, "now_expected": now, "is_stale": now != old.computed})
    session.put(measures, fresh)
    if changed:
        session.run(_CHANGE, changed)


def mark_all_stale(session: Writer, athlete_id: int) -> None:
    """Write down what all activities should have today, and drop metrics that the code no longer computes."""
    session.run(
        delete(metrics).where(metrics.c.athlete_id == athlete_id, metrics.c.metric.not_in(list(metric.by_number())))
    )
    rows = session.rows(select(activities).where(activities.c.athlete_id == athlete_id))
    mark_stale(session, athlete_id, [row._asdict() for row in rows])


def mark_of(reader: Reader, athlete_id: int) -> str:
    """Return what decides for all of an athlete's activities what they should have: versions and thresholds."""
    last = reader.scalar(select(func.max(thresholds.c.id)).where(thresholds.c.athlete_id == athlete_id))
    return f"{_versions()} {last} {watermark(reader, athlete_id, ESTIMATES)}"


def marks_of_today(reader: Reader) -> dict[int, str]:
    """Return `mark_of` of every athlete."""
    query = select(athletes.c.id, func.max(thresholds.c.id).label("last"))
    joined = query.join_from(athletes, thresholds, thresholds.c.athlete_id == athletes.c.id, isouter=True)
    code, estimated = _versions(), marks_of_all(reader, ESTIMATES)
    return {row.id: f"{code} {row.last} {estimated.get(row.id)}" for row in reader.rows(joined.group_by(athletes.c.id))}


@cache
def _versions() -> str:
    """Return what changes with the version of any part that is measured."""
    every = "".join(f"{part.key}{part.version}{part.reads}" for part in parts().values())
    return hashlib.blake2b(every.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Done:
    """What was computed of an activity (its row): the fingerprints of the parts, what held of the athlete, results."""

    row: Values
    fingerprints: Mapping[str, str]
    profile: Profile
    measured: Measured


def keep(session: Writer, athlete_id: int, done: Sequence[Done]) -> None:
    """Keep what was computed of the samples that the activity has now; what is not among it stays stale."""
    described = metric.metrics()
    had = _had(session, [one.row["id"] for one in done])
    done = [one for one in done if one.row["id"] in had and _is_current(had[one.row["id"]], one)]
    _forget_parts(session, [(one, read(had[one.row["id"]].computed)) for one in done])
    session.put(measures, [_measured_row(had[one.row["id"]], one) for one in done])
    session.put(
        metrics,
        [
            {"athlete_id": athlete_id, "metric": described[key].number, "activity_id": one.row["id"], "value": value}
            for one in done
            for key, value in one.measured.values.items()
        ],
    )
    session.put(
        curves,
        [
            {"athlete_id": athlete_id, "activity_id": one.row["id"], "kind": kind, "blob": blob}
            for one in done
            for kind, blob in one.measured.curves.items()
        ],
    )
    session.put(bests, [best for one in done for best in _best_rows(athlete_id, one.row, one.measured)])
    found = [(one.row["id"], one.measured.track) for one in done if one.measured.track is not None]
    session.put(tracks, [_track_row(athlete_id, activity_id, track) for activity_id, track in found])
    touch(session, athlete_id, CHANGED, MEASURED)
    session.insert_new(
        cells,
        [{"cell": cell, "activity_id": activity_id} for activity_id, track in found for cell in track.coarse.tolist()],
    )


def forget_measures(session: Writer, activity_ids: Iterable[int]) -> None:
    """Drop what was computed of activities that are no more."""
    for portion in _portions(sorted(activity_ids)):
        unroute(session, portion)
        for table in OF_ACTIVITY:
            session.run(delete(table).where(table.c.activity_id.in_(portion)))


def redate(session: Writer, rows: Sequence[Values]) -> None:
    """Let what was measured of activities, by their rows, be of when they began: ranks and routes go by that."""
    for portion in _portions([row["id"] for row in rows]):
        unroute(session, portion)
        session.run(update(tracks).where(tracks.c.activity_id.in_(portion)).values(routed=False))
    for row in rows:
        session.run(update(bests).where(bests.c.activity_id == row["id"]).values(start_ms=row["start_ms"]))


def mark_unmeasured(session: Writer, activity_ids: Sequence[int]) -> None:
    """Let activities be measured as if nothing was computed of them yet."""
    for portion in _portions(activity_ids):
        unroute(session, portion)
        for table in TABLES[BASE]:
            session.run(delete(table).where(table.c.activity_id.in_(portion)))
        nothing = {"computed": "", "stale": measures.c.expected != "", "written": {}}
        session.run(update(measures).where(measures.c.activity_id.in_(portion)).values(nothing))


def _had(session: Reader, activity_ids: Sequence[int]) -> dict[int, Row[Any]]:
    found: dict[int, Row[Any]] = {}
    for portion in _portions(activity_ids):
        query = select(measures).where(measures.c.activity_id.in_(portion))
        found |= {row.activity_id: row for row in session.rows(query)}
    return found


def _forget_parts(session: Writer, done: Iterable[tuple[Done, Mapping[str, str]]]) -> None:
    """Drop what is kept again: a metric may be missing now, a best effort another's, a track elsewhere.

    Of the same samples the parts that were not computed again stay as they are.
    """
    by_parts: dict[frozenset[str], list[int]] = {}
    for one, had in done:
        if had:
            from_scratch = had.get(BASE) != one.fingerprints.get(BASE)
            again = {BASE} if from_scratch else one.fingerprints.keys() - {BASE}
            by_parts.setdefault(frozenset(again), []).append(one.row["id"])
    for keys, ids in by_parts.items():
        names = [name for key in keys if key in parts() for name in parts()[key].metrics]
        numbers = [metric.metrics()[name].number for name in names]
        for portion in _portions(ids):
            if numbers:
                session.run(delete(metrics).where(metrics.c.activity_id.in_(portion), metrics.c.metric.in_(numbers)))
            if keys & {BASE, "track"}:
                unroute(session, portion)
            for table in (t for key in keys for t in TABLES.get(key, ())):
                session.run(delete(table).where(table.c.activity_id.in_(portion)))


def _is_current(row: Row[Any], one: Done) -> bool:
    """Return whether what was computed is of the samples, and as the sport, that the activity is to be measured by."""
    return row.expected != "" and read(row.expected).get(BASE) == one.fingerprints.get(BASE)


def _measured_row(had: Row[Any], one: Done) -> Values:
    old = read(had.computed)
    same = old.get(BASE) == one.fingerprints.get(BASE)
    expected = read(had.expected)
    computed = {
        key: value
        for key, value in ({**old, **one.fingerprints} if same else one.fingerprints).items()
        if key in expected
    }
    names = {name for key in one.fingerprints if key in parts() for name in parts()[key].metrics}
    # What no part reads changes without anything being stale.
    reads = {name for key in computed if key in parts() for name in parts()[key].reads}
    profile = {key: value for key, value in one.profile.values.items() if key in reads}
    reasons = {key: reason for key, reason in had.reasons.items() if key not in names} if same else {}
    found = {**({**had.found, "zones": had.zones} if same else {}), **one.measured.found}
    return {
        "activity_id": had.activity_id,
        "athlete_id": had.athlete_id,
        "expected": had.expected,
        "computed": spelled(computed),
        "stale": spelled(computed) != had.expected,
        "profile": {key: [value, key in one.profile.estimates] for key, value in profile.items()},
        "reasons": reasons | one.measured.reasons,
        "zones": found.pop("zones", {}),
        "found": found,
        "written": {key: rows for key, rows in (had.written | _written(one)).items() if key in computed and rows},
    }


def _written(one: Done) -> dict[str, int]:
    """Return how many rows each of the computed parts makes, over all tables."""
    measured = one.measured
    counts = {part.key: sum(name in measured.values for name in part.metrics) for part in parts().values()}
    counts["bests"] = len(measured.curves) + len({(best.kind, best.size) for best in measured.bests})
    counts["track"] = 0 if measured.track is None else 1 + len(measured.track.coarse)
    return {key: counts[key] for key in one.fingerprints if key in counts}


def _best_rows(athlete_id: int, row: Values, measured: Measured) -> Iterable[Values]:
    ranking = Sport(row["sport"], row["sub_sport"]).ranking
    for best in measured.bests:
        yield {
            "activity_id": row["id"],
            "kind": best.kind,
            "size": best.size,
            "athlete_id": athlete_id,
            "class": ranking,
            "goodness": best.goodness,
            "start_s": best.start_s,
            "start_ms": row["start_ms"],
        }


def _track_row(athlete_id: int, activity_id: int, track: Track) -> Values:
    south, west, north, east = track.box
    return {
        "activity_id": activity_id,
        "athlete_id": athlete_id,
        **{"south": south, "west": west, "north": north, "east": east},
        "length_m": track.length_m,
        "cells": pack_cells(track.fine),
        "signature": track.signature,
        "segments_seen": 0,
        "routed": False,
    }


def _portions[T](values: Sequence[T]) -> Iterable[Sequence[T]]:
    return (values[at : at + PORTION] for at in range(0, len(values), PORTION))
