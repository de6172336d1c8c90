"""The one writer: what workers prepared becomes rows, activities and a batch's report, in one transaction."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from homestretch.flow.derive.activities import forget, refresh, refresh_originals
from homestretch.flow.derive.decode.archive_index import keep_lists, name_members
from homestretch.flow.derive.decode.archive_wellness import keep_days
from homestretch.flow.derive.decode.decode_original import DecodeResult, PreparedRecording, parent_key
from homestretch.flow.derive.matching import came_by
from homestretch.flow.derive.measure.measures import Done, keep
from homestretch.flow.derive.starts import dated
from homestretch.flow.runtime.context import Context, public_id
from homestretch.model.moment import iso
from homestretch.store.database import Writer
from homestretch.store.queries.edits import starts_of
from homestretch.store.queries.identities import reclaim
from homestretch.store.queries.measurements import home_zone
from homestretch.store.tables.derived import known_as, outcomes, recordings, streams
from homestretch.store.tables.kept import arrivals, athletes, identities, originals


@dataclass(frozen=True, slots=True)
class Arrival:
    """How an original came to an athlete."""

    digest: str
    size: int
    path: str
    batch_id: int | None = None
    container: str | None = None
    provider: str = "file"
    connection_id: int | None = None
    provider_key: str | None = None
    provider_version: str | None = None
    #: The uses that the provider's terms forbid (`Terms.forbidden`); None of a file of the athlete's own.
    terms: str | None = None


def keep_arrivals(context: Context, session: Writer, athlete_id: int, came: Sequence[Arrival]) -> None:
    """Write down originals that the archive has by now, and how they came.

    Updates what was known before: which source knows them by which name, and which source has priority.
    """
    now = context.clock()
    digests = sorted({arrival.digest for arrival in came})
    before = came_by(session, athlete_id, digests)
    known = {"kept_ms": now}
    session.insert_new(originals, [{"digest": a.digest, "size": a.size, **known} for a in came])
    rows = []
    for arrival in came:
        row = dataclasses.asdict(arrival)
        row.pop("size")
        rows.append({**row, "athlete_id": athlete_id, "fetched_ms": now})
    if rows:
        session.run(insert(arrivals), rows)
        name = session.scalar(select(athletes.c.name).where(athletes.c.id == athlete_id))
        context.archive.index.add((one.digest, one.size, iso(now) or "", name, one.path) for one in came)
    after = came_by(session, athlete_id, digests)
    refresh_originals(session, athlete_id, [one for one in before if before[one] != after[one]])


def keep_outcomes(context: Context, session: Writer, athlete_id: int, prepared: Sequence[DecodeResult]) -> None:
    """Write what decoding gave, mint identities for what is new, and bring the activities it touches up to date.

    What was derived of the same originals before is forgotten.
    """
    if not prepared:
        return
    stored = (outcomes.c.athlete_id == athlete_id) & outcomes.c.digest.in_([one.digest for one in prepared])
    forget(session, athlete_id, [row.digest for row in session.rows(select(outcomes.c.digest).where(stored))])
    found = [recording for outcome in prepared for recording in outcome.recordings]
    ids = mint(context, session, athlete_id, _keys(prepared))
    home = home_zone(session, athlete_id) or ""
    session.put(outcomes, [_outcome_row(athlete_id, outcome, home) for outcome in prepared])
    digests = {recording.key: outcome.digest for outcome in prepared for recording in outcome.recordings}
    starts = starts_of(session, athlete_id) if found else {}
    session.put(recordings, [_recording_row(athlete_id, ids[r.key], digests[r.key], r, starts) for r in found])
    session.put(streams, [{"recording_id": ids[r.key], "blob": r.blob, "beats": r.beats} for r in found])
    session.insert_new(
        known_as,
        [
            {"athlete_id": athlete_id, "name": name, "recording_id": ids[r.key]}
            for r in found
            for name in r.features["keys"]
        ],
    )
    keep_days(session, athlete_id, prepared)
    again = [*keep_lists(session, athlete_id, prepared), *name_members(session, athlete_id)]
    rows = refresh(session, athlete_id, sorted({*again, *(ids[r.key] for r in found)}))
    by_source = {row["source"]: row for row in rows}
    computed = [(by_source.get(f"{r.key} {r.summary['version']}"), r.computed) for r in found]
    keep(
        session,
        athlete_id,
        [Done(row, r.fingerprints, r.profile, r.measured) for row, r in computed if row is not None and r is not None],
    )


def mint(context: Context, session: Writer, athlete_id: int, keys: Sequence[str]) -> dict[str, int]:
    """Return the identity of each recording key; those that have none get one, forever."""
    now = context.clock()
    rows = [{"athlete_id": athlete_id, "key": key, "public_id": public_id(), "minted_ms": now} for key in keys]
    session.insert_new(identities, rows)
    mine = select(identities.c.key, identities.c.id).where(identities.c.athlete_id == athlete_id)
    found = {row.key: row.id for row in session.rows(mine.where(identities.c.key.in_(keys)))}
    reclaim(session, sorted(found.values()))
    return found


def _keys(prepared: Sequence[DecodeResult]) -> list[str]:
    keys = []
    for outcome in prepared:
        keys += [recording.key for recording in outcome.recordings]
        parts = [recording.part for recording in outcome.recordings]
        keys += [parent_key(outcome.digest, part) for part in dict.fromkeys(parts) if parts.count(part) > 1]
    return keys


def _outcome_row(athlete_id: int, outcome: DecodeResult, home: str) -> dict[str, Any]:
    return {
        "athlete_id": athlete_id,
        "digest": outcome.digest,
        "version": outcome.version,
        "format": outcome.format,
        "kind": outcome.kind,
        "recordings": len(outcome.recordings),
        "notes": list(outcome.notes),
        "contents": outcome.contents,
        "zone": home if outcome.wellness.days and outcome.wellness.clock != "own" else None,
    }


def _recording_row(
    athlete_id: int, identity: int, digest: str, recording: PreparedRecording, starts: Mapping[str, int]
) -> dict[str, Any]:
    return {
        "id": identity,
        "athlete_id": athlete_id,
        "key": recording.key,
        "digest": digest,
        **dated(recording.features, recording.key, starts),
        "file_key": recording.file_key,
        "features": recording.features,
        "summary": recording.summary,
        "detail": recording.detail,
    }
