"""Recordings as they are stored, put together again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from homestretch.model.moment import Moment
from homestretch.model.recording import Device, ExerciseSet, Length, Pause, Recording
from homestretch.model.sport import Sport
from homestretch.store import streams as codec
from homestretch.store.database import Reader
from homestretch.store.details import unpack_detail
from homestretch.store.tables.derived import recordings, streams
from homestretch.store.tables.kept import identities


def recording_of(
    summary: Mapping[str, Any], packed: bytes, blob: bytes, span: tuple[int, int], keys: Iterable[str] | None = None
) -> Recording:
    """Return a recording from its row and streams, with the channels named (None: all); `span` is start and end in ms.

    Laps and events stay in the details: what they come to is reckoned when the file is decoded.
    """
    detail = unpack_detail(packed)
    time_ms, channels = codec.unpack(blob, keys)
    start_ms, end_ms = span
    return Recording(
        session=summary["session"],
        sport=Sport(summary["sport"], summary["sub_sport"]),
        start=Moment(start_ms),
        end_ms=end_ms,
        time_ms=time_ms,
        channels=channels,
        lengths=tuple(Length(**one) for one in detail["lengths"]),
        sets=tuple(ExerciseSet(**one) for one in detail["sets"]),
        pauses=tuple(Pause(**one) for one in detail["pauses"]),
        devices=tuple(Device(**one) for one in detail["devices"]),
        totals=detail["totals"],
        name=summary["name"],
        description=summary["description"],
        pool_length_m=detail["pool_length_m"],
    )


def recording_in(row: Row[Any], keys: Iterable[str] | None = None) -> Recording:
    """Return the recording in a row of `recordings` with its `blob`, with the channels named (None: all)."""
    return recording_of(row.summary, row.detail, row.blob, (row.start_ms, row.end_ms), keys)


def samples_of(reader: Reader, activity: Row[Any]) -> tuple[Row[Any], list[tuple[Row[Any], tuple[str, ...]]]] | None:
    """Return the rows, with their blobs, of the recording whose samples an activity shows, and of those that give it
    channels, with these channels; or None where there are no samples.
    """
    given: dict[str, list[str]] = activity.provenance.get("given", {})
    query = select(recordings, streams.c.blob, identities.c.public_id).join_from(
        recordings, streams, streams.c.recording_id == recordings.c.id
    ).join(identities, identities.c.id == recordings.c.id)  # fmt: skip
    wanted = (recordings.c.id == activity.primary_id) | identities.c.public_id.in_(list(given))
    rows: Sequence[Row[Any]] = reader.rows(query.where(recordings.c.athlete_id == activity.athlete_id, wanted))
    own = next((row for row in rows if row.id == activity.primary_id), None)
    if own is None:
        return None
    others = sorted((row for row in rows if row.public_id in given and row is not own), key=lambda row: row.key)
    return own, [(row, tuple(given[row.public_id])) for row in others]
